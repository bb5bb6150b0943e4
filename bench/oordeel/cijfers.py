"""What a year brought: controls on time, places never controlled, shifts and travel. Each demand is settled by one control.

On time means: a sex establishment has its number of the year (CAD-01); a risk address was controlled within its term (CAD-06); horeca
within a quarter of its interval round its due date. A closed door is an attempt and settles nothing (PLN-15).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bench.gegevens import RONDGANG, SEKS, TERMIJN, Bezoek, Jaar, Stad, travel_minutes

_JAAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Deel:
    """A part of the work: what was asked, what was done, what was done on time."""

    gevraagd: int
    gedaan: int
    op_tijd: int

    @property
    def percentage(self) -> float | None:
        """Share on time in percent; None when nothing was asked."""
        return 100 * self.op_tijd / self.gevraagd if self.gevraagd else None


@dataclass(frozen=True, slots=True)
class Cijfers:
    """The figures of a year.

    Attributes:
        seks: Yearly norm of the sex establishments.
        seks_rollend: Share of the establishment-days on which the last 365 days held the norm, percent.
        risico: Risk addresses.
        horeca: The round of horeca.
        nooit: Places of which something was asked and that were not controlled once.
        bezoeken: Controls that settle a demand.
        overig: Controls beyond what was asked.
        pogingen: Closed doors.
        diensten: Shifts on which something was visited.
        reis: Minutes of travel between visits, closed doors included.
        acties: Integral acties held.
    """

    seks: Deel
    seks_rollend: float | None
    risico: Deel
    horeca: Deel
    nooit: int
    bezoeken: int
    overig: int
    pogingen: int
    diensten: int
    reis: int
    acties: int

    @property
    def reis_per_bezoek(self) -> float:
        """Minutes of travel per visit made, a closed door included."""
        made = self.bezoeken + self.overig + self.pogingen
        return self.reis / made if made else 0.0


def count_year(stad: Stad, jaar: Jaar) -> Cijfers:
    """The figures of a year that broke no rule; visits of unknown places or shifts are left out."""
    dates = {d.sleutel: d.datum for d in stad.diensten}
    plekken = {p.sleutel: p for p in stad.plekken}
    made = [b for b in jaar.bezoeken if b.dienst in dates and b.plek in plekken]
    inside: dict[str, list[date]] = defaultdict(list)
    for bezoek in made:
        if bezoek.binnen:
            inside[bezoek.plek].append(dates[bezoek.dienst])
    for days in inside.values():
        days.sort()
    seks = [p for p in stad.plekken if p.per_jaar]
    done = sum(min(p.per_jaar, len(inside[p.sleutel])) for p in seks)
    norm = Deel(sum(p.per_jaar for p in seks), done, done)
    risico, horeca = _settle(stad, inside, TERMIJN), _settle(stad, inside, RONDGANG)
    asked = {e.plek for e in stad.eisen if e.tot <= stad.eind} | {p.sleutel for p in seks}
    settled = norm.gedaan + risico.gedaan + horeca.gedaan
    return Cijfers(
        seks=norm,
        seks_rollend=_rolling(stad, inside),
        risico=risico,
        horeca=horeca,
        nooit=sum(not inside[sleutel] for sleutel in asked),
        bezoeken=settled,
        overig=sum(map(len, inside.values())) - settled,
        pogingen=sum(not b.binnen for b in made),
        diensten=len({b.dienst for b in made}),
        reis=_travel(stad, made),
        acties=len(jaar.acties),
    )


def _settle(stad: Stad, inside: dict[str, list[date]], soort: str) -> Deel:
    """Demands in order of their last date, each settled by the first control from its first date on that is left."""
    left = {sleutel: list(days) for sleutel, days in inside.items()}
    asked = done = on_time = 0
    for eis in sorted(
        (e for e in stad.eisen if e.soort == soort and e.tot <= stad.eind), key=lambda e: (e.tot, e.sleutel)
    ):
        asked += 1
        days = left.get(eis.plek, [])
        day = next((d for d in days if d >= eis.van), None)
        if day is not None:
            days.remove(day)
            done += 1
            on_time += day <= eis.tot
    return Deel(asked, done, on_time)


def _rolling(stad: Stad, inside: dict[str, list[date]]) -> float | None:
    """Share of days on which the 365 days before held the norm, over all establishments."""
    held = total = 0
    length = (stad.eind - stad.start).days + 1
    for plek in stad.plekken:
        if plek.soort == SEKS and len(plek.bezocht) >= plek.per_jaar > 0:
            days = [*plek.bezocht, *inside[plek.sleutel]]
            for n in range(length):
                today = stad.start + timedelta(days=n)
                held += sum(today - _JAAR <= d <= today for d in days) >= plek.per_jaar
            total += length
    return 100 * held / total if total else None


def _travel(stad: Stad, made: list[Bezoek]) -> int:
    plekken = {p.sleutel: p for p in stad.plekken}
    per_shift: dict[str, list[Bezoek]] = defaultdict(list)
    for bezoek in made:
        per_shift[bezoek.dienst].append(bezoek)
    return sum(
        travel_minutes(stad, plekken[one.plek], plekken[other.plek])
        for own in per_shift.values()
        for one, other in pairwise(sorted(own, key=lambda b: b.aanvang))
    )
