"""Tells the team leader of controls whose day passed without a start or an attempt: what happened, only the team knows.

Nothing is closed by it. Norms, rounds and replanning look at such a control as not carried out (`rules.uitvoering`); a tablet that
delivers later, or the team leader, says what it was.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from app.controles.repository import controles as repository
from app.controles.repository.gemist import missed_since
from app.controles.rules.uitvoering import is_missed
from app.controles.service.afstemming import stands_alone, waits_for_release
from app.controles.status import Controlestatus
from app.controles.tables import Controle
from app.core.clock import business_date
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.service.gemeenten import all_codes
from app.gemeenten.service.taken import add_taak, close_taak_of, open_tasks_of, reopen_taak
from app.gemeenten.service.teams import get_team
from app.gemeenten.status import Taakstatus
from app.objecten.service.objecten import objects_by_ids

SOORT = "controle-niet-gedaan"
TEKST = "Een controle is op haar dag niet gestart. Leg een poging vast, laat haar vervallen of vraag de planner om een andere dag."
UITSTEL = timedelta(hours=12)
"""A shift may pass midnight, and tablets deliver when they are back: nobody is told before noon."""
TERUG = timedelta(days=14)
"""How long a worker may have been away without a team leader missing a task."""


def tell_missed(uow: UnitOfWork) -> None:
    """Makes a task per control that was not carried out, once for each day on which it stood, and closes those that are settled.

    What still waited for police and OM never reached the team; it is up to the planner, and the team leader is not told (PLN-01).
    """
    until = business_date(uow.now - UITSTEL)
    _close_settled(uow, until)
    for row in _reached_the_team(uow, missed_since(uow.session, until - TERUG, until)):
        gemeentecode = row.gemeentecode if row.team_id is None else get_team(uow, row.team_id).gemeentecode
        data = TaakCreate(
            gemeentecode=gemeentecode,
            soort=SOORT,
            omschrijving=TEKST,
            voor_rol=Rol.TEAMLEIDER,
            team_id=row.team_id,
            onderwerp_soort="controle",
            onderwerp_id=row.id,
            voor_datum=row.datum + timedelta(days=1),
        )
        task = add_taak(uow, data)
        if task.status is not Taakstatus.OPEN and task.voor_datum != data.voor_datum:
            reopen_taak(uow, data)  # it had got another day, and that passed as well


def _close_settled(uow: UnitOfWork, until: date) -> None:
    """Closes the tasks of controls that were done, tried, dropped or put on another day since."""
    for code in all_codes(uow):
        waiting = {task.onderwerp_id for task in open_tasks_of(uow, code, (SOORT,))}
        rows = {row.id: row for row in repository.with_ids(uow.session, waiting)} if waiting else {}
        for controle_id in waiting:
            row = rows.get(controle_id)
            if row is None or not is_missed(row.status, row.datum, until):
                close_taak_of(uow, SOORT, controle_id)


def _reached_the_team(uow: UnitOfWork, rows: Sequence[Controle]) -> list[Controle]:
    places = objects_by_ids(uow, {row.object_id for row in rows})
    apart = {code: stands_alone(uow, code) for code in {row.gemeentecode for row in rows}}
    return [
        row
        for row in rows
        if row.object_id in places
        and (
            row.status is Controlestatus.VRIJGEGEVEN
            or not waits_for_release(row, places[row.object_id].type, seks_apart=apart[row.gemeentecode])
        )
    ]
