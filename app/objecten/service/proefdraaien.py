"""A preview: the same work on a private copy of what stands, so that its counts are those of the real run; nothing is stored."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from app.core.proefruimte import Proefruimte, trial_space
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.naslag import tables_for_trial
from app.objecten.repository import inlezen as standing
from app.objecten.rules.importrij import GelezenRij, Importrij
from app.objecten.service.verwerken import Geland, Uitkomst, apply_one, land_batch, resolve_rows
from app.objecten.tables import Adres, Bedrijfsplan, BibobToets, Import, Object, Risicoadres, Vergunning

SHOWN = 20
_ACTION = "objecten.proef"
_TABLES = (Adres, Object, Vergunning, Bedrijfsplan, BibobToets, Risicoadres)


class Proef:
    """A preview at work."""

    def __init__(self, space: Proefruimte, record: Import) -> None:
        self._space, self._record = space, record
        self._sample: list[dict[str, Any]] = []

    def apply(self, batch: Sequence[GelezenRij]) -> Geland:
        """What a batch would do; later batches build on it."""
        if len(self._sample) < SHOWN:
            self._sample += self._look(batch)
        with self._space.unit(_ACTION) as uow:
            return land_batch(uow, self._record, batch)

    def sample(self) -> str:
        """The first rows that would land, with what each changes, as JSON."""
        return json.dumps(self._sample, ensure_ascii=False)

    def _look(self, batch: Sequence[GelezenRij]) -> list[dict[str, Any]]:
        """What each of the first rows changes, one after the other; the copy stays as it was."""
        seen = []
        with self._space.unit(_ACTION) as uow:
            rows = [row for row in resolve_rows(uow, self._record, batch) if isinstance(row, Importrij)]
            for row in rows[: SHOWN - len(self._sample)]:
                done, after = self._try(uow, row)
                if done is None:
                    continue
                outcome, object_id = done
                before = _portrait(uow, self._record, row, object_id)
                apply_one(uow, self._record, row)
                seen.append(
                    {
                        "regel": row.regel,
                        "uitkomst": outcome.value,
                        "objectNummer": after.get("nummer"),
                        "velden": [
                            {"veld": name, "oud": before.get(name), "nieuw": value}
                            for name, value in after.items()
                            if before.get(name) != value
                        ],
                    }
                )
            uow.session.rollback()
        return seen

    def _try(self, uow: UnitOfWork, row: Importrij) -> tuple[tuple[Uitkomst, UUID] | None, dict[str, str | None]]:
        """What a row does, and what stands after it; undone again."""
        undone = uow.session.begin_nested()
        done = apply_one(uow, self._record, row)
        after = {} if done is None else _portrait(uow, self._record, row, done[1])
        undone.rollback()
        return done, after


@contextmanager
def preview(uow: UnitOfWork, record: Import) -> Iterator[Proef]:
    """A preview of an import; the unit of work is needed until the copy is made."""
    with trial_space(uow, record.gemeentecode, (*tables_for_trial(), *_TABLES)) as space:
        yield Proef(space, record)


def _portrait(uow: UnitOfWork, record: Import, row: Importrij, object_id: UUID) -> dict[str, str | None]:
    """What stands of an object and of what a row says about it, as text under the names of the layout."""
    uow.session.flush()
    permit = None if row.vergunning is None else row.vergunning.key
    found = standing.portrait(uow.session, record.gemeentecode, object_id, permit)
    return {name: None if value is None else str(value) for name, value in found.items()}
