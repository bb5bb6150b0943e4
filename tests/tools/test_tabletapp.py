"""When the tablet app is built, and what is said where it cannot be."""

import json
import tomllib
from pathlib import Path

import pytest

from app.core.settings import ROOT
from tools import tabletapp


@pytest.fixture
def root(tmp_path: Path) -> Path:
    web = tmp_path / "web"
    for name in ("src/schil", "public", "node_modules", "dist"):
        (web / name).mkdir(parents=True)
    for name in (
        "src/schil/App.tsx",
        "index.html",
        "package.json",
        "package-lock.json",
        "vite.config.ts",
        "tsconfig.json",
    ):
        (web / name).write_text(name, encoding="utf-8")
    (tmp_path / "openapi.json").write_text("{}", encoding="utf-8")
    return tmp_path


def test_builds_only_what_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def npm(folder: Path, _otherwise: str, *arguments: str) -> None:
        asked.append(arguments[0])
        (folder / "web" / "dist" / "index.html").write_text("app", encoding="utf-8")

    monkeypatch.setattr(tabletapp, "_npm", npm)
    monkeypatch.setattr(tabletapp, "check_node", lambda: None)
    assert tabletapp.build(root)
    assert not tabletapp.build(root)
    (root / "web" / "src" / "schil" / "App.tsx").write_text("changed", encoding="utf-8")
    assert tabletapp.build(root)
    assert asked == ["ci", "run", "run"]


def test_without_node_one_sentence_says_how_to_mend_it(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert tabletapp.main(["--mag-ontbreken"], root) == 0
    assert tabletapp.main([], root) == 1
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2
    assert all("Node" in line and "Installeer Node 20" in line for line in told)


def test_the_app_has_the_version_of_the_service() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    package = json.loads((ROOT / "web" / "package.json").read_text(encoding="utf-8"))
    assert package["version"] == project["project"]["version"]
