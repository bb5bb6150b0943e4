"""The volume of controls per team (CAD-17)."""

from collections import Counter, defaultdict
from uuid import UUID

from app.controles.repository import tellingen as repository
from app.controles.schemas.tellingen import ControlesPerTeamRead, TeamVolume
from app.controles.status import Controlestatus
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.teams import team_names

NO_TEAM = "geen team"


def count_per_team(uow: UnitOfWork, gemeentecode: str, jaar: int) -> ControlesPerTeamRead:
    """How many controls each team has in a calendar year, every team shown, also with zero; in a fixed number of queries.

    Raises:
        GemeenteNotFound: the caller does not work there.
    """
    require_gemeente(uow, gemeentecode)
    counts: dict[UUID | None, Counter[Controlestatus]] = defaultdict(Counter)
    for team_id, status, number in repository.per_team(uow.session, gemeentecode, jaar):
        counts[team_id][status] += number
    names: dict[UUID | None, str] = dict(team_names(uow, gemeentecode).items())
    # A control may be of a team that works for a whole region; it is counted here and its name stays at home.
    for team_id in counts:
        names.setdefault(team_id, NO_TEAM if team_id is None else "team van een andere gemeente")
    rows = [_volume(team_id, naam, counts[team_id]) for team_id, naam in names.items()]
    return ControlesPerTeamRead(gemeentecode=gemeentecode, jaar=jaar, teams=rows)


def _volume(team_id: UUID | None, naam: str, numbers: Counter[Controlestatus]) -> TeamVolume:
    done, tried = numbers[Controlestatus.AFGEROND], numbers[Controlestatus.POGING]
    total = numbers.total() - numbers[Controlestatus.VERVALLEN]
    return TeamVolume(
        team_id=team_id, team=naam, totaal=total, afgerond=done, gepland=total - done - tried, pogingen=tried
    )
