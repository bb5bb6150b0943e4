"""Replanning: its dated settings, and within which dates a control of the released plan may move (planning.md, layer 4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.planning.rules.kalender import Periode, merge
from app.planning.rules.planinstellingen import SettingsMissing
from app.planning.rules.seks import Seksnorm, rolling_due

_SLEUTELS = {
    "venster_dagen": "HERPLAN_VENSTER_DAGEN",
    "spoed_dagen": "HERPLAN_SPOED_DAGEN",
    "verlies": "HERPLAN_VERLIES_WIJZIGINGEN",
    "seconden": "HERPLAN_SECONDEN",
}


@dataclass(frozen=True, slots=True)
class Herplaninstellingen:
    """Settings of replanning.

    Attributes:
        venster_dagen: Days from today that may change.
        spoed_dagen: Days within which an urgent address is visited.
        verlies: Changes for which a visit counts that no norm asks for and that loses its place.
        seconden: Seconds after which the best plan so far is the answer.
    """

    venster_dagen: int
    spoed_dagen: int
    verlies: int
    seconden: float


@dataclass(frozen=True, slots=True)
class Datums:
    """First and last date on which a visit may be done, and whether a norm asks for it."""

    eerste: date
    laatste: date
    verplicht: bool


def read_replan_settings(table: Mapping[str, float]) -> Herplaninstellingen:
    """The settings of replanning on one day.

    Raises:
        SettingsMissing: the norm table lacks some of them; all are named.
    """
    missing = [key for key in _SLEUTELS.values() if key not in table]
    if missing:
        raise SettingsMissing(missing)
    values = {name: table[key] for name, key in _SLEUTELS.items()}
    return Herplaninstellingen(
        venster_dagen=max(1, int(values["venster_dagen"])),
        spoed_dagen=max(0, int(values["spoed_dagen"])),
        verlies=max(1, int(values["verlies"])),
        seconden=max(0.5, values["seconden"]),
    )


def seks_dates(
    datum: date, andere: Sequence[date], norm: Seksnorm, vergunning: Iterable[Periode], vandaag: date, inhaal_dagen: int
) -> Datums:
    """Dates on which a control of a licensed sex establishment may stand instead: its drawn window may widen to what the norm allows.

    It stays in its calendar year, in which it is accounted, and no later than the rolling year asks (CAD-01). What is late already
    stays where it is or comes within the catch-up days.

    Args:
        datum: Date on which it stands.
        andere: Dates of the other controls that count or are planned.
        norm: The norm.
        vergunning: Periods in which the permit is in force.
        vandaag: Business date.
        inhaal_dagen: Days within which what is late must be done.
    """
    first, last = max(vandaag, date(datum.year, 1, 1)), date(datum.year, 12, 31)
    periods = merge(vergunning)
    holding = next((p for p in periods if datum in p), None)
    if holding is not None:
        first = max(first, holding.van)
        last = min(last, holding.tot_en_met or last)
        if norm.per_jaar:
            start = max(holding.van, norm.telling_vanaf or holding.van)
            due = rolling_due(norm.per_jaar, start, [dag for dag in andere if dag < datum])
            last = min(last, due if due >= datum else max(datum, vandaag + timedelta(days=inhaal_dagen)))
    return Datums(min(first, datum), max(last, datum), verplicht=True)


def due_dates(datum: date, uiterste: date | None, vandaag: date, tot: date, inhaal_dagen: int) -> Datums:
    """Dates of a visit that is due by a day; without one any day of the window will do."""
    late = vandaag + timedelta(days=inhaal_dagen)
    last = tot
    if uiterste is not None:
        last = uiterste if uiterste >= vandaag else late
    return Datums(min(vandaag, datum), max(last, datum), verplicht=True)
