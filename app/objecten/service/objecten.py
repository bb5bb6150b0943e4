"""Objects: list, read, add, change; and what higher features ask for."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from app.core.errors import Fout, InvalidInput
from app.core.http.versions import check_version
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rechten import RECHTEN
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.lijsten import require_code
from app.objecten.errors import AdresNotFound, NummerInUse, ObjectNotFound
from app.objecten.repository import objecten as repository
from app.objecten.rules.adressen import address_code, address_name, own_number
from app.objecten.rules.nummers import may_have_kvk, may_have_sector
from app.objecten.schemas.objecten import BIJ_WONING, ObjectCreate, ObjectPatch, ObjectRead
from app.objecten.service.adressen import address_row, show_addresses, store_address
from app.objecten.service.opslaan import find_stored
from app.objecten.service.punten import show_points
from app.objecten.service.teksten import refuse_texts, refuse_traces
from app.objecten.service.zoekindex import index_words
from app.objecten.status import Objecttype
from app.objecten.tables import Adres, Object
from geo.boxes import Bbox, box_contains
from geo.crs import Crs

SOURCE_SELF = "veldwacht"


def get_object(uow: UnitOfWork, object_id: UUID, crs: Crs = Crs.CRS84) -> ObjectRead:
    """One object.

    Raises:
        ObjectNotFound: unknown or not visible.
    """
    return show_objects([object_row(uow, object_id)], crs)[0]


def as_seen(uow: UnitOfWork, rows: Iterable[ObjectRead]) -> list[ObjectRead]:
    """Objects as they leave the service: with their KvK number only for who keeps the register or sees links.

    The number of a one-person business is about a person, and which business is one is not known (REG-19).
    """
    shown = uow.caller.has(*RECHTEN["objecten_wijzigen"].rollen, *RECHTEN["koppelingen_lijst"].rollen)
    return [row if shown else row.model_copy(update={"kvk_nummer": None}) for row in rows]


def objects_by_ids(uow: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, ObjectRead]:
    """The objects with these ids that the caller may see, in one query."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    found = show_objects(repository.objects_by_ids(uow.session, uow.caller, wanted), Crs.CRS84)
    return {row.id: row for row in found}


def add_object(uow: UnitOfWork, data: ObjectCreate, crs: Crs = Crs.CRS84) -> ObjectRead:
    """Stores an object; the same id with the same content answers what is stored.

    Args:
        uow: the unit of work.
        data: the object.
        crs: the system of the point of its address.

    Raises:
        GemeenteNotFound: the caller does not work there.
        AdresNotFound: the address is not of this municipality.
        IdInGebruik: the id belongs to something else.
        NummerInUse: the number belongs to another object of the municipality.
        InvalidInput: the point is not in the Netherlands, or swapped; or a text holds what may not be stored.
    """
    require_gemeente(uow, data.gemeentecode)
    _check_sector(uow, data.type, data.gemeentecode, data.sector)
    texts = {"naam": data.naam, "bron": data.bron, "sector": data.sector}
    refuse_texts(data.type, texts, frozenset(filter(None, (data.kvk_nummer, data.nummer))))
    refuse_traces(data.type, {"nummer": data.nummer}, data.openingstijden)
    adres = address_row(uow, data.adres_id) if data.adres_id else _new_address(uow, data, crs)
    if adres.gemeentecode != data.gemeentecode:
        raise AdresNotFound
    made = new_object(adres, data.model_dump(exclude={"id", "adres", "adres_id"}), data.id)
    stored = find_stored(uow, made)
    if stored is None:
        if repository.object_with_number(uow.session, data.gemeentecode, data.nummer) is not None:
            raise NummerInUse("een ander object van deze gemeente")
        stored = store_object(uow, made)
    return show_objects([(stored, adres)], crs)[0]


def change_object(uow: UnitOfWork, object_id: UUID, if_match: str | None, data: ObjectPatch, crs: Crs) -> ObjectRead:
    """Changes an object of the version that the caller saw.

    Raises:
        ObjectNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
        InvalidInput: a KvK number or sector for a dwelling (REG-05), a sector that the list does not know (REG-07), or a text that
            may not be stored.
    """
    row, adres = object_row(uow, object_id, lock=True)
    check_version(if_match, row.versie)
    if data.kvk_nummer is not None and not may_have_kvk(row.type):
        raise InvalidInput("Een gegeven past niet; zie 'fouten'.", [Fout("kvkNummer", BIJ_WONING)])
    _check_sector(uow, row.type, row.gemeentecode, data.sector)
    known = frozenset(filter(None, (row.kvk_nummer, data.kvk_nummer, row.nummer)))
    refuse_texts(row.type, {"naam": data.naam, "sector": data.sector}, known)
    refuse_traces(row.type, {}, data.openingstijden)
    for name in data.model_fields_set:
        setattr(row, name, getattr(data, name))
    row.versie += 1
    uow.session.flush()
    index_words(uow.session, [row.id])
    uow.audit("object", row.id, row.gemeentecode)
    return show_objects([(row, adres)], crs)[0]


def _check_sector(uow: UnitOfWork, soort: Objecttype, gemeentecode: str, sector: str | None) -> None:
    """A dwelling has no sector (REG-05), another object one of the list (REG-07)."""
    if sector is None:
        return
    if not may_have_sector(soort):
        raise InvalidInput("Een gegeven past niet; zie 'fouten'.", [Fout("sector", BIJ_WONING)])
    require_code(uow, "sectoren", sector, gemeentecode, "sector")


def ensure_woning(uow: UnitOfWork, adres_id: UUID) -> ObjectRead:
    """The dwelling at an address, made when there is none; it has no KvK number and no name but its address (REG-05).

    Raises:
        AdresNotFound: unknown or not visible.
    """
    return ensure_place(uow, adres_id, Objecttype.WON)


def ensure_place(uow: UnitOfWork, adres_id: UUID, soort: Objecttype) -> ObjectRead:
    """The object of this type at an address, made when there is none: a place that an inspector found and no register knows.

    Raises:
        AdresNotFound: unknown or not visible.
    """
    return show_objects([ensure_object_at(uow, address_row(uow, adres_id), soort)], Crs.CRS84)[0]


def ensure_object_at(uow: UnitOfWork, adres: Adres, soort: Objecttype, bron: str = SOURCE_SELF) -> tuple[Object, Adres]:
    """The first object of this type at an address, made when there is none."""
    known = repository.objects_at(uow.session, uow.caller, adres.id, soort)
    if known:
        return known[0], adres
    code = address_code(adres.postcode, adres.huisnummer, adres.huisletter, adres.toevoeging)
    fields: dict[str, Any] = {
        "gemeentecode": adres.gemeentecode,
        "nummer": own_number(soort, code),
        "type": soort,
        "naam": address_name(adres.straat, adres.huisnummer, adres.huisletter, adres.toevoeging),
        "bron": bron,
    }
    return store_object(uow, new_object(adres, fields)), adres


def new_object(adres: Adres, fields: dict[str, Any], object_id: UUID | None = None) -> Object:
    """An object at an address, with its point and areas."""
    return Object(
        id=object_id or new_id(),
        adres_id=adres.id,
        x=adres.x,
        y=adres.y,
        wijkcode=adres.wijkcode,
        buurtcode=adres.buurtcode,
        buiten_gemeente=adres.buiten_gemeente,
        gebied_jaar=adres.gebied_jaar,
        **fields,
    )


def store_object(uow: UnitOfWork, row: Object) -> Object:
    """Stores an object; for use within this feature."""
    uow.session.add(row)
    uow.session.flush()
    index_words(uow.session, [row.id])
    uow.audit("object", row.id, row.gemeentecode)
    return row


def object_row(uow: UnitOfWork, object_id: UUID, *, lock: bool = False) -> tuple[Object, Adres]:
    """An object and its address, for use within this feature.

    Raises:
        ObjectNotFound: unknown or not visible.
    """
    found = repository.object_by_id(uow.session, uow.caller, object_id, lock=lock)
    if found is None:
        raise ObjectNotFound
    return found


def show_objects(found: Sequence[tuple[Object, Adres]], crs: Crs) -> list[ObjectRead]:
    """Objects as the API answers them, points in the asked system."""
    addresses = show_addresses([adres for _, adres in found], crs)
    points = show_points(((row.x, row.y) for row, _ in found), crs)
    return [
        ObjectRead(**row.model_dump(exclude={"x", "y", "adres_id"}), adres=adres, punt=punt)
        for (row, _), adres, punt in zip(found, addresses, points, strict=True)
    ]


def outside_window(rows: Iterable[Object], bbox: Bbox | None) -> frozenset[UUID]:
    """Those whose point lies outside the window: in degrees its edges are curved in RD, so the database finds a few too many."""
    if bbox is None:
        return frozenset()
    return frozenset(row.id for row in rows if row.x is None or row.y is None or not box_contains(bbox, row.x, row.y))


def _new_address(uow: UnitOfWork, data: ObjectCreate, crs: Crs) -> Adres:
    if data.adres is None:
        raise AdresNotFound
    return store_address(uow, data.gemeentecode, data.adres, crs)
