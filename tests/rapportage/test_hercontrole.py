"""Every shortcoming has a term and a re-check: asked for once, and without it nothing is closed (PLN-12)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from app.bevindingen.tables import Bevinding
from app.core.runtime import Runtime
from app.objecten.status import Objecttype
from app.rapportage.tasks import ask_for_rechecks
from tests.controles.conftest import Field, Tablet, today
from tests.objecten.stock import make_object
from tests.support.municipality import STAD
from tests.support.service import Service
from tests.support.twee_klassen import NALEVING, business, term, visit

MORE = {**NALEVING, "BEV-13": "nee", "ARB-22": "ja"}


def findings(service: Service, place: UUID) -> dict[tuple[str, str], dict[str, Any]]:
    rows = service.as_("planner").get("/bevindingen", params={"objectId": str(place)}).json()["resultaten"]
    return {(row["controleId"], row["item"]): row for row in rows}


def rechecks(service: Service, status: str = "open") -> list[tuple[str, str]]:
    rows = service.as_("planner").get("/taken", params={"status": status}).json()["resultaten"]
    return [(row["onderwerpId"], row["voorDatum"]) for row in rows if row["soort"] == "naleving-hercontrole"]


def close(service: Service, row: dict[str, Any], sub: str = "teamleider") -> tuple[int, Any]:
    answer = service.as_(sub).post(f"/bevindingen/{row['id']}/_afsluiten")
    return answer.status_code, answer.json().get("afsluitreden", answer.json().get("detail"))


@pytest.mark.requirement("PLN-12")
def test_a_term_that_passed_asks_for_one_recheck_and_without_it_nothing_is_closed(
    runtime: Runtime, service: Service, veld: Field, tablet: Tablet
) -> None:
    place, later = business(runtime, 1), business(runtime, 2)
    without = visit(veld, tablet, later, today() - timedelta(days=50), NALEVING)
    term(runtime, 14)
    first = visit(veld, tablet, place, today() - timedelta(days=40), MORE)
    found = findings(service, place)
    fire, register = found[str(first), "HUI-10"], found[str(first), "ARB-01"]
    for _ in range(3):
        ask_for_rechecks(runtime.system_unit)
    assert [nr for nr, _ in rechecks(service)] == [str(first)]  # one visit, however many shortcomings; once
    assert rechecks(service)[0][1] > fire["hersteltermijn"]
    assert close(service, fire)[0] == 409

    bare = findings(service, later)[str(without), "HUI-10"]
    assert bare["hersteltermijn"] is None
    status, reason = close(service, bare)
    assert (status, "geen hersteltermijn" in reason) == (409, True)
    term_of = f"/bevindingen/{bare['id']}/_termijn"
    desk = service.as_("vergunningverlener")
    assert desk.post(term_of, json={"hersteltermijn": "2199-01-01"}).status_code == 400
    given = {"hersteltermijn": f"{today() + timedelta(days=2)}"}
    assert desk.post(term_of, json=given).json()["hersteltermijn"] == given["hersteltermijn"]
    assert desk.post(term_of, json={"hersteltermijn": f"{today()}"}).status_code == 409
    assert "hercontrole" in close(service, bare)[1]

    again = visit(veld, tablet, place, today() - timedelta(days=1), {**NALEVING, "ARB-01": "nee"})
    assert close(service, register) == (200, "hersteld")
    assert close(service, register) == (200, "hersteld")
    assert rechecks(service) == []
    assert close(service, fire) == (200, "opnieuw-vastgesteld")
    assert close(service, findings(service, place)[str(again), "HUI-10"])[0] == 409
    assert rechecks(service, "gedaan")[0][0] == str(first)
    ask_for_rechecks(runtime.system_unit)
    assert rechecks(service) == []
    for sub, status in (("toezichthouder", 403), ("buur-vergunningverlener", 404)):
        assert close(service, fire, sub)[0] == status, sub
    with runtime.system_unit("test", write=False) as uow:
        secret = uow.session.exec(select(Bevinding.id).where(Bevinding.item == "ARB-22")).one()
    assert close(service, {"id": secret})[0] == 404  # a confidential one looks as if it were not there (DAT-13)


def test_what_was_seen_without_free_consent_asks_for_no_recheck(
    runtime: Runtime, service: Service, veld: Field, tablet: Tablet
) -> None:
    """Vector M46: sealed, not for enforcement."""
    term(runtime, 14)
    with runtime.system_unit("test") as uow:
        home = make_object(uow, Objecttype.WON, 5, STAD).id
    answers = {"BEV-03": "toestemming van een bewoner", "BEV-04": "nee", "HUI-10": "ja", "BEV-13": "nee"}
    sealed = visit(veld, tablet, home, today() - timedelta(days=40), answers)
    ask_for_rechecks(runtime.system_unit)
    assert rechecks(service) == []
    assert close(service, findings(service, home)[str(sealed), "HUI-10"])[0] == 409
