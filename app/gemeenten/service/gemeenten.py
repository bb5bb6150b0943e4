"""Municipalities: which the caller works in, and the step into use."""

from collections.abc import Sequence

from app.core.errors import Conflict, NotFound
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import gemeenten as repository
from app.gemeenten.repository import piket
from app.gemeenten.tables import Gemeente


class GemeenteNotFound(NotFound):
    """Unknown, or the caller does not work there."""

    code = "gemeente-niet-gevonden"


class PiketNietGetest(Conflict):
    """A municipality without a tested on-call number cannot go live (ROL-24, meldroute M45)."""

    code = "piket-niet-getest"


def require_gemeente(uow: UnitOfWork, code: str, *, lock: bool = False) -> Gemeente:
    """The municipality, when the caller works there.

    Raises:
        GemeenteNotFound: unknown, or the caller does not work there.
    """
    found = repository.find_gemeente(uow.session, uow.caller, code, lock=lock)
    if found is None:
        raise GemeenteNotFound("Deze gemeente bestaat niet in deze dienst, of u werkt er niet.")
    return found


def list_gemeenten(uow: UnitOfWork, paging: Paging) -> Sequence[Gemeente]:
    """The municipalities of the caller: one page and one row more."""
    return repository.gemeenten_page(uow.session, uow.caller, paging)


def region_of(uow: UnitOfWork, gemeentecode: str) -> list[str]:
    """The codes of all municipalities of the region, this one included; itself only where it has no region."""
    gemeente = repository.stored_gemeente(uow.session, gemeentecode)
    if gemeente is None or gemeente.regio_code is None:
        return [gemeentecode]
    return list(repository.codes_of_region(uow.session, gemeente.regio_code))


def take_into_use(uow: UnitOfWork, code: str) -> Gemeente:
    """Puts a municipality into use; a repeat changes nothing.

    Raises:
        GemeenteNotFound: unknown, or the caller does not work there.
        PiketNietGetest: no present or coming shift of the on-call AF has a tested number (ROL-24).
    """
    gemeente = require_gemeente(uow, code, lock=True)
    if gemeente.in_gebruik:
        return gemeente
    shifts = piket.shifts_after(uow.session, code, uow.now)
    if not any(shift.getest_op is not None and shift.rang == 1 for shift in shifts):
        raise PiketNietGetest(
            "Deze gemeente heeft nog geen getest piketnummer. Zet een piketdienst in het rooster, bel het nummer, "
            "leg de test vast en probeer het opnieuw."
        )
    gemeente.in_gebruik = True
    gemeente.versie += 1
    uow.audit("Gemeente", code, code)
    return gemeente


def in_use(uow: UnitOfWork, gemeentecode: str) -> bool:
    """Whether a municipality works with this service, whoever asks: no more than its code is asked or told."""
    gemeente = repository.stored_gemeente(uow.session, gemeentecode)
    return gemeente is not None and gemeente.in_gebruik
