"""What the commands F2, F3 and F8 share: their options, one judged year, and a line per figure."""

import argparse
import os
import time
from dataclasses import dataclass
from pathlib import Path

from app.planning.status import StaandeBezoeken
from bench.gegevens import Jaar, Stad, read_jaar, write
from bench.gelijken import Regel, run_year
from bench.jaar import Jaarloop, Werkwijze
from bench.oordeel.cijfers import Cijfers, count_year
from bench.oordeel.regels import Overtreding, violations
from bench.stad import MATEN, first_weeks, make_city, scaled


@dataclass(frozen=True)
class Gemeten:
    """One year as the checker judged it.

    Attributes:
        seconden: Time that the planner took for all rounds of the year.
        langste: Longest of these rounds.
    """

    stad: Stad
    jaar: Jaar
    cijfers: Cijfers
    overtredingen: list[Overtreding]
    seconden: float
    langste: float


def options(description: str) -> argparse.Namespace:
    """The options of a command."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--zaden", type=int, default=5, help="number of seeds")
    parser.add_argument("--weken", type=int, default=52, help="weeks that are carried out")
    parser.add_argument("--schaal", type=float, default=1.0, help="part of the stock")
    parser.add_argument("--voorraad", nargs="*", choices=list(MATEN), default=list(MATEN), help="stocks of F2")
    parser.add_argument(
        "--vast",
        type=StaandeBezoeken,
        choices=list(StaandeBezoeken),
        default=StaandeBezoeken.WEEK,
        help="what a weekly round may change of what stands",
    )
    parser.add_argument("--vooruit", type=int, default=2, help="weeks of a weekly round")
    parser.add_argument(
        "--bewaar",
        type=Path,
        help="folder for the cities and years as JSON; a year of the planner that stands there is judged and not planned again",
    )
    return parser.parse_args()


def city(args: argparse.Namespace, voorraad: str, zaad: int) -> Stad:
    """The city of a stock and a seed."""
    return make_city(scaled(MATEN[voorraad], args.schaal), zaad)


def with_planner(args: argparse.Namespace, stad: Stad, zaad: int) -> Gemeten:
    """A year with the planner, or the stored one of an earlier command with the same options."""
    options = f"{args.weken} weken, vooruit {args.vooruit}, vast {args.vast}"
    stored = args.bewaar / f"{stad.naam} veldwacht ({options}).json" if args.bewaar else None
    if stored and stored.exists():
        return _judge(args, stad, read_jaar(stored), [])
    loop = Jaarloop(stad, zaad, Werkwijze(vast=args.vast, vooruit=args.vooruit))
    jaar = loop.run(args.weken)
    if stored:
        stored.parent.mkdir(parents=True, exist_ok=True)
        write(stored, jaar)
        write(stored.with_name(f"{stad.naam}.json"), stad)
    return _judge(args, stad, jaar, loop.seconden)


def with_peer(args: argparse.Namespace, stad: Stad, naam: str, regel: Regel) -> Gemeten:
    """The same year with a peer."""
    began = time.perf_counter()
    jaar = run_year(stad, naam, regel, args.weken)
    return _judge(args, stad, jaar, [time.perf_counter() - began])


def _judge(args: argparse.Namespace, stad: Stad, jaar: Jaar, seconds: list[float]) -> Gemeten:
    stad = first_weeks(stad, args.weken)
    return Gemeten(stad, jaar, count_year(stad, jaar), violations(stad, jaar), sum(seconds), max(seconds, default=0.0))


def head(title: str) -> None:
    """The first line of a command, with the load under which it runs."""
    print(f"{title}; load {os.getloadavg()[0]:.1f}", flush=True)


def show(name: str, value: float | None, goal: float, *, at_least: bool, unit: str = "") -> bool:
    """Prints value, goal and ratio; the ratio is at least 1 when reached. True when reached or when nothing was asked."""
    if value is None:
        print(f"    {name:<34} n.v.t.")
        return True
    reached = value >= goal if at_least else value <= goal
    sign = ">=" if at_least else "<="
    ratio = "" if goal == 0 or value == 0 else f"  ratio {(value / goal if at_least else goal / value):5.2f}"
    print(
        f"    {name:<34} {value:8.2f}{unit}  goal {sign} {goal:g}{unit}{ratio}  {'yes' if reached else 'NO'}",
        flush=True,
    )
    return reached
