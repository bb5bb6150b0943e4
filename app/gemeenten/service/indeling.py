"""The division of a municipality that holds in a year, and which of its areas a place lies in (REG-20)."""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import gebieden as repository
from app.gemeenten.rules.gebiedscodes import AreaCodes
from app.gemeenten.status import Gebiedsoort
from app.gemeenten.tables import Gebied
from geo.area_faults import Area
from geo.areas import Areas
from geo.boxes import Box
from geo.crs import Crs, Punt
from geo.geojson import read_polygon

_FINEST_FIRST = (Gebiedsoort.BUURT, Gebiedsoort.WIJK, Gebiedsoort.GEMEENTE)
_CACHED = 64

Stamp = tuple[UUID, ...]
_cache: OrderedDict[tuple[str, int, Gebiedsoort], tuple[Stamp, Areas]] = OrderedDict()
_guard = threading.Lock()


@dataclass(frozen=True)
class Indeling:
    """A division: the areas of its finest level, and the municipality as a whole where that is known.

    Attributes:
        jaar: the year of its finest level; None without any area.
        stempel: names these very areas; another content always has another stamp.
        grens: a box around the municipality, or None without any area.
    """

    jaar: int | None
    stempel: str
    grens: Box | None
    fijnste: Areas
    geheel: Areas | None
    codes: tuple[AreaCodes, ...]

    def locate(self, places: NDArray[np.float64]) -> list[AreaCodes]:
        """The areas of RD points, one row of x and y each; see `locate_all`."""
        if self.jaar is None or not len(places):
            return [AreaCodes()] * len(places)
        owners = self.fijnste.assign_array(places)
        located = [self.codes[owner] for owner in owners.tolist()]
        lost = np.flatnonzero(owners == len(self.fijnste.codes))
        if self.geheel is not None and lost.size:
            # Water and the like may lie in no neighbourhood and still in the municipality.
            within = AreaCodes(jaar=self.jaar)
            whole = self.geheel.assign_array(places[lost])
            for place in lost[whole < len(self.geheel.codes)].tolist():
                located[place] = within
        return located


def indeling_of(uow: UnitOfWork, gemeentecode: str, year: int | None = None) -> Indeling:
    """The division that holds in a year (default: this year): per level the latest year up to it, or else the first after it.

    Built areas are remembered per process; what stands in the database decides whether they still hold.
    """
    levels = _levels(uow, gemeentecode, uow.today.year if year is None else year)
    finest = next((soort for soort in _FINEST_FIRST if soort in levels), None)
    if finest is None:
        return Indeling(None, "", None, Areas([]), None, (AreaCodes(),))
    fijnste = _built(uow, gemeentecode, finest, *levels[finest])
    geheel = (
        _built(uow, gemeentecode, Gebiedsoort.GEMEENTE, *levels[Gebiedsoort.GEMEENTE])
        if (Gebiedsoort.GEMEENTE in levels)
        else None
    )
    jaar = levels[finest][0]
    boxes = [areas.bounds for areas in (fijnste, geheel) if areas is not None and areas.bounds is not None]
    grens = Box(*(min(box[i] for box in boxes) for i in (0, 1)), *(max(box[i] for box in boxes) for i in (2, 3)))
    codes = (
        *(_codes(fijnste, finest, code, jaar) for code in fijnste.codes),
        AreaCodes(buiten_gemeente=True, jaar=jaar),
    )
    return Indeling(jaar, _stempel(levels), grens, fijnste, geheel, codes)


def stempel_of(uow: UnitOfWork, gemeentecode: str) -> tuple[int | None, str]:
    """Year and stamp of the division that holds today, without building any area."""
    levels = _levels(uow, gemeentecode, uow.today.year)
    finest = next((soort for soort in _FINEST_FIRST if soort in levels), None)
    return (None, "") if finest is None else (levels[finest][0], _stempel(levels))


def areas_on(uow: UnitOfWork, gemeentecode: str, year: int) -> Areas:
    """The areas of the finest level that is known for a year; without any an `Areas` that assigns no place."""
    return indeling_of(uow, gemeentecode, year).fijnste


def locate_all(uow: UnitOfWork, gemeentecode: str, points: Sequence[Punt], year: int | None = None) -> list[AreaCodes]:
    """The areas of RD points on today's division, or on that of a past year for its figures.

    A place on a border belongs to the area with the lowest code, so that every count adds up. Without any area nothing is said to lie outside.

    Raises:
        PuntNotFinite: a coordinate is no number.
    """
    indeling = indeling_of(uow, gemeentecode, year)
    return indeling.locate(np.array([(punt.x, punt.y) for punt in points], dtype=np.float64).reshape(-1, 2))


def assign_area(uow: UnitOfWork, gemeentecode: str, x: float, y: float) -> AreaCodes:
    """The areas of one RD point; see `locate_all`.

    Raises:
        PuntNotFinite: a coordinate is no number.
    """
    return locate_all(uow, gemeentecode, [Punt(x, y)])[0]


def area_of(row: Gebied) -> Area:
    """A stored area with its shape."""
    return Area(row.code, read_polygon(json.loads(row.geometrie), Crs.RD), row.ouder)


def _codes(areas: Areas, finest: Gebiedsoort, code: str, jaar: int) -> AreaCodes:
    if finest is Gebiedsoort.GEMEENTE:
        return AreaCodes(jaar=jaar)
    if finest is Gebiedsoort.WIJK:
        return AreaCodes(wijk=code, jaar=jaar)
    return AreaCodes(wijk=areas.parent(code), buurt=code, jaar=jaar)


def _levels(uow: UnitOfWork, gemeentecode: str, year: int) -> dict[Gebiedsoort, tuple[int, Stamp]]:
    """Per level that is known: the year whose areas count in `year`, and which rows those are."""
    rows = repository.stamps_of(uow.session, gemeentecode)
    levels: dict[Gebiedsoort, tuple[int, Stamp]] = {}
    for soort in {row[2] for row in rows}:
        years = {jaar for _, jaar, level in rows if level is soort}
        jaar = max((known for known in years if known <= year), default=min(years))
        levels[soort] = (jaar, tuple(row_id for row_id, at, level in rows if level is soort and at == jaar))
    return levels


def _stempel(levels: dict[Gebiedsoort, tuple[int, Stamp]]) -> str:
    told = "|".join(f"{soort}:{levels[soort][0]}:{','.join(map(str, levels[soort][1]))}" for soort in sorted(levels))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _built(uow: UnitOfWork, gemeentecode: str, soort: Gebiedsoort, jaar: int, stamp: Stamp) -> Areas:
    key = (gemeentecode, jaar, soort)
    with _guard:
        known = _cache.get(key)
        if known is not None and known[0] == stamp:
            _cache.move_to_end(key)
            return known[1]
    built = Areas(area_of(row) for row in repository.areas_of(uow.session, gemeentecode, jaar, soort))
    with _guard:
        _cache[key] = (stamp, built)
        while len(_cache) > _CACHED:
            _cache.popitem(last=False)
    return built
