"""F2: a rolling year on generated cities, judged by the independent checker.

    python -m bench.f2_jaar [--zaden 5] [--voorraad stad platteland dubbel halve-ploeg] [--weken 52] [--schaal 1]

The city of planning.md and the rural stock, of which a year takes seconds, run with every seed; the two others with the first one. In the year with half the shifts the norms and terms
must still be kept; its horeca is measured without a goal, since the shifts cannot hold it.
"""

import sys
from collections import Counter

from bench.jaren import Gemeten, city, head, options, show, with_planner

_ONE_SEED = {"dubbel", "halve-ploeg"}


def main() -> int:
    """Prints the figures of each year; 1 when a goal is not reached."""
    args = options("F2: a rolling year, judged by the checker")
    head(f"F2, {args.weken} weeks, scale {args.schaal:g}")
    reached = True
    for voorraad in args.voorraad:
        for zaad in range(1, (1 if voorraad in _ONE_SEED else args.zaden) + 1):
            gemeten = with_planner(args, city(args, voorraad, zaad), zaad)
            print(f"  {voorraad}, seed {zaad}")
            reached &= _tell(gemeten, scarce=voorraad == "halve-ploeg")
    return 0 if reached else 1


def _tell(gemeten: Gemeten, *, scarce: bool) -> bool:
    c, stad = gemeten.cijfers, gemeten.stad
    working = sum(d.vervalt is None for d in stad.diensten)
    results = [
        show("sex establishments on time", c.seks.percentage, 100, at_least=True, unit=" %"),
        show("risk addresses on time", c.risico.percentage, 100, at_least=True, unit=" %"),
        show("horeca on time", c.horeca.percentage, 0 if scarce else 99, at_least=True, unit=" %"),
        show("never visited", float(c.nooit), float("inf") if scarce else 0, at_least=False),
        show("hard violations", float(len(gemeten.overtredingen)), 0, at_least=False),
    ]
    for regel, number in Counter(v.regel for v in gemeten.overtredingen).most_common():
        example = next(v.wat for v in gemeten.overtredingen if v.regel == regel)
        print(f"      {regel} {number} times, such as {example}")
    rolling = "n.v.t." if c.seks_rollend is None else f"{c.seks_rollend:.1f} % of days"
    print(
        f"    {c.bezoeken} of {c.seks.gevraagd + c.risico.gevraagd + c.horeca.gevraagd} controls, {c.overig} more, {c.pogingen} closed doors, "
        f"{c.diensten} of {working} shifts, {c.reis_per_bezoek:.2f} min travel a visit, {c.acties} of {stad.acties} acties"
    )
    print(
        f"    norm held over the last 365 days: {rolling}; planner {gemeten.seconden:.0f} s for the year, longest round {gemeten.langste:.1f} s",
        flush=True,
    )
    return all(results)


if __name__ == "__main__":
    sys.exit(main())
