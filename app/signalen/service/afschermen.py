"""A signal that turns out to be about a colleague or bestuurder goes the closed way from then on (RTE-26)."""

from typing import Any

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.taken import lapse_tasks_about
from app.signalen.repository import stappen as repository
from app.signalen.schemas import stappen as s
from app.signalen.service.adresonderzoek import take_away_waiting
from app.signalen.service.gesloten import closed_values, tell_closed
from app.signalen.service.stap import Stapwerk
from app.signalen.tables import Signaal


def shield(work: Stapwerk) -> str | None:
    """Who it is about loses it at once, also the AF who works on it; tasks for roles go, and who may handle it is told.

    What was seen of it before cannot be taken back: the events and the audit rows say who that was.
    """
    step, signaal, uow = work.asked(s.Afschermen), work.signaal, work.uow
    values = closed_values(uow, signaal.gemeentecode, step.gaat_over, step.betrokken_domein, step.betrokken_team_id)
    go_closed(uow, signaal, values)
    return step.toelichting


def go_closed(uow: UnitOfWork, signaal: Signaal, values: dict[str, Any]) -> None:
    """Puts a locked signal on the closed route with these columns; whoever had it on the ordinary one loses it."""
    for name, value in values.items():
        setattr(signaal, name, value)
    signaal.domein = None
    if str(signaal.waarnemer) in signaal.afgeschermd_voor:
        signaal.waarnemer = None
    take_away_waiting(uow, signaal)
    lapse_tasks_about(uow, [signaal.id, *(row.id for row in repository.overdrachten_of(uow.session, signaal.id))])
    tell_closed(uow, signaal, f"naar-gesloten-route:{signaal.versie}")
