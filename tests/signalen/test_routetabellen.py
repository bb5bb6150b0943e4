"""The files of the route tables: refused when wrong or changed; table A against the scoring rule; the choice of a partner."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml

from app.checklists.rules.content import Uitkomst
from app.checklists.rules.results import Treffer
from app.checklists.rules.scoring import Geschiedenis, score
from app.checklists.service import current_versions, get_catalogue
from app.core.identifiers import new_id
from app.core.settings import ROOT
from app.gemeenten.rules.perioden import Periode
from app.gemeenten.status import Partnersoort
from app.signalen.adapters.routebestanden import RoutebestandError, fingerprint, read_routes
from app.signalen.rules.partnerkeuze import GEEN_PARTNER, Partnerafspraak, choose
from app.signalen.rules.routeprofiel import Wanneer
from app.signalen.rules.routering import Ontvanger, Routefeiten, propose
from app.signalen.status import Urgentie, Vorm
from tests.support.routes import profile

DAY = date(2026, 3, 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "checklists" / "meldroute", tmp_path / "meldroute")
    shutil.copy(ROOT / "checklists" / "published.json", tmp_path)
    lock = json.loads((tmp_path / "published.json").read_text())
    own = {name: digest for name, digest in lock.items() if name.startswith("meldroute/")}
    (tmp_path / "published.json").write_text(json.dumps(own))
    return tmp_path


def _change(folder: Path, name: str, change: Any) -> None:  # noqa: ANN401 - a function on any YAML
    """Changes a file and publishes it again, so that only the change itself is at fault."""
    path = folder / "meldroute" / name
    content = yaml.safe_load(path.read_text())
    change(content)
    path.write_text(yaml.safe_dump(content, allow_unicode=True))
    lock = json.loads((folder / "published.json").read_text())
    lock[f"meldroute/{name}"] = fingerprint(path)
    (folder / "published.json").write_text(json.dumps(lock))


def _force(content: dict[str, Any]) -> None:
    content["regels"][0]["ontvangers"][0]["verplicht"] = True


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda c: c["regels"][0]["ontvangers"][0].update(soort="buurtvader"), "soort"),
        (lambda c: c["regels"][0]["als"][0].update(vormen=["bedelarij"]), "vormen"),
        (lambda c: c["regels"].append(c["regels"][0]), "staat er dubbel"),
        (_force, "een verplichte ontvanger heeft een reden"),
        (lambda c: c["regels"][0]["als"][0].update(nationaliteit=["x"]), "nationaliteit"),
        (lambda c: c["regels"][0].update(waarom="kort"), "waarom"),
        (lambda c: c["regels"][0]["ontvangers"][0].update(nummer="-".join(("06", "12345678"))), "nummer"),
        (lambda c: c.update(versie=3), "naam past niet"),
    ],
)
def test_a_table_with_a_fault_is_refused_with_its_place(folder: Path, change: Any, told: str) -> None:  # noqa: ANN401
    _change(folder, "basis-2.yaml", change)
    with pytest.raises(RoutebestandError, match=told):
        read_routes(folder)


def test_a_region_replaces_only_rules_that_exist_and_takes_no_municipality_twice(folder: Path) -> None:
    _change(folder, "groningen-1.yaml", lambda c: c.update(vervangt=["B-bestaat-niet"]))
    _change(folder, "drenthe-1.yaml", lambda c: c["gemeenten"].append("GM0518"))
    with pytest.raises(RoutebestandError) as refused:
        read_routes(folder)
    assert "onbekende regel: B-bestaat-niet" in str(refused.value)
    assert "GM0518 hoort al bij een ander profiel" in str(refused.value)


def test_a_published_table_that_changed_or_is_gone_is_refused(folder: Path) -> None:
    (folder / "meldroute" / "drenthe-1.yaml").unlink()
    path = folder / "meldroute" / "groningen-1.yaml"
    path.write_text(path.read_text().replace("TMM", "AVIM"))
    with pytest.raises(RoutebestandError) as refused:
        read_routes(folder)
    assert "groningen-1.yaml: een gepubliceerde versie is veranderd" in str(refused.value)
    assert "drenthe-1.yaml: gepubliceerd, maar het bestand ontbreekt" in str(refused.value)


def _outcome(hits: str, missing: str = "", *, refused_before: int | None = None) -> Uitkomst:
    """The outcome of hits such as 'ENT-12:A', of which an answer is not looked at."""
    found = []
    for part in hits.split():
        item, gewicht, *answer = part.split(":")
        found.append(Treffer(item, gewicht, answer[0] if answer else "ja"))
    past = Geschiedenis(keuze_geen_signaal=refused_before is not None, eerder_geen_signaal=refused_before or 0)
    return score(get_catalogue(current_versions(DAY)), found, DAY, missing.split(), past).uitkomst


@pytest.mark.parametrize(
    ("row", "hits", "missing", "refused_before", "expected"),
    [
        ("A1 M1", "ENT-12:A", "", None, Uitkomst.ACUUT),
        ("A1", "HUI-11:A HUI-22:N", "", None, Uitkomst.ACUUT),
        ("A2 M2", "IDE-06:A", "", None, Uitkomst.ACUUT),
        ("A3 M3", "IDE-03:R", "", None, Uitkomst.SPOED),
        ("A3 M6", "ARB-22:R", "", None, Uitkomst.SPOED),
        ("A3 M34", "ARB-27:R", "", None, Uitkomst.SPOED),
        ("A4 M35", "IDE-08:R", "", None, Uitkomst.SPOED),
        ("A5 M7", "ENT-21:S", "", None, Uitkomst.REGULIER),
        ("A5 M38", "ENT-18:S", "", 1, Uitkomst.REGULIER),
        ("A6, first choice", "ENT-18:S", "", 0, Uitkomst.ADVIES),
        ("A6 M28", "ENT-18:S", "", None, Uitkomst.ADVIES),
        ("A6 M29", "IDE-07:S", "", None, Uitkomst.ADVIES),
        ("A6 M37", "BEV-11:N", "ARB-18 ARB-22 ARB-27", None, Uitkomst.ADVIES),
        ("A6, two is not three", "BEV-11:N", "ARB-18 ARB-22", None, Uitkomst.GEEN),
        ("A7 M8", "ARB-02:N", "", None, Uitkomst.GEEN),
        ("A8 M26", "HUI-10:N", "", None, Uitkomst.GEEN),
        ("A9 M36", "HUI-22:N", "", None, Uitkomst.GEEN),
        ("highest", "ENT-21:S IDE-03:R ENT-12:A", "", None, Uitkomst.ACUUT),
    ],
)
def test_table_a_row_by_row(row: str, hits: str, missing: str, refused_before: int | None, expected: Uitkomst) -> None:
    """Which urgency: the scoring rule decides, and the row of the table that goes with it is found by the same hits."""
    found = _outcome(hits, missing, refused_before=refused_before)
    assert found is expected, row
    items = frozenset(part.split(":")[0] for part in hits.split())
    if found in {Uitkomst.ACUUT, Uitkomst.SPOED, Uitkomst.REGULIER}:
        urgentie = Urgentie(found.value)
        shown = propose(
            profile("basis"), Routefeiten(vormen=frozenset({Vorm.ARBEID}), urgentie=urgentie, treffers=items)
        )
        assert shown.urgentieregel is not None
        assert shown.urgentieregel.id == ("A1" if row == "highest" else row[:2])


def test_the_rows_of_table_a_name_the_same_items_as_the_scoring_rule() -> None:
    catalogue = get_catalogue(current_versions(DAY))
    weights = {(code, trigger.gewicht) for code, rule in catalogue.regels.items() for trigger in rule.item.triggers}
    rows = {row.id: row for row in profile("basis").urgentie}
    assert sorted(rows) == [f"A{number}" for number in range(1, 10)]
    named = {key: {item for als in rows[key].als for item in als.treffers or []} for key in ("A1", "A2", "A3", "A4")}
    assert named["A1"] | named["A2"] == {code for code, weight in weights if weight == "A"}
    assert named["A3"] | named["A4"] == {code for code, weight in weights if weight == "R"}
    assert not named["A3"] & named["A4"]


def test_every_item_that_a_rule_names_exists() -> None:
    catalogue = get_catalogue(current_versions(DAY))
    for regio in ("basis", "den-haag", "groningen", "drenthe", "utrechtse-heuvelrug"):
        found = profile(regio)
        conditions = [als for row in found.regels for als in row.als] + [
            als for row in found.urgentie for als in row.als
        ]
        for als in conditions:
            named = {*(als.treffers or []), *(als.alleen_treffers or []), *(als.zonder_treffers or [])}
            assert named <= set(catalogue.regels), regio


def _partner(
    soort: Partnersoort, tot: date | None = None, vanaf: date = date(2020, 1, 1), *vormen: str
) -> Partnerafspraak:
    return Partnerafspraak(new_id(), soort, f"{soort} {tot}", frozenset(vormen), Periode(vanaf, tot))


ZC = Ontvanger(
    Partnersoort.ZORGCOORDINATOR, "B-x", False, "x", Wanneer.TERMIJN, "ZVHG", ("B-x",),
    ook=(Partnersoort.ZORG_EN_VEILIGHEIDSHUIS,),
)  # fmt: skip


@pytest.mark.requirement("REG-16", "DAT-09")
def test_a_partner_whose_agreement_ended_yesterday_is_shown_and_blocked() -> None:
    today = _partner(Partnersoort.ZORGCOORDINATOR, DAY)
    yesterday = _partner(Partnersoort.ZORGCOORDINATOR, DAY - timedelta(days=1))
    later = _partner(Partnersoort.ZORGCOORDINATOR, None, DAY + timedelta(days=1))
    house = _partner(Partnersoort.ZORG_EN_VEILIGHEIDSHUIS)
    cases: list[tuple[list[Partnerafspraak], UUID | None, str | None]] = [
        ([today, yesterday], today.id, None),
        ([yesterday], None, "afspraak verlopen op 01-03-2026"),
        ([later], None, "afspraak begint op 03-03-2026"),
        ([yesterday, house], house.id, None),
        ([_partner(Partnersoort.POLITIE)], None, GEEN_PARTNER),
        ([], None, GEEN_PARTNER),
    ]
    for partners, expected, blocked in cases:
        found = choose(ZC, partners, ["arbeid"], DAY)
        assert (found.partner_id, found.blokkade) == (expected, blocked)


def test_a_partner_for_the_form_goes_before_another() -> None:
    other = _partner(Partnersoort.ZORGCOORDINATOR, None, date(2020, 1, 1), "seksueel")
    fitting = _partner(Partnersoort.ZORGCOORDINATOR, None, date(2020, 1, 1), "arbeid")
    assert choose(ZC, [other, fitting], ["arbeid"], DAY).partner_id == fitting.id
    assert choose(ZC, [other], ["arbeid"], DAY).partner_id == other.id
