"""Background work of measures."""

from app.core.jobs import UnitFactory, sweep
from app.maatregelen.service.waterbed import tell_of_new_links


@sweep("maatregelen.waterbed", every=900)
def watch_closures(units: UnitFactory) -> None:
    """Tells of linked businesses that appeared elsewhere since a closure (PLN-11)."""
    with units("maatregelen_waterbed") as uow:
        tell_of_new_links(uow)
