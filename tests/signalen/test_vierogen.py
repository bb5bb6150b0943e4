"""Four eyes over real HTTP: who may be the second, what he sees, and what happens when the signal changed meanwhile."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from app.core.runtime import Runtime
from app.gemeenten.status import Partnersoort
from app.gemeenten.tables import Bericht
from app.signalen.tables import Signaal, Vierogenverzoek
from tests.support.service import Service
from tests.support.signaalstappen import TRIAGE, Walk, share, store_partners
from tests.support.signalen import Field

P = Partnersoort
REDEN = {"reden": "Verdenking in een lopende zaak."}


@pytest.fixture
def walk(field: Field, service: Service) -> Walk:
    return Walk(service, field.objects["HOR"]).triaged().care()


def _asked(walk: Walk) -> dict[str, Any]:
    answer = walk.step("sluiten", walk.closing(toelichting="Alles nagelopen."))
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()["verzoek"]
    return found


@pytest.mark.requirement("ROL-02")
def test_only_an_af_of_another_domain_or_a_neighbour_is_the_second(walk: Walk, service: Service) -> None:
    """M41: a team leader sees status only and is never the second person; nor is who asked."""
    asked = _asked(walk)
    assert walk.step("sluiten", walk.closing()).status_code == 409  # asked already
    for sub, status in (("teamleider", 403), ("toezichthouder", 403), ("beheerder", 403), ("af", 403)):
        assert walk.decide(asked, sub=sub).status_code == status, sub
    assert walk.read("teamleider")["inhoud"] is None
    for sub in ("af-zorg", "buur-af"):
        rows = service.as_(sub).get("/vierogenverzoeken").json()["resultaten"]
        assert [row["id"] for row in rows] == [asked["id"]]
        read = service.as_(sub).get(f"/vierogenverzoeken/{asked['id']}").json()
        assert read["stap"]["toelichting"] == "Alles nagelopen."
        assert read["signaal"]["inhoud"]["object"]["adres"].startswith("Voorbeeldstraat")
    assert service.as_("buur-af").get(f"/signalen/{walk.id}").status_code == 404
    done = walk.decide(asked, sub="buur-af")
    assert (done.status_code, done.json()["status"]) == (200, "akkoord")
    assert service.as_("buur-af").get(f"/vierogenverzoeken/{asked['id']}").status_code == 404
    assert walk.read()["status"] == "gesloten"
    assert walk.decide(asked).status_code in {409, 412}


@pytest.mark.requirement("ROL-02")
def test_who_may_be_the_second_is_woken_with_nothing_but_a_message(walk: Walk, field: Field, runtime: Runtime) -> None:
    _asked(walk)
    with runtime.system_unit("test", write=False) as uow:
        rows = uow.session.exec(select(Bericht)).all()
    told = {row.account_id for row in rows if row.account_id is not None}
    assert told == {field.accounts["af-zorg"]}, (
        "not who asked, no team leader, no neighbour as long as there is a colleague"
    )
    assert {str(row.verwijzing) for row in rows} == {walk.id}
    assert all("sluiten" not in row.sleutel for row in rows)


def test_a_neighbour_is_woken_when_the_only_colleague_submitted_it(
    field: Field, service: Service, runtime: Runtime
) -> None:
    walk = Walk(service, field.objects["HOR"]).triaged().care()
    with runtime.system_unit("test") as uow:
        uow.session.exec(update(Signaal).values(indiener=field.accounts["af-zorg"]))
    _asked(walk)
    with runtime.system_unit("test", write=False) as uow:
        told = {row.account_id for row in uow.session.exec(select(Bericht)) if row.account_id is not None}
    assert told == {field.accounts["buur-af"]}


def test_the_submitter_and_a_colleague_of_the_same_domain_are_never_the_second(
    field: Field, service: Service, runtime: Runtime
) -> None:
    walk = Walk(service, field.objects["HOR"]).triaged().care()
    with runtime.system_unit("test") as uow:
        uow.session.exec(update(Signaal).values(indiener=field.accounts["af-zorg"]))
    asked = _asked(walk)
    assert service.as_("af-zorg").get("/vierogenverzoeken").json()["resultaten"] == []
    assert walk.decide(asked).status_code == 404
    with runtime.system_unit("test") as uow:
        kept_out = [str(field.accounts["buur-af"])]
        uow.session.exec(update(Signaal).values(indiener=field.accounts["balie"], afgeschermd_voor=kept_out))
    assert walk.decide(asked, sub="buur-af").status_code == 404
    assert walk.decide(asked).status_code == 200


def test_a_refusal_a_withdrawal_and_a_change_meanwhile_do_nothing(walk: Walk, service: Service) -> None:
    refused = walk.decide(_asked(walk), "weigeren")
    assert refused.json()["status"] == "geweigerd"
    mine = _asked(walk)
    assert walk.decide(mine, "intrekken", sub="af-zorg").status_code == 404
    assert walk.decide(mine, "intrekken", sub="af").json()["status"] == "ingetrokken"
    overtaken = _asked(walk)
    walk.done("urgentie", {"urgentie": "spoed", "reden": "Nieuwe melding."})
    assert service.as_("af-zorg").get("/vierogenverzoeken").json()["resultaten"] == []
    stale = service.as_("af-zorg").get("/vierogenverzoeken?status=achterhaald").json()["resultaten"]
    assert [row["status"] for row in stale] == ["achterhaald"]
    answer = walk.decide(overtaken)
    assert (answer.status_code, answer.json()["status"]) == (200, "achterhaald")
    assert walk.read()["status"] == "getrieerd"
    assert _asked(walk)["status"] == "open"


def test_a_lower_urgency_waits_and_a_higher_never_does(walk: Walk) -> None:
    assert walk.done("urgentie", {"urgentie": "acuut", "reden": "Gevaar."})["gedaan"]
    waits = walk.step("urgentie", {"urgentie": "regulier", "reden": "Geen gevaar meer."})
    assert (waits.status_code, waits.json()["verzoek"]["handeling"]) == (202, "urgentie-verlagen")
    assert walk.read()["urgentie"] == "acuut"
    walk.decide(waits.json()["verzoek"])
    assert walk.read()["urgentie"] == "regulier"


def test_sharing_outside_the_table_and_leaving_a_forced_recipient_out_wait(
    field: Field, service: Service, runtime: Runtime
) -> None:
    partners = store_partners(runtime, P.POLITIE, P.VEILIG_THUIS, P.BRANDWEER)
    walk = Walk(service, field.objects["SEKS"])
    walk.triaged(vormen=["seksueel"], mogelijkMinderjarig="ja", urgentie="acuut").care()
    lower = walk.step("urgentie", {"urgentie": "spoed", "reden": "Er is nu geen gevaar."})
    assert walk.decide(lower.json()["verzoek"]).json()["status"] == "akkoord"
    police, safe = share(partners[P.POLITIE]), share(partners[P.VEILIG_THUIS], "wmo-veilig-thuis")
    less = walk.step("uitzetten", {"overdrachten": [police]})
    assert (less.status_code, less.json()["verzoek"]["handeling"]) == (202, "verplichte-ontvanger-weglaten")
    outside = {"overdrachten": [police, safe, share(partners[P.BRANDWEER], "convenant")], "toelichting": "Brandgevaar."}
    more = walk.step("uitzetten", outside)
    assert (more.status_code, more.json()["verzoek"]["handeling"]) == (202, "buiten-de-regiotabel-delen")
    assert walk.decide(more.json()["verzoek"]).json()["status"] == "akkoord"
    rows = service.as_("af").get(f"/overdrachten?signaalId={walk.id}").json()["resultaten"]
    assert {row["partnersoort"]: row["regel"] for row in rows}["brandweer"] == "buiten de regiotabel"
    assert walk.decide(less.json()["verzoek"]).json()["status"] == "achterhaald"


@pytest.mark.parametrize(
    ("told", "judged"),
    [
        ({"mogelijkMinderjarig": "ja", "vormen": ["seksueel"]}, {"mogelijkMinderjarig": "nee", "vormen": ["seksueel"]}),
        ({"mogelijkMinderjarig": "ja", "vormen": ["seksueel"]}, {"mogelijkMinderjarig": "ja", "vormen": ["onbekend"]}),
    ],
)
def test_no_answer_of_one_person_removes_a_forced_recipient(
    field: Field, service: Service, told: dict[str, Any], judged: dict[str, Any]
) -> None:
    """M2: neither by leaving him out nor by judging that nobody is a minor after all."""
    walk = Walk(service, field.objects["SEKS"], **told)
    walk.done("ontvangen")
    waits = walk.step("trieren", {**TRIAGE, **judged})
    assert (waits.status_code, waits.json()["verzoek"]["handeling"]) == (202, "verplichte-ontvanger-weglaten")
    assert walk.read()["status"] == "ontvangen"
    assert walk.decide(waits.json()["verzoek"]).json()["status"] == "akkoord"
    assert walk.read()["inhoud"]["mogelijkMinderjarig"] == judged["mogelijkMinderjarig"]
    assert walk.step("trieren", {**TRIAGE, **judged}).status_code == 200, "again, as the two judged"


def test_the_first_hand_over_of_an_acute_signal_never_waits(field: Field, service: Service, runtime: Runtime) -> None:
    partners = store_partners(runtime, P.BRANDWEER)
    walk = Walk(service, field.objects["HOR"], urgentie="acuut").triaged(urgentie="acuut")
    body = {"overdrachten": [share(partners[P.BRANDWEER], "convenant")], "zcReden": "Eerst het gevaar."}
    assert walk.done("uitzetten", body)["signaal"]["status"] == "uitgezet"
    # Veilig Thuis was not set up here: the police does not wait for that.
    police = share(store_partners(runtime, P.POLITIE)[P.POLITIE], "vitaal-belang")
    child = Walk(service, field.objects["SEKS"], urgentie="acuut")
    child.triaged(urgentie="acuut", vormen=["seksueel"], mogelijkMinderjarig="ja")
    assert child.done("uitzetten", {"overdrachten": [police], "zcReden": "Eerst het gevaar."})["gedaan"]


def test_routing_without_the_zorgcoordinator_waits(field: Field, service: Service, runtime: Runtime) -> None:
    partners = store_partners(runtime, P.ARBEIDSINSPECTIE)
    walk = Walk(service, field.objects["HOR"]).triaged(zcInlichten=False, zcReden="Geen mogelijk slachtoffer.")
    waits = walk.step("uitzetten", {"overdrachten": [share(partners[P.ARBEIDSINSPECTIE])]})
    assert (waits.status_code, waits.json()["verzoek"]["handeling"]) == (202, "zorgcoordinator-overslaan")


def test_reopening_after_a_year_and_removing_before_the_term_wait(walk: Walk, runtime: Runtime) -> None:
    walk.closed()
    assert walk.done("heropenen", {"nieuwFeit": "Een tweede melding."})["signaal"]["status"] == "ontvangen"
    walk.done("trieren", TRIAGE)
    walk.closed()
    with runtime.system_unit("test") as uow:
        long_ago = datetime.now(UTC) - timedelta(days=370)
        uow.session.exec(update(Signaal).where(col(Signaal.gesloten_op).is_not(None)).values(gesloten_op=long_ago))
    late = walk.step("heropenen", {"nieuwFeit": "Nog een melding."})
    assert (late.status_code, late.json()["verzoek"]["handeling"]) == (202, "heropenen-na-een-jaar")
    walk.decide(late.json()["verzoek"], "weigeren")
    early = walk.step("verwijderen", REDEN)
    assert (early.status_code, early.json()["verzoek"]["handeling"]) == (202, "verwijderen-voor-de-termijn")
    assert walk.decide(early.json()["verzoek"]).json()["status"] == "akkoord"
    with runtime.system_unit("test") as uow:
        row = uow.session.get(Signaal, UUID(walk.id))
        assert row is not None
        assert row.inhoud_weg_op == uow.today


def test_break_glass_is_agreed_to_short_logged_and_reviewed(
    walk: Walk, field: Field, service: Service, runtime: Runtime
) -> None:
    neighbour = service.as_("buur-af")
    assert neighbour.post(f"/signalen/{field.accounts['af']}/_inzien", json=REDEN).status_code == 404
    asked = neighbour.post(f"/signalen/{walk.id}/_inzien", json=REDEN)
    assert asked.status_code == 202, asked.text
    view = f"/vierogenverzoeken/{asked.json()['id']}/inzage"
    assert neighbour.get(view).status_code == 404
    assert neighbour.get(f"/vierogenverzoeken/{asked.json()['id']}").status_code == 404
    agreed = walk.decide(asked.json())
    assert (agreed.status_code, agreed.json()["status"]) == (200, "akkoord")
    assert neighbour.get(view).json()["inhoud"]["vormen"] == ["arbeid"]
    assert service.as_("af-zorg").get(view).status_code == 404
    audit = service.as_("beheerder").get("/auditregels").json()["resultaten"]
    assert "signalen_inzien_buiten_rol" in {row["actie"] for row in audit}
    review = service.as_("beheerder").get("/inzagen-buiten-rol")
    assert [row["status"] for row in review.json()["resultaten"]] == ["akkoord"]
    assert walk.id not in review.text
    assert service.as_("af").get("/inzagen-buiten-rol").status_code == 403
    with runtime.system_unit("test") as uow:
        past = datetime.now(UTC) - timedelta(minutes=61)
        uow.session.exec(update(Vierogenverzoek).values(beslist_op=past))
    assert neighbour.get(view).status_code == 404


def test_where_nobody_can_be_the_second_the_manager_is_asked(
    walk: Walk, field: Field, runtime: Runtime, service: Service
) -> None:
    """Nothing waits in silence: the only colleague submitted it, and no neighbour may see it."""
    with runtime.system_unit("test") as uow:
        kept_out = [str(field.accounts["buur-af"])]
        uow.session.exec(update(Signaal).values(indiener=field.accounts["af-zorg"], afgeschermd_voor=kept_out))
    asked = _asked(walk)
    (task,) = service.as_("beheerder").get("/taken").json()["resultaten"]
    assert (task["soort"], task["onderwerpSoort"]) == ("geen-tweede-persoon", "gemeente")
    assert walk.id not in str(task)
    with runtime.system_unit("test") as uow:
        uow.session.exec(update(Signaal).values(afgeschermd_voor=[]))
    assert walk.decide(asked, sub="buur-af").status_code == 200
    assert service.as_("beheerder").get("/taken").json()["resultaten"] == []
