"""The on-call roster of AFs on functional numbers that were tested (ROL-24)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from app.core.errors import Conflict, Fout, InvalidInput, NotFound
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import accounts, rijen
from app.gemeenten.repository import piket as repository
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import PiketdienstCreate
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.opslaan import find_stored
from app.gemeenten.tables import Piketdienst


class PiketdienstNotFound(NotFound):
    """Unknown, or of a municipality in which the caller does not work."""

    code = "piketdienst-niet-gevonden"


class PiketdienstOverlap(Conflict):
    """Two shifts of one rank at one moment: nobody knows whom to call."""

    code = "piketdienst-overlap"


def current_piket(uow: UnitOfWork, gemeentecode: str, moment: datetime, rang: int = 1) -> Piketdienst | None:
    """Who is on call at a moment, or None: rank 1 first, rank 2 is the stand-in (ROL-24)."""
    return repository.on_call(uow.session, gemeentecode, moment, rang)


def list_piketdiensten(uow: UnitOfWork, paging: Paging, gemeentecode: str | None) -> Sequence[Piketdienst]:
    """The roster by start: one page and one row more.

    Raises:
        InvalidInput: a cursor of another list.
    """
    after = None
    if paging.after is not None:
        try:
            after = datetime.fromisoformat(paging.after[0]).astimezone(UTC)
        except ValueError:
            raise InvalidInput("De cursor klopt niet. Begin zonder cursor.") from None
    return repository.piketdiensten_page(uow.session, uow.caller, paging, gemeentecode, after)


def get_piketdienst(uow: UnitOfWork, piketdienst_id: UUID, *, lock: bool = False) -> Piketdienst:
    """One shift.

    Raises:
        PiketdienstNotFound: unknown or not readable.
    """
    found = rijen.find(uow.session, uow.caller, Piketdienst, piketdienst_id, lock=lock)
    if found is None:
        raise PiketdienstNotFound("Deze piketdienst bestaat niet, of u mag hem niet zien.")
    return found


def add_piketdienst(uow: UnitOfWork, data: PiketdienstCreate) -> Piketdienst:
    """Stores a shift of an AF of the municipality; a number that was tested before counts as tested.

    Raises:
        GemeenteNotFound: the caller does not work there.
        InvalidInput: the account is no AF of this municipality.
        PiketdienstOverlap: somebody has this rank in that time already.
        IdInGebruik: another shift stands under this id.
    """
    require_gemeente(uow, data.gemeentecode, lock=True)
    dienst = Piketdienst(**data.model_dump())
    stored = find_stored(uow, dienst)
    if stored is not None:
        return stored
    found = accounts.accounts_of(uow.session, [data.account_id], [data.gemeentecode])
    if not any(Rol.AF in account.rollen for account in found):
        raise InvalidInput(
            "Er is 1 fout gevonden; zie 'fouten'.",
            [Fout("body.accountId", "is geen aandachtsfunctionaris van deze gemeente")],
        )
    if repository.overlapping(uow.session, data.gemeentecode, data.rang, data.van, data.tot):
        raise PiketdienstOverlap("In deze tijd heeft al iemand piket met deze rang. Kies een andere tijd of rang.")
    dienst.getest_op = repository.last_test(uow.session, data.gemeentecode, data.nummer)
    uow.session.add(dienst)
    uow.session.flush()
    uow.audit("Piketdienst", dienst.id, dienst.gemeentecode)
    return dienst


def record_test(uow: UnitOfWork, piketdienst_id: UUID) -> Piketdienst:
    """Notes that the number of a shift was called and answered; holds for every coming shift on that number.

    Raises:
        PiketdienstNotFound: unknown or not readable.
    """
    dienst = get_piketdienst(uow, piketdienst_id, lock=True)
    for shift in repository.shifts_after(uow.session, dienst.gemeentecode, uow.now):
        if shift.nummer == dienst.nummer:
            shift.getest_op = uow.now
    dienst.getest_op = uow.now
    uow.session.flush()
    uow.audit("Piketdienst", dienst.id, dienst.gemeentecode)
    return dienst
