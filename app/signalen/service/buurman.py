"""An AF of a neighbouring municipality looks at one signal as an AF of its municipality does, and at nothing else."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from app.core.unit_of_work import UnitOfWork


@contextmanager
def working_for(uow: UnitOfWork, gemeentecode: str) -> Iterator[None]:
    """Lets the caller read the records of this municipality inside the block; who he is stays as it is."""
    own = uow.caller
    uow.caller = replace(own, gemeentecode=gemeentecode, gemeenten=own.gemeenten | {gemeentecode})
    try:
        yield
    finally:
        uow.caller = own


@contextmanager
def reading_along(uow: UnitOfWork, gemeentecodes: Iterable[str]) -> Iterator[None]:
    """Lets the caller read what belongs to signals of these municipalities inside the block, such as their places; he may read the signals."""
    own = uow.caller
    uow.caller = replace(own, gemeenten=own.gemeenten | set(gemeentecodes))
    try:
        yield
    finally:
        uow.caller = own
