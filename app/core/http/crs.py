"""The coordinate system of geometry in answers (geo module of the NL API rules, A19): asked by `crs`, told by `Content-Crs`."""

from typing import Annotated, Any

from fastapi import Query, Response

from geo.crs import Crs

HEADER = "Content-Crs"
WITH_CRS: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {
            HEADER: {
                "description": "Coördinatenstelsel van de punten in het antwoord.",
                "schema": {"type": "string"},
            }
        }
    }
}
CREATED_WITH_CRS: dict[int | str, dict[str, Any]] = {201: WITH_CRS[200]}

AskedCrs = Annotated[
    Crs,
    Query(
        alias="crs",
        description="Coördinatenstelsel van de punten in het antwoord: CRS84 (standaard) of RD. EPSG:28992 mag ook.",
    ),
]


def content_crs(crs: Crs) -> dict[str, str]:
    """The header that says in which system the geometry of an answer is."""
    return {HEADER: f"<{crs.value}>"}


def tell_crs(response: Response, crs: Crs) -> None:
    """Says in which system the geometry of an answer is."""
    response.headers.update(content_crs(crs))
