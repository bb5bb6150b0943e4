"""Municipalities: which the caller works in."""

from collections.abc import Sequence

from app.core.errors import NotFound
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import bewaren
from app.gemeenten.repository import gemeenten as repository
from app.gemeenten.tables import Gemeente


class GemeenteNotFound(NotFound):
    """Unknown, or the caller does not work there."""

    code = "gemeente-niet-gevonden"


def require_gemeente(uow: UnitOfWork, code: str, *, lock: bool = False) -> Gemeente:
    """The municipality, when the caller works there.

    Raises:
        GemeenteNotFound: unknown, or the caller does not work there.
    """
    found = repository.find_gemeente(uow.session, uow.caller, code, lock=lock)
    if found is None:
        raise GemeenteNotFound("Deze gemeente bestaat niet in deze dienst, of u werkt er niet.")
    return found


def hold_plan(uow: UnitOfWork, code: str) -> Gemeente:
    """Holds the plan of a municipality until the end of the transaction: one change at a time, each sees what the one before it did.

    Whoever puts controls or integral actions on days, by whatever way, calls it before it looks at what stands there. Other records may
    refer to the municipality meanwhile. What a tablet tells is no plan and waits for nobody.

    Raises:
        GemeenteNotFound: unknown, or the caller does not work there.
    """
    return require_gemeente(uow, code, lock=True)


def list_gemeenten(uow: UnitOfWork, paging: Paging) -> Sequence[Gemeente]:
    """The municipalities of the caller: one page and one row more."""
    return repository.gemeenten_page(uow.session, uow.caller, paging)


def region_of(uow: UnitOfWork, gemeentecode: str) -> list[str]:
    """The codes of all municipalities of the region, this one included; itself only where it has no region."""
    gemeente = repository.stored_gemeente(uow.session, gemeentecode)
    if gemeente is None or gemeente.regio_code is None:
        return [gemeentecode]
    return list(repository.codes_of_region(uow.session, gemeente.regio_code))


def all_codes(uow: UnitOfWork) -> list[str]:
    """The codes of all municipalities of this installation; for background work."""
    return list(bewaren.municipalities(uow.session))


def codes_in_region(uow: UnitOfWork, regio_code: str) -> list[str]:
    """The codes of the municipalities of a region, by its code."""
    return list(repository.codes_of_region(uow.session, regio_code))


def region_code_of(uow: UnitOfWork, gemeentecode: str) -> str | None:
    """The code of the region of a municipality, or None."""
    gemeente = repository.stored_gemeente(uow.session, gemeentecode)
    return None if gemeente is None else gemeente.regio_code


def name_of(uow: UnitOfWork, gemeentecode: str) -> str:
    """The name of a municipality as a person reads it; its code where this service does not know it."""
    gemeente = repository.stored_gemeente(uow.session, gemeentecode)
    return gemeentecode if gemeente is None else gemeente.naam


def others_in_use(uow: UnitOfWork) -> Sequence[Gemeente]:
    """The other municipalities that work with this service: to which something can be transferred."""
    return repository.others_in_use(uow.session, uow.caller)


def in_use(uow: UnitOfWork, gemeentecode: str) -> bool:
    """Whether a municipality works with this service, whoever asks: no more than its code is asked or told."""
    gemeente = repository.stored_gemeente(uow.session, gemeentecode)
    return gemeente is not None and gemeente.in_gebruik
