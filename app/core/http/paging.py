"""Cursor paging: a page, and a `Link` header to the next; no totals (they cost 83 ms on a million rows, traps.md)."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from app.core.errors import InvalidInput
from app.core.http.schemas import ApiOutput

WRONG_CURSOR = "De cursor klopt niet. Gebruik de waarde van 'volgende' uit het vorige antwoord, of begin zonder cursor."

K = TypeVar("K")
T = TypeVar("T")
Row = TypeVar("Row")


class Pagina(ApiOutput, Generic[T]):
    """One page of a list. `volgende` is the cursor of the next page, or null on the last."""

    resultaten: list[T]
    volgende: str | None


@dataclass(frozen=True)
class Paging:
    """The page that is asked for: at most `limit` rows after the row with sort key and id of the cursor."""

    limit: int
    after: tuple[str, UUID] | None

    def after_key(self, parse: Callable[[str], K]) -> tuple[K, UUID] | None:
        """The sort key and id to go on from, with the key read by `parse` (for example `date.fromisoformat`).

        Raises:
            InvalidInput: the key is not of this list.
        """
        if self.after is None:
            return None
        try:
            return parse(self.after[0]), self.after[1]
        except (ValueError, OverflowError):
            raise InvalidInput(WRONG_CURSOR) from None


def encode(key: str, row_id: UUID) -> str:
    """A cursor: the sort key and id of the last row of a page."""
    return base64.urlsafe_b64encode(json.dumps([key, str(row_id)]).encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[str, UUID]:
    """What `encode` made.

    Raises:
        InvalidInput: not a cursor of this service.
    """
    try:
        key, row_id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        key.encode()  # half a pair of surrogates is text to JSON, but not to a database
        found = (key, UUID(row_id)) if "\x00" not in key else None
    except (ValueError, TypeError, AttributeError, RecursionError):
        found = None
    if found is None:
        raise InvalidInput(WRONG_CURSOR)
    return found


def paging(
    limiet: Annotated[int, Query(ge=1, le=500, description="Hoogste aantal resultaten op deze pagina.")] = 50,
    cursor: Annotated[
        str | None, Query(max_length=600, description="Waarde van 'volgende' uit het vorige antwoord.")
    ] = None,
) -> Paging:
    """Reads the paging parameters of a list."""
    return Paging(limit=limiet, after=decode(cursor) if cursor else None)


Page = Annotated[Paging, Depends(paging)]


def page_of(
    rows: Sequence[Row],
    page: Paging,
    read: Callable[[Row], T],
    key: Callable[[Row], tuple[str, UUID]],
    request: Request,
    response: Response,
) -> Pagina[T]:
    """Makes the answer of `limit + 1` rows: one more than asked tells that there is a next page."""
    shown = rows[: page.limit]
    following = key(shown[-1]) if len(rows) > page.limit else None
    return page_up_to([read(row) for row in shown], following, request, response)


def page_up_to(rows: list[T], last: tuple[str, UUID] | None, request: Request, response: Response) -> Pagina[T]:
    """Makes the answer of a page that knows itself after which sort key and id the next one starts; None on the last page."""
    following = None if last is None else encode(*last)
    if following is not None:
        url = request.url.include_query_params(cursor=following)
        response.headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
    return Pagina[Any](resultaten=rows, volgende=following)
