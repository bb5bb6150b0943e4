"""F8: how well somebody who knows the rule and all earlier dates guesses the next visit, on the dates as they were carried out.

    python -m bench.f8_onvoorspelbaar [--zaden 5] [--weken 52] [--schaal 1]

All seeds together; what the observers may look at stands in bench/oordeel/raden.py.
"""

import sys
from dataclasses import replace

from bench.jaren import city, head, options, show, with_planner
from bench.oordeel.raden import guessability, turns
from bench.stad import STAD


def main() -> int:
    """Prints the figures; 1 when a goal is not reached."""
    args = options("F8: how guessable the days are")
    head(f"F8, {args.weken} weeks, scale {args.schaal:g}, {args.zaden} seeds together")
    beurten, asked, done = [], 0, 0
    for zaad in range(1, args.zaden + 1):
        stad = city(args, STAD.naam, zaad)
        gemeten = with_planner(args, stad, zaad)
        beurten += [replace(b, plek=f"{zaad}/{b.plek}") for b in turns(stad, gemeten.jaar)]
        asked += gemeten.cijfers.seks.gevraagd
        done += gemeten.cijfers.seks.op_tijd
    found = guessability(beurten)
    if found is None:
        print("    no sex establishment was visited")
        return 1
    print(f"    {found.gaten} gaps; the best observer looks at {found.beste}")
    reached = [
        show("best guess of seven days", found.zeven_dagen, 12, at_least=False, unit=" %"),
        show("best guess of one day", found.een_dag, 3, at_least=False, unit=" %"),
        show("entropy of the gaps", found.entropie, 6.2, at_least=True, unit=" bit"),
        show("weekday entropy, of its maximum", found.weekdag, 95, at_least=True, unit=" %"),
        show("gaps of 14 days or shorter", found.kort, 5, at_least=True, unit=" %"),
        show("norm of sex establishments kept", 100 * done / asked if asked else None, 100, at_least=True, unit=" %"),
    ]
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main())
