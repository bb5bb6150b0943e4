"""GeoJSON (RFC 7946) as a stream: whole only with its last two brackets, so that a broken stream never reads as complete.

RFC 7946 knows CRS84 only. Who asks for RD gets the `crs` member of the older format as well, since a file on a disk has
lost the Content-Crs header; GDAL, QGIS and our own importer read it.
"""

import json
from collections.abc import Generator, Iterable, Sequence

from app.rapportage.rules.kolommen import PLAATS, Kolom
from app.rapportage.rules.waarden import Kolommen, json_values
from geo.crs import Crs
from geo.geojson import write_points

_CRS_NAME = {Crs.RD: "urn:ogc:def:crs:EPSG::28992"}


def geojson_pieces(
    name: str, columns: Sequence[Kolom], batches: Iterable[Kolommen], crs: Crs
) -> Generator[bytes, None, None]:
    """A piece per batch, the first with the head and the meaning of each property; then the end.

    Args:
        name: what the features are.
        columns: the columns; `id` becomes the id of the feature, and the geometry takes the place of x and y.
        batches: the rows.
        crs: the system of the coordinates.
    """
    shown = [column for column in columns if column.naam not in {*PLAATS, "id"}]
    head: dict[str, object] = {"type": "FeatureCollection", "name": name}
    if crs in _CRS_NAME:
        head["crs"] = {"type": "name", "properties": {"name": _CRS_NAME[crs]}}
    head["toelichting"] = {column.naam: column.uitleg for column in shown}
    before = json.dumps(head, ensure_ascii=False)[:-1] + ', "features": ['
    names = [column.naam for column in shown]
    for batch in batches:
        values = zip(*(json_values(column.soort, batch[column.naam]) for column in shown), strict=True)
        places = write_points(batch["x"], batch["y"], crs)  # type: ignore[arg-type]  # these columns hold numbers
        features = [
            {
                "type": "Feature",
                "id": row_id,
                "geometry": None if place is None else {"type": "Point", "coordinates": place},
                "properties": dict(zip(names, row, strict=True)),
            }
            for row_id, place, row in zip(batch["id"], places, values, strict=True)
        ]
        if features:
            yield (before + json.dumps(features, ensure_ascii=False, separators=(",", ":"))[1:-1]).encode()
            before = ","
    yield (("" if before == "," else before) + "]}").encode()
