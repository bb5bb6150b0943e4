"""The documents of the house: complete, and true to what they describe."""

import csv
import hashlib
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

_ROOT = Path(__file__).parents[2]
_DECISIONS = sorted((_ROOT / "docs" / "adr").glob("[0-9]*.md"))


def test_publiccode_has_what_version_0_5_asks() -> None:
    """Mandatory keys, lengths, and no contact: the standard wants a real person there."""
    content: dict[str, Any] = yaml.safe_load((_ROOT / "publiccode.yaml").read_text(encoding="utf-8"))
    mandatory = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"}
    assert mandatory | {"description", "legal", "maintenance", "localisation"} <= content.keys()
    assert content["publiccodeYmlVersion"] == "0.5"
    assert content["legal"]["license"] == "EUPL-1.2"
    assert content["maintenance"] == {"type": "none"}
    assert content["organisation"]["uri"]
    assert set(content["localisation"]) == {"localisationReady", "availableLanguages"}
    for text in content["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]


def test_versions_agree() -> None:
    version = re.search(r'^version = "(.+)"$', (_ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version
    content = yaml.safe_load((_ROOT / "publiccode.yaml").read_text(encoding="utf-8"))
    assert content["softwareVersion"] == version[1]
    assert f"## [{version[1]}]" in (_ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_licence_is_the_whole_eupl() -> None:
    text = (_ROOT / "LICENSE").read_text(encoding="utf-8")
    assert [int(number) for number in re.findall(r"^(\d+)\.", text, re.MULTILINE)] == list(range(1, 16))
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert "Appendix" in text
    assert text.rstrip().endswith("require the production of a new EUPL version.")


def test_linter_rules_are_the_official_ones() -> None:
    text = (_ROOT / "tools" / "lint" / "adr-2.2-spectral.yaml").read_text(encoding="utf-8")
    head, _, official = text.partition("# " + "-" * 105 + "\n")
    assert "CC-BY-4.0" in head
    assert hashlib.sha256(official.encode()).hexdigest() == (
        "80478f0282239de4d2216412240de56f52b864f310aa362ce0aea2c512ff0ba2"
    )


def test_requirement_rows_are_complete() -> None:
    with (_ROOT / "docs" / "requirements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert Counter(row["prio"] for row in rows) == {"M": 95, "S": 70, "C": 29}
    assert len({row["id"] for row in rows}) == 194
    assert all(all(row.values()) for row in rows)


@pytest.mark.parametrize("decision", _DECISIONS, ids=lambda path: path.stem[:4])
def test_a_decision_names_its_check(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert text.startswith(f"# {decision.name[:4]}. ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequence", "Check"]
    assert len(text.splitlines()) <= 60, "a decision fits on one page"


def test_decisions_have_numbers_of_their_own() -> None:
    numbers = [path.name[:4] for path in _DECISIONS]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/woordenlijst.md"])
def test_links_lead_somewhere(name: str) -> None:
    page = _ROOT / name
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_front_door_needs_no_new_bash() -> None:
    """MacOS has bash 3.2: none of what came later."""
    assert shutil.which("bash")
    for script in ("run", ".ci/run"):
        text = (_ROOT / script).read_text(encoding="utf-8")
        newer = re.findall(r"declare -A|mapfile|readarray|\$\{\w+(?:,,|\^\^)|&>>|\|&|local -n", text)
        assert not newer, script
