"""When the content of a closed signal goes: a dated norm per reason of closing (DAT-15, meldroute section 12)."""

from datetime import date

from app.core.clock import add_months
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.normen import norm_value
from app.signalen.rules.sluitcodes import SLUITCODES, Telling


def content_ends(uow: UnitOfWork, gemeentecode: str, sluitcode: str, closed: date) -> date | None:
    """The day on which the content goes, by the norm that held at closing; None where that municipality has none.

    Of a case that another municipality has, only the reference stays (RTE-25).
    """
    code = SLUITCODES[sluitcode]
    if code.telling is Telling.ELDERS:
        return closed
    months = norm_value(uow, gemeentecode, code.bewaarnorm, closed)
    return None if months is None else add_months(closed, int(months))
