"""/accounts: function accounts, for the manager only."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.gemeenten.routes.filters import GemeenteFilter
from app.gemeenten.schemas.accounts import AccountCreate, AccountRead, AccountUpdate
from app.gemeenten.service import accounts
from app.gemeenten.tables import Account

router = APIRouter(prefix="/accounts", tags=["accounts"])


@router.get(
    "",
    operation_id="accounts_lijst",
    summary="Accounts",
    description="De functieaccounts van uw gemeente, ook beëindigde, op volgorde van functie.",
)
def accounts_lijst(
    uow: Work, page: Page, request: Request, response: Response, gemeentecode: GemeenteFilter = None
) -> Pagina[AccountRead]:
    """A page of accounts."""
    rows = accounts.list_accounts(uow, page, gemeentecode)
    return page_of(rows, page, AccountRead.model_validate, lambda row: (row.functie, row.id), request, response)


@router.get(
    "/{account_id}", operation_id="accounts_lezen", summary="Een account", description="Een account op kenmerk."
)
def accounts_lezen(uow: Work, account_id: UUID, response: Response) -> AccountRead:
    """One account."""
    return _answer(accounts.get_account(uow, account_id), response)


@router.post(
    "",
    operation_id="accounts_toevoegen",
    status_code=201,
    summary="Voeg een account toe",
    description="Een account is een functie. Een naam van een persoon hoort er niet in; daar is geen veld voor.",
)
def accounts_toevoegen(uow: Work, data: AccountCreate, response: Response) -> AccountRead:
    """Stores an account."""
    account = accounts.add_account(uow, data)
    response.headers["Location"] = f"/v1/accounts/{account.id}"
    return _answer(account, response)


@router.patch(
    "/{account_id}",
    operation_id="accounts_wijzigen",
    summary="Wijzig of beëindig een account",
    description="Wat u weglaat, blijft. 'actiefTot' op gisteren beëindigt het account per direct. Niet voor uw eigen account.",
)
def accounts_wijzigen(
    uow: Work, account_id: UUID, data: AccountUpdate, response: Response, if_match: IfMatch = None
) -> AccountRead:
    """Changes an account."""
    return _answer(accounts.change_account(uow, account_id, data, if_match), response)


@router.post(
    "/{account_id}/_afmelden",
    status_code=204,
    operation_id="accounts_afmelden",
    summary="Meld een account overal af",
    description="Beëindigt alle sessies in browsers, bijvoorbeeld na verlies van een laptop. Een tablet wist u bij de tablets.",
)
def accounts_afmelden(uow: Work, account_id: UUID) -> None:
    """Ends the sessions of an account."""
    accounts.sign_out_account(uow, account_id)


def _answer(account: Account, response: Response) -> AccountRead:
    set_etag(response, account.versie)
    return AccountRead.model_validate(account)
