"""Teams and their members (ROL-05 to ROL-07)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from app.core.errors import InvalidInput, NotFound
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import accounts, rijen
from app.gemeenten.repository import teams as repository
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.partners import TeamCreate, TeamRead, TeamUpdate
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.opslaan import find_stored
from app.gemeenten.status import Teamsoort
from app.gemeenten.tables import Team, Teamlid


class TeamNotFound(NotFound):
    """Unknown, or of a municipality in which the caller does not work."""

    code = "team-niet-gevonden"


def team_members(uow: UnitOfWork, team_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """The accounts of teams, in one query; a team without members has an empty list."""
    members: dict[UUID, list[UUID]] = {team_id: [] for team_id in team_ids}
    for member in repository.memberships(uow.session, team_ids=team_ids):
        members[member.team_id].append(member.account_id)
    return members


def colleagues_of(uow: UnitOfWork, day: date) -> list[tuple[UUID, str]]:
    """Who works in the field in the caller's teams on `day`: account and function, never a name, by function (PLN-02, DAT-08)."""
    veld = {Rol.TOEZICHTHOUDER, Rol.TEAMLEIDER}
    found = accounts.of_teams(uow.session, uow.caller.teams, day) if uow.caller.teams else ()
    return [(row.id, row.functie) for row in found if veld & set(row.rollen)]


def team_kinds(uow: UnitOfWork, account_ids: Collection[UUID]) -> dict[UUID, frozenset[Teamsoort]]:
    """The kinds of the teams that accounts are in, in one query: a default route belongs to a kind of team (ROL-05, ROL-06)."""
    kinds: dict[UUID, frozenset[Teamsoort]] = {}
    for account_id, soort in repository.kinds_of(uow.session, account_ids) if account_ids else ():
        kinds[account_id] = kinds.get(account_id, frozenset()) | {soort}
    return kinds


def team_names(uow: UnitOfWork, gemeentecode: str) -> dict[UUID, str]:
    """The names of all teams of a municipality, by name, in one query; the caller answers for who may see them."""
    return repository.names_in(uow.session, gemeentecode)


def team_names_of(uow: UnitOfWork, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of these teams, in one query: how reports name the team of a record that the caller reads (RPT-01)."""
    wanted = {team_id for team_id in ids if team_id is not None}
    return repository.names_of(uow.session, wanted) if wanted else {}


def readable_team_names(uow: UnitOfWork) -> dict[UUID, str]:
    """The names of the teams of the caller's municipalities, in one query."""
    return repository.readable_names(uow.session, uow.caller)


def list_teams(uow: UnitOfWork, paging: Paging, gemeentecode: str | None) -> list[TeamRead]:
    """Teams of the caller's municipalities by name: one page and one row more."""
    return _read(uow, repository.teams_page(uow.session, uow.caller, paging, gemeentecode))


def get_team(uow: UnitOfWork, team_id: UUID) -> TeamRead:
    """One team.

    Raises:
        TeamNotFound: unknown or not readable.
    """
    return _read(uow, [_require(uow, team_id)])[0]


def add_team(uow: UnitOfWork, data: TeamCreate) -> TeamRead:
    """Stores a team.

    Raises:
        GemeenteNotFound: the caller does not work there.
        InvalidInput: a member is no account of this municipality.
        IdInGebruik: another team stands under this id.
    """
    require_gemeente(uow, data.gemeentecode)
    team = Team(**data.model_dump(exclude={"leden"}))
    stored = find_stored(uow, team)
    if stored is None:
        uow.session.add(team)
        uow.session.flush()
        _set_members(uow, team, data.leden)
        uow.audit("Team", team.id, team.gemeentecode)
    return _read(uow, [stored or team])[0]


def change_team(uow: UnitOfWork, team_id: UUID, data: TeamUpdate, if_match: str | None) -> TeamRead:
    """Changes the name or the members of a team.

    Raises:
        TeamNotFound: unknown or not readable.
        PreconditionFailed: somebody else changed it.
        InvalidInput: a member is no account of this municipality.
    """
    team = _require(uow, team_id, lock=True)
    check_version(if_match, team.versie)
    if data.naam is not None:
        team.naam = data.naam
    if data.leden is not None:
        _set_members(uow, team, data.leden)
    team.versie += 1
    uow.session.flush()
    uow.audit("Team", team.id, team.gemeentecode)
    return _read(uow, [team])[0]


def _require(uow: UnitOfWork, team_id: UUID, *, lock: bool = False) -> Team:
    team = rijen.find(uow.session, uow.caller, Team, team_id, lock=lock)
    if team is None:
        raise TeamNotFound("Dit team bestaat niet, of u mag het niet zien.")
    return team


def _set_members(uow: UnitOfWork, team: Team, leden: Sequence[UUID]) -> None:
    wanted = set(leden)
    known = {account.id for account in accounts.accounts_of(uow.session, wanted, [team.gemeentecode])}
    if wanted - known:
        raise InvalidInput("Een of meer leden zijn geen account van deze gemeente.")
    standing = {member.account_id: member for member in repository.memberships(uow.session, team_ids=[team.id])}
    for account_id in standing.keys() - wanted:
        uow.session.delete(standing[account_id])
    uow.session.add_all(Teamlid(team_id=team.id, account_id=account_id) for account_id in wanted - standing.keys())
    uow.session.flush()


def _read(uow: UnitOfWork, teams: Sequence[Team]) -> list[TeamRead]:
    members = team_members(uow, [team.id for team in teams])
    return [TeamRead(**team.model_dump(), leden=members[team.id]) for team in teams]
