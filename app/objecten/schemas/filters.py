"""What lists of the stock can be narrowed by. Nothing here tells dwellings apart by their use (REG-05, REG-20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from app.objecten.status import Objectstatus, Objecttype, Risicostatus, Vergunningsoort, Vergunningstatus
from geo.boxes import Bbox, Box, all_in_box
from geo.shapes import Gebiedsvorm


@dataclass(frozen=True)
class Objectfilter:
    """Narrows a list of objects.

    Attributes:
        types: any of these; empty for all. So with `wijkcodes` and `buurtcodes`.
        controle_voor: with an open risk address to be controlled on or before that day.
        vergunningsoort: with a granted permit of this kind.
        ids: only these objects, when something else was found first.
        bbox: a window of the map.
        gebied: an area of the map, edges included.
        vandaag: the day on which a risk address must be open.
    """

    gemeentecode: str | None = None
    types: tuple[Objecttype, ...] = ()
    status: Objectstatus | None = None
    wijkcodes: tuple[str, ...] = ()
    buurtcodes: tuple[str, ...] = ()
    buiten_gemeente: bool | None = None
    controle_voor: date | None = None
    vergunningsoort: Vergunningsoort | None = None
    bibob_voor: date | None = None
    ids: frozenset[UUID] | None = None
    bbox: Bbox | None = None
    gebied: Gebiedsvorm | None = None
    vandaag: date = date.min

    @property
    def cover(self) -> Box | None:
        """The box in RD around the window and the area; None when there is neither."""
        boxes = [shape.cover for shape in (self.bbox, self.gebied) if shape is not None]
        return boxes[0] if len(boxes) == 1 else boxes[0].clip(boxes[1]) or Box(0, 0, 0, 0) if boxes else None

    def shows(self, places: Sequence[tuple[float | None, float | None]]) -> list[bool]:
        """Which of these places lie in the window and the area as they were asked for."""
        known = [at for at, (x, y) in enumerate(places) if x is not None and y is not None]
        xs, ys = (np.array([places[at][axis] for at in known], dtype=np.float64) for axis in (0, 1))
        inside = np.ones(len(known), dtype=np.bool_)
        if self.bbox is not None:
            inside &= all_in_box(self.bbox, xs, ys)
        if self.gebied is not None:
            inside &= self.gebied.covers_all(xs, ys)
        shown = {at for at, fits in zip(known, inside.tolist(), strict=True) if fits}
        return [at in shown for at in range(len(places))]


@dataclass(frozen=True)
class Kaartfilter:
    """What is shown on the map."""

    gemeentecode: str | None = None
    types: tuple[Objecttype, ...] = ()
    status: Objectstatus | None = None


@dataclass(frozen=True)
class Vergunningfilter:
    """Narrows a list of permits."""

    gemeentecode: str | None = None
    object_id: UUID | None = None
    soort: Vergunningsoort | None = None
    status: Vergunningstatus | None = None


@dataclass(frozen=True)
class Risicofilter:
    """Narrows a list of risk addresses; `due_voor` keeps those to be controlled on or before that day."""

    gemeentecode: str | None = None
    status: Risicostatus | None = None
    type: Objecttype | None = None
    wijkcode: str | None = None
    buurtcode: str | None = None
    due_voor: date | None = None
    bbox: Bbox | None = None
