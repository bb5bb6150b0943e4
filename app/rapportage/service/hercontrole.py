"""The re-check of shortcomings: asked once when a term is over, and without it nothing is closed (PLN-12).

What is open is the same here as on the worklist (RPT-04): one rule. The task of any re-check, also that of a measure or of a silent
crew, is closed here and nowhere else, when the visit was carried out (INS-03, INS-06).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID

from app.bevindingen.errors import GeenTekortkoming, HersteltermijnOntbreekt, NogGeenHercontrole
from app.bevindingen.schemas.bevindingen import BevindingInhoud, BevindingRead, Verlopen
from app.bevindingen.service.bevindingen import (
    close_finding,
    get_finding,
    mark_dealt_with,
    overdue_findings,
    standing_compliance,
)
from app.bevindingen.status import Afsluitreden
from app.controles.service.historie import finished_at
from app.core.clock import add_working_days
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.service.gemeenten import all_codes
from app.gemeenten.service.taken import add_taak, close_taak_of
from app.planning.service.hercontroletaken import NA_NALEVING, Hercontroletaak, open_rechecks
from app.rapportage.rules.herstel import found_again, repaired_on
from app.rapportage.service.naleving import look_back, shortcoming
from app.rapportage.service.werklijst import TERUGKIJKEN, still_open

BATCH = 500


def ask_rechecks(uow: UnitOfWork) -> None:
    """Makes one task per control of which a shortcoming is past its term and still open.

    What was put right, found again or serves no enforcement asks for nothing. What belongs to a control that is not finished yet is
    looked at again later.
    """
    last: UUID | None = None
    while batch := overdue_findings(uow, last, BATCH):
        last = batch[-1].id
        by_place: dict[str, list[Verlopen]] = defaultdict(list)
        for found in batch:
            by_place[found.gemeentecode].append(found)
        for code in sorted(by_place):
            with _looking_at(uow, code):
                _ask(uow, code, by_place[code])


def finish_rechecks(uow: UnitOfWork) -> None:
    """Closes the tasks of re-checks that were carried out: a control of the object was finished from their first day on.

    That of a shortcoming only when no question of it is open any more: a visit at which nobody could tell is no re-check of it.
    """
    for code in all_codes(uow):
        waiting = open_rechecks(uow, code)
        if waiting:
            with _looking_at(uow, code):
                _finish(uow, waiting)


def close_shortcoming(uow: UnitOfWork, bevinding_id: UUID) -> BevindingRead:
    """Closes a shortcoming that a later control answered: put right, or found again and then followed there.

    Raises:
        BevindingNotFound: unknown or not visible.
        GeenTekortkoming: nothing to put right, it serves no enforcement (BEV-04), or its control is not finished or too long ago.
        HersteltermijnOntbreekt: it has no term.
        NogGeenHercontrole: no finished control answered the question since.
    """
    finding = get_finding(uow, bevinding_id)
    reason = _outcome(uow, finding)
    closed = close_finding(uow, bevinding_id, reason)
    _finish_task(uow, closed)
    return BevindingRead.model_validate(closed)


def _finish(uow: UnitOfWork, waiting: Sequence[Hercontroletaak]) -> None:
    last: dict[UUID, date] = {}
    for visit in finished_at(uow, {task.object_id for task in waiting}, min(task.vanaf for task in waiting)):
        last[visit.object_id] = visit.datum
    done = [task for task in waiting if last.get(task.object_id, date.min) >= task.vanaf]
    unanswered = _with_open_questions(uow, {task.object_id for task in done if task.soort == NA_NALEVING})
    for task in done:
        if task.soort != NA_NALEVING or task.onderwerp_id not in unanswered:
            close_taak_of(uow, task.soort, task.onderwerp_id)


def _ask(uow: UnitOfWork, code: str, found: Sequence[Verlopen]) -> None:
    objects = {one.object_id for one in found}
    since = uow.today - TERUGKIJKEN
    finished = {controle.id for controle in finished_at(uow, objects, since)}
    refs = standing_compliance(uow, _start(since), objects=objects)
    waiting = {(row.ref.controle_id, row.ref.item) for row in still_open(uow, refs, since)}
    terms: dict[UUID, date] = {}
    for one in found:
        if (one.controle_id, one.item) in waiting:
            terms[one.controle_id] = min(terms.get(one.controle_id, date.max), one.hersteltermijn)
    for controle_id, term in sorted(terms.items()):
        add_taak(
            uow,
            TaakCreate(
                gemeentecode=code,
                soort=NA_NALEVING,
                omschrijving="Laat een hercontrole doen: de hersteltermijn van een bevinding is voorbij.",
                voor_rol=Rol.PLANNER,
                onderwerp_soort="controle",
                onderwerp_id=controle_id,
                voor_datum=add_working_days(term, 1),
            ),
        )
    mark_dealt_with(uow, [one.id for one in found if one.controle_id in finished or one.hersteltermijn < since])


def _outcome(uow: UnitOfWork, finding: BevindingInhoud) -> Afsluitreden:
    since = uow.today - TERUGKIJKEN
    objects = set() if finding.object_id is None else {finding.object_id}
    controles = finished_at(uow, objects, since)
    own = next((one for one in controles if one.id == finding.controle_id), None)
    if own is None or own.verzegeld or shortcoming(own.checklistversies, finding.item) is None:
        raise GeenTekortkoming
    if finding.hersteltermijn is None:
        raise HersteltermijnOntbreekt
    refs = standing_compliance(uow, _start(since), objects=objects)
    visits = look_back(controles, refs)[own.object_id]
    if repaired_on(finding.item, own.datum, visits) is not None:
        return Afsluitreden.HERSTELD
    if found_again(finding.item, own.datum, visits):
        return Afsluitreden.OPNIEUW
    raise NogGeenHercontrole


def _finish_task(uow: UnitOfWork, closed: BevindingInhoud) -> None:
    """The re-check of a control is done when nothing of it is open any more."""
    if closed.object_id is not None and closed.controle_id not in _with_open_questions(uow, {closed.object_id}):
        close_taak_of(uow, NA_NALEVING, closed.controle_id)


def _with_open_questions(uow: UnitOfWork, objects: set[UUID]) -> set[UUID]:
    """The controls at these objects of which a shortcoming is still open."""
    since = uow.today - TERUGKIJKEN
    refs = standing_compliance(uow, _start(since), objects=objects) if objects else ()
    return {row.ref.controle_id for row in still_open(uow, refs, since)}


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


@contextmanager
def _looking_at(uow: UnitOfWork, gemeentecode: str) -> Iterator[None]:
    """Lets the service read the compliance of one municipality inside the block."""
    own = uow.caller
    uow.caller = replace(own, gemeenten=frozenset({gemeentecode}))
    try:
        yield
    finally:
        uow.caller = own
