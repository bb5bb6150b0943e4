"""Map windows in the query, and the system of the points in a body (geo module of the NL API rules, A19)."""

from typing import Annotated

from fastapi import Depends, Header, Query

from app.core.errors import Fout, InvalidInput
from app.core.http.crs import HEADER
from geo.boxes import Bbox, parse_bbox
from geo.crs import Crs, parse_crs
from geo.faults import GeoFault

_BBOX = Annotated[
    str | None,
    Query(
        alias="bbox",
        max_length=200,
        pattern=r"^[^\x00]*$",
        description="Alleen wat in dit venster ligt: west,zuid,oost,noord.",
    ),
]
_BBOX_CRS = Annotated[Crs, Query(alias="bbox-crs", description="Coördinatenstelsel van bbox: CRS84 (standaard) of RD.")]


def asked_window(bbox: _BBOX = None, bbox_crs: _BBOX_CRS = Crs.CRS84) -> Bbox | None:
    """The map window of a list.

    Raises:
        InvalidInput: it cannot be read, is swapped, or lies outside the Netherlands.
    """
    return None if bbox is None else _window(bbox, bbox_crs)


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


def required_window(
    bbox: Annotated[
        str,
        Query(alias="bbox", max_length=200, pattern=r"^[^\x00]*$", description="Het venster: west,zuid,oost,noord."),
    ],
    bbox_crs: _BBOX_CRS = Crs.CRS84,
) -> Bbox:
    """The map window of what cannot do without one.

    Raises:
        InvalidInput: as `asked_window`.
    """
    return _window(bbox, bbox_crs)


def _window(bbox: str, crs: Crs) -> Bbox:
    try:
        return parse_bbox(bbox, crs)
    except GeoFault as fault:
        raise InvalidInput("Het venster klopt niet; zie 'fouten'.", [Fout("query.bbox", str(fault))]) from None


Window = Annotated[Bbox | None, Depends(asked_window)]
RequiredWindow = Annotated[Bbox, Depends(required_window)]
SentCrs = Annotated[Crs, Depends(sent_crs)]
