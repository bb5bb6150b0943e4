"""From finding to signal, in the transaction of the event (checklists section 3, design section 6)."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from app.bevindingen.tables import Bevinding
from app.checklists.rules.results import Treffer
from app.checklists.service import current_versions, get_catalogue
from app.controles.rules.signalering import forms
from app.controles.tables import Antwoorden, Controlegebeurtenis
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.status import Wet
from app.gemeenten.tables import Aanwijzing
from app.objecten.status import Objecttype
from app.signalen.status import Vorm
from tests.controles.conftest import KERN, Field, Tablet, signals, today
from tests.support.municipality import BUUR, STAD
from tests.support.service import Service

PAPIEREN = {"BEV-11": "nee", "IDE-03": "bij werkgever, bureau, verhuurder of exploitant"}


@pytest.mark.requirement("PLN-05")
def test_a_red_flag_raises_a_signal_at_once(veld: Field, tablet: Tablet, runtime: Runtime, service: Service) -> None:
    controle = veld.plan("BEDR")
    tablet.send(tablet.event("controle-gestart", controle), tablet.answers(controle, PAPIEREN))
    made = signals(runtime)
    assert [(s["urgentie"], s["status"], s["vormen"]) for s in made] == [("spoed", "verzonden", ["arbeid"])]
    inbox = service.as_("af").get("/signalen").json()["resultaten"]
    assert [row["id"] for row in inbox] == [str(made[0]["id"])]


def test_acute_needs_nothing_else_and_is_one_signal(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    controle = veld.plan("BEDR")
    assert tablet.send(tablet.event("acuut", controle))[0]["status"] == "verwerkt"
    assert [s["urgentie"] for s in signals(runtime)] == ["acuut"]
    tablet.send(tablet.event("acuut", controle), tablet.answers(controle, PAPIEREN))
    tablet.send(tablet.answers(controle, {"BEV-13": "ja"}), tablet.event("controle-afgerond", controle))
    made = signals(runtime)
    assert [s["urgentie"] for s in made] == ["acuut"]
    assert any("IDE-03" in reden for reden in made[0]["redenen"])


def test_acute_about_an_unknown_control_and_even_unreadable(tablet: Tablet, runtime: Runtime, veld: Field) -> None:

    event = tablet.event("acuut", new_id(), {"objectId": str(veld.objecten["HOR"])})
    broken = {**tablet.event("acuut", new_id()), "apparaatTijd": "straks", "volgnummer": -1}
    for _ in range(2):
        tablet.send(event, broken)
    made = signals(runtime)
    assert [s["urgentie"] for s in made] == ["acuut", "acuut"]
    assert {s["object_id"] for s in made} == {veld.objecten["HOR"], None}


@pytest.mark.requirement("RTE-24")
def test_gut_feeling_is_enough_and_text_alone_is_not(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    feeling, nothing = veld.plan("SEKS"), veld.plan("HOR")
    tablet.send(*tablet.whole(nothing, {"ENT-21": "nee", "ENT-22": "het rook er vreemd"}))
    assert signals(runtime) == []
    results = tablet.send(*tablet.whole(feeling, {"ENT-21": "ja", "ENT-22": "deur met slot aan de buitenkant"}))
    assert results[-1]["controle"]["uitkomst"]["uitkomst"] == "regulier"
    made = signals(runtime)
    assert [(s["urgentie"], s["status"], s["controle_id"]) for s in made] == [("regulier", "verzonden", feeling)]
    assert any("slot aan de buitenkant" in reden for reden in made[0]["redenen"])


def test_a_regular_signal_is_sent_when_the_control_is_finished(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    controle = veld.plan("SEKS")
    tablet.send(tablet.event("controle-gestart", controle), tablet.answers(controle, {"ENT-21": "ja"}))
    assert [s["status"] for s in signals(runtime)] == ["concept"]
    tablet.send(tablet.answers(controle, {"ENT-21": "nee"}))  # a correction never retracts it
    tablet.send(tablet.event("controle-afgerond", controle))
    assert [s["status"] for s in signals(runtime)] == ["verzonden"]


@pytest.mark.requirement("PLN-08")
def test_a_missing_business_plan_is_no_signal(veld: Field, tablet: Tablet, runtime: Runtime, service: Service) -> None:
    controle = veld.plan("SEKS")
    tablet.send(*tablet.whole(controle, {**KERN["SEKS"], "ARB-02": "ja", "ARB-04": "ja"}))
    assert signals(runtime) == []
    found = service.as_("planner").get("/bevindingen", params={"objectId": str(veld.objecten["SEKS"])}).json()
    assert {b["item"] for b in found["resultaten"]} >= {"ARB-02", "ARB-04"}


def test_a_corrected_acute_answer_counts_in_any_order(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    controle = veld.plan("HOR")
    wrong, right = tablet.answers(controle, {"ENT-12": "ja"}), tablet.answers(controle, {"ENT-12": "nee"})
    tablet.send(right)
    assert signals(runtime) == []
    tablet.send(wrong)
    assert [s["urgentie"] for s in signals(runtime)] == ["acuut"]


def test_advice_and_choice(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    def control(keuze: str, days: int) -> list[dict[str, Any]]:
        controle = veld.plan("MASS", today() - timedelta(days=days))
        events = tablet.whole(controle, {"ARB-19": "ja", "ENT-21": "nee"})
        return tablet.send(*events, tablet.event("keuze", controle, {"keuze": keuze, "reden": "rustig beeld"}))

    first = control("geen-signaal", 20)
    assert first[2]["controle"]["uitkomst"]["uitkomst"] in {"advies", "geen"}
    assert signals(runtime) == []
    control("geen-signaal", 10)  # the second time on the same object goes to the AF
    assert [s["urgentie"] for s in signals(runtime)] == ["regulier"]


def test_choice_for_a_signal_is_enough(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    controle = veld.plan("MASS")
    tablet.send(*tablet.whole(controle, {"ENT-21": "nee"}), tablet.event("keuze", controle, {"keuze": "signaal"}))
    assert [(s["urgentie"], s["status"]) for s in signals(runtime)] == [("regulier", "verzonden")]


def test_points_stack_over_controls_of_one_object(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    points = {"BEV-11": "nee", "ARB-15": "ja", "ARB-12": 3, "ARB-14": "op of boven het minimumloon", "ENT-19": "ja"}
    for days, expected in ((500, 0), (100, 0), (0, 1)):
        controle = veld.plan("HOR", today() - timedelta(days=days))
        tablet.send(*tablet.whole(controle, points))
        assert len(signals(runtime)) == expected, days


@pytest.mark.requirement("RPT-02")
def test_after_a_possible_offence_only_its_moment_is_kept(veld: Field, tablet: Tablet, runtime: Runtime) -> None:

    controle = veld.plan("BEDR")
    tablet.send(tablet.event("controle-gestart", controle), tablet.answers(controle, {"ARB-12": 4, "HUI-22": "ja"}))
    result = tablet.send(tablet.answers(controle, {"ARB-20": "ja", "ARB-22": "ja"}))[0]
    assert {o["item"]: o["oordeel"] for o in result["oordelen"]} == {"ARB-20": "fout", "ARB-22": "geldig"}
    with runtime.system_unit("test", write=False) as uow:
        row = uow.session.get(Antwoorden, controle)
        assert row is not None
        assert row.vertrouwelijk is not None
        sealed = uow.unseal(controle, "vertrouwelijk", row.vertrouwelijk)
        items = {b.item for b in uow.session.exec(select(Bevinding))}
    assert "HUI-22" not in sealed
    assert "ARB-20" not in sealed
    assert "HUI-22" not in items
    assert [s["urgentie"] for s in signals(runtime)] == ["spoed"]  # coercion (ARB-22) still counts


@pytest.mark.requirement("DAT-01")
def test_a_refused_text_becomes_its_reasons_and_the_signal_goes_on(
    veld: Field, tablet: Tablet, runtime: Runtime
) -> None:

    controle = veld.plan("SEKS")
    results = tablet.send(
        *tablet.whole(controle, {"ENT-21": "ja", "ENT-22": "bel 070-0001234 of https://voorbeeld.nl"})
    )
    assert results[1]["status"] == "verwerkt-met-fouten"
    refused = next(o for o in results[1]["oordelen"] if o["item"] == "ENT-22")
    assert refused["oordeel"] == "fout"
    assert "telefoonnummer" in refused["reden"]
    made = signals(runtime)
    assert [s["urgentie"] for s in made] == ["regulier"]
    with runtime.system_unit("test", write=False) as uow:
        kept = [
            uow.unseal(controle, f"gebeurtenis.{r.id}", r.inhoud) for r in uow.session.exec(select(Controlegebeurtenis))
        ]
    assert "0001234" not in str(kept) + str(made[0]["redenen"])


def test_a_red_flag_at_a_question_that_did_not_apply_still_makes_a_signal(
    veld: Field, tablet: Tablet, runtime: Runtime, service: Service
) -> None:
    controle = veld.plan("BEDR")
    papers = {"IDE-03": PAPIEREN["IDE-03"]}  # BEV-11 was skipped
    sent = tablet.send(tablet.event("controle-gestart", controle), tablet.answers(controle, papers))
    assert [o["oordeel"] for o in sent[1]["oordelen"]] == ["telt niet"]
    made = signals(runtime)
    assert [(s["urgentie"], s["status"], s["vormen"]) for s in made] == [("spoed", "verzonden", ["arbeid"])]
    assert any("IDE-03" in reden and "telt niet mee" in reden for reden in made[0]["redenen"])
    with runtime.system_unit("test", write=False) as uow:
        assert uow.session.exec(select(Bevinding)).all() == []
        assert [row.punten for row in uow.session.exec(select(Antwoorden)).all()] == [0]
    tablet.send(tablet.answers(controle, {"BEV-11": "nee"}))
    assert len(signals(runtime)) == 1
    found = service.as_("af").get(f"/signalen/{made[0]['id']}").json()["inhoud"]["bevindingen"]
    assert "IDE-03" in {row["item"] for row in found}


def test_a_weaker_answer_at_a_question_that_did_not_apply_makes_none(
    veld: Field, tablet: Tablet, runtime: Runtime
) -> None:
    controle = veld.plan("BEDR")
    tablet.send(*tablet.whole(controle, {"ARB-14": "onder het minimumloon"}))
    assert signals(runtime) == []


@pytest.mark.parametrize(("item", "urgentie"), [("IDE-06", "acuut"), ("ARB-27", "spoed"), ("ARB-22", "spoed")])
def test_help_that_is_asked_after_the_list_was_closed_is_heard(
    veld: Field, tablet: Tablet, runtime: Runtime, item: str, urgentie: str
) -> None:
    controle = veld.plan("SEKS")
    tablet.send(tablet.event("controle-gestart", controle), tablet.answers(controle, {"HUI-22": "ja"}))
    tablet.send(tablet.answers(controle, {item: "ja"}))
    assert [s["urgentie"] for s in signals(runtime)] == [urgentie]


@pytest.mark.parametrize("colleague", ["teamleider", "toezichthouder-2"])
def test_only_whoever_finished_a_control_is_told_what_it_asks_for(
    veld: Field, tablet: Tablet, service: Service, colleague: str
) -> None:
    with veld.runtime.system_unit("test") as uow:
        uow.session.add(
            Aanwijzing(
                account_id=veld.municipality.accounts["teamleider"],
                gemeentecode=STAD,
                wet=Wet.APV,
                geldig_vanaf=today() - timedelta(days=30),
            )
        )
    controle = veld.plan("SEKS")
    events = tablet.whole(controle, {"ARB-27": "ja"})
    assert tablet.send(*events)[2]["controle"]["uitkomst"]["uitkomst"] == "spoed"
    assert tablet.send(*events)[2]["controle"]["uitkomst"]["uitkomst"] == "spoed"
    other = Tablet(service.as_(colleague))
    tap = other.event("controle-afgerond", controle)
    for event in (tap, tap, events[2]):
        state = other.send(event)[0]["controle"]
        assert (state["status"], state["uitkomst"]) == ("afgerond", None)
    assert tablet.send(events[2])[0]["controle"]["uitkomst"]["uitkomst"] == "spoed"


@pytest.mark.parametrize("designated", [True, False])
def test_a_regional_team_reports_to_the_af_of_the_object_and_only_with_a_designation(
    veld: Field, tablet: Tablet, runtime: Runtime, service: Service, *, designated: bool
) -> None:
    """M30: the AF of the object's municipality, not that of the inspector; without a designation there is no control."""
    controle = veld.plan("buur-BEDR", team_id=veld.municipality.teams["toezicht"])
    if designated:
        with runtime.system_unit("test") as uow:
            account = veld.municipality.accounts["toezichthouder"]
            laws = uow.session.exec(select(Aanwijzing.wet).where(Aanwijzing.account_id == account)).all()
            uow.session.add_all(
                Aanwijzing(
                    account_id=account, gemeentecode=BUUR, wet=Wet(wet), geldig_vanaf=today() - timedelta(days=9)
                )
                for wet in laws
            )
    results = tablet.send(tablet.event("controle-gestart", controle), tablet.answers(controle, PAPIEREN))
    if not designated:
        assert results[0]["status"] == "quarantaine"
        assert service.as_("toezichthouder").post(f"/controles/{controle}/_starten").status_code in {404, 409}
        return
    assert [s["urgentie"] for s in signals(runtime)] == ["spoed"]
    assert len(service.as_("buur-af").get("/signalen").json()["resultaten"]) == 1
    assert service.as_("af").get("/signalen").json()["resultaten"] == []


def test_m46_a_sealed_observation_inside_acute_danger(
    veld: Field, tablet: Tablet, runtime: Runtime, service: Service
) -> None:
    """What was seen without free consent serves no enforcement; the acute signal stands all the same (R1)."""
    controle = veld.plan("WON")
    entered = {"BEV-01": "woning of bewoond deel", "BEV-03": "toestemming van een bewoner", "BEV-04": "nee"}
    tablet.send(*tablet.whole(controle, {**entered, "BEV-13": "ja", "HUI-10": "ja"}))
    assert [(s["urgentie"], s["status"]) for s in signals(runtime)] == [("acuut", "verzonden")]
    found = service.as_("planner").get("/bevindingen", params={"objectId": str(veld.objecten["WON"])}).json()
    assert {b["item"] for b in found["resultaten"]} >= {"HUI-10"}
    listed = service.as_("planner").get("/naleving-werklijst").text
    assert str(controle) not in listed


def test_m47_nothing_confidential_comes_back_after_the_receipt(veld: Field, tablet: Tablet, service: Service) -> None:
    """After the receipt the day's work, the control and the result of sending again hold no confidential answer, score or text."""
    controle = veld.plan("HOR")
    secret = "Iemand keek steeds naar de deur."
    events = [tablet.event("controle-gestart", controle), tablet.answers(controle, {**PAPIEREN, "ENT-22": secret})]
    assert {row["status"] for row in tablet.send(*events)} == {"verwerkt"}
    again = tablet.send(*events)
    paths = (f"/werkpakketten/{today()}", f"/controles/{controle}", "/controles")
    shown = [service.as_(sub).get(path).text for sub in ("toezichthouder", "teamleider") for path in paths]
    for text in (*shown, str([{key: row[key] for key in row if key != "oordelen"} for row in again])):
        assert secret not in text
        assert PAPIEREN["IDE-03"] not in text
        assert '"spoed"' not in text


def test_papers_at_a_kitchen_point_at_labour_and_a_dwelling_points_at_nothing() -> None:
    """A hit that fits every form points at none; then the kind of place does, and the AF judges it (M3)."""
    catalogue = get_catalogue(current_versions(date(2026, 3, 6)))
    papers = [Treffer("IDE-03", "R", "bij werkgever, bureau, verhuurder of exploitant")]
    found = {soort: forms(catalogue, papers, soort) for soort in (Objecttype.HOR, Objecttype.SEKS, Objecttype.WON)}
    assert found == {
        Objecttype.HOR: [Vorm.ARBEID],
        Objecttype.SEKS: [Vorm.SEKSUEEL],
        Objecttype.WON: [Vorm.ONBEKEND],
    }
