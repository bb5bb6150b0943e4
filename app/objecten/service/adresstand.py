"""Addresses and their way to a point: the list, the point by hand, and what a source brings that is ours to keep (REG-20)."""

from collections.abc import Sequence
from uuid import UUID

from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.objecten.errors import AdresNotFound
from app.objecten.repository import geocoderen as repository
from app.objecten.rules.bronadres import Bronadres
from app.objecten.rules.geocodering import geocode_status
from app.objecten.schemas.adressen import AdresPatch, AdresStandRead, BronadresRead
from app.objecten.service.adressen import address_row, place_at, show_addresses
from app.objecten.service.punten import read_punt, show_points
from app.objecten.service.zoekindex import index_words
from app.objecten.status import Geocodestatus
from app.objecten.tables import Adres
from geo.crs import Crs, Punt

_SHOWN = {
    "versie",
    "geocode_pogingen",
    "adresseerbaar_object_id",
    "pand_id",
    "gebruiksdoelen",
    "oppervlakte",
    "status_bag",
    "bag_gecontroleerd_op",
}


def list_adressen(
    uow: UnitOfWork, gemeentecode: str | None, status: Geocodestatus | None, page: Paging, crs: Crs
) -> list[AdresStandRead]:
    """One address more than a page, in the order of municipality, postcode and number.

    Raises:
        InvalidInput: the cursor is not of this list.
    """
    return show_standing(repository.list_addresses(uow.session, uow.caller, gemeentecode, status, page), crs)


def get_adres(uow: UnitOfWork, adres_id: UUID, crs: Crs) -> AdresStandRead:
    """One address.

    Raises:
        AdresNotFound: unknown or not visible.
    """
    return show_standing([address_row(uow, adres_id)], crs)[0]


def set_point(
    uow: UnitOfWork, adres_id: UUID, if_match: str | None, data: AdresPatch, sent: Crs, crs: Crs
) -> AdresStandRead:
    """Sets the point of an address by hand; no source changes it any more. Objects without a point of their own go with it.

    Raises:
        AdresNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
        InvalidInput: the point is not in the Netherlands, or swapped.
    """
    row = repository.locked_address(uow.session, uow.caller, adres_id)
    if row is None:
        raise AdresNotFound
    check_version(if_match, row.versie)
    move_address(uow, row, read_punt(data.punt, sent, "punt"))
    row.geocode_status = Geocodestatus.MET_DE_HAND
    if data.bag_id is not None:
        row.bag_id = data.bag_id
    row.versie += 1
    uow.session.flush()
    uow.audit("adres", row.id, row.gemeentecode)
    return show_standing([row], crs)[0]


def place_address(uow: UnitOfWork, row: Adres, told: Bronadres) -> None:
    """Gives an address the point of a source, and what the BAG registers of it.

    Without areas of our own the municipality that the source names decides whether it lies outside.
    """
    if told.punt is None:
        return
    move_address(uow, row, told.punt)
    known_area = row.wijkcode is not None or row.buurtcode is not None or row.buiten_gemeente
    if not known_area and told.gemeentecode is not None:
        row.buiten_gemeente = told.gemeentecode != row.gemeentecode
    row.geocode_status = Geocodestatus.BUITEN_GEMEENTE if row.buiten_gemeente else Geocodestatus.GEVONDEN
    keep_register(uow, row, told)


def keep_register(uow: UnitOfWork, row: Adres, told: Bronadres) -> list[str]:
    """Stores what the BAG registers of an address; what people filled in stays. Answers the fields that changed."""
    new: dict[str, object] = {
        "bag_id": row.bag_id or told.bag_id,
        "adresseerbaar_object_id": told.adresseerbaar_object_id or row.adresseerbaar_object_id,
    }
    if told.bag is not None:
        new |= {
            "pand_id": told.bag.pand_id,
            "gebruiksdoelen": list(told.bag.gebruiksdoelen),
            "oppervlakte": told.bag.oppervlakte,
            "status_bag": told.bag.status,
        }
        row.bag_gecontroleerd_op = uow.now
    changed = [name for name, value in new.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, new[name])
    return changed


def move_address(uow: UnitOfWork, row: Adres, punt: Punt) -> None:
    """Sets the point and areas of an address and of the objects that stood where it stood, or nowhere.

    The versions of those objects stay: nobody who edits one must do so again because a point was found.
    """
    old = None if row.x is None or row.y is None else (row.x, row.y)
    place_at(uow, row, punt)
    row.geocode_na = row.geocode_melding = None
    things = repository.objects_to_place(uow.session, row.id, old)
    for thing in things:
        thing.x, thing.y, thing.wijkcode, thing.buurtcode = row.x, row.y, row.wijkcode, row.buurtcode
        thing.buiten_gemeente, thing.gebied_jaar = row.buiten_gemeente, row.gebied_jaar
    index_words(uow.session, [thing.id for thing in things])


def show_standing(rows: Sequence[Adres], crs: Crs) -> list[AdresStandRead]:
    """Addresses with how they stand, points in the asked system."""
    return [
        AdresStandRead.model_validate(
            {
                **plain.model_dump(),
                **row.model_dump(include=_SHOWN),
                "geocode_melding": row.geocode_melding if row.x is None else None,
                "geocode_na": row.geocode_na if row.x is None else None,
                "geocode_status": geocode_status(
                    row.geocode_status, has_point=row.x is not None, outside=row.buiten_gemeente
                ),
            }
        )
        for row, plain in zip(rows, show_addresses(rows, crs), strict=True)
    ]


def show_source_addresses(found: Sequence[Bronadres], bron: str, crs: Crs) -> list[BronadresRead]:
    """Addresses of a source as the API answers them."""
    points = show_points(((None, None) if one.punt is None else (one.punt.x, one.punt.y) for one in found), crs)
    return [
        BronadresRead(
            straat=one.straat,
            huisnummer=one.huisnummer,
            huisletter=one.huisletter,
            toevoeging=one.toevoeging,
            postcode=one.postcode,
            woonplaats=one.woonplaats,
            bag_id=one.bag_id,
            punt=punt,
            bron=bron,
        )
        for one, punt in zip(found, points, strict=True)
    ]
