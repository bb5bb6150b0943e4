"""F5: week routes for 1 shift and 15 candidates up to 12 shifts and 300, against a run of five times the steps.

`python -m bench.f5_weekroutes`. The value of a week is what its visits are worth less its travel and the shifts it opens, in minutes. The
steps are those of a round with its default. Short of the long run: of the best of both, for the short one wins now and then.
"""

import os
import random
import time
from datetime import date, timedelta

from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.index import Index
from app.planning.solver.problem import Opening, Point, Problem, Slot, Stop, Visit
from app.planning.solver.terms import Term, TermCode
from app.planning.solver.weekmodel import Order, WeekModel, steps_for

MONDAY = date(2026, 1, 5)
SIZES = ((1, 15, 1.0), (2, 40, 2.0), (4, 100, 10.0), (12, 300, 30.0))
"""Shifts, candidates, seconds allowed."""
LONG = 5
SEEDS = 3


def week(shifts: int, candidates: int, seed: int) -> tuple[Index, list[Order], dict[str, tuple[Visit, ...]]]:
    """A week with two pinned visits per shift, the rest by prize; half of the doors open in the evening only."""
    rng = random.Random(seed)
    base = Point(80_000, 455_000)
    slots = []
    for number in range(shifts):
        start = rng.choice((13, 17)) * 60
        skills = frozenset({"A", "B"}) if number % 3 else frozenset({"A"})
        day = MONDAY + timedelta(days=number % 6)
        slots.append(Slot(f"{number:02}", day, f"t{number % 4}", start, start + 480, skills, 450, base))
    visits = []
    for number in range(candidates):
        area = rng.randrange(12)
        visits.append(
            Visit(
                key=f"v{number:03}",
                object_key=f"o{number}",
                point=Point(
                    76_000 + 3_000 * (area % 4) + rng.gauss(0, 400), 451_000 + 3_000 * (area // 4) + rng.gauss(0, 400)
                ),
                area=str(area),
                duration=rng.choice((30, 45, 60)),
                competences=frozenset(rng.choice("AAAB")),
                earliest=MONDAY,
                latest=MONDAY + timedelta(days=6),
                norm_key="N",
                norm_clause="",
                required=number < 2 * shifts,
                openings=None if rng.random() < 0.5 else tuple(Opening(d, 18 * 60, 26 * 60) for d in range(7)),
                terms=(Term(TermCode.TERMIJN, rng.randint(0, 60)),),
            )
        )
    index = Index(Problem(MONDAY, MONDAY + timedelta(days=6), tuple(slots), tuple(visits)))
    draft, orders = Draft(index), []
    for visit in index.visits.values():
        suits = index.candidates(visit)
        if visit.required and any(draft.place(visit, slot) for slot in suits):
            orders.append(Order(visit, (draft.where[visit.key],), None))
        elif suits and not visit.required:
            orders.append(Order(visit, suits, 15 + sum(term.punten for term in visit.terms)))
    return index, orders, draft.routes


def run(
    index: Index, orders: list[Order], present: dict[str, tuple[Visit, ...]], seed: int, steps: int
) -> tuple[float, float, float]:
    """Value in minutes, then seconds on the clock and of the processor, the building of the model included."""
    begin, work = time.perf_counter(), time.process_time()
    model = WeekModel(index, list(index.slots.values()), {}, orders)
    model.improve(Control(Stop(), seed), seed, steps, present)
    return model.value, time.perf_counter() - begin, time.process_time() - work


def main() -> None:
    """Prints a line per size."""
    print(
        "| shifts x candidates | seconds on the clock, of the processor (limit) | value | long run | short of it (goal 1 %) | load |"
    )
    print("|---|---|---|---|---|---|", flush=True)
    for shifts, candidates, limit in SIZES:
        gaps, clocks, works, values, longs = [], [], [], [], []
        for seed in range(SEEDS):
            index, orders, present = week(shifts, candidates, seed)
            steps = steps_for(len(orders), Stop().week_iterations)
            value, clock, work = run(index, orders, present, seed, steps)
            best = max(value, run(index, orders, present, seed + 100, LONG * steps)[0])
            gaps.append(1 - value / best)
            clocks.append(clock)
            works.append(work)
            values.append(value)
            longs.append(best)
        print(
            f"| {shifts} x {candidates} | {max(clocks):.1f}, {max(works):.1f} ({limit:.0f}) | {sum(values) / SEEDS:.0f} | "
            f"{sum(longs) / SEEDS:.0f} | worst {max(gaps):.2%}, mean {sum(gaps) / SEEDS:.2%} | {os.getloadavg()[0]:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
