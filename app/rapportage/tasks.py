"""Background work that joins features: shortcomings whose term is over."""

from app.core.jobs import UnitFactory, sweep
from app.rapportage.service.hercontrole import ask_rechecks


@sweep("naleving.hercontrole", every=900)
def ask_for_rechecks(unit: UnitFactory) -> None:
    """Asks for a re-check where the term of a shortcoming is over (PLN-12)."""
    with unit("naleving_hercontrole") as uow:
        ask_rechecks(uow)
