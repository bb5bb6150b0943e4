"""Dated norms: history, overlap, municipality before nation, over real HTTP and as other features ask."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checklists.rules.evaluate import evaluate
from app.checklists.service import current_versions, get_catalogue
from app.core.runtime import Runtime
from app.gemeenten.adapters.bestanden import read_norm_seeds
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.rules.perioden import Periode, place
from app.gemeenten.service.normen import norm_table, norm_value, seed_norms
from app.gemeenten.tables import Gemeente
from tests.gemeenten.queries import counted
from tests.support.municipality import BUUR, STAD
from tests.support.service import Service

CONTENT = Path(__file__).parents[2] / "checklists"
SEEDS = read_norm_seeds(CONTENT / "normen-1.yaml", CONTENT / "termijnen-1.yaml")


def _norm(**changes: object) -> dict[str, object]:
    return {
        "gemeentecode": STAD,
        "sleutel": "BIBOB_TOETS_JAREN",
        "waarde": 4,
        "eenheid": "jaar",
        "geldigVanaf": "2024-01-01",
        "bron": "raadsbesluit",
        **changes,
    }


@pytest.fixture
def seeded(runtime: Runtime) -> Runtime:
    with runtime.system_unit("test") as uow:
        seed_norms(uow, "", SEEDS.landelijk)
        for code in ("GM0518", "GM0014", "GM0001"):
            uow.session.add(Gemeente(code=code, naam=code))
        for code, rows in SEEDS.gemeenten.items():
            seed_norms(uow, code, rows)
    return runtime


def test_seeds_change_nothing_the_second_time(seeded: Runtime) -> None:
    with seeded.system_unit("test") as uow:
        assert seed_norms(uow, "", SEEDS.landelijk) == 0
        assert seed_norms(uow, "GM0518", SEEDS.gemeenten["GM0518"]) == 0
        assert norm_value(uow, "GM0518", "WML_UUR_21PLUS", date(2025, 12, 31)) == 14.40
        assert norm_value(uow, "GM0518", "WML_UUR_21PLUS", date(2026, 1, 1)) == 14.71
        assert norm_value(uow, "GM0518", "WML_UUR_21PLUS", date(2026, 7, 1)) is None


@pytest.mark.requirement("INS-18")
def test_age_limit_only_where_the_bylaw_has_one(seeded: Runtime) -> None:
    day = date(2026, 5, 1)
    catalogue = get_catalogue(current_versions(day))
    with seeded.system_unit("test") as uow:
        limited, free = (norm_table(uow, code, day) for code in ("GM0518", "GM0014"))
        assert limited["APV_LEEFTIJD_SEKSWERK"] == 21
        assert "APV_LEEFTIJD_SEKSWERK" not in norm_table(uow, "GM0518", date(2016, 12, 31))
    assert "IDE-07" in evaluate(catalogue, "SEKS", {}, catalogue.norm_values(limited)).open_items
    assert "IDE-07" not in evaluate(catalogue, "SEKS", {}, catalogue.norm_values(free)).open_items


@pytest.mark.requirement("REG-04")
def test_licence_for_massage_is_a_setting(seeded: Runtime) -> None:
    day = date(2026, 5, 1)
    with seeded.system_unit("test") as uow:
        values = {
            code: norm_value(uow, code, Normsleutel.MASS_VERGUNNINGPLICHT, day)
            for code in ("GM0014", "GM0518", "GM0001")
        }
        assert values == {"GM0014": 1, "GM0518": 0, "GM0001": 0}
        changed = SEEDS.gemeenten["GM0014"][-1].model_copy(update={"geldig_vanaf": date(2026, 6, 1)})
        seed_norms(uow, "GM0518", [changed])
        assert norm_value(uow, "GM0518", Normsleutel.MASS_VERGUNNINGPLICHT, date(2026, 6, 1)) == 1


def test_norm_table_is_one_query(seeded: Runtime) -> None:
    with seeded.system_unit("test", write=False) as uow, counted(seeded) as queries:
        table = norm_table(uow, "GM0518", date(2026, 5, 1))
    assert table["AF_BEVESTIGEN_SPOED_MIN"] == 60
    assert len(queries) == 1


def test_new_value_ends_the_one_before_and_history_stays(seeded: Runtime, service: Service) -> None:
    manager = service.as_("beheerder")
    assert manager.post("/normen", json=_norm()).status_code == 201
    second = manager.post("/normen", json=_norm(waarde=5, geldigVanaf="2026-03-01"))
    assert second.status_code == 201
    assert manager.get(second.headers["location"].removeprefix("/v1")).json()["waarde"] == 5
    rows = manager.get("/normen", params={"sleutel": "BIBOB_TOETS_JAREN", "gemeentecode": STAD}).json()["resultaten"]
    own = sorted((row for row in rows if row["gemeentecode"] == STAD), key=lambda row: row["geldigVanaf"])
    assert [(row["waarde"], row["geldigVanaf"], row["geldigTot"]) for row in own] == [
        (4, "2024-01-01", "2026-02-28"),
        (5, "2026-03-01", None),
    ]
    with seeded.system_unit("test", write=False) as uow:
        assert norm_value(uow, STAD, "BIBOB_TOETS_JAREN", date(2026, 2, 28)) == 4
        assert norm_value(uow, STAD, "BIBOB_TOETS_JAREN", date(2026, 3, 1)) == 5
        assert norm_value(uow, BUUR, "BIBOB_TOETS_JAREN", date(2026, 3, 1)) is None


def test_overlap_unknown_key_and_other_municipality_are_refused(seeded: Runtime, service: Service) -> None:  # noqa: ARG001 - national norms must stand
    manager = service.as_("beheerder")
    assert manager.post("/normen", json=_norm(geldigVanaf="2026-03-01")).status_code == 201
    overlap = manager.post("/normen", json=_norm(waarde=3, geldigVanaf="2025-01-01"))
    assert overlap.status_code == 409
    assert "01-03-2026" in overlap.json()["detail"]
    assert manager.post("/normen", json=_norm(waarde=3, geldigVanaf="2026-03-01")).status_code == 409
    before = _norm(waarde=3, geldigVanaf="2025-01-01", geldigTot="2026-02-28")
    assert manager.post("/normen", json=before).status_code == 201
    assert manager.post("/normen", json=_norm(sleutel="BIBOB_TOETS_JAARTJES")).status_code == 400
    assert manager.post("/normen", json=_norm(gemeentecode=BUUR)).status_code == 404
    backwards = manager.post("/normen", json=_norm(geldigVanaf="2027-01-01", geldigTot="2026-12-31"))
    assert backwards.status_code == 400


def test_the_same_norm_twice_is_one(seeded: Runtime, service: Service) -> None:  # noqa: ARG001 - national norms must stand
    manager = service.as_("beheerder")
    body = _norm(id="01990000-0000-7000-8000-000000000001")
    assert manager.post("/normen", json=body).json() == manager.post("/normen", json=body).json()
    assert manager.post("/normen", json={**body, "waarde": 8}).status_code == 409


DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 1))


@given(st.lists(st.tuples(DAYS, st.none() | st.integers(0, 30)), max_size=8))
def test_two_values_never_hold_on_one_day(asked: list[tuple[date, int | None]]) -> None:
    standing: list[Periode] = []
    for vanaf, length in asked:
        new = Periode(vanaf, None if length is None else date.fromordinal(vanaf.toordinal() + length))
        found = place(standing, new)
        if found.blocked_by is not None or found.same_start is not None:
            continue
        if found.ends is not None:
            ended = standing[found.ends]
            standing[found.ends] = Periode(ended.vanaf, date.fromordinal(vanaf.toordinal() - 1))
        standing.append(new)
    for ordinal in range(date(2020, 1, 1).toordinal(), date(2020, 4, 15).toordinal()):
        assert sum(period.holds_on(date.fromordinal(ordinal)) for period in standing) <= 1


def test_terms_that_the_code_asks_for_have_a_dated_start_value(seeded: Runtime) -> None:
    """Without them no renewal joined its permit and no shortcoming got a term."""
    with seeded.system_unit("test") as uow:
        assert norm_value(uow, "GM0001", Normsleutel.VERGUNNING_VERLENGING_DAGEN, date(2026, 5, 1)) == 42
        assert norm_value(uow, "GM0001", Normsleutel.HERSTELTERMIJN_DAGEN, date(2026, 5, 1)) == 28
