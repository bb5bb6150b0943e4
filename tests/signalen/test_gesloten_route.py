"""A signal about a colleague or bestuurder goes a closed way: whom it is about neither sees nor counts it (RTE-26, M44)."""

from datetime import date, timedelta
from uuid import UUID

import httpx
import pytest
from sqlalchemy import update
from sqlmodel import col, select

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.tables import Auditregel
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.tables import Account, Bericht, Taak
from app.signalen.rules.uurwerk import Uurwerk
from app.signalen.service.escaleren import escalate_due
from app.signalen.service.gesloten import see_to_closed
from app.signalen.status import Termijnsoort
from app.signalen.tables import Signaal, Signaaltermijn
from tests.support.municipality import BUUR, STAD
from tests.support.service import Service
from tests.support.signaalstappen import TRIAGE, Walk
from tests.support.signalen import Field

COLLEGA = {"gaatOver": "collega"}


def submit(service: Service, sub: str = "toezichthouder", **data: object) -> str:
    answer = service.as_(sub).post("/signalen", json={"id": str(new_id()), **COLLEGA, "gemeentecode": STAD, **data})
    assert answer.status_code == 201, answer.text
    assert answer.json()["piket"] == [], "who is on call may be whom it is about"
    return str(answer.json()["id"])


def sees(service: Service, sub: str, signaal_id: str) -> tuple[int, bool]:
    one: httpx.Response = service.as_(sub).get(f"/signalen/{signaal_id}")
    listed = service.as_(sub).get("/signalen")
    return one.status_code, signaal_id in listed.text


def told(runtime: Runtime, signaal_id: str) -> set[UUID | None]:
    with runtime.system_unit("test", write=False) as uow:
        rows = uow.session.exec(select(Bericht).where(Bericht.verwijzing == UUID(signaal_id))).all()
        return {row.account_id for row in rows} - {None}


def tasks(runtime: Runtime) -> set[str]:
    with runtime.system_unit("test", write=False) as uow:
        return {row.soort for row in uow.session.exec(select(Taak)) if row.status == "open"}


def end_account(runtime: Runtime, *ids: UUID) -> None:
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011 - any day before today
    with runtime.system_unit("test") as uow:
        uow.session.exec(update(Account).where(col(Account.id).in_(ids)).values(actief_tot=yesterday))


@pytest.mark.requirement("RTE-26")
def test_m44_the_af_of_the_own_domain_neither_sees_nor_counts_it(
    service: Service, field: Field, runtime: Runtime
) -> None:
    signal = submit(service)
    assert sees(service, "af-zorg", signal) == (200, True)
    assert told(runtime, signal) == {field.accounts["af-zorg"]}
    year = date.today().year  # noqa: DTZ011 - the year of the figures
    figures = {
        sub: service.as_(sub).get(f"/rapportages/monitor/signalen?jaar={year}").json()
        for sub in ("af", "af-zorg", "bestuur", "ketenregisseur")
    }
    assert {sub: one["nieuw"] for sub, one in figures.items()} == {
        "af": 0,
        "af-zorg": 1,
        "bestuur": 0,
        "ketenregisseur": 0,
    }
    for sub in ("af", "teamleider", "buur-af"):
        assert sees(service, sub, signal) == (404, False), sub
        for path in ("gebeurtenissen", "termijnen", "voorstel", "verrijking"):
            assert service.as_(sub).get(f"/signalen/{signal}/{path}").status_code in {403, 404}, (sub, path)
    for sub in ("af", "teamleider", "beheerder", "planner", "ketenregisseur", "bestuur", "buur-af"):
        for path in ("/taken", "/berichten", "/overdrachten", "/regiosignalen", "/vierogenverzoeken"):
            assert signal not in service.as_(sub).get(path).text, (sub, path)
    audit = service.as_("beheerder").get("/auditregels").json()["resultaten"]
    shown = [row for row in audit if row["objectId"] == signal]
    assert {row["uitkomst"] for row in shown} <= {"geweigerd"}, "whoever tried in vain is seen, and nobody else"
    assert "signaal-ontvangen" not in tasks(runtime), "a task is for a whole role"
    assert signal in service.as_("toezichthouder").get("/eigen-signalen").text
    assert service.as_("af").post(f"/signalen/{signal}/_inzien", json={"reden": "Nieuwsgierig."}).status_code == 404


def test_reading_and_steps_leave_no_audit_row_that_the_municipality_reads(
    service: Service, field: Field, runtime: Runtime
) -> None:
    signal = submit(service)
    etag = service.as_("af-zorg").get(f"/signalen/{signal}").headers["ETag"]
    url = f"/signalen/{signal}/_ontvangen"
    assert service.as_("af-zorg").post(url, headers={"If-Match": etag}).status_code == 200
    for path in ("gebeurtenissen", "termijnen", "voorstel", "terugkoppelingen", "maatregelen"):
        assert service.as_("af-zorg").get(f"/signalen/{signal}/{path}").status_code == 200, path
    for step, body in (
        ("ontvangen", None),
        ("heropenen", {"nieuwFeit": "Er is een tweede melding."}),
        ("vtklasse", {"klasse": "geen-mensenhandel", "datum": "2020-01-01"}),
    ):
        now = service.as_("af-zorg").get(f"/signalen/{signal}").headers["ETag"]
        refused = service.as_("af-zorg").post(f"/signalen/{signal}/_{step}", json=body, headers={"If-Match": now})
        assert refused.status_code == 409, refused.text  # a refusal tells as much as a step
    shown = service.as_("beheerder").get("/auditregels").json()["resultaten"]
    assert str(field.accounts["toezichthouder"]) not in {row["actor"] for row in shown}
    assert signal not in str(shown)
    with runtime.system_unit("test", write=False) as uow:
        kept = uow.session.exec(select(Auditregel).where(Auditregel.object_id == signal)).all()
    assert {row.gemeentecode for row in kept} == {"besloten"}
    assert {"signalen_opvoeren", "signalen_ontvangen", "signalen_lezen", "signalen_heropenen"} <= {
        row.actie for row in kept
    }


@pytest.mark.usefixtures("field")
def test_the_domain_and_team_that_are_named_are_kept_out_also_who_joins_later(
    service: Service, runtime: Runtime
) -> None:
    signal = submit(service, betrokkenDomein="zorg")
    with runtime.system_unit("test") as uow:
        account = Account(
            id=new_id(), sub="af-nieuw", gemeentecode=STAD, functie="Af 3", rollen=[str(Rol.AF)], domein="zorg",
            actief_vanaf=date(2020, 1, 1),
        )  # fmt: skip
        uow.session.add(account)
    assert sees(service, "af", signal) == (200, True)
    assert sees(service, "af-zorg", signal) == (404, False)
    assert sees(service, "af-nieuw", signal) == (404, False)
    assert (
        service.as_("toezichthouder")
        .post(
            "/signalen", json={"id": str(new_id()), **COLLEGA, "gemeentecode": STAD, "betrokkenTeamId": str(new_id())}
        )
        .status_code
        == 400
    )
    own = submit(service, "af", gemeentecode=STAD)  # an AF of the domain itself: the other domain gets it
    assert sees(service, "af", own) == (404, False)
    assert sees(service, "af-zorg", own) == (200, True)


def test_without_another_domain_a_neighbour_has_it_and_the_second_person_is_no_one_it_is_about(
    service: Service, field: Field, runtime: Runtime
) -> None:
    end_account(runtime, field.accounts["af-zorg"])
    signal = submit(service, objectId=str(field.objects["HOR"]), gemeentecode=STAD)
    assert told(runtime, signal) == {field.accounts["buur-af"]}
    assert sees(service, "af", signal) == (404, False)
    read = service.as_("buur-af").get(f"/signalen/{signal}").json()
    assert read["inhoud"]["object"]["adres"].startswith("Voorbeeldstraat")
    assert service.as_("buur-af").get("/signalen").json()["resultaten"][0]["inhoud"]["object"] is not None
    walk = Walk.__new__(Walk)
    walk.service, walk.id = service, signal
    for name, body in (
        ("ontvangen", {}),
        ("trieren", TRIAGE),
        ("sluiten", walk.closing(zcReden="Geen mogelijk slachtoffer.")),
    ):
        etag = service.as_("buur-af").get(f"/signalen/{signal}").headers["ETag"]
        answer = walk.step(name, body, sub="buur-af", etag=etag)
        assert answer.status_code in {200, 202}, answer.text
    assert answer.status_code == 202
    assert service.as_("af").get("/vierogenverzoeken").json()["resultaten"] == []
    assert walk.decide(answer.json()["verzoek"], sub="af").status_code == 404


@pytest.mark.requirement("RTE-26")
def test_with_nobody_it_is_shown_that_somebody_must_be_appointed_and_tried_again(
    service: Service, field: Field, runtime: Runtime
) -> None:
    end_account(runtime, field.accounts["af-zorg"], field.accounts["buur-af"])
    signal = submit(service, tekst="Een collega belt vooraf naar het bedrijf.")
    for sub in ("ketenregisseur", "beheerder"):
        shown = service.as_(sub).get("/taken")
        assert [row["soort"] for row in shown.json()["resultaten"]] == [f"gesloten-route-geen-af-{sub}"]
        assert signal not in shown.text
        assert "collega" not in shown.text
    with runtime.system_unit("test") as uow:
        assert see_to_closed(uow) == 0
        back = uow.session.get(Account, field.accounts["buur-af"])
        assert back is not None
        back.actief_tot = None
    with runtime.system_unit("test") as uow:
        assert see_to_closed(uow) == 1
    with runtime.system_unit("test") as uow:
        assert see_to_closed(uow) == 0
    assert told(runtime, signal) == {field.accounts["buur-af"]}
    assert not any(soort.startswith("gesloten-route") for soort in tasks(runtime))
    assert sees(service, "buur-af", signal) == (200, True)


def test_silence_goes_to_a_neighbour_and_never_to_whom_it_is_about(
    service: Service, field: Field, runtime: Runtime
) -> None:
    signal = submit(service, urgentie="spoed")
    for _ in range(3):
        with runtime.system_unit("test") as uow:
            kinds = (Termijnsoort.PIKET, Termijnsoort.BEVESTIGEN)
            rows = select(Signaaltermijn).where(col(Signaaltermijn.soort).in_(kinds))
            for term in uow.session.exec(rows):
                term.volgende_op = None if term.volgende_op is None else uow.now
        escalate_due(runtime.system_unit, Uurwerk())
    assert told(runtime, signal) == {field.accounts["af-zorg"], field.accounts["buur-af"]}
    assert "geen-piketdienst" not in tasks(runtime)
    assert {"gesloten-route-wacht-ketenregisseur", "gesloten-route-wacht-beheerder"} <= tasks(runtime)
    assert service.as_("teamleider").get("/taken").json()["resultaten"] == []
    with runtime.system_unit("test", write=False) as uow:
        row = uow.session.get(Signaal, UUID(signal))
        assert row is not None
        assert row.waarnemer == field.accounts["buur-af"]


def test_a_transfer_and_a_merge_stay_on_the_closed_route(service: Service, field: Field, runtime: Runtime) -> None:
    place = {"objectId": str(field.objects["HOR"])}
    signal, same, ordinary = submit(service, **place), submit(service, **place), Walk(service, field.objects["HOR"])

    def step(name: str, body: dict[str, str]) -> httpx.Response:
        client = service.as_("af-zorg")
        headers = {"If-Match": client.get(f"/signalen/{signal}").headers["ETag"]}
        return client.post(f"/signalen/{signal}/_{name}", json=body, headers=headers)

    assert step("overdragen", {"gemeentecode": BUUR}).status_code == 200
    with runtime.system_unit("test", write=False) as uow:
        there = uow.session.exec(select(Signaal).where(Signaal.komt_van_id == UUID(signal))).one()
    assert (there.gesloten_route, there.gaat_over) == (True, "collega")
    assert sees(service, "buur-af", str(there.id)) == (200, True)
    assert told(runtime, str(there.id)) == {field.accounts["buur-af"]}
    assert step("samenvoegen", {"leidendId": ordinary.id}).status_code == 409, (
        "the ordinary one is read by whom it is about"
    )
    assert step("samenvoegen", {"leidendId": same}).status_code == 200
    assert sees(service, "af", same) == (404, False)


@pytest.mark.requirement("RTE-26")
def test_what_turns_out_later_to_be_about_a_colleague_goes_the_closed_way_from_then_on(
    service: Service, field: Field, runtime: Runtime
) -> None:
    """The AF of the own domain who works on it loses it by his own step; so do the meeting, the desk and the tasks of roles."""
    signal = str(new_id())
    body = {"id": signal, "adres": {"postcode": "9999ZX", "huisnummer": 31}}
    assert service.as_("balie").post("/signalen", json=body).status_code == 201
    assert len(service.as_("balie").get("/adresonderzoeken").json()["resultaten"]) == 1
    af = service.as_("af")
    etag = {"If-Match": af.get(f"/signalen/{signal}").headers["ETag"]}
    step = {"gaatOver": "collega", "toelichting": "Uit het gesprek bleek om welk team het gaat."}
    assert service.as_("teamleider").post(f"/signalen/{signal}/_afschermen", json=step, headers=etag).status_code == 403
    answer = af.post(f"/signalen/{signal}/_afschermen", json=step, headers=etag)
    assert (answer.status_code, answer.json()["gedaan"]) == (200, True), answer.text
    for sub in ("af", "teamleider", "buur-af"):
        assert sees(service, sub, signal) == (404, False), sub
        assert signal not in service.as_(sub).get("/taken").text
    assert sees(service, "af-zorg", signal) == (200, True)
    assert told(runtime, signal) >= {field.accounts["af-zorg"]}
    assert tasks(runtime) & {"signaal-ontvangen", "adresonderzoek"} == set()
    assert service.as_("balie").get("/adresonderzoeken").json()["resultaten"] == []
    events = service.as_("af-zorg").get(f"/signalen/{signal}/gebeurtenissen").json()["resultaten"]
    assert (events[-1]["actie"], events[-1]["toelichting"]) == ("naar-de-gesloten-route", step["toelichting"])
    again = service.as_("af-zorg").get(f"/signalen/{signal}").headers["ETag"]
    refused = service.as_("af-zorg").post(f"/signalen/{signal}/_afschermen", json=step, headers={"If-Match": again})
    assert refused.status_code == 409
    with runtime.system_unit("test") as uow:
        for term in uow.session.exec(select(Signaaltermijn).where(Signaaltermijn.signaal_id == UUID(signal))):
            term.voor = term.vanaf = uow.now - timedelta(days=9)
            term.volgende_op = uow.now - timedelta(days=9)
    escalate_due(runtime.system_unit, Uurwerk())
    assert signal not in service.as_("teamleider").get("/taken").text + service.as_("af").get("/taken").text
