"""What one process works with, made once at start-up: settings, database, key ring, queue."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from app.core.caller import Caller, system_caller
from app.core.crypto import KeyRing
from app.core.db import Database
from app.core.identifiers import new_id
from app.core.jobs import JobQueue
from app.core.settings import Settings
from app.core.unit_of_work import UnitOfWork, open_snapshot, open_unit


@dataclass
class Runtime:
    """The parts of a running process."""

    settings: Settings
    database: Database
    key_ring: KeyRing
    queue: JobQueue

    @classmethod
    def start(cls, settings: Settings) -> "Runtime":
        """Opens the parts.

        Raises:
            KeyRingMissing: the key ring file is absent or unreadable.
        """
        key_ring = KeyRing.load(settings.key_ring_file)
        database = Database(settings)
        return cls(settings=settings, database=database, key_ring=key_ring, queue=JobQueue(database.engine))

    def unit(self, caller: Caller, action: str, request_id: str, *, write: bool) -> AbstractContextManager[UnitOfWork]:
        """A unit of work for `caller`."""
        return open_unit(self.database, caller, self.key_ring, self.queue, request_id, action, write=write)

    def snapshot(self, caller: Caller, action: str, request_id: str) -> AbstractContextManager[UnitOfWork]:
        """A unit of work that reads one moment, for an answer that streams."""
        return open_snapshot(self.database, caller, self.key_ring, self.queue, request_id, action)

    def system_unit(self, action: str, *, write: bool = True) -> AbstractContextManager[UnitOfWork]:
        """A unit of work for the service itself (jobs, command line)."""
        return self.unit(system_caller(), action, str(new_id()), write=write)

    def stop(self) -> None:
        """Closes what was opened."""
        self.database.dispose()
