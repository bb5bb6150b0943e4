"""Runs the browser tests of the tablet app once (`npm run test:browser`) and gives one test for each of them.

The names come from the files, so that a test that did not run fails here; "[PLN-19]" in a name marks the row of the requirements.
"""

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.settings import ROOT
from tools import tabletapp

FOLDER = ROOT / "web" / "browser"
NAME = re.compile(r"^(?:test|it)\(\s*(['\"`])(?P<name>.+?)\1", re.MULTILINE)
ROW = re.compile(r"\[([A-Z]{3}-\d{2})\]")
RESULT = re.compile(r"^(?P<ok>ok|not ok) \d+ - (?P<name>.+?)(?P<directive> # .*)?$")
SECONDS = 900
NPM = shutil.which("npm") or "npm"


def named_tests() -> list[tuple[str, str]]:
    """File and name of every browser test."""
    return [
        (path.name, match["name"])
        for path in sorted(FOLDER.glob("*.test.mjs"))
        for match in NAME.finditer(path.read_text(encoding="utf-8"))
    ]


def parse(report: str) -> dict[str, bool]:
    """Outcome by name from a TAP report; a test that was skipped or put off has not passed."""
    found: dict[str, bool] = {}
    for line in report.splitlines():
        match = RESULT.match(line)
        if match:
            name = match["name"].replace("\\#", "#")
            found[name] = found.get(name, True) and match["ok"] == "ok" and not match["directive"]
    return found


def run_browser() -> tuple[str, str]:
    """The TAP report and the end of the error output of all files."""
    done = subprocess.run(  # noqa: S603 - our own command
        [NPM, "--prefix", str(ROOT / "web"), "run", "--silent", "test:browser"],
        cwd=ROOT / "web",
        env={**os.environ, "VELDWACHT_PYTHON": sys.executable},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return done.stdout, done.stderr[-4000:]


def run_all(folder: Path) -> dict[str, object]:
    """Runs the browser tests in the first process that asks; the others wait for its report."""
    stored = folder / "browser.json"
    with (folder / "browser.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stored.exists():
            tabletapp.build(ROOT)
            verslag, fouten = run_browser()
            report = {"uitslag": parse(verslag), "verslag": verslag, "fouten": fouten}
            stored.write_text(json.dumps(report), encoding="utf-8")
        found: dict[str, object] = json.loads(stored.read_text(encoding="utf-8"))
        return found


@pytest.fixture(scope="session")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the browser tests of this run gave."""
    base = tmp_path_factory.getbasetemp()
    return run_all(base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, id=f"{file.removesuffix('.test.mjs')}-{name}", marks=[pytest.mark.requirement(*rows)])
        if (rows := ROW.findall(name))
        else pytest.param(name, id=f"{file.removesuffix('.test.mjs')}-{name}")
        for file, name in named_tests()
    ],
)
def test_in_the_browser(outcome: dict[str, object], name: str) -> None:
    results = outcome["uitslag"]
    assert isinstance(results, dict)
    assert name in results, f"it did not run\n{outcome['fouten']}"
    assert results[name], f"{outcome['verslag']}\n{outcome['fouten']}"


def test_names_are_unique_and_the_report_is_read_strictly() -> None:
    names = [name for _, name in named_tests()]
    assert names
    assert len(set(names)) == len(names)
    report = "ok 1 - a\nnot ok 2 - b\nok 3 - c # SKIP\nok 4 - d # TODO later\n    ok 1 - inner\n"
    assert parse(report) == {"a": True, "b": False, "c": False, "d": False}
