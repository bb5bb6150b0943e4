"""Map windows in the query (geo module of the NL API rules, A19)."""

from typing import Annotated

from fastapi import Depends, Query

from app.core.errors import Fout, InvalidInput
from geo.boxes import Bbox, parse_bbox
from geo.crs import Crs
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
