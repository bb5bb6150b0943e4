"""Gives all places of a municipality the areas of the division that holds now, when that division changes (REG-20).

It changes when areas are read in, and on 1 January when those of the new year are known. A pass over all places goes in batches of one
transaction each; a sweep finds what changed, and begins again what was broken off.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

import numpy as np

from app.core.clock import business_date
from app.core.jobs import UnitFactory
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.gebiedscodes import AreaCodes
from app.gemeenten.service.gebieden import Indeling, indeling_of, municipalities_with_areas, stempel_of
from app.objecten.repository import toewijzing as repository
from app.objecten.repository.toewijzing import Plaats
from app.objecten.tables import Gebiedstoewijzing

TASK = "objecten.gebieden"
BATCH = 2_000


def schedule_assignment(uow: UnitOfWork, gemeentecode: str) -> UUID | None:
    """Has the places of a municipality assigned anew in the background when its division is not the one they were assigned by.

    Returns:
        The record of the pass that was begun or goes on, or None when all was done.
    """
    jaar, stempel = stempel_of(uow, gemeentecode)
    progress = repository.progress_of(uow.session, gemeentecode)
    if progress is None:
        progress = Gebiedstoewijzing(gemeentecode=gemeentecode, stempel="")
        uow.session.add(progress)
    elif progress.stempel == stempel and progress.klaar_op is not None and not _must_look(uow, progress):
        return None
    if progress.stempel != stempel or progress.klaar_op is not None:
        _begin(progress, jaar, stempel)
    uow.session.flush()
    # One job an hour at most: one that was lost for good is followed by another, and one that runs is not doubled.
    uow.enqueue(TASK, progress.id, f"{TASK}:{progress.id}:{stempel}:{uow.now:%Y%m%d%H}")
    return progress.id


def due_municipalities(uow: UnitOfWork) -> list[str]:
    """Municipalities of which the places are not assigned by the division that holds today, or were not looked at today."""
    known = repository.all_progress(uow.session)
    due = []
    for code in municipalities_with_areas(uow):
        progress = known.get(code)
        done = None if progress is None else progress.klaar_op
        if progress is None or done is None or progress.stempel != stempel_of(uow, code)[1] or _before_today(uow, done):
            due.append(code)
    return due


def assign_all(unit: UnitFactory, progress_id: UUID) -> None:
    """Goes on with a pass until it is done; safe to run again after a kill, and beside another."""
    more = True
    while more:
        with unit(TASK) as uow:
            more = _assign_batch(uow, progress_id)


def _assign_batch(uow: UnitOfWork, progress_id: UUID) -> bool:
    progress = repository.lock_progress(uow.session, progress_id)
    if progress is None:
        return False
    indeling = indeling_of(uow, progress.gemeentecode)
    if progress.stempel != indeling.stempel:
        _begin(progress, indeling.jaar, indeling.stempel)
    if progress.klaar_op is not None:
        return False
    if not progress.adressen_klaar:
        places = repository.addresses_after(uow.session, progress.gemeentecode, progress.na_adres, BATCH)
        progress.gewijzigd += _assign(uow, indeling, places, repository.assign_addresses)
        progress.adressen_klaar = len(places) < BATCH
        progress.na_adres = list(places[-1].sleutel) if places else progress.na_adres
        return True
    places = repository.objects_after(uow.session, progress.gemeentecode, progress.na_object, BATCH)
    progress.gewijzigd += _assign(uow, indeling, places, repository.assign_objects)
    progress.na_object = str(places[-1].sleutel[0]) if places else progress.na_object
    if len(places) == BATCH:
        return True
    progress.klaar_op = uow.now
    uow.audit("gebiedstoewijzing", progress.id, progress.gemeentecode)
    return False


def _assign(
    uow: UnitOfWork,
    indeling: Indeling,
    places: Sequence[Plaats],
    store: Callable[..., None],
) -> int:
    found = indeling.locate(np.array([(place.x, place.y) for place in places], dtype=np.float64).reshape(-1, 2))
    changed: list[tuple[Plaats, AreaCodes]] = [
        (place, areas) for place, areas in zip(places, found, strict=True) if place.gebieden != areas
    ]
    store(uow.session, changed)
    return len(changed)


def _begin(progress: Gebiedstoewijzing, jaar: int | None, stempel: str) -> None:
    progress.jaar, progress.stempel = jaar, stempel
    progress.na_adres, progress.adressen_klaar, progress.na_object = None, False, None
    progress.gewijzigd, progress.klaar_op = 0, None


def _must_look(uow: UnitOfWork, progress: Gebiedstoewijzing) -> bool:
    """Once a day: whether a place was stored by the old division at the very moment at which the new one came."""
    if progress.klaar_op is None or not _before_today(uow, progress.klaar_op):
        return False
    if repository.has_strays(uow.session, progress.gemeentecode, progress.jaar):
        return True
    progress.klaar_op = uow.now
    return False


def _before_today(uow: UnitOfWork, moment: datetime) -> bool:
    return business_date(moment) < uow.today
