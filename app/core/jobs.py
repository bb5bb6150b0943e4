"""Background work behind one small interface, on DBOS Transact (design section 7, ADR 0011).

A job is enqueued in the transaction that causes it: `uow.enqueue("planning.ronde", ronde.id)`. Its arguments are ids only. One job id per
thing (and date), so that a repeat is harmless. The worker runs the function registered under that name in its own units of work.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol
from uuid import UUID

from dbos import DBOSClient, DBOSPortableJSONSerializer, EnqueueOptions
from sqlalchemy import Engine
from sqlmodel import Session

from app.core.unit_of_work import UnitOfWork

QUEUE = "veldwacht"


class UnitFactory(Protocol):
    """Opens units of work for a job, as the service itself."""

    def __call__(self, action: str, *, write: bool = True) -> AbstractContextManager[UnitOfWork]:
        """A unit of work that commits when its body ends well."""


Task = Callable[[UnitFactory, UUID], None]
TASKS: dict[str, Task] = {}


def task(name: str) -> Callable[[Task], Task]:
    """Registers a function of a feature's `tasks.py` as the work behind `name`."""

    def register(function: Task) -> Task:
        if name in TASKS:
            msg = f"task {name} is registered twice"
            raise ValueError(msg)
        TASKS[name] = function
        return function

    return register


Sweep = Callable[[UnitFactory], None]
SWEEPS: dict[str, tuple[float, Sweep]] = {}


def sweep(name: str, every: float) -> Callable[[Sweep], Sweep]:
    """Registers work that handles all that is due, at most `every` seconds after it became due.

    The due time is a column, so nothing is lost when a worker is away; several workers may sweep at once, since each row is locked.
    """

    def register(function: Sweep) -> Sweep:
        if name in SWEEPS:
            msg = f"sweep {name} is registered twice"
            raise ValueError(msg)
        SWEEPS[name] = (every, function)
        return function

    return register


def workflow_name(name: str) -> str:
    """The name under which DBOS knows a task."""
    return f"veldwacht.{name}"


class JobQueue:
    """Enqueues by name; the process that enqueues needs none of the code that does the work."""

    def __init__(self, engine: Engine) -> None:
        self._client = DBOSClient(system_database_engine=engine, serializer=DBOSPortableJSONSerializer(), lazy=True)

    def enqueue(self, session: Session, name: str, reference: UUID, job_id: str | None) -> None:
        """Enqueues `name` for the record `reference` in the transaction of `session`."""
        options: EnqueueOptions = {
            "workflow_name": workflow_name(name),
            "queue_name": QUEUE,
            "workflow_id": job_id or f"{name}:{reference}",
        }
        self._client.enqueue_in_transaction(session, options, str(reference))
