"""Background work of the field."""

from app.controles.service.bewaartermijnen import clean_controls, clean_photos
from app.controles.service.bewaren import forget_exploitation
from app.controles.service.onafgemaakt import clean_unfinished
from app.controles.service.quarantaine import apply_quarantine
from app.controles.service.quarantainebewaren import forget_what_waited
from app.controles.service.tabletbewaren import forget_of_tablets
from app.controles.service.tabletsleutels import renew
from app.controles.service.uitchecken import alarm_overdue
from app.controles.service.vrijgave import take_back_held
from app.core.jobs import UnitFactory, sweep
from app.core.settings import get_settings
from app.gemeenten.service.bewaarklok import retention_day


@sweep("controles.quarantaine", every=900)
def apply_what_waited(unit: UnitFactory) -> None:
    """Applies events whose control, checklist version or designation is there by now."""
    with unit("controles_quarantaine") as uow:
        apply_quarantine(uow)


@sweep("controles.bewaren", every=3600)
def forget_what_may_not_stay(unit: UnitFactory) -> None:
    """Removes answers and photos whose term has passed (REG-05, DAT-15)."""
    with unit("controles_bewaren") as uow:
        if retention_day(uow) is not None:
            forget_exploitation(uow)
    clean_controls(unit)
    clean_photos(unit)
    forget_what_waited(unit)
    forget_of_tablets(unit)
    clean_unfinished(unit)


@sweep("controles.aanhouden", every=15)
def hold_back_what_was_released(unit: UnitFactory) -> None:
    """Takes back released visits that a planner's wish holds back since (PLN-17)."""
    with unit("controles_aanhouden") as uow:
        take_back_held(uow)


@sweep("controles.tabletsleutels", every=3600)
def renew_keys(unit: UnitFactory) -> None:
    """Makes the next key for tablets in time, and erases those for which nothing can arrive any more."""
    settings = get_settings()
    with unit("tabletsleutels_maken") as uow:
        renew(uow, days=settings.tablet_key_days, keep_days=settings.tablet_key_keep_days)


@sweep("controles.uitchecken", every=15)
def alarm_who_did_not_check_out(unit: UnitFactory) -> None:
    """Alarms the team leader about inspectors who did not check out in time (PLN-02)."""
    with unit("controles_uitchecken_alarm") as uow:
        alarm_overdue(uow)
