"""Which requirement rows have a passing test, after the last run of the tests.

Reads docs/requirements.csv and `.requirements.json` (written by tests/plugins/requirements.py). A row holds
when it has at least one test and every test that names it passed, on every database it ran on.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_PRIORITIES = ("M", "S", "C")


@dataclass(frozen=True)
class Row:
    """One requirement and the outcomes of its tests by test name."""

    id: str
    name: str
    requirement: str
    check: str
    source: str
    priority: str
    tests: dict[str, str]

    @property
    def holds(self) -> bool:
        """At least one test, and all of them passed."""
        return bool(self.tests) and set(self.tests.values()) == {"passed"}

    @property
    def state(self) -> str:
        """The state in one Dutch word."""
        if not self.tests:
            return "geen test"
        return "geslaagd" if self.holds else "mislukt"


def read_rows(root: Path) -> list[Row]:
    """Read all rows with the outcomes of the last run; without a run no row holds."""
    outcomes: dict[str, dict[str, str]] = {}
    file = root / ".requirements.json"
    if file.exists():
        for test, result in json.loads(file.read_text(encoding="utf-8"))["tests"].items():
            for name in result["eisen"]:
                outcomes.setdefault(name, {})[test] = result["uitkomst"]
    with (root / "docs" / "requirements.csv").open(encoding="utf-8", newline="") as lines:
        return [
            Row(
                id=line["id"],
                name=line["naam"],
                requirement=line["eis"],
                check=line["toets"],
                source=line["bron"],
                priority=line["prio"],
                tests=outcomes.get(line["id"], {}),
            )
            for line in csv.DictReader(lines)
        ]


def summary(rows: list[Row]) -> str:
    """Count the rows that hold, per priority."""
    lines = ["prio  eisen  geslaagd  mislukt  geen test"]
    for priority in (*_PRIORITIES, ""):
        group = [row for row in rows if priority in {row.priority, ""}]
        held = sum(row.holds for row in group)
        untested = sum(not row.tests for row in group)
        failed = len(group) - held - untested
        lines.append(f"{priority or 'alle':<4}  {len(group):>5}  {held:>8}  {failed:>7}  {untested:>9}")
    return "\n".join(lines)


def describe(row: Row) -> str:
    """All that is known of one row."""
    tests = [f"  {outcome:<8} {test}" for test, outcome in sorted(row.tests.items())]
    return "\n".join(
        [
            f"{row.id} ({row.priority}) {row.name}: {row.state}",
            f"  eis:   {row.requirement}",
            f"  toets: {row.check}",
            f"  bron:  {row.source}",
            *(tests or ["  nog geen test"]),
        ]
    )


def lacking(rows: list[Row], ids: list[str]) -> list[str]:
    """Which of these ids name no row or a row that does not hold."""
    holding = {row.id for row in rows if row.holds}
    return [name for name in ids if name not in holding]


def main(arguments: list[str] | None = None, root: Path = _ROOT) -> int:
    """Print the rows that were asked for and the counts."""
    parser = argparse.ArgumentParser(prog="./run eisen", description="Welke eisen hebben een geslaagde test?")
    parser.add_argument("--met", action="store_true", help="noem de eisen met een geslaagde test")
    parser.add_argument("--zonder", action="store_true", help="noem de eisen zonder geslaagde test")
    parser.add_argument("--id", nargs="+", default=[], metavar="ID", help="alles over deze eisen")
    parser.add_argument("--streng", nargs="+", default=[], metavar="ID", help="fout als een hiervan niet geslaagd is")
    chosen = parser.parse_args(arguments)
    rows = read_rows(root)

    unknown = sorted({*chosen.id} - {row.id for row in rows})
    if unknown:
        print(f"Onbekende eis: {', '.join(unknown)}", file=sys.stderr)
        return 2
    for row in rows:
        if row.id in chosen.id:
            print(describe(row))
        elif (chosen.met and row.holds) or (chosen.zonder and not row.holds):
            print(f"{row.id}  {row.priority}  {row.state:<9}  {row.name}")
    if not chosen.id:
        print(summary(rows))
    missing = lacking(rows, chosen.streng)
    if missing:
        print(f"Zonder geslaagde test: {', '.join(missing)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
