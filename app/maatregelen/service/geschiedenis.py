"""The measure history of places, for what lies above: day package, object file, figures (REG-18)."""

from collections.abc import Iterable
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.maatregelen.repository import maatregelen as repository
from app.maatregelen.rules.aandacht import attention_for
from app.maatregelen.schemas.maatregelen import MaatregelInhoud


def history_of(uow: UnitOfWork, object_ids: Iterable[UUID]) -> dict[UUID, list[MaatregelInhoud]]:
    """Per object what was imposed there, newest first, in one query; of class naleving.

    An intended measure is left out (it would warn), and so is a withdrawn one (it would blame an honest owner).
    """
    wanted = sorted(set(object_ids))
    found: dict[UUID, list[MaatregelInhoud]] = {}
    for row in repository.history_of(uow.session, uow.caller, wanted) if wanted else ():
        shown = MaatregelInhoud(
            **row.model_dump(include=set(MaatregelInhoud.model_fields)), aandachtspunt=attention_for(row.soort)
        )
        found.setdefault(row.object_id, []).append(shown)
    return found
