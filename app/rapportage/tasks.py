"""Background work that joins features: shortcomings whose term is over."""

from app.core.jobs import UnitFactory, sweep
from app.rapportage.service.hercontrole import ask_rechecks, finish_rechecks


@sweep("naleving.hercontrole", every=900)
def ask_for_rechecks(unit: UnitFactory) -> None:
    """Asks for a re-check where the term of a shortcoming is over (PLN-12)."""
    with unit("naleving_hercontrole") as uow:
        ask_rechecks(uow)


@sweep("hercontroles.gedaan", every=60)
def close_rechecks_that_were_done(unit: UnitFactory) -> None:
    """Closes the tasks of re-checks that were carried out (INS-03, INS-06, PLN-12)."""
    with unit("hercontroles_gedaan") as uow:
        finish_rechecks(uow)
