"""Sends files through the import as the worker does, for the tests of imports."""

import io
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from uuid import UUID

from app.core.runtime import Runtime
from app.core.unit_of_work import UnitOfWork
from app.objecten.schemas.importen import Aanvraag
from app.objecten.service import importen
from app.objecten.status import Importindeling
from app.objecten.tables import Import
from app.objecten.tasks import import_file
from tests.support.municipality import STAD


class Killed(BaseException):
    """The worker dies."""


class Units:
    """Units of work as the worker opens them; dies at one of them when told so."""

    def __init__(self, runtime: Runtime, die_at: int | None = None) -> None:
        self.runtime, self.die_at, self.opened = runtime, die_at, 0

    def __call__(self, action: str, *, write: bool = True) -> AbstractContextManager[UnitOfWork]:
        return self._open(action, write)

    @contextmanager
    def _open(self, action: str, write: bool) -> Iterator[UnitOfWork]:
        self.opened += 1
        with self.runtime.system_unit(action, write=write) as uow:
            yield uow
            uow.session.flush()
            if self.opened == self.die_at:
                raise Killed


def store(
    runtime: Runtime, content: bytes, kind: Importindeling | None = Importindeling.OBJECTEN, *, proef: bool = False
) -> UUID:
    """Keeps a file as an upload does."""
    with runtime.system_unit("test") as uow:
        wanted = Aanvraag(STAD, "register", kind, proef)
        return importen.add_import(uow, wanted, "../pad/Lijst <1>.csv", io.BytesIO(content)).id


def run(
    runtime: Runtime, content: bytes, kind: Importindeling | None = Importindeling.OBJECTEN, *, proef: bool = False
) -> Import:
    """Keeps a file and reads it."""
    import_id = store(runtime, content, kind, proef=proef)
    import_file(Units(runtime), import_id)
    return record_of(runtime, import_id)


def record_of(runtime: Runtime, import_id: UUID) -> Import:
    """The row of an import."""
    with runtime.system_unit("test", write=False) as uow:
        record = uow.session.get(Import, import_id)
        assert record is not None
        return record


def counts(record: Import) -> tuple[int, int, int, int]:
    """New, changed, the same, rejected."""
    return record.nieuw, record.gewijzigd, record.ongewijzigd, record.afgewezen
