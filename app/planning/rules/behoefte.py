"""Which visits a period needs: how many, from when and until when. The norm states say where a norm stands; this says what to plan.

Accounted per calendar year and planned on a rolling year (CAD-01), so a period holds the larger of the two.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.planning.rules.kalender import Periode, clip, days, merge, months_after
from app.planning.rules.seks import Seksnorm, prorate, rolling_due


@dataclass(frozen=True, slots=True, order=True)
class Behoefte:
    """A visit that a period needs.

    Attributes:
        eerste: First date on which it may be done.
        laatste: Last date on which it may be done.
        uiterste: Date on which the norm asks for it; may lie before the period when it is late.
    """

    eerste: date
    laatste: date
    uiterste: date


def seks_needs(
    van: date,
    tot: date,
    norm: Seksnorm,
    vergunning: Iterable[Periode],
    bekend: Sequence[date],
    inhaal_dagen: int,
) -> list[Behoefte]:
    """Visits of one licensed sex establishment in a period (CAD-01).

    Args:
        van: First day of the period.
        tot: Last day.
        norm: The norm that holds.
        vergunning: Periods in which the permit is in force.
        bekend: Dates of controls that count and of those that are planned already.
        inhaal_dagen: Days within which a control that is late must be done.
    """
    periodes = merge(vergunning)
    in_force = clip(periodes, van, tot)
    if norm.per_jaar == 0 or not in_force:
        return []
    first, last = in_force[0][0], in_force[-1][1]
    needs = _rolling(first, last, norm, periodes, bekend, inhaal_dagen)
    for jaar in range(first.year, last.year + 1):
        begin, end = max(first, date(jaar, 1, 1)), min(last, date(jaar, 12, 31))
        short = _rest_of_year(begin, end, norm, periodes, bekend)
        short -= sum(begin <= need.laatste <= end for need in needs)
        needs += [Behoefte(begin, end, end)] * max(0, short)
    return sorted(needs, key=lambda need: (need.laatste, need.eerste))


def _rolling(
    first: date, last: date, norm: Seksnorm, periodes: Sequence[Periode], bekend: Sequence[date], inhaal_dagen: int
) -> list[Behoefte]:
    """What the rolling year asks for, number by number; what is late comes soon, with the days between kept."""
    current = next(p for p in periodes if p.tot_en_met is None or p.tot_en_met >= first)
    start = max(current.van, norm.telling_vanaf or current.van)
    history, late = [dag for dag in bekend if dag >= start], 0
    needs: list[Behoefte] = []
    while len(needs) < 3 * norm.per_jaar and (due := rolling_due(norm.per_jaar, start, history)) <= last:
        soonest = first + timedelta(days=inhaal_dagen + late * max(1, norm.min_dagen_tussen))
        late += due < soonest
        latest = min(max(due, soonest), last)
        needs.append(Behoefte(first, latest, due))
        history.append(latest)
    return needs


def _rest_of_year(begin: date, end: date, norm: Seksnorm, periodes: Sequence[Periode], bekend: Sequence[date]) -> int:
    """The share of the calendar year's rest that falls in this part of it, to the nearest, half up."""
    nieuwjaar, oudjaar = date(begin.year, 1, 1), date(begin.year, 12, 31)
    required = prorate(norm.per_jaar, days(clip(periodes, nieuwjaar, oudjaar)), (oudjaar - nieuwjaar).days + 1)
    rest = required - sum(dag.year == begin.year and any(dag in p for p in periodes) for dag in bekend)
    left, here = days(clip(periodes, begin, oudjaar)), days(clip(periodes, begin, end))
    return prorate(rest, here, left) if rest > 0 else 0


def repeat_needs(van: date, tot: date, maanden: int, start: date, bekend: Sequence[date]) -> list[Behoefte]:
    """Visits of an object that comes round again every so many months (CAD-19).

    A visit may be done from half an interval before it is due to half an interval after; what is late, at once.

    Args:
        van: First day of the period.
        tot: Last day.
        maanden: Months between two controls, at least 1.
        start: Begin of the licence, from which the first one counts.
        bekend: Dates of controls done or planned.
    """
    half = timedelta(days=maanden * 15)
    due = months_after(max(bekend, default=start), maanden)
    needs: list[Behoefte] = []
    while due - half <= tot:
        latest = min(max(due, van) + half, tot)
        if max(van, due - half) <= latest:
            needs.append(Behoefte(max(van, due - half), latest, due))
        due = months_after(max(due, van), maanden)
    return needs


def share_per_year(per_jaar: int, van: date, tot: date, geteld: Iterable[date], minstens: int = 0) -> dict[int, int]:
    """Number that a period must hold, per calendar year, of something that is asked a number of times a calendar year (CAD-04).

    Each year asks for its own number: what is short in one is not made good in the next. A year that lies only partly in the
    period asks for a share of what is left from the first day on, half up; its last weeks may then ask for the whole norm, and
    what does not fit there with the days between two is told and not moved.

    Args:
        per_jaar: The yearly norm.
        van: First day; the rest of its year is what is shared out.
        tot: Last day.
        geteld: Dates on which one was done or is planned already, in any year.
        minstens: Least number over all years, when somebody asks for more than the norm; the extra goes where the most room is.
    """
    known = Counter(dag.year for dag in geteld)
    lengths, shares = dict[int, int](), dict[int, int]()
    for jaar in range(van.year, tot.year + 1):
        first, oudjaar = max(van, date(jaar, 1, 1)), date(jaar, 12, 31)
        lengths[jaar] = (min(tot, oudjaar) - first).days + 1
        shares[jaar] = prorate(max(0, per_jaar - known[jaar]), lengths[jaar], (oudjaar - first).days + 1)
    for _ in range(minstens - sum(shares.values())):
        roomy = max(shares, key=lambda jaar: lengths[jaar] / (shares[jaar] + 1))
        shares[roomy] += 1
    return shares
