"""A wish of the AF and one of a planner are one thing to everybody else (PLN-17, vector M42)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.core.clock import AMSTERDAM, business_date, utc_now
from app.core.runtime import Runtime
from app.objecten.rules.wensen import Stem, state_of
from app.objecten.service.planbaar import planbare_objecten
from app.objecten.status import Objecttype, Wenszetter
from tests.objecten.stock import make_object
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service

TODAY = business_date(utc_now())
ANDEREN = ("planner", "hoofdplanner", "teamleider")


@pytest.fixture
def salons(runtime: Runtime, municipality: Municipality) -> list[str]:
    """Two massage salons."""
    assert municipality.accounts
    with runtime.system_unit("test") as uow:
        return [str(make_object(uow, Objecttype.MASS, nr).id) for nr in (1, 2)]


def wish(service: Service, sub: str, object_id: str, days: int, soort: str = "niet-plannen-tot", **more: object) -> Any:  # noqa: ANN401 - an HTTP answer
    body = {"objectId": object_id, "soort": soort, "tot": (TODAY + timedelta(days=days)).isoformat(), **more}
    return service.as_(sub).post("/planningswensen", json=body)


def seen(service: Service, sub: str, object_id: str) -> tuple[Any, ...]:
    """All that somebody sees of the wishes at an object, without what every row has of its own."""
    client = service.as_(sub)
    rows = client.get("/planningswensen", params={"objectId": object_id}).json()
    one = client.get(f"/planningswensen/{rows['resultaten'][0]['id']}")
    own = {name: value for name, value in one.json().items() if name not in {"id", "objectId"}}
    place = client.get(f"/objecten/{object_id}")
    return len(rows["resultaten"]), own, one.headers.get("ETag"), place.json()["versie"], client.get("/taken").json()


@pytest.mark.requirement("PLN-17")
def test_nobody_can_tell_a_wish_of_the_af_from_one_of_a_planner(service: Service, salons: list[str]) -> None:
    by_af, by_planner = salons
    answers = [
        wish(service, "af", by_af, 30, reden="Politie werkt hier."),
        wish(service, "planner", by_planner, 90, reden="Verbouwing."),
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert {tuple(sorted(answer.json())) for answer in answers} == {("door", "id", "objectId", "soort")}
    for sub in ANDEREN:
        mine = seen(service, sub, by_af)
        assert mine == seen(service, sub, by_planner), sub
        assert mine[:2] == (1, {"soort": "niet-plannen-tot", "door": "planner"})
    # The moment at which it was made cannot be told from its id either.
    assert {answer.json()["id"][14] for answer in answers} == {"4"}
    # One over the other makes no second row and no other answer; each withdraws his own alone.
    first = answers[0].json()
    assert wish(service, "planner", by_af, 60).json() == first
    client = service.as_("planner")
    assert client.post(f"/planningswensen/{first['id']}/_intrekken").status_code == 204
    assert client.post(f"/planningswensen/{first['id']}/_intrekken").status_code == 409
    assert seen(service, "planner", by_af) == seen(service, "planner", by_planner)

    cause = f"/planningswensen/{first['id']}/oorzaak"
    for sub in ("planner", "teamleider", "toezichthouder", "beheerder", "bestuur"):
        assert service.as_(sub).get(cause).status_code == 403, sub
    for sub in ("buur-af", "buur-planner"):
        assert service.as_(sub).get(f"/planningswensen/{first['id']}").status_code == 404, sub
    before = reads(service, first["id"])
    for sub in ("af", "hoofdplanner"):
        told = service.as_(sub).get(cause).json()
        assert (told[0]["door"], told[0]["reden"]) == ("aandachtsfunctionaris", "Politie werkt hier.")
        assert [row["tot"] is None for row in told] == [False, False, True]
    assert reads(service, first["id"]) == before + 2
    assert "Politie" not in service.as_("beheerder").get("/auditregels").text

    assert service.as_("af").post(f"/planningswensen/{first['id']}/_intrekken").status_code == 204
    assert client.get(f"/planningswensen/{first['id']}").status_code == 404


def reads(service: Service, wens_id: str) -> int:
    """Audit rows of reading the cause."""
    rows = service.as_("beheerder").get("/auditregels").json()["resultaten"]
    return sum((row["actie"], row["objectId"]) == ("planningswensen_oorzaak", wens_id) for row in rows)


def test_a_wish_has_a_day_and_a_sex_establishment_keeps_its_rhythm(
    runtime: Runtime, service: Service, salons: list[str]
) -> None:
    for days in (-1, 400):
        assert wish(service, "planner", salons[0], days).status_code == 400
    assert wish(service, "planner", salons[0], 5, reden="Bel info@voorbeeld.nl").status_code == 400
    both = wish(service, "planner", salons[0], -1, reden="Bel info@voorbeeld.nl")
    assert {row["veld"] for row in both.json()["fouten"]} >= {"reden", "tot"}, "every fault at once"
    with runtime.system_unit("test") as uow:
        seks = str(make_object(uow, Objecttype.SEKS, 9).id)
    refused = [wish(service, sub, seks, 9) for sub in ("af", "planner")]
    assert [answer.status_code for answer in refused] == [400, 400]
    assert refused[0].json()["fouten"] == refused[1].json()["fouten"]
    assert wish(service, "af", seks, 9, opVerzoekOm=True).status_code == 201
    assert wish(service, "planner", salons[1], 20, soort="controle-gewenst").status_code == 201
    with runtime.system_unit("test", write=False) as uow:
        places = {str(place.id): place for place in planbare_objecten(uow, STAD)}
    assert places[seks].norm_niet_tot == TODAY + timedelta(days=9)
    assert (places[salons[1]].gewenst_sinds, places[salons[1]].niet_plannen_tot) == (TODAY, None)


def test_the_longest_wish_counts_and_a_withdrawn_one_does_not() -> None:
    def said(account: str, tot: date | None, day: int, *, om: bool = False) -> Stem:
        op = datetime(2026, 3, day, 9, tzinfo=AMSTERDAM)
        return Stem(Wenszetter.PLANNER, account, tot, None, om, op)

    today, may, june = date(2026, 3, 9), date(2026, 5, 1), date(2026, 6, 1)
    both = [said("a", june, 1, om=True), said("b", may, 2)]
    assert state_of(both, today).tot == june
    assert state_of(both, today).vanaf == date(2026, 3, 1)
    after = state_of([*both, said("a", None, 3)], today)
    assert (after.tot, after.norm_tot, after.vanaf) == (may, None, date(2026, 3, 2))
    assert state_of(both, date(2026, 6, 2)).tot is None
