"""The reading process of the layout `cbs-gebieden`: neighbourhoods, wijken and municipalities of CBS and PDOK (B10).

    python -m app.objecten.adapters.cbs_gebieden '<order as JSON>'

Reads the GeoJSON of the PDOK OGC API and the GeoPackage; only the features of one municipality leave this process.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry import mapping

from app.objecten.adapters.adressen_kolommen import plain
from app.objecten.adapters.adressen_rijen import cell
from app.objecten.adapters.bestand import UnreadableFile
from app.objecten.adapters.bulkproces import serve
from app.objecten.adapters.geo_lagen import Geobestand, Laag, is_geopackage
from geo.area_repair import repair_area
from geo.crs import Crs

_LEVELS = (
    ("buurt", "buurtcode", "buurtnaam"),
    ("wijk", "wijkcode", "wijknaam"),
    ("gemeente", "gemeentecode", "gemeentenaam"),
)
_CODES = {"buurt": "BU", "wijk": "WK", "gemeente": "GM"}
# Older names of the same (CBS until 2012), then general ones: a statcode says its level itself.
_ALIASES = {
    "bucode": "buurtcode", "bunaam": "buurtnaam", "wkcode": "wijkcode", "wknaam": "wijknaam", "gmcode": "gemeentecode",
    "gmnaam": "gemeentenaam", "statcode": "statcode", "statnaam": "statnaam", "jrstatcode": "jrstatcode", "jaar": "jaar",
    "water": "water", "h2o": "water",
} | {name: name for level in _LEVELS for name in level[1:]}  # fmt: skip
_STEP = 200  # features in a slice: a shape may hold thousands of vertices
_YEAR = re.compile(r"(?:19|20|21)\d{2}", re.ASCII)
_NEEDED = (
    "Nodig is per gebied een CBS-code met een naam: buurtcode en buurtnaam, wijkcode en wijknaam, of gemeentecode en gemeentenaam "
    "(ook statcode en statnaam)"
)


def read(order: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The answer to an order, line by line.

    Args:
        order: `pad` and `gemeentecode`.

    Raises:
        UnreadableFile: the file as a whole cannot be read, or lacks the codes.
    """
    path, gemeentecode = Path(order["pad"]), str(order["gemeentecode"])
    is_geopackage(path)
    file = Geobestand(path)
    layers = [(layer, fields) for layer in file.lagen if (fields := _fields(layer)) and _level(fields)]
    if not layers:
        raise UnreadableFile(_explain(file.lagen))
    yield {"kop": {"aantal": sum(layer.aantal for layer, _ in layers)}}
    line = elsewhere = 0
    for layer, fields in layers:
        seen = own = 0
        for values, shapes in file.delen(layer, list(fields.values()), where=_where(fields, gemeentecode), step=_STEP):
            columns = {name: values[column] for name, column in fields.items()}
            for place in range(len(next(iter(columns.values())))):
                line, seen = line + 1, seen + 1
                row = {name: cell(column[place]) for name, column in columns.items()}
                if _is_own(row, gemeentecode):
                    own += 1
                    yield {"gebied": _area(line, row, None if shapes is None else shapes[place], is_rd=layer.is_rd)}
        elsewhere += max(layer.aantal, seen) - own
    yield {"einde": {"elders": elsewhere}}


def _fields(layer: Laag) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in layer.kolommen:
        known = _ALIASES.get(plain(name))
        if known is not None:
            found.setdefault(known, name)
    return found


def _level(fields: Mapping[str, Any]) -> tuple[str, str] | None:
    """The code and name that a layer is about: the finest level of which it has both."""
    for _, code, name in _LEVELS:
        if code in fields and name in fields:
            return code, name
    return ("statcode", "statnaam") if "statcode" in fields and "statnaam" in fields else None


def _where(fields: Mapping[str, str], gemeentecode: str) -> str | None:
    """Only this municipality, where the file can sift that itself."""
    return f"\"{fields['gemeentecode']}\" = '{gemeentecode}'" if "gemeentecode" in fields else None


def _is_own(row: Mapping[str, str], gemeentecode: str) -> bool:
    if row.get("gemeentecode"):
        return row["gemeentecode"] == gemeentecode
    level = _level(row)
    return level is not None and row[level[0]][2:6] == gemeentecode.removeprefix("GM")


def _area(line: int, row: Mapping[str, str], shape: bytes | None, *, is_rd: bool) -> dict[str, Any]:
    """One area: its properties as the store of areas knows them, its year, its shape as GeoJSON, and how it was mended."""
    code, name = _level(row) or ("statcode", "statnaam")
    soort = next((kind for kind, start in _CODES.items() if row[code].startswith(start)), None)
    told = {
        "regel": line,
        "code": row[code],
        "naam": row[name] or ("Water" if row.get("water") == "JA" else ""),
        "soort": soort,
        "wijkcode": row.get("wijkcode") or None,
        "water": row.get("water") == "JA",
        "jaar": _year(row),
        "stelsel": Crs.RD if is_rd else Crs.CRS84,
    }
    polygon = None if shape is None else shapely.from_wkb(shape, on_invalid="ignore")
    if soort is None:
        return told | {"fout": ["code", "is geen CBS-code van een buurt (BU), wijk (WK) of gemeente (GM)"]}
    if not isinstance(polygon, Polygon | MultiPolygon) or not np.isfinite(polygon.bounds).all():
        return told | {"fout": ["geometrie", "is geen vlak"]}
    if not polygon.is_valid:
        mended = repair_area(polygon)
        if mended is None:
            place = shapely.is_valid_reason(polygon).partition("[")[2].rstrip("]")
            return told | {
                "fout": ["geometrie", f"de grens klopt niet (bij {place}) en is niet met zekerheid te herstellen"]
            }
        told["hersteld"] = True
        polygon = mended
    return told | {"geometrie": mapping(polygon)}


def _year(row: Mapping[str, str]) -> int | None:
    for name in ("jaar", "jrstatcode"):
        found = _YEAR.match(row.get(name, ""))
        if found:
            return int(found.group())
    return None


def _explain(layers: list[Laag]) -> str:
    names = sorted({name for layer in layers for name in layer.kolommen})[:15]
    told = f"gevonden: {', '.join(names)}" if names else "het bestand heeft geen velden"
    return f"Dit zijn geen wijken en buurten van het CBS. {_NEEDED}; {told}."


if __name__ == "__main__":
    serve(read)
