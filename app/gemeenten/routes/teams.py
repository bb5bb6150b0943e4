"""/teams: teams with their members as function accounts."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.gemeenten.routes.filters import GemeenteFilter
from app.gemeenten.schemas.partners import TeamCreate, TeamRead, TeamUpdate
from app.gemeenten.service import teams

router = APIRouter(prefix="/teams", tags=["teams"])


@router.get(
    "", operation_id="teams_lijst", summary="Teams", description="De teams van uw gemeenten, op volgorde van naam."
)
def teams_lijst(
    uow: Work, page: Page, request: Request, response: Response, gemeentecode: GemeenteFilter = None
) -> Pagina[TeamRead]:
    """A page of teams."""
    rows = teams.list_teams(uow, page, gemeentecode)
    return page_of(rows, page, lambda row: row, lambda row: (row.naam, row.id), request, response)


@router.get("/{team_id}", operation_id="teams_lezen", summary="Een team", description="Een team met zijn leden.")
def teams_lezen(uow: Work, team_id: UUID, response: Response) -> TeamRead:
    """One team."""
    return _answer(teams.get_team(uow, team_id), response)


@router.post(
    "",
    operation_id="teams_toevoegen",
    status_code=201,
    summary="Voeg een team toe",
    description="Leden zijn accounts van dezelfde gemeente.",
)
def teams_toevoegen(uow: Work, data: TeamCreate, response: Response) -> TeamRead:
    """Stores a team."""
    team = teams.add_team(uow, data)
    response.headers["Location"] = f"/v1/teams/{team.id}"
    return _answer(team, response)


@router.patch(
    "/{team_id}",
    operation_id="teams_wijzigen",
    summary="Wijzig een team",
    description="Wat u weglaat, blijft. 'leden' vervangt de hele lijst.",
)
def teams_wijzigen(
    uow: Work, team_id: UUID, data: TeamUpdate, response: Response, if_match: IfMatch = None
) -> TeamRead:
    """Changes a team."""
    return _answer(teams.change_team(uow, team_id, data, if_match), response)


def _answer(team: TeamRead, response: Response) -> TeamRead:
    set_etag(response, team.versie)
    return team
