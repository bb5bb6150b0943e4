"""Risk addresses: refused when incomplete, dated control task at once, never doubled (REG-01, CAD-06)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from app.core.errors import InvalidInput
from app.core.runtime import Runtime
from app.gemeenten.status import Taakstatus
from app.gemeenten.tables import Taak
from app.objecten.schemas.objecten import AdresInput
from app.objecten.schemas.risicoadressen import RisicoadresActivering
from app.objecten.service import adressen, objecten, planbaar, risicoadressen
from app.objecten.status import Objecttype, Risicostatus
from geo.crs import Crs
from tests.objecten.stock import RD, address_body, make_object, on_day, set_norm, yesterday
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service

DAY = date(2026, 3, 1)


def _body(**changes: object) -> dict[str, Any]:
    in_view = yesterday()
    return {
        "gemeentecode": STAD,
        "adres": address_body(),
        "reden": "overbewoning",
        "bron": "melding van omwonenden",
        "inBeeldOp": in_view.isoformat(),
        "herzienOp": (in_view + timedelta(days=365)).isoformat(),
        **changes,
    }


@pytest.mark.requirement("REG-01")
def test_without_reason_source_or_review_date_it_is_refused(service: Service) -> None:
    planner = service.as_("planner")
    body = _body()
    for field in ("reden", "bron", "herzienOp"):
        del body[field]
    answer = planner.post("/risicoadressen", json=body, headers=RD)
    assert answer.status_code == 400
    assert {fault["veld"] for fault in answer.json()["fouten"]} == {"body.reden", "body.bron", "body.herzienOp"}
    assert planner.get("/risicoadressen").json()["resultaten"] == []
    assert planner.post("/risicoadressen", json=_body(reden="  "), headers=RD).status_code == 400
    early = _body(herzienOp=(yesterday() - timedelta(days=1)).isoformat())
    assert planner.post("/risicoadressen", json=early, headers=RD).status_code == 400
    made = planner.post("/risicoadressen", json=_body(), headers=RD)
    assert (made.status_code, made.json()["type"]) == (201, "WON")
    gone = planner.patch(
        f"/risicoadressen/{made.json()['id']}",
        json={"vervaltOp": yesterday().isoformat()},
        headers={"If-Match": made.headers["etag"]},
    )
    assert (gone.status_code, gone.json()["status"]) == (200, "vervallen")
    assert planner.get("/risicoadressen", params={"status": "open"}).json()["resultaten"] == []


@pytest.mark.requirement("CAD-06")
def test_task_in_the_same_transaction_and_late_after_the_days_of_the_municipality(
    runtime: Runtime, municipality: Municipality
) -> None:
    assert municipality.accounts
    with on_day(runtime, DAY) as uow:
        set_norm(uow, "RISICOADRES_DAGEN", 30, gemeentecode="")
        set_norm(uow, "RISICOADRES_DAGEN", 14)
        place = make_object(uow, Objecttype.HOR)
    said = RisicoadresActivering(place.id, "overlast", "eigen waarneming", DAY)
    with on_day(runtime, DAY) as uow:
        risicoadressen.activate_risicoadres(uow, said)
        uow.session.rollback()
    with on_day(runtime, DAY) as uow:
        assert uow.session.exec(select(Taak)).all() == []
        made = risicoadressen.activate_risicoadres(uow, said)
    with on_day(runtime, DAY + timedelta(days=14)) as uow:
        task = uow.session.exec(select(Taak)).one()
        assert (task.onderwerp_id, task.voor_datum) == (made.id, DAY + timedelta(days=14))
        assert not risicoadressen.get_risicoadres(uow, made.id).te_laat
    with on_day(runtime, DAY + timedelta(days=15)) as uow:
        assert risicoadressen.get_risicoadres(uow, made.id).te_laat
        (row,) = planbaar.planbare_objecten(uow, STAD)
        assert row.risicoadres_voor == DAY + timedelta(days=14)
        risicoadressen.mark_risicoadres_visited(uow, place.id, DAY + timedelta(days=15))
    with on_day(runtime, DAY + timedelta(days=16)) as uow:
        after = risicoadressen.get_risicoadres(uow, made.id)
        assert (after.status, after.te_laat) == (Risicostatus.BEZOCHT, False)
        assert uow.session.exec(select(Taak)).one().status is Taakstatus.GEDAAN
        assert planbaar.planbare_objecten(uow, STAD)[0].risicoadres_voor is None


def test_a_second_time_updates_and_the_earliest_date_stays(runtime: Runtime, municipality: Municipality) -> None:
    assert municipality.accounts
    with on_day(runtime, DAY) as uow:
        set_norm(uow, "RISICOADRES_DAGEN", 14)
        place = make_object(uow, Objecttype.BEDR)
        first = risicoadressen.activate_risicoadres(uow, RisicoadresActivering(place.id, "overlast", "A", DAY))
        later = RisicoadresActivering(place.id, "leegstand met gebruik", "B", DAY + timedelta(days=3))
        second = risicoadressen.activate_risicoadres(uow, later)
        assert (second.id, second.controle_voor) == (first.id, first.controle_voor)
        assert (second.reden, second.bron) == ("overlast | leegstand met gebruik", "A | B")
        assert risicoadressen.activate_risicoadres(uow, later).versie == second.versie
        earlier = RisicoadresActivering(place.id, "overlast", "A", DAY - timedelta(days=5))
        assert risicoadressen.activate_risicoadres(uow, earlier).controle_voor == DAY + timedelta(days=9)
        assert uow.session.exec(select(Taak)).one().voor_datum == DAY + timedelta(days=9)


def test_a_dwelling_of_a_flag_comes_into_view_without_kvk(runtime: Runtime, municipality: Municipality) -> None:
    assert municipality.accounts
    with on_day(runtime, DAY) as uow:
        adres = adressen.ensure_adres(uow, STAD, AdresInput.model_validate(address_body()), Crs.RD)
        assert adressen.ensure_adres(uow, STAD, AdresInput.model_validate(address_body()), Crs.RD).id == adres.id
        dwelling = objecten.ensure_woning(uow, adres.id)
        assert objecten.ensure_woning(uow, adres.id).id == dwelling.id
        assert (dwelling.type, dwelling.kvk_nummer, dwelling.naam) == (Objecttype.WON, None, "Voorbeeldkade 1")
        assert objecten.objects_by_ids(uow, [dwelling.id, UUID(int=1)]) == {dwelling.id: dwelling}
        made = risicoadressen.activate_risicoadres(
            uow, RisicoadresActivering(dwelling.id, "overbewoning", "Pandbrigade", DAY)
        )
        assert made.controle_voor == DAY  # without the norm: at once
        with pytest.raises(InvalidInput):
            risicoadressen.activate_risicoadres(
                uow, RisicoadresActivering(dwelling.id, "mogelijk sekswerk", "Pandbrigade", DAY)
            )


def test_waiting_list_by_age_and_by_due_date(service: Service) -> None:
    planner = service.as_("planner")
    for number, ago in ((1, 3), (2, 9), (3, 6)):
        in_view = (yesterday() - timedelta(days=ago)).isoformat()
        body = _body(adres=address_body(number), inBeeldOp=in_view)
        assert planner.post("/risicoadressen", json=body, headers=RD).status_code == 201
    seen: list[int] = []
    cursor = None
    for _ in range(3):
        page = planner.get("/risicoadressen", params={"limiet": "1"} | ({"cursor": cursor} if cursor else {})).json()
        seen += [row["adres"]["huisnummer"] for row in page["resultaten"]]
        cursor = page["volgende"]
    assert (seen, cursor) == ([2, 3, 1], None)
    due = (yesterday() - timedelta(days=6)).isoformat()
    rows = planner.get("/risicoadressen", params={"dueVoor": due}).json()["resultaten"]
    assert [row["adres"]["huisnummer"] for row in rows] == [2, 3]
    assert (
        planner.get(
            "/risicoadressen", params={"cursor": "WyJ4IiwgIjAxOTM5ZjVhLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMCJd"}
        ).status_code
        == 400
    )


def test_sending_again_is_safe_and_the_neighbour_sees_nothing(service: Service) -> None:
    planner = service.as_("planner")
    body = _body(id=str(uuid4()))
    first = planner.post("/risicoadressen", json=body, headers=RD)
    again = planner.post("/risicoadressen", json=body, headers=RD)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    other = planner.post("/risicoadressen", json=body | {"reden": "iets anders"}, headers=RD)
    assert other.status_code == 409
    neighbour = service.as_("buur-planner")
    assert neighbour.get(f"/risicoadressen/{body['id']}").status_code == 404
    assert neighbour.get("/risicoadressen").json()["resultaten"] == []
    assert neighbour.post("/risicoadressen", json=_body(), headers=RD).status_code == 404
    url = f"/risicoadressen/{body['id']}"
    ended = planner.patch(url, json={"status": "vervallen"}, headers={"If-Match": first.headers["etag"]})
    assert ended.json()["status"] == "vervallen"
    assert planner.patch(url, json={"reden": "nieuw"}, headers={"If-Match": ended.headers["etag"]}).status_code == 409
