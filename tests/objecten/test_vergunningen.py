"""Permits, business plans and the Bibob worklist (REG-02, REG-03, REG-06, REG-13, CAD-02, CAD-19, INS-08)."""

from datetime import date

import pytest
from sqlmodel import select

from app.core.clock import business_date, utc_now
from app.core.http.paging import Paging
from app.core.runtime import Runtime
from app.gemeenten.tables import Taak
from app.objecten.rules.termijnen import Periode
from app.objecten.schemas.objecten import ObjectRead, PlanbareVergunning
from app.objecten.schemas.vergunningen import BedrijfsplanCreate, BibobToetsCreate, Planonderdeel, VergunningCreate
from app.objecten.service import bedrijfsplannen, bibob, planbaar, vergunningen
from app.objecten.service.opzoeken import bedrijfsplannen_of
from app.objecten.status import Objecttype, Vergunningsoort, Vergunningstatus
from tests.objecten.stock import RD, make_object, object_body, on_day, set_norm
from tests.support.municipality import BUUR, STAD, Municipality
from tests.support.service import Service

ALL = Paging(limit=50, after=None)
SEKS, HORECA, LOGIES = Vergunningsoort.SEKSINRICHTING, Vergunningsoort.HORECA, Vergunningsoort.LOGIES


def _permit(
    place: ObjectRead, soort: Vergunningsoort, nummer: str, since: date, until: date | None = None
) -> VergunningCreate:
    return VergunningCreate.model_validate(
        {
            "object_id": place.id,
            "soort": soort,
            "nummer": nummer,
            "geldig_vanaf": since,
            "geldig_tot": until,
            "bron": "register",
        }
    )


@pytest.mark.requirement("CAD-02", "INS-08")
def test_bibob_falls_due_at_the_desk_and_never_makes_a_control(runtime: Runtime, municipality: Municipality) -> None:
    assert municipality.accounts
    with on_day(runtime, date(2026, 3, 1)) as uow:
        set_norm(uow, "BIBOB_TOETS_JAREN", 4)
        club, house = make_object(uow, Objecttype.SEKS, 1), make_object(uow, Objecttype.LOG, 2)
        cafe = make_object(uow, Objecttype.HOR, 3)
        tested = vergunningen.add_vergunning(uow, _permit(club, SEKS, "S-1", date(2018, 1, 1)))
        housing = vergunningen.add_vergunning(uow, _permit(house, LOGIES, "L-1", date(2026, 2, 1)))
        vergunningen.add_vergunning(uow, _permit(cafe, HORECA, "H-1", date(2018, 1, 1)))
        for day in (date(2018, 3, 1), date(2022, 3, 1)):
            bibob.add_bibob_toets(uow, tested.id, BibobToetsCreate(getoetst_op=day, kenmerk="B"))
        rows = bibob.bibob_werklijst(uow, STAD, None, ALL)
        assert [(row.nummer, row.toetsen_voor, row.te_laat) for row in rows] == [
            ("L-1", date(2026, 2, 1), True),
            ("S-1", date(2026, 3, 1), False),
        ]
        assert [row.nummer for row in bibob.bibob_werklijst(uow, STAD, date(2026, 2, 28), ALL)] == ["L-1"]
    with on_day(runtime, date(2026, 3, 2)) as uow:
        assert [row.te_laat for row in bibob.bibob_werklijst(uow, STAD, None, ALL)] == [True, True]
        bibob.add_bibob_toets(uow, housing.id, BibobToetsCreate(getoetst_op=date(2026, 3, 2), kenmerk="B"))
        after = bibob.bibob_werklijst(uow, STAD, None, ALL)
        assert [(row.nummer, row.toetsen_voor) for row in after] == [
            ("S-1", date(2026, 3, 1)),
            ("L-1", date(2030, 3, 2)),
        ]
        # What is due at the desk brings no task for the field and no urgency to the plan.
        assert uow.session.exec(select(Taak)).all() == []
        assert [row.risicoadres_voor for row in planbaar.planbare_objecten(uow, STAD)] == [None, None, None]


def test_a_renewed_permit_keeps_its_bibob_test(runtime: Runtime, municipality: Municipality) -> None:
    assert municipality.accounts
    with on_day(runtime, date(2026, 8, 1)) as uow:
        set_norm(uow, "BIBOB_TOETS_JAREN", 4)
        set_norm(uow, "VERGUNNING_VERLENGING_DAGEN", 42)
        club = make_object(uow, Objecttype.SEKS)
        old = vergunningen.add_vergunning(uow, _permit(club, SEKS, "S-1", date(2023, 7, 1), date(2026, 7, 1)))
        bibob.add_bibob_toets(uow, old.id, BibobToetsCreate(getoetst_op=date(2023, 6, 1), kenmerk="B"))
        assert [row.nummer for row in bibob.bibob_werklijst(uow, STAD, None, ALL)] == ["S-1"]
        vergunningen.add_vergunning(uow, _permit(club, SEKS, "S-2", date(2026, 7, 20), date(2029, 7, 1)))
        (row,) = bibob.bibob_werklijst(uow, STAD, None, ALL)
        assert (row.nummer, row.laatste_toets, row.toetsen_voor) == ("S-2", date(2023, 6, 1), date(2027, 6, 1))
        (place,) = planbaar.planbare_objecten(uow, STAD)
        whole = Periode(date(2023, 7, 1), date(2029, 7, 1))
        assert place.vergunningen == (PlanbareVergunning(SEKS, "S-2", whole),)


@pytest.mark.requirement("REG-02")
def test_a_municipality_without_any_establishment_works(service: Service, runtime: Runtime) -> None:
    with runtime.system_unit("test") as uow:
        assert planbaar.planbare_objecten(uow, BUUR) == []
        assert bibob.bibob_werklijst(uow, BUUR, None, ALL) == []
        make_object(uow, Objecttype.WON, gemeentecode=BUUR)
        (only,) = planbaar.planbare_objecten(uow, BUUR)
        assert only.vergunningen == ()
    desk = service.as_("buur-vergunningverlener")
    for path in ("/vergunningen", "/bibob-werklijst", "/objecten?type=SEKS"):
        answer = desk.get(path)
        assert (answer.status_code, answer.json()["resultaten"]) == (200, [])


@pytest.mark.requirement("REG-03")
def test_a_horeca_object_links_to_its_permit_its_appendix_and_its_controls(service: Service) -> None:
    place = service.as_("planner").post("/objecten", json=object_body(), headers=RD).json()
    desk = service.as_("vergunningverlener")
    body = {
        "objectId": place["id"],
        "soort": "horeca-exploitatie",
        "nummer": "H-1",
        "geldigVanaf": "2026-01-01",
        "geldigTot": "2029-01-01",
        "leidinggevendenbijlage": "bijlage 2026-17",
        "bron": "register",
    }
    made = desk.post("/vergunningen", json=body)
    assert made.status_code == 201
    found = service.as_("toezichthouder").get("/vergunningen", params={"objectId": place["id"]}).json()["resultaten"]
    assert [(row["nummer"], row["leidinggevendenbijlage"]) for row in found] == [("H-1", "bijlage 2026-17")]
    control = {"objectId": place["id"], "datum": business_date(utc_now()).isoformat(), "aanleiding": "vergunning"}
    planned = service.as_("planner").post("/controles", json=control)
    assert planned.status_code == 201, planned.text
    linked = service.as_("planner").get("/controles", params={"objectId": place["id"]}).json()["resultaten"]
    assert [row["id"] for row in linked] == [planned.json()["id"]]
    url = f"/vergunningen/{made.json()['id']}"
    withdrawn = desk.patch(url, json={"status": "ingetrokken"}, headers={"If-Match": made.headers["etag"]})
    assert withdrawn.json()["status"] == "ingetrokken"
    assert desk.patch(url, json={"status": "verleend"}, headers={"If-Match": made.headers["etag"]}).status_code == 412
    wrong = desk.patch(url, json={"geldigTot": "2025-01-01"}, headers={"If-Match": withdrawn.headers["etag"]})
    assert (wrong.status_code, wrong.json()["fouten"][0]["veld"]) == (400, "geldigTot")
    assert desk.post("/vergunningen", json=body).status_code == 409
    assert service.as_("buur-vergunningverlener").get(url).status_code == 404
    tests = service.as_("buur-vergunningverlener").get(f"{url}/bibob-toetsen")
    assert tests.status_code == 404


@pytest.mark.requirement("CAD-19")
def test_horeca_can_be_planned_from_its_permit(runtime: Runtime, municipality: Municipality) -> None:
    assert municipality.accounts
    with on_day(runtime, date(2026, 6, 1)) as uow:
        cafe = make_object(uow, Objecttype.HOR, openingstijden={"5": [[600, 1560]]})
        vergunningen.add_vergunning(uow, _permit(cafe, HORECA, "H-1", date(2026, 1, 1), date(2029, 1, 1)))
        gone = _permit(cafe, Vergunningsoort.ALCOHOL, "A-1", date(2026, 1, 1))
        gone.status = Vergunningstatus.INGETROKKEN
        vergunningen.add_vergunning(uow, gone)
        (place,) = planbaar.planbare_objecten(uow, STAD)
        assert (place.id, place.type, place.openingstijden) == (cafe.id, Objecttype.HOR, {"5": [[600, 1560]]})
        assert place.punt is not None
        assert (round(place.punt.x, 3), round(place.punt.y, 3)) == (155001.0, 463000.0)
        held = PlanbareVergunning(HORECA, "H-1", Periode(date(2026, 1, 1), date(2029, 1, 1)))
        assert place.vergunningen == (held,)


@pytest.mark.requirement("REG-06")
def test_a_lodging_with_capacity_and_operator_can_be_planned(service: Service, runtime: Runtime) -> None:
    body = object_body(type="LOG", capaciteit=64, kvkNummer="99123456")
    made = service.as_("planner").post("/objecten", json=body, headers=RD)
    assert (made.status_code, made.json()["capaciteit"], made.json()["kvkNummer"]) == (201, 64, "99123456")
    with runtime.system_unit("test") as uow:
        (place,) = planbaar.planbare_objecten(uow, STAD)
        assert (place.type, place.capaciteit) == (Objecttype.LOG, 64)


@pytest.mark.requirement("REG-13")
def test_the_current_business_plan_is_the_one_approved_last(
    runtime: Runtime, municipality: Municipality, service: Service
) -> None:
    assert municipality.accounts
    with on_day(runtime, date(2026, 6, 1)) as uow:
        club = make_object(uow, Objecttype.SEKS)
        assert bedrijfsplannen_of(uow, [club.id], uow.today) == {}
        for name, day in (("2", date(2026, 5, 1)), ("1", date(2024, 5, 1)), ("3", date(2026, 7, 1))):
            plan = BedrijfsplanCreate(versienaam=name, goedgekeurd_op=day, onderdelen=list(Planonderdeel))
            bedrijfsplannen.add_bedrijfsplan(uow, club.id, plan)
        assert bedrijfsplannen_of(uow, [club.id], uow.today) == {club.id: "2"}
    shown = service.as_("toezichthouder").get(f"/objecten/{club.id}/bedrijfsplannen").json()["resultaten"]
    assert [(row["versienaam"], len(row["onderdelen"])) for row in shown] == [("1", 6), ("2", 6), ("3", 6)]
    again = {"versienaam": "2", "goedgekeurdOp": "2026-06-01"}
    desk = service.as_("vergunningverlener")
    assert desk.post(f"/objecten/{club.id}/bedrijfsplannen", json=again).status_code == 409
    assert service.as_("buur-toezichthouder").get(f"/objecten/{club.id}/bedrijfsplannen").status_code == 404
