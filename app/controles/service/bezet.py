"""What nobody can plan by hand, whatever the reason: a team at two places at once, and integral actions too close together (CAD-04).

Whoever asks holds the plan of the municipality first (`hold_plan`), as a release and a replanning do, so that each sees what the other did.
"""

from datetime import date, timedelta
from uuid import UUID

from app.controles.repository import bezet as repository
from app.controles.tables import Controle
from app.core.clock import real_minute, time_of_day
from app.core.errors import Fout, InvalidInput
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.service.normen import norm_value


def refuse_two_places(uow: UnitOfWork, controle: Controle) -> None:
    """Refuses a control at a time at which its team has another one; without a time the team finds its own moment.

    Raises:
        InvalidInput: the team is elsewhere then.
    """
    if controle.team_id is None or controle.aanvang is None:
        return
    near = timedelta(days=1)  # a shift may pass midnight
    for other in repository.of_team(uow.session, controle.team_id, controle.datum - near, controle.datum + near):
        if other.aanvang is None or other.id == controle.id:
            continue
        there, own = real_minute(other.datum, other.aanvang), real_minute(controle.datum, controle.aanvang)
        if there < own + controle.duur and own < there + other.duur:
            text = (
                f"het team heeft dan al een controle, van {time_of_day(other.aanvang)} tot {time_of_day(other.aanvang + other.duur)}; "
                "kies een andere tijd of een ander team, of laat de tijd leeg"
            )
            raise InvalidInput("De controle kan zo niet worden gepland; zie 'fouten'.", [Fout("aanvang", text)])


def refuse_too_close(uow: UnitOfWork, gemeentecode: str, datum: date) -> None:
    """Refuses an integral action too soon before or after another one; two on one day are one action (CAD-04).

    Raises:
        InvalidInput: another action lies within the days that must be between two.
    """
    least = norm_value(uow, gemeentecode, Normsleutel.ACTIE_TUSSENTIJD_DAGEN, datum) or 0
    span = timedelta(days=max(0, int(least) - 1))
    near = [day for day in action_days(uow, gemeentecode, datum - span, datum + span) if day != datum]
    if near:
        text = (
            f"ligt minder dan {least:.0f} dagen van een andere integrale actie, op {near[0]:%d-%m-%Y}; "
            "kies een andere dag, of laat eerst de controles van die actie vervallen"
        )
        raise InvalidInput("De actie kan zo niet worden gepland; zie 'fouten'.", [Fout("datum", text)])


def action_days(uow: UnitOfWork, gemeentecode: str, van: date, tot: date, zonder: UUID | None = None) -> list[date]:
    """Days with an integral action other than `zonder`, held or planned, in order."""
    return list(repository.days_with_action(uow.session, gemeentecode, van, tot, uow.today, zonder))
