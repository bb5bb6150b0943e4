"""Background work on measures."""

from app.core.jobs import UnitFactory, sweep
from app.maatregelen.service.bewaren import forget_links
from app.maatregelen.service.heropenen import reopen_overtaken
from app.maatregelen.service.waterbed import tell_of_new_links


@sweep("maatregelen.waterbed", every=900)
def watch_closures(units: UnitFactory) -> None:
    """Tells of linked businesses that appeared elsewhere since a closure (PLN-11)."""
    with units("maatregelen_waterbed") as uow:
        tell_of_new_links(uow)


@sweep("maatregelen.afstemming", every=60)
def reopen_overtaken_agreements(unit: UnitFactory) -> None:
    """Asks again where something became known after the answer (DEF-05)."""
    with unit("maatregelen_afstemming") as uow:
        reopen_overtaken(uow)


@sweep("maatregelen.bewaren", every=3600)
def forget_links_to_signals(unit: UnitFactory) -> None:
    """Takes measures from signals whose content is gone (DAT-15)."""
    with unit("maatregelen_bewaren") as uow:
        forget_links(uow)
