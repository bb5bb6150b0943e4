"""Which tiles of a background map exist for the Netherlands: scheme of the web (EPSG:3857, XYZ)."""

import math

MIN_ZOOM = 6
MAX_ZOOM = 18
_WEST, _SOUTH, _EAST, _NORTH = 3.2, 50.6, 7.4, 53.8


def tile_at(zoom: int, longitude: float, latitude: float) -> tuple[int, int]:
    """Column and row of the tile in which a point lies; degrees (CRS84)."""
    size = 1 << zoom
    column = (longitude + 180) / 360 * size
    row = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2 * size
    return int(column), int(row)


def is_tile(zoom: int, column: int, row: int) -> bool:
    """Whether this tile shows a part of the Netherlands; nothing else is ever asked of the source."""
    if not MIN_ZOOM <= zoom <= MAX_ZOOM:
        return False
    west, north = tile_at(zoom, _WEST, _NORTH)
    east, south = tile_at(zoom, _EAST, _SOUTH)
    return west <= column <= east and north <= row <= south
