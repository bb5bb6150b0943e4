"""The published description of the planner is the whole truth: every term it uses, and nothing it may not look at (C9 to C12, PLN-10)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.planning.rules.planinstellingen import INSTELLINGSLEUTELS
from app.planning.solver.terms import TERMS, TermCode
from app.rapportage.service.algoritme import BESTAND, document, read_description
from tests.support.service import Service

ROOT = Path(__file__).parents[2]
PLANNING = ROOT / "app" / "planning"
# What a plan may never rest on (design sections 1 and 7); parts of words, so that no spelling gets past.
FORBIDDEN = (
    "signa", "score", "sector", "nationalit", "afkomst", "taal", "language", "reputat", "advert", "vertrouwelijk", "confidential",
    "uitkomst_van", "hit_rate", "geslacht", "geloof",
)  # fmt: skip


def test_everybody_reads_it_without_sign_in_and_no_weight_stands_in_it(service: Service) -> None:
    answer = service.anonymous().get("/v1/algoritme")
    assert answer.status_code == 200
    assert answer.json() == read_description().model_dump(mode="json", by_alias=True)
    assert {"naam", "korteOmschrijving", "organisatie", "status", "contactgegevens", "publicatiecategorie"} <= set(
        answer.json()["algemeen"]
    )
    text = answer.text.casefold()
    assert not any(word in text for word in ("punten", "gewicht:", "drempel:", *map(str.casefold, INSTELLINGSLEUTELS)))


def test_every_term_of_the_planner_is_described_and_no_other() -> None:
    described = {term.code: term for term in read_description().werking.termen}
    assert set(described) == {code.value for code in TermCode} == {code.value for code in TERMS}
    for code, rule in TERMS.items():
        told = described[code.value]
        assert (told.betekenis, told.versie, told.sinds) == (rule.omschrijving, rule.versie, rule.geldig_vanaf)
    used = {
        name
        for path in PLANNING.rglob("*.py")
        if path.name != "terms.py"
        for name in re.findall(r"Term\(\s*TermCode\.([A-Z_]+)", path.read_text(encoding="utf-8"))
    }
    assert {term.code for term in described.values() if term.in_gebruik} == {TermCode[name].value for name in used}, (
        "say in checklists/algoritme.yaml which terms the planner counts now ('inGebruik')"
    )


def _fields(path: Path) -> Iterator[tuple[str, str]]:
    """Every field of every class in a file, with its class."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            for line in node.body:
                if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
                    yield node.name, line.target.id


def test_no_input_of_the_planner_is_a_forbidden_fact() -> None:
    solver = [(path, pair) for path in (PLANNING / "solver").rglob("*.py") for pair in _fields(path)]
    stock = ROOT / "app" / "objecten" / "schemas" / "objecten.py"
    inputs = [(path, pair) for path in (PLANNING / "service").rglob("*.py") for pair in _fields(path)]
    inputs += [(stock, pair) for pair in _fields(stock) if pair[0] in {"PlanbaarObject", "PlanbareVergunning"}]
    norm = ROOT / "app" / "controles" / "service" / "planning.py"
    inputs += [(norm, pair) for pair in _fields(norm)]
    names = {f"{kind}.{name}" for _, (kind, name) in solver + inputs}
    assert {"Visit.terms", "Problem.visits", "PlanbaarObject.vergunningen", "NormControle.datum"} <= names
    assert [name for name in sorted(names) if any(word in name.casefold() for word in FORBIDDEN)] == []


def test_planning_reads_nothing_of_signals_and_no_confidential_finding() -> None:
    """What is not imported cannot be used: signals not at all, findings through the compliance functions only."""
    wrong = []
    for path in PLANNING.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("app.signalen", "app.bevindingen")):
                names = {alias.name for alias in node.names}
                if not (node.module or "").startswith("app.bevindingen") or not all("compliance" in n for n in names):
                    wrong.append(f"{path.relative_to(ROOT)}: {node.module} {sorted(names)}")
    assert wrong == []


def test_the_document_is_made_from_the_same_file() -> None:
    stored = (ROOT / "docs" / "algoritme.md").read_text(encoding="utf-8")
    assert stored == document(read_description()), "run: python -m tools.algoritme"


def test_what_the_standard_does_not_allow_is_refused(tmp_path: Path) -> None:
    text = BESTAND.read_text(encoding="utf-8")
    for old, new in (
        ("status: In ontwikkeling", "status: Proef"),
        ("inGebruik: true", "inGebruik: true\n      punten: 100"),
    ):
        assert old in text
        changed = tmp_path / "algoritme.yaml"
        changed.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(ValidationError):
            read_description.__wrapped__(changed)
