"""Designations: an inspector acts under a law in a municipality only with one (REG-17, ROL-23; Awb 5:11)."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from pydantic_core import PydanticCustomError

from app.core.errors import Fout, InvalidInput, NotFound
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import accounts as repository
from app.gemeenten.repository import rijen
from app.gemeenten.schemas.accounts import AanwijzingCreate, AanwijzingUpdate, check_term
from app.gemeenten.service.gemeenten import region_of, require_gemeente
from app.gemeenten.service.opslaan import find_stored
from app.gemeenten.status import Wet
from app.gemeenten.tables import Aanwijzing


class AanwijzingNotFound(NotFound):
    """Unknown, or of a municipality in which the caller does not work."""

    code = "aanwijzing-niet-gevonden"


def has_designation(
    uow: UnitOfWork, gemeentecode: str, wet: Wet, account_id: UUID | None = None, day: date | None = None
) -> bool:
    """Whether an account (the caller's by default) is designated under a law in a municipality on a day (today by default)."""
    return repository.is_designated(
        uow.session, account_id or uow.caller.account_id, gemeentecode, wet, day or uow.today
    )


def designated_accounts(uow: UnitOfWork, gemeentecode: str, day: date) -> dict[UUID, set[Wet]]:
    """Active accounts that are designated in a municipality on a day, with the laws, in one query; for planning teams (REG-17)."""
    found: dict[UUID, set[Wet]] = {}
    for account_id, wet in repository.designations_on(uow.session, gemeentecode, day):
        found.setdefault(account_id, set()).add(wet)
    return found


def designations_between(
    uow: UnitOfWork, gemeentecode: str, van: date, tot: date
) -> list[tuple[UUID, Wet, date, date | None]]:
    """Accounts with a law and the first and last day of their designation, for all days of a period in one query (REG-17)."""
    return repository.designations_between(uow.session, gemeentecode, van, tot)


def designations_by_day(uow: UnitOfWork, gemeentecode: str, days: Collection[date]) -> dict[date, dict[UUID, set[Wet]]]:
    """As `designated_accounts` for many days, in one query."""
    found: dict[date, dict[UUID, set[Wet]]] = {day: {} for day in days}
    rows = repository.designations_between(uow.session, gemeentecode, min(found), max(found)) if found else ()
    for account_id, wet, van, tot in rows:
        for day, designated in found.items():
            if _within(day, van, tot):
                designated.setdefault(account_id, set()).add(wet)
    return found


def _within(day: date, first: date, last: date | None) -> bool:
    return first <= day and (last is None or day <= last)


def list_aanwijzingen(
    uow: UnitOfWork, paging: Paging, gemeentecode: str | None, account_id: UUID | None
) -> Sequence[Aanwijzing]:
    """Designations in the caller's municipalities, ended ones included: one page and one row more."""
    return repository.aanwijzingen_page(uow.session, uow.caller, paging, gemeentecode, account_id)


def get_aanwijzing(uow: UnitOfWork, aanwijzing_id: UUID, *, lock: bool = False) -> Aanwijzing:
    """One designation.

    Raises:
        AanwijzingNotFound: unknown or not readable.
    """
    found = rijen.find(uow.session, uow.caller, Aanwijzing, aanwijzing_id, lock=lock)
    if found is None:
        raise AanwijzingNotFound("Deze aanwijzing bestaat niet, of u mag haar niet zien.")
    return found


def add_aanwijzing(uow: UnitOfWork, data: AanwijzingCreate) -> Aanwijzing:
    """Stores a designation. Only the municipality in which it holds gives it; the account may be of any in the region (ROL-23).

    Raises:
        GemeenteNotFound: the caller does not work there.
        InvalidInput: no such account in the region.
        IdInGebruik: another designation stands under this id.
    """
    require_gemeente(uow, data.gemeentecode)
    aanwijzing = Aanwijzing(**data.model_dump())
    stored = find_stored(uow, aanwijzing)
    if stored is not None:
        return stored
    if not repository.accounts_of(uow.session, [data.account_id], region_of(uow, data.gemeentecode)):
        raise InvalidInput(
            "Er is 1 fout gevonden; zie 'fouten'.",
            [Fout("body.accountId", "is geen account van deze regio")],
        )
    uow.session.add(aanwijzing)
    uow.session.flush()
    uow.audit("Aanwijzing", aanwijzing.id, aanwijzing.gemeentecode)
    return aanwijzing


def change_aanwijzing(uow: UnitOfWork, aanwijzing_id: UUID, data: AanwijzingUpdate, if_match: str | None) -> Aanwijzing:
    """Sets the last day of a designation.

    Raises:
        AanwijzingNotFound: unknown or not readable.
        PreconditionFailed: somebody else changed it.
        InvalidInput: it would end before it began.
    """
    aanwijzing = get_aanwijzing(uow, aanwijzing_id, lock=True)
    check_version(if_match, aanwijzing.versie)
    try:
        check_term(aanwijzing.geldig_vanaf, data.geldig_tot)
    except PydanticCustomError as fault:
        raise InvalidInput("Er is 1 fout gevonden; zie 'fouten'.", [Fout("body.geldigTot", fault.message())]) from None
    aanwijzing.geldig_tot = data.geldig_tot
    aanwijzing.versie += 1
    uow.session.flush()
    uow.audit("Aanwijzing", aanwijzing.id, aanwijzing.gemeentecode)
    return aanwijzing
