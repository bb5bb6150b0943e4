"""A file of permits only: they land at objects that stand, and nothing is made for one that does not."""

from typing import Any
from uuid import UUID

from app.core.runtime import Runtime
from app.objecten.adapters.eigen_csv import VERGUNNING_COLUMNS
from app.objecten.tasks import import_file
from tests.objecten.bestanden import as_csv
from tests.objecten.stock import RD, object_body
from tests.support.municipality import STAD
from tests.support.service import Service

ADDRESS = {"straat": "Voorbeeldkade", "huisnummer": "3", "postcode": "9901 AB", "woonplaats": "Voorbeeldstad"}


def _permit(number: int, **more: str) -> dict[str, str]:
    kind = {"vergunningsoort": "alcohol", "vergunningnummer": f"A-{number}", "vergunningVanaf": "2026-01-01"}
    return kind | more


def test_permits_find_their_object_by_number_or_address(service: Service, runtime: Runtime) -> None:
    planner = service.as_("planner")
    dwelling = object_body(4, type="WON", naam="Woning")
    second = object_body(5, nummer="O-5b", type="HOT", naam="Ander")
    for body in (object_body(2), object_body(3), dwelling, object_body(5), second):
        assert planner.post("/objecten", json=body, headers=RD).status_code == 201
    rows = [
        _permit(1, objectnummer="O-00002"),
        _permit(2, **ADDRESS),
        _permit(3, objectnummer="O-00099"),
        _permit(4, **ADDRESS | {"huisnummer": "77"}),
        _permit(5, **ADDRESS | {"huisnummer": "5"}),
        _permit(6, **ADDRESS | {"huisnummer": "5"}, type="HOT"),
        _permit(7, objectnummer="O-00004", vergunningsoort="seksinrichting"),
    ]
    content = as_csv(*rows, columns=VERGUNNING_COLUMNS).encode()

    def imported() -> tuple[dict[str, Any], list[tuple[int, str]]]:
        form = {"indeling": "vergunningen", "gemeentecode": STAD, "bron": "register"}
        sent = planner.post("/importen", data=form, files={"bestand": ("a.csv", content)})
        import_file(runtime.system_unit, UUID(sent.json()["id"]))
        path = f"/importen/{sent.json()['id']}"
        told = planner.get(f"{path}/afwijzingen").json()["resultaten"]
        return planner.get(path).json(), [(row["regel"], row["veld"]) for row in told]

    done, told = imported()
    assert told == [(4, "objectnummer"), (5, "postcode"), (6, "objectnummer"), (8, "vergunningsoort")]
    assert (done["nieuw"], done["gewijzigd"], done["afgewezen"]) == (0, 3, 4)
    assert len(planner.get("/objecten").json()["resultaten"]) == 5
    again, _ = imported()
    assert (again["gewijzigd"], again["ongewijzigd"], again["afgewezen"]) == (0, 3, 4)
    found = service.as_("vergunningverlener").get("/vergunningen").json()["resultaten"]
    assert sorted(one["nummer"] for one in found) == ["A-1", "A-2", "A-6"]
