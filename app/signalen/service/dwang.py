"""Where signals tell of coercion to commit offences: what the AF must know before a measure stands (DEF-05, RTE-07)."""

from collections.abc import Collection
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.signalen.repository import dwang as repository
from app.signalen.status import Vorm

ZONDER_GROND = frozenset({"C7", "C10"})
"""Closing codes that say there was nothing: no trafficking, or entered by mistake."""


def crime_signals_at(uow: UnitOfWork, objects: Collection[UUID]) -> set[UUID]:
    """Those of the objects with a signal of the criminal form, in one query; for the AF's eyes and for the block alone.

    A signal on the closed route counts by its findings only: it would tell more than who asks may know.
    """
    rows = repository.forms_at(uow.session, objects) if objects else ()
    return {
        place
        for place, forms, code in rows
        if place is not None and Vorm.CRIMINEEL.value in forms and code not in ZONDER_GROND
    }
