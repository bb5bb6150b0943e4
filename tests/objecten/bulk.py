"""Files and records for the tests of bulk imports: a small municipality of four neighbourhoods, and addresses in it."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pyogrio
import shapely
from shapely import Polygon, box
from sqlmodel import select

from app.core.clock import utc_now
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gebieden import store_areas
from app.objecten.service.adressen_inlezen import read_addresses
from app.objecten.service.gebieden_inlezen import read_areas
from app.objecten.status import Importindeling
from app.objecten.tables import Adres, Import, Importafwijzing
from tests.support.municipality import STAD

RD_CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
# Four neighbourhoods of a square kilometre that meet at (147000, 512000); in the last one a lake.
LAKE = box(147_400, 512_400, 147_600, 512_600)
SHAPES = {
    "BU99010101": box(146_000, 511_000, 147_000, 512_000),
    "BU99010102": box(147_000, 511_000, 148_000, 512_000),
    "BU99010201": box(146_000, 512_000, 147_000, 513_000),
    "BU99010202": Polygon(box(147_000, 512_000, 148_000, 513_000).exterior, [LAKE.exterior]),
}
WHOLE = box(146_000, 511_000, 148_000, 513_000)


class Killed(BaseException):
    """The worker dies."""


class Units:
    """Units of work as the worker opens them; dies at one of them when told so."""

    def __init__(self, runtime: Runtime, die_at: int | None = None) -> None:
        self.runtime, self.die_at, self.opened = runtime, die_at, 0

    def __call__(self, action: str, *, write: bool = True) -> AbstractContextManager[UnitOfWork]:
        return self._open(action, write)

    @contextmanager
    def _open(self, action: str, write: bool) -> Iterator[UnitOfWork]:
        self.opened += 1
        with self.unit(action, write=write) as uow:
            yield uow
            uow.session.flush()
            if self.opened == self.die_at:
                raise Killed

    def unit(self, action: str, *, write: bool) -> AbstractContextManager[UnitOfWork]:
        """One unit of work."""
        return self.runtime.system_unit(action, write=write)


def division(shapes: Mapping[str, Polygon] | None = None, whole: Polygon | None = WHOLE) -> dict[str, Any]:
    """Areas in RD as GeoJSON."""
    areas = {**(SHAPES if shapes is None else shapes), **({STAD: whole} if whole is not None else {})}
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "naam": f"Gebied {code}"},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for code, shape in areas.items()
    ]
    return {"type": "FeatureCollection", "crs": RD_CRS, "features": features}


def store(runtime: Runtime, jaar: int, document: dict[str, Any] | None = None) -> None:
    """Stores a division as the API does."""
    with runtime.system_unit("test") as uow:
        store_areas(uow, STAD, jaar, document or division(), "CBS")


def bag_row(number: int, x: float = 146_500.0, y: float = 511_500.0, **changes: object) -> dict[str, Any]:
    """A row as bag-light.gpkg has it."""
    return {
        "identificatie": f"990101{number:010d}",
        "oppervlakte": 80 + number,
        "status": "Verblijfsobject in gebruik",
        "gebruiksdoel": "woonfunctie,winkelfunctie",
        "openbare_ruimte_naam": "Voorbeeldkade",
        "huisnummer": number,
        "huisletter": None,
        "toevoeging": None,
        "postcode": "9901AB",
        "woonplaats_naam": "Voorbeeldstad",
        "bouwjaar": 1980,
        "pand_identificatie": f"990110{number:010d}",
        "nummeraanduiding_hoofdadres_identificatie": f"990120{number:010d}",
        "x": x,
        "y": y,
        **changes,
    }


def write_bag(
    path: Path, rows: Sequence[dict[str, Any]], layer: str = "verblijfsobject", crs: str = "EPSG:28992"
) -> Path:
    """A GeoPackage with the points of `x` and `y`."""
    names = [name for name in rows[0] if name not in {"x", "y"}]
    columns = [
        np.array([row[name] for row in rows], dtype=None if isinstance(rows[0][name], int) else object)
        for name in names
    ]
    shapes = np.array(
        [row["shape"] if "shape" in row else shapely.points(row["x"], row["y"]) for row in rows], dtype=object
    )
    kind = "Point" if all(shape.geom_type == "Point" for shape in shapes) else "Unknown"
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapes),
        columns,
        names,
        layer=layer,
        driver="GPKG",
        geometry_type=kind,
        crs=crs,
        append=path.exists(),
    )
    return path


def write_csv(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    """A CSV with `;`."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def add_import(runtime: Runtime, kind: Importindeling, **changes: object) -> UUID:
    """An import that waits."""
    with runtime.system_unit("test") as uow:
        values: dict[str, Any] = {"bestandsnaam": "bestand", "sha256": "0" * 64, "bron": "proef", **changes}
        record = Import(id=new_id(), gemeentecode=STAD, indeling=kind, gemaakt_op=utc_now(), **values)
        uow.session.add(record)
        return record.id


def read(runtime: Runtime, path: Path, kind: Importindeling, **changes: object) -> tuple[Import, list[str]]:
    """Reads a file as a new import; the record and the remarks."""
    import_id = add_import(runtime, kind, **changes)
    reader = read_areas if kind is Importindeling.CBS_GEBIEDEN else read_addresses
    remarks = reader(Units(runtime), import_id, path)
    return record_of(runtime, import_id), remarks


def record_of(runtime: Runtime, import_id: UUID) -> Import:
    """An import as it stands."""
    with runtime.system_unit("test", write=False) as uow:
        record = uow.session.get(Import, import_id)
        assert record is not None
        return record


def counts(record: Import) -> tuple[int, int, int, int]:
    """New, changed, unchanged, rejected."""
    return record.nieuw, record.gewijzigd, record.ongewijzigd, record.afgewezen


def addresses(runtime: Runtime) -> dict[str, Adres]:
    """All addresses by number, letter and addition."""
    with runtime.system_unit("test", write=False) as uow:
        rows = uow.session.exec(select(Adres)).all()
        return {f"{row.huisnummer}{row.huisletter}{row.toevoeging}": row for row in rows}


def faults(runtime: Runtime, record: Import) -> list[tuple[int, str]]:
    """Line and field of each fault."""
    with runtime.system_unit("test", write=False) as uow:
        rows = uow.session.exec(select(Importafwijzing).where(Importafwijzing.import_id == record.id)).all()
        return sorted((row.regel, row.veld) for row in rows)
