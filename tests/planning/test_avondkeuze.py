"""The choice of dates, areas and partners for integral acties: the best there is, and its proof of impossibility, against trying everything."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise, product

from app.planning.solver.actiecauses import ActieCourt
from app.planning.solver.choosing import Choice, EveningModel, Offer
from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.evenings import EveningLayer
from app.planning.solver.index import Index
from app.planning.solver.problem import ActieObject, IntegralActies, Partner, Point, Problem, Stop
from tests.planning.cities import dag, dienst

DAYS = [dag(7 * n) for n in range(6)]
Score = tuple[int, int, int]


def acties(rng: random.Random) -> IntegralActies:
    """Three acties asked for, of three partners of whom two or three have a limit."""
    partners = tuple(
        Partner(key, key, frozenset(d for d in DAYS if rng.random() < 0.7), limit)
        for key, limit in (("a", rng.choice((None, 2))), ("b", rng.randint(1, 2)), ("c", rng.randint(0, 2)))
    )
    stock = tuple(ActieObject(f"o{n}", Point(0, n), f"w{n % 3}", 20) for n in range(12))
    spacing = rng.choice((1, 14))
    return IntegralActies(3, spacing, partners, stock, "A", "A", min_partners=2, min_objects=2, max_objects=2)


def joinable(asked: IntegralActies, days: tuple[date, ...]) -> bool:
    """Whether some division of the partners' turns gives each of the days enough of them."""
    ways = []
    for day in days:
        there = [p for p in asked.partners if day in p.dates]
        free = [p for p in there if p.max_acties is None]
        some = [(*free, *more) for n in range(len(there) + 1) for more in combinations(set(there) - set(free), n)]
        ways.append([way for way in some if len(way) >= asked.min_partners])
    for way in product(*ways):
        turns = Counter(p.key for partners in way for p in partners)
        if all(p.max_acties is None or turns[p.key] <= p.max_acties for p in asked.partners):
            return True
    return False


def held_apart(asked: IntegralActies, number: int) -> Iterator[tuple[date, ...]]:
    """Every set of days that keeps the days between and the partners' turns."""
    for days in combinations(DAYS, number):
        apart = all((b - a).days >= asked.min_days_between for a, b in pairwise(days))
        if apart and joinable(asked, days):
            yield days


def parts(days: tuple[date, ...]) -> int:
    return len({(day - DAYS[0]).days * 3 // 42 for day in days})


def test_no_choice_holds_more_or_covers_more_than_the_one_that_is_proved() -> None:
    held = Counter[int]()
    for seed in range(40):
        rng = random.Random(seed)
        asked = acties(rng)
        value = {(day, f"w{area}"): rng.randint(0, 40) for day in DAYS for area in range(3)}
        partners = {day: [p for p in asked.partners if day in p.dates] for day in DAYS}
        stock = {f"w{area}": (25, 20, 18, 15) for area in range(3)}
        offer = Offer(asked, (DAYS[0], dag(41)), 3, value, partners, stock, [], [])
        model = EveningModel(offer, asked.partners)
        picks = model.solve(Control(Stop(deterministic_time=1.0), seed))

        def covers(days: tuple[date, ...], areas: tuple[str, ...], value: dict[tuple[date, str], int] = value) -> int:
            total = 0
            for area in set(areas):
                own = [value[d, a] for d, a in zip(days, areas, strict=True) if a == area]
                total += min(sum(own), sum((50, 38)[: len(own)]))
            return total

        best: Score = (0, 0, 0)
        for number in (1, 2, 3):
            for days in held_apart(asked, number):
                for areas in product(("w0", "w1", "w2"), repeat=number):
                    if max(Counter(areas).values()) <= 2:
                        best = max(best, (number, parts(days), covers(days, areas)))
        assert model.proved or not best[0]
        assert score(asked, picks, covers) == best, seed
        held[best[0]] += 1
    assert len(held) >= 3


def score(asked: IntegralActies, picks: list[Choice], covers: object) -> Score:
    """Number, parts of the time and priority of a choice, whose partners are checked on the way."""
    picks = sorted(picks, key=lambda p: p.date)
    days, areas = tuple(p.date for p in picks), tuple(p.area for p in picks)
    turns = Counter(key for p in picks for key in p.partner_keys)
    for pick in picks:
        assert len(pick.partner_keys) >= asked.min_partners
        assert all(pick.date in p.dates for p in asked.partners if p.key in pick.partner_keys)
    assert all(p.max_acties is None or turns[p.key] <= p.max_acties for p in asked.partners)
    assert all((b - a).days >= asked.min_days_between for a, b in pairwise(days))
    return len(picks), parts(days), covers(days, areas)  # type: ignore[operator]  # the function above


def test_what_is_called_impossible_is_so_and_what_is_not_can_be_held() -> None:
    answers = Counter[bool]()
    for seed in range(60):
        asked = replace(acties(random.Random(seed)), count=random.Random(seed).randint(1, 4))
        slots = tuple(dienst(7 * n) for n in range(6))
        layer = EveningLayer(Draft(Index(Problem(dag(0), dag(41), slots, (), asked))), asked, Control(Stop(), 1))
        impossible = ActieCourt(layer).impossible(frozenset())
        assert impossible == (next(held_apart(asked, asked.count), None) is None), seed
        answers[impossible] += 1
    assert min(answers.values()) > 5
