"""Day routes and day lists as pure functions: no shorter order exists, and the same question gives the same answer."""

import random
from itertools import pairwise, permutations

import pytest

from app.planning.solver.daylist import Lijstvraag, compose
from app.planning.solver.dayroute import Belet, Dagvraag, Halte, best_route, lay, reorder
from app.planning.solver.problem import Point, StraightLine

FIETS = StraightLine(overhead=0)


def halte(rng: random.Random, key: str, *, shut: float = 0.0, worth: float = 1000.0) -> Halte:
    windows = ((19 * 60, 23 * 60),) if rng.random() < shut else None
    point = Point(80_000 + rng.randint(0, 6_000), 450_000 + rng.randint(0, 6_000))
    return Halte(key, point, rng.choice((20, 45)), windows, worth)


def test_no_order_is_shorter() -> None:
    """Against every order there is, opening hours and the end of the shift included."""
    rng = random.Random(5)
    for _ in range(30):
        stops = [halte(rng, f"h{i}", shut=0.5) for i in range(5)]
        here = rng.choice((None, Point(81_000, 451_000)))
        question = Dagvraag(17 * 60, 17 * 60 + rng.choice((150, 400)), here, tuple(stops), travel=FIETS)
        route = best_route(question, stops)
        laid = [
            (-len(order), sum(one.travel for one in times))
            for n in range(len(stops) + 1)
            for order in permutations(stops, n)
            if (times := lay(question, order)) is not None
        ]
        assert (-len(route), sum(one.travel for one in route)) == min(laid)
        assert all(one.end <= two.start for one, two in pairwise(route))


def test_what_does_not_fit_is_named_with_its_reason() -> None:
    near, far = Halte("dichtbij", Point(0, 0), 30, None, 9.0), Halte("ver", Point(90_000, 0), 30, None, 9.0)
    shut = Halte("dicht", Point(0, 0), 30, ((9 * 60, 12 * 60),), 9.0)
    answer = reorder(Dagvraag(13 * 60, 15 * 60, Point(0, 0), (near, far, shut), travel=FIETS))
    assert [one.key for one in answer.order] == ["dichtbij"]
    assert dict(answer.left_out) == {"ver": Belet.GEEN_TIJD, "dicht": Belet.GESLOTEN}


def test_what_is_added_takes_the_place_of_nothing() -> None:
    rng = random.Random(2)
    stops = tuple(halte(rng, f"h{i}", worth=100_000.0) for i in range(4))
    extra = tuple(halte(rng, f"x{i:02}", worth=rng.randint(10, 90)) for i in range(50))
    answer = reorder(Dagvraag(17 * 60, 25 * 60, stops[0].point, stops, extra, 2, FIETS))
    keys = {one.key for one in answer.order}
    assert {s.key for s in stops} <= keys
    assert len(keys) == 6
    full = Dagvraag(17 * 60, answer.order[-1].end, stops[0].point, stops, extra, 5, FIETS)
    assert {s.key for s in stops} <= {one.key for one in reorder(full).order}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_list_of_eight_is_the_same_every_time_and_hardly_to_be_beaten(seed: int) -> None:
    rng = random.Random(seed)
    extra = [halte(rng, f"h{i:03}", shut=0.3, worth=rng.choice((20.0, 45.0, 90.0))) for i in range(300)]
    question = Lijstvraag(Dagvraag(17 * 60, 25 * 60, None, (), tuple(extra), travel=FIETS), 8)
    answer = compose(question)
    assert len(answer.order) == 8
    rng.shuffle(extra)
    again = Lijstvraag(Dagvraag(17 * 60, 25 * 60, None, (), tuple(extra), travel=FIETS), 8)
    assert compose(again) == answer
    worth = {h.key: h.worth for h in extra}
    value = sum(worth[one.key] - one.travel for one in answer.order)
    dearest = sorted(extra, key=lambda h: -h.worth)[:8]
    greedy = best_route(question.day, dearest)
    assert value > sum(worth[one.key] - one.travel for one in greedy)
    # The most that eight places can bring is that of the dearest eight without any travel.
    assert value >= 0.95 * sum(h.worth for h in dearest)
