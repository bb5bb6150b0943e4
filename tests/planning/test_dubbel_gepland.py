"""What stands on the plan already is asked of nobody twice, and what the plan falls short of is told at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.controles.status import Aanleiding, Controlestatus
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.objecten.status import Objecttype
from app.planning.rules.planinstellingen import ACTIES, RISICO, read_settings
from app.planning.schemas.planrondes import PlanrondeParameters
from app.planning.service.bedrijfsnorm import BEDRIJVEN, business_shortages
from app.planning.service.bezoeken import Bezoeken
from app.planning.service.gegevens import load_state
from app.planning.service.probleem import Opdracht, build_problem
from app.planning.tables import Planregel
from tests.planning.kalender import VANDAAG
from tests.planning.stad import Stad
from tests.support.municipality import STAD


@pytest.mark.usefixtures("municipality")
def test_a_risk_address_that_waits_for_its_visit_is_not_planned_again(runtime: Runtime) -> None:
    later = VANDAAG + timedelta(days=9)
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        due = VANDAAG + timedelta(days=12)
        before, never, too_late = (stad.risk(VANDAAG, due) for _ in range(3))
        more = {"status": Controlestatus.VRIJGEGEVEN, "aanleiding": Aanleiding.RISICOADRES, "binnen": False}
        stad.control(before, VANDAAG + timedelta(days=2), **more)
        stad.control(too_late, later + timedelta(days=90), **more)
        stand = load_state(uow, STAD, VANDAAG, (VANDAAG.year, VANDAAG.year + 1))
    # The round begins after the first of the visits.
    bezoeken = Bezoeken(stand, read_settings(stand.tabel), later, later + timedelta(days=30))
    assert {b.object_id for b in bezoeken.all()[0] if b.normsleutel == RISICO} == {never, too_late}


@pytest.mark.usefixtures("municipality")
def test_too_few_integral_business_controls_are_told_with_the_number_of_actions_that_mends_it(runtime: Runtime) -> None:
    van, tot = date(VANDAAG.year + 1, 1, 1), date(VANDAAG.year + 1, 12, 31)
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        partner = stad.partner()
        stad.action(van + timedelta(days=40), [stad.place(Objecttype.HOR) for _ in range(3)], partner)
        stand = load_state(uow, STAD, VANDAAG, (van.year,))
    settings = read_settings(stand.tabel)

    def shortages(addresses: int, normen: tuple[str, ...] = ()) -> list[str]:
        parameters = PlanrondeParameters(
            teams=[], aandeel_willekeurig=None, acties=None, vast_uit=None, rekentijd=1.0, normen=list(normen)
        )
        opdracht = Opdracht(van, tot, stand, settings, parameters, [], [], [], 1, [])
        row = {"actie_id": new_id(), "datum": van}
        rules = [Planregel(**row) for _ in range(addresses)]  # type: ignore[arg-type]  # all that is looked at
        return [cause.tekst for cause in business_shortages(opdracht, rules) if cause.normsleutel == BEDRIJVEN]

    done = sum(c.status is Controlestatus.AFGEROND for c in stand.all_controls())
    (text,) = shortages(40)
    assert f"vraagt dat er nog {100 - done} en staan er 40" in text
    wanted = -(-(60 - done) // settings.actie_adressen_max)
    assert f"{wanted} integrale acties meer" in text
    assert shortages(100 - done) == []
    assert shortages(0, normen=(RISICO,)) == []
    assert len(shortages(0, normen=(ACTIES,))) == 1


@pytest.mark.usefixtures("municipality")
def test_room_that_is_left_brings_no_second_visit_where_one_is_planned(runtime: Runtime) -> None:
    van, tot = VANDAAG + timedelta(days=10), VANDAAG + timedelta(days=30)
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        planned, never, wished = (stad.place(Objecttype.BEDR) for _ in range(3))
        for place in (planned, wished):
            stad.control(place, tot + timedelta(days=20), status=Controlestatus.VRIJGEGEVEN, binnen=False)
        stand = load_state(uow, STAD, VANDAAG, (VANDAAG.year, VANDAAG.year + 1))
    asked = replace(
        stand,
        objecten=[replace(p, gewenst_sinds=VANDAAG if p.id == wished else None) for p in stand.objecten],
    )
    parameters = PlanrondeParameters(
        teams=[], aandeel_willekeurig=None, acties=0, vast_uit=None, rekentijd=1.0, normen=["VRIJE_RUIMTE"]
    )
    opdracht = Opdracht(van, tot, asked, read_settings(stand.tabel), parameters, [], [], [], 1, [])
    assert {b.object_id for b in build_problem(opdracht).bezoeken.values()} == {never, wished}
