"""Two tablets on one control with a network that loses, doubles and reorders: a short run of figure F25 on both databases."""

from app.controles.service.planning import ControlePlan, plan_controles, release_controles
from app.core.clock import business_date, utc_now
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.objecten.status import Objecttype
from app.objecten.tables import Adres, Object
from bench.f25_model import play
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service

RUNS = 8


def test_two_tablets_and_a_bad_network_lose_nothing(
    runtime: Runtime, municipality: Municipality, service: Service
) -> None:
    with runtime.system_unit("test") as uow:
        adres = Adres(gemeentecode=STAD, straat="Kade", huisnummer=1, postcode="9999ZZ", woonplaats="Voorbeeldstad")
        uow.session.add(adres)
        uow.session.flush()
        plek = Object(gemeentecode=STAD, nummer="H1", type=Objecttype.HOR, naam="Zaak", adres_id=adres.id, bron="test")
        uow.session.add(plek)
        uow.session.flush()
        ronde = new_id()
        plan = ControlePlan(
            object_id=plek.id,
            team_id=municipality.teams["toezicht"],
            datum=business_date(utc_now()),
            planronde_id=ronde,
        )
        made = plan_controles(uow, [plan] * RUNS)
        release_controles(uow, ronde)
    assert play(runtime, service.as_("toezichthouder"), iter(made), RUNS, 7) == []
