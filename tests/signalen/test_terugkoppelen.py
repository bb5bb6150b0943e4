"""Feedback: standard texts without content, given or noted as impossible; the submitter reads it, his device only learns that there is news."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from app.core.runtime import Runtime
from app.core.settings import ROOT
from app.gemeenten.tables import Bericht, Norm
from app.signalen.adapters.routebestanden import SLOT, RoutebestandError, fingerprint
from app.signalen.adapters.terugkoppelbestand import BESTAND, feedback_texts, read_texts
from app.signalen.rules.terugkoppelteksten import Doelgroep, Moment, group_of
from app.signalen.status import Bronsoort
from tests.signalen.test_termijnen_rules import NORMS
from tests.support.service import Service
from tests.support.signaalstappen import Walk
from tests.support.signalen import NORMEN, Field

VERZWEGEN = ("politie", "veilig thuis", "arbeidsinspectie", "riec", "slachtoffer", "zorgcoördinator", "mensenhandel")


def test_a_text_that_was_told_does_not_change() -> None:
    lock = json.loads((ROOT / "checklists" / SLOT).read_text(encoding="utf-8"))
    assert lock["meldroute/terugkoppelteksten.yaml"] == fingerprint(BESTAND)


def test_no_text_tells_a_partner_a_person_or_an_outcome() -> None:
    for row in feedback_texts().teksten:
        assert not [word for word in VERZWEGEN if word in row.tekst.casefold()], row.code
    opvolging = [row for row in feedback_texts().teksten if Doelgroep.EXPLOITANT in row.voor]
    assert [row.code for row in opvolging] == ["melder-ontvangen"]  # 'received', and nothing on what follows


@pytest.mark.parametrize(
    ("bron", "listed", "groep"),
    [
        (Bronsoort.TOEZICHT, False, Doelgroep.COLLEGA),
        (Bronsoort.BALIE, False, Doelgroep.BALIE),
        (Bronsoort.VEILIG_THUIS, False, Doelgroep.PARTNER),
        (Bronsoort.GEMEENTE_OVERIG, True, Doelgroep.PARTNER),
        (Bronsoort.EXPLOITANT, False, Doelgroep.EXPLOITANT),
        (Bronsoort.MMA, False, None),
    ],
)
def test_who_gets_feedback_follows_from_the_source(bron: Bronsoort, listed: bool, groep: Doelgroep | None) -> None:
    assert group_of(bron, listed=listed) is groep
    assert (feedback_texts().faults(groep, Moment.EERSTE, "ontvangen", None) == []) == (groep is Doelgroep.COLLEGA)
    assert feedback_texts().faults(groep, Moment.SLUITEN, None, "anoniem") == []
    assert feedback_texts().faults(groep, Moment.SLUITEN, None, "geen-zin") != []


@pytest.mark.parametrize("was", ["code: opgepakt", "voor: [exploitant]"])
def test_a_file_with_a_double_code_or_a_group_without_text_is_refused(tmp_path: Path, was: str) -> None:
    path = tmp_path / "teksten.yaml"
    broken = {"code: opgepakt": "code: ontvangen", "voor: [exploitant]": "voor: [partner]"}[was]
    path.write_text(BESTAND.read_text(encoding="utf-8").replace(was, broken), encoding="utf-8")
    with pytest.raises(RoutebestandError):
        read_texts(path)


@pytest.mark.requirement("RTE-20")
def test_the_submitter_is_told_and_a_signal_without_feedback_does_not_close(service: Service, field: Field) -> None:
    walk = Walk(service, field.objects["HOR"]).triaged().care()
    refused = walk.step("sluiten", walk.closing(terugkoppeling=None))
    assert refused.status_code == 409
    assert "terugkoppeling" in refused.text
    assert walk.step("terugkoppelen", {"tekstcode": "melder-ontvangen"}).status_code == 409  # not for an inspector
    assert walk.step("terugkoppelen", {}).status_code == 409
    assert walk.step("terugkoppelen", {"moment": "sluiten", "tekstcode": "gesloten"}).status_code == 409  # still open
    walk.done("terugkoppelen", {"tekstcode": "ontvangen"})
    own = service.as_("toezichthouder").get("/eigen-signalen").json()["resultaten"][0]
    assert own["id"] == walk.id
    assert own["ongelezen"] is True
    assert own["terugkoppelingen"][0]["tekst"].startswith("Uw signaal is ontvangen")
    assert set(own) == {"id", "status", "ontstaanOp", "ongelezen", "terugkoppelingen"}
    assert service.as_("toezichthouder-2").post(f"/eigen-signalen/{walk.id}/_gelezen").status_code == 404
    read = service.as_("toezichthouder").post(f"/eigen-signalen/{walk.id}/_gelezen")
    assert read.json()["ongelezen"] is False
    walk.closed(terugkoppeling={"tekstcode": "gesloten"})
    told = service.as_("af").get(f"/signalen/{walk.id}/terugkoppelingen").json()["gegeven"]
    assert [(one["moment"], one["gelezenOp"] is None) for one in told] == [("eerste", False), ("sluiten", True)]
    assert service.as_("beheerder").get(f"/signalen/{walk.id}/terugkoppelingen").status_code == 403


def test_the_message_tells_nothing_and_goes_to_the_submitter_alone(
    service: Service, field: Field, runtime: Runtime
) -> None:
    walk = Walk(service, field.objects["HOR"])
    walk.done("terugkoppelen", {"tekstcode": "opgepakt"})
    with runtime.system_unit("test", write=False) as uow:
        rows = [row for row in uow.session.exec(select(Bericht)) if "terugkoppeling" in row.sleutel]
    assert {row.account_id for row in rows} == {field.accounts["toezichthouder"], None}
    assert all(str(row.verwijzing) == walk.id for row in rows)


def test_an_outside_reporter_is_told_outside_and_an_anonymous_tip_has_no_text(service: Service, field: Field) -> None:
    from_hotel = Walk(service, field.objects["HOR"], melderObjectId=str(field.objects["HOR"]))
    from_hotel.done("terugkoppelen", {"tekstcode": "melder-ontvangen"})
    told = service.as_("af").get(f"/signalen/{from_hotel.id}/terugkoppelingen").json()
    assert told["gegeven"][0]["buiten"] is True
    assert [one["code"] for one in told["teksten"]] == ["melder-ontvangen"]
    own = service.as_("toezichthouder").get("/eigen-signalen").json()["resultaten"][0]
    assert own["terugkoppelingen"] == []  # the official who took it down is not who reported


def test_after_reopening_the_next_closing_has_feedback_of_its_own(service: Service, field: Field) -> None:
    walk = Walk(service, field.objects["HOR"]).triaged().care().closed(terugkoppeling={"tekstcode": "gesloten"})
    walk.done("heropenen", {"nieuwFeit": "Er is opnieuw iets gezien."})
    walk.closed(terugkoppeling={"tekstcode": "doorgegeven"})
    own = service.as_("toezichthouder").get("/eigen-signalen").json()["resultaten"][0]["terugkoppelingen"]
    assert [one["tekst"].split(".")[0] for one in own] == [
        "Uw signaal is afgesloten", "Uw signaal is doorgegeven aan wie er verder mee gaat",
    ]  # fmt: skip
    given = service.as_("af").get(f"/signalen/{walk.id}/terugkoppelingen").json()["gegeven"]
    assert given[0]["moment"].startswith("sluiten-")
    assert given[1]["moment"] == "sluiten"


def test_the_deadline_of_the_first_feedback_starts_at_sending_and_is_met_by_giving_it(
    service: Service, field: Field, runtime: Runtime
) -> None:
    with runtime.system_unit("test") as uow:
        for sleutel in NORMS.keys() - NORMEN.keys():
            uow.session.add(
                Norm(sleutel=sleutel, waarde=NORMS[sleutel], eenheid="", geldig_vanaf=date(2020, 1, 1), bron="test")
            )
    walk = Walk(service, field.objects["HOR"])
    assert _states(service, walk)["eerste-terugkoppeling"] == "loopt"
    walk.done("terugkoppelen", {"nietMogelijk": "niet-veilig"})
    assert _states(service, walk)["eerste-terugkoppeling"] == "gehaald"
    walk.triaged().care().closed(terugkoppeling=None)
    assert _states(service, walk)["terugkoppeling-bij-sluiten"] == "loopt"
    walk.done("terugkoppelen", {"moment": "sluiten", "tekstcode": "gesloten"})
    assert _states(service, walk)["terugkoppeling-bij-sluiten"] == "gehaald"


def _states(service: Service, walk: Walk) -> dict[str, str]:
    answer = service.as_("af").get(f"/signalen/{walk.id}/termijnen")
    assert answer.status_code == 200, answer.text
    return {one["soort"]: one["status"] for one in answer.json()}
