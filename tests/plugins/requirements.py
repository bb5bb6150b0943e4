"""Records which requirement rows the tests of this run proved.

A test marked `@pytest.mark.requirement("CAD-01")` speaks for a row of docs/requirements.csv. An id that
stands in no row stops the run. The outcomes go to `.requirements.json`, which `tools/eisen.py` reads: a row
holds when every test that names it passed, on every database it ran on. Each run replaces the file, also a
run of a few tests.
"""

import csv
import json
from functools import cache
from pathlib import Path

import pytest

ROWS = Path("docs/requirements.csv")
OUTCOMES = Path(".requirements.json")
_PROPERTY = "requirement"


@cache
def known_ids(root: Path) -> frozenset[str]:
    """The ids of all requirement rows."""
    with (root / ROWS).open(encoding="utf-8", newline="") as file:
        return frozenset(row["id"] for row in csv.DictReader(file))


def pytest_configure(config: pytest.Config) -> None:
    """Collect outcomes in the process that hears of all tests: not in a worker of pytest-xdist."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(OutcomeRecorder(config.rootpath / OUTCOMES), "requirement-outcomes")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Write the ids on each marked test, so that they travel with its report."""
    for item in items:
        item.user_properties.extend((_PROPERTY, name) for name in _ids_of(item))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail a test whose mark names no row: a proof of nothing must not look like a proof."""
    ids = list(_ids_of(item))
    unknown = sorted(set(ids) - known_ids(item.config.rootpath)) if ids else []
    if unknown:
        pytest.fail(f"no such requirement in {ROWS}: {', '.join(unknown)}", pytrace=False)
    if not ids and item.get_closest_marker("requirement"):
        pytest.fail("a requirement mark takes the ids of rows", pytrace=False)


def _ids_of(item: pytest.Item) -> list[str]:
    return [str(name) for marker in item.iter_markers("requirement") for name in marker.args]


class OutcomeRecorder:
    """Keeps the worst outcome of each marked test and writes them at the end of the run."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tests: dict[str, dict[str, object]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the outcome of one phase; a test has passed when its call and its cleaning up did."""
        ids = sorted({str(value) for name, value in report.user_properties if name == _PROPERTY})
        if not ids:
            return
        test = self._tests.setdefault(report.nodeid, {"eisen": ids, "uitkomst": "passed"})
        if report.outcome != "passed" and test["uitkomst"] != "failed":
            test["uitkomst"] = report.outcome

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the file; a run that only lists tests proved nothing and leaves it as it was."""
        if session.config.option.collectonly:
            return
        text = json.dumps({"tests": self._tests}, indent=1, sort_keys=True, ensure_ascii=False)
        self._path.write_text(text + "\n", encoding="utf-8")
