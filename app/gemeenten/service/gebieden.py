"""Areas of a municipality per year, and which of them a place lies in (REG-20)."""

import json
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.core.errors import Conflict, Fout, InvalidInput
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import gebieden as repository
from app.gemeenten.rules.gebiedscodes import AreaCodes, belongs_to, kind_of, parent_of
from app.gemeenten.schemas.gemeenten import GebiedenResultaat
from app.gemeenten.status import Gebiedsoort
from app.gemeenten.tables import Gebied
from geo.area_faults import Area, find_area_faults, find_overlaps
from geo.areas import Areas
from geo.crs import Crs, Punt
from geo.faults import GeoFault
from geo.geojson import AreaFeature, read_features, read_polygon, write_polygon

_CODE_FIELDS = ("code", "statcode", "buurtcode", "wijkcode", "gemeentecode")
_NAME_FIELDS = ("naam", "statnaam", "buurtnaam", "wijknaam", "gemeentenaam")
_FINEST_FIRST = (Gebiedsoort.BUURT, Gebiedsoort.WIJK, Gebiedsoort.GEMEENTE)
_CACHED = 64

Stamp = tuple[UUID, ...]
_cache: OrderedDict[tuple[str, int, Gebiedsoort], tuple[Stamp, Areas]] = OrderedDict()
_guard = threading.Lock()


class InvalidGebieden(InvalidInput):
    """Areas that cannot be stored; `fouten` names each."""

    code = "gebieden-ongeldig"


class GebiedenStaanVast(Conflict):
    """The areas of a year do not change: places were assigned to them."""

    code = "gebieden-staan-vast"


def store_areas(
    uow: UnitOfWork, gemeentecode: str, jaar: int, features: Mapping[str, Any], bron: str
) -> GebiedenResultaat:
    """Stores the areas of a GeoJSON FeatureCollection for one year; a repeat changes nothing.

    A feature carries a code and a name, under own field names or those of CBS; the level follows from `soort` or from the CBS code.

    Raises:
        InvalidGebieden: no such GeoJSON, or faults in features; nothing is stored then.
        GebiedenStaanVast: an area of this year stands with another boundary, or belongs to another municipality.
    """
    rows = _read(gemeentecode, jaar, features, bron)
    standing = {row.code: row for row in repository.areas_of(uow.session, gemeentecode, jaar)}
    taken = repository.codes_elsewhere(uow.session, gemeentecode, jaar, [row.code for row in rows])
    changed = [row.code for row in rows if row.code in standing and _differs(row, standing[row.code])]
    if taken or changed:
        codes = ", ".join([*changed, *taken][:10])
        raise GebiedenStaanVast(
            f"Gebieden van {jaar} staan vast en kunnen niet anders worden opgeslagen; het gaat om {codes}."
        )
    missing = [row for row in rows if row.code not in standing]
    uow.session.add_all(missing)
    uow.session.flush()
    uow.audit("Gebied", None, gemeentecode)
    overlaps = [
        f"{overlap.code} en {overlap.other_code}"
        for soort in Gebiedsoort
        for overlap in find_overlaps([_area(row) for row in rows if row.soort is soort])
    ]
    return GebiedenResultaat(
        toegevoegd=len(missing), al_aanwezig=len(rows) - len(missing), overlappingen=overlaps[:100]
    )


def list_gebieden(
    uow: UnitOfWork, paging: Paging, gemeentecode: str | None, jaar: int | None, soort: Gebiedsoort | None
) -> Sequence[Gebied]:
    """Areas of the caller's municipalities by code: one page and one row more."""
    return repository.gebieden_page(uow.session, uow.caller, paging, gemeentecode, jaar, soort)


def boundary_of(gebied: Gebied, crs: Crs = Crs.CRS84) -> dict[str, Any]:
    """The boundary as GeoJSON in the asked system."""
    return write_polygon(read_polygon(json.loads(gebied.geometrie), Crs.RD), crs)


def areas_on(uow: UnitOfWork, gemeentecode: str, year: int) -> Areas:
    """The areas of the finest level that is known for a year: the latest year up to it, or else the first after it.

    Without any area an `Areas` that assigns no place. Built areas are remembered per process; what stands in the database decides whether they still hold.
    """
    levels = _levels(uow, gemeentecode, year)
    finest = next((soort for soort in _FINEST_FIRST if soort in levels), None)
    return Areas([]) if finest is None else _built(uow, gemeentecode, finest, *levels[finest])


def locate_all(uow: UnitOfWork, gemeentecode: str, points: Sequence[Punt]) -> list[AreaCodes]:
    """The areas of RD points on today's division; for imports and other bulk.

    A place on a border belongs to the area with the lowest code, so that every count adds up. Without any area nothing is said to lie outside.

    Raises:
        PuntNotFinite: a coordinate is no number.
    """
    levels = _levels(uow, gemeentecode, uow.today.year)
    finest = next((soort for soort in _FINEST_FIRST if soort in levels), None)
    if finest is None or not points:
        return [AreaCodes() for _ in points]
    areas = _built(uow, gemeentecode, finest, *levels[finest])
    codes = areas.assign_all(points)
    inside = codes
    if Gebiedsoort.GEMEENTE in levels and None in codes:
        # Water and the like may lie in no neighbourhood and still in the municipality.
        whole = _built(uow, gemeentecode, Gebiedsoort.GEMEENTE, *levels[Gebiedsoort.GEMEENTE])
        inside = whole.assign_all(points)
    return [
        _codes(areas, finest, code, outside=code is None and place is None)
        for code, place in zip(codes, inside, strict=True)
    ]


def assign_area(uow: UnitOfWork, gemeentecode: str, x: float, y: float) -> AreaCodes:
    """The areas of one RD point; see `locate_all`.

    Raises:
        PuntNotFinite: a coordinate is no number.
    """
    return locate_all(uow, gemeentecode, [Punt(x, y)])[0]


def _codes(areas: Areas, finest: Gebiedsoort, code: str | None, *, outside: bool) -> AreaCodes:
    if code is None or finest is Gebiedsoort.GEMEENTE:
        return AreaCodes(buiten_gemeente=outside)
    if finest is Gebiedsoort.WIJK:
        return AreaCodes(wijk=code)
    return AreaCodes(wijk=areas.parent(code), buurt=code)


def _levels(uow: UnitOfWork, gemeentecode: str, year: int) -> dict[Gebiedsoort, tuple[int, Stamp]]:
    """Per level that is known: the year whose areas count in `year`, and which rows those are."""
    rows = repository.stamps_of(uow.session, gemeentecode)
    levels: dict[Gebiedsoort, tuple[int, Stamp]] = {}
    for soort in {row[2] for row in rows}:
        years = {jaar for _, jaar, level in rows if level is soort}
        jaar = max((known for known in years if known <= year), default=min(years))
        levels[soort] = (jaar, tuple(row_id for row_id, at, level in rows if level is soort and at == jaar))
    return levels


def _built(uow: UnitOfWork, gemeentecode: str, soort: Gebiedsoort, jaar: int, stamp: Stamp) -> Areas:
    key = (gemeentecode, jaar, soort)
    with _guard:
        known = _cache.get(key)
        if known is not None and known[0] == stamp:
            _cache.move_to_end(key)
            return known[1]
    built = Areas(_area(row) for row in repository.areas_of(uow.session, gemeentecode, jaar, soort))
    with _guard:
        _cache[key] = (stamp, built)
        while len(_cache) > _CACHED:
            _cache.popitem(last=False)
    return built


def _area(row: Gebied) -> Area:
    return Area(row.code, read_polygon(json.loads(row.geometrie), Crs.RD), row.ouder)


def _differs(one: Gebied, other: Gebied) -> bool:
    return (one.soort, one.naam, one.ouder, one.geometrie) != (other.soort, other.naam, other.ouder, other.geometrie)


def _read(gemeentecode: str, jaar: int, document: Mapping[str, Any], bron: str) -> list[Gebied]:
    try:
        read, broken = read_features(document)
    except GeoFault as fault:
        raise InvalidGebieden(str(fault)) from None
    faults = [Fout(f"features.{fault.index}", fault.reason) for fault in broken]
    rows: list[Gebied] = []
    for feature in read:
        row = _row(gemeentecode, jaar, feature, bron)
        if isinstance(row, Fout):
            faults.append(row)
        else:
            rows.append(row)
    areas = [_area(row) for row in rows]
    faults += [Fout(fault.code or "gebieden", fault.reason) for fault in find_area_faults(areas)]
    if not rows and not faults:
        faults.append(Fout("features", "bevat geen enkel gebied"))
    if faults:
        raise InvalidGebieden("De gebieden kunnen niet worden opgeslagen; zie 'fouten'.", faults)
    return rows


def _row(gemeentecode: str, jaar: int, feature: AreaFeature, bron: str) -> Gebied | Fout:
    place = f"features.{feature.index}"
    code, naam = (_first(feature.properties, fields) for fields in (_CODE_FIELDS, _NAME_FIELDS))
    if code is None or naam is None:
        return Fout(place, "mist een code of een naam")
    told = feature.properties.get("soort")
    soort = Gebiedsoort(told) if told in set(Gebiedsoort) else kind_of(code)
    if soort is None:
        return Fout(place, "zegt niet of het een gemeente, wijk of buurt is")
    if not belongs_to(code, gemeentecode):
        return Fout(place, "hoort bij een andere gemeente")
    ouder = parent_of(code)
    if soort is Gebiedsoort.BUURT:
        ouder = _first(feature.properties, ("ouder", "wijkcode")) or ouder
    elif soort is Gebiedsoort.WIJK:
        ouder = gemeentecode
    return Gebied(
        gemeentecode=gemeentecode,
        soort=soort,
        code=code,
        naam=naam,
        ouder=ouder,
        jaar=jaar,
        geometrie=json.dumps(write_polygon(feature.polygon, Crs.RD), separators=(",", ":")),
        bron=bron,
    )


def _first(properties: Mapping[str, Any], fields: Sequence[str]) -> str | None:
    found = (properties.get(field) for field in fields)
    return next((value.strip() for value in found if isinstance(value, str) and 0 < len(value.strip()) <= 200), None)
