"""Reads the wijken en buurten of CBS into the areas of a municipality, by year (REG-20; B10).

A division lands whole or not at all: one missing neighbourhood would put its places outside the municipality. Other municipalities in the
file are passed over. A year that stands does not change.
"""

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import shapely
from shapely import MultiPolygon, Polygon

from app.core.jobs import UnitFactory
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gebieden import GebiedenStaanVast, InvalidGebieden, Opgeslagen, indeling_of, store_division
from app.gemeenten.service.gemeenten import require_gemeente
from app.objecten.adapters.bestand import UnreadableFile
from app.objecten.adapters.leesproces import lines_of
from app.objecten.rules.importrij import RijFout
from app.objecten.service.importen import TASK, import_row
from app.objecten.service.importverslag import Afwijzing, count_rows, note_rejections
from app.objecten.service.toewijzen import schedule_assignment
from app.objecten.tables import Import
from geo.area_repair import repair_area
from geo.crs import Crs
from geo.faults import GeoFault
from geo.geojson import AreaFeature, read_polygon

READER = "app.objecten.adapters.cbs_gebieden"
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d{2}(?!\d)", re.ASCII)
_TOLD = 5
_SHARED = 0.01  # part of their ground that land and water of one area may share


@dataclass
class Gelezen:
    """What a file tells of one municipality.

    Attributes:
        delen: the shapes per code: land and water of one area are features of their own.
        regels: the lines per code.
        jaren: the years that the file names.
    """

    eigenschappen: dict[str, dict[str, Any]] = field(default_factory=dict)
    delen: dict[str, list[Polygon | MultiPolygon]] = field(default_factory=dict)
    regels: dict[str, list[int]] = field(default_factory=dict)
    jaren: set[int] = field(default_factory=set)
    fouten: list[Afwijzing] = field(default_factory=list)
    hersteld: list[str] = field(default_factory=list)
    elders: int = 0


class _TakenBackError(Exception):
    """Ends a preview: what it stored is rolled back."""


def read_areas(unit: UnitFactory, import_id: UUID, path: Path) -> list[str]:
    """Stores the areas of one municipality and year (layout `cbs-gebieden`); safe to run again after a kill.

    Returns:
        What a person should know of it, in Dutch: what was mended, passed over, overlaps or is left out.

    Raises:
        UnreadableFile: no areas of CBS, no year, faults in areas, or a year that stands with other boundaries; nothing is stored then.
    """
    with unit(TASK, write=False) as uow:
        record = import_row(uow, import_id)
        code, asked, name = record.gemeentecode, record.jaar, record.bestandsnaam
    read = Gelezen()
    with closing(lines_of(READER, {"pad": str(path.resolve()), "gemeentecode": code})) as lines:
        for line in lines:
            if "gebied" in line:
                _take(read, line["gebied"])
            elif "einde" in line:
                read.elders = int(line["einde"]["elders"])
    if not read.regels and not read.fouten:
        raise UnreadableFile(f"Het bestand bevat geen wijken of buurten van {code}.")
    jaar = _year(read.jaren, asked, name)
    features = _joined(read)
    if read.fouten:
        with unit(TASK) as uow:
            _refuse(uow, import_id, read)
        raise UnreadableFile("Er is niets bewaard, want niet elk gebied klopt; zie de afgewezen rijen.")
    with unit(TASK) as uow:
        return _store(uow, import_id, read, features, jaar)


def _take(read: Gelezen, told: dict[str, Any]) -> None:
    line, code = int(told["regel"]), str(told["code"])
    if told["jaar"] is not None:
        read.jaren.add(int(told["jaar"]))
    fault = told.get("fout")
    if fault is None:
        try:
            polygon = read_polygon(told["geometrie"], Crs(told["stelsel"]))
        except GeoFault as wrong:
            fault = ["geometrie", str(wrong)]
        else:
            read.delen.setdefault(code, []).append(polygon)
            read.regels.setdefault(code, []).append(line)
            known = read.eigenschappen.get(code)
            if known is None or known["water"]:  # the name stands with the land
                read.eigenschappen[code] = {name: told[name] for name in ("code", "naam", "soort", "wijkcode", "water")}
            if told.get("hersteld"):
                read.hersteld.append(code)
    if fault is not None:
        read.fouten.append(Afwijzing(line, (RijFout(fault[0], fault[1]),), {"code": code, "naam": told["naam"]}))


def _joined(read: Gelezen) -> list[AreaFeature]:
    """One feature per area, valid in RD; an area that stands twice with the same water or land is a fault."""
    features = []
    for code, parts in read.delen.items():
        line, lines = read.regels[code][0], read.regels[code]
        shape: Any = parts[0] if len(parts) == 1 else shapely.union_all(parts)
        mended = repair_area(shape)
        if mended is None:
            read.fouten.append(
                _fault(line, code, "geometrie", "de grens klopt niet en is niet met zekerheid te herstellen")
            )
            continue
        if len(parts) > 1 and mended.area < (1 - _SHARED) * sum(part.area for part in parts):
            read.fouten.append(_fault(lines[1], code, "code", "komt vaker voor, met dezelfde grond"))
            continue
        features.append(AreaFeature(line, read.eigenschappen[code], mended))
    return features


def _fault(line: int, code: str, name: str, reason: str) -> Afwijzing:
    return Afwijzing(line, (RijFout(name, reason),), {"code": code})


def _year(told: set[int], asked: int | None, name: str) -> int:
    """The year of the file itself, or of the form, or of the name of the file.

    Raises:
        UnreadableFile: no year, several, or another than was asked for.
    """
    if len(told) > 1:
        raise UnreadableFile(
            f"Het bestand bevat meer dan één jaar ({', '.join(map(str, sorted(told)))}). Stuur elk jaar apart."
        )
    if told:
        year = min(told)
        if asked is not None and asked != year:
            raise UnreadableFile(f"Het bestand is van {year}, maar bij het insturen is {asked} opgegeven.")
        return year
    named = {int(year) for year in _YEAR.findall(name)}
    if asked is None and len(named) != 1:
        raise UnreadableFile("Het jaar van de indeling is onbekend. Geef het op in het veld jaar.")
    return min(named) if asked is None else asked


def _refuse(uow: UnitOfWork, import_id: UUID, read: Gelezen) -> None:
    record = import_row(uow, import_id, lock=True)
    if not record.afgewezen:  # a repeat after a kill tells them once
        note_rejections(uow, record, read.fouten)
        count_rows(record, afgewezen=len(read.fouten))


def _store(uow: UnitOfWork, import_id: UUID, read: Gelezen, features: Sequence[AreaFeature], jaar: int) -> list[str]:
    record = import_row(uow, import_id, lock=True)
    require_gemeente(uow, record.gemeentecode, lock=True)
    preview = record.proef
    in_force = indeling_of(uow, record.gemeentecode).jaar
    try:
        stored = _preview(uow, record, features, jaar) if preview else _keep(uow, record, features, jaar)
    except InvalidGebieden as refused:
        told = "; ".join(f"{fault.veld}: {fault.melding}" for fault in refused.fouten[:_TOLD])
        raise UnreadableFile(f"{refused.detail.split(';')[0]}: {told}.") from None
    except GebiedenStaanVast as refused:
        raise UnreadableFile(refused.detail) from None
    if record.verwerkt == 0:
        record.regels = sum(len(lines) for lines in read.regels.values())
        new = sum(len(read.regels[code]) for code in stored.nieuw)
        count_rows(record, nieuw=new, ongewijzigd=record.regels - new)
    if not preview:
        schedule_assignment(uow, record.gemeentecode)
    return _remarks(read, stored, jaar, in_force, uow.today.year)


def _keep(uow: UnitOfWork, record: Import, features: Sequence[AreaFeature], jaar: int) -> Opgeslagen:
    return store_division(uow, record.gemeentecode, jaar, features, record.bron)


def _preview(uow: UnitOfWork, record: Import, features: Sequence[AreaFeature], jaar: int) -> Opgeslagen:
    """What storing would do; a savepoint takes back what it stored and what it wrote in the audit log."""
    found: list[Opgeslagen] = []
    try:
        with uow.savepoint():
            found.append(_keep(uow, record, features, jaar))
            _take_back()
    except _TakenBackError:
        pass
    return found[0]


def _take_back() -> None:
    raise _TakenBackError


def _remarks(read: Gelezen, stored: Opgeslagen, jaar: int, in_force: int | None, today: int) -> list[str]:
    remarks = [f"Indeling van {jaar}."]
    if in_force is not None and jaar > today >= in_force:
        remarks.append(f"Zij geldt vanaf 1 januari {jaar}; tot dan blijft die van {in_force} gelden.")
    elif in_force is not None and jaar < in_force <= today:
        remarks.append(f"Die van {in_force} blijft gelden; deze is er voor cijfers over eerdere jaren.")
    if read.elders:
        remarks.append(f"Gebieden van andere gemeenten overgeslagen: {read.elders}.")
    if read.hersteld:
        remarks.append(f"Hersteld, zonder dat de grond veranderde: {_few(sorted(set(read.hersteld)))}.")
    if stored.overlappingen:
        pairs = [f"{one} en {other} ({metres:.0f} m²)" for one, other, metres in stored.overlappingen]
        remarks.append(f"Gebieden die grond delen; een adres daar hoort bij de laagste code: {_few(pairs)}.")
    if stored.gaten:
        gaps = [f"{gap.square_metres:.0f} m² bij RD {gap.x:.0f}, {gap.y:.0f}" for gap in stored.gaten]
        remarks.append(f"Grond van de gemeente die in geen gebied ligt: {_few(gaps)}.")
    return remarks


def _few(told: Sequence[str]) -> str:
    more = len(told) - _TOLD
    return ", ".join(told[:_TOLD]) + (f" en nog {more}" if more > 0 else "")
