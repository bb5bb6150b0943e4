"""Background work of the field."""

from app.controles.service.quarantaine import apply_quarantine
from app.core.jobs import UnitFactory, sweep


@sweep("controles.quarantaine", every=900)
def apply_what_waited(unit: UnitFactory) -> None:
    """Applies events whose control, checklist version or designation is there by now."""
    with unit("controles_quarantaine") as uow:
        apply_quarantine(uow)
