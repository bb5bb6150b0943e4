"""Links between business objects of one permit holder, landlord or operator: matched by keyed hash, never on a dwelling (REG-19)."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from uuid import UUID

from app.core.caller import system_caller
from app.core.errors import Fout, InvalidInput
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.opslaan import IdInGebruik
from app.objecten.errors import KoppelingNotFound
from app.objecten.repository import koppelingen as repository
from app.objecten.rules.koppelingen import may_be_linked
from app.objecten.schemas.koppelingen import GekoppeldObject, KoppelingCreate, KoppelingenRead, KoppelingRead
from app.objecten.service.dossier import ZIET_KVK
from app.objecten.service.objecten import object_row, show_objects
from app.objecten.status import Koppelsleutel
from app.objecten.tables import Adres, Object, Objectkoppeling
from geo.crs import Crs

VELD = "nummer"


def get_koppelingen(uow: UnitOfWork, object_id: UUID) -> KoppelingenRead:
    """The links of an object and what shares one, in a constant number of queries.

    An object of a municipality in which the caller does not work is not shown, nor counted. A dwelling has no links and looks
    like a business without any.

    Raises:
        ObjectNotFound: unknown or not visible.
    """
    place, adres = object_row(uow, object_id)
    home = repository.dwelling_at(uow.session, adres.id)
    rows = repository.links_of(uow.session, uow.caller, object_id)
    uow.load_data_keys(row.id for row in rows)
    numbers = {row.id: uow.unseal(row.id, VELD, row.nummer) for row in rows}
    shown = [_read(uow, row, numbers[row.id]) for row in rows]
    now = [
        row for row in rows if row.geldig_vanaf <= uow.today and (row.geldig_tot is None or row.geldig_tot >= uow.today)
    ]
    wanted = {(row.soort, numbers[row.id]) for row in now}
    if place.kvk_nummer:
        wanted.add((Koppelsleutel.KVK, place.kvk_nummer))
    if not may_be_linked(place.type, woning_op_adres=home):
        wanted.clear()
    return KoppelingenRead(koppelingen=shown, gekoppelde_objecten=_linked(uow, place, wanted))


def add_koppeling(uow: UnitOfWork, object_id: UUID, data: KoppelingCreate) -> KoppelingRead:
    """Links an object; the same id with the same content answers what is stored.

    Raises:
        ObjectNotFound: unknown or not visible.
        InvalidInput: a dwelling, or a lodging at an address that is a dwelling, is never linked (REG-05).
        IdInGebruik: the id belongs to another link.
    """
    place, adres = object_row(uow, object_id)
    if not may_be_linked(place.type, woning_op_adres=repository.dwelling_at(uow.session, adres.id)):
        fout = Fout("objectId", "is een woning, of ligt op het adres van een woning; die wordt nooit gekoppeld")
        raise InvalidInput("Dit object kan niet worden gekoppeld; zie 'fouten'.", [fout])
    stored = repository.stored(uow.session, data.id) if data.id else None
    if stored is not None:
        return _same(uow, stored, object_id, data)
    row_id = data.id or new_id()
    row = Objectkoppeling(
        id=row_id,
        gemeentecode=place.gemeentecode,
        object_id=place.id,
        objecttype=place.type,
        nummer=uow.seal(row_id, VELD, data.nummer),
        nummer_hash=uow.key_ring.search_hash(_purpose(data.soort), data.nummer),
        **data.model_dump(exclude={"id", "nummer"}),
    )
    uow.session.add(row)
    uow.session.flush()
    uow.audit("koppeling", row.id, row.gemeentecode)
    return _read(uow, row, data.nummer)


def end_koppeling(uow: UnitOfWork, object_id: UUID, koppeling_id: UUID) -> None:
    """Ends a link with yesterday, or with its first day when that is later; it stays as history, and a repeat changes nothing.

    Raises:
        KoppelingNotFound: unknown or not visible.
    """
    row = repository.link(uow.session, uow.caller, object_id, koppeling_id)
    if row is None:
        raise KoppelingNotFound
    if row.geldig_tot is None or row.geldig_tot >= uow.today:
        row.geldig_tot = max(row.geldig_vanaf, uow.today - timedelta(days=1))
    uow.audit("koppeling", row.id, row.gemeentecode)


def linked_in(uow: UnitOfWork, object_id: UUID, gemeenten: Collection[str]) -> dict[UUID, str]:
    """Businesses in these municipalities that share a number with an object, with their municipality; for the service itself.

    Whoever asks for a person asks `get_koppelingen`. A dwelling has no links and is none (REG-05, REG-19).
    """
    service = system_caller()
    found = repository.place(uow.session, object_id)
    if found is None or not may_be_linked(
        found.type, woning_op_adres=repository.dwelling_at(uow.session, found.adres_id)
    ):
        return {}
    rows = repository.links_of(uow.session, service, object_id)
    uow.load_data_keys(row.id for row in rows)
    wanted = {
        (row.soort, uow.unseal(row.id, VELD, row.nummer))
        for row in rows
        if row.geldig_vanaf <= uow.today and (row.geldig_tot is None or row.geldig_tot >= uow.today)
    }
    if found.kvk_nummer:
        wanted.add((Koppelsleutel.KVK, found.kvk_nummer))
    hashes, kvk = _keys(uow, wanted)
    places = [row for row, _, _ in repository.linked(uow.session, service, object_id, hashes, uow.today)]
    places += [row for row, _ in repository.with_kvk(uow.session, service, object_id, kvk)]
    return {row.id: row.gemeentecode for row in places if row.gemeentecode in set(gemeenten)}


def _keys(uow: UnitOfWork, wanted: Iterable[tuple[Koppelsleutel, str]]) -> tuple[list[str], list[str]]:
    """What numbers are looked up by: keyed hashes of links by hand, and the KvK numbers of the register."""
    pairs = sorted(wanted)
    hashes = [digest for soort, nummer in pairs for digest in uow.key_ring.search_hashes(_purpose(soort), nummer)]
    return hashes, [nummer for soort, nummer in pairs if soort is Koppelsleutel.KVK]


def _linked(uow: UnitOfWork, place: Object, wanted: Iterable[tuple[Koppelsleutel, str]]) -> list[GekoppeldObject]:
    hashes, kvk = _keys(uow, wanted)
    # Both are asked, also with nothing to look for: an object with links takes no more queries than one without.
    found: list[tuple[Object, Adres, Koppelsleutel]] = [
        *repository.linked(uow.session, uow.caller, place.id, hashes, uow.today),
        *(
            (row, adres, Koppelsleutel.KVK)
            for row, adres in repository.with_kvk(uow.session, uow.caller, place.id, kvk)
        ),
    ]
    kinds: dict[UUID, set[Koppelsleutel]] = {}
    for row, _, soort in found:
        kinds.setdefault(row.id, set()).add(soort)
    places = {row.id: (row, adres) for row, adres, _ in found}
    ordered = sorted(places.values(), key=lambda pair: (pair[0].gemeentecode, pair[0].nummer))
    return [
        GekoppeldObject(
            **shown.model_dump(include={"id", "gemeentecode", "nummer", "type", "naam"}),
            adres=shown.adres,
            soorten=sorted(kinds[shown.id]),
        )
        for shown in show_objects(ordered, Crs.CRS84)
    ]


def _purpose(soort: Koppelsleutel) -> str:
    return f"koppeling.{soort}"


def _same(uow: UnitOfWork, stored: Objectkoppeling, object_id: UUID, data: KoppelingCreate) -> KoppelingRead:
    number = uow.unseal(stored.id, VELD, stored.nummer)
    sent = data.model_dump(exclude={"id", "nummer"})
    if stored.object_id != object_id or number != data.nummer or any(getattr(stored, k) != v for k, v in sent.items()):
        raise IdInGebruik("Onder dit kenmerk staat al iets anders. Kies een nieuw kenmerk.")
    return _read(uow, stored, number)


def _read(uow: UnitOfWork, row: Objectkoppeling, number: str) -> KoppelingRead:
    visible = not row.eenmanszaak or uow.caller.has(*ZIET_KVK)
    return KoppelingRead(
        **row.model_dump(include=set(KoppelingRead.model_fields) - {"nummer"}), nummer=number if visible else None
    )
