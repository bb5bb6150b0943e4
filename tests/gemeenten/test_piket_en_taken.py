"""The on-call roster, the step into use, and tasks."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from app.core.clock import business_date, utc_now
from app.core.runtime import Runtime
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.service import taken
from app.gemeenten.service.piket import current_piket
from app.gemeenten.status import Taakstatus
from app.gemeenten.tables import Bericht, Gemeente, Norm, Piketdienst
from tests.objecten.stock import set_norm
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service

NOW = datetime.now(UTC)


def _shift(account: UUID, start: datetime, **changes: object) -> dict[str, object]:
    return {
        "gemeentecode": STAD,
        "accountId": str(account),
        "nummer": "0800 0000",
        "van": start.isoformat(),
        "tot": (start + timedelta(hours=12)).isoformat(),
        **changes,
    }


def _change(runtime: Runtime, path: str, **values: object) -> None:
    with runtime.system_unit("test") as uow:
        nr = UUID(path.rpartition("/")[2])
        uow.session.exec(update(Piketdienst).where(col(Piketdienst.id) == nr).values(**values))


@pytest.mark.requirement("ROL-24")
def test_no_municipality_goes_live_without_a_tested_number(
    service: Service, runtime: Runtime, municipality: Municipality
) -> None:
    with runtime.system_unit("test") as uow:
        stad = uow.session.get(Gemeente, STAD)
        assert stad is not None
        stad.in_gebruik = False
    manager = service.as_("beheerder")
    go = f"/gemeenten/{STAD}/_ingebruiknemen"
    assert manager.post(go).status_code == 409
    planner = municipality.accounts["planner"]
    assert manager.post("/piketdiensten", json=_shift(planner, NOW)).status_code == 400
    shift = manager.post("/piketdiensten", json=_shift(municipality.accounts["af"], NOW))
    assert shift.json()["getestOp"] is None
    assert manager.post(go).status_code == 409
    path = shift.headers["location"].removeprefix("/v1")
    assert service.as_("af").post(f"{path}/_testen").json()["getestOp"] is not None
    assert manager.post(go).status_code == 409, "a stand-in is needed too"
    later = _shift(municipality.accounts["af-zorg"], NOW + timedelta(days=3), rang=2)
    manager.post("/piketdiensten", json=later)
    assert manager.post(go).status_code == 409, "a stand-in of another day does not answer now"
    second = _shift(municipality.accounts["af-zorg"], NOW, rang=2, nummer="0800 1111")
    stand_in = manager.post("/piketdiensten", json=second).headers["location"].removeprefix("/v1")
    assert manager.post(go).status_code == 409, "the number of the stand-in was not tested"
    assert service.as_("af-zorg").post(f"{stand_in}/_testen").json()["testNodig"] is False
    _change(runtime, stand_in, account_id=municipality.accounts["af"])
    assert manager.post(go).status_code == 409, "nobody stands in for himself"
    _change(runtime, stand_in, account_id=municipality.accounts["af-zorg"], getest_op=NOW - timedelta(days=91))
    with runtime.system_unit("test") as uow:
        set_norm(uow, "PIKET_TEST_DAGEN", 90)
    assert manager.post(go).status_code == 409, "a test does not hold for ever"
    assert service.as_("af-zorg").post(f"{stand_in}/_testen").status_code == 200
    assert manager.post(go).json()["inGebruik"] is True
    assert manager.post(go).status_code == 200


def test_a_test_alarm_is_a_real_message_that_must_be_answered(
    service: Service, runtime: Runtime, municipality: Municipality
) -> None:
    with runtime.system_unit("test") as uow:
        uow.session.add(
            Norm(sleutel="AF_PIKET_ANTWOORD_MIN", waarde=15, eenheid="minuten", geldig_vanaf=date(2020, 1, 1), bron="t")
        )
    manager = service.as_("beheerder")
    shift = manager.post("/piketdiensten", json=_shift(municipality.accounts["af"], NOW - timedelta(hours=1)))
    path = shift.headers["location"].removeprefix("/v1")
    assert (shift.json()["testNodig"], shift.json()["testalarmTot"]) == (True, None)
    assert service.as_("af").post(f"{path}/_beantwoorden").status_code == 409
    assert service.as_("af").post(f"{path}/_testalarm").status_code == 403
    sent = manager.post(f"{path}/_testalarm").json()
    assert sent["testNodig"] is True
    assert sent["testalarmTot"] is not None
    waiting = manager.get("/berichten", params={"status": "wacht"}).json()["resultaten"]
    assert {row["kanaal"] for row in waiting} == {"sms", "webpush"}
    assert service.as_("af-zorg").post(f"{path}/_beantwoorden").status_code == 409, "only who has the shift"
    answered = service.as_("af").post(f"{path}/_beantwoorden").json()
    assert (answered["testNodig"], answered["testalarmTot"]) == (False, None)
    manager.post(f"{path}/_testalarm")
    with runtime.system_unit("test") as uow:
        for bericht in uow.session.exec(select(Bericht)):
            bericht.gemaakt_op -= timedelta(minutes=16)
    assert service.as_("af").post(f"{path}/_beantwoorden").status_code == 409, "too late counts for nothing"


def test_who_is_on_call_and_who_stands_in(service: Service, runtime: Runtime, municipality: Municipality) -> None:
    manager = service.as_("beheerder")
    af, zorg = municipality.accounts["af"], municipality.accounts["af-zorg"]
    first = manager.post("/piketdiensten", json=_shift(af, NOW))
    manager.post(f"{first.headers['location'].removeprefix('/v1')}/_testen")
    clash = _shift(zorg, NOW + timedelta(hours=6))
    assert manager.post("/piketdiensten", json=clash).status_code == 409
    assert manager.post("/piketdiensten", json={**clash, "rang": 2}).status_code == 201
    following = manager.post("/piketdiensten", json=_shift(zorg, NOW + timedelta(hours=12)))
    assert following.json()["getestOp"] is not None
    untested = manager.post("/piketdiensten", json=_shift(af, NOW + timedelta(hours=24), nummer="0800 1111"))
    assert untested.json()["getestOp"] is None
    with runtime.system_unit("test", write=False) as uow:

        def on_call(hours: float, rang: int = 1) -> UUID | None:
            found = current_piket(uow, STAD, NOW + timedelta(hours=hours), rang)
            return None if found is None else found.account_id

        assert [on_call(1), on_call(12), on_call(13), on_call(37)] == [af, zorg, zorg, None]
        assert (on_call(1, 2), on_call(7, 2)) == (None, zorg)
    listed = manager.get("/piketdiensten", params={"limiet": 3})
    rest = manager.get(listed.headers["link"].split(">")[0][1:].removeprefix("/v1")).json()["resultaten"]
    assert [row["id"] for row in rest] == [untested.json()["id"]]


def _taak(onderwerp: UUID, **changes: object) -> TaakCreate:
    values: dict[str, object] = {
        "gemeentecode": STAD,
        "soort": "risicoadres-controleren",
        "omschrijving": "Controleer een risicoadres",
        "voor_rol": Rol.PLANNER,
        "onderwerp_soort": "risicoadres",
        "onderwerp_id": onderwerp,
        **changes,
    }
    return TaakCreate.model_validate(values)


def test_one_task_per_record_also_when_two_ask_at_once(runtime: Runtime, municipality: Municipality) -> None:  # noqa: ARG001 - the municipality must stand
    onderwerp = uuid4()
    made: list[UUID] = []

    def make() -> None:
        with runtime.system_unit("test") as uow:
            made.append(taken.add_taak(uow, _taak(onderwerp)).id)

    threads = [Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert len(set(made)) == 1


def test_tasks_by_date_for_the_own_role_and_team(
    service: Service, runtime: Runtime, municipality: Municipality
) -> None:
    today = business_date(utc_now())
    with runtime.system_unit("test") as uow:
        for offset in (None, 3, -1, 0):
            day = None if offset is None else today + timedelta(days=offset)
            taken.add_taak(uow, _taak(uuid4(), voor_datum=day))
        team = municipality.teams["toezicht"]
        for_team = taken.add_taak(uow, _taak(uuid4(), voor_rol=Rol.TOEZICHTHOUDER, team_id=team)).id
        elsewhere = municipality.teams["pandbrigade"]
        taken.add_taak(uow, _taak(uuid4(), voor_rol=Rol.TOEZICHTHOUDER, team_id=elsewhere))
    planner = service.as_("planner")
    rows: list[dict[str, object]] = []
    url = "/taken?limiet=2"
    while url:
        answer = planner.get(url)
        rows += answer.json()["resultaten"]
        url = answer.headers["link"].split(">")[0][1:].removeprefix("/v1") if "link" in answer.headers else ""
    assert [row["teLaat"] for row in rows] == [True, False, False, False]
    assert rows[-1]["voorDatum"] is None
    assert [row["id"] for row in service.as_("toezichthouder").get("/taken").json()["resultaten"]] == [str(for_team)]
    assert service.as_("buur-planner").get("/taken").json()["resultaten"] == []
    path = f"/taken/{rows[0]['id']}/_afronden"
    assert service.as_("buur-planner").post(path).status_code == 404
    assert service.as_("hoofdplanner").post(path).status_code == 404
    done = planner.post(path).json()
    assert (done["status"], done["teLaat"]) == ("gedaan", False)
    assert planner.post(path).json() == done
    assert len(planner.get("/taken").json()["resultaten"]) == 3


@pytest.mark.parametrize("status", [Taakstatus.GEDAAN, Taakstatus.VERVALLEN])
def test_a_closed_task_opens_only_on_request(runtime: Runtime, municipality: Municipality, status: Taakstatus) -> None:  # noqa: ARG001 - the municipality must stand
    data = _taak(uuid4(), voor_datum=date(2026, 3, 1))
    with runtime.system_unit("test") as uow:
        first = taken.add_taak(uow, data)
        taken.close_taak_of(uow, data.soort, data.onderwerp_id, status)
        assert taken.add_taak(uow, data).status is status
        again = taken.reopen_taak(uow, data.model_copy(update={"voor_datum": date(2026, 9, 1)}))
        assert (again.id, again.status, again.gedaan_op) == (first.id, Taakstatus.OPEN, None)
        assert again.voor_datum == date(2026, 9, 1)
