"""Parking a signal until a review date, at most ninety days ahead (table G)."""

from app.signalen.schemas import stappen as s
from app.signalen.service.stap import Stapwerk


def park(work: Stapwerk) -> str | None:
    """No action now; it is looked at again on that day."""
    step = work.asked(s.Monitoren)
    work.signaal.herzien_op = step.herzien_op
    return step.toelichting
