"""Which reasons to close a municipality uses: dated, tried out first, changed until the day, and never those that other rules need (RTE-22)."""

from datetime import date, timedelta

import pytest

from app.core.clock import business_date
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.signalen.rules.sluitcodes import SLUITCODES, codes_used
from tests.support.municipality import BUUR, STAD
from tests.support.service import Service
from tests.support.signaalstappen import Walk
from tests.support.signalen import Field


def _today(runtime: Runtime) -> date:
    with runtime.system_unit("test", write=False) as uow:
        return business_date(uow.now)


def _body(day: date, *codes: str, **changes: object) -> dict[str, object]:
    return {
        "id": str(new_id()),
        "gemeentecode": STAD,
        "geldigVanaf": day.isoformat(),
        "uitgeschakeld": list(codes),
        "bron": "besluit van het college",
        **changes,
    }


@pytest.mark.requirement("RTE-22")
def test_a_switched_off_code_closes_nothing_and_stays_readable(
    service: Service, runtime: Runtime, field: Field
) -> None:
    today, manager = _today(runtime), service.as_("beheerder")
    old = Walk(service, field.objects["HOR"]).triaged().care().closed(sluitcode="C4")
    waiting = Walk(service, field.objects["SEKS"]).triaged().care()
    request = waiting.step("sluiten", waiting.closing(sluitcode="C5")).json()["verzoek"]
    trial = _body(today, "C5", "C4")
    shown = manager.post("/sluitcodeversies/_proef", json={k: v for k, v in trial.items() if k not in {"id", "bron"}})
    assert shown.json() == {
        "vervalt": [
            {
                "code": code,
                "reden": SLUITCODES[code].reden,
                "afgelopenJaar": used,
                "wachtOpTweede": waits,
            }
            for code, used, waits in (("C4", "minder dan 10", "geen"), ("C5", "geen", "minder dan 10"))
        ],
        "komtTerug": [],
    }
    assert manager.get("/sluitcodeversies").json()["resultaten"] == [], "a trial stores nothing"
    made = manager.post("/sluitcodeversies", json=trial)
    assert (made.status_code, made.json()["uitgeschakeld"]) == (201, ["C4", "C5"])
    assert manager.post("/sluitcodeversies", json=trial).status_code == 201, "sending again is safe"
    codes = {row["code"]: row for row in service.as_("af").get("/sluitcodes").json()}
    assert [code for code, row in codes.items() if not row["inGebruik"]] == ["C4", "C5"]
    assert [code for code, row in codes.items() if not row["kiezen"]] == ["C4", "C5", "C8"]
    there = service.as_("af").get(f"/sluitcodes?gemeentecode={BUUR}").json()
    assert all(row["inGebruik"] for row in there), "the neighbour did not switch anything off"
    assert service.as_("af").get("/sluitcodes?gemeentecode=GM0599").status_code == 404
    refused = waiting.step("sluiten", waiting.closing(sluitcode="C5"))
    assert refused.status_code == 409
    told = refused.json()["detail"]
    assert "C5 nu niet" in told
    assert told.endswith("C1, C2, C3, C6, C7, C9, C10, C11, C12, C13, C14.")
    late = waiting.decide(request)
    assert late.status_code == 409, "also when it was asked while the code was used"
    assert old.read()["inhoud"]["beoordeling"]["sluitcode"] == "C4"
    events = service.as_("af").get(f"/signalen/{old.id}/gebeurtenissen").json()["resultaten"]
    assert any((row["toelichting"] or "").startswith("C4: Bestuurlijke") for row in events)
    assert waiting.decide(request, "intrekken", "af").status_code == 200
    waiting.closed(sluitcode="C13")


@pytest.mark.requirement("RTE-22")
def test_a_version_holds_from_its_day_and_changes_until_then(service: Service, runtime: Runtime, field: Field) -> None:
    del field
    manager, today = service.as_("beheerder"), _today(runtime)
    later = _body(today + timedelta(days=3), "C11")
    made = manager.post("/sluitcodeversies", json=later)
    path = made.headers["Location"].removeprefix("/v1")
    assert all(row["inGebruik"] for row in manager.get("/sluitcodes").json())
    change = {"uitgeschakeld": ["C4"], "bron": "nader besluit"}
    assert manager.put(path, json=change).status_code == 428
    assert manager.put(path, json=change, headers={"If-Match": '"7"'}).status_code == 412
    changed = manager.put(path, json=change, headers={"If-Match": made.headers["ETag"]})
    assert (changed.status_code, changed.headers["ETag"], changed.json()["uitgeschakeld"]) == (200, '"2"', ["C4"])
    now = manager.post("/sluitcodeversies", json=_body(today, "C5"))
    held = now.headers["Location"].removeprefix("/v1")
    assert manager.put(held, json=change, headers={"If-Match": now.headers["ETag"]}).status_code == 409
    assert manager.post("/sluitcodeversies", json=_body(today, "C4")).status_code == 409, "one version a day"
    assert manager.post("/sluitcodeversies", json=_body(today - timedelta(days=1))).status_code == 409
    assert manager.post("/sluitcodeversies", json=_body(today, gemeentecode=BUUR)).status_code in {403, 404}
    for sub, status in (("af", 403), ("teamleider", 403)):
        assert service.as_(sub).post("/sluitcodeversies", json=_body(today, "C4")).status_code == status
    audited = manager.get("/auditregels").json()["resultaten"]
    assert {row["actie"] for row in audited} >= {"sluitcodeversies_toevoegen", "sluitcodeversies_wijzigen"}


@pytest.mark.requirement("RTE-22")
def test_codes_that_other_rules_need_cannot_be_switched_off(service: Service, runtime: Runtime, field: Field) -> None:
    del field
    fixed = [code for code, row in SLUITCODES.items() if row.vast]
    assert [code for code in SLUITCODES if code not in fixed] == ["C4", "C5", "C11"]
    answer = service.as_("beheerder").post("/sluitcodeversies", json=_body(_today(runtime), *fixed, "C99", "C4"))
    assert answer.status_code == 400
    assert len(answer.json()["fouten"]) == len(fixed) + 1
    assert "klasse 1 van Veilig Thuis" in answer.text
    assert codes_used(SLUITCODES) == frozenset(fixed), "whatever was stored"
