"""F1: the norm layer of 52 weeks, 720 norm visits on about 570 shifts: no miss with proof, or the rules that clash.

    python -m bench.f1_normlaag [seeds]

Each variant runs in a process of its own, so that its peak memory is its own.
"""

import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.drawing import draw_windows
from app.planning.solver.explaining import norm_causes
from app.planning.solver.index import Index
from app.planning.solver.locking import place_locks
from app.planning.solver.norms import NormLayer
from app.planning.solver.problem import Lock, Opening, Point, Problem, Slot, Stop, Visit

START = date(2027, 1, 4)
DAYS = 364
SEKS, HUIS = "SEKS", "WON"
SECONDS, CAUSE_SECONDS, MEGABYTES = 15.0, 5.0, 500.0


def city(seed: int, establishments: int = 120, per_year: int = 6, risk: int = 0, spacing: int = 7) -> Problem:
    """A year of a city: establishments with a rolling norm, risk addresses with a term, 12 team shifts a week less leave."""
    rng = random.Random(seed)
    centres = [Point(rng.uniform(77_000, 85_000), rng.uniform(450_000, 458_000)) for _ in range(24)]
    hours = [
        None,
        tuple(Opening(d, 11 * 60, 25 * 60) for d in range(7)),
        tuple(Opening(d, 19 * 60, 27 * 60) for d in range(7)),
        tuple(Opening(d, 20 * 60, 29 * 60) for d in range(2, 7)),
    ]

    def place() -> tuple[Point, str]:
        number = rng.randrange(len(centres))
        centre = centres[number]
        return Point(rng.gauss(centre.x, 300), rng.gauss(centre.y, 300)), f"WK{number:02}"

    visits = []
    for number in range(establishments):
        point, area = place()
        openings = rng.choice(hours)
        late = sorted(rng.randrange(DAYS) for _ in range(6))
        for k in range(per_year):
            due = max(late[k], 40 * (k + 1)) if per_year == 6 and k < 5 else DAYS - 1
            visits.append(
                Visit(
                    f"s{number:03}/{k}", f"s{number:03}", point, area, 60, frozenset({SEKS}), START,
                    START + timedelta(days=due), "SEKS", f"{per_year} controles per jaar per vergunde seksinrichting",
                    required=True, openings=openings, min_days_between=spacing, draw_window=True,
                )
            )  # fmt: skip
    for number in range(risk):
        point, area = place()
        first = rng.randrange(DAYS - 31)
        last = first + rng.choice((14, 30))
        visits.append(
            Visit(
                f"r{number:03}", f"r{number:03}", point, area, 45, frozenset({HUIS}), START + timedelta(days=first),
                START + timedelta(days=last), "RISICO", "Risicoadres binnen de termijn", required=True, spacing_exempt=True,
            )
        )  # fmt: skip
    return Problem(START, START + timedelta(days=DAYS - 1), tuple(shifts(rng)), tuple(visits))


def shifts(rng: random.Random) -> list[Slot]:
    """Twelve shifts a week by four teams, of which one in eleven falls out."""
    week = [
        ("prostitutie", 17 * 60, 25 * 60, (1, 3, 4, 5), {SEKS, HUIS}),
        ("avond", 18 * 60, 26 * 60, (2, 6), {SEKS, HUIS}),
        ("dag", 9 * 60, 17 * 60, (0, 2, 4), {HUIS}),
        ("malafide", 12 * 60, 20 * 60, (0, 1, 3), {SEKS, HUIS}),
    ]
    return [
        Slot(
            f"{n:03}/{team}", START + timedelta(days=n), team, begin, end, frozenset(skills), end - begin - 30,
            Point(81_000, 454_000),
        )
        for n in range(DAYS)
        for team, begin, end, days, skills in week
        if n % 7 in days and rng.random() > 0.09
    ]  # fmt: skip


def _part(problem: Problem, one_in: int) -> Problem:
    return replace(problem, slots=tuple(s for n, s in enumerate(problem.slots) if n % one_in == 0))


def _designated_until(problem: Problem, last: date) -> Problem:
    cut = [replace(s, competences=s.competences - {SEKS}) if s.date > last else s for s in problem.slots]
    return replace(problem, slots=tuple(cut))


def _locked_apart(problem: Problem) -> Problem:
    """Two visits of one establishment fixed on shifts that are too close to each other."""
    visits = {v.key: replace(v, openings=None) if v.object_key == "s000" else v for v in problem.visits}
    able = [s for s in problem.slots if s.team == "prostitutie"]
    locks = (Lock("s000/0", able[2].key), Lock("s000/1", able[3].key))
    return replace(problem, visits=tuple(visits.values()), locks=locks)


VARIANTS: dict[str, Callable[[int], Problem]] = {
    "gewoon": city,
    "met 600 risicoadressen": lambda seed: city(seed, risk=600),
    "derde van de diensten": lambda seed: _part(city(seed), 3),
    "kwart van de diensten": lambda seed: _part(city(seed), 4),
    "norm 400": lambda seed: city(seed, establishments=4, per_year=400, spacing=1),
    "norm 400, 120 inrichtingen": lambda seed: city(seed, per_year=400),
    "team zonder diensten": lambda seed: replace(
        city(seed), slots=tuple(s for s in city(seed).slots if SEKS not in s.competences)
    ),
    "aanwijzing eindigt": lambda seed: _designated_until(city(seed), START + timedelta(days=45)),
    "strijdige vastzettingen": lambda seed: _locked_apart(city(seed)),
}


def measure(name: str, seed: int) -> None:
    """One variant: misses, proof, seconds, memory and causes."""
    problem = VARIANTS[name](seed)
    begun, work = time.perf_counter(), time.process_time()
    control = Control(Stop(), seed)
    draft = Draft(Index(problem))
    causes = place_locks(draft, control)
    drawn = draw_windows(draft.index, seed, frozenset())
    layer = NormLayer(draft, drawn, control)
    plan = layer.solve()
    planned, plan_work = time.perf_counter() - begun, time.process_time() - work
    missed = [v for v in layer.todo if plan.slot_of(v.key) is None]
    begun, work = time.perf_counter(), time.process_time()
    causes += norm_causes(plan, missed, frozenset()) if missed else []
    why, why_work = time.perf_counter() - begun, time.process_time() - work
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    areas = len({(s.key, v.area) for v in layer.todo if (s := plan.slot_of(v.key)) is not None})
    used = len({s.key for v in layer.todo if (s := plan.slot_of(v.key)) is not None})
    print(
        f"| {name} | {seed} | {len(layer.todo)} on {len(problem.slots)} | {len(missed)}{' proved' if layer.proved else ''} | "
        f"{areas} in {used} | {planned:.1f} s ({planned / SECONDS:.2f}), processor {plan_work:.1f} s | "
        f"{why:.1f} s ({why / CAUSE_SECONDS:.2f}), processor {why_work:.1f} s | {memory:.0f} MB ({memory / MEGABYTES:.2f}) | "
        f"{os.getloadavg()[0]:.0f} |"
    )
    for cause in causes:
        print(f"    {'proved' if cause.proved else 'not proved'}: {cause.text} {cause.mend}")


def main() -> None:
    """Prints a row per variant and seed; in brackets the ratio to the goal of 15 s, 5 s for the causes, 500 MB."""
    if len(sys.argv) > 2:
        measure(sys.argv[1], int(sys.argv[2]))
        return
    print("| variant | seed | visits on shifts | misses | areas in shifts | planning | causes | peak memory | load |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    for name in VARIANTS:
        for seed in range(1, int(sys.argv[1]) + 1 if len(sys.argv) > 1 else 2):
            command = [sys.executable, "-m", "bench.f1_normlaag", name, str(seed)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
