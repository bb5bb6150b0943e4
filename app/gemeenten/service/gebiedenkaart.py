"""The areas of a municipality, simplified until they are light enough to keep on a tablet: the map without network (REG-20)."""

import json
import threading
from collections import OrderedDict
from collections.abc import Sequence

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import gebieden as repository
from app.gemeenten.schemas.gemeenten import GebiedenkaartRead, GebiedKenmerken, GebiedVorm
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.indeling import indeling_of
from app.gemeenten.status import Gebiedsoort
from app.gemeenten.tables import Gebied
from geo.crs import Crs
from geo.geojson import read_polygon, write_polygon
from geo.simplify import Area, simplify_together

MAX_BYTES = 300_000
"""Of the answer before compression; compressed it is about a third."""
METRES = (5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0)
DECIMALS = 5  # about a metre
_CACHED = 64
_cache: OrderedDict[tuple[str, str], bytes] = OrderedDict()
_guard = threading.Lock()


def light_map(uow: UnitOfWork, gemeentecode: str) -> bytes:
    """The finest division of this year and the boundary of the municipality as GeoJSON; remembered per process for these very areas.

    Raises:
        GemeenteNotFound: unknown, or the caller does not work there.
    """
    require_gemeente(uow, gemeentecode)
    indeling = indeling_of(uow, gemeentecode)
    key = (gemeentecode, indeling.stempel)
    with _guard:
        known = _cache.get(key)
    if known is not None:
        return known
    rows = [] if indeling.jaar is None else repository.areas_of(uow.session, gemeentecode, indeling.jaar)
    made = _fitting(_shown(rows))
    with _guard:
        _cache[key] = made
        while len(_cache) > _CACHED:
            _cache.popitem(last=False)
    return made


def _shown(rows: Sequence[Gebied]) -> list[Gebied]:
    finest = next((s for s in (Gebiedsoort.BUURT, Gebiedsoort.WIJK) if any(row.soort is s for row in rows)), None)
    return [row for row in rows if row.soort in {finest, Gebiedsoort.GEMEENTE}]


def _fitting(rows: list[Gebied]) -> bytes:
    """The map with the finest lines that fit."""
    polygons: list[Area] = [read_polygon(json.loads(row.geometrie), Crs.RD) for row in rows]
    content = b""
    for metres in METRES:
        light: list[Area] = [*polygons]
        for soort in {row.soort for row in rows}:  # a municipality lies around its areas, and is simplified by itself
            places = [nr for nr, row in enumerate(rows) if row.soort is soort]
            for nr, area in zip(places, simplify_together([polygons[nr] for nr in places], metres), strict=True):
                light[nr] = area
        content = _written(rows, light)
        if len(content) <= MAX_BYTES:
            break
    return content


def _written(rows: list[Gebied], polygons: Sequence[Area]) -> bytes:
    features = [
        GebiedVorm(
            properties=GebiedKenmerken(code=row.code, naam=row.naam, soort=row.soort),
            geometry=_rounded(write_polygon(polygon, Crs.CRS84)),
        )
        for row, polygon in zip(rows, polygons, strict=True)
        if not polygon.is_empty
    ]
    return GebiedenkaartRead(features=features).model_dump_json(by_alias=True).encode()


def _rounded(value: object) -> dict[str, object]:
    text = json.dumps(value)
    rounded: dict[str, object] = json.loads(text, parse_float=lambda number: round(float(number), DECIMALS))
    return rounded
