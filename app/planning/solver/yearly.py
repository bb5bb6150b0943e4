"""Which controls of the yearly norm a round holds, and which extra one the lot adds (planning.md, unpredictability)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.planning.rules.behoefte import Behoefte, Ritme, counted_in, required_in, seks_needs, within
from app.planning.rules.kalender import Periode, clip, days
from app.planning.rules.seks import Seksnorm
from app.planning.solver.drawing import draw_dates, generator


@dataclass(frozen=True, slots=True)
class Loting:
    """Where the draws of a round come from.

    Attributes:
        seed: Seed of the round.
        jaren: Per calendar year the seed for what holds for the whole year, the same in each of its rounds.
    """

    seed: int
    jaren: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Inrichting:
    """A licensed sex establishment as the yearly norm sees it.

    Attributes:
        key: Its key.
        vergunning: Periods with a permit.
        bekend: Dates of controls that count and of those that are planned.
    """

    key: str
    vergunning: Sequence[Periode]
    bekend: Sequence[date]


def norm_visits(
    place: Inrichting, van: date, tot: date, norm: Seksnorm, ritme: Ritme, loting: Loting | None
) -> list[Behoefte]:
    """Controls of the norm that a round must hold (CAD-01).

    A round over a part of the year draws which ones fall in it: were it only what cannot wait, every control would come in the last weeks
    that are left for it. Without a draw it is what the rolling year asks for in the period.
    """
    needs = seks_needs(van, tot, norm, place.vergunning, place.bekend, ritme)
    if loting is None or all(need.laatste <= tot for need in needs):
        return within(needs, tot)
    rng = generator(loting.seed, "deel van het jaar", place.key)
    legal = [(need.eerste, need.laatste) for need in needs]
    return within(needs, tot, draw_dates(legal, norm.min_dagen_tussen, rng, steps=ritme.stappen))


def extra_visits(
    place: Inrichting, van: date, tot: date, norm: Seksnorm, ritme: Ritme, loting: Loting
) -> list[Behoefte]:
    """Extra controls that the lot adds, at most one a year: else the last one of the norm says that the year is done.

    Whether a year has one is drawn once for the year, so that another round over it does not draw again. It is asked until the year
    holds one more than the norm.
    """
    found = []
    for jaar in range(van.year, tot.year + 1):
        whole = clip(place.vergunning, date(jaar, 1, 1), date(jaar, 12, 31))
        left = clip(place.vergunning, max(van, date(jaar, 1, 1)), date(jaar, 12, 31))
        required = required_in(jaar, norm, place.vergunning)
        if not left or not required or counted_in(jaar, place.vergunning, place.bekend) > required:
            continue
        chance = ritme.extra_per_jaar * days(whole) / 365
        if generator(loting.jaren.get(jaar, loting.seed), "extra controle", place.key, str(jaar)).random() < chance:
            begin, closing = left[0][0], left[-1][1]
            rng = generator(loting.seed, "dag van de extra controle", place.key, str(jaar))
            if begin + timedelta(days=rng.randint(0, (closing - begin).days)) <= tot:
                found.append(Behoefte(begin, min(closing, tot), closing))
    return found
