"""Keeps words and map in step with the stock: `index_words` is called wherever an object or its address is written.

It compares with what stands, so that calling it once too often changes nothing. Search: REG-05, REG-19; map: REG-20, ADR 0015.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import Session

from app.core.jobs import UnitFactory
from app.objecten.repository import zoekindex as repository
from app.objecten.repository.zoekindex import Beschreven, Celsleutel, Geteld
from app.objecten.rules.kaartcellen import NIVEAUS, STROOK, centimetres, column_of
from app.objecten.rules.zoekwoorden import address_words, name_words, number_word
from app.objecten.status import Objecttype

_PART = 2000


class _Change:
    """What comes to the cells: number and sums."""

    def __init__(self) -> None:
        self._number: Counter[Celsleutel] = Counter()
        self._x: Counter[Celsleutel] = Counter()
        self._y: Counter[Celsleutel] = Counter()

    def count(self, what: Geteld, sign: int = 1) -> None:
        """Counts an object in its cell of each level, or takes it away."""
        gemeentecode, soort, status, x, y = what
        for level in NIVEAUS:
            key = (level, gemeentecode, column_of(y, level), column_of(x, level), soort, status)
            self._number[key] += sign
            self._x[key] += sign * centimetres(x)
            self._y[key] += sign * centimetres(y)

    def cells(self) -> dict[Celsleutel, tuple[int, int, int]]:
        """Per cell what is added."""
        return {key: (number, self._x[key], self._y[key]) for key, number in self._number.items()}


def index_words(session: Session, object_ids: Iterable[UUID]) -> None:
    """Brings the words and the place on the map of objects to what the stock says now; call it last in a transaction.

    Objects are locked, and cells after them, both in a fixed order.
    """
    ids = sorted(set(object_ids))
    if not ids:
        return
    session.flush()
    change = _Change()
    for start in range(0, len(ids), _PART):
        _store(session, ids[start : start + _PART], change)
    repository.add_to_cells(session, change.cells())


def rebuild(unit: UnitFactory, action: str) -> int:
    """Indexes the whole stock anew, in transactions of their own, while the service runs; then counts the cells of the map anew.

    Broken off half-way it is safe to run again; until then clusters may be counted as they were.

    Returns:
        The number of objects.
    """
    done, after = 0, None
    while True:
        with unit(action) as uow:
            ids = repository.ids_after(uow.session, after, _PART)
            _store(uow.session, ids, _Change())
        if not ids:
            break
        done, after = done + len(ids), ids[-1]
    with unit(action) as uow:
        _recount(uow.session)
    return done


def _store(session: Session, ids: Sequence[UUID], change: _Change) -> None:
    """Words and places of a part of the stock; what comes to the cells is added to `change`."""
    if ids:
        rows = repository.described(session, ids)
        _store_words(session, ids, rows)
        _store_points(session, ids, rows, change)


def is_behind(session: Session) -> bool:
    """Whether the stock was never indexed."""
    return repository.is_behind(session)


def _recount(session: Session) -> None:
    """Counts all cells anew; whoever writes an object waits."""
    repository.hold_cells(session)
    repository.clear_cells(session)
    change = _Change()
    for part in repository.all_points(session, 10_000):
        for what in part:
            change.count(what)
    repository.add_to_cells(session, change.cells())


def _store_words(session: Session, ids: Sequence[UUID], rows: Sequence[Beschreven]) -> None:
    numbers: dict[UUID, set[str]] = {}
    for object_id, nummer in repository.permit_numbers(session, ids):
        numbers.setdefault(object_id, set()).add(number_word(nummer))
    standing = repository.words_of(session, ids)
    gone: list[tuple[UUID, str]] = []
    added: list[tuple[UUID, str, str]] = []
    for row in rows:
        words = _words(row) | numbers.get(row.id, set())
        before = standing.pop(row.id, set())
        gone += [(row.id, word) for word in sorted(before - words)]
        added += [(row.id, word, row.gemeentecode) for word in sorted(words - before)]
    gone += [(object_id, word) for object_id, words in standing.items() for word in words]
    repository.drop_words(session, gone)
    repository.add_words(session, added)


def _words(row: Beschreven) -> set[str]:
    """The name of a dwelling says nothing but its address, and might say more one day: it is left out (REG-05)."""
    words = address_words(row.straat, row.huisnummer, row.huisletter, row.toevoeging, row.postcode)
    words.add(number_word(row.nummer))
    return words if row.type is Objecttype.WON else words | name_words(row.naam)


def _store_points(session: Session, ids: Sequence[UUID], rows: Sequence[Beschreven], change: _Change) -> None:
    standing = repository.points_of(session, ids)
    wanted: dict[UUID, Geteld] = {
        row.id: (row.gemeentecode, row.type, row.status, row.x, row.y)
        for row in rows
        if row.x is not None and row.y is not None
    }
    for what in (standing[at] for at in standing if wanted.get(at) != standing[at]):
        change.count(what, -1)
    changed = {at: what for at, what in wanted.items() if standing.get(at) != what}
    for what in changed.values():
        change.count(what)
    repository.drop_points(session, sorted(standing.keys() - wanted.keys()))
    repository.store_points(session, [_point(at, changed[at]) for at in sorted(changed)])


def _point(object_id: UUID, what: Geteld) -> dict[str, object]:
    names = ("gemeentecode", "type", "status", "x", "y")
    return {"object_id": object_id, "strook": column_of(what[4], STROOK), **dict(zip(names, what, strict=True))}
