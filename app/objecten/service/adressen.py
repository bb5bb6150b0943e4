"""Addresses: one per place and municipality, with the areas of its point assigned when it is stored (REG-20)."""

from collections.abc import Sequence
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.gebiedscodes import AreaCodes
from app.gemeenten.service.gebieden import assign_area
from app.gemeenten.service.gemeenten import require_gemeente
from app.objecten.errors import AdresNotFound
from app.objecten.repository import adressen as repository
from app.objecten.schemas.objecten import AdresInput, AdresRead
from app.objecten.schemas.velden import PuntInput
from app.objecten.service.punten import read_punt, show_points
from app.objecten.tables import Adres
from geo.crs import Crs, Punt

ZONDER_ADRES = "Plek zonder adres"


def ensure_adres(uow: UnitOfWork, gemeentecode: str, data: AdresInput, crs: Crs = Crs.CRS84) -> AdresRead:
    """The stored address with this postcode and number; stored now when it is not there yet.

    A known address keeps its point; one without a point gets that of `data`.

    Args:
        uow: the unit of work.
        gemeentecode: the municipality that owns the address.
        data: the address as it was filled in.
        crs: the system of its point.

    Raises:
        GemeenteNotFound: the caller does not work there.
        InvalidInput: the point is not in the Netherlands, or swapped.
    """
    return show_addresses([store_address(uow, gemeentecode, data, crs)], Crs.CRS84)[0]


def store_address(uow: UnitOfWork, gemeentecode: str, data: AdresInput, crs: Crs) -> Adres:
    """The row behind `ensure_adres`, for use within this feature."""
    require_gemeente(uow, gemeentecode)
    punt = None if data.punt is None else read_punt(data.punt, crs, "adres.punt")
    key = (data.postcode, data.huisnummer, data.huisletter, data.toevoeging)
    known = repository.address_with_key(uow.session, uow.caller, gemeentecode, key)
    if known is None:
        fields = data.model_dump(exclude={"punt"})
        made = Adres(gemeentecode=gemeentecode, **fields)
        place_at(uow, made, punt)
        repository.add_address(uow.session, made)
        known = repository.address_with_key(uow.session, uow.caller, gemeentecode, key)
        if known is None:
            raise AdresNotFound
        if known.id == made.id:
            uow.audit("adres", made.id, gemeentecode)
    elif known.x is None and punt is not None:
        place_at(uow, known, punt)
        uow.session.flush()
    return known


def ensure_spot(uow: UnitOfWork, gemeentecode: str, punt: PuntInput, omschrijving: str) -> AdresRead:
    """The address row of a place that has no address, such as a caravan or a shed; the same metre is the same place.

    It has no postcode, house number 0, and its RD metres instead of an addition.

    Raises:
        GemeenteNotFound: the caller does not work there.
        InvalidInput: the point is not in the Netherlands, or swapped.
    """
    gemeente = require_gemeente(uow, gemeentecode)
    at = read_punt(punt, Crs.CRS84, "punt")
    key = ("", 0, "", f"{at.x:.0f} {at.y:.0f}")
    known = repository.address_with_key(uow.session, uow.caller, gemeentecode, key)
    if known is None:
        made = Adres(
            gemeentecode=gemeentecode,
            straat=omschrijving or ZONDER_ADRES,
            huisnummer=0,
            toevoeging=key[3],
            postcode="",
            woonplaats=gemeente.naam,
        )
        place_at(uow, made, at)
        repository.add_address(uow.session, made)
        known = repository.address_with_key(uow.session, uow.caller, gemeentecode, key)
        if known is None:
            raise AdresNotFound
        if known.id == made.id:
            uow.audit("adres", made.id, gemeentecode)
    return show_addresses([known], Crs.CRS84)[0]


def address_row(uow: UnitOfWork, adres_id: UUID) -> Adres:
    """A stored address, for use within this feature.

    Raises:
        AdresNotFound: unknown or not visible.
    """
    found = repository.address_by_id(uow.session, uow.caller, adres_id)
    if found is None:
        raise AdresNotFound
    return found


def show_addresses(rows: Sequence[Adres], crs: Crs) -> list[AdresRead]:
    """Addresses as the API answers them, points in the asked system."""
    points = show_points(((row.x, row.y) for row in rows), crs)
    return [AdresRead(**row.model_dump(exclude={"x", "y"}), punt=punt) for row, punt in zip(rows, points, strict=True)]


def area_codes(uow: UnitOfWork, gemeentecode: str, punt: Punt | None) -> AreaCodes:
    """The areas of a point; none without a point."""
    if punt is None:
        return AreaCodes()
    return assign_area(uow, gemeentecode, punt.x, punt.y)


def place_at(uow: UnitOfWork, adres: Adres, punt: Punt | None) -> None:
    """Sets the point of an address and the areas in which it lies, for use within this feature."""
    codes = area_codes(uow, adres.gemeentecode, punt)
    adres.x, adres.y = (None, None) if punt is None else (punt.x, punt.y)
    adres.wijkcode, adres.buurtcode, adres.buiten_gemeente = codes.wijk, codes.buurt, codes.buiten_gemeente
    adres.gebied_jaar = codes.jaar
