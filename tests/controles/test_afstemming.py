"""Alignment with police and OM: what was not agreed does not go out, and nobody can tell a hold from a planner's choice (PLN-01)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.controles.rules.afstemming import ALTIJD, Antwoord, agreed_until, shown
from app.controles.service.vrijgave import after_moving
from app.controles.status import Aanleiding, Afstemantwoord, Afstemmer, Afstemstand, Controlestatus
from app.controles.tables import Actie, Controle
from app.core.identifiers import new_id
from app.gemeenten.tables import Norm
from tests.controles.conftest import LONG_AGO, Field, Tablet, today
from tests.support.municipality import STAD
from tests.support.service import Service

MORGEN = today() + timedelta(days=1)


def said(wie: Afstemmer, antwoord: str, day: int) -> Antwoord:
    return Antwoord(wie, Afstemantwoord(antwoord), datetime(2026, 3, day, 9, tzinfo=UTC), "x")


def test_an_agreement_needs_both_and_has_an_age() -> None:
    politie, om = said(Afstemmer.POLITIE, "akkoord", 2), said(Afstemmer.OM, "akkoord", 5)
    assert agreed_until([politie], 28) is None
    assert agreed_until([politie, om], 28) == date(2026, 3, 30)  # the oldest agreement counts
    assert agreed_until([politie, om], None) == ALTIJD
    assert agreed_until([politie, om, said(Afstemmer.OM, "wachten", 6)], 28) is None
    assert agreed_until([politie, said(Afstemmer.OM, "wachten", 4), om], 28) == date(2026, 3, 30)
    assert agreed_until([politie, om, said(Afstemmer.PLANNER, "wachten", 7)], 28) is None
    assert shown(date(2026, 3, 30), date(2026, 3, 30)) is Afstemstand.AKKOORD
    assert shown(date(2026, 3, 30), date(2026, 3, 31)) is Afstemstand.PLANNER
    assert shown(None, date(2026, 3, 1)) is Afstemstand.PLANNER


def plan(service: Service, veld: Field, key: str = "WON", **more: object) -> str:
    """A control planned by hand for tomorrow; answers its id."""
    body = {"id": str(new_id()), "objectId": str(veld.objecten[key]), "datum": MORGEN.isoformat(), **more}
    body["teamId"] = str(veld.municipality.teams["toezicht"])
    answer = service.as_("planner").post("/controles", json=body)
    assert answer.status_code == 201, answer.text
    return str(body["id"])


def answer(service: Service, wie: str, antwoord: str) -> dict[str, Any]:
    """The service answers its one question."""
    client = service.as_(wie)
    [vraag] = client.get("/afstemvragen").json()["resultaten"]
    done = client.post(f"/afstemvragen/{vraag['id']}/_beantwoorden", json={"antwoord": antwoord})
    assert done.status_code == 200, done.text
    read: dict[str, Any] = done.json()
    return read


def seen_by_planner(service: Service, controle: str) -> tuple[Any, ...]:
    """All that a planner sees of the visit and the question, without what moves by itself."""
    client = service.as_("planner")
    [row] = client.get("/afstemmingen").json()["resultaten"]
    control = client.get(f"/controles/{controle}")
    return row, control.json(), control.headers["ETag"], client.get("/taken").json()


@pytest.mark.requirement("PLN-01")
def test_a_hold_looks_like_the_planner_to_everybody_else(veld: Field, service: Service) -> None:
    controle = plan(service, veld)
    fresh = seen_by_planner(service, controle)
    assert fresh[0]["stand"] == "planner"
    vraag = answer(service, "politie", "wachten")
    assert set(vraag) == {"id", "adres", "van", "tot", "antwoord"}  # address and period, nothing of why
    assert answer(service, "om", "akkoord")["antwoord"] == "akkoord"
    assert seen_by_planner(service, controle) == fresh
    lead = service.as_("hoofdplanner")
    refused = lead.post(f"/controles/{controle}/_vrijgeven")
    assert (refused.status_code, "planner" in refused.json()["detail"]) == (409, True)

    held_by_police = (refused.json()["detail"], seen_by_planner(service, controle))
    answer(service, "politie", "akkoord")
    assert seen_by_planner(service, controle)[0]["stand"] == "akkoord"
    own = f"/afstemmingen/{vraag['id']}/_vastleggen"
    assert service.as_("planner").post(own, json={"antwoord": "wachten"}).json()["stand"] == "planner"
    refused = lead.post(f"/controles/{controle}/_vrijgeven")
    assert (refused.json()["detail"], seen_by_planner(service, controle)) == held_by_police

    cause = f"/afstemmingen/{vraag['id']}/oorzaak"
    for rol in ("planner", "teamleider", "toezichthouder", "beheerder", "politie", "bestuur"):
        assert service.as_(rol).get(cause).status_code == 403
    told = [(one["wie"], one["antwoord"]) for one in service.as_("af").get(cause).json()]
    assert told[0] == ("politie", "wachten")
    assert told[-1] == ("planner", "wachten")
    rows = service.as_("beheerder").get("/auditregels").json()["resultaten"]
    assert ("afstemmingen_oorzaak", "toegestaan", vraag["id"]) in [
        (row["actie"], row["uitkomst"], row["objectId"]) for row in rows
    ]
    assert "wachten" not in str(rows)
    assert service.as_("planner").post(own, json={"wie": "politie", "antwoord": "akkoord"}).status_code == 403
    assert lead.post(own, json={"wie": "planner", "antwoord": "akkoord"}).json()["stand"] == "akkoord"
    assert lead.post(f"/controles/{controle}/_vrijgeven").json()["status"] == "vrijgegeven"


def test_a_hold_takes_a_release_back_whoever_sets_it(veld: Field, service: Service) -> None:
    controle = plan(service, veld)
    lead = service.as_("hoofdplanner")
    for wie in ("politie", "om"):
        vraag = answer(service, wie, "akkoord")
    states = []
    for hold, loose in (("politie", "akkoord"), ("planner", "akkoord")):
        assert lead.post(f"/controles/{controle}/_vrijgeven").json()["status"] == "vrijgegeven"
        if hold == "politie":
            answer(service, hold, "wachten")
        else:
            lead.post(f"/afstemmingen/{vraag['id']}/_vastleggen", json={"antwoord": "wachten"})
        states.append({**service.as_("planner").get(f"/controles/{controle}").json(), "versie": 0})
        lead.post(f"/afstemmingen/{vraag['id']}/_vastleggen", json={"wie": hold, "antwoord": loose})
    assert states[0] == states[1]
    assert states[0]["status"] == "gepland"


@pytest.mark.requirement("PLN-01")
def test_an_unreleased_action_cannot_start_but_acute_and_regular_can(
    veld: Field, service: Service, tablet: Tablet
) -> None:
    with veld.runtime.system_unit("test") as uow:
        actie = Actie(gemeentecode=STAD, datum=today())
        uow.session.add(actie)
        uow.session.flush()
        actie_id = actie.id
    action = veld.plan("HOR", release=False, actie_id=actie_id, aanleiding=Aanleiding.INTEGRALE_ACTIE)
    regular = veld.plan("SEKS", release=False)
    client = service.as_("toezichthouder")
    refused = client.post(f"/controles/{action}/_starten")
    assert (refused.status_code, "planner" in refused.json()["detail"]) == (409, True)
    assert client.post(f"/controles/{regular}/_starten").json()["status"] == "bezig"
    tablet.send(tablet.event("controle-gestart", action))
    assert tablet.send(tablet.event("acuut", action))[0]["controle"]["status"] == "bezig"


def test_a_dwelling_control_made_in_the_field_is_kept_and_goes_on_after_release(
    veld: Field, service: Service, tablet: Tablet
) -> None:
    controle = new_id()
    made = tablet.event("controle-aangemaakt", controle, {"objectId": str(veld.objecten["WON"])})
    results = tablet.send(made, *tablet.whole(controle, {"BEV-02": "ja"}))
    assert [one["status"] for one in results] == ["verwerkt", "verwerkt-met-fouten", "verwerkt", "verwerkt-met-fouten"]
    assert "planner" in results[1]["oordelen"][0]["reden"]
    lead = service.as_("hoofdplanner")
    assert lead.post(f"/controles/{controle}/_vrijgeven").status_code == 409
    for wie in ("politie", "om"):
        answer(service, wie, "akkoord")
    done = lead.post(f"/controles/{controle}/_vrijgeven").json()
    assert (done["status"], done["gestartOp"] < done["afgerondOp"]) == ("afgerond", True)


def test_without_a_standing_agreement_regular_controls_wait_as_well(veld: Field, service: Service) -> None:
    with veld.runtime.system_unit("test") as uow:
        for sleutel in ("AFSTEMMING_SEKS_APART", "AFSTEMMING_GELDIG_DAGEN"):
            uow.session.add(
                Norm(gemeentecode=STAD, sleutel=sleutel, waarde=1, eenheid="", geldig_vanaf=LONG_AGO, bron="t")
            )
    regular = veld.plan("SEKS", release=False)
    assert service.as_("toezichthouder").post(f"/controles/{regular}/_starten").status_code == 409
    plan(service, veld, "SEKS")
    for wie in ("politie", "om"):
        answer(service, wie, "akkoord")
    [row] = service.as_("planner").get("/afstemmingen").json()["resultaten"]
    assert row["stand"] == "akkoord"  # holds one day: until tomorrow


def test_another_date_is_another_question(veld: Field, service: Service) -> None:
    controle = plan(service, veld, "BEDR", aanleiding="risicoadres")
    for wie in ("politie", "om"):
        answer(service, wie, "akkoord")
    assert service.as_("hoofdplanner").post(f"/controles/{controle}/_vrijgeven").json()["status"] == "vrijgegeven"
    with veld.runtime.system_unit("test") as uow:
        row = uow.session.get_one(Controle, UUID(controle))
        row.datum = MORGEN + timedelta(days=7)
        uow.session.flush()
        assert after_moving(uow, [row.id]) == [row.id]
        assert row.status is Controlestatus.GEPLAND
    rows = service.as_("planner").get("/afstemmingen").json()["resultaten"]
    assert [one["stand"] for one in rows] == ["akkoord", "planner"]


def test_police_and_om_see_their_questions_and_nothing_else(veld: Field, service: Service) -> None:
    plan(service, veld)
    politie = service.as_("politie")
    for path in ("/controles", "/objecten", "/signalen", "/planrondes", "/teams", "/normen", "/afstemmingen"):
        assert politie.get(path).status_code == 403, path
    [vraag] = politie.get("/afstemvragen").json()["resultaten"]
    assert vraag["van"] == vraag["tot"] == MORGEN.isoformat()
    account = {
        "gemeentecode": STAD,
        "sub": "gemengd",
        "functie": "Afstemmer 2",
        "rollen": ["afstemmer-om", "planner"],
        "actiefVanaf": today().isoformat(),
    }
    assert service.as_("beheerder").post("/accounts", json=account).status_code == 400
