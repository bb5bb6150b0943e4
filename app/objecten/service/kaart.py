"""The map: objects in a window, or clusters of them, counted exactly right at its edges (REG-20, ADR 0015).

Never by trigger, reason or use: a layer of dwellings by what is done there would be a register of people (REG-05).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.core.unit_of_work import UnitOfWork
from app.objecten.repository import kaart as repository
from app.objecten.repository.kaart import Punt
from app.objecten.rules.kaartcellen import (
    MAX_PUNTEN,
    Cellen,
    around,
    centimetres,
    column_of,
    kept_levels,
    shown_side,
    whole_cells,
)
from app.objecten.schemas.filters import Kaartfilter
from app.objecten.schemas.kaart import ClusterRead, KaartfeatureRead, KaartobjectRead, KaartRead
from app.objecten.schemas.velden import PuntRead
from app.objecten.service.punten import show_points
from app.objecten.status import Objecttype
from geo.boxes import Bbox, Box, all_in_box
from geo.crs import Crs

LARGE = 20_000
"""Longer side in metres of a window that is counted before anything else."""


@dataclass
class _Cluster:
    """What a cell of the shown grid holds; sums in centimetres."""

    per_type: dict[Objecttype, int] = field(default_factory=dict)
    aantal: int = 0
    som_x: int = 0
    som_y: int = 0

    def add(self, soort: Objecttype, number: int, sum_x: int, sum_y: int) -> None:
        """Adds objects of one type."""
        self.per_type[soort] = self.per_type.get(soort, 0) + number
        self.aantal, self.som_x, self.som_y = self.aantal + number, self.som_x + sum_x, self.som_y + sum_y


def show_map(uow: UnitOfWork, filters: Kaartfilter, window: Bbox, crs: Crs) -> KaartRead:
    """The objects in a window, or from `MAX_PUNTEN` on clusters of them; in at most six queries."""
    box = _rectangle(window.cover)
    width, height = box[2] - box[0], box[3] - box[1]
    points: list[Punt] = []
    # In a large window counting is sooner done than finding so many places.
    many = max(width, height) > LARGE
    if not many:
        points = repository.points_in(uow.session, uow.caller, filters, [box], MAX_PUNTEN + 1)
    if many or len(points) > MAX_PUNTEN:
        side = shown_side(width, height)
        clusters = _clusters(uow, filters, window, side)
        total = sum(cluster.aantal for cluster in clusters.values())
        if total > MAX_PUNTEN:
            return _show_clusters(clusters, total, side, crs)
        points = repository.points_in(uow.session, uow.caller, filters, [box])
    return _show_points(uow, _inside(window, points), crs)


def _clusters(uow: UnitOfWork, filters: Kaartfilter, window: Bbox, side: float) -> dict[tuple[int, int], _Cluster]:
    """Counts of whole cells as they are kept, coarse ones first and finer ones around them; along the edges place by place."""
    clusters: dict[tuple[int, int], _Cluster] = {}
    inner: Cellen | None = None
    for level in kept_levels(side):
        cells = None if window.inner is None else whole_cells(level, _rectangle(window.inner))
        if cells is None:
            continue
        for row, column, soort, *sums in repository.counts_of(uow.session, uow.caller, filters, cells, inner):
            at = (column_of(row * level, side), column_of(column * level, side))
            clusters.setdefault(at, _Cluster()).add(soort, *sums)
        inner = cells
    box = _rectangle(window.cover)
    strips = [box] if inner is None else around(inner.rechthoek, box)
    points = repository.points_in(uow.session, uow.caller, filters, strips)
    if inner is not None:
        west, south, east, north = inner.rechthoek
        points = [point for point in points if not (west <= point[2] < east and south <= point[3] < north)]
    for _, soort, x, y in _inside(window, points):
        at = (column_of(y, side), column_of(x, side))
        clusters.setdefault(at, _Cluster()).add(soort, 1, centimetres(x), centimetres(y))
    return clusters


def _inside(window: Bbox, points: Iterable[Punt]) -> list[Punt]:
    """The places that lie in the window as it was asked for, each once, in the order of their id."""
    each = sorted({point[0]: point for point in points}.values())
    if not each:
        return []
    xs, ys = np.array([point[2] for point in each]), np.array([point[3] for point in each])
    return [point for point, fits in zip(each, all_in_box(window, xs, ys).tolist(), strict=True) if fits]


def _show_points(uow: UnitOfWork, points: Sequence[Punt], crs: Crs) -> KaartRead:
    told = repository.shown_objects(uow.session, uow.caller, [point[0] for point in points])
    places = show_points([(x, y) for _, _, x, y in points], crs)
    features = []
    for (at, soort, _, _), place in zip(points, places, strict=True):
        if at not in told or place is None:
            continue
        naam, nummer, status = told[at]
        shown = None if soort is Objecttype.WON else naam
        about = KaartobjectRead(object_id=at, type=soort, naam=shown, nummer=nummer, status=status)
        features.append(KaartfeatureRead(id=str(at), geometry=place, properties=about, bbox=None))
    return KaartRead(totaal=len(features), celzijde=None, features=features)


def _show_clusters(clusters: dict[tuple[int, int], _Cluster], total: int, side: float, crs: Crs) -> KaartRead:
    listed = sorted(clusters.items())
    means = [(one.som_x / one.aantal / 100, one.som_y / one.aantal / 100) for _, one in listed]
    corners = [
        (column * side + right * side, row * side + up * side)
        for (row, column), _ in listed
        for right, up in ((0, 0), (1, 0), (0, 1), (1, 1))
    ]
    places, ends = _shown(means, crs), _shown(corners, crs)
    features = []
    for index, ((row, column), one) in enumerate(listed):
        xs, ys = zip(*(place.coordinates for place in ends[4 * index : 4 * index + 4]), strict=True)
        per_type = {soort: one.per_type[soort] for soort in Objecttype if one.per_type.get(soort)}
        features.append(
            KaartfeatureRead(
                id=f"{side:g}/{column}/{row}",
                geometry=places[index],
                properties=ClusterRead(aantal=one.aantal, per_type=per_type),
                bbox=[min(xs), min(ys), max(xs), max(ys)],
            )
        )
    return KaartRead(totaal=total, celzijde=side, features=features)


def _shown(places: Sequence[tuple[float, float]], crs: Crs) -> list[PuntRead]:
    return [place for place in show_points(places, crs) if place is not None]


def _rectangle(box: Box) -> tuple[float, float, float, float]:
    return box.min_x, box.min_y, box.max_x, box.max_y
