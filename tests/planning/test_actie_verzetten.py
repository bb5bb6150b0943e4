"""A whole integral action of the released plan gets another date in one step, by the rules of any other action (CAD-04, CAD-05, PLN-01)."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlmodel import select

from app.controles.service.briefing import set_moments
from app.controles.tables import Actie
from app.core.runtime import Runtime
from app.core.tables import Auditregel
from app.gemeenten.status import Partnersoort
from app.gemeenten.tables import Partner
from app.objecten.status import Objecttype
from app.objecten.tables import Object
from app.planning.schemas.planrondes import PlanrondeParameters
from app.planning.status import Planrondestatus
from app.planning.tables import Planronde, Planrondegebeurtenis
from tests.planning.kalender import VANDAAG
from tests.planning.stad import Stad
from tests.planning.test_planrondes import VAN, agree_all, all_of, decide
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service

PARAMETERS = PlanrondeParameters(teams=[], aandeel_willekeurig=None, acties=None, vast_uit=None, rekentijd=1.0)
LATER = VAN + timedelta(days=20)


@pytest.fixture
def standing(runtime: Runtime, municipality: Municipality) -> str:
    """An action on the first day that was released with five businesses; shifts and the police again on a later day."""
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        places, partner = [stad.place(Objecttype.BEDR) for _ in range(5)], stad.partner()
        for day in (VAN, LATER):
            stad.shifts(municipality.teams["toezicht"], day, 1)
            stad.partner_days(partner, day, 1)
        stad.shifts(municipality.teams["pandbrigade"], LATER + timedelta(days=1), 1)
        stad.partner_days(partner, LATER + timedelta(days=1), 1)
        actie = uow.session.get_one(Actie, stad.action(VAN, [], partner))
        ronde = Planronde(
            gemeentecode=STAD,
            naam="Najaar",
            van=VAN,
            tot=VAN,
            status=Planrondestatus.VRIJGEGEVEN,
            parameters=PARAMETERS.model_dump(mode="json", by_alias=True),
            seed=1,
            vrijgegeven_tot=VAN,
            gemaakt_op=uow.now,
            gemaakt_door=uow.caller.account_id,
        )
        uow.session.add(ronde)
        uow.session.flush()
        actie.gebied, actie.aanvang, actie.planronde_id = "WK990101", 17 * 60, ronde.id
        set_moments(uow, [actie])
        for number, place in enumerate(places):
            facts = {
                "actie_id": actie.id,
                "integraal": True,
                "team_id": municipality.teams["toezicht"],
                "duur": 60,
                "planronde_id": ronde.id,
            }
            stad.control(place, VAN, status="vrijgegeven", aanvang=1020 + 60 * number, binnen=False, **facts)
        return str(actie.id)


def move(service: Service, actie: str, datum: date, etag: str | None = None, **more: object) -> httpx.Response:
    planner = service.as_("planner")
    seen = etag or planner.get(f"/acties/{actie}").headers["ETag"]
    body = {"datum": datum.isoformat(), **more}
    return planner.post(f"/acties/{actie}/_verzetten", json=body, headers={"If-Match": seen})


def addresses(service: Service, actie: str) -> list[dict[str, Any]]:
    return [c for c in all_of(service.as_("planner"), "/controles") if c["actieId"] == actie]


@pytest.mark.requirement("CAD-04", "PLN-01", "PLN-17", "PLN-18", "ROL-08")
def test_all_addresses_and_partners_go_along_and_wait_for_an_agreement_with_the_new_day(
    runtime: Runtime, service: Service, standing: str
) -> None:
    made = service.as_("planner").get(f"/acties/{standing}").json()
    before = addresses(service, made["id"])
    assert {(c["datum"], c["status"]) for c in before} == {(VAN.isoformat(), "vrijgegeven")}
    old = service.as_("planner").get(f"/acties/{standing}").headers["ETag"]
    held = before[0][
        "objectId"
    ]  # refusing it would tell until when: it goes along and waits, like what nobody agreed with
    wish = {"objectId": held, "soort": "niet-plannen-tot", "tot": LATER.isoformat(), "reden": "verbouwing"}
    assert service.as_("planner").post("/planningswensen", json=wish).status_code == 201
    moved = move(service, made["id"], LATER, aanvang=19 * 60, toelichting="de politie vroeg een andere avond")
    assert moved.status_code == 200, moved.text
    found = moved.json()
    assert (found["datum"], found["diensten"], found["aanvang"]) == (
        LATER.isoformat(),
        ["gemeente toezicht", "politie-mensenhandel"],
        19 * 60,
    )
    assert found["adressenVanaf"] > made["adressenVanaf"]
    assert [g["code"] for g in found["gevolgen"]] == ["opnieuw-afstemmen"]
    after = addresses(service, made["id"])
    assert {c["id"] for c in after} == {c["id"] for c in before}
    assert {(c["datum"], c["status"], c["integraal"]) for c in after} == {(LATER.isoformat(), "gepland", True)}
    times = sorted((c["aanvang"], c["duur"]) for c in after)
    assert all(a + length <= b for (a, length), (b, _) in pairwise(times))
    assert move(service, made["id"], VAN, etag=old).status_code == 412
    assert (
        service.as_("planner").post(f"/acties/{standing}/_verzetten", json={"datum": VAN.isoformat()}).status_code
        == 428
    )
    agree_all(service)
    assert decide(service, made["planrondeId"], "_vrijgeven").status_code == 200
    waiting = {c["objectId"] for c in addresses(service, made["id"]) if c["status"] != "vrijgegeven"}
    assert waiting == {held}
    with runtime.system_unit("test", write=False) as uow:
        steps = uow.session.exec(
            select(Planrondegebeurtenis).where(Planrondegebeurtenis.actie == "integrale actie verzet")
        )
        (step,) = steps.all()
        assert step.toelichting == "de politie vroeg een andere avond"
        assert step.betreft is not None
        assert (step.betreft["van"], step.betreft["naar"]) == (VAN.isoformat(), LATER.isoformat())
        told = uow.session.exec(select(Auditregel.bijzonderheden).where(Auditregel.actie == "verzetten")).all()
        assert told == [f"van {VAN} naar {LATER}"]


@pytest.mark.requirement("CAD-04", "CAD-05", "REG-17", "PLN-16")
def test_what_cannot_be_is_refused_with_every_reason_and_nothing_moves(
    runtime: Runtime, service: Service, standing: str, municipality: Municipality
) -> None:
    def reasons(datum: date, **more: object) -> str:
        answer = move(service, standing, datum, None, **more)
        assert answer.status_code == 409, answer.text
        return " | ".join(f"{fault['veld']}: {fault['melding']}" for fault in answer.json()["fouten"])

    nobody = reasons(VAN + timedelta(days=10))
    assert "niet beschikbaar op" in nobody
    assert f"{LATER:%d-%m-%Y}" in nobody
    assert "niet genoeg vrije diensten" in nobody
    assert "ligt in het verleden" in reasons(VANDAAG - timedelta(days=1))
    assert "niet aangewezen voor dit soort object" in reasons(
        LATER + timedelta(days=1)
    )  # the brigade controls dwellings
    assert "niet genoeg vrije diensten" in reasons(LATER, teamIds=[str(municipality.teams["pandbrigade"])])
    assert "niet alle adressen passen" in reasons(LATER, aanvang=23 * 60)
    own = addresses(service, standing)
    with runtime.system_unit("test") as uow:
        stad = Stad(uow, 90)
        shut, held, seen = (uow.session.get_one(Object, UUID(c["objectId"])) for c in own[:3])
        shut.openingstijden = {str(day): [[60, 120]] for day in range(1, 8)}
        held.seizoenen = [[f"{VAN:%m-%d}", f"{VAN + timedelta(days=3):%m-%d}"]]
        stad.control(seen.id, LATER - timedelta(days=3), status="gepland", binnen=False)
        names = shut.naam, held.naam, seen.naam
    text = reasons(LATER)
    assert f"{names[0]}: valt buiten de openingstijden" in text
    assert f"{names[1]}: is dan buiten het seizoen" in text
    assert f"{names[2]}: ligt minder dan 14 dagen van een ander bezoek" in text
    assert {c["datum"] for c in addresses(service, standing)} == {VAN.isoformat()}
    assert (
        service.as_("toezichthouder")
        .post(f"/acties/{standing}/_verzetten", json={"datum": LATER.isoformat()})
        .status_code
        == 403
    )
    assert (
        service.as_("buur-planner")
        .post(f"/acties/{standing}/_verzetten", json={"datum": LATER.isoformat()}, headers={"If-Match": '"1"'})
        .status_code
        == 404
    )


@pytest.mark.requirement("CAD-04")
def test_another_action_too_near_and_a_visit_that_began_keep_it_where_it_is(
    runtime: Runtime, service: Service, standing: str
) -> None:
    other = LATER + timedelta(days=28)
    made = service.as_("planner").post("/acties", json={"datum": (other + timedelta(days=8)).isoformat()}).json()
    near = move(service, made["id"], VAN + timedelta(days=27))
    assert near.status_code == 409
    assert f"28 dagen van een andere integrale actie, op {VAN:%d-%m-%Y}" in near.text
    assert (
        move(service, made["id"], VAN + timedelta(days=28)).status_code == 200
    )  # one without addresses takes no shift
    with runtime.system_unit("test") as uow:
        row = uow.session.get_one(Actie, UUID(standing))
        stad = Stad(uow, 95)
        stad.control(stad.place(Objecttype.LOG), VAN, actie_id=row.id, status="bezig")
    begun = move(service, standing, LATER)
    assert begun.status_code == 409
    assert "1 adres al begonnen" in begun.text


@pytest.mark.requirement("REG-16", "CAD-05")
def test_a_partner_that_ended_is_told_and_another_one_comes_in_its_place_on_the_same_day(
    runtime: Runtime, service: Service, standing: str
) -> None:
    with runtime.system_unit("test") as uow:
        stad, ended = Stad(uow, 90), uow.session.exec(select(Partner).where(Partner.gemeentecode == STAD)).all()
        for one in ended:
            one.geldig_tot = VANDAAG
        other = stad.partner(Partnersoort.BELASTINGDIENST)
        stad.partner_days(other, VAN, 1)
    planner, (first, *_) = service.as_("planner"), addresses(service, standing)
    (told,) = [t for t in planner.get(f"/controles/{first['id']}/waarschuwingen").json() if "geen partner meer" in t]
    assert told.startswith("partner is op die dag geen partner meer")
    assert "in deze periode is er geen dag die dat wel kan" in move(service, standing, VAN).text
    moved = move(service, standing, VAN, partnerIds=[str(other)])
    assert moved.status_code == 200, moved.text
    assert moved.json()["diensten"] == ["belastingdienst", "gemeente toezicht"]
    assert moved.json()["gevolgen"] == []
    assert {c["status"] for c in addresses(service, standing)} == {"vrijgegeven"}  # the day that was agreed with stands
    assert "geen partner meer" not in planner.get(f"/controles/{first['id']}/waarschuwingen").text
