"""Risk areas: why an area asks attention, from a published source; shown with the area and never counted in a priority (REG-12)."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from pydantic import ValidationError

from app.core.errors import Fout, InvalidInput
from app.core.http.paging import Paging
from app.core.http.problems import validation_faults
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gebiedsnamen import area_names, unknown_areas
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.opslaan import IdInGebruik
from app.objecten.adapters.bestand import UnreadableFile
from app.objecten.adapters.gebieden_csv import Gebiedsregel, read_areas_csv
from app.objecten.repository import risicogebieden as repository
from app.objecten.repository.risicogebieden import Risicogebiedfilter
from app.objecten.rules.teksten import text_faults
from app.objecten.schemas.risicogebieden import GebiedenIngelezen, RisicogebiedCreate, RisicogebiedRead
from app.objecten.status import Objecttype
from app.objecten.tables import Risicogebied

GEWEIGERD = "Het risicogebied kan zo niet bewaard worden; zie 'fouten'."
BESTAND_GEWEIGERD = "Het bestand is geweigerd; er is niets ingelezen. Zie 'fouten'."
MEEST_FOUTEN = 100
_KEY = ("gebiedcode", "jaar", "bron", "kerngetal")
_CHANGES = ("reden", "url", "waarde", "geldig_tot")


def list_risicogebieden(uow: UnitOfWork, filters: Risicogebiedfilter, page: Paging) -> list[RisicogebiedRead]:
    """One risk area more than a page, by code of the area."""
    return _show(uow, repository.list_areas(uow.session, uow.caller, filters, page))


def add_risicogebied(uow: UnitOfWork, data: RisicogebiedCreate) -> tuple[RisicogebiedRead, bool]:
    """Stores a risk area; the same content again changes nothing.

    Returns:
        What is stored, and whether it is new.

    Raises:
        GemeenteNotFound: the caller does not work there.
        InvalidInput: no area of the municipality, or a text that may not be stored.
        IdInGebruik: something else stands under this id, or about this area, source and figure.
    """
    require_gemeente(uow, data.gemeentecode)
    faults = _faults(uow, data.gemeentecode, {"": data})
    if faults:
        raise InvalidInput(GEWEIGERD, faults)
    made = Risicogebied(**data.model_dump())
    standing = repository.area_by_id(uow.session, data.id)
    if standing is None:
        found = repository.areas_of(uow.session, data.gemeentecode, [data.gebiedcode])
        standing = next((row for row in found if _key(row) == _key(made)), None)
    if standing is not None:
        if standing.model_dump(exclude={"id"}) != made.model_dump(exclude={"id"}):
            raise IdInGebruik("Over dit gebied staat uit deze bron al iets anders. Haal de laatste stand op.")
        return _show(uow, [standing])[0], False
    uow.session.add(made)
    uow.session.flush()
    uow.audit("risicogebied", made.id, made.gemeentecode)
    return _show(uow, [made])[0], True


def import_risicogebieden(uow: UnitOfWork, gemeentecode: str, content: bytes) -> GebiedenIngelezen:
    """Reads a file of figures per area, all or nothing; the same file again changes nothing.

    Raises:
        GemeenteNotFound: the caller does not work there.
        InvalidInput: a column about persons, an unknown column, or a row that does not fit; nothing is stored then.
    """
    require_gemeente(uow, gemeentecode, lock=True)  # two files for one municipality wait for each other
    with NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        try:
            read = read_areas_csv(Path(file.name))
        except UnreadableFile as fault:
            raise InvalidInput(str(fault)) from None
    faults = [Fout(fault.veld, fault.reden) for fault in read.fouten]
    rows: dict[str, RisicogebiedCreate] = {}
    for line in read.regels if not faults else ():
        try:
            rows[f"regel {line.regel}"] = _parse(gemeentecode, line)
        except ValidationError as error:
            told = validation_faults(error.errors())
            faults += [Fout(f"regel {line.regel}", f"{fault.veld} {fault.melding}") for fault in told]
    faults = faults or _faults(uow, gemeentecode, rows)
    if faults:
        raise InvalidInput(BESTAND_GEWEIGERD, faults[:MEEST_FOUTEN])
    return _store(uow, gemeentecode, list(rows.values()))


def _parse(gemeentecode: str, line: Gebiedsregel) -> RisicogebiedCreate:
    values: dict[str, Any] = {name: value for name, value in line.waarden.items() if value}
    if "waarde" in values:
        values["waarde"] = values["waarde"].replace(",", ".")
    return RisicogebiedCreate.model_validate({**values, "gemeentecode": gemeentecode})


def _faults(uow: UnitOfWork, gemeentecode: str, rows: Mapping[str, RisicogebiedCreate]) -> list[Fout]:
    """What the shape cannot see. A reason is held to the rules of a dwelling: an area is mostly where people live."""
    unknown = unknown_areas(uow, gemeentecode, {(row.gebiedcode, row.jaar) for row in rows.values()})
    found = []
    for place, row in rows.items():
        before = f"{place}: " if place else ""
        if (row.gebiedcode, row.jaar) in unknown:
            found.append(Fout(f"{before}gebiedcode", "is dat jaar geen gebied van deze gemeente"))
        for name, text in (("reden", row.reden), ("kerngetal", row.kerngetal)):
            found += [Fout(before + name, fault) for fault in text_faults(Objecttype.WON, text)]
        found += [Fout(f"{before}bron", fault) for fault in text_faults(Objecttype.BEDR, row.bron, is_name=True)]
    return found


def _store(uow: UnitOfWork, gemeentecode: str, rows: Sequence[RisicogebiedCreate]) -> GebiedenIngelezen:
    standing = {
        _key(row): row
        for row in repository.areas_of(uow.session, gemeentecode, sorted({row.gebiedcode for row in rows}))
    }
    new = changed = same = 0
    for data in rows:
        row = standing.get(_key(data))
        if row is None:
            standing[_key(data)] = row = Risicogebied(**data.model_dump())
            uow.session.add(row)
            new += 1
        elif any(getattr(row, name) != getattr(data, name) for name in _CHANGES):
            for name in _CHANGES:
                setattr(row, name, getattr(data, name))
            changed += 1
        else:
            same += 1
    uow.session.flush()
    uow.audit("risicogebied", None, gemeentecode)
    return GebiedenIngelezen(nieuw=new, gewijzigd=changed, ongewijzigd=same)


def _key(row: Risicogebied | RisicogebiedCreate) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _KEY)


def _show(uow: UnitOfWork, rows: Sequence[Risicogebied]) -> list[RisicogebiedRead]:
    names = area_names(uow, {row.gebiedcode for row in rows})
    return [RisicogebiedRead(**row.model_dump(), gebiednaam=names.get((row.gebiedcode, row.jaar))) for row in rows]
