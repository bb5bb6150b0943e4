"""What exports take out of the stock: every row that the caller may see, in batches, within one snapshot (`Runtime.snapshot`)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from app.core.unit_of_work import UnitOfWork
from app.objecten.repository import uitvoer as repository
from app.objecten.rules.termijnen import is_expired, is_late
from app.objecten.schemas.exportrijen import ObjectRij, RisicoRij, VergunningRij, Vergunningstand
from app.objecten.schemas.filters import Objectfilter, Risicofilter, Vergunningfilter
from app.objecten.service.zoeken import prepare_filters
from app.objecten.status import Risicostatus
from geo.boxes import Bbox, all_in_box
from geo.crs import Crs


def iter_objecten(uow: UnitOfWork, filters: Objectfilter) -> Iterator[list[ObjectRij]]:
    """Objects in the order of municipality and number; with a window exactly those whose point lies in it."""
    filters = prepare_filters(uow, filters)
    for rows in repository.objects(uow.session, uow.caller, filters):
        inside = _inside(filters.bbox, ((row.x, row.y) for row in rows))
        yield rows if inside is None else [row for row, shown in zip(rows, inside, strict=True) if shown]


def count_objecten(uow: UnitOfWork, filters: Objectfilter) -> int:
    """How many rows `iter_objecten` gives in the same snapshot."""
    filters = prepare_filters(uow, filters)
    if _is_curved(filters.bbox):
        return _count_inside(filters.bbox, repository.object_points(uow.session, uow.caller, filters))
    return repository.count_objects(uow.session, uow.caller, filters)


def objecten_by_ids(uow: UnitOfWork, ids: Collection[str]) -> dict[str, ObjectRij]:
    """The objects with these ids that the caller may see, in one query."""
    return {row.id: row for row in repository.objects_by_ids(uow.session, uow.caller, sorted(ids))} if ids else {}


def vergunningstanden(uow: UnitOfWork, ids: Collection[str]) -> dict[str, Vergunningstand]:
    """Per object its latest granted permit, business plan and Bibob test, in three queries.

    Only for whoever may read all of these: the rights of the operation decide (`bibob_toetsen_lijst`).
    """
    if not ids:
        return {}
    wanted = sorted(ids)
    permits = repository.latest_permits(uow.session, uow.caller, wanted)
    plans = repository.latest_plans(uow.session, uow.caller, wanted)
    tests = repository.latest_tests(uow.session, uow.caller, sorted(permit.id for permit in permits.values()))
    standing: dict[str, Vergunningstand] = {}
    for object_id in permits.keys() | plans.keys():
        version, approved = plans.get(object_id, (None, None))
        stand = Vergunningstand(planversie=version, plan_goedgekeurd_op=approved)
        if object_id in permits:
            permit = permits[object_id]
            stand = stand._replace(
                soort=permit.soort,
                nummer=permit.nummer,
                geldig_vanaf=permit.geldig_vanaf,
                geldig_tot=permit.geldig_tot,
                getoetst_op=tests.get(permit.id),
            )
        standing[object_id] = stand
    return standing


def iter_vergunningen(uow: UnitOfWork, filters: Vergunningfilter) -> Iterator[list[VergunningRij]]:
    """Permits in the order of municipality, kind and number."""
    return repository.permits(uow.session, uow.caller, filters)


def count_vergunningen(uow: UnitOfWork, filters: Vergunningfilter) -> int:
    """How many rows `iter_vergunningen` gives in the same snapshot."""
    return repository.count_permits(uow.session, uow.caller, filters)


def iter_risicoadressen(uow: UnitOfWork, filters: Risicofilter) -> Iterator[list[RisicoRij]]:
    """Risk addresses, longest in view first (CAD-06); with a window exactly those whose object lies in it."""
    for found in repository.risks(uow.session, uow.caller, filters, uow.today):
        rows = found
        if filters.bbox is not None:
            places = objecten_by_ids(uow, {row.object_id for row in rows})
            inside = _inside(filters.bbox, ((places[row.object_id].x, places[row.object_id].y) for row in rows))
            rows = [row for row, shown in zip(rows, inside or (), strict=True) if shown]
        yield [_as_of_today(row, uow) for row in rows]


def count_risicoadressen(uow: UnitOfWork, filters: Risicofilter) -> int:
    """How many rows `iter_risicoadressen` gives in the same snapshot."""
    if _is_curved(filters.bbox):
        return _count_inside(filters.bbox, repository.risk_points(uow.session, uow.caller, filters, uow.today))
    return repository.count_risks(uow.session, uow.caller, filters, uow.today)


def _as_of_today(row: RisicoRij, uow: UnitOfWork) -> RisicoRij:
    expired = row.status is Risicostatus.OPEN and is_expired(row.vervalt_op, uow.today)
    status = Risicostatus.VERVALLEN if expired else row.status
    return row._replace(status=status, te_laat=status is Risicostatus.OPEN and is_late(row.controle_voor, uow.today))


def _is_curved(bbox: Bbox | None) -> bool:
    """Whether the box of the database finds a few too many: edges in degrees are curved in RD."""
    return bbox is not None and bbox.crs is Crs.CRS84


def _inside(bbox: Bbox | None, points: Iterable[Sequence[Any]]) -> list[bool] | None:
    if bbox is None:
        return None
    places = np.array([tuple(point) for point in points], dtype=np.float64).reshape(-1, 2)
    shown: list[bool] = all_in_box(bbox, places[:, 0], places[:, 1]).tolist()
    return shown


def _count_inside(bbox: Bbox | None, batches: Iterable[Sequence[Any]]) -> int:
    return sum(sum(_inside(bbox, points) or ()) for points in batches)
