"""The coordinate system of geometry (geo module of the NL API rules, A19): asked by `crs`, told by `Content-Crs`, both ways."""

from typing import Annotated, Any

from fastapi import Depends, Header, Query, Response

from app.core.errors import Fout, InvalidInput
from geo.crs import Crs, parse_crs
from geo.faults import GeoFault

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


def sent_crs(
    content_crs: Annotated[
        str,
        Header(
            alias=HEADER,
            max_length=100,
            description="Coördinatenstelsel van de punten die u stuurt: CRS84 (standaard) of RD.",
        ),
    ] = Crs.CRS84.value,
) -> Crs:
    """The system of the points in a body; the name may stand between angle brackets.

    Raises:
        InvalidInput: a system that this service does not speak.
    """
    try:
        return parse_crs(content_crs.strip().removeprefix("<").removesuffix(">"))
    except GeoFault as fault:
        raise InvalidInput(
            "Het coördinatenstelsel is onbekend; zie 'fouten'.", [Fout(f"header.{HEADER}", str(fault))]
        ) from None


SentCrs = Annotated[Crs, Depends(sent_crs)]
