"""Trainings and competences of function accounts with their last day (TRN-01, TRN-04, TRN-05). They warn and never block."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from app.core.errors import Fout, InvalidInput, NotFound
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import accounts, rijen
from app.gemeenten.repository import opleidingen as repository
from app.gemeenten.rules.opleidingen import Geschoold, share_trained
from app.gemeenten.schemas.opleidingen import OpleidingCreate, OpleidingsgraadRead, OpleidingUpdate
from app.gemeenten.service.gemeenten import region_of, require_gemeente
from app.gemeenten.service.opslaan import find_stored
from app.gemeenten.service.teams import get_team
from app.gemeenten.status import Opleidingsoort
from app.gemeenten.tables import Opleiding


class OpleidingNotFound(NotFound):
    """Unknown, or of a municipality in which the caller does not work."""

    code = "opleiding-niet-gevonden"


def trainings_of(uow: UnitOfWork, account_ids: Collection[UUID]) -> dict[UUID, list[Geschoold]]:
    """The trainings of accounts, ended ones included, in one query; an account without one has an empty list."""
    found: dict[UUID, list[Geschoold]] = {account_id: [] for account_id in account_ids}
    for row in repository.of_accounts(uow.session, sorted(found)) if found else ():
        found[row.account_id].append(Geschoold(row.soort, row.geldig_vanaf, row.geldig_tot))
    return found


def team_training(uow: UnitOfWork, team_id: UUID, day: date) -> list[OpleidingsgraadRead]:
    """How much of a team holds each kind of training on a day: figures, not who (TRN-01).

    Raises:
        TeamNotFound: unknown or not readable.
    """
    members = list(trainings_of(uow, get_team(uow, team_id).leden).values())
    return [
        OpleidingsgraadRead(
            soort=soort,
            leden=len(members),
            geschoold=sum(any(t.soort is soort and t.holds_on(day) for t in member) for member in members),
            procent=share_trained(members, soort, day),
        )
        for soort in Opleidingsoort
    ]


def list_opleidingen(
    uow: UnitOfWork, paging: Paging, gemeentecode: str | None, account_id: UUID | None
) -> Sequence[Opleiding]:
    """Trainings in the caller's municipalities by kind, ended ones included: one page and one row more."""
    return repository.opleidingen_page(uow.session, uow.caller, paging, gemeentecode, account_id)


def get_opleiding(uow: UnitOfWork, opleiding_id: UUID, *, lock: bool = False) -> Opleiding:
    """One training.

    Raises:
        OpleidingNotFound: unknown or not readable.
    """
    found = rijen.find(uow.session, uow.caller, Opleiding, opleiding_id, lock=lock)
    if found is None:
        raise OpleidingNotFound("Deze opleiding bestaat niet, of u mag haar niet zien.")
    return found


def add_opleiding(uow: UnitOfWork, data: OpleidingCreate) -> Opleiding:
    """Stores a training of an account of the region.

    Raises:
        GemeenteNotFound: the caller does not work there.
        InvalidInput: no such account in the region.
        IdInGebruik: another training stands under this id.
    """
    require_gemeente(uow, data.gemeentecode)
    opleiding = Opleiding(**data.model_dump())
    stored = find_stored(uow, opleiding)
    if stored is not None:
        return stored
    if not accounts.accounts_of(uow.session, [data.account_id], region_of(uow, data.gemeentecode)):
        fault = Fout("body.accountId", "is geen account van deze regio")
        raise InvalidInput("Er is 1 fout gevonden; zie 'fouten'.", [fault])
    uow.session.add(opleiding)
    uow.session.flush()
    uow.audit("Opleiding", opleiding.id, opleiding.gemeentecode)
    return opleiding


def change_opleiding(uow: UnitOfWork, opleiding_id: UUID, data: OpleidingUpdate, if_match: str | None) -> Opleiding:
    """Sets the last day of a training.

    Raises:
        OpleidingNotFound: unknown or not readable.
        PreconditionFailed: somebody else changed it.
        InvalidInput: it would end before it began.
    """
    opleiding = get_opleiding(uow, opleiding_id, lock=True)
    check_version(if_match, opleiding.versie)
    if data.geldig_tot is not None and data.geldig_tot < opleiding.geldig_vanaf:
        fault = Fout("body.geldigTot", "eindigt voordat het begint; kies een latere einddatum")
        raise InvalidInput("Er is 1 fout gevonden; zie 'fouten'.", [fault])
    opleiding.geldig_tot = data.geldig_tot
    opleiding.versie += 1
    uow.session.flush()
    uow.audit("Opleiding", opleiding.id, opleiding.gemeentecode)
    return opleiding
