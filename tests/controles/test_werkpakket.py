"""The day package: need-to-know only, one answer, 304 when unchanged (F12)."""

import gzip
from datetime import timedelta
from typing import Any

from sqlalchemy import event

from app.checklists.rules.content import Klasse
from app.checklists.service import current_versions, get_catalogue
from app.controles.service.werkpakket import build_package
from app.core.runtime import Runtime
from app.gemeenten.accounts import Accounts
from tests.controles.conftest import KERN, Field, Tablet, today
from tests.support.service import Service


def confidential_codes() -> set[str]:
    regels = get_catalogue(current_versions(today())).regels
    return {code for code, regel in regels.items() if regel.item.klasse is Klasse.VERTROUWELIJK}


def test_no_view_of_a_control_holds_a_confidential_code(veld: Field, tablet: Tablet, service: Service) -> None:
    earlier = veld.plan("SEKS", today() - timedelta(days=30))
    tablet.send(*tablet.whole(earlier, {**KERN["SEKS"], "ARB-26": "ja", "ENT-21": "ja", "ENT-22": "x", "ARB-04": "ja"}))
    later = veld.plan("SEKS")
    field = service.as_("toezichthouder")
    package = field.get(f"/werkpakketten/{today()}")
    assert package.status_code == 200
    controle = package.json()["controles"][0]
    assert controle["id"] == str(later)
    assert [b["item"] for b in controle["object"]["bevindingen"]] == ["ARB-04"]
    views = [
        package.text,
        field.get(f"/werkpakketten/{today() - timedelta(days=30)}").text,
        field.get(f"/controles/{earlier}").text,
        field.get("/controles").text,
        service.as_("planner").get(f"/controles/{earlier}").text,
        service.as_("af").get("/bevindingen", params={"objectId": str(veld.objecten["SEKS"])}).text,
        service.as_("planner").get(f"/controles/{earlier}/deelnames").text,
    ]
    words = confidential_codes() | {"score", "punten", "uitkomst", "signaal", "vertrouwelijk"}
    for view in views:
        assert not {word for word in words if word in view}


def test_package_is_unchanged_until_something_changes(veld: Field, tablet: Tablet, service: Service) -> None:
    controle = veld.plan("HOR", aanvang=600, volgorde=1)
    veld.plan("SEKS", aanvang=540)
    veld.plan("WON", release=False)
    veld.plan("HOR", today() + timedelta(days=1))
    veld.plan("HOR", team_id=veld.municipality.teams["buur"])
    field = service.as_("toezichthouder")
    first = field.get(f"/werkpakketten/{today()}")
    body = first.json()
    assert [c["aanvang"] for c in body["controles"]] == [540, 600]  # what waits for release is not in it
    assert body["controles"][0]["normen"]["NORM_M2"] == 12.0
    assert {"code": "ENT", "versie": 2, "verwijzing": "/v1/checklists/ENT/versies/2"} in body["checklists"]
    assert body["contactkaart"][0] == {"soort": "112", "naam": "Direct gevaar", "nummer": "112", "gemeentecode": None}
    tag = {"If-None-Match": first.headers["ETag"]}
    assert field.get(f"/werkpakketten/{today()}", headers=tag).status_code == 304
    tablet.send(tablet.event("controle-gestart", controle))
    assert field.get(f"/werkpakketten/{today()}", headers=tag).status_code == 200
    assert service.as_("planner").get(f"/werkpakketten/{today()}").status_code == 403


def test_number_of_queries_does_not_grow(veld: Field, runtime: Runtime) -> None:
    caller = Accounts(runtime.database, 0).find_caller("toezichthouder")
    assert caller is not None

    def queries() -> int:
        seen: list[Any] = []
        listen = lambda *args: seen.append(args[2])  # noqa: E731
        event.listen(runtime.database.engine, "before_cursor_execute", listen)
        with runtime.unit(caller, "test", "1", write=False) as uow:
            assert build_package(uow, today()).controles
        event.remove(runtime.database.engine, "before_cursor_execute", listen)
        return len(seen)

    veld.plan("SEKS")
    one = queries()
    for key in ("SEKS", "HOR", "BEDR", "MASS", "LOG", "HOT") * 3:
        veld.plan(key)
    assert queries() == one <= 17
    with runtime.unit(caller, "test", "1", write=False) as uow:  # about twenty controls, as in F12
        content = build_package(uow, today()).model_dump_json(by_alias=True).encode()
    assert len(gzip.compress(content)) < 200_000
