"""An invented stock of any size by seed, stored through the tables: many towns over the country, one municipality."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from app.controles.status import Aanleiding, Controlestatus
from app.core.identifiers import new_id
from app.objecten.rules.adressen import address_name
from app.objecten.status import Objecttype, Risicostatus, Vergunningsoort, Vergunningstatus
from tests.support.municipality import STAD

PART = 10_000
_ALL = "ba be bo da de do ka ke ko la le lo ma me mo na ne no ra re ro sa se so ta te to va ve vo wa we wo"
SYLLABLES = _ALL.split()
ENDINGS = ("straat", "straat", "straat", "laan", "weg", "plein", "gracht", "kade", "hof")
KINDS = ("Café", "Hotel", "Studio", "Salon", "Bakkerij", "Garage", "Restaurant", "Winkel")
TYPES = [*[Objecttype.WON] * 80, *[Objecttype.BEDR] * 12, *[Objecttype.HOR] * 6, Objecttype.LOG, Objecttype.HOT]
WIJKEN = 200


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4)))


class Town:
    """A place with streets, about as large as its share of the stock."""

    def __init__(self, chance: random.Random, number: int) -> None:
        self.x, self.y = chance.uniform(60_000, 255_000), chance.uniform(360_000, 590_000)
        self.spread = chance.uniform(400, 3_000)
        self.number = number


def towns(chance: random.Random, count: int) -> list[Town]:
    """Towns all over the country."""
    return [Town(chance, number) for number in range(count)]


def rows(count: int, seed: int = 13) -> Iterator[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    """Addresses and objects, in parts: about 40 objects a street, the same for the same seed and count."""
    chance = random.Random(seed)
    places = towns(chance, max(10, count // 2_500))
    adressen: list[dict[str, Any]] = []
    objecten: list[dict[str, Any]] = []
    for number in range(count):
        if number % 40 == 0:
            straat = _word(chance).capitalize() + chance.choice(ENDINGS)
            town = chance.choice(places)
            at_x, at_y = chance.gauss(town.x, town.spread), chance.gauss(town.y, town.spread)
            postcode = f"{1000 + town.number % 8999}{chance.choice('ABCDEF')}{chance.choice('ABCDEFGHKLMNPRSTVWXZ')}"
        x, y = round(at_x + chance.uniform(-150, 150), 2), round(at_y + chance.uniform(-150, 150), 2)
        wijk = f"WK9901{town.number % WIJKEN:02d}"
        adres = {
            "id": new_id(), "gemeentecode": STAD, "straat": straat, "huisnummer": number % 40 + 1, "huisletter": "",
            "toevoeging": str(number), "postcode": postcode, "woonplaats": "Voorbeeldstad", "bag_id": f"990120{number:010d}",
            "x": x, "y": y, "wijkcode": wijk, "buurtcode": f"BU9901{number // 40 % 9999:04d}", "buiten_gemeente": False,
        }  # fmt: skip
        soort = Objecttype.SEKS if number % 10_000 == 77 else chance.choice(TYPES)
        dwelling = soort is Objecttype.WON
        naam = address_name(straat, number % 40 + 1, "", "") if dwelling else f"{chance.choice(KINDS)} {_word(chance)}"
        adressen.append(adres)
        objecten.append({
            "id": new_id(), "gemeentecode": STAD, "nummer": f"O-{number:07d}", "type": soort, "naam": naam,
            "adres_id": adres["id"], "x": x, "y": y, "wijkcode": wijk, "buurtcode": adres["buurtcode"],
            "kvk_nummer": None if dwelling else f"{10_000_000 + number}", "sector": None, "capaciteit": None,
            "openingstijden": None, "status": "gesloten" if number % 5_000 == 5 else "actief", "bron": "bench", "versie": 1,
        })  # fmt: skip
        if len(objecten) == PART:
            yield adressen, objecten
            adressen, objecten = [], []
    if objecten:
        yield adressen, objecten


def store(session: Session, table: type[SQLModel], values: Sequence[dict[str, Any]]) -> None:
    """Stores rows at once; on PostgreSQL by COPY, as one fills a new database."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(sa.insert(table), values)
        return
    names = list(values[0])
    cursor = session.connection().connection.cursor()
    with cursor.copy(f"COPY {table.__tablename__} ({', '.join(names)}) FROM STDIN") as copy:
        for row in values:
            copy.write_row([value.value if isinstance(value := row[name], StrEnum) else value for name in names])


def permits_and_risks(
    objecten: Sequence[dict[str, Any]], today: date
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A permit for each horeca object, and a risk address for one of two hundred objects."""
    permits = [
        {
            "id": new_id(), "gemeentecode": STAD, "object_id": row["id"], "soort": Vergunningsoort.HORECA,
            "nummer": f"V-{row['nummer'][2:]}", "status": Vergunningstatus.VERLEEND,
            "geldig_vanaf": today - timedelta(days=400), "geldig_tot": None, "bron": "bench", "versie": 1,
        }
        for row in objecten
        if row["type"] is Objecttype.HOR
    ]  # fmt: skip
    risks = [
        {
            "id": new_id(), "gemeentecode": STAD, "adres_id": row["adres_id"], "object_id": row["id"], "reden": "melding",
            "bron": "bench", "in_beeld_op": today - timedelta(days=at % 300), "herzien_op": today + timedelta(days=100),
            "controle_voor": today + timedelta(days=at % 300 - 100), "status": Risicostatus.OPEN, "versie": 1,
        }
        for at, row in enumerate(objecten[::200])
    ]  # fmt: skip
    return permits, risks


def controls(objecten: Sequence[dict[str, Any]], team_id: UUID, today: date, count: int) -> list[dict[str, Any]]:
    """Finished controls of a year (CAD-17: hundreds a year)."""
    return [
        {
            "id": new_id(), "gemeentecode": STAD, "object_id": objecten[at % len(objecten)]["id"], "team_id": team_id,
            "status": Controlestatus.AFGEROND, "datum": today - timedelta(days=at * 364 // count), "duur": 45, "volgorde": at,
            "aanleiding": Aanleiding.NORM, "aangekondigd": False, "integraal": False, "checklistversies": {}, "normen": {},
            "bedrijfsplan_beantwoord": False, "arbeid_beantwoord": False, "binnen": True, "versie": 1,
        }
        for at in range(count)
    ]  # fmt: skip
