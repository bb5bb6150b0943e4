"""Findings: recorded with the control they come from, read by class."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from app.bevindingen.errors import BevindingNotFound, HersteltermijnOntbreekt, TermijnStaatVast
from app.bevindingen.repository import bevindingen as repository
from app.bevindingen.schemas.bevindingen import (
    BevindingCreate,
    BevindingInhoud,
    ControleRef,
    NalevingRef,
    Treffercode,
    Verlopen,
)
from app.bevindingen.status import Afsluitreden
from app.bevindingen.tables import Bevinding
from app.core.clock import add_years, business_date
from app.core.columns import SealedText
from app.core.errors import Fout, InvalidInput
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork


def record_hits(
    uow: UnitOfWork, controle: ControleRef, hits: Sequence[BevindingCreate], *, first: bool = False
) -> list[UUID]:
    """Makes the findings of a control equal to its hits of this moment; sending the same again changes nothing.

    One row per control and item. A changed hit updates its row; one that is no longer there is marked `gecorrigeerd_op` and stays,
    since a signal may rest on it (design section 6); one that comes back loses that mark.

    Args:
        uow: the transaction in which the answers are stored too.
        controle: where and when; its id is the record id of the sealed answers, so that one data key serves the control.
        hits: all hits of the control; an item at most once.
        first: the caller holds the control locked and knows that nothing was recorded of it yet, so nothing is looked up.

    Returns:
        The id of the finding of each hit, in the order of `hits`.
    """
    stored = {} if first else {row.item: row for row in repository.of_control(uow.session, controle.controle_id)}
    ids = {item: row.id for item, row in stored.items()}
    new_or_changed = [hit for hit in hits if not _same(uow, stored.get(hit.item), hit)]
    ids |= repository.store(uow.session, [_row(uow, controle, hit, stored.get(hit.item)) for hit in new_or_changed])
    hit_items = {hit.item for hit in hits}
    vanished = [row.id for item, row in stored.items() if item not in hit_items and row.gecorrigeerd_op is None]
    repository.mark_corrected(uow.session, vanished, uow.now)
    for row in stored.values():
        uow.session.expire(row)
    return [ids[hit.item] for hit in hits]


def forget_finding(uow: UnitOfWork, controle_id: UUID, item: str) -> bool:
    """Removes the finding of an item for good, when its term has passed; answers whether there was one.

    The caller makes sure that no signal stands on it.
    """
    return repository.delete(uow.session, controle_id, item)


def list_findings(uow: UnitOfWork, object_id: UUID, paging: Paging) -> list[BevindingInhoud]:
    """Compliance findings at an object, newest first: never a confidential one, nor a trace of it (DAT-13, DAT-14)."""
    return _read(uow, repository.page_of_object(uow.session, uow.caller, object_id, paging))


def findings_by_ids(uow: UnitOfWork, ids: Collection[UUID]) -> list[BevindingInhoud]:
    """Findings of both classes, oldest first. The caller answers for who may see them (a signal's AF only)."""
    return _read(uow, repository.with_ids(uow.session, ids)) if ids else []


def items_behind(uow: UnitOfWork, ids: Collection[UUID], controles: Collection[UUID]) -> list[Treffercode]:
    """Item and weight of findings by id, and of all findings of controls, in one query; no answer is opened.

    The caller answers for who may know them: they are for the rules of who receives a signal.
    """
    return repository.codes_of(uow.session, ids, controles) if ids or controles else []


def objects_with_hit(uow: UnitOfWork, objects: Collection[UUID], items: Collection[str]) -> set[UUID]:
    """Those of the objects where one of these items was ever a weighing hit, corrected or not, in one query.

    The caller answers for who hears it: of a confidential item nobody but the AF.
    """
    return repository.objects_with(uow.session, objects, items) if objects and items else set()


def get_finding(uow: UnitOfWork, bevinding_id: UUID) -> BevindingInhoud:
    """One compliance finding; a confidential one looks as if it were not there (DAT-13).

    Raises:
        BevindingNotFound: unknown or not visible.
    """
    row = repository.readable_one(uow.session, uow.caller, bevinding_id)
    if row is None:
        raise BevindingNotFound
    return _read(uow, [row])[0]


def set_term(uow: UnitOfWork, bevinding_id: UUID, termijn: date) -> BevindingInhoud:
    """Gives a compliance finding a term where the norms gave none (PLN-12); the same again changes nothing.

    Raises:
        BevindingNotFound: unknown or not visible.
        TermijnStaatVast: it has another term.
        InvalidInput: before the finding, or more than two years ahead.
    """
    row = _lock(uow, bevinding_id)
    if row.hersteltermijn != termijn:
        if row.hersteltermijn is not None:
            raise TermijnStaatVast
        if not business_date(row.vastgesteld_op) <= termijn <= add_years(uow.today, 2):
            fault = Fout("hersteltermijn", "ligt voor de bevinding of meer dan twee jaar vooruit")
            raise InvalidInput("Er is 1 fout gevonden; zie 'fouten'.", [fault])
        row.hersteltermijn = termijn
        uow.session.flush()
        uow.audit("bevinding", row.id, row.gemeentecode)
    return _read(uow, [row])[0]


def close_finding(uow: UnitOfWork, bevinding_id: UUID, reden: Afsluitreden) -> BevindingInhoud:
    """Closes a compliance finding; once closed it stays as it was closed. Who calls made sure of the re-check.

    Raises:
        BevindingNotFound: unknown or not visible.
        HersteltermijnOntbreekt: it never got a term (PLN-12).
    """
    row = _lock(uow, bevinding_id)
    if row.hersteltermijn is None:
        raise HersteltermijnOntbreekt
    if row.afgesloten_op is None:
        row.afgesloten_op, row.afgesloten_door, row.afsluitreden = uow.now, uow.caller.account_id, reden
        uow.session.flush()
        uow.audit("bevinding", row.id, row.gemeentecode)
    return _read(uow, [row])[0]


def overdue_findings(uow: UnitOfWork, after: UUID | None, limit: int) -> list[Verlopen]:
    """Compliance findings whose term is over and that were not dealt with yet, of all municipalities; for the sweep alone."""
    return repository.overdue(uow.session, uow.today, after, limit)


def mark_dealt_with(uow: UnitOfWork, ids: Collection[UUID]) -> None:
    """Notes that the sweep dealt with findings, so that each asks for a re-check once."""
    repository.mark_asked(uow.session, ids, uow.now)


def compliance_to_check(uow: UnitOfWork, objects: Collection[UUID], since: datetime) -> list[BevindingInhoud]:
    """Compliance findings at objects that a next control can check again (PLN-12), in two queries; never a confidential one."""
    return _read(uow, repository.open_compliance(uow.session, uow.caller, objects, since)) if objects else []


def compliance_of_controls(uow: UnitOfWork, controles: Collection[UUID]) -> list[BevindingInhoud]:
    """Compliance findings of controls that stand, by item, in two queries; for files and reports (DAT-13, RPT-01)."""
    return _read(uow, repository.compliance_of_controls(uow.session, uow.caller, controles)) if controles else []


def standing_compliance(
    uow: UnitOfWork, since: datetime, *, gemeentecode: str | None = None, objects: Collection[UUID] | None = None
) -> list[NalevingRef]:
    """Compliance findings since a moment that stand, without their answers, in one query (RPT-04)."""
    return repository.standing_compliance(uow.session, uow.caller, gemeentecode, objects, since)


def compliance_with_term(uow: UnitOfWork, gemeentecode: str, van: datetime, tot: datetime) -> set[UUID]:
    """Controls in a period with a compliance finding that set a term, in one query; never a trace of a confidential one (MON-13)."""
    return repository.controls_with_term(uow.session, uow.caller, gemeentecode, van, tot)


def count_compliance(uow: UnitOfWork, controls: Collection[str]) -> dict[str, int]:
    """Per control, ids as text, the number of compliance findings that stand, in one query; none is no entry (DAT-13)."""
    return repository.count_by_control(uow.session, uow.caller, controls) if controls else {}


def _lock(uow: UnitOfWork, bevinding_id: UUID) -> Bevinding:
    row = repository.readable_one(uow.session, uow.caller, bevinding_id, lock=True)
    if row is None:
        raise BevindingNotFound
    return row


def seal_answer(uow: UnitOfWork, row: Bevinding, answer: str) -> SealedText:
    """The answer of a finding, sealed under its control."""
    return uow.seal(row.controle_id, _field(row.item), answer)


def unseal_answer(uow: UnitOfWork, row: Bevinding) -> str:
    """The answer of a finding."""
    return uow.unseal(row.controle_id, _field(row.item), row.antwoord)


def _field(item: str) -> str:
    return f"bevinding.{item}"


def _same(uow: UnitOfWork, row: Bevinding | None, hit: BevindingCreate) -> bool:
    return (
        row is not None
        and row.gecorrigeerd_op is None
        and (row.barriere, row.checklistversie, row.klasse, row.gewicht)
        == (hit.barriere, hit.checklistversie, hit.klasse, hit.gewicht)
        and hit.hersteltermijn in {None, row.hersteltermijn}  # a term that was given by hand stays
        and uow.unseal(row.controle_id, _field(row.item), row.antwoord) == hit.antwoord
    )


def _row(uow: UnitOfWork, controle: ControleRef, hit: BevindingCreate, known: Bevinding | None) -> Mapping[str, Any]:
    return {
        "id": known.id
        if known
        else uuid4(),  # ids that count up would tell how many confidential findings stand in between
        "gemeentecode": controle.gemeentecode,
        "object_id": controle.object_id,
        "controle_id": controle.controle_id,
        "barriere": hit.barriere,
        "item": hit.item,
        "checklistversie": hit.checklistversie,
        "klasse": hit.klasse,
        "gewicht": hit.gewicht,
        "antwoord": uow.seal(controle.controle_id, _field(hit.item), hit.antwoord),
        "vastgesteld_op": controle.vastgesteld_op,
        "hersteltermijn": hit.hersteltermijn or (known.hersteltermijn if known else None),
        "gecorrigeerd_op": None,
    }


def _read(uow: UnitOfWork, rows: Sequence[Bevinding]) -> list[BevindingInhoud]:
    uow.load_data_keys(row.controle_id for row in rows)
    return [
        BevindingInhoud(
            **row.model_dump(exclude={"gemeentecode", "antwoord", "hercontrole_gevraagd_op", "afgesloten_door"}),
            antwoord=uow.unseal(row.controle_id, _field(row.item), row.antwoord),
        )
        for row in rows
    ]
