"""What the published content must hold; the figures are those of the source tables."""

import ast
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from app.checklists import service
from app.checklists.rules.catalogue import Catalogus
from app.checklists.rules.content import Antwoordtype, Klasse

KERN = {
    "SEKS": "BEV-02 BEV-11 BEV-13 ENT-12 ENT-13 ENT-21 IDE-06 IDE-07 ARB-01 ARB-02 ARB-03 ARB-04 ARB-05 ARB-26 ARB-27",
    "MASS": "BEV-01 BEV-02 BEV-11 BEV-13 ENT-12 ENT-13 ENT-21 IDE-06 IDE-08 HUI-26 ARB-01 ARB-09 ARB-11 ARB-26 ARB-27",
    "HOR": "BEV-01 BEV-02 BEV-11 BEV-13 ENT-12 ENT-13 ENT-21 IDE-03 IDE-08 HUI-26 ARB-01 ARB-04 ARB-12 ARB-14 ARB-20",
    "BEDR": "BEV-01 BEV-02 BEV-11 BEV-13 ENT-12 ENT-13 ENT-14 ENT-21 IDE-03 IDE-08 HUI-26 ARB-12 ARB-14 ARB-17 ARB-20",
    "WON": "BEV-02 BEV-03 BEV-04 BEV-11 BEV-13 ENT-01 ENT-12 ENT-21 HUI-01 HUI-02 HUI-03 HUI-10 HUI-11 HUI-19 HUI-21",
    "LOG": "BEV-01 BEV-02 BEV-11 BEV-13 ENT-12 ENT-14 ENT-21 IDE-03 IDE-08 HUI-01 HUI-02 HUI-16 ARB-12 ARB-14 ARB-17",
    "HOT": "BEV-01 BEV-02 BEV-11 BEV-13 ENT-12 ENT-13 ENT-17 ENT-18 ENT-21 IDE-06 HUI-10 ARB-01 ARB-09 ARB-26 ARB-27",
}
AANTAL = {"SEKS": 55, "MASS": 62, "HOR": 84, "BEDR": 89, "WON": 71, "LOG": 90, "HOT": 43}


def test_numbers_of_items(catalogus: Catalogus) -> None:
    items = [regel.item for regel in catalogus.regels.values()]
    assert len(items) == 106
    assert sum(item.klasse is Klasse.NALEVING for item in items) == 45
    assert {soort: len(regels) for soort, regels in catalogus.volgorde.items()} == AANTAL
    assert list(catalogus.checklists) == ["BEV", "ENT", "IDE", "HUI", "ARB"]


@pytest.mark.parametrize("objecttype", KERN)
def test_core(catalogus: Catalogus, objecttype: str) -> None:
    kern = [code for code, regel in catalogus.regels.items() if objecttype in regel.item.kern]
    assert kern == KERN[objecttype].split()


def test_seven_barriers_and_lists_for_four(catalogus: Catalogus) -> None:
    barrieres = catalogus.rekenregel.barrieres
    assert set(barrieres) == {*("werving", "entree", "huisvesting", "identiteit", "vervoer", "arbeid", "financiën")}
    assert {lijst.barriere for lijst in catalogus.checklists.values()} - {None} == {
        "entree",
        "identiteit",
        "huisvesting",
        "arbeid",
    }


@pytest.mark.requirement("DEF-03")
def test_forms_of_exploitation(catalogus: Catalogus) -> None:
    assert catalogus.rekenregel.vormen == ("seksueel", "arbeid", "crimineel", "orgaanverwijdering", "onbekend")


@pytest.mark.requirement("DEF-02")
def test_a_minor_in_a_sexual_situation_needs_no_coercion(catalogus: Catalogus) -> None:
    """IDE-06 and IDE-07 weigh on their own: nothing must be answered first, nothing about coercion opens."""
    for code, gewicht in (("IDE-06", "A"), ("IDE-07", "S")):
        regel = catalogus.regels[code]
        gelezen = regel.voorwaarde.variabelen if regel.voorwaarde else frozenset()
        assert all(naam.startswith("NORM_") for naam in gelezen)
        assert [(t.gewicht, f.variabelen) for t, f in regel.triggers] == [(gewicht, frozenset({regel.item.naam}))]
        openers = [r.item.opent_bij for r in catalogus.regels.values() if r.item.opent_bij]
        assert all(opener.item != code for opener in openers)


@pytest.mark.requirement("DAT-02")
def test_no_intake_interview(catalogus: Catalogus) -> None:
    def voluntary(objecttype: str) -> set[str]:
        return {regel.item.code for regel in catalogus.volgorde[objecttype] if regel.item.vrijwillig}

    assert voluntary("SEKS") == {"ARB-22", "ARB-27"}
    assert voluntary("HOT") == {"ARB-22", "ARB-27", "ENT-18"}  # ENT-18 is asked of the hotel keeper
    loon_en_tijd = {"ARB-13", "ARB-14", "ARB-15", "ARB-16"}
    assert voluntary("MASS") == {"ARB-22", "ARB-27"} | loon_en_tijd
    assert all("MASS" not in catalogus.regels[code].item.kern for code in loon_en_tijd)


@pytest.mark.requirement("DAT-11")
def test_no_traits_of_persons(catalogus: Catalogus) -> None:
    """No question, answer or content field records a vulnerability or origin of a person."""
    verboden = re.compile(
        r"\b(lvb|beperking|verslav\w*|zwanger\w*|lhbti\w*|geaardheid|gender|geslacht|vrouw\w*|man|mannen|nationaliteit"
        r"|verblijfsstatus|illega\w*|geloof|religie|etni\w*|naam van|geboorte\w*|diagnose|taalniveau)\b",
        re.IGNORECASE,
    )
    for regel in catalogus.regels.values():
        teksten = (regel.item.vraag, *regel.item.opties)
        assert not any(verboden.search(tekst) for tekst in teksten), regel.item.code
    boom = ast.parse((Path(service.__file__).parent / "rules" / "content.py").read_text("utf-8"))
    velden = {
        knoop.target.id
        for knoop in ast.walk(boom)
        if isinstance(knoop, ast.AnnAssign) and isinstance(knoop.target, ast.Name)
    }
    assert velden
    assert not any(verboden.search(veld) for veld in velden)


def test_every_text_says_what_not_to_write(catalogus: Catalogus) -> None:
    for regel in catalogus.regels.values():
        item = regel.item
        if item.antwoordtype is Antwoordtype.TEKST and item.code != "IDE-19":
            assert "V11" in item.niet_vastleggen, item.code


def test_norm_seeds_follow_each_other(normen: dict[str, float | None]) -> None:
    zaden = max(service.load_catalogue().normen, key=lambda normen: normen.versie)
    for groep in (zaden.landelijk, *zaden.gemeenten.values()):
        for eerste, tweede in pairwise(groep):
            if eerste.sleutel == tweede.sleutel:
                assert eerste.geldig_tot is not None
                assert tweede.geldig_vanaf is not None
                assert (tweede.geldig_vanaf - eerste.geldig_tot).days == 1
    assert normen["NORM_INHOUDING_WEEK"] == pytest.approx(117.68)
    assert normen["NORM_KVK_PER_ADRES"] is None
    assert normen["NORM_APV_LEEFTIJD_SEKSWERK"] == 21.0


CODE = re.compile(r"\b(?:[A-Z]{3}-\d\d|V\d{1,2}|SEKS|MASS|HOR|BEDR|WON|LOG|HOT|LVB|MMA)\b")


def test_the_second_version_says_the_same_in_words_that_anybody_knows(catalogus: Catalogus) -> None:
    """What counts, opens and is asked did not change; no code is left in what stands on a screen."""
    eerste = service.get_catalogue(service.current_versions(date(2026, 6, 1)))
    for code, regel in catalogus.regels.items():
        item, was = regel.item, eerste.regels[code].item
        woorden = {"vraag", "hulptekst", "grondslag", "voorwaarde"}
        assert item.model_dump(exclude=woorden) == was.model_dump(exclude=woorden)
        assert (item.voorwaarde and item.voorwaarde.cel) == (was.voorwaarde and was.voorwaarde.cel)
        assert item.voorwaarde is None or item.voorwaarde.tekst.startswith("als ")
        getoond = (item.vraag, item.hulptekst or "", item.voorwaarde.tekst if item.voorwaarde else "", *item.keuzes)
        assert not CODE.search(" ".join(getoond)), code
    tekens = catalogus.rekenregel.v_codes.values()
    assert not CODE.search(" ".join(tekens))
    anders = {"versie", "geldig_vanaf", "v_codes"}
    assert catalogus.rekenregel.model_dump(exclude=anders) == eerste.rekenregel.model_dump(exclude=anders)
