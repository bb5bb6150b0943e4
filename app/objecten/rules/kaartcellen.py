"""Cells of the map: where a place is counted, and how coarse a window is shown (REG-20, ADR 0015).

A cell is a square of RD, from its south-west corner on: a place on an edge belongs to the cell north or east of it, so that
every place lies in exactly one. Places are counted in whole centimetres, so that sums add up whatever the order.
"""

from dataclasses import dataclass

NIVEAUS = (125, 500, 2_000, 8_000)
"""Sides in metres of the cells whose counts are kept; each fits a whole number of times in the next."""

MAX_PUNTEN = 2_000
"""Above this number a window is shown as clusters (traps: lists at a million rows)."""

Rechthoek = tuple[float, float, float, float]
"""West, south, east and north in metres of RD."""

STROOK = 2_000
"""Height in metres of the strips by which places are found: an index on strip and x answers any window."""

_ACROSS = 20  # cells over the longer side of a window, at most
_SMALLEST = 125 / 64


@dataclass(frozen=True)
class Cellen:
    """A rectangle of cells of one level: rows and columns, the last ones included."""

    zijde: int
    min_col: int
    min_row: int
    max_col: int
    max_row: int

    @property
    def rechthoek(self) -> Rechthoek:
        """The same in metres; a place on its north or east edge lies outside."""
        side = self.zijde
        return (self.min_col * side, self.min_row * side, (self.max_col + 1) * side, (self.max_row + 1) * side)


def column_of(place: float, side: float) -> int:
    """The column (or row) in which a coordinate in metres lies."""
    return int(place // side)  # not floor(place / side): that rounds a place just before an edge over it


def centimetres(place: float) -> int:
    """A coordinate in metres as it is summed."""
    return round(place * 100)


def shown_side(width: float, height: float) -> float:
    """The side of the cells in which a window of this size is shown: 125 metres times a power of two."""
    side = _SMALLEST
    while side * _ACROSS < max(width, height):
        side *= 2
    return side


def kept_levels(side: float) -> list[int]:
    """The levels to count a window with, coarsest first: that which fits in cells of this side, and the next finer for the edges."""
    return [level for level in reversed(NIVEAUS) if level <= side][:2]


def whole_cells(level: int, box: Rechthoek) -> Cellen | None:
    """The cells of a level that lie wholly in a box; None when there are none."""
    min_x, min_y, max_x, max_y = box
    found = Cellen(
        level,
        column_of(min_x, level) + (min_x % level > 0),
        column_of(min_y, level) + (min_y % level > 0),
        column_of(max_x, level) - 1,
        column_of(max_y, level) - 1,
    )
    return found if found.min_col <= found.max_col and found.min_row <= found.max_row else None


def around(inner: Rechthoek, outer: Rechthoek) -> list[Rechthoek]:
    """What lies in the outer box and not in the inner one, as at most four boxes: south, north, west, east.

    All boxes but the outer one leave out their north and east edges.
    """
    min_x, min_y, max_x, max_y = outer
    in_min_x, in_min_y, in_max_x, in_max_y = inner
    strips = [
        (min_x, min_y, max_x, in_min_y),
        (min_x, in_max_y, max_x, max_y),
        (min_x, in_min_y, in_min_x, in_max_y),
        (in_max_x, in_min_y, max_x, in_max_y),
    ]
    return [strip for strip in strips if strip[0] <= strip[2] and strip[1] <= strip[3]]
