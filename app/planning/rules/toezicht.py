"""Where continuous supervision stands: without a number it is never late, met or in danger (CAD-18)."""

from app.planning.status import Toezichtstatus


def supervision_status(gedaan: int, per_jaar: int | None) -> Toezichtstatus:
    """The status of a plan in its calendar year.

    Args:
        gedaan: controls done.
        per_jaar: the number that the municipality chose; None for continuous supervision.
    """
    if per_jaar is None:
        return Toezichtstatus.DOORLOPEND
    return Toezichtstatus.GEHAALD if gedaan >= per_jaar else Toezichtstatus.NOG_TE_DOEN
