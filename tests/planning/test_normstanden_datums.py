"""Norm states in the past and to come, beside the rolling year, and against the shifts that are left (CAD-01, CAD-03, REG-02)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from app.controles.status import Controlestatus
from app.core.runtime import Runtime
from app.objecten.status import Objecttype, Vergunningstatus
from app.objecten.tables import Vergunning
from app.planning.rules.capaciteitstand import Vraag, capacity_state
from app.planning.rules.kalender import elke_dag
from app.planning.rules.ruimte import ONBEKEND, Ruimte, Vrijedienst, known_until
from tests.planning.kalender import VANDAAG
from tests.planning.stad import Stad
from tests.planning.test_normstanden_api import gemeentestand, objectstand
from tests.support.municipality import Municipality
from tests.support.service import Service

OUDJAAR = date(VANDAAG.year, 12, 31)
SEKS, WON = Objecttype.SEKS, Objecttype.WON


@pytest.mark.requirement("CAD-01")
def test_the_calendar_year_and_the_rolling_year_stand_side_by_side(runtime: Runtime, service: Service) -> None:
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        old = stad.seks(date(2020, 1, 1))
        stad.control(old, date(2024, 2, 1))  # the register goes back this far
        for month in (9, 11):
            stad.control(old, date(2024, month, 10))
        for month in (2, 4):
            stad.control(old, date(2025, month, 10))
    stand = objectstand(service, old, date(2025, 6, 30))
    assert (stand["breuk"], stand["rollend"]["breuk"], stand["rollend"]["vanaf"]) == ("2/6", "4/6", "2024-07-01")
    # Before the register nothing is asked: on 30 June 2024 it was half a rolling year old.
    assert objectstand(service, old, date(2024, 6, 30))["rollend"]["norm"] == 2
    closed = objectstand(service, old, date(2024, 12, 31))
    assert (closed["breuk"], closed["gedaan"]) == ("3/6", 3)


def test_a_permit_that_ended_counts_for_the_days_until_its_end(runtime: Runtime, service: Service) -> None:
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        place = stad.seks(date(2020, 1, 1))
        permit = uow.session.exec(select(Vergunning).where(Vergunning.object_id == place)).one()
        permit.status, permit.geldig_tot = Vergunningstatus.INGETROKKEN, date(2025, 6, 30)
    assert objectstand(service, place, date(2025, 5, 1))["breuk"] == "0/3"
    assert objectstand(service, place, date(2026, 5, 1))["breuk"] == "n.v.t."


def test_what_is_planned_counts_on_a_later_day_and_is_named(runtime: Runtime, service: Service) -> None:
    """A risk address with a plan is expected to be visited; an announced plan is not expected to count."""
    later = VANDAAG + timedelta(days=30)
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        place = stad.seks(date(2020, 1, 1))
        planned, waits = (stad.risk(VANDAAG, VANDAAG + timedelta(days=14)) for _ in range(2))
        for object_id, announced in ((place, False), (planned, False)):
            day = VANDAAG + timedelta(days=3)
            stad.control(object_id, day, status=Controlestatus.VRIJGEGEVEN, aangekondigd=announced)
        stad.control(
            place,
            VANDAAG + timedelta(days=20),
            status=Controlestatus.GEPLAND,
            aangekondigd=True,
            aangekondigd_reden="op verzoek",
        )
    now, then = objectstand(service, place, VANDAAG), objectstand(service, place, later)
    assert (now["gedaan"], now["verwacht"], now["gepland"]) == (
        0,
        0,
        int((VANDAAG + timedelta(days=3)).year == VANDAAG.year),
    )
    assert then["rollend"]["gedaan"] == 1
    if later.year == VANDAAG.year:
        assert (then["gedaan"], then["verwacht"]) == (1, 1)
    assert gemeentestand(service, VANDAAG)["risicoadressen"]["wachtend"] == 2
    assert gemeentestand(service, later)["risicoadressen"]["wachtend"] == 1
    assert waits != planned


@pytest.mark.requirement("REG-02")
def test_a_rural_municipality_without_anything_shows_not_applicable_everywhere(
    runtime: Runtime, service: Service
) -> None:
    with runtime.system_unit("test") as uow:
        Stad.with_norms(uow).place(WON)
    state = gemeentestand(service, VANDAAG)
    kinds = ("seksinrichtingen", "bedrijfscontroles", "risicoadressen", "bibob")
    assert {state[kind]["status"] for kind in kinds} == {"n.v.t."}
    assert {state[kind]["breuk"] for kind in kinds[:2]} == {"n.v.t."}
    assert state["seksinrichtingen"]["percentage"] is None
    assert service.as_("planner").get("/normstanden/objecten").json()["resultaten"] == []


@pytest.mark.requirement("CAD-18")
def test_a_plan_without_a_number_shows_no_false_norm(runtime: Runtime, service: Service) -> None:
    """Continuous supervision: no number in the norm table, and a control that is planned all the same."""
    with runtime.system_unit("test") as uow:
        stad = Stad(uow)
        places = [stad.seks(date(2020, 1, 1)), stad.horeca(date(2020, 1, 1)), stad.place(Objecttype.MASS)]
        for place in places:
            stad.control(place, VANDAAG + timedelta(days=5), status=Controlestatus.GEPLAND)
    rows = service.as_("planner").get("/normstanden/objecten").json()["resultaten"]
    assert [(row["objectId"], row["stand"]["breuk"], row["stand"]["status"]) for row in rows] == [
        (str(place), "n.v.t.", "n.v.t.") for place in (places[1], places[0])
    ]
    state = gemeentestand(service, VANDAAG)
    assert {state[kind]["breuk"] for kind in ("seksinrichtingen", "bedrijfscontroles", "integraleActies")} == {"n.v.t."}


def _room(days: list[date], minutes: int, may: Objecttype = SEKS) -> Ruimte:
    shifts = [Vrijedienst(day, minutes, frozenset({may}), leeg=True) for day in days]
    return Ruimte(shifts, known_until(days), {SEKS: 68, WON: 53})


def test_shifts_that_are_known_go_before_the_calendar() -> None:
    wednesday = date(2026, 11, 25)
    room = _room([wednesday], 450)
    may = room.days_for(SEKS, elke_dag)
    assert room.bekend_tot == date(2026, 11, 29)
    assert (may(wednesday), may(date(2026, 11, 26)), may(date(2026, 12, 2))) == (True, False, True)
    assert not room.days_for(WON, elke_dag)(wednesday)
    assert not room.days_for_actie(2, elke_dag)(wednesday)
    assert ONBEKEND.days_for(SEKS, elke_dag)(wednesday)
    assert room.visits({SEKS}) == 6


def test_a_shortage_of_minutes_is_told_only_when_the_shifts_are_known() -> None:
    eve = date(2026, 12, 31)
    ask = [Vraag(frozenset({SEKS}), 7), Vraag(frozenset({WON}), 1)]
    assert capacity_state(_room([eve], 450), eve, ask).te_weinig_voor == {SEKS, WON}
    assert capacity_state(_room([eve, eve], 450), eve, ask[:1]).te_weinig_voor == frozenset()
    early = capacity_state(_room([date(2026, 6, 1)], 450), eve, ask)
    assert (early.te_weinig_voor, early.minuten_nodig) == (frozenset(), 7 * 68 + 53)
    assert capacity_state(ONBEKEND, eve, ask).bekend_tot is None


@pytest.mark.requirement("CAD-01")
def test_the_norm_is_in_danger_when_the_shifts_cannot_hold_it(
    runtime: Runtime, service: Service, municipality: Municipality
) -> None:
    """On 1 September four of six are open: the calendar holds them, two shifts of the team do not."""
    first = date(VANDAAG.year + 1, 9, 1)
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        place: UUID = stad.seks(date(2020, 1, 1))
    assert objectstand(service, place, first)["status"] == "op koers"
    with runtime.system_unit("test") as uow:
        stad.session = uow.session
        for number in (0, 30):
            stad.shifts(municipality.teams["toezicht"], date(VANDAAG.year + 1, 12, 30) - timedelta(days=number), 1)
    stand = objectstand(service, place, first)
    assert stand["status"] == "norm in gevaar"
    assert "passen er nog 2 in de dagen en diensten" in stand["toelichting"]
    capacity = gemeentestand(service, first)["capaciteit"]
    assert (capacity["diensten"], capacity["minutenVrij"]) == (2, 2 * 450)
