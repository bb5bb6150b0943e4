"""What is policy or a fact of the work is a dated setting with a value that is shipped, and moving it moves the plan (design section 1)."""

from datetime import date, timedelta

import pytest

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.adapters.bestanden import read_norm_seeds
from app.gemeenten.tables import Norm
from app.planning.rules.behoefte import repeat_needs
from app.planning.rules.planinstellingen import (
    HORECA,
    HORECA_SPELING,
    INSTELLINGSLEUTELS,
    LATERE_SLEUTELS,
    VLAG_DAGEN,
    WENS_PUNTEN,
    read_norms,
    read_settings,
)
from app.planning.service.probleem import solver_settings
from app.planning.service.rondewerk import load_assignment
from app.planning.solver.drawing import draw_windows
from app.planning.solver.index import Index
from app.planning.solver.problem import Problem, Settings
from app.planning.solver.urgency import wish, worth_on
from tests.planning.cities import bezoek, dag, dienst
from tests.planning.kalender import VANDAAG
from tests.planning.stad import INSTELLINGEN, Stad
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service

SHIPPED = {row.sleutel: row.waarde for row in read_norm_seeds(INSTELLINGEN).landelijk if row.waarde is not None}


def test_every_setting_is_shipped_and_a_table_of_before_plans_with_the_same_values() -> None:
    later = {*LATERE_SLEUTELS.values(), HORECA_SPELING, VLAG_DAGEN}
    assert {*INSTELLINGSLEUTELS, *later, WENS_PUNTEN} <= set(SHIPPED)
    before = {key: value for key, value in SHIPPED.items() if key not in later}
    assert (read_settings(before), read_norms(before)) == (read_settings(SHIPPED), read_norms(SHIPPED))
    settings = solver_settings(read_settings(SHIPPED))
    assert settings == Settings()  # what the benches plan with
    for name, key in LATERE_SLEUTELS.items():
        assert getattr(read_settings({**SHIPPED, key: 77.0}), name) == 77, key


@pytest.mark.requirement("CAD-19")
def test_the_slack_of_horeca_is_a_part_of_its_interval() -> None:
    def needs(speling: float) -> tuple[date, date]:
        norms = read_norms({**SHIPPED, HORECA: 1.0, HORECA_SPELING: speling})
        (need,) = repeat_needs(dag(0), dag(300), 12, date(2020, 1, 1), [dag(-215)], norms.horeca_speling_dagen)
        assert need.uiterste - dag(-215) == timedelta(days=365)
        return need.eerste, need.laatste

    assert needs(0.1) == (dag(150 - 36), dag(150 + 36))
    assert needs(0.25) == (dag(150 - 90), dag(150 + 90))


def test_how_early_a_visit_hurries_and_what_it_is_worth_are_settings() -> None:
    waits = bezoek("a", 0, 60, required=False, due=dag(40))
    slots = tuple(dienst(n) for n in range(0, 60, 7))

    def week(settings: Settings) -> tuple[bool, float]:
        wanted = wish(Index(Problem(dag(0), dag(60), slots, (waits,), settings=settings)), waits, dag(13), None)
        assert wanted is not None
        return wanted.urgent, wanted.worth

    calm, worth = week(Settings())
    assert (calm, 15 < worth < 60) == (False, True)
    assert week(Settings(soon_days=27)) == (True, 2_500.0)
    assert week(Settings(visit_worth=25))[1] == pytest.approx(worth + 10)
    assert week(Settings(due_worth=90))[1] == pytest.approx(2 * worth - 15)
    assert worth_on(waits, dag(26), Settings(soon_days=14)) > worth_on(waits, dag(26), Settings(soon_days=13))


def test_the_steps_of_the_draw_are_settings() -> None:
    """With steps a gap right after a visit is drawn less often than without."""

    def short(steps: tuple[int, ...]) -> int:
        number = 0
        for seed in range(120):
            pair = tuple(bezoek(f"v{n}", 0, 99, object_key="o", draw_window=True, min_days_between=7) for n in range(2))
            slots = tuple(dienst(n) for n in range(100))
            index = Index(Problem(dag(0), dag(99), slots, pair, settings=Settings(gap_steps=steps)))
            one, other = (drawn.target for drawn in draw_windows(index, seed, frozenset()).values())
            number += abs((one - other).days) < 21
        return number

    assert short((40, 80)) < 0.7 * short(())


def test_a_round_plans_by_the_norms_of_its_first_day(
    runtime: Runtime, service: Service, municipality: Municipality
) -> None:
    nieuwjaar, found = date(VANDAAG.year + 1, 1, 1), []
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        stad.shifts(municipality.teams["toezicht"], nieuwjaar - timedelta(days=2), 4)
        uow.session.add(
            Norm(
                gemeentecode=STAD,
                sleutel="CONTROLE_SEKS_PER_JAAR",
                waarde=4,
                eenheid="per jaar",
                geldig_vanaf=nieuwjaar,
                bron="test",
            )
        )
    for van in (nieuwjaar - timedelta(days=2), nieuwjaar):
        nr = new_id()
        body = {
            "id": str(nr),
            "naam": "Rond nieuwjaar",
            "van": van.isoformat(),
            "tot": (nieuwjaar + timedelta(days=1)).isoformat(),
            "teams": [str(municipality.teams["toezicht"])],
        }
        assert service.as_("planner").post("/planrondes", json=body).status_code == 202
        with runtime.system_unit("test") as uow:
            found.append(load_assignment(uow, nr)[0].stand.normen.seks_per_jaar)
    assert found == [6, 4]
