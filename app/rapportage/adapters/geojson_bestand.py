"""GeoJSON (RFC 7946) as a stream: whole only with its last two brackets, so that a broken stream never reads as complete.

RFC 7946 knows CRS84 only. Who asks for RD gets the `crs` member of the older format as well, since a file on a disk has
lost the Content-Crs header; GDAL, QGIS and our own importer read it.
"""

import json
from collections.abc import Generator, Iterable, Sequence
from json.encoder import encode_basestring
from typing import Any

from app.rapportage.rules.kolommen import PLAATS, Kolom, Kolomsoort
from app.rapportage.rules.waarden import Kolommen, Waarde, json_values
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
    feature = _template(shown)
    for batch in batches:
        places = write_points(batch["x"], batch["y"], crs)  # type: ignore[arg-type]  # these columns hold numbers
        columns_out = [_written(column.soort, batch[column.naam]) for column in shown]
        rows = zip(map(_text, batch["id"]), map(_geometry, places), *columns_out, strict=True)
        features = [feature % row for row in rows]
        if features:
            yield (before + ",".join(features)).encode()
            before = ","
    yield (("" if before == "," else before) + "]}").encode()


def _template(columns: Sequence[Kolom]) -> str:
    """A feature with a place for each value: filling it in takes a third of the time of writing a dictionary."""
    properties = ",".join(f"{encode_basestring(column.naam)}:%s" for column in columns)
    return '{"type":"Feature","id":%s,"geometry":%s,"properties":{' + properties + "}}"


def _written(soort: Kolomsoort, values: Sequence[Waarde]) -> list[str]:
    """A column as JSON."""
    if soort is Kolomsoort.JANEE:
        return ["null" if value is None else ("true" if value else "false") for value in values]
    if soort in {Kolomsoort.GEHEEL, Kolomsoort.GETAL}:
        return ["null" if value is None else repr(value) for value in values]
    return ["null" if value is None else _text(value) for value in json_values(soort, values)]


def _text(value: Any) -> str:  # noqa: ANN401 - columns of text hold nothing else
    return encode_basestring(value)


def _geometry(place: list[float] | None) -> str:
    return "null" if place is None else f'{{"type":"Point","coordinates":[{place[0]!r},{place[1]!r}]}}'
