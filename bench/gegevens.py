"""A city and a year of work in it as neutral data: what the planner, its peers and the checker all start from.

Nothing here comes from the service, so that the checker shares no code with what it judges. Minutes count from local midnight
of the date of the shift; what passes midnight ends above 1440. Points are RD coordinates in metres.
"""

import json
import random
from dataclasses import asdict, dataclass
from datetime import date
from math import ceil, hypot
from pathlib import Path
from typing import Any

SEKS, HORECA, WONING = "SEKS", "HOR", "WON"
NORM, TERMIJN, RONDGANG = "norm", "termijn", "rondgang"
"""Kinds of demand: a yearly norm, a term of a risk address, the round of all horeca."""


@dataclass(frozen=True, slots=True)
class Plek:
    """A place to control.

    Attributes:
        sleutel: Unique key.
        soort: SEKS, HOR or WON.
        x: RD metres.
        y: RD metres.
        wijk: Area; an actie stays in one.
        duur: Minutes on the spot.
        open: Weekly openings as weekday (Monday 0), first and last minute.
        per_jaar: Controls that the norm asks in the year; 0 when demands ask for them one by one.
        bezocht: Dates of controls before the year.
    """

    sleutel: str
    soort: str
    x: float
    y: float
    wijk: str
    duur: int
    open: tuple[tuple[int, int, int], ...]
    per_jaar: int = 0
    bezocht: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Eis:
    """One control that must be done within dates.

    Attributes:
        sleutel: Unique key.
        plek: Key of the place.
        soort: `TERMIJN` or `RONDGANG`.
        van: First date that counts.
        tot: Last date that is on time.
        bekend: Date on which the municipality gets to know of it.
    """

    sleutel: str
    plek: str
    soort: str
    van: date
    tot: date
    bekend: date


@dataclass(frozen=True, slots=True)
class Dienst:
    """A shift of a team.

    Attributes:
        sleutel: Unique key.
        datum: Date on which it starts.
        team: The team.
        van: First minute.
        tot: Last minute.
        pauze: Minutes that are neither for visits nor for travel.
        bevoegd: Kinds of place that the team may control on that date.
        bezetting: Inspectors present.
        vervalt: From this date on it is known that the shift falls away; None when it stands.
    """

    sleutel: str
    datum: date
    team: str
    van: int
    tot: int
    pauze: int
    bevoegd: tuple[str, ...]
    bezetting: int
    vervalt: date | None = None


@dataclass(frozen=True, slots=True)
class Partner:
    """A service that can join integral acties."""

    sleutel: str
    dagen: tuple[date, ...]
    hoogstens: int
    verplicht: bool


@dataclass(frozen=True, slots=True)
class Stad:
    """A city and its year.

    Attributes:
        tussentijd: Least days between two controls of one place.
        acties: Integral acties that the year must hold.
        actie_tussentijd: Least days between two of them.
        actie_adressen: Least and most places of an actie.
        omweg: Length of the way over the straight line.
        km_per_uur: Speed.
        kans_dicht: Share of the visits that find the door closed.
    """

    naam: str
    start: date
    eind: date
    plekken: tuple[Plek, ...]
    eisen: tuple[Eis, ...]
    diensten: tuple[Dienst, ...]
    partners: tuple[Partner, ...] = ()
    tussentijd: int = 3
    acties: int = 4
    actie_tussentijd: int = 28
    actie_adressen: tuple[int, int] = (3, 8)
    omweg: float = 1.3
    km_per_uur: float = 15.0
    kans_dicht: float = 0.03

    def door_is_shut(self, plek: str, datum: date) -> bool:
        """Whether nobody opens on that date, whoever comes: the same for the planner and its peers."""
        return random.Random(f"{self.naam}|{plek}|{datum}").random() < self.kans_dicht


@dataclass(frozen=True, slots=True)
class Bezoek:
    """A visit that was made; `binnen` is False for a closed door, which is an attempt and no control."""

    dienst: str
    plek: str
    aanvang: int
    einde: int
    binnen: bool = True
    actie: str | None = None


@dataclass(frozen=True, slots=True)
class Actie:
    """An integral actie that was held."""

    sleutel: str
    datum: date
    wijk: str
    diensten: tuple[str, ...]
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Jaar:
    """What was done in a year, by whoever planned it."""

    planner: str
    bezoeken: tuple[Bezoek, ...]
    acties: tuple[Actie, ...] = ()


def travel_minutes(stad: Stad, one: Plek, other: Plek) -> int:
    """Whole minutes from one place to another, rounded up."""
    metres = hypot(one.x - other.x, one.y - other.y) * stad.omweg
    return ceil(metres * 60 / (stad.km_per_uur * 1000) - 1e-9)


def write(path: Path, what: Stad | Jaar) -> None:
    """Stores a city or a year as JSON."""
    path.write_text(json.dumps(asdict(what), default=_iso, separators=(",", ":")), encoding="utf-8")


def read_jaar(path: Path) -> Jaar:
    """A stored year."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    visits = tuple(Bezoek(**row) for row in raw["bezoeken"])
    acties = tuple(
        Actie(**{**row, "datum": date.fromisoformat(row["datum"])} | _tuples(row, "diensten", "partners"))
        for row in raw["acties"]
    )
    return Jaar(raw["planner"], visits, acties)


def _tuples(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: tuple(row[name]) for name in names}


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    msg = f"{type(value).__name__} is not neutral data"
    raise TypeError(msg)
