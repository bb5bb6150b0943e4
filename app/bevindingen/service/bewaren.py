"""Removal of findings and photos whose term has passed; who decides about the term stands above (DAT-15)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from app.bevindingen.repository import bewaren as repository
from app.bevindingen.service.bevindingen import seal_answer, unseal_answer
from app.bevindingen.status import Bijlagestatus
from app.bevindingen.tables import Bevinding
from app.core import bestanden
from app.core.unit_of_work import UnitOfWork


def forget_confidential(uow: UnitOfWork, ids: Collection[UUID]) -> int:
    """Removes the confidential ones of findings; a compliance finding has a term of its own."""
    return repository.delete_confidential(uow.session, ids) if ids else 0


def forget_of_control(uow: UnitOfWork, controle_id: UUID, *, everything: bool) -> int:
    """Removes the confidential findings of a control, or all."""
    return repository.delete_of_control(uow.session, controle_id, everything=everything)


def finding_ids_of(uow: UnitOfWork, controles: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Per control the ids of its findings of both classes; for who decides whether something rests on them."""
    found: dict[UUID, set[UUID]] = {}
    for controle_id, bevinding_id in repository.ids_of_controls(uow.session, controles):
        found.setdefault(controle_id, set()).add(bevinding_id)
    return found


def read_answers(uow: UnitOfWork, controle_id: UUID) -> list[tuple[Bevinding, str]]:
    """The findings of a control with their answers, to be sealed anew under another data key (`seal_again`)."""
    return [(row, unseal_answer(uow, row)) for row in repository.of_control(uow.session, controle_id)]


def seal_again(uow: UnitOfWork, answers: Collection[tuple[Bevinding, str]]) -> None:
    """Seals answers under the data key that their control has now."""
    for row, answer in answers:
        row.antwoord = seal_answer(uow, row, answer)


def controls_with_photos(
    uow: UnitOfWork, gemeentecode: str, before: datetime, after: UUID | None, limit: int
) -> list[UUID]:
    """Controls with photos taken before a moment that are still kept, by id."""
    return list(repository.controls_with_photos(uow.session, gemeentecode, before, after, limit))


def municipalities_with_photos(uow: UnitOfWork) -> list[str]:
    """Municipalities with kept photos."""
    return list(repository.municipalities_with_photos(uow.session))


def remove_photos(uow: UnitOfWork, controle_id: UUID, before: datetime | None = None) -> list[UUID]:
    """Erases the photos of a control with their keys; the rows stay, so that a late announcement brings nothing back.

    Args:
        uow: the transaction of the removal.
        controle_id: their control.
        before: only those taken before this moment.
    """
    rows = repository.kept_photos(uow.session, controle_id, before)
    for row in rows:
        old, row.bestand_id = row.bestand_id, None
        row.status, row.volgende_op = Bijlagestatus.VERWIJDERD, None
        uow.session.flush()
        if old is not None:
            bestanden.delete_file(uow, old)
    return [row.id for row in rows]
