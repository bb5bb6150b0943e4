"""F3: the same year as two peers plan it: earliest deadline first with nearest neighbour, and the list rule of Amsterdam's TOP.

    python -m bench.f3_gelijken [--zaden 5] [--weken 52] [--schaal 1]

Travel counts between the stops of a shift, closed doors included; visits are controls that were asked; shifts those on which
something was visited. The planner also holds the integral acties of the year, the peers do not.
"""

import sys

from bench.gelijken import PEERS
from bench.jaren import Gemeten, city, head, options, show, with_peer, with_planner
from bench.stad import STAD

_REIS = {"eerste termijn eerst": 0.55, "lijst van TOP": 0.88}


def main() -> int:
    """Prints each year side by side and the ratios over all seeds; 1 when a goal is not reached."""
    args = options("F3: the same year as two peers plan it")
    head(f"F3, {args.weken} weeks, scale {args.schaal:g}")
    years: dict[str, list[Gemeten]] = {naam: [] for naam in ("veldwacht", *PEERS)}
    for zaad in range(1, args.zaden + 1):
        stad = city(args, STAD.naam, zaad)
        years["veldwacht"].append(with_planner(args, stad, zaad))
        for naam, regel in PEERS.items():
            years[naam].append(with_peer(args, stad, naam, regel))
        print(f"  seed {zaad}")
        for naam, own in years.items():
            _line(naam, own[-1])
    reached = True
    mine = years["veldwacht"]
    for naam, share in _REIS.items():
        print(f"  against {naam}")
        theirs = years[naam]
        reached &= show("travel per visit, share of theirs", _travel(mine) / _travel(theirs), share, at_least=False)
        reached &= show("visits, share of theirs", _visits(mine) / _visits(theirs), 1.0, at_least=True)
        reached &= show("shifts, share of theirs", _shifts(mine) / _shifts(theirs), 0.88, at_least=False)
    return 0 if reached else 1


def _travel(years: list[Gemeten]) -> float:
    made = sum(y.cijfers.bezoeken + y.cijfers.overig + y.cijfers.pogingen for y in years)
    return sum(y.cijfers.reis for y in years) / max(1, made)


def _visits(years: list[Gemeten]) -> int:
    return sum(y.cijfers.bezoeken for y in years)


def _shifts(years: list[Gemeten]) -> int:
    return sum(y.cijfers.diensten for y in years)


def _line(naam: str, year: Gemeten) -> None:
    c = year.cijfers
    shares = " / ".join(
        "n.v.t." if p is None else f"{p:.1f}" for p in (c.seks.percentage, c.risico.percentage, c.horeca.percentage)
    )
    print(
        f"    {naam:<22} {c.bezoeken} visits, {c.diensten} shifts, {c.reis_per_bezoek:5.2f} min a visit, on time {shares} %, "
        f"never {c.nooit}, broken rules {len(year.overtredingen)}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
