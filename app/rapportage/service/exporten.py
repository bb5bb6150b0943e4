"""Exports: counted, noted in the audit log, then written row by row from one snapshot of the database.

The audit rows stand before the first byte leaves, with the number of rows of that same snapshot. No write lock is held
while a file goes out, and an import half way does not tear it.
"""

import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager

from app.core.caller import Caller
from app.core.errors import Fout, InvalidInput, Unavailable
from app.core.runtime import Runtime
from app.core.unit_of_work import UnitOfWork
from app.rapportage.adapters.csv_bestand import csv_pieces
from app.rapportage.adapters.geojson_bestand import geojson_pieces
from app.rapportage.adapters.kindproces import child_pieces
from app.rapportage.rules.waarden import Kolommen
from app.rapportage.schemas.exporten import Formaat, Uitvoer
from app.rapportage.service.exportbronnen import Export
from geo.crs import Crs
from geo.geojson import write_points

MOST_ROWS = {Formaat.XLSX: 100_000}
AT_ONCE = 4  # each holds a connection to the database for as long as its client reads
_SEATS = threading.BoundedSemaphore(AT_ONCE)
_EPSG = {Crs.RD: 28992, Crs.CRS84: 4326}
Pieces = Generator[bytes, None, None]


def export_pieces(
    runtime: Runtime, caller: Caller, action: str, request_id: str, export: Export, uitvoer: Uitvoer
) -> Pieces:
    """The bytes of an export.

    Args:
        runtime: the process; the export opens its own snapshot, since it outlives the unit of its request (traps).
        caller: whose rows these are: exactly what he may see.
        action: the operation, for the audit log.
        request_id: the request, for the audit log.
        export: what.
        uitvoer: how.

    Raises:
        InvalidInput: more rows than the format can hold well.
        Unavailable: too many exports at once, or the file could not be made.
    """
    with _seat(), runtime.snapshot(caller, action, request_id) as uow:
        rows = export.count(uow)
        if rows > MOST_ROWS.get(uitvoer.formaat, rows):
            raise InvalidInput(
                f"Dit zijn {rows} rijen; een spreadsheet krijgt er hoogstens {MOST_ROWS[uitvoer.formaat]}. "
                "Kies CSV of GeoPackage, of vraag minder met een filter.",
                [Fout("query.formaat", "kies csv of gpkg")],
            )
        with runtime.unit(caller, action, request_id, write=True) as noted:
            _note(noted, export, uitvoer, rows)
        yield from _WRITERS[uitvoer.formaat](uow, export, uitvoer, rows)


def _note(uow: UnitOfWork, export: Export, uitvoer: Uitvoer, rows: int) -> None:
    """A row in the log of each municipality whose records went out."""
    asked = export.gemeentecode
    codes = {asked} if asked in uow.caller.gemeenten else (uow.caller.gemeenten or {uow.caller.gemeentecode})
    said = "; ".join(filter(None, (f"formaat={uitvoer.formaat}", f"rijen={rows}", export.narrowed_by)))
    for code in sorted(filter(None, codes)):
        uow.audit(export.soort, None, code, bijzonderheden=said)


def _csv(uow: UnitOfWork, export: Export, _uitvoer: Uitvoer, _rows: int) -> Pieces:
    return csv_pieces(export.kolommen, export.batches(uow))


def _geojson(uow: UnitOfWork, export: Export, uitvoer: Uitvoer, _rows: int) -> Pieces:
    return geojson_pieces(export.soort, export.kolommen, export.batches(uow), uitvoer.crs)


def _xlsx(uow: UnitOfWork, export: Export, _uitvoer: Uitvoer, rows: int) -> Pieces:
    task = {"laag": export.soort, "toelichting": _about(uow, export, rows)}
    return child_pieces("app.rapportage.adapters.werkblad", task, export.kolommen, export.batches(uow))


def _gpkg(uow: UnitOfWork, export: Export, uitvoer: Uitvoer, rows: int) -> Pieces:
    task = {"laag": export.soort, "epsg": _EPSG[uitvoer.crs], "toelichting": _about(uow, export, rows)}
    return child_pieces("geo.geopakket", task, export.kolommen, _placed(export.batches(uow), uitvoer.crs))


_WRITERS: Mapping[Formaat, Callable[[UnitOfWork, Export, Uitvoer, int], Pieces]] = {
    Formaat.CSV: _csv,
    Formaat.GEOJSON: _geojson,
    Formaat.XLSX: _xlsx,
    Formaat.GPKG: _gpkg,
}


def _placed(batches: Iterable[Kolommen], crs: Crs) -> Iterator[Kolommen]:
    """The batches with x and y in the asked system."""
    for batch in batches:
        points = write_points(batch["x"], batch["y"], crs)  # type: ignore[arg-type]  # these columns hold numbers
        yield {
            **batch,
            "x": [None if point is None else point[0] for point in points],
            "y": [None if point is None else point[1] for point in points],
        }


def _about(uow: UnitOfWork, export: Export, rows: int) -> list[tuple[str, str]]:
    """What a file says of itself."""
    return [
        ("bestand", f"Veldwacht, {export.soort}"),
        ("stand van", uow.today.isoformat()),
        ("aantal rijen", str(rows)),
        ("bronnen", "De kolom bron zegt per rij waar het gegeven vandaan komt en onder welke licentie."),
        ("gebruik", "Alleen voor het toezicht van de gemeente. Bewaar het bestand niet langer dan nodig."),
    ]


@contextmanager
def _seat() -> Iterator[None]:
    if not _SEATS.acquire(blocking=False):
        raise Unavailable(
            "Er lopen nu te veel exporten tegelijk. Probeer het zo opnieuw.", headers={"Retry-After": "10"}
        )
    try:
        yield
    finally:
        _SEATS.release()
