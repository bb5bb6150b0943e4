"""The shared vectors; the tablet runs the same file in web/vectoren.test.mjs."""

import re
from datetime import date
from typing import Any

import pytest
import yaml

from app.checklists.rules.catalogue import Catalogus, build_catalogue
from app.checklists.rules.cel import FormuleError, Omgeving, compile_formula
from app.checklists.rules.completeness import arbeid_kern_answered, open_arbeid_kern
from app.checklists.rules.content import NIET_VASTGESTELD, Trigger, cel_name
from app.checklists.rules.evaluate import evaluate
from app.checklists.rules.results import Situatie, Treffer
from app.checklists.rules.scoring import EerdereControle, Geschiedenis, months_before, score
from app.checklists.service import INHOUD
from tools import beoordelingen

VECTOREN: dict[str, list[dict[str, Any]]] = yaml.safe_load((INHOUD / "vectoren.yaml").read_text("utf-8"))
DATUM = date(2026, 5, 31)


def per_id(soort: str) -> pytest.MarkDecorator:
    rijen = VECTOREN[soort]
    return pytest.mark.parametrize("vector", rijen, ids=[rij["id"] for rij in rijen])


def hits(catalogus: Catalogus, treffers: dict[str, str]) -> list[Treffer]:
    gevonden = []
    for code, gewicht in treffers.items():
        trigger = next(t for t in catalogus.regels[code].item.triggers if t.gewicht == gewicht)
        gevonden.append(Treffer(code, gewicht, trigger.omschrijving))
    return gevonden


def test_all_vectors_are_there() -> None:
    assert {soort: len(rijen) for soort, rijen in VECTOREN.items()} == {
        "score": 35,
        "berekening": 7,
        "formules": 39,
        "formulefouten": 7,
        "arbeidskern": 6,
    }


@per_id("score")
def test_score(catalogus: Catalogus, vector: dict[str, Any]) -> None:
    eerdere = [
        EerdereControle(months_before(DATUM, eerder["maandenGeleden"]), eerder["punten"])
        for eerder in vector.get("eerdereControles", ())
    ]
    uitkomst = score(
        catalogus,
        hits(catalogus, vector["treffers"]),
        DATUM,
        vector.get("nietVastgesteld", ()),
        Geschiedenis(eerdere, vector.get("keuzeGeenSignaal", False), vector.get("eerderGeenSignaal", 0)),
    )
    assert uitkomst.uitkomst == vector["verwacht"]
    assert uitkomst.punten == vector["punten"]
    assert uitkomst.hercontrole_dagen == vector.get("hercontroleDagen")
    assert uitkomst.tolk == ("hercontroleDagen" in vector)
    assert f"rekenregel versie {catalogus.rekenregel.versie}" in uitkomst.redenen[-1]
    for code, reden in zip(vector["treffers"], uitkomst.redenen, strict=False):  # words first, the code behind them
        assert reden.startswith(catalogus.regels[code].item.vraag)
        assert f" ({code}): " in reden
    assert not any(re.search(r"(?<!\()\b[A-Z]{3}-\d\d", reden) for reden in uitkomst.redenen)


@per_id("score")
def test_hits_belong_to_the_object_type(catalogus: Catalogus, vector: dict[str, Any]) -> None:
    for code in vector["treffers"]:
        assert vector["objecttype"] in catalogus.regels[code].item.objecttypen


@per_id("berekening")
def test_calculation(catalogus: Catalogus, vector: dict[str, Any]) -> None:
    formule = catalogus.regels[vector["item"]].berekening
    assert formule is not None
    invoer = {cel_name(code): waarde for code, waarde in vector["invoer"].items()}
    uitkomst = Omgeving({**invoer, **vector.get("normen", {})}).evaluate(formule)
    assert (None if uitkomst == NIET_VASTGESTELD else uitkomst) == vector["verwacht"]


@per_id("formules")
def test_formula(vector: dict[str, Any]) -> None:
    uitkomst = Omgeving(vector["waarden"]).evaluate(compile_formula(vector["formule"]))
    assert uitkomst == vector["verwacht"]
    assert isinstance(uitkomst, bool) == isinstance(vector["verwacht"], bool)


@per_id("formulefouten")
def test_formula_fault(vector: dict[str, Any]) -> None:
    with pytest.raises(FormuleError):
        Omgeving(vector["waarden"]).evaluate(compile_formula(vector["formule"]))


@pytest.mark.requirement("RTE-24")
def test_gut_feeling_alone_is_a_signal_and_text_without_it_is_not(catalogus: Catalogus) -> None:
    for antwoorden, verwacht in (
        ({"ENT-21": "ja", "ENT-22": "Deur op slot."}, "regulier"),
        ({"ENT-21": "nee", "ENT-22": "Deur op slot."}, "geen"),
        ({"ENT-22": "Deur op slot."}, "geen"),
    ):
        for objecttype in catalogus.rekenregel.objecttypen:
            evaluatie = evaluate(catalogus, objecttype, antwoorden, {}, Situatie())
            assert score(catalogus, evaluatie.treffers, DATUM).uitkomst == verwacht


@pytest.mark.requirement("PLN-08")
def test_compliance_never_raises_the_score(catalogus: Catalogus) -> None:
    """Every compliance finding at once, on a licensed sex establishment, is no signal."""
    naleving = {
        regel.item.code: trigger.antwoord
        for regel in catalogus.volgorde["SEKS"]
        if regel.item.groep == "NALEV"
        for trigger in regel.item.triggers
        if trigger.antwoord
    }
    antwoorden = {**naleving, "ARB-03": ["hygiëne", "zelfbeschikking"]}
    evaluatie = evaluate(catalogus, "SEKS", antwoorden, {}, Situatie())
    assert {"ARB-01", "ARB-02", "ARB-03", "ARB-04", "ARB-05"} <= {t.item for t in evaluatie.treffers}
    uitkomst = score(catalogus, evaluatie.treffers, DATUM)
    assert (uitkomst.uitkomst, uitkomst.punten, uitkomst.groepen) == ("geen", 0, ())


def test_stacking_counts_calendar_months() -> None:
    assert months_before(date(2026, 3, 31), 13) == date(2025, 2, 28)
    assert months_before(date(2026, 1, 15), 12) == date(2025, 1, 15)


def test_stacking_counts_the_first_day_and_not_the_day_before(catalogus: Catalogus) -> None:
    nu = hits(catalogus, {"ARB-15": "S", "ENT-19": "Z"})
    for dag, verwacht in ((date(2025, 5, 31), "regulier"), (date(2025, 5, 30), "advies")):
        verleden = Geschiedenis([EerdereControle(dag, 3)])
        assert score(catalogus, nu, DATUM, (), verleden).uitkomst == verwacht


def test_a_group_that_does_not_count_gives_no_points_whatever_the_weight(catalogus: Catalogus) -> None:
    for code in ("BEV-02", "ARB-02"):
        uitkomst = score(catalogus, [Treffer(code, "S", "nee")], DATUM)
        assert (uitkomst.uitkomst, uitkomst.punten) == ("geen", 0)


def test_not_established_never_scores_even_when_a_formula_would(catalogus: Catalogus) -> None:
    """The rule does not lean on each formula guarding itself."""
    lijst = catalogus.checklists["ENT"]
    los = [
        item.model_copy(
            update={"triggers": (Trigger(gewicht="Z", drempel="alles", cel="double(size(ENT_18)) == 1.0"),)}
        )
        if item.code == "ENT-18"
        else item
        for item in lijst.items
    ]
    andere = [c for c in catalogus.checklists.values() if c.code != "ENT"]
    ruim = build_catalogue(catalogus.rekenregel, [*andere, lijst.model_copy(update={"items": tuple(los)})])
    assert evaluate(ruim, "HOT", {"ENT-18": ["geen"]}).treffers == (Treffer("ENT-18", "Z", "alles"),)
    assert evaluate(ruim, "HOT", {"ENT-18": ["niet vastgesteld"]}).treffers == ()


def test_the_judgements_that_the_tablet_must_reach_are_those_of_today() -> None:
    assert beoordelingen.PLEK.read_text(encoding="utf-8") == beoordelingen.content(), (
        "run `python -m tools.beoordelingen` and look at what changed"
    )


@pytest.mark.requirement("CAD-03")
@per_id("arbeidskern")
def test_labour_core_closes_and_counts_apart(catalogus: Catalogus, vector: dict[str, Any]) -> None:
    evaluatie = evaluate(catalogus, vector["objecttype"], vector["antwoorden"])
    assert list(open_arbeid_kern(catalogus, evaluatie)) == vector["open"]
    assert arbeid_kern_answered(catalogus, evaluatie) is vector["telt"]
