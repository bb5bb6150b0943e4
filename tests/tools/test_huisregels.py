"""Each rule of the house: what breaks it, and what does not."""

import subprocess
from pathlib import Path, PurePosixPath

import pytest

from tools import huisregels


def _file(name: str) -> PurePosixPath:
    return PurePosixPath(name)


@pytest.mark.parametrize(
    ("name", "lines", "expected"),
    [
        ("app/controles/service.py", 400, False),
        ("app/controles/service.py", 401, True),
        ("web/src/lijst.tsx", 401, True),
        ("web/src/lijst.test.ts", 500, False),
        ("tests/controles/test_service.py", 500, False),
        ("tests/controles/test_service.py", 501, True),
        ("docs/lang.md", 4000, False),
        ("migrations/versions/0001_begin.py", 4000, False),
    ],
)
def test_size(name: str, lines: int, expected: bool) -> None:
    assert bool(list(huisregels.check_size(_file(name), "x = 1\n" * lines))) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("app/core/utils.py", True),
        ("app/common/clock.py", True),
        ("web/src/helpers.ts", True),
        ("app/objecten/models.py", True),
        ("app/objecten/tables.py", False),
        ("docs/models.md", False),
    ],
)
def test_name(name: str, expected: bool) -> None:
    assert bool(list(huisregels.check_name(_file(name), ""))) is expected


@pytest.mark.parametrize(
    "source",
    [
        "from sqlmodel import select\nselect(1)\n",
        "from sqlalchemy import select as kies\nkies(1)\n",
        "import sqlalchemy as sa\nsa.select(1)\n",
        "from sqlalchemy import text\ntext('SELECT 1')\n",
        "def f():\n    from sqlalchemy.sql import select\n    return select(1)\n",
    ],
)
def test_queries_start_in_a_repository(source: str) -> None:
    for elsewhere in ("app/signalen/service.py", "app/cli/demo.py", "app/objecten/adapters.py"):
        assert list(huisregels.check_queries(_file(elsewhere), source))
    for allowed in (
        "app/signalen/repository.py",
        "app/signalen/repository/inbox.py",
        "app/core/audit.py",
        "tests/signalen/test_service.py",
    ):
        assert not list(huisregels.check_queries(_file(allowed), source))


def test_other_functions_called_select_are_free() -> None:
    source = "from selectors import select\nselect(1)\nscherm.select(2)\n"
    assert not list(huisregels.check_queries(_file("app/signalen/service.py"), source))


@pytest.mark.parametrize("source", ["import demo", "from demo.gemeente import maak", "import demo.gemeente as d"])
def test_the_service_knows_no_demo(source: str) -> None:
    assert list(huisregels.check_demo(_file("app/core/settings.py"), f"def f():\n    {source}\n"))
    assert not list(huisregels.check_demo(_file("app/cli/demo.py"), source))
    assert not list(huisregels.check_demo(_file("app/main.py"), "from .demo import x\nimport democratie\n"))


@pytest.mark.requirement("DAT-08")
def test_mobile_numbers_are_found() -> None:
    digits = "".join(str(number) for number in range(1, 9))
    for number in (
        f"06{digits}",
        f"06-{digits}",
        f"06 {digits[:4]} {digits[4:]}",
        f"06-{digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}",
        f"+31 6 {digits}",
        f"+316{digits}",
        f"0031 6{digits}",
        f"+31 (0)6 {digits}",
    ):
        for text in (number, f"bel {number}.", f"tel:{number}", f"({number})"):
            assert list(huisregels.check_personal_data(_file("docs/partners.md"), text)), text


@pytest.mark.requirement("DAT-08")
def test_the_repository_holds_no_mobile_number() -> None:
    root = Path(__file__).parents[2]
    found = [complaint for complaint in huisregels.check_tree(root) if "mobiel" in complaint]
    assert not found


def test_other_numbers_are_no_mobile_number() -> None:
    digits = "".join(str(number) for number in range(1, 9))
    for text in (
        f"0637{digits}0000",
        f"4.06{digits}",
        f"a06{digits}",
        f"0706{digits}",
        "2026-06-01 12:30:00",
    ):
        assert not list(huisregels.check_personal_data(_file("checklists/x.yaml"), text)), text


@pytest.mark.parametrize(
    "text",
    [
        "https://" + "pypi" + ".org/simple",
        "--index-url " + "https://example.org/simple",
        '"resolved": "' + "https://example.org/a.tgz",
        "see /" + "root/veldwacht",
        "/" + "home/jan/x",
        "cd /" + "Users/jan/x",
    ],
)
def test_traces_of_a_machine(text: str) -> None:
    assert list(huisregels.check_machine(_file("docs/x.md"), text))


def test_ordinary_paths_are_free() -> None:
    for text in ("/v1/controles", "docs/work/plan.md", "https://example.org/work/x", "/var/lib/veldwacht"):
        assert not list(huisregels.check_machine(_file("docs/x.md"), text)), text


def test_only_files_of_git_are_checked(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)  # noqa: S607 - as the rule itself does
    (tmp_path / ".gitignore").write_text("weg/\n")
    (tmp_path / "weg").mkdir()
    (tmp_path / "weg" / "utils.py").write_text("")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "helpers.py").write_text("")
    (tmp_path / "foto.png").write_bytes(b"\x89PNG\xff\xfe")
    assert [complaint.split(":")[0] for complaint in huisregels.check_tree(tmp_path)] == ["app/helpers.py"]


def test_this_repository_keeps_the_rules() -> None:
    assert list(huisregels.check_tree(Path(__file__).parents[2])) == []
