"""A closed door is an attempt; the next try falls in another part of the day (PLN-15)."""

from datetime import UTC, datetime, timedelta

import pytest

from app.controles.rules.dagdelen import Dagdeelnaam, part_at, parts_of_day, retry_parts
from app.controles.service.planning import attempts_waiting, controles_for_norm
from app.controles.status import Controlestatus
from app.gemeenten.tables import Norm
from tests.controles.conftest import LONG_AGO, Field, Tablet, today
from tests.support.municipality import STAD
from tests.support.service import Service

UREN = {"DAGDEEL_OCHTEND_UUR": 6.0, "DAGDEEL_MIDDAG_UUR": 12.0, "DAGDEEL_AVOND_UUR": 18.0}
OCHTEND, MIDDAG, AVOND = Dagdeelnaam


def winter(hour: int) -> datetime:
    """This hour in Amsterdam on a winter day."""
    return datetime(2026, 1, 12, hour, tzinfo=UTC) - timedelta(hours=1)


def set_hours(veld: Field) -> None:
    with veld.runtime.system_unit("test") as uow:
        for sleutel, waarde in UREN.items():
            uow.session.add(
                Norm(gemeentecode=STAD, sleutel=sleutel, waarde=waarde, eenheid="uur", geldig_vanaf=LONG_AGO, bron="t")
            )


def test_the_next_try_is_in_a_part_of_the_day_that_was_not_tried() -> None:
    delen = parts_of_day(UREN)

    def names(*hours: int) -> list[Dagdeelnaam]:
        return [deel.naam for deel in retry_parts(delen, [winter(hour) for hour in hours])]

    assert names(10) == [AVOND, MIDDAG]
    assert names(10, 20) == [MIDDAG]
    assert names(20, 14, 10) == [AVOND, MIDDAG]  # all tried: only the last one is avoided
    night = part_at(delen, winter(2))
    assert night is not None
    assert (night.naam, night.tot) == (AVOND, 30 * 60)
    assert parts_of_day({}) == []
    assert retry_parts([], [winter(10)]) == []


@pytest.mark.requirement("PLN-15")
def test_an_attempt_at_ten_is_tried_again_in_the_evening_and_counts_for_no_norm(
    veld: Field, tablet: Tablet, service: Service
) -> None:
    set_hours(veld)
    controle = veld.plan("SEKS", today() - timedelta(days=1))
    planner = service.as_("planner")
    assert planner.get("/herkansingen").json() == []
    local_ten = datetime.combine(today() - timedelta(days=1), datetime.min.time(), tzinfo=UTC) + timedelta(hours=9)
    tablet.clock = local_ten - timedelta(seconds=1)
    tablet.send(tablet.event("poging", controle, {"reden": "gesloten"}))
    [retry] = planner.get("/herkansingen").json()
    assert retry["objectId"] == str(veld.objecten["SEKS"])
    assert retry["dagdelen"][0]["naam"] == "avond"
    assert "ochtend" not in [deel["naam"] for deel in retry["dagdelen"]]
    assert service.as_("buur-planner").get("/herkansingen").json() == []
    with veld.runtime.system_unit("test", write=False) as uow:
        [counted] = controles_for_norm(uow, STAD, (today() - timedelta(days=1)).year)
        assert (counted.status, counted.binnen) == (Controlestatus.POGING, False)
        assert [one.controle_id for one in attempts_waiting(uow, STAD)] == [controle]
    veld.plan("SEKS")  # a new visit stands on the plan: nothing waits any more
    assert planner.get("/herkansingen").json() == []
