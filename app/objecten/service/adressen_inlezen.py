"""Reads a whole file of addresses: the BAG, or a list of the municipality (REG-20; B6, B9).

The file is read in a process of its own. Each batch is stored with its counters in one transaction; after a kill the rows that were
counted are passed over. What stands is compared, so that the same file twice changes nothing. A preview does the same and takes it back.
"""

from base64 import b64decode
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.exc import IntegrityError, OperationalError
from uuid_utils import uuid7

from app.core.jobs import UnitFactory
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.gebiedscodes import AreaCodes
from app.gemeenten.service.gebieden import Indeling, indeling_of
from app.objecten.adapters.bulkproces import lines_of
from app.objecten.repository import adressen_bulk as bulk
from app.objecten.repository.adressen_bulk import Adresregels, Herkomst, Tellingen
from app.objecten.rules.importrij import RijFout
from app.objecten.service.importen import TASK, import_row
from app.objecten.service.importverslag import Afwijzing, count_rows, note_rejections
from app.objecten.service.zoekindex import index_words
from app.objecten.status import Importindeling
from app.objecten.tables import Import

READER = "app.objecten.adapters.adressen_bestand"
ATTEMPTS = 3
_WEGGELATEN = {
    "gebruiksdoel": "Gebruiksdoelen die de BAG niet kent en zijn weggelaten",
    "oppervlakte": "Oppervlakten die niet te lezen waren en zijn weggelaten",
    "status": "Statussen die niet te lezen waren en zijn weggelaten",
}


@dataclass
class Lezing:
    """One run through a file.

    Attributes:
        only_inside: places outside the municipality are passed over: of the BAG, which is of the whole country.
        empty: no address stood when the run began, so that nothing needs to be compared.
    """

    unit: UnitFactory
    import_id: UUID
    only_inside: bool
    empty: bool
    without_point: int = 0
    outside: int = 0
    elsewhere: int = 0
    left_out: dict[str, int] = field(default_factory=dict)


def read_addresses(unit: UnitFactory, import_id: UUID, path: Path) -> list[str]:
    """Stores all addresses of a file (layouts `bag` and `adressen`); safe to run again after a kill.

    Returns:
        What a person should know of it, in Dutch.

    Raises:
        UnreadableFile: the file as a whole cannot be read, now or further on; what was stored before stays.
    """
    with unit(TASK) as uow:
        order, lezing = _start(uow, unit, import_id, path)
    with closing(lines_of(READER, order)) as lines:
        same = _begin(lezing, next(lines)["kop"], order["overslaan"])
        if same:
            _follow(lezing, lines)
    if not same:
        with closing(lines_of(READER, order | {"overslaan": 0})) as lines:
            _begin(lezing, next(lines)["kop"], 0)
            _follow(lezing, lines)
    with unit(TASK) as uow:
        return _finish(uow, lezing)


def _start(uow: UnitOfWork, unit: UnitFactory, import_id: UUID, path: Path) -> tuple[dict[str, Any], Lezing]:
    record = import_row(uow, import_id, lock=True)
    grens = indeling_of(uow, record.gemeentecode).grens
    order = {
        "pad": str(path.resolve()),
        "gemeentecode": record.gemeentecode,
        "indeling": record.indeling,
        "grens": None if grens is None else [grens.min_x, grens.min_y, grens.max_x, grens.max_y],
        "overslaan": record.verwerkt,
    }
    empty = record.verwerkt == 0 and not bulk.has_addresses(uow.session, record.gemeentecode)
    return order, Lezing(unit, import_id, record.indeling is Importindeling.BAG, empty)


def _begin(lezing: Lezing, head: dict[str, Any], done: int) -> bool:
    """Notes how many rows there are.

    Returns:
        False when that is not what a run that was broken off saw: other areas, so other rows. Its counters go, and all is read anew.
    """
    lezing.elsewhere, total = int(head["elders"]), int(head["aantal"])
    with lezing.unit(TASK) as uow:
        record = import_row(uow, lezing.import_id, lock=True)
        same = not done or not total or record.regels == total
        record.regels = total or record.regels
        if not same:
            record.verwerkt = record.nieuw = record.gewijzigd = record.ongewijzigd = record.afgewezen = 0
    return same


def _follow(lezing: Lezing, lines: Iterator[dict[str, Any]]) -> None:
    """Stores block after block; the next one is fetched meanwhile, since the database needs most of the time."""
    with ThreadPoolExecutor(1) as fetcher:
        ahead = fetcher.submit(next, lines, None)
        while (line := ahead.result()) is not None:
            ahead = fetcher.submit(next, lines, None)
            if "einde" in line:
                lezing.left_out = line["einde"]["weggelaten"]
            else:
                _store(lezing, line)


def _store(lezing: Lezing, block: dict[str, Any]) -> None:
    """Stores one batch; when somebody stored the same address at this moment, it is done again."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with lezing.unit(TASK) as uow:
                _store_batch(uow, lezing, block)
        except (IntegrityError, OperationalError):
            if attempt == ATTEMPTS:
                raise
            lezing.empty = False
        else:
            return


def _store_batch(uow: UnitOfWork, lezing: Lezing, block: dict[str, Any]) -> None:
    record = import_row(uow, lezing.import_id, lock=True)
    indeling = indeling_of(uow, record.gemeentecode)
    told = _located(indeling, block, lezing)
    rejected = list(_rejected(indeling, block["afgewezen"], lezing))
    counts = _apply(uow, lezing, record, told)
    note_rejections(uow, record, rejected)
    count_rows(record, **counts._asdict(), afgewezen=len(rejected))
    record.verwerkt += int(block["gelezen"]) - len(told.tekst) - len(rejected)


def _apply(uow: UnitOfWork, lezing: Lezing, record: Import, told: Adresregels) -> Tellingen:
    """Stores rows, or for a preview finds out what storing them would do."""
    herkomst = Herkomst(record.gemeentecode, record.bron, record.id, uow.now, uow.today)
    store = bulk.fill if lezing.empty else bulk.merge
    if not record.proef:
        return store(uow.session, told, herkomst)
    taken_back = uow.session.begin_nested()
    counts = store(uow.session, told, herkomst)
    taken_back.rollback()
    return counts


def _located(indeling: Indeling, block: dict[str, Any], lezing: Lezing) -> Adresregels:
    """The rows with their areas; a place outside the municipality is passed over in a file of the whole country."""
    lines: list[str] = block["tekst"].split("\n") if block["tekst"] else []
    points = np.frombuffer(b64decode(block["punten"]), dtype="<f8").reshape(2, -1).T
    areas = _areas(indeling, points)
    distinct = {
        id(area): area for area in areas
    }  # a few objects that thousands of places share; hashing them costs more
    ends = {key: _columns(area) for key, area in distinct.items()}
    beyond = {key for key, area in distinct.items() if area.buiten_gemeente}
    # Lines and areas come from two sides: of another number they are refused here.
    told = list(zip(lines, map(id, areas), strict=True))
    kept: Sequence[int] = range(len(told))
    if beyond and lezing.only_inside:
        kept = [place for place, (_, key) in enumerate(told) if key not in beyond]
    elif beyond:
        lezing.outside += sum(key in beyond for _, key in told)
    lezing.without_point += int(np.isnan(points[list(kept), 0]).sum())
    new_ids = (uuid7().hex for _ in kept)
    text = [f"{new}\t{told[place][0]}\t{ends[told[place][1]]}" for new, place in zip(new_ids, kept, strict=True)]
    withdrawn = set(block["ingetrokken"])
    return Adresregels(
        text, frozenset(at for at, place in enumerate(kept) if place in withdrawn) if withdrawn else frozenset()
    )


def _columns(areas: AreaCodes) -> str:
    """The areas of a place as the last columns of a line."""
    jaar = None if areas.jaar is None else str(areas.jaar)
    return "\t".join(value or "\\N" for value in (areas.wijk, areas.buurt, str(int(areas.buiten_gemeente)), jaar))


def _rejected(indeling: Indeling, told: Sequence[Any], lezing: Lezing) -> Iterator[Afwijzing]:
    """The rows that cannot land; one of another municipality is no concern of this one."""
    points = np.array([(row[2], row[3]) for row in told], dtype=np.float64).reshape(-1, 2)
    for (line, faults, _, _, source), areas in zip(told, _areas(indeling, points), strict=True):
        if not (areas.buiten_gemeente and lezing.only_inside):
            yield Afwijzing(line, tuple(RijFout(name, reason) for name, reason in faults), source)


def _areas(indeling: Indeling, points: NDArray[np.float64]) -> list[AreaCodes]:
    """The areas of points; none for a row without a point."""
    placed = np.isfinite(points).all(axis=1)
    if placed.all():
        return indeling.locate(points)
    areas = [AreaCodes()] * len(points)
    for place, found in zip(np.flatnonzero(placed).tolist(), indeling.locate(points[placed]), strict=True):
        areas[place] = found
    return areas


def _finish(uow: UnitOfWork, lezing: Lezing) -> list[str]:
    record = import_row(uow, lezing.import_id, lock=True)
    record.regels = record.verwerkt
    placed = [] if record.proef else bulk.place_objects(uow.session, record.gemeentecode)
    index_words(uow.session, placed)
    passed = record.verwerkt - record.nieuw - record.gewijzigd - record.ongewijzigd - record.afgewezen
    counted = (
        ("Rijen van andere gemeenten of uit het verleden overgeslagen", passed + lezing.elsewhere),
        ("Adressen zonder punt op de kaart", lezing.without_point),
        ("Adressen buiten de gemeentegrens", lezing.outside),
        ("Objecten die nu een punt op de kaart hebben", len(placed)),
        *((text, lezing.left_out.get(name, 0)) for name, text in _WEGGELATEN.items()),
    )
    remarks = [f"{text}: {number}." for text, number in counted if number]
    if lezing.only_inside and indeling_of(uow, record.gemeentecode).jaar is None:
        remarks.append(
            "De gemeente heeft nog geen gebieden; welke adressen van haar zijn, is aan de BAG-kenmerken gezien. Lees de wijken en "
            "buurten in (cbs-gebieden) voor wijk en buurt bij elk adres."
        )
    return remarks
