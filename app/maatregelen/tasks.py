"""Background work on measures."""

from app.core.jobs import UnitFactory, sweep
from app.maatregelen.service.heropenen import reopen_overtaken


@sweep("maatregelen.afstemming", every=60)
def reopen_overtaken_agreements(unit: UnitFactory) -> None:
    """Asks again where something became known after the answer (DEF-05)."""
    with unit("maatregelen_afstemming") as uow:
        reopen_overtaken(uow)
