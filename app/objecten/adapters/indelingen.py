"""One interface for all layouts in all containers: a file in, rows out that are right or say what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from app.objecten.adapters.bestand import GEOMETRIE, Bron, Ruwerij, UnreadableFile
from app.objecten.adapters.csv_bestand import CsvBron
from app.objecten.adapters.geojson_bestand import JsonBron
from app.objecten.adapters.herkennen import layout_of
from app.objecten.adapters.kolommen import Kolommen, choose_columns
from app.objecten.adapters.kvk import flatten
from app.objecten.adapters.lijst import INDELINGEN, Indeling
from app.objecten.adapters.proces_bron import ProcesBron
from app.objecten.adapters.tekst_bestand import kind_of
from app.objecten.rules.importrij import AfgewezenRij, GelezenRij
from app.objecten.status import Bestandsformaat, Importindeling

__all__ = ["INDELINGEN", "Bestand", "Indeling", "explain", "open_file", "open_source", "recognise"]
_LOOK_AHEAD = 500  # rows that are read before the first is given: a file that is wrong as a whole lands nothing


@dataclass(frozen=True)
class Bestand:
    """A file that could be opened.

    Attributes:
        kolommen: the columns that are kept, as the file names them.
        rijen: the rows, read while they are asked for; once.
        opmerkingen: what a person should know of the file; it grows until the last row.
        aantal: about how many rows, for the progress that is shown.
        afgekapt: its source says that there is more than the file holds, so what misses in it has not disappeared.
    """

    formaat: Bestandsformaat
    kolommen: tuple[str, ...]
    rijen: Iterator[GelezenRij]
    opmerkingen: list[str] = field(default_factory=list)
    aantal: int = 0
    afgekapt: bool = False


def open_file(indeling: Importindeling, path: Path, bestandsnaam: str = "") -> Bestand:  # noqa: ARG001 - the bytes tell the kind, never the name
    """Opens a file in a layout; its container is told by its bytes.

    Raises:
        UnreadableFile: the file as a whole cannot be read, now or further on.
    """
    layout = INDELINGEN.get(indeling)
    if layout is None:
        raise UnreadableFile(f"De indeling {indeling.value} wordt niet per rij ingelezen.")
    source = open_source(path)
    try:
        table, at = _choose(source, layout)
        columns = choose_columns(layout, source.tafels[table].eerste[at][1], source.tafels[table])
        columns.opmerkingen.extend([*layout.opmerkingen, *_left_out(source, layout, table)])
        rows = _refuse_if_all_swapped(_rows(columns, source, source.rijen(table, at, columns.plaatsen)))
    except BaseException:
        source.sluit()
        raise
    return Bestand(source.formaat, columns.kolommen, rows, columns.opmerkingen, source.aantal, source.afgekapt)


def recognise(path: Path, bestandsnaam: str = "") -> Importindeling | None:  # noqa: ARG001 - the bytes tell, never the name
    """The layout of a file by its columns or tables; None when none fits, or when it cannot be opened."""
    try:
        source = open_source(path)
    except UnreadableFile:
        return None
    try:
        return layout_of(_headers(source), [table.naam for table in source.tafels])
    finally:
        source.sluit()


def explain(path: Path) -> str:
    """Why no layout fits: the layouts that there are, the nearest one, and which of its columns miss.

    Raises:
        UnreadableFile: the file cannot be opened.
    """
    source = open_source(path)
    try:
        headers = _headers(source)
    finally:
        source.sluit()
    if not any(headers):
        return "Het bestand heeft geen rijen."
    missing = [(layout.missing(names), kind) for kind, layout in INDELINGEN.items() for names in headers]
    known = ", ".join(kind.value for kind in Importindeling)
    gaps, kind = min(
        missing, key=lambda pair: (len(pair[0]) / len(INDELINGEN[pair[1]].needed), len(pair[0])), default=([], None)
    )
    if kind is None or len(gaps) == len(INDELINGEN[kind].needed):
        return f"De kolommen passen bij geen indeling. Bekend zijn: {known}."
    return f"De kolommen passen bij geen indeling. Bekend zijn: {known}. Het meest lijkt het op {kind.value}; daarvoor ontbreken: {', '.join(gaps)}."


def open_source(path: Path) -> Bron:
    """Opens a container by its bytes; for readers that choose their own tables and columns.

    Raises:
        UnreadableFile: it cannot be read.
    """
    kind = kind_of(path)
    if kind is Bestandsformaat.CSV:
        return CsvBron(path)
    return JsonBron(path, flatten) if kind is Bestandsformaat.JSON else ProcesBron(path, kind)


def _headers(source: Bron) -> list[list[str]]:
    """Every row in which a header may stand."""
    return [list(names) for table in source.tafels for _, names in table.eerste]


def _choose(source: Bron, layout: Indeling) -> tuple[int, int]:
    """The first table, and in it the first row, that has the needed columns.

    Only columns of ours are told when none has them: in a file without a header the names in it are its first row.

    Raises:
        UnreadableFile: no table has them.
    """
    nearest = list(layout.needed)
    for place, table in enumerate(source.tafels):
        for at, (_, names) in enumerate(table.eerste):
            missing = layout.missing(names)
            if not missing:
                return place, at
            nearest = min(nearest, missing, key=len)
    if not any(_headers(source)):
        raise UnreadableFile("Het bestand heeft geen rijen.")
    looked = f" Er is gezocht in {len(source.tafels)} bladen of lagen." if len(source.tafels) > 1 else ""
    raise UnreadableFile(
        f"Deze kolommen ontbreken: {', '.join(nearest)}. Kies de juiste indeling of gebruik het sjabloon.{looked}"
    )


def _left_out(source: Bron, layout: Indeling, chosen: int) -> Iterator[str]:
    """What of the file is not read and might have been meant to be; names of sheets are not told, they may be anybody's."""
    others = sum(
        any(not layout.missing(names) for _, names in table.eerste)
        for place, table in enumerate(source.tafels)
        if place != chosen
    )
    if others:
        yield f"Let op: nog {others} bladen of lagen hebben deze kolommen en zijn niet ingelezen. Zet alle rijen bij elkaar, of stuur elk blad apart."
    if source.afgekapt:
        yield "Let op: de bron heeft dit bestand afgekapt en zegt dat er meer is. Vraag ook de rest op. Er is niets als verdwenen gemarkeerd."


def _rows(columns: Kolommen, source: Bron, raw: Iterator[Ruwerij]) -> Iterator[GelezenRij]:
    try:
        for row in raw:
            yield columns.read(row)
        columns.finish()
    finally:
        source.sluit()


def _refuse_if_all_swapped(rows: Iterator[GelezenRij]) -> Iterator[GelezenRij]:
    """The rows again, unless each of the first that tells a place tells it in the wrong order or system.

    Raises:
        UnreadableFile: then nothing of the file lands, for it would be hundreds of times the same fault.
    """
    first: list[GelezenRij] = []
    broke: UnreadableFile | None = None
    try:
        for row in rows:
            first.append(row)
            if len(first) == _LOOK_AHEAD:
                break
    except UnreadableFile as fault:
        broke = fault
    placed = [row for row in first if isinstance(row, AfgewezenRij) or row.adres.punt is not None]
    swapped = [row for row in placed if isinstance(row, AfgewezenRij) and row.verwisseld]
    if len(placed) == len(swapped) > 1:
        reason = next(fault.reden for fault in swapped[0].fouten if fault.veld in {"x", "y", "locatie", GEOMETRIE})
        raise UnreadableFile(f"Geen rij heeft een bruikbare plaats: {reason}. Er is niets ingelezen.")
    return chain(first, rows if broke is None else _raise(broke))


def _raise(fault: UnreadableFile) -> Iterator[GelezenRij]:
    raise fault
    yield  # pragma: no cover - makes this an iterator that breaks where the file did
