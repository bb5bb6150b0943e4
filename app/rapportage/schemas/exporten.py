"""What an export is asked as."""

from dataclasses import dataclass
from enum import StrEnum

from geo.crs import Crs


class Formaat(StrEnum):
    """The formats of an export."""

    CSV = "csv"
    XLSX = "xlsx"
    GEOJSON = "geojson"
    GPKG = "gpkg"


MEDIA_TYPES = {
    Formaat.CSV: "text/csv",
    Formaat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Formaat.GEOJSON: "application/geo+json",
    Formaat.GPKG: "application/geopackage+sqlite3",
}
DEFAULT_CRS = {Formaat.CSV: Crs.RD, Formaat.XLSX: Crs.RD, Formaat.GEOJSON: Crs.CRS84, Formaat.GPKG: Crs.RD}


@dataclass(frozen=True)
class Uitvoer:
    """How an export is to be written."""

    formaat: Formaat
    crs: Crs
