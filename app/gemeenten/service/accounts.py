"""Function accounts: what somebody may do, never who somebody is (DAT-08)."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from pydantic_core import PydanticCustomError

from app.core.auth.sessions import end_sessions_of
from app.core.errors import Conflict, Forbidden, Fout, InvalidInput, NotFound
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import accounts as repository
from app.gemeenten.repository import rijen
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.rules.rolverdeling import role_fault
from app.gemeenten.schemas.accounts import AccountCreate, AccountUpdate, check_term
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.opslaan import find_stored
from app.gemeenten.tables import Account


class AccountNotFound(NotFound):
    """Unknown, or of a municipality in which the caller does not work."""

    code = "account-niet-gevonden"


class SubInGebruik(Conflict):
    """Another account has this subject."""

    code = "sub-in-gebruik"


def accounts_with_role(uow: UnitOfWork, gemeentecode: str, rol: Rol, day: date) -> list[Account]:
    """The active accounts of a municipality with this role, by function; for example its AFs with their domains (ROL-02)."""
    return [account for account in repository.active_accounts(uow.session, gemeentecode, day) if rol in account.rollen]


def roles_among(
    uow: UnitOfWork, account_ids: Collection[UUID], gemeentecodes: Collection[str]
) -> dict[UUID, frozenset[str]]:
    """The roles of those of these accounts that one of these municipalities employs, in one query."""
    found = repository.accounts_of(uow.session, account_ids, gemeentecodes)
    return {account.id: frozenset(account.rollen) for account in found}


def list_accounts(uow: UnitOfWork, paging: Paging, gemeentecode: str | None) -> Sequence[Account]:
    """Accounts of the caller's municipality, ended ones included: one page and one row more."""
    return repository.accounts_page(uow.session, uow.caller, paging, gemeentecode)


def get_account(uow: UnitOfWork, account_id: UUID, *, lock: bool = False) -> Account:
    """One account.

    Raises:
        AccountNotFound: unknown or not readable.
    """
    account = rijen.find(uow.session, uow.caller, Account, account_id, lock=lock)
    if account is None:
        raise AccountNotFound("Dit account bestaat niet, of u mag het niet zien.")
    return account


def add_account(uow: UnitOfWork, data: AccountCreate) -> Account:
    """Stores an account.

    Raises:
        GemeenteNotFound: the caller does not work there.
        SubInGebruik: another account has this subject.
        IdInGebruik: another account stands under this id.
    """
    require_gemeente(uow, data.gemeentecode)
    account = Account(**data.model_dump(mode="python"))
    account.rollen = [rol.value for rol in data.rollen]
    stored = find_stored(uow, account)
    if stored is not None:
        return stored
    if repository.accounts_with_subs(uow.session, [data.sub]):
        raise SubInGebruik("Bij dit kenmerk van de identiteitsdienst hoort al een account.")
    uow.session.add(account)
    uow.session.flush()
    uow.audit("Account", account.id, account.gemeentecode)
    return account


def change_account(uow: UnitOfWork, account_id: UUID, data: AccountUpdate, if_match: str | None) -> Account:
    """Changes or ends an account; the end works within the cache time (design section 7).

    Raises:
        AccountNotFound: unknown or not readable.
        Forbidden: the caller's own account; nobody gives himself rights.
        PreconditionFailed: somebody else changed it.
        InvalidInput: roles that do not go together, or an end before the start.
    """
    account = get_account(uow, account_id, lock=True)
    if account.id == uow.caller.account_id:
        raise Forbidden("U kunt uw eigen account niet wijzigen. Vraag het een andere beheerder.")
    check_version(if_match, account.versie)
    sent = data.model_fields_set
    if data.functie is not None:
        account.functie = data.functie
    if data.rollen is not None:
        account.rollen = [rol.value for rol in data.rollen]
    if "domein" in sent:
        account.domein = data.domein
    if "actief_tot" in sent:
        account.actief_tot = data.actief_tot
    _check(account)
    account.versie += 1
    uow.session.flush()
    uow.audit("Account", account.id, account.gemeentecode)
    return account


def sign_out_account(uow: UnitOfWork, account_id: UUID) -> None:
    """Ends every browser session of an account, also the caller's own (ASVS V7.4.5); a tablet is wiped by its own order.

    Raises:
        AccountNotFound: unknown or not readable.
    """
    account = get_account(uow, account_id)
    end_sessions_of(uow.session, account.sub)
    uow.audit("Account", account.id, account.gemeentecode)


def _check(account: Account) -> None:
    faults = []
    fault = role_fault([Rol(rol) for rol in account.rollen], account.domein)
    if fault is not None:
        faults.append(Fout("body.rollen", fault))
    try:
        check_term(account.actief_vanaf, account.actief_tot)
    except PydanticCustomError as error:
        faults.append(Fout("body.actiefTot", error.message()))
    if faults:
        raise InvalidInput("De wijziging past niet bij dit account; zie 'fouten'.", faults)
