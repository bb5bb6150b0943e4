"""Figures per sector that join features; never a person, an address or a free text."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from app.controles.service.planning import controles_for_norm
from app.controles.status import Controlestatus
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.lijsten import read_list
from app.objecten.schemas.objecten import ObjectRead
from app.objecten.service.objecten import objects_by_ids
from app.rapportage.schemas.sectoren import SectorenRead, SectorRead


def sectors_of_year(uow: UnitOfWork, gemeentecode: str, jaar: int) -> SectorenRead:
    """Completed controls per sector, every sector of the list shown, also with zero (REG-07).

    Raises:
        GemeenteNotFound: the caller does not work there.
    """
    require_gemeente(uow, gemeentecode)
    done = [c for c in controles_for_norm(uow, gemeentecode, jaar) if c.status is Controlestatus.AFGEROND]
    places = objects_by_ids(uow, {control.object_id for control in done})
    controls = Counter(sector for control in done if (sector := _sector(places, control.object_id)))
    objects = Counter(sector for place in places if (sector := _sector(places, place)))
    rows = [
        SectorRead(sector=value.code, naam=value.naam, objecten=objects[value.code], controles=controls[value.code])
        for value in read_list(uow, "sectoren")
    ]
    return SectorenRead(gemeentecode=gemeentecode, jaar=jaar, sectoren=rows)


def _sector(places: Mapping[UUID, ObjectRead], object_id: UUID) -> str | None:
    place = places.get(object_id)
    return None if place is None else place.sector
