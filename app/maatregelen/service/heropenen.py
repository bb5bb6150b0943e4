"""Agreement that was given before all was known is asked again (DEF-05)."""

from app.core.unit_of_work import UnitOfWork
from app.maatregelen.repository import afstemmingen
from app.maatregelen.service.afstemming import ask_again
from app.maatregelen.service.rijen import require_row


def reopen_overtaken(uow: UnitOfWork) -> None:
    """Opens the question of an intended measure again when its agreement does not cover what is known now.

    Imposing it is refused from the first moment (`refuse_unagreed`); this puts it on the AF's list without anybody having tried.
    """
    for maatregel_id in afstemmingen.agreed_and_intended(uow.session):
        ask_again(uow, require_row(uow, maatregel_id, lock=True))
