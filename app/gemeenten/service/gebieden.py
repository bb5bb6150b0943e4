"""Areas of a municipality per year: storing and showing them (REG-20)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.errors import Conflict, Fout, InvalidInput
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import gebieden as repository
from app.gemeenten.rules.gebiedscodes import belongs_to, kind_of, parent_of
from app.gemeenten.schemas.gemeenten import GebiedenResultaat
from app.gemeenten.service.indeling import (
    Indeling,
    area_of,
    areas_on,
    assign_area,
    indeling_of,
    locate_all,
    stempel_of,
)
from app.gemeenten.status import Gebiedsoort
from app.gemeenten.tables import Gebied
from geo.area_faults import find_area_faults, find_overlaps
from geo.area_repair import AreaGap, find_gaps, same_ground
from geo.crs import Crs
from geo.faults import GeoFault
from geo.geojson import AreaFeature, read_features, read_polygon, write_polygon

__all__ = [
    "GebiedenStaanVast", "Indeling", "InvalidGebieden", "areas_on", "assign_area", "boundary_of", "indeling_of",
    "list_gebieden", "locate_all", "municipalities_with_areas", "stempel_of", "store_areas", "store_division",
]  # fmt: skip

_CODE_FIELDS = ("code", "statcode", "buurtcode", "wijkcode", "gemeentecode")
_NAME_FIELDS = ("naam", "statnaam", "buurtnaam", "wijknaam", "gemeentenaam")
_TOLD = 100


class InvalidGebieden(InvalidInput):
    """Areas that cannot be stored; `fouten` names each."""

    code = "gebieden-ongeldig"


class GebiedenStaanVast(Conflict):
    """The areas of a year do not change: places were assigned to them."""

    code = "gebieden-staan-vast"


@dataclass(frozen=True)
class Opgeslagen:
    """What storing a division did: codes that were added and that stood already; pairs that overlap; ground left out."""

    nieuw: list[str]
    aanwezig: list[str]
    overlappingen: list[tuple[str, str, float]]
    gaten: list[AreaGap]


def store_areas(
    uow: UnitOfWork, gemeentecode: str, jaar: int, features: Mapping[str, Any], bron: str
) -> GebiedenResultaat:
    """Stores the areas of a GeoJSON FeatureCollection for one year; a repeat changes nothing.

    A feature carries a code and a name, under own field names or those of CBS; the level follows from `soort` or from the CBS code.

    Raises:
        InvalidGebieden: no such GeoJSON, or faults in features; nothing is stored then.
        GebiedenStaanVast: an area of this year stands with another boundary, or belongs to another municipality.
    """
    try:
        read, broken = read_features(features)
    except GeoFault as fault:
        raise InvalidGebieden(str(fault)) from None
    faults = [Fout(f"features.{fault.index}", fault.reason) for fault in broken]
    stored = store_division(uow, gemeentecode, jaar, read, bron, faults)
    return GebiedenResultaat(
        toegevoegd=len(stored.nieuw),
        al_aanwezig=len(stored.aanwezig),
        overlappingen=[f"{one} en {other}" for one, other, _ in stored.overlappingen[:_TOLD]],
    )


def store_division(
    uow: UnitOfWork,
    gemeentecode: str,
    jaar: int,
    features: Sequence[AreaFeature],
    bron: str,
    faults: Sequence[Fout] = (),
) -> Opgeslagen:
    """Stores areas of one year in RD, all or none; what stands with the same name and ground is left alone.

    Args:
        uow: the unit of work.
        gemeentecode: the municipality that they are of.
        jaar: the year of the division.
        features: the areas.
        bron: where they come from.
        faults: what was wrong with other features of the same file.

    Raises:
        InvalidGebieden: faults in features; nothing is stored then.
        GebiedenStaanVast: an area of this year stands with another boundary, or belongs to another municipality.
    """
    rows = _rows(gemeentecode, jaar, features, bron, faults)
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
    together = [*standing.values(), *missing]
    overlaps = [
        (overlap.code, overlap.other_code, overlap.square_metres)
        for soort in Gebiedsoort
        for overlap in find_overlaps([area_of(row) for row in together if row.soort is soort])
    ]
    return Opgeslagen(
        [row.code for row in missing], [row.code for row in rows if row.code in standing], overlaps, _gaps(together)
    )


def list_gebieden(
    uow: UnitOfWork, paging: Paging, gemeentecode: str | None, jaar: int | None, soort: Gebiedsoort | None
) -> Sequence[Gebied]:
    """Areas of the caller's municipalities by code: one page and one row more."""
    return repository.gebieden_page(uow.session, uow.caller, paging, gemeentecode, jaar, soort)


def boundary_of(gebied: Gebied, crs: Crs = Crs.CRS84) -> dict[str, Any]:
    """The boundary as GeoJSON in the asked system."""
    return write_polygon(read_polygon(json.loads(gebied.geometrie), Crs.RD), crs)


def municipalities_with_areas(uow: UnitOfWork) -> Sequence[str]:
    """The codes of municipalities that have any areas; for sweeps."""
    return repository.codes_with_areas(uow.session)


def _gaps(rows: Sequence[Gebied]) -> list[AreaGap]:
    whole = next((area_of(row).polygon for row in rows if row.soort is Gebiedsoort.GEMEENTE), None)
    for soort in (Gebiedsoort.BUURT, Gebiedsoort.WIJK):
        areas = [area_of(row) for row in rows if row.soort is soort]
        if areas:
            return find_gaps(areas, whole)
    return []


def _differs(one: Gebied, other: Gebied) -> bool:
    if (one.soort, one.naam, one.ouder) != (other.soort, other.naam, other.ouder):
        return True
    return one.geometrie != other.geometrie and not same_ground(area_of(one).polygon, area_of(other).polygon)


def _rows(
    gemeentecode: str, jaar: int, features: Sequence[AreaFeature], bron: str, known_faults: Sequence[Fout]
) -> list[Gebied]:
    faults, rows = list(known_faults), []
    for feature in features:
        row = _row(gemeentecode, jaar, feature, bron)
        if isinstance(row, Fout):
            faults.append(row)
        else:
            rows.append(row)
    areas = [area_of(row) for row in rows]
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
