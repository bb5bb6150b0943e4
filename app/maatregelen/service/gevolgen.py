"""What follows from a measure: a control when a place opens or a term is over, and shelter when there is none yet."""

from dataclasses import dataclass
from datetime import date

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.service.taken import add_taak, close_taak_of, reopen_taak
from app.gemeenten.status import Taakstatus
from app.maatregelen.rules.eisen import SLUITINGEN, recheck_day
from app.maatregelen.service.waterbed import remember_links
from app.maatregelen.status import Maatregelstatus, Opvang
from app.maatregelen.tables import Maatregel

HERCONTROLE = "maatregel-hercontrole"
OPVANG_REGELEN = "opvang-regelen"


@dataclass(frozen=True, slots=True)
class Stand:
    """How a measure stood before a change: what tasks depend on."""

    hercontrole: date | None
    zonder_opvang: bool


def stand_of(row: Maatregel) -> Stand:
    """How a measure stands now."""
    day = recheck_day(row.soort, row.status, row.geldt_tot, row.begunstigingstermijn_tot)
    return Stand(day, row.status is Maatregelstatus.OPGELEGD and row.opvang is Opvang.NOG_NIET)


def follow(uow: UnitOfWork, row: Maatregel, before: Stand | None) -> None:
    """Makes, moves or drops the tasks of a measure; one of each kind per measure, however often it is changed (INS-03, INS-06).

    A measure that is recorded as ended is history and asks for nothing (REG-18).
    """
    after = stand_of(row)
    if before is None and row.status is Maatregelstatus.BEEINDIGD:
        return
    if row.soort in SLUITINGEN and row.status is Maatregelstatus.OPGELEGD:
        remember_links(uow, row)
    before = before or Stand(None, zonder_opvang=False)
    if after.hercontrole is not None and after.hercontrole != before.hercontrole:
        text = "Laat een hercontrole doen: een maatregel loopt af."
        reopen_taak(uow, _task(row, HERCONTROLE, text, Rol.PLANNER, after.hercontrole))
    elif after.hercontrole is None and before.hercontrole is not None:
        close_taak_of(uow, HERCONTROLE, row.id, Taakstatus.VERVALLEN)
    if after.zonder_opvang:
        add_taak(uow, _task(row, OPVANG_REGELEN, "Regel opvang bij een maatregel.", Rol.AF, uow.today))
    elif before.zonder_opvang:
        done = Taakstatus.GEDAAN if row.status is Maatregelstatus.OPGELEGD else Taakstatus.VERVALLEN
        close_taak_of(uow, OPVANG_REGELEN, row.id, done)


def _task(row: Maatregel, soort: str, tekst: str, rol: Rol, day: date) -> TaakCreate:
    return TaakCreate(
        gemeentecode=row.gemeentecode,
        soort=soort,
        omschrijving=tekst,
        voor_rol=rol,
        onderwerp_soort="maatregel",
        onderwerp_id=row.id,
        voor_datum=day,
    )
