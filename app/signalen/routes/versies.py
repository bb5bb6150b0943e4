"""How a dated version is answered over HTTP: with its ETag, and as a page by first day."""

from collections.abc import Sequence
from typing import TypeVar

from fastapi import Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import ApiOutput
from app.core.http.versions import set_etag
from app.signalen.tables import Routeprofiel, Sluitcodeversie

Versie = TypeVar("Versie", Routeprofiel, Sluitcodeversie)
Vorm = TypeVar("Vorm", bound=ApiOutput)


def answer_version(row: Routeprofiel | Sluitcodeversie, vorm: type[Vorm], response: Response) -> Vorm:
    """One version."""
    set_etag(response, row.versie)
    return vorm.model_validate(row)


def answer_page(
    found: Sequence[Versie], vorm: type[Vorm], page: Page, request: Request, response: Response
) -> Pagina[Vorm]:
    """Versions, the oldest first."""
    return page_of(
        found, page, vorm.model_validate, lambda row: (row.geldig_vanaf.isoformat(), row.id), request, response
    )
