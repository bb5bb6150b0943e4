"""Each fault in the content is refused, in words, and all of them at once."""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from app.checklists.rules.library import ChecklistversieNotFoundError
from app.checklists.rules.loader import SLOT, InhoudError, fingerprint, load_content
from app.checklists.service import INHOUD


@pytest.fixture
def map_(tmp_path: Path) -> Path:
    kopie = tmp_path / "checklists"
    # The first version of each list stands by itself, and half of the content is read in half of the time.
    shutil.copytree(
        INHOUD, kopie, ignore=lambda _, namen: [n for n in namen if re.fullmatch(r"[a-z]{3}-[2-9]\.yaml", n)]
    )
    publish(kopie)
    return kopie


def edit(map_: Path, bestand: str, oud: str, nieuw: str, code: str | None = None) -> None:
    """Replace text once, within one item when its code is given, and publish the result."""
    pad = map_ / bestand
    tekst = pad.read_text("utf-8")
    begin = tekst.index(f"- code: {code}\n") if code else 0
    einde = tekst.find("\n  - code:", begin) if code else -1
    plek = tekst.index(oud, begin, einde if einde > 0 else len(tekst))
    pad.write_text(tekst[:plek] + nieuw + tekst[plek + len(oud) :], "utf-8")
    publish(map_)


def publish(map_: Path) -> None:
    slot = {pad.name: fingerprint(pad) for pad in map_.glob("*-[0-9].yaml")}
    (map_ / SLOT).write_text(json.dumps(slot), "utf-8")


def faults(map_: Path) -> tuple[str, ...]:
    with pytest.raises(InhoudError) as fout:
        load_content(map_)
    assert all(regel in str(fout.value) for regel in fout.value.fouten)
    return fout.value.fouten


REFUSALS = [
    ("ent-1.yaml", "ENT-02", "- code: ENT-02", "- code: ENT-01", "ENT-01: de code komt 2 keer voor"),
    ("ent-1.yaml", "ENT-02", "- code: ENT-02", "- code: XYZ-02", "XYZ-02: de code begint niet met ENT-"),
    ("ent-1.yaml", "ENT-06", "[ILO4, ILO6]", "[ILO4, ILO99]", "ENT-06: indicator ILO99 is onbekend"),
    ("ent-1.yaml", "ENT-06", "groep: ISOL", "groep: ISOLA", "ENT-06: groep ISOLA is onbekend"),
    ("ent-1.yaml", "ENT-06", "[HOR, BEDR,", "[KERK, BEDR,", "ENT-06: objecttype KERK is onbekend"),
    ("ent-1.yaml", "ENT-06", "[V1, V2]", "[V1, V99]", "ENT-06: V-code V99 is onbekend"),
    ("ent-1.yaml", "ENT-06", "[V1, V2]", "[]", "ENT-06: nietVastleggen is leeg"),
    ("ent-1.yaml", "ENT-06", "    nietVastleggen: [V1, V2]\n", "", "ENT-06: nietVastleggen is leeg"),
    ("ent-1.yaml", "ENT-06", "[S-UH, S-DR]", "[P999]", "ENT-06: onbekende bron P999"),
    ("ent-1.yaml", "ENT-06", "klasse: vertrouwelijk", "klasse: geheim", "ENT-06 klasse heeft een waarde die niet mag"),
    ("ent-1.yaml", "ENT-06", "gewicht: S", "gewicht: Q", "ENT-06: gewicht Q is onbekend"),
    ("ent-1.yaml", "ENT-06", "vormen: alle", "vormen: [dwang]", "ENT-06: vorm dwang is onbekend"),
    ("ent-1.yaml", "ENT-06", "    vraag:", "    kleur:", "ENT-06 vraag ontbreekt"),
    ("ent-1.yaml", "ENT-06", "vraag:", "klasse: naleving\n    vraag:", "klasse staat er dubbel"),
    ("ent-1.yaml", "ENT-01", "eenheid: personen", "eenheid: koppen", "ENT-01: eenheid koppen is onbekend"),
    ("ent-1.yaml", "ENT-02", "HUI_26 == 'ja'", "HUI_99 == 'ja'", "ENT-02: voorwaarde noemt HUI_99"),
    ("ent-1.yaml", "ENT-03", "NORM_BRP_DEEL", "NORM_WEG", "ENT-03: berekening noemt NORM_WEG"),
    ("ent-1.yaml", "ENT-06", "ENT_06 == 'ja'", "ENT_66 == 'ja'", "ENT-06: trigger S noemt ENT_66"),
    ("ent-1.yaml", "ENT-06", "ENT_06 == 'ja'", "ENT_06 == 'nee'", "de formule hoort niet bij het antwoord 'ja'"),
    ("ent-1.yaml", "ENT-06", "ENT_06 == 'ja'", "ENT_01 > 1.0", "ENT-06: trigger S leest ENT-06 zelf niet"),
    ("ent-1.yaml", "ENT-06", "antwoord: ja\n        gewicht", "antwoord: soms\n        gewicht", "'soms' is geen optie"),
    ("ent-1.yaml", "ENT-06", "- ja\n", "- soms\n", "ENT-06: opentBij BEV-11: antwoord soms is onbekend"),
    ("ent-1.yaml", "ENT-06", "item: BEV-11", "item: BEV-99", "ENT-06: opentBij: onbekend item BEV-99"),
    ("ent-1.yaml", "ENT-16", "partner: Arbeidsinspectie", "partner: Leger", "ENT-16: opentBij: partner Leger"),
    ("ent-1.yaml", "ENT-04", "HUI_02 * 2.0", "HUI_02 * 2", "het getal 2 in"),
    ("ent-1.yaml", "ENT-06", "ENT_06 == 'ja'", "ENT_06 == 'ja", "is geen geldige CEL"),
    ("ent-1.yaml", "ENT-04", "HUI_02 * 2.0", "HUI_02 * 'x'", "past niet bij de waarden"),
    ("ent-1.yaml", "ENT-21", "klasse: vertrouwelijk", "klasse: naleving", "ENT-21: dit item moet altijd vertrouwelijk"),
    ("ent-1.yaml", "ENT-22", "klasse: vertrouwelijk", "klasse: naleving", "ENT-22: dit item moet altijd vertrouwelijk"),
    ("hui-1.yaml", "HUI-22", "klasse: vertrouwelijk", "klasse: naleving", "HUI-22: dit item moet altijd vertrouwelijk"),
    ("bev-1.yaml", "BEV-09", "klasse: vertrouwelijk", "klasse: naleving", "BEV-09: dit item moet altijd vertrouwelijk"),
    ("ent-1.yaml", "ENT-06", "klasse: vertrouwelijk", "klasse: naleving", "ENT-06: een vrijwillig item moet vertr"),
    ("ent-1.yaml", "ENT-12", "klasse: vertrouwelijk", "klasse: naleving", "ENT-12: een item met gewicht A moet vertr"),
    ("ent-1.yaml", "ENT-12", "groep: VRIJ", "groep: NALEV", "ENT-12: groep NALEV scoort niet"),
    ("ent-1.yaml", "ENT-01", "kern: [WON]", "kern: alle", "kern van BEDR: 16 items, ten hoogste 15"),
    ("bev-1.yaml", "BEV-01", "    vooringevuld:", "    voorwaarde: {tekst: x, cel: BEV_03 != null}\n    vooringevuld:",
     "kring van voorwaarden, berekeningen of openingen"),
    ("hui-1.yaml", "HUI-27", "cel: HUI_26 == 'ja'", "cel: HUI_04 != null", "HUI-04 > HUI-27"),
    ("rekenregel-1.yaml", None, "NORM_M2: OVERBEWONING_WONING_M2", "NORM_M2: GEEN_NORM", "norm GEEN_NORM is onbekend"),
    ("rekenregel-1.yaml", None, "item: ENT-21", "item: ENT-99", "rekenregel nietPluis: onbekend item ENT-99"),
    ("rekenregel-2.yaml", None, "blijftOpen: [BEV-13, ", "blijftOpen: [BEV-99, ", "rekenregel blijftOpen: BEV-13 ontbreekt"),
    ("rekenregel-2.yaml", None, "ENT-12, ENT-21, ", "ENT-12, ", "rekenregel blijftOpen: ENT-21 ontbreekt"),
    ("rekenregel-2.yaml", None, "ARB-27]", "ARB-99]", "rekenregel blijftOpen: onbekend item ARB-99"),
]  # fmt: skip


@pytest.mark.parametrize(("bestand", "code", "oud", "nieuw", "melding"), REFUSALS, ids=[r[4] for r in REFUSALS])
def test_refused(map_: Path, bestand: str, code: str | None, oud: str, nieuw: str, melding: str) -> None:
    edit(map_, bestand, oud, nieuw, code)
    assert any(melding in fout for fout in faults(map_)), faults(map_)


def test_all_faults_come_at_once(map_: Path) -> None:
    edit(map_, "ent-1.yaml", "groep: ISOL", "groep: NIETS", "ENT-06")
    edit(map_, "arb-1.yaml", "[V2, V10]", "[V2, V77]", "ARB-13")
    edit(map_, "hui-1.yaml", "HUI_26 == 'ja'", "HUI_26 == 1", "HUI-02")
    gevonden = " ".join(faults(map_))
    assert "ENT-06: groep NIETS" in gevonden
    assert "ARB-13: V-code V77" in gevonden
    assert re.search(r"HUI-02: het getal 1 in .* heeft geen decimale punt", gevonden)


def test_a_published_version_never_changes(map_: Path) -> None:
    pad = map_ / "ent-1.yaml"
    pad.write_text(pad.read_text("utf-8").replace("niet pluis?", "wel pluis?"), "utf-8")
    assert faults(map_) == ("ent-1.yaml: een gepubliceerde versie is veranderd; maak een nieuwe versie",)


def test_a_published_version_never_disappears(map_: Path) -> None:
    nieuw = (map_ / "ent-1.yaml").read_text("utf-8").replace("versie: 1\n", "versie: 2\n", 1)
    (map_ / "ent-2.yaml").write_text(nieuw, "utf-8")
    publish(map_)
    (map_ / "ent-1.yaml").unlink()
    assert faults(map_) == ("ent-1.yaml: gepubliceerd, maar het bestand ontbreekt",)


def test_a_version_is_published_only_with_its_hash(map_: Path) -> None:
    (map_ / SLOT).write_text("{}", "utf-8")
    assert any(f"publiceren met {fingerprint(map_ / 'ent-1.yaml')}" in fout for fout in faults(map_))
    (map_ / SLOT).unlink()
    assert faults(map_) == (f"{SLOT} ontbreekt of is niet leesbaar",)


def test_a_new_version_holds_from_its_date_and_a_concept_never(map_: Path) -> None:
    tekst = (map_ / "arb-1.yaml").read_text("utf-8").replace("2025-01-01", "2026-07-01")
    tweede = tekst.replace("versie: 1\n", "versie: 2\n", 1)
    concept = tekst.replace("versie: 1\n", "versie: 3\n", 1).replace("status: gepubliceerd", "status: concept")
    (map_ / "arb-2.yaml").write_text(tweede, "utf-8")
    publish(map_)
    (map_ / "arb-3.yaml").write_text(concept, "utf-8")
    bibliotheek = load_content(map_)
    assert bibliotheek.versions_on(date(2026, 6, 30))["ARB"] == 1
    assert bibliotheek.versions_on(date(2026, 7, 1))["ARB"] == 2
    assert bibliotheek.catalogue(bibliotheek.versions_on(date(2026, 7, 1))).versies["ARB"] == 2
    with pytest.raises(ChecklistversieNotFoundError, match="31-12-2024"):
        bibliotheek.versions_on(date(2024, 12, 31))
    with pytest.raises(ChecklistversieNotFoundError, match="ARB versie 9"):
        bibliotheek.checklist("ARB", 9)


def test_an_unreadable_file_is_named(map_: Path) -> None:
    (map_ / "ent-1.yaml").write_text("items: [", "utf-8")
    assert any(fout.startswith("ent-1.yaml: geen leesbare YAML") for fout in faults(map_))
    (map_ / "ent-1.yaml").write_text("- een lijst", "utf-8")
    assert any("geen lijst met velden" in fout for fout in faults(map_))
