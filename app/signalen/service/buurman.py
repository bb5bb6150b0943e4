"""Looking for a moment with the eyes of another municipality.

The second person from a neighbouring municipality looks at one signal as an AF of its municipality does, and at nothing else; a member of a regional
meeting sees the addresses on its agenda.
"""

from collections.abc import Collection, Iterator
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
def places_of(uow: UnitOfWork, gemeentecodes: Collection[str]) -> Iterator[None]:
    """Lets the caller see the places of these municipalities inside the block, for the addresses of an agenda that he may open."""
    own = uow.caller
    uow.caller = replace(own, gemeenten=own.gemeenten | frozenset(gemeentecodes))
    try:
        yield
    finally:
        uow.caller = own
