"""Moving a proposed visit by hand: the hard rules of the planner, checked for one visit, with every fault at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.planning.rules.diensten import DAG, Tijdvak


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit on a shift, as far as it takes time.

    Attributes:
        aanvang: Minute at which it starts.
        duur: Minutes on the spot.
        reistijd: Minutes of travel to it.
    """

    aanvang: int
    duur: int
    reistijd: int

    @property
    def einde(self) -> int:
        """Minute at which it ends."""
        return self.aanvang + self.duur


@dataclass(frozen=True, slots=True)
class Plek:
    """Where a visit is to go, and what stands around it.

    Attributes:
        datum: The date.
        stop: The visit itself.
        vandaag: Business date; nothing is planned before it.
        toegestaan: First and last date that the norm and the round allow.
        tussentijd: Days to any other visit of the object.
        andere_datums: Dates of the other visits of the object, planned and done.
        diensten: Shifts of the team on that date.
        pauze: Minutes of a shift that are not for visits or travel.
        buren: Other visits of the team on that date.
        bevoegd: The team is designated for this kind of object on that date (REG-17).
        openingstijden: Weekday 1 to 7 to spans in minutes; None or empty is unknown, never closed.
    """

    datum: date
    stop: Stop
    vandaag: date
    toegestaan: tuple[date, date]
    tussentijd: int
    andere_datums: Sequence[date]
    diensten: Sequence[Tijdvak]
    pauze: int
    buren: Sequence[Stop]
    bevoegd: bool
    openingstijden: Mapping[str, Sequence[Sequence[int]]] | None


def move_faults(plek: Plek) -> list[tuple[str, str]]:
    """Every rule that the visit would break there, as field and Dutch text; empty when it can stand."""
    faults = []
    first, last = plek.toegestaan
    if plek.datum < plek.vandaag:
        faults.append(("datum", "ligt in het verleden"))
    if not first <= plek.datum <= last:
        faults.append(("datum", f"mag alleen van {first:%d-%m-%Y} tot en met {last:%d-%m-%Y}"))
    close = [dag for dag in plek.andere_datums if abs((dag - plek.datum).days) < max(1, plek.tussentijd)]
    if close:
        faults.append(
            ("datum", f"ligt minder dan {plek.tussentijd} dagen van een ander bezoek, op {min(close):%d-%m-%Y}")
        )
    if not plek.bevoegd:
        faults.append(("teamId", "is op die datum niet aangewezen voor dit soort object"))
    if not is_open(plek.openingstijden, plek.datum, plek.stop.aanvang, plek.stop.einde):
        faults.append(("aanvang", "valt buiten de openingstijden van het object"))
    return faults + _shift_faults(plek)


def _shift_faults(plek: Plek) -> list[tuple[str, str]]:
    stop = plek.stop
    shift = next((d for d in plek.diensten if d.van <= stop.aanvang and stop.einde <= d.tot), None)
    if shift is None:
        return [("aanvang", "valt niet binnen een dienst van dit team op die datum")]
    on_shift = [buur for buur in plek.buren if shift.van <= buur.aanvang < shift.tot]
    faults = []
    if any(stop.aanvang < buur.einde and buur.aanvang < stop.einde for buur in on_shift):
        faults.append(("aanvang", "overlapt met een ander bezoek van dit team"))
    needed = sum(part.duur + part.reistijd for part in (*on_shift, stop))
    if needed > shift.tot - shift.van - plek.pauze:
        faults.append(("datum", "past niet meer in die dienst; de dienst is vol"))
    return faults


def is_open(openingstijden: Mapping[str, Sequence[Sequence[int]]] | None, datum: date, begin: int, einde: int) -> bool:
    """Whether an object is open during the whole visit; unknown hours say nothing against it.

    Args:
        openingstijden: Weekday 1 (Monday) to 7 to spans in minutes; a span past midnight runs on over 1440.
        datum: Business date of the visit.
        begin: First minute of the visit.
        einde: Last minute.
    """
    if not openingstijden:
        return True
    for shift in (-1, 0, 1):
        weekday = str((datum + timedelta(days=shift)).isoweekday())
        for opens, closes in openingstijden.get(weekday, ()):
            if opens + shift * DAG <= begin and einde <= closes + shift * DAG:
                return True
    return False
