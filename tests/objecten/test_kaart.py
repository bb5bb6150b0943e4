"""The map against brute force: every window counts exactly what lies in it, on its edges too (REG-20, ADR 0015)."""

import random
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.unit_of_work import UnitOfWork
from app.objecten.rules.kaartcellen import around, kept_levels, shown_side, whole_cells
from app.objecten.schemas.filters import Kaartfilter
from app.objecten.service import kaart, zoekindex
from app.objecten.service.kaart import show_map
from app.objecten.status import Objectstatus, Objecttype
from app.objecten.tables import Adres, Kaartcel, Kaartpunt, Object
from geo.boxes import Bbox, box_contains, parse_bbox
from geo.crs import Crs
from tests.objecten.stock import RD, address_body, object_body
from tests.support.description import description
from tests.support.municipality import BUUR, STAD
from tests.support.service import Service

RD_NAME = Crs.RD.value
TYPES = (Objecttype.WON, Objecttype.HOR, Objecttype.BEDR)


def _scatter(count: int) -> list[tuple[float, float]]:
    """Places all over, many on the edges of cells and a hair beside them."""
    chance = random.Random(20)
    found = [(155_000.0, 463_000.0), (155_000.0, 463_000.0), (154_999.99999999997, 463_000.0)]
    while len(found) < count:
        spread = chance.choice((400, 4_000, 60_000))
        x, y = 155_000 + chance.uniform(-spread, spread), 463_000 + chance.uniform(-spread, spread)
        step = chance.choice((0, 0, 125, 500, 8_000))
        found.append((x - x % step, y - y % step) if step else (x, y))
    return found


def _store(uow: UnitOfWork, places: list[tuple[float, float]]) -> dict[UUID, tuple[Objecttype, float, float]]:
    adres_id = new_id()
    adres = Adres(id=adres_id, gemeentecode=STAD, straat="Kade", huisnummer=1, postcode="9901AB", woonplaats="Stad")
    uow.session.add(adres)
    uow.session.flush()
    rows = [
        {
            "id": new_id(),
            "gemeentecode": STAD,
            "nummer": f"K-{at:05d}",
            "type": TYPES[at % 3],
            "naam": f"Zaak {at}",
            "adres_id": adres_id,
            "x": x,
            "y": y,
            "status": Objectstatus.ACTIEF,
            "bron": "proef",
            "versie": 1,
        }
        for at, (x, y) in enumerate(places)
    ]
    uow.session.execute(sa.insert(Object), rows)
    zoekindex.index_words(uow.session, [row["id"] for row in rows])  # type: ignore[misc]  # the id is a UUID
    return {row["id"]: (row["type"], row["x"], row["y"]) for row in rows}  # type: ignore[misc]


def _windows(places: list[tuple[float, float]]) -> list[Bbox]:
    chance = random.Random(5)
    found = [parse_bbox("0,290000,299000,628000", Crs.RD), parse_bbox("3.3,50.7,7.2,53.6")]
    for _ in range(25):
        (west, south), (east, north) = chance.sample(places, 2)
        box = (min(west, east), min(south, north), max(west, east), max(south, north))
        found.append(parse_bbox(",".join(str(edge) for edge in box), Crs.RD))
        side = chance.choice((125, 1_000, 16_000))
        found.append(
            parse_bbox(
                ",".join(str(edge - edge % side) for edge in (box[0], box[1], box[2] + side, box[3] + side)), Crs.RD
            )
        )
        lon, lat = 5.387 + chance.uniform(-0.05, 0.05), 52.155 + chance.uniform(-0.05, 0.05)
        wide = chance.choice((0.005, 0.1, 1.2))
        found.append(parse_bbox(f"{lon - wide},{lat - wide},{lon + wide},{lat + wide}"))
    return found


@pytest.mark.requirement("REG-20")
@pytest.mark.parametrize("most", [0, 150])
@pytest.mark.usefixtures("municipality")
def test_every_window_counts_exactly_what_lies_in_it(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(kaart, "MAX_PUNTEN", most)
    places = _scatter(600)
    with runtime.system_unit("test") as uow:
        stored = _store(uow, places)
        for at, window in enumerate(_windows(places)):
            types = (Objecttype.HOR, Objecttype.WON) if at % 4 == 1 else ()
            wanted = {
                key: soort
                for key, (soort, x, y) in stored.items()
                if box_contains(window, x, y) and (not types or soort in types)
            }
            shown = show_map(uow, Kaartfilter(types=types), window, Crs.RD)
            again = show_map(uow, Kaartfilter(types=types), window, Crs.RD)
            assert shown == again
            assert shown.totaal == len(wanted), window
            clusters = [feature for feature in shown.features if feature.properties.soort == "cluster"]
            assert bool(clusters) == (len(wanted) > most)
            if not clusters:
                assert {UUID(feature.id) for feature in shown.features} == set(wanted)
                continue
            per_type: dict[Objecttype, int] = {}
            for feature in clusters:
                assert feature.properties.soort == "cluster"
                assert feature.bbox is not None
                (x, y), (west, south, east, north) = feature.geometry.coordinates, feature.bbox
                assert west - 0.01 <= x <= east + 0.01
                assert south - 0.01 <= y <= north + 0.01
                assert feature.properties.aantal == sum(feature.properties.per_type.values())
                for soort, number in feature.properties.per_type.items():
                    per_type[soort] = per_type.get(soort, 0) + number
            listed = list(wanted.values())
            assert per_type == {soort: listed.count(soort) for soort in set(listed)}
            assert len(clusters) <= 22 * 22


def test_cells_and_strips_cover_a_box_once() -> None:
    box = (100.0, 990.0, 7_013.0, 5_001.0)
    cells = whole_cells(500, box)
    assert cells is not None
    assert cells.rechthoek == (500, 1_000, 7_000, 5_000)
    assert around(cells.rechthoek, box) == [
        (100.0, 990.0, 7_013.0, 1_000),
        (100.0, 5_000, 7_013.0, 5_001.0),
        (100.0, 1_000, 500, 5_000),
        (7_000, 1_000, 7_013.0, 5_000),
    ]
    assert whole_cells(8_000, box) is None
    assert shown_side(300_000, 10) == 16_000
    assert (kept_levels(16_000), kept_levels(1_000), kept_levels(62.5)) == ([8_000, 2_000], [500, 125], [])


def test_counts_follow_a_change_and_can_be_made_anew(service: Service, runtime: Runtime) -> None:
    planner = service.as_("planner")
    made = planner.post("/objecten", json=object_body(1), headers=RD)
    planner.post("/objecten", json=object_body(2, type="WON"), headers=RD)
    nowhere = planner.post("/objecten", json=object_body(3, adres=address_body(3, punt=None)), headers=RD)
    assert nowhere.status_code == 201
    closed = planner.patch(
        f"/objecten/{made.json()['id']}", json={"status": "gesloten"}, headers={"If-Match": made.headers["etag"]}
    )
    assert closed.status_code == 200
    box = {"bbox": "154000,462000,156000,464000", "bbox-crs": RD_NAME, "crs": RD_NAME}
    shown = planner.get("/objecten/_kaart", params=box)
    assert shown.headers["content-type"] == "application/geo+json"
    assert shown.headers["content-crs"] == f"<{RD_NAME}>"
    told = {row["properties"]["nummer"]: row["properties"] for row in shown.json()["features"]}
    assert set(told) == {"O-00001", "O-00002"}
    assert told["O-00002"]["naam"] is None
    assert told["O-00001"]["status"] == "gesloten"
    assert planner.get("/objecten/_kaart", params=box | {"status": "actief"}).json()["totaal"] == 1
    assert service.as_("buur-planner").get("/objecten/_kaart", params=box).json()["totaal"] == 0
    assert planner.get("/objecten/_kaart", params=box | {"gemeentecode": BUUR}).json()["totaal"] == 0

    def cells() -> list[Any]:
        with runtime.system_unit("test", write=False) as uow:
            rows = uow.session.execute(sa.select(Kaartcel.__table__).where(Kaartcel.aantal > 0))  # type: ignore[attr-defined,arg-type]  # SQLModel does not declare it
            return sorted(tuple(row) for row in rows)

    before = cells()
    with runtime.system_unit("test") as uow:
        uow.session.execute(sa.delete(Kaartpunt))
        uow.session.execute(sa.update(Kaartcel).values(aantal=7))
    assert zoekindex.rebuild(runtime.system_unit, "test") == 3
    assert cells() == before
    assert planner.get("/objecten/_kaart", params=box).json() == shown.json()


def test_the_map_speaks_two_systems_and_refuses_others(service: Service) -> None:
    planner = service.as_("planner")
    planner.post("/objecten", json=object_body(1), headers=RD)
    told = planner.get("/objecten/_kaart", params={"bbox": "5.3,52.1,5.4,52.2"})
    assert told.headers["content-crs"] == f"<{Crs.CRS84.value}>"
    lon, lat = told.json()["features"][0]["geometry"]["coordinates"]
    assert (round(lon, 2), round(lat, 2)) == (5.39, 52.16)
    short = planner.get("/objecten/_kaart", params={"bbox": "155000,462000,156000,464000", "bbox-crs": "EPSG:28992"})
    assert short.json() == told.json()
    for wrong in (
        {},
        {"bbox": "5.3,52.1,5.4,52.2", "crs": "EPSG:9999"},
        {"bbox": "5.3,52.1,5.4,52.2", "bbox-crs": "x"},
        {"bbox": "52.1,5.3,52.2,5.4"},
        {"bbox": "5.3,52.1,5.4,52.2", "type": "ESCORT"},
    ):
        assert planner.get("/objecten/_kaart", params=wrong).status_code == 400, wrong


@pytest.mark.requirement("REG-05")
def test_no_key_of_map_or_search_tells_a_use() -> None:
    document = description()
    names = {item["name"] for item in document["paths"]["/objecten/_kaart"]["get"]["parameters"]}
    assert names == {"bbox", "bbox-crs", "crs", "gemeentecode", "type", "status"}
    assert set(document["components"]["schemas"]["Zoekvraag"]["properties"]) == {
        "tekst", "gemeentecode", "type", "status", "wijkcodes", "buurtcodes", "buitenGemeente", "controleVoor", "vergunningsoort",
        "bibobVoor", "gebied",
    }  # fmt: skip
