"""A check-out that does not come: the team leader is alarmed, by a message without content and a task (PLN-02)."""

from collections.abc import Collection
from uuid import UUID

from app.controles.repository import inzet as repository
from app.controles.service.aanwezig import NIET_UITGECHECKT
from app.controles.tables import Controle
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.service.accounts import accounts_with_role
from app.gemeenten.service.berichten import notify
from app.gemeenten.service.taken import reopen_taak
from app.gemeenten.service.teams import get_team, team_members


def alarm_overdue(uow: UnitOfWork) -> int:
    """Alarms the team leader of every control with somebody inside whose check-out is overdue, once per check-in.

    Returns:
        How many controls there were.
    """
    overdue = repository.overdue(uow.session, uow.now)
    controles = {controle.id: controle for _, controle in overdue}
    for controle in controles.values():
        _alarm(uow, controle)
    for inzet, _ in overdue:
        inzet.alarm_op = uow.now
    uow.session.flush()
    return len(controles)


def _alarm(uow: UnitOfWork, controle: Controle) -> None:
    gemeentecode = controle.gemeentecode if controle.team_id is None else get_team(uow, controle.team_id).gemeentecode
    reopen_taak(
        uow,
        TaakCreate(
            gemeentecode=gemeentecode,
            soort=NIET_UITGECHECKT,
            omschrijving="Een team heeft zich na een controle niet afgemeld. Bel het team nu.",
            voor_rol=Rol.TEAMLEIDER,
            team_id=controle.team_id,
            onderwerp_soort="controle",
            onderwerp_id=controle.id,
            voor_datum=uow.today,
        ),
    )
    moment = f"{NIET_UITGECHECKT}:{uow.now.isoformat(timespec='minutes')}"
    notify(uow, gemeentecode, _leaders(uow, gemeentecode, controle.team_id), controle.id, moment, dringend=True)


def _leaders(uow: UnitOfWork, gemeentecode: str, team_id: UUID | None) -> Collection[UUID]:
    """The team leaders of the team; all of the municipality when the team has none."""
    leaders = [account.id for account in accounts_with_role(uow, gemeentecode, Rol.TEAMLEIDER, uow.today)]
    if team_id is None:
        return leaders
    members = set(team_members(uow, [team_id])[team_id])
    return [leader for leader in leaders if leader in members] or leaders
