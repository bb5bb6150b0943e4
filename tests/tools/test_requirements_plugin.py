"""The recorder of requirement outcomes, run by pytest in a project of its own."""

import json
from pathlib import Path

import pytest

from tools import eisen

_PROJECT = """
[pytest]
markers = requirement(id): a row
pythonpath = {root}
addopts = -p tests.plugins.requirements -p tests.plugins.no_skips -p no:cacheprovider
"""
_ROWS = "id,naam,eis,toets,bron,prio\n" + "".join(
    f"AAA-0{number},naam {number},eis,toets,DH,{priority}\n" for number, priority in enumerate("MMMSC", start=1)
)
_TESTS = """
import pytest

@pytest.mark.requirement("AAA-01")
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_holds(database):
    pass

@pytest.mark.requirement("AAA-02")
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_holds_on_one_database(database):
    assert database == "sqlite"

@pytest.fixture
def breaks_at_the_end():
    yield
    raise RuntimeError("cleaning up failed")

@pytest.mark.requirement("AAA-03", "AAA-04")
def test_cleans_up_badly(breaks_at_the_end):
    pass

@pytest.mark.requirement("AAA-04")
def test_is_fine():
    pass
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.delenv("CI", raising=False)
    pytester.makeini(_PROJECT.format(root=Path(__file__).parents[2]))
    pytester.mkdir("docs").joinpath("requirements.csv").write_text(_ROWS, encoding="utf-8")
    return pytester


def _states(project: pytest.Pytester) -> dict[str, str]:
    return {row.id: row.state for row in eisen.read_rows(project.path)}


@pytest.mark.parametrize("workers", [["-n", "0"], ["-n", "2"]])
def test_a_row_holds_when_all_its_tests_pass_everywhere(project: pytest.Pytester, workers: list[str]) -> None:
    project.makepyfile(_TESTS)
    project.runpytest(*workers)
    assert _states(project) == {
        "AAA-01": "geslaagd",
        "AAA-02": "mislukt",
        "AAA-03": "mislukt",
        "AAA-04": "mislukt",
        "AAA-05": "geen test",
    }


@pytest.mark.parametrize("workers", [["-n", "0"], ["-n", "1"]])
@pytest.mark.parametrize(
    ("mark", "message"),
    [
        ('requirement("AAA-01", "ZZZ-99")', "no such requirement in docs/requirements.csv: ZZZ-99"),
        ("requirement", "a requirement mark takes the ids of rows"),
    ],
)
def test_a_mark_must_name_a_row(project: pytest.Pytester, workers: list[str], mark: str, message: str) -> None:
    project.makepyfile(f"import pytest\n@pytest.mark.{mark}\ndef test_it(): pass\n")
    result = project.runpytest(*workers)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines([f"*{message}*"])


def test_a_skipped_test_proves_nothing(project: pytest.Pytester) -> None:
    project.makepyfile('import pytest\n@pytest.mark.requirement("AAA-01")\ndef test_it(): pytest.skip("later")\n')
    assert project.runpytest().ret == 0
    assert _states(project)["AAA-01"] == "mislukt"


@pytest.mark.parametrize("workers", [["-n", "0"], ["-n", "2"]])
@pytest.mark.parametrize(
    "source",
    [
        'import pytest\ndef test_it(): pytest.skip("later")\ndef test_other(): pass\n',
        'import pytest\npytest.skip("all", allow_module_level=True)\n',
        "import pytest\n@pytest.mark.xfail\ndef test_it(): assert False\n",
    ],
    ids=["test", "module", "expected failure"],
)
def test_ci_allows_no_skip(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, workers: list[str], source: str
) -> None:
    monkeypatch.setenv("CI", "true")
    project.makepyfile(source)
    result = project.runpytest(*workers)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*skipped, which CI does not allow*"])


def test_listing_tests_keeps_the_outcomes(project: pytest.Pytester) -> None:
    project.makepyfile(_TESTS)
    project.runpytest()
    before = (project.path / ".requirements.json").read_text(encoding="utf-8")
    project.runpytest("--collect-only")
    assert (project.path / ".requirements.json").read_text(encoding="utf-8") == before
    assert len(json.loads(before)["tests"]) == 6


def test_strict_names_the_rows_that_do_not_hold(project: pytest.Pytester, capsys: pytest.CaptureFixture[str]) -> None:
    project.makepyfile(_TESTS)
    project.runpytest()
    assert eisen.main(["--streng", "AAA-01"], project.path) == 0
    assert eisen.main(["--streng", "AAA-01", "AAA-02", "AAA-05"], project.path) == 1
    assert "Zonder geslaagde test: AAA-02, AAA-05" in capsys.readouterr().err
    assert eisen.main(["--id", "QQQ-01"], project.path) == 2
    assert eisen.main(["--met"], project.path) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed if line.startswith("AAA")] == ["AAA-01"]
    assert listed[-1].split() == ["alle", "5", "1", "3", "1"]


def test_without_a_run_no_row_holds(project: pytest.Pytester) -> None:
    assert set(_states(project).values()) == {"geen test"}
