"""Lays a year of work behind a demo, through the public API: as tablets that deliver late, and actions that a desk wrote down.

Every id follows from what it stands for, so that an interrupted start does the same again without harm.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.cli.klant import Klant
from app.cli.veldwerk import Answers, Tablet
from app.cli.vertellen import Mislukt, vertel, voortgang
from app.core.clock import AMSTERDAM
from demo.gemeente import TEAMS, Voorbeeldgemeente
from demo.geschiedenis import Geweest, OudeActie

VELD = {
    "prostitutie": ("toezichthouder-1", "Toezichthouder 2"),
    "malafide": ("toezichthouder-3", "Toezichthouder 4"),
    "toezicht": ("toezichthouder-5", "Toezichthouder 6"),
}
"""Whose tablet delivers the work of a team, and who was with him."""
PER_ZENDING = 40
"""Controls in one batch; a batch holds at most 200 events."""
TEKORT: dict[str, Answers] = {"SEKS": {"ARB-03": ["hygiëne"]}, "HOR": {"ARB-04": "ja"}, "HOT": {"HUI-10": "ja"}}
AFSTEMMERS = ("politie", "openbaar-ministerie")


def lay_history(url: str, issuer: str, stad: Voorbeeldgemeente) -> None:
    """All that was done before today.

    Raises:
        Mislukt: the service refused a part of it.
    """
    planner, lead = Klant(url, issuer, "planner"), Klant(url, issuer, "hoofdplanner")
    places = {row["nummer"]: row["id"] for row in planner.alles("/objecten", limiet=200)}
    people = {row["functie"]: row["id"] for row in Klant(url, issuer, "beheerder").alles("/accounts", limiet=200)}
    visits = [visit for visit in stad.geschiedenis.bezoeken if visit.objectnummer in places]
    with voortgang("Het werk van het afgelopen jaar wordt ingevoerd") as bar:
        for actie in stad.geschiedenis.acties:
            _hold_action(planner, lead, actie, [v for v in visits if v.actie == actie.nummer], places)
        done = 0
        for team, (sub, colleague) in VELD.items():
            own = [visit for visit in visits if visit.team == team]
            tablet = Tablet(Klant(url, issuer, sub), id=str(known_id(stad.code, "tablet", team)))
            for start in range(0, len(own), PER_ZENDING):
                part = own[start : start + PER_ZENDING]
                _deliver(tablet, part, 4 * start, people[colleague], places)
                done += len(part)
                bar.stand(done / max(1, len(visits)))
    tries = sum(visit.poging for visit in visits)
    vertel(f"  {len(visits) - tries} controles, {tries} pogingen en {len(stad.geschiedenis.acties)} integrale acties")


def known_id(*what: object, moment: datetime | None = None) -> UUID:
    """A UUIDv7 that is the same each time for the same thing."""
    digest = hashlib.sha256("/".join(map(str, what)).encode()).digest()
    stamp = int((moment or datetime(2026, 1, 1, tzinfo=AMSTERDAM)).timestamp() * 1000)
    value = stamp << 80 | int.from_bytes(digest[:10])
    return UUID(int=value & ~(0xF << 76 | 0x3 << 62) | 0x7 << 76 | 0x2 << 62)


def _moment(visit: Geweest) -> datetime:
    return datetime.combine(visit.datum, time(), AMSTERDAM) + timedelta(minutes=visit.minuut)


def _control(visit: Geweest) -> str:
    kind = "poging" if visit.poging else "controle"
    return str(known_id(kind, visit.objectnummer, visit.datum, moment=_moment(visit)))


def _hold_action(
    planner: Klant, lead: Klant, actie: OudeActie, visits: Sequence[Geweest], places: dict[str, str]
) -> None:
    """An action that the desk writes down afterwards: its partner, its addresses, and the agreement of police and OM by telephone."""
    partners = {row["naam"]: row["id"] for row in planner.alles("/partners")}
    teams = {row["naam"]: row["id"] for row in planner.alles("/teams")}
    actie_id = str(known_id("actie", actie.datum))
    wish = {
        "id": actie_id,
        "datum": actie.datum.isoformat(),
        "aanvang": min((visit.minuut for visit in visits), default=0),
        "verzamelpunt": "Parkeerplaats van het gemeentehuis",
        "aanspreekpunt": "Coördinator toezicht",
        "partnerIds": [partners[actie.partner]],
    }
    planner.stuur("/acties", wish, (200, 201))
    for order, visit in enumerate(visits, 1):
        control = {
            "id": _control(visit),
            "objectId": places[visit.objectnummer],
            "datum": visit.datum.isoformat(),
            "teamId": teams[TEAMS[visit.team][0]],
            "aanvang": visit.minuut,
            "volgorde": order,
            "aanleiding": "integrale-actie",
            "integraal": True,
            "actieId": actie_id,
        }
        planner.stuur("/controles", control, (200, 201))
    day = actie.datum.isoformat()
    for question in planner.alles("/afstemmingen", van=day, tot=day):
        for wie in AFSTEMMERS:
            lead.stuur(f"/afstemmingen/{question['id']}/_vastleggen", {"wie": wie, "antwoord": "akkoord"}, 200)
    for visit in visits:
        lead.vraag("POST", f"/controles/{_control(visit)}/_vrijgeven", (200, 409))  # 409: done by an earlier start


def _deliver(tablet: Tablet, visits: Sequence[Geweest], first: int, colleague: str, places: dict[str, str]) -> None:
    events: list[dict[str, Any]] = []
    for visit in visits:
        moment = _moment(visit)
        for soort, inhoud, minutes in _events(tablet, visit, colleague, places[visit.objectnummer]):
            events.append(
                {
                    "gebeurtenisId": str(known_id(soort, visit.objectnummer, visit.datum, moment=moment)),
                    "controleId": _control(visit),
                    "soort": soort,
                    "apparaatId": tablet.id,
                    "volgnummer": first + len(events) + 1,
                    "apparaatTijd": (moment + timedelta(minutes=minutes)).isoformat(),
                    "inhoud": inhoud,
                }
            )
    for result in tablet.klant.stuur("/synchronisaties", {"gebeurtenissen": events}, 200)["resultaten"]:
        if result["status"] not in {"verwerkt", "al-verwerkt"}:
            raise Mislukt(
                f"een gebeurtenis van vorig jaar is {result['status']}: {result['reden']} {result['oordelen']}"
            )


def _events(tablet: Tablet, visit: Geweest, colleague: str, place: str) -> list[tuple[str, dict[str, Any], int]]:
    made = {"objectId": place, "datum": visit.datum.isoformat()}
    made |= {"aanleiding": "norm" if visit.type in {"SEKS", "HOR"} else "eigen-analyse"}
    begun = [] if visit.actie is not None else [("controle-aangemaakt", made, 0)]
    if visit.poging:
        return [*begun, ("poging", {"reden": "gesloten"}, 5)]
    answers = tablet.ordinary_answers(visit.type)
    if visit.tekort:
        answers |= {code: answer for code, answer in TEKORT.get(visit.type, {}).items() if code in answers}
    return [
        *begun,
        ("controle-gestart", {"toezichthouders": [colleague]}, 2),
        ("antwoorden", {"antwoorden": answers}, 35),
        ("controle-afgerond", {}, 40),
    ]
