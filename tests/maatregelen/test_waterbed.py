"""After a closure, a linked business that appears elsewhere in the region is told of, once (PLN-11)."""

from typing import Any

import pytest

from app.core.clock import business_date, utc_now
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.adapters.bestanden import read_norm_seeds
from app.gemeenten.service.normen import seed_norms
from app.maatregelen.tasks import watch_closures
from app.objecten.status import Objecttype
from tests.objecten.stock import make_object
from tests.planning.stad import INSTELLINGEN
from tests.support.lijsten import seed_lists
from tests.support.municipality import BUUR
from tests.support.service import Service

KVK = "12345678"


def alerts(service: Service, sub: str = "ketenregisseur") -> list[dict[str, Any]]:
    rows = service.as_(sub).get("/taken").json()["resultaten"]
    return [row for row in rows if row["soort"] == "waterbedeffect"]


@pytest.mark.requirement("PLN-11")
def test_a_business_that_moves_to_the_neighbours_after_a_closure(runtime: Runtime, service: Service) -> None:
    seed_lists(runtime)
    with runtime.system_unit("test") as uow:
        seed_norms(uow, "", read_norm_seeds(INSTELLINGEN).landelijk)
        closed = make_object(uow, Objecttype.BEDR, 1, kvk_nummer=KVK)
        make_object(uow, Objecttype.BEDR, 2, BUUR, kvk_nummer=KVK)  # stood there before: no displacement
        home = make_object(uow, Objecttype.WON, 3, BUUR)
        closed_id = closed.id
    body = {
        "id": str(new_id()),
        "objectId": str(closed_id),
        "soort": "sluiting",
        "grondslag": "opiumwet-13b",
        "status": "opgelegd",
        "opgelegdOp": business_date(utc_now()).isoformat(),
        "geldtVan": business_date(utc_now()).isoformat(),
        "kenmerk": "B-2026-001",
    }
    made = service.as_("vergunningverlener").post("/maatregelen", json=body)
    assert made.status_code == 201, made.text
    watch_closures(runtime.system_unit)
    assert alerts(service) == []
    with runtime.system_unit("test") as uow:
        new = make_object(uow, Objecttype.BEDR, 4, BUUR, kvk_nummer=KVK).id
        make_object(uow, Objecttype.BEDR, 5, BUUR, kvk_nummer="87654321")
    for _ in range(2):
        watch_closures(runtime.system_unit)
    (alert,) = alerts(service)
    assert (alert["onderwerpId"], alert["gemeentecode"]) == (str(new), BUUR)
    assert KVK not in str(alert)
    assert str(home.id) not in str(alert)
    for sub in ("planner", "buur-planner", "af", "bestuur", "toezichthouder"):
        assert alerts(service, sub) == []
