"""Free text of the stock: what may not be stored is refused, or left out of a row that lands (design section 7, REG-05, DAT-01)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from app.core.runtime import Runtime
from app.objecten.adapters.eigen_csv import RISICO_COLUMNS
from app.objecten.tasks import import_file
from tests.objecten.bestanden import ROW, as_csv
from tests.objecten.imports import run
from tests.objecten.stock import RD, address_body, object_body, yesterday
from tests.objecten.test_importen import RISK
from tests.support.municipality import STAD
from tests.support.service import Service

PHONE = "06" + "12345678"


def _risk(**changes: object) -> dict[str, Any]:
    in_view = yesterday()
    return {
        "gemeentecode": STAD,
        "adres": address_body(),
        "reden": "overbewoning",
        "bron": "melding van omwonenden",
        "inBeeldOp": in_view.isoformat(),
        "herzienOp": (in_view + timedelta(days=90)).isoformat(),
        **changes,
    }


def _refused(answer: Any, *fields: str) -> None:  # noqa: ANN401 - a response
    assert answer.status_code == 400, answer.text
    assert {fault["veld"].removeprefix("body.") for fault in answer.json()["fouten"]} == set(fields)
    assert PHONE not in answer.text


def test_reason_and_source_of_a_risk_address_are_filtered(service: Service) -> None:
    planner = service.as_("planner")
    _refused(
        planner.post("/risicoadressen", json=_risk(reden=f"bel {PHONE}", bron="www.advertentie.xxx"), headers=RD),
        "reden",
        "bron",
    )
    _refused(planner.post("/risicoadressen", json=_risk(bron="escortsite"), headers=RD), "bron")
    _refused(planner.post("/risicoadressen", json=_risk(type="BEDR", reden=f"bel {PHONE}"), headers=RD), "reden")
    assert planner.get("/risicoadressen").json()["resultaten"] == []
    made = planner.post("/risicoadressen", json=_risk(), headers=RD)
    path, match = f"/risicoadressen/{made.json()['id']}", {"If-Match": made.headers["etag"]}
    _refused(planner.patch(path, json={"bron": f"tel {PHONE}"}, headers=match), "bron")


@pytest.mark.requirement("REG-05")
def test_a_dwelling_cannot_be_marked_by_name_sector_or_permit(service: Service) -> None:
    planner, desk = service.as_("planner"), service.as_("vergunningverlener")
    dwelling = object_body(type="WON", naam="Woning 1")
    _refused(planner.post("/objecten", json=dwelling | {"naam": "Escort bovenwoning"}, headers=RD), "naam")
    _refused(planner.post("/objecten", json=dwelling | {"sector": "seks"}, headers=RD), "sector")
    made = planner.post("/objecten", json=dwelling, headers=RD)
    path, match = f"/objecten/{made.json()['id']}", {"If-Match": made.headers["etag"]}
    _refused(planner.patch(path, json={"sector": "sekswerk"}, headers=match), "sector")
    permit = {
        "objectId": made.json()["id"],
        "soort": "seksinrichting",
        "nummer": "S-1",
        "geldigVanaf": "2026-01-01",
        "bron": "register",
    }
    _refused(desk.post("/vergunningen", json=permit), "soort")


@pytest.mark.requirement("REG-05")
def test_no_number_version_or_hours_tell_a_dwelling_by_its_use(service: Service, runtime: Runtime) -> None:
    planner, desk = service.as_("planner"), service.as_("vergunningverlener")
    hours = {"5": [[1200, 1560]]}
    dwelling = object_body(type="WON", naam="Woning 1")
    _refused(planner.post("/objecten", json=dwelling | {"nummer": "PROSTITUTIE-1"}, headers=RD), "nummer")
    _refused(planner.post("/objecten", json=dwelling | {"openingstijden": hours}, headers=RD), "openingstijden")
    made = planner.post("/objecten", json=dwelling, headers=RD)
    path, match = f"/objecten/{made.json()['id']}", {"If-Match": made.headers["etag"]}
    _refused(planner.patch(path, json={"openingstijden": hours}, headers=match), "openingstijden")
    permit = {"objectId": made.json()["id"], "soort": "overig", "geldigVanaf": "2026-01-01", "bron": "register"}
    _refused(desk.post("/vergunningen", json=permit | {"nummer": "SEKS-7"}), "nummer")
    plan = {"versienaam": "escortplan", "goedgekeurdOp": "2026-01-01", "onderdelen": []}
    _refused(desk.post(f"{path}/bedrijfsplannen", json=plan), "versienaam")
    # A business is known by all of these.
    other = object_body(2, type="SEKS", nummer="SEKS-1", openingstijden=hours)
    assert planner.post("/objecten", json=other, headers=RD).status_code == 201

    home = ROW | {"type": "WON", "naam": "Woning"}
    traces: list[dict[str, str]] = [
        {"objectnummer": "ESCORT-1"}, {"openingstijden": "5 20:00-02:00"},
        {"vergunningsoort": "overig", "vergunningnummer": "SEKS-9", "vergunningVanaf": "2026-01-01"},
    ]  # fmt: skip
    rows = [home | {"objectnummer": f"W-{at}", "huisnummer": f"{at + 5}", **more} for at, more in enumerate(traces)]
    done = run(runtime, as_csv(*rows, ROW | {"objectnummer": "SEKS-2", "type": "SEKS"}).encode())
    assert (done.nieuw, done.afgewezen) == (1, 3)


def test_the_name_of_a_business_may_be_a_web_address_but_not_where_sex_is_sold(service: Service) -> None:
    planner = service.as_("planner")
    assert planner.post("/objecten", json=object_body(naam="Broodje.nl"), headers=RD).status_code == 201
    for soort in ("SEKS", "MASS"):
        _refused(planner.post("/objecten", json=object_body(2, type=soort, naam="Zaak.nl"), headers=RD), "naam")
    _refused(planner.post("/objecten", json=object_body(2, naam=f"Zaak {PHONE}"), headers=RD), "naam")


def test_a_row_lands_without_its_name_and_a_reason_refuses_it(service: Service, runtime: Runtime) -> None:
    planner = service.as_("planner")

    def imported(layout: str, content: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        form = {"indeling": layout, "gemeentecode": STAD, "bron": "data.voorbeeld.nl"}
        sent = planner.post("/importen", data=form, files={"bestand": ("a.csv", content)})
        assert sent.status_code == 202, sent.text
        import_file(runtime.system_unit, UUID(sent.json()["id"]))
        path = f"/importen/{sent.json()['id']}"
        return planner.get(path).json(), planner.get(f"{path}/afwijzingen").json()["resultaten"]

    done, told = imported("objecten", as_csv(ROW | {"naam": f"Zaak {PHONE}"}).encode())
    assert (done["nieuw"], done["afgewezen"]) == (1, 0)
    assert [(row["veld"], row["rijIngelezen"]) for row in told] == [("naam", True)]
    (place,) = planner.get("/objecten").json()["resultaten"]
    assert PHONE not in str(place) + str(told)

    done, told = imported(
        "risicoadressen",
        as_csv(RISK | {"reden": f"bel {PHONE}"}, RISK | {"bron": "hoerenlijst"}, columns=RISICO_COLUMNS).encode(),
    )
    assert (done["nieuw"], done["afgewezen"]) == (0, 2)
    assert [(row["veld"], row["rijIngelezen"]) for row in told] == [("reden", False), ("bron", False)]
    form = {"indeling": "objecten", "gemeentecode": STAD, "bron": f"bel {PHONE}"}
    _refused(planner.post("/importen", data=form, files={"bestand": ("a.csv", as_csv(ROW).encode())}), "bron")
