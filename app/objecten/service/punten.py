"""Points in and out: GeoJSON in the asked system, RD inside (geo module of the NL API rules)."""

from collections.abc import Iterable, Sequence

import numpy as np

from app.core.errors import Fout, InvalidInput
from app.objecten.schemas.velden import PuntInput, PuntRead
from geo.crs import Crs, Punt, convert_all_to_wgs84
from geo.faults import GeoFault
from geo.geojson import read_point

_DECIMALS = {Crs.CRS84: 9, Crs.RD: 4}  # a tenth of a millimetre


def read_punt(punt: PuntInput, crs: Crs, field: str) -> Punt:
    """The RD point of what was sent.

    Raises:
        InvalidInput: outside the Netherlands, swapped, or in another system than was said.
    """
    try:
        return read_point(punt.model_dump(), crs)
    except GeoFault as fault:
        raise InvalidInput("De plaats klopt niet; zie 'fouten'.", [Fout(field, str(fault))]) from None


def show_points(places: Iterable[tuple[float | None, float | None]], crs: Crs) -> list[PuntRead | None]:
    """RD points as GeoJSON in the asked system; all at once, since one by one costs a page half its time."""
    listed: Sequence[tuple[float | None, float | None]] = list(places)
    known = [(at, x, y) for at, (x, y) in enumerate(listed) if x is not None and y is not None]
    shown: list[PuntRead | None] = [None] * len(listed)
    if not known:
        return shown
    xs, ys = np.array([x for _, x, _ in known]), np.array([y for _, _, y in known])
    if crs is Crs.CRS84:
        xs, ys = convert_all_to_wgs84(xs, ys)
    places_out = np.round(np.column_stack((xs, ys)), _DECIMALS[crs]).tolist()
    for (at, _, _), coordinates in zip(known, places_out, strict=True):
        shown[at] = PuntRead(coordinates=coordinates)
    return shown
