"""What changed in the work of a team, for tablets that hold it: a colleague's compliance answers, a moved or ended visit (design section 5).

Need-to-know as the day package: released controls of the caller's own teams. Of answers only those of class 'naleving' that count now;
a confidential answer changes nothing here, so that not even its arrival shows (DAT-13).
"""

from datetime import timedelta
from uuid import UUID

from app.controles.repository import controles as repository
from app.controles.repository import gebeurtenissen
from app.controles.rules.samenvoegen import Stand
from app.controles.rules.wijzigingscursor import CursorOngeldig, mark_of, read_cursor, write_cursor
from app.controles.schemas.wijzigingen import AntwoordWijziging, ControleWijziging, WijzigingenRead
from app.controles.service.werkpakket import released_of
from app.controles.service.werkset import read_stand
from app.controles.status import Controlestatus
from app.controles.tables import Controle
from app.core.errors import InvalidInput
from app.core.unit_of_work import UnitOfWork

TERUG, VOORUIT = timedelta(days=2), timedelta(days=2)
MAX_CONTROLS = 250
"""A cursor of so many stays under the length of address that every proxy takes."""


def changes_since(uow: UnitOfWork, vanaf: str | None) -> WijzigingenRead:
    """The controls of these days that are not as the client saw them; without a cursor those that run now.

    Raises:
        InvalidInput: no cursor of this service.
    """
    try:
        seen = None if vanaf is None else read_cursor(vanaf)
    except CursorOngeldig:
        raise InvalidInput("De cursor klopt niet. Begin zonder 'vanaf'.") from None
    rows = repository.of_days(uow.session, uow.caller, uow.today - TERUG, uow.today + VOORUIT, MAX_CONTROLS)
    told = _told(uow, released_of(uow, rows))
    marks = {nr: mark_of(one.model_dump_json().encode()) for nr, one in told.items()}
    if seen is None:
        changed = [one for one in told.values() if one.status is Controlestatus.BEZIG]
    else:
        changed = [one for nr, one in told.items() if seen.get(nr) != marks[nr]]
    gone = [] if seen is None else sorted(seen.keys() - told.keys())
    return WijzigingenRead(cursor=write_cursor(marks), controles=changed, niet_meer=gone)


def _told(uow: UnitOfWork, rows: list[Controle]) -> dict[UUID, ControleWijziging]:
    answers = gebeurtenissen.answers_of(uow.session, [row.id for row in rows])
    uow.load_data_keys(answers)
    found = {}
    for row in rows:
        rij = answers.get(row.id)
        naleving = {} if rij is None else rij.naleving
        stand = read_stand(uow, rij) if rij is not None and naleving else Stand()
        found[row.id] = ControleWijziging(
            **row.model_dump(include=_SHOWN), controle_id=row.id, antwoorden=_answers(stand, naleving)
        )
    return found


_SHOWN = set(ControleWijziging.model_fields) - {"controle_id", "antwoorden"}


def _answers(stand: Stand, naleving: dict[str, object]) -> list[AntwoordWijziging]:
    differ, found = stand.conflicts(), []
    for code, value in sorted(naleving.items()):
        given = [register for register in stand.antwoorden.get(code, {}).values() if register[1] is not None]
        if not given:  # worked out by a formula, or filled in from a register: nobody entered it
            continue
        stempel, _ = max(given, key=lambda register: register[0].onderling)
        found.append(
            AntwoordWijziging(
                item=code,
                waarde=value,
                apparaat_id=stempel.tablet,
                volgnummer=stempel.volgnummer,
                verschilt=code in differ,
            )
        )
    return found
