"""F7: 14 integral evenings of 8 objects with five partners, 400 candidate areas and 52 dates: optimum, or why not.

    python -m bench.f7_avonden [seeds]

The optimum is proved by the solver (status OPTIMAL of the last choice of dates, areas and partners); a bound without dates
is printed beside it: the best area for each evening, every area once.
"""

import os
import random
import resource
import subprocess
import sys
import time
from datetime import date, timedelta

from app.planning.solver.actiecauses import actie_causes
from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.evenings import EveningLayer
from app.planning.solver.index import Index
from app.planning.solver.problem import ActieObject, IntegralActies, Partner, Point, Problem, Slot, Stop
from app.planning.solver.terms import Term, TermCode, priority

START = date(2027, 1, 4)
WEEKS, EVENINGS, OBJECTS, AREAS = 52, 14, 8, 400
SECONDS, PROOF_SECONDS = 15.0, 1.0
VARIANTS = ("gewoon", "partner kan zelden", "partners begrensd", "te ver uiteen")


def problem(name: str, seed: int) -> tuple[Problem, IntegralActies]:
    """A year with one evening a week on which an actie can be held."""
    rng = random.Random(seed)
    dates = [START + timedelta(days=7 * week + 3) for week in range(WEEKS)]
    candidates = []
    for area in range(AREAS):
        centre = Point(rng.uniform(76_000, 86_000), rng.uniform(449_000, 459_000))
        for number in range(rng.randint(3, 14)):
            point = Point(rng.gauss(centre.x, 120), rng.gauss(centre.y, 120))
            terms = (Term(TermCode.LAATSTE_CONTROLE, rng.randint(0, 60)),)
            candidates.append(ActieObject(f"o{area:03}-{number:02}", point, f"WK{area:03}", 25, terms=terms))
    names = ("Politie", "Belastingdienst", "Arbeidsinspectie", "Douane", "Energiebedrijf")
    partners = []
    for number, who in enumerate(names):
        days = frozenset(d for d in dates if rng.random() < 0.7)
        limit = None if number == 0 else rng.randint(6, 9)
        if name == "partner kan zelden" and number == 0:
            days = frozenset(dates[::6])
        if name == "partners begrensd" and number:
            limit = 2
        partners.append(Partner(who.lower(), who, days, limit, required=name == "partner kan zelden" and number == 0))
    acties = IntegralActies(
        EVENINGS, 42 if name == "te ver uiteen" else 14, tuple(partners), tuple(candidates), "ACTIES", "Integrale acties",
        min_partners=2, min_objects=3, max_objects=OBJECTS, team_shifts=2, per_quarter=2,
    )  # fmt: skip
    slots = tuple(
        Slot(f"{d}/{team}", d, team, 17 * 60, 25 * 60, frozenset({"APV"}), 450)
        for d in dates
        for team in ("een", "twee")
    )
    return Problem(START, START + timedelta(days=7 * WEEKS - 1), slots, (), acties), acties


def measure(name: str, seed: int) -> None:
    """One variant: evenings, risk covered, seconds, memory and the cause."""
    asked, acties = problem(name, seed)
    control, begun, work = Control(Stop(), seed), time.perf_counter(), time.process_time()
    layer = EveningLayer(Draft(Index(asked)), acties, control)
    chosen = layer.choose()
    seconds, choose_work = time.perf_counter() - begun, time.process_time() - work
    terms = {c.object_key: priority(c.terms) for c in acties.candidates}
    covered = sum(terms[v.object_key] for c in chosen for key in c.slot_keys for v in layer.draft.routes[key])
    per_area: dict[str, list[int]] = {}
    for candidate in acties.candidates:
        per_area.setdefault(candidate.area, []).append(priority(candidate.terms))
    best = sum(sorted((sum(sorted(p, reverse=True)[:OBJECTS]) for p in per_area.values()), reverse=True)[:EVENINGS])
    begun, work = time.perf_counter(), time.process_time()
    causes = actie_causes(layer)
    why, why_work = time.perf_counter() - begun, time.process_time() - work
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"| {name} | {seed} | {len(chosen)} of {acties.count}{', optimal' if layer.optimal else ''} | {covered} of at most {best} "
        f"({covered / best:.3f}) | {seconds:.1f} s ({seconds / SECONDS:.2f}), processor {choose_work:.1f} s | "
        f"{why:.2f} s ({why / PROOF_SECONDS:.2f}), processor {why_work:.2f} s | {memory:.0f} MB | {os.getloadavg()[0]:.0f} |"
    )
    for cause in causes:
        print(f"    {'proved' if cause.proved else 'not proved'}: {cause.text} {cause.mend}")


def main() -> None:
    """Prints a row per variant and seed; in brackets the ratio to the goal of 15 s and 1 s."""
    if len(sys.argv) > 2:
        measure(sys.argv[1], int(sys.argv[2]))
        return
    print("| variant | seed | evenings | risk covered | choosing | cause | peak memory | load |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    for name in VARIANTS:
        for seed in range(1, int(sys.argv[1]) + 1 if len(sys.argv) > 1 else 2):
            command = [sys.executable, "-m", "bench.f7_avonden", name, str(seed)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
