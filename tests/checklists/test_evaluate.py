"""What the evaluator makes of the answers of one control."""

from typing import Any

import pytest

from app.checklists.rules.catalogue import Catalogus
from app.checklists.rules.completeness import arbeid_kern_answered, bedrijfsplan_answered, split_by_class
from app.checklists.rules.content import Klasse
from app.checklists.rules.evaluate import evaluate
from app.checklists.rules.results import Oordeel, Situatie, Treffer

Normen = dict[str, float | None]


@pytest.mark.parametrize(
    ("objecttype", "code", "waarde", "reden"),
    [
        ("HOR", "XYZ-01", "ja", "niet in de checklist"),
        ("HOR", "IDE-06", "ja", "niet bij dit soort object"),
        ("KERK", "BEV-02", "ja", "niet bij dit soort object"),
        ("HOR", "BEV-02", "misschien", "geen keuze"),
        ("HOR", "BEV-02", True, "geen keuze"),
        ("HOR", "BEV-02", ["ja"], "geen keuze"),
        ("HOR", "BEV-08", ["Leger"], "geen keuze"),
        ("HOR", "BEV-08", 3, "lijst met keuzes"),
        ("HOT", "ENT-18", ["geen", "contant per nacht verlengd"], "spreken elkaar tegen"),
        ("HOT", "ENT-18", ["niet vastgesteld", "geen"], "spreken elkaar tegen"),
        ("HOR", "ENT-01", "veel", "hoort een getal"),
        ("HOR", "ENT-01", True, "hoort een getal"),
        ("HOR", "ENT-01", float("nan"), "geen bruikbaar getal"),
        ("HOR", "ENT-01", float("inf"), "geen bruikbaar getal"),
        ("HOR", "ENT-01", -1.0, "tussen 0 en 10000"),
        ("HOR", "ENT-01", 10**400, "tussen 0 en 10000"),
        ("HOR", "ENT-01", 2.5, "heel getal"),
        ("HOR", "ENT-22", 7, "hoort tekst"),
        ("HOR", "ENT-22", "x" * 4001, "langer dan 4000"),
        ("HOR", "ENT-22", "\ud800", "onleesbare tekens"),
        ("HOR", "BEV-06", "ja", "taak voor kantoor"),
        ("HOR", "ARB-24", {"foto": 1}, "verwijzingen naar foto's"),
    ],
)
def test_a_fault_is_named_and_does_not_count(
    catalogus: Catalogus, objecttype: str, code: str, waarde: object, reden: str
) -> None:
    evaluatie = evaluate(catalogus, objecttype, {code: waarde})
    oordeel = evaluatie.oordelen[code]
    assert oordeel.oordeel is Oordeel.FOUT
    assert oordeel.reden is not None
    assert reden in oordeel.reden
    assert code not in evaluatie.waarden
    assert evaluatie.treffers == ()


@pytest.mark.parametrize("rommel", [None, 3, "ja", [("ENT-12", "ja")], object(), {3: "ja", None: "nee"}])
def test_garbage_is_no_exception(catalogus: Catalogus, rommel: object) -> None:
    evaluatie = evaluate(catalogus, "HOR", rommel)
    assert evaluatie.treffers == ()
    assert "ENT-12" in evaluatie.ontbrekende_kern


def test_an_answer_under_a_false_condition_is_kept_and_shown_but_does_not_count(catalogus: Catalogus) -> None:
    papieren = "bij werkgever, bureau, verhuurder of exploitant"
    evaluatie = evaluate(catalogus, "BEDR", {"IDE-03": papieren})
    oordeel = evaluatie.oordelen["IDE-03"]
    assert oordeel.oordeel is Oordeel.TELT_NIET
    assert oordeel.reden == (
        "Dit antwoord is bewaard. Het telt alleen mee als u met mensen heeft gepraat. "
        f"Beantwoord eerst: {catalogus.regels['BEV-11'].item.vraag}"
    )
    assert evaluatie.treffers == ()
    assert evaluatie.niet_geteld == (Treffer("IDE-03", "R", papieren),)
    geldig = evaluate(catalogus, "BEDR", {"IDE-03": papieren, "BEV-11": "nee"})
    assert geldig.treffers == (Treffer("IDE-03", "R", papieren),)


def test_what_does_not_count_does_not_carry_another_condition(catalogus: Catalogus) -> None:
    antwoorden = {
        "BEV-01": "bedrijfsruimte of open voor publiek",
        "BEV-03": "machtiging van de burgemeester",
        "BEV-05": "2026-12",
    }
    evaluatie = evaluate(catalogus, "HOR", antwoorden)
    assert evaluatie.oordelen["BEV-03"].oordeel is Oordeel.TELT_NIET
    assert evaluatie.oordelen["BEV-05"].oordeel is Oordeel.TELT_NIET


def test_the_server_calculates(catalogus: Catalogus, normen: Normen) -> None:
    antwoorden = {"HUI-26": "ja", "HUI-01": 60, "HUI-02": 11, "HUI-04": "nee", "HUI-27": 2.0}
    evaluatie = evaluate(catalogus, "BEDR", antwoorden, normen)
    assert evaluatie.oordelen["HUI-04"].oordeel is Oordeel.SERVERWAARDE
    assert evaluatie.berekend == {"HUI-27": 11.0, "HUI-04": "ja, minder dan de helft van de norm"}
    assert Treffer("HUI-04", "S", "ja, minder dan de helft van de norm") in evaluatie.treffers


def test_without_a_norm_nothing_follows(catalogus: Catalogus) -> None:
    antwoorden = {"HUI-26": "ja", "HUI-01": 60.0, "HUI-02": 11.0}
    for normen in ({}, {"NORM_M2": None}, {"NORM_M2": float("nan")}, {"NORM_M2": -1.0}):
        evaluatie = evaluate(catalogus, "BEDR", antwoorden, normen)
        assert evaluatie.berekend == {"HUI-27": 11.0}
        assert evaluatie.treffers == ()


def test_the_register_answers_for_the_server(catalogus: Catalogus) -> None:
    situatie = Situatie(register={"HUI-23": "ja"})
    evaluatie = evaluate(catalogus, "HOR", {"HUI-23": "nee"}, {}, situatie)
    assert evaluatie.treffers == (Treffer("HUI-23", "Z", "ja"),)
    assert evaluate(catalogus, "HOR", {"HUI-23": "ja"}).treffers == ()


def test_core_openers_choice_and_partners(catalogus: Catalogus) -> None:
    def opened(antwoorden: dict[str, Any], situatie: Situatie | None = None) -> set[str]:
        leeg = set(evaluate(catalogus, "BEDR", {}).open_items)
        return set(evaluate(catalogus, "BEDR", antwoorden, {}, situatie).open_items) - leeg - antwoorden.keys()

    assert opened({"BEV-11": "ja"}) == {"ENT-06", "IDE-03", "IDE-09", "ARB-14", "ARB-17"}
    assert opened({}, Situatie(gekozen=frozenset({"IDE-12"}))) == {"IDE-12"}
    partner = Situatie(partners=frozenset({"Arbeidsinspectie"}))
    assert opened({}, partner) == {"BEV-08", "ENT-16", "IDE-14", "IDE-15"}
    assert opened({"BEV-08": ["gemeente toezicht"]}, partner) == set()


def test_prefilled_answers_hold_until_the_inspector_answers(catalogus: Catalogus) -> None:
    woning = evaluate(catalogus, "WON", {"HUI-02": 4.0})
    assert woning.vooringevuld == {"BEV-01", "HUI-26"}
    assert {"BEV-03", "HUI-01", "HUI-03"} <= set(woning.ontbrekende_kern)
    leeg = evaluate(catalogus, "WON", {"HUI-02": 4.0, "HUI-26": "nee"})
    assert leeg.oordelen["HUI-02"].oordeel is Oordeel.TELT_NIET
    assert not {"HUI-01", "HUI-03"} & set(leeg.ontbrekende_kern)


def test_no_register_counts_at_an_ordinary_dwelling(catalogus: Catalogus, normen: Normen) -> None:
    antwoorden = {"ENT-01": 9.0, "ENT-02": 2.0, "ENT-04": 30.0, "HUI-02": 4.0, "IDE-18": "ja", "BEV-11": "nee"}
    evaluatie = evaluate(catalogus, "WON", antwoorden, normen, Situatie(aanleiding="woongebruik"))
    assert all(evaluatie.oordelen[code].oordeel is Oordeel.FOUT for code in ("ENT-02", "ENT-04", "IDE-18"))
    assert "ENT-03" not in evaluatie.berekend
    assert not {"ENT-02", "ENT-04", "IDE-18"} & set(evaluatie.open_items)


def test_age_limit_is_asked_only_where_there_is_one(catalogus: Catalogus) -> None:
    assert "IDE-07" in evaluate(catalogus, "SEKS", {}, {"NORM_APV_LEEFTIJD_SEKSWERK": 21.0}).ontbrekende_kern
    assert "IDE-07" not in evaluate(catalogus, "SEKS", {}, {}).open_items


def test_not_established_is_complete_but_counts_for_no_norm(catalogus: Catalogus) -> None:
    onbekend = evaluate(catalogus, "SEKS", {"ARB-02": "niet vastgesteld", "ARB-03": ["geen"]})
    assert not {"ARB-02", "ARB-03"} & set(onbekend.ontbrekende_kern)
    assert not bedrijfsplan_answered(catalogus, onbekend)
    assert not bedrijfsplan_answered(catalogus, evaluate(catalogus, "SEKS", {"ARB-02": "nee"}))
    assert bedrijfsplan_answered(catalogus, evaluate(catalogus, "SEKS", {"ARB-02": "nee", "ARB-03": ["geen"]}))


def test_labour_core(catalogus: Catalogus) -> None:
    volledig = {"ARB-01": "nee", "ARB-04": "nee", "ARB-12": 3.0, "ARB-20": "nee", "BEV-11": "nee"}

    def answered(objecttype: str, antwoorden: dict[str, Any]) -> bool:
        return arbeid_kern_answered(catalogus, evaluate(catalogus, objecttype, antwoorden))

    assert not answered("HOR", volledig)
    assert answered("HOR", {**volledig, "ARB-14": "niet besproken"})
    assert not answered("HOR", {**volledig, "ARB-14": "niet vastgesteld"})
    assert answered("HOR", {**volledig, "BEV-11": "nvt"})
    assert not answered("HOR", {**volledig, "ARB-14": "niet besproken", "ARB-12": "niet vastgesteld"})
    assert not answered("WON", {})


def test_classes_apart(catalogus: Catalogus) -> None:
    apart = split_by_class(catalogus, {"HUI-02": 3.0, "ENT-21": "ja", "XYZ-01": "?"})
    assert apart.naleving == {"HUI-02": 3.0}
    assert apart.vertrouwelijk == {"ENT-21": "ja", "XYZ-01": "?"}
    evaluatie = evaluate(catalogus, "HOR", {"HUI-02": 3.0, "ENT-21": "ja", "XYZ-01": "?"})
    assert {code: o.klasse for code, o in evaluatie.oordelen.items()} == {
        "HUI-02": Klasse.NALEVING,
        "ENT-21": Klasse.VERTROUWELIJK,
        "XYZ-01": Klasse.VERTROUWELIJK,
    }
