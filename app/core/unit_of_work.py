"""One unit of work per request or job: one transaction, one caller, one moment; committed before the answer leaves.

Application code never commits (design section 2). Audit rows of a write stand in the same transaction; those of a read
are written before the answer leaves; a denial is written in its own transaction after the rollback.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import bindparam, event
from sqlalchemy.orm import Session as OrmSession
from sqlmodel import Session, col, select

from app.core import crypto
from app.core.caller import Caller
from app.core.clock import business_date, utc_now
from app.core.columns import SealedText
from app.core.db import Database
from app.core.tables import Auditregel, Datasleutel

# Of nearly every request, so built once: making a statement costs five times what running it does.
_DATA_KEYS = select(Datasleutel.record_id, Datasleutel.ringsleutel, Datasleutel.wrap).where(
    col(Datasleutel.record_id).in_(bindparam("ids", expanding=True))
)


class Queue(Protocol):
    """Where background work is enqueued (`jobs.JobQueue`)."""

    def enqueue(self, session: Session, name: str, reference: UUID, job_id: str | None) -> None:
        """Enqueues in the transaction of `session`."""


@dataclass
class UnitOfWork:
    """What a service function works with.

    Attributes:
        noted_in: whose audit log holds what nobody noted himself, such as a refusal; the caller's municipality when None.
    """

    session: Session
    caller: Caller
    now: datetime
    request_id: str
    key_ring: crypto.KeyRing
    action: str
    queue: Queue
    noted_in: str | None = None
    _audit: list[Auditregel] = field(default_factory=list)
    _data_keys: dict[UUID, bytes] = field(default_factory=dict)
    _without_key: set[UUID] = field(default_factory=set)

    @property
    def today(self) -> date:
        """The business date (Europe/Amsterdam)."""
        return business_date(self.now)

    def audit(
        self,
        soort: str,
        object_id: UUID | str | None,
        gemeentecode: str | None = None,
        actie: str | None = None,
        bijzonderheden: str | None = None,
    ) -> None:
        """Notes that the caller did or read this; stored with the work or, for a read, before the answer leaves."""
        row = audit_row(
            self.caller,
            self.now,
            self.request_id,
            actie or self.action,
            "toegestaan",
            soort,
            object_id,
            gemeentecode,
        )
        row.bijzonderheden = bijzonderheden
        self._audit.append(row)

    @property
    def audited(self) -> list[Auditregel]:
        """The rows noted so far."""
        return self._audit

    def enqueue(self, name: str, reference: UUID, job_id: str | None = None) -> None:
        """Enqueues background work on a record; it exists when this transaction does (design section 7)."""
        self.queue.enqueue(self.session, name, reference, job_id)

    def seal(self, record_id: UUID, field_name: str, text: str) -> SealedText:
        """Encrypts a text of the record under the record's data key, made on first use."""
        return SealedText(crypto.encrypt(self.data_key(record_id, make=True), record_id, field_name, text))

    def unseal(self, record_id: UUID, field_name: str, sealed: SealedText) -> str:
        """Decrypts a text of the record.

        Raises:
            UnreadableText: changed, moved, or its key was erased.
        """
        return crypto.decrypt(self.data_key(record_id), record_id, field_name, sealed.blob)

    def data_key(self, record_id: UUID, *, make: bool = False) -> bytes:
        """The data key of a record.

        Args:
            record_id: the record.
            make: makes the key when there is none yet.

        Raises:
            UnreadableText: there is none, or it was erased.
        """
        data_key = self._data_keys.get(record_id) or self._load_data_key(record_id)
        if data_key is None:
            if not make:
                raise crypto.UnreadableText
            data_key = crypto.new_data_key()
            self.session.add(
                Datasleutel(
                    record_id=record_id,
                    ringsleutel=self.key_ring.current,
                    wrap=self.key_ring.wrap(record_id, data_key),
                )
            )
        self._data_keys[record_id] = data_key
        return data_key

    def erase_data_key(self, record_id: UUID) -> None:
        """Erases the data key of a record, so that what was sealed under it cannot be read any more."""
        self._data_keys.pop(record_id, None)
        row = self.session.get(Datasleutel, record_id)
        if row is not None:
            self.session.delete(row)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part of the work that can fail on its own: what it stored, its data keys and its audit rows go with it."""
        keys, audited = dict(self._data_keys), len(self._audit)
        try:
            with self.session.begin_nested():
                yield
        except BaseException:
            self._data_keys = keys
            del self._audit[audited:]
            raise

    def load_data_keys(self, record_ids: Iterable[UUID]) -> None:
        """Loads the data keys of many records in one query, so that unsealing a page costs no query per record."""
        missing = set(record_ids) - self._data_keys.keys()
        if not missing:
            return
        for record_id, name, wrap in self.session.exec(_DATA_KEYS, params={"ids": list(missing)}):
            self._data_keys[record_id] = self.key_ring.unwrap(name, record_id, wrap)
        self._without_key |= missing - self._data_keys.keys()

    def _load_data_key(self, record_id: UUID) -> bytes | None:
        if record_id in self._without_key:
            return None
        row = self.session.get(Datasleutel, record_id)
        return None if row is None else self.key_ring.unwrap(row.ringsleutel, record_id, row.wrap)


def audit_row(
    caller: Caller,
    now: datetime,
    request_id: str,
    actie: str,
    uitkomst: str,
    soort: str | None = None,
    object_id: UUID | str | None = None,
    gemeentecode: str | None = None,
) -> Auditregel:
    """An audit row; holds ids only, never content."""
    return Auditregel(
        tijdstip=now,
        actor=str(caller.account_id),
        rollen=" ".join(sorted(caller.rollen)),
        gemeentecode=gemeentecode or caller.gemeentecode,
        actie=actie,
        soort=soort,
        object_id=None if object_id is None else str(object_id),
        uitkomst=uitkomst,
        verzoek_id=request_id,
        herkomst=caller.herkomst,
    )


@contextmanager
def open_unit(
    database: Database,
    caller: Caller,
    key_ring: crypto.KeyRing,
    queue: Queue,
    request_id: str,
    action: str,
    *,
    write: bool,
) -> Iterator[UnitOfWork]:
    """A unit of work that commits when its body ends well and rolls back when it does not."""
    with database.session(write=write) as session:
        session.info["read_only"] = not write
        uow = UnitOfWork(
            session=session,
            caller=caller,
            now=utc_now(),
            request_id=request_id,
            key_ring=key_ring,
            action=action,
            queue=queue,
        )
        yield uow
        if write:
            session.add_all(uow.audited)
            session.commit()
    if not write and uow.audited:
        with database.session(write=True) as session:
            session.add_all(uow.audited)
            session.commit()


@contextmanager
def open_snapshot(
    database: Database, caller: Caller, key_ring: crypto.KeyRing, queue: Queue, request_id: str, action: str
) -> Iterator[UnitOfWork]:
    """A unit of work that reads one moment of the database for as long as an answer streams; it writes nothing.

    A unit of a request closes before the body of its answer runs (traps), so that such a body opens its own.
    """
    with database.snapshot() as session:
        session.info["read_only"] = True
        yield UnitOfWork(
            session=session,
            caller=caller,
            now=utc_now(),
            request_id=request_id,
            key_ring=key_ring,
            action=action,
            queue=queue,
        )


@event.listens_for(OrmSession, "before_flush")
def _refuse_write_in_read(session: OrmSession, _context: object, _instances: object) -> None:
    if session.info.get("read_only") and (session.new or session.dirty or session.deleted):
        msg = "a read may not write"
        raise RuntimeError(msg)
