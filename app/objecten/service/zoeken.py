"""Lists and searches objects: by filters, words, numbers, a window or an area; never by reason or use (REG-05, REG-20).

The number of queries of a page does not grow with the stock or the page. A window or an area is tested exactly in Python, in at most
`ROUNDS` parts; after that the page is answered as far as it came, and its cursor goes on from there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.core.errors import Forbidden, Fout, InvalidInput
from app.core.http.paging import WRONG_CURSOR, Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rechten import RECHTEN
from app.objecten.repository import objecten as repository
from app.objecten.repository import zoeken as words_repository
from app.objecten.repository.zoeken import Gevonden
from app.objecten.rules.zoekwoorden import Term, Zoektekst, read_text
from app.objecten.schemas.filters import Objectfilter
from app.objecten.schemas.objecten import ObjectRead, Zoekvraag
from app.objecten.service.bibob import bibob_werklijst
from app.objecten.service.objecten import show_objects
from geo.crs import Crs
from geo.faults import GeoFault
from geo.shapes import read_shape

PART = 2000
ROUNDS = 4
MAX_NUMBERS = 500
MAX_BIBOB = 5000
_GIVEN, _JOINED = "w", "a"

Cursor = tuple[str, UUID]


@dataclass(frozen=True)
class Objecten:
    """A page of objects in order; `volgende` is where the next one starts, None when there is no more."""

    rows: list[ObjectRead]
    volgende: Cursor | None = None


@dataclass(frozen=True)
class Plaats:
    """An object on the way to a page: where a list that stops here goes on, and where it lies."""

    cursor: str
    id: UUID
    x: float | None
    y: float | None


Fetch = Callable[[Cursor | None, int], list[Plaats]]


def find_objects(uow: UnitOfWork, filters: Objectfilter, text: str | None, page: Paging, crs: Crs) -> Objecten:
    """A page of objects. Without a text in the order of municipality and number; with one, numbers first, then words.

    Raises:
        Forbidden: the filter on Bibob tests, for somebody who may not read those.
        InvalidInput: a cursor of another list.
    """
    filters = prepare_filters(uow, filters)
    if text is not None:
        found, following = _by_text(uow, filters, read_text(text), page)
    elif filters.cover is not None:
        found, following = _collect(_in_order(uow, filters), filters, page.after, page.limit)
    else:
        rows = repository.list_objects(uow.session, uow.caller, filters, page)
        shown = show_objects(rows[: page.limit], crs)
        more = len(rows) > page.limit
        return Objecten(shown, (f"{shown[-1].gemeentecode}|{shown[-1].nummer}", shown[-1].id) if more else None)
    return Objecten(show_objects(words_repository.objects_in_order(uow.session, uow.caller, found), crs), following)


def search_objects(uow: UnitOfWork, data: Zoekvraag, page: Paging, sent: Crs, crs: Crs) -> Objecten:
    """A page of objects that fit a question; its area is in the system `sent`.

    Raises:
        InvalidInput: the area does not fit that system, or as `find_objects`.
    """
    gebied = None
    if data.gebied is not None:
        try:
            gebied = read_shape(data.gebied, sent)
        except GeoFault as fault:
            raise InvalidInput("Het gebied klopt niet; zie 'fouten'.", [Fout("body.gebied", str(fault))]) from None
    filters = Objectfilter(
        gemeentecode=data.gemeentecode,
        types=tuple(data.type),
        status=data.status,
        wijkcodes=tuple(data.wijkcodes),
        buurtcodes=tuple(data.buurtcodes),
        buiten_gemeente=data.buiten_gemeente,
        controle_voor=data.controle_voor,
        vergunningsoort=data.vergunningsoort,
        bibob_voor=data.bibob_voor,
        gebied=gebied,
    )
    return find_objects(uow, filters, data.tekst, page, crs)


def prepare_filters(uow: UnitOfWork, filters: Objectfilter) -> Objectfilter:
    """The filters with what must be known beforehand."""
    filters = replace(filters, vandaag=uow.today)
    if filters.bibob_voor is not None:
        if not (uow.caller.is_system or uow.caller.has(*RECHTEN["bibob_werklijst_lezen"].rollen)):
            raise Forbidden("Uw rol mag niet op Bibob-toetsen zoeken. Laat bibobVoor weg.")
        lines = bibob_werklijst(uow, filters.gemeentecode, filters.bibob_voor, Paging(MAX_BIBOB, None))
        filters = replace(filters, ids=frozenset(line.object_id for line in lines))
    return repository.look_up(uow.session, uow.caller, filters)


def _in_order(uow: UnitOfWork, filters: Objectfilter) -> Fetch:
    def fetch(after: Cursor | None, number: int) -> list[Plaats]:
        rows = repository.places_in_order(uow.session, uow.caller, filters, after, number)
        return [Plaats(f"{code}|{nummer}", at, x, y) for code, nummer, at, x, y in rows]

    return fetch


def _collect(fetch: Fetch, filters: Objectfilter, after: Cursor | None, limit: int) -> tuple[list[UUID], Cursor | None]:
    """Ids of the next `limit` objects that lie in the window and the area, and where to go on."""
    exact = filters.cover is not None
    found: list[Plaats] = []
    for part in range(ROUNDS if exact else 1):
        # Nearly all of a box lies in a window, about half of it in an area, and little in an area with a whim.
        number = min(PART, 2 * (limit + 1) * 4**part) if exact else limit + 1
        rows = fetch(after, number)
        shown = filters.shows([(row.x, row.y) for row in rows]) if exact else [True] * len(rows)
        found += [row for row, fits in zip(rows, shown, strict=True) if fits]
        if len(found) > limit:
            last = found[limit - 1]
            return [row.id for row in found[:limit]], (last.cursor, last.id)
        if len(rows) < number:
            return [row.id for row in found], None
        after = (rows[-1].cursor, rows[-1].id)
    return [row.id for row in found], after


def _by_text(uow: UnitOfWork, filters: Objectfilter, text: Zoektekst, page: Paging) -> tuple[list[UUID], Cursor | None]:
    """Objects with the whole text as a number, then those that fit all words, then those that fit the words joined."""
    numbered = words_repository.found_by_number(
        uow.session, uow.caller, filters, text.nummer, text.cijfers, MAX_NUMBERS
    )
    shown = filters.shows([(x, y) for _, x, y in numbered]) if filters.cover else [True] * len(numbered)
    hits = [at for (at, _, _), fits in zip(numbered, shown, strict=True) if fits]
    stage, after = _stage(page)
    first: list[UUID] = []
    start = 0
    if stage == "":
        if page.after is not None:  # one that is gone since was the last of what could be shown
            start = hits.index(page.after[1]) + 1 if page.after[1] in hits else len(hits)
        first = hits[start : start + page.limit]
        if len(first) == page.limit:
            return first, ("n", first[-1])
    room = page.limit - len(first)
    known = frozenset(hits)
    ids, following = _words(uow, filters, text.termen, _GIVEN, after, room, known) if stage != _JOINED else ([], None)
    nothing = stage == "" and not ids and following is None and not hits
    if text.aaneen is not None and (stage == _JOINED or nothing):
        ids, following = _words(uow, filters, text.aaneen, _JOINED, after, room, known)
    return first + ids, following


def _words(
    uow: UnitOfWork,
    filters: Objectfilter,
    terms: Sequence[Term],
    stage: str,
    after: tuple[int, Gevonden] | None,
    room: int,
    known: frozenset[UUID],
) -> tuple[list[UUID], Cursor | None]:
    """Objects that fit all terms; the rarest term leads, and a next page keeps the one that led."""
    if not terms:
        return [], None
    if after is None:
        numbers = words_repository.how_many(uow.session, uow.caller, filters.gemeentecode, terms)
        if not all(numbers):
            return [], None
        lead = min(range(len(terms)), key=lambda at: (numbers[at], len(terms[at]), at))
    else:
        lead = after[0]
        if lead >= len(terms):
            raise InvalidInput(WRONG_CURSOR)
    others = [term for at, term in enumerate(terms) if at != lead]

    def fetch(cursor: Cursor | None, number: int) -> list[Plaats]:
        begin = None if cursor is None else _read(cursor)[1]
        found = words_repository.found_by_words(
            uow.session, uow.caller, filters, terms[lead], others, begin, known, number
        )
        return [Plaats(f"{stage}|{lead}|{word}|{code}", at, x, y) for word, code, at, x, y in found]

    start = None if after is None else (f"{stage}|{lead}|{after[1][0]}|{after[1][1]}", after[1][2])
    return _collect(fetch, filters, start, room)


def _stage(page: Paging) -> tuple[str, tuple[int, Gevonden] | None]:
    """How far a search was: among numbers (empty), words, or joined words with the term that leads and the last object.

    Raises:
        InvalidInput: a cursor of another list.
    """
    if page.after is None or page.after[0] == "n":
        return "", None
    return page.after[0][:1], _read(page.after)


def _read(cursor: Cursor) -> tuple[int, Gevonden]:
    stage, _, rest = cursor[0].partition("|")
    lead, _, place = rest.partition("|")
    word, separator, code = place.rpartition("|")
    if stage not in {_GIVEN, _JOINED} or not separator or not lead.isdecimal() or not lead.isascii() or len(lead) > 2:
        raise InvalidInput(WRONG_CURSOR)
    return int(lead), (word, code, cursor[1])
