"""Which visits a period needs: how many, from when and until when. The norm states say where a norm stands; this says what to plan.

A sex establishment is accounted per calendar year and planned around a rolling year (CAD-01).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.planning.rules.kalender import Periode, clip, days, merge, months_after
from app.planning.rules.seks import Seksnorm, prorate, rolling_due
from app.planning.rules.tussenruimten import fill_gaps


@dataclass(frozen=True, slots=True, order=True)
class Behoefte:
    """A visit that a period needs.

    Attributes:
        eerste: First date on which it may be done.
        laatste: Last date on which it may be done.
        uiterste: Date on which the norm asks for it; may lie before the period when it is late. Of a yearly norm the day of the rolling
            year, or of an even rhythm over what is left of the calendar year when that is sooner.
    """

    eerste: date
    laatste: date
    uiterste: date


@dataclass(frozen=True, slots=True)
class Ritme:
    """How freely the controls of an establishment are spread (planning.md, unpredictability).

    Attributes:
        inhaal_dagen: Days within which a control that is late must be done.
        spreiding_dagen: Days that a control may stand before or after the day on which the rolling year asks for it.
        extra_per_jaar: Extra controls per establishment a year, on average (0 to 1).
        stappen: Days from which on a gap between two controls is drawn more often, once more for each.
    """

    inhaal_dagen: int
    spreiding_dagen: int = 60
    extra_per_jaar: float = 0.0
    stappen: tuple[int, ...] = (14, 28)

    def window(self, per_jaar: int, due: date) -> tuple[date, date]:
        """First and last date for the control that the rolling year asks for by a day.

        If each came before its day, every year would be drawn earlier than the last, until nobody is visited after the summer. So the
        window lies around the day; extra controls put the days later, and by as much the window may lie before them.
        """
        ahead = timedelta(days=round(self.extra_per_jaar * 365 / (2 * (per_jaar + self.extra_per_jaar))))
        spread = timedelta(days=self.spreiding_dagen)
        return due - spread - ahead, due + spread - ahead


def seks_needs(
    van: date,
    tot: date,
    norm: Seksnorm,
    vergunning: Iterable[Periode],
    bekend: Sequence[date],
    ritme: Ritme,
) -> list[Behoefte]:
    """Visits of one licensed sex establishment in the years of a period (CAD-01): accounted per calendar year, around a rolling year.

    Each year asks for its own number; the numbers stand around the days on which the rolling year asks for them, or, where others
    stand after the first day that is left, around the days that split the largest gaps between them. All that is left of a year is
    answered, also what can wait until after the period: `within` says what the period must hold.

    Args:
        van: First day of the period.
        tot: Last day.
        norm: The norm that holds.
        vergunning: Periods in which the permit is in force.
        bekend: Dates of controls that count and of those that are planned already.
        ritme: How freely they are spread.
    """
    periodes = merge(vergunning)
    in_force = clip(periodes, van, tot)
    if norm.per_jaar == 0 or not in_force:
        return []
    first, last = in_force[0][0], in_force[-1][1]
    current = next(p for p in periodes if p.tot_en_met is None or p.tot_en_met >= first)
    start = max(current.van, norm.telling_vanaf or current.van)
    history, needs, late = [dag for dag in bekend if dag >= start], list[Behoefte](), 0
    for jaar in range(first.year, last.year + 1):
        left = clip(periodes, max(first, date(jaar, 1, 1)), date(jaar, 12, 31))
        if not left:
            continue
        begin, closing = left[0][0], left[-1][1]
        rest = max(0, required_in(jaar, norm, periodes) - counted_in(jaar, periodes, bekend))
        if any(dag > begin for dag in history):
            between = _between(rest, history, start, (begin, closing), norm, ritme)
            if between is not None:
                needs += between
                history += [min(max(need.uiterste, need.eerste), need.laatste) for need in between]
                continue
        for after in range(rest - 1, -1, -1):
            due = rolling_due(norm.per_jaar, start, history)
            eerste, laatste = ritme.window(norm.per_jaar, due)
            soonest = begin + timedelta(days=ritme.inhaal_dagen + late * max(1, norm.min_dagen_tussen))
            late += due < begin
            # The year closes on its account: room for those that come after it stays, and a spread of days for itself.
            room = timedelta(days=ritme.spreiding_dagen + after * max(1, norm.min_dagen_tussen))
            eerste = max(begin, min(eerste, closing - room))
            laatste = min(closing, max(laatste, soonest, eerste))
            even = begin + timedelta(days=(closing - begin).days * (rest - after) // rest)
            needs.append(Behoefte(eerste, laatste, min(due, even)))
            history.append(min(max(due, begin), laatste))
    return needs


def _between(
    rest: int, known: Sequence[date], start: date, over: tuple[date, date], norm: Seksnorm, ritme: Ritme
) -> list[Behoefte] | None:
    """What is left of a year in which others stand already; None when it does not fit between them."""
    least, needs, late = max(1, norm.min_dagen_tussen), list[Behoefte](), 0
    places = fill_gaps(rest, known, start, over, 365 // norm.per_jaar, least)
    for plek in places or ():
        eerste, laatste = ritme.window(norm.per_jaar, plek.dag)
        soonest = over[0] + timedelta(days=ritme.inhaal_dagen + late * least)
        late += plek.dag < over[0]
        eerste = min(max(eerste, plek.eerste), plek.laatste)
        needs.append(Behoefte(eerste, max(eerste, min(max(laatste, soonest), plek.laatste)), plek.dag))
    return None if places is None else needs


def required_in(jaar: int, norm: Seksnorm, vergunning: Iterable[Periode]) -> int:
    """Controls that a calendar year asks for, pro rata for the days with a permit (CAD-01)."""
    nieuwjaar, oudjaar = date(jaar, 1, 1), date(jaar, 12, 31)
    in_force = clip(merge(vergunning), nieuwjaar, oudjaar)
    return prorate(norm.per_jaar, days(in_force), (oudjaar - nieuwjaar).days + 1)


def counted_in(jaar: int, vergunning: Iterable[Periode], bekend: Iterable[date]) -> int:
    """Of some dates those in a calendar year with a permit."""
    periodes = merge(vergunning)
    return sum(dag.year == jaar and any(dag in p for p in periodes) for dag in bekend)


def within(needs: Sequence[Behoefte], tot: date, gekozen: Sequence[date] | None = None) -> list[Behoefte]:
    """What of the visits of the years a period must hold, with the dates cut off at its last day.

    Args:
        needs: The visits, in order.
        tot: Last day of the period.
        gekozen: A date drawn for each: those that fall in the period belong to it. Without them it holds what is due in it.
    """
    dates = [need.uiterste for need in needs] if gekozen is None else gekozen
    return [
        Behoefte(need.eerste, min(need.laatste, tot), need.uiterste)
        for need, dag in zip(needs, dates, strict=True)
        if need.eerste <= tot and (dag <= tot or need.laatste <= tot)
    ]


def repeat_needs(
    van: date, tot: date, maanden: int, start: date, bekend: Sequence[date], speling: int
) -> list[Behoefte]:
    """Visits of an object that comes round again every so many months (CAD-19).

    A visit may be done some days before it is due and as many after; what is late, at once. Of those that follow in the same period
    only what is due in it: a yearly visit that is late would otherwise bring two in one year (Awb 5:13).

    Args:
        van: First day of the period.
        tot: Last day.
        maanden: Months between two controls, at least 1.
        start: Begin of the licence, from which the first one counts.
        bekend: Dates of controls done or planned.
        speling: Days before and after the day on which it is due.
    """
    slack = timedelta(days=speling)
    due = months_after(max(bekend, default=start), maanden)
    needs: list[Behoefte] = []
    while due - slack <= tot and (not needs or due <= tot):
        latest = min(max(due, van) + slack, tot)
        if max(van, due - slack) <= latest:
            needs.append(Behoefte(max(van, due - slack), latest, due))
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
