"""Release: what police and OM agreed with goes out, the rest stays planned and is up to the planner (PLN-01)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from app.controles.errors import NietVrijTeGeven, OvergangNietMogelijk
from app.controles.repository import afstemmingen, inzet
from app.controles.repository import controles as repository
from app.controles.rules import levensloop
from app.controles.rules.afstemming import needs_release, shown
from app.controles.service.afstemming import ask, stands_alone, waits_for_release
from app.controles.service.controles import get_controle
from app.controles.service.inzet import go_on
from app.controles.status import Aanleiding, Afstemstand, Controlestatus
from app.controles.tables import Controle
from app.core.unit_of_work import UnitOfWork
from app.objecten.service.objecten import objects_by_ids
from app.objecten.service.wensen import Aanhouding, holds_at, wishes_of
from app.objecten.status import Objecttype

OVERGANG = levensloop.OVERGANGEN["vrijgeven"]


def planned_of_round(uow: UnitOfWork, planronde_id: UUID) -> list[UUID]:
    """The controls of a round that are still planned, from today on."""
    rows = repository.of_round(uow.session, planronde_id, Controlestatus.GEPLAND)
    return [row.id for row in rows if row.datum >= uow.today]


def release_agreed(uow: UnitOfWork, planronde_id: UUID) -> list[UUID]:
    """Releases the planned controls of a round that need no agreement or have one that holds on their date.

    The others stay planned; asking again later releases what was agreed since.
    """
    return _release(uow, repository.of_round(uow.session, planronde_id, Controlestatus.GEPLAND))


def release_control(uow: UnitOfWork, controle_id: UUID) -> Controle:
    """Releases one control, such as that of a risk address between two rounds (CAD-06).

    Raises:
        ControleNotFound: unknown or not visible.
        OvergangNietMogelijk: it is not planned any more.
        NietVrijTeGeven: it is held back; the reason shown is always the planner.
    """
    controle = get_controle(uow, controle_id, lock=True)
    if controle.status is OVERGANG.naar:
        return controle
    if controle.status not in OVERGANG.van:
        raise OvergangNietMogelijk(f"{levensloop.WAT_KAN[controle.status]} Vrijgeven kan dan niet meer.")
    if not _release(uow, [controle]):
        raise NietVrijTeGeven
    uow.audit("controle", controle.id, controle.gemeentecode)
    return controle


def ask_for_visits(uow: UnitOfWork, gemeentecode: str, visits: Iterable[tuple[UUID, date, Aanleiding, bool]]) -> None:
    """Asks police and OM about the visits that need their agreement.

    Args:
        uow: the unit of work.
        gemeentecode: municipality of the objects.
        visits: object, date, trigger, and whether it is part of an integral action.
    """
    ask(uow, gemeentecode, needing_agreement(uow, gemeentecode, visits))


def needing_agreement(
    uow: UnitOfWork, gemeentecode: str, visits: Iterable[tuple[UUID, date, Aanleiding, bool]]
) -> set[tuple[UUID, date]]:
    """The visits of a plan that go out only after release, as object and date; arguments as of `ask_for_visits`."""
    wanted = list(visits)
    plekken = objects_by_ids(uow, {object_id for object_id, *_ in wanted})
    apart = stands_alone(uow, gemeentecode)
    return {
        (object_id, datum)
        for object_id, datum, aanleiding, in_actie in wanted
        if object_id in plekken
        and needs_release(aanleiding, plekken[object_id].type, in_actie=in_actie, seks_apart=apart)
    }


def after_moving(uow: UnitOfWork, controles: Collection[UUID]) -> list[UUID]:
    """After controls got another date: the same question is asked again, and a release that nobody agreed with is taken back.

    Call it after the new dates were written, in the same transaction.

    Returns:
        The controls that wait for release again.
    """
    rows = repository.with_ids(uow.session, controles, lock=True)
    for code in sorted({row.gemeentecode for row in rows}):
        own = [row for row in rows if row.gemeentecode == code]
        ask_for_visits(uow, code, [(r.object_id, r.datum, r.aanleiding, r.actie_id is not None) for r in own])
    released = [row for row in rows if row.status is Controlestatus.VRIJGEGEVEN]
    agreed = _agreed(uow, released)
    back = [row for row in released if row.id not in agreed]
    for row in back:
        row.status = levensloop.OVERGANGEN["aanhouden"].naar
        row.versie += 1
    uow.session.flush()
    return [row.id for row in back]


def take_back_held(uow: UnitOfWork) -> None:
    """Takes back what was released before a planner's wish held it back, and did not start; exactly what a hold does (PLN-01, PLN-17)."""
    holds, _ = wishes_of(uow, None)
    rows = repository.released_at(uow.session, holds, uow.today) if holds else ()
    plekken = objects_by_ids(uow, {row.object_id for row in rows})
    for row in rows:
        plek = plekken.get(row.object_id)
        if plek is not None and _held(row, plek.type, holds[row.object_id]):
            row.status = levensloop.OVERGANGEN["aanhouden"].naar
            row.versie += 1
    uow.session.flush()


def _release(uow: UnitOfWork, rows: Sequence[Controle]) -> list[UUID]:
    agreed = _agreed(uow, rows)
    for row in rows:
        if row.id in agreed:
            row.status = OVERGANG.naar
            row.versie += 1
    uow.session.flush()
    for controle_id in _begun(uow, agreed):
        go_on(uow, controle_id)
    return [row.id for row in rows if row.id in agreed]


def _begun(uow: UnitOfWork, controles: Collection[UUID]) -> list[UUID]:
    """Those of the controls that the field began while they waited for release."""
    found = inzet.of_controls(uow.session, controles) if controles else ()
    return sorted({row.controle_id for row in found if row.ingecheckt_op is not None})


def _agreed(uow: UnitOfWork, rows: Sequence[Controle]) -> set[UUID]:
    """The controls that may go out: not held back by a planner, and no agreement needed or one that holds on their date."""
    plekken = objects_by_ids(uow, {row.object_id for row in rows})
    known = afstemmingen.of_objects(uow.session, {row.object_id for row in rows})
    apart = _standing(uow, rows)
    held = holds_at(uow, {row.object_id for row in rows})
    found = set()
    for row in rows:
        plek = plekken.get(row.object_id)
        if plek is None or _held(row, plek.type, held.get(row.object_id, Aanhouding())):
            continue
        asked = known.get((row.object_id, row.datum))
        waits = waits_for_release(row, plek.type, seks_apart=apart[row.gemeentecode])
        if not waits or (asked is not None and shown(asked.akkoord_tot, row.datum) is Afstemstand.AKKOORD):
            found.add(row.id)
    return found


def _held(row: Controle, soort: Objecttype, hold: Aanhouding) -> bool:
    """Whether a planner's wish holds the visit back; the rhythm of a sex establishment only on request of the OM (PLN-17)."""
    until = hold.norm_tot if soort is Objecttype.SEKS else hold.tot
    return until is not None and row.datum <= until


def _standing(uow: UnitOfWork, rows: Sequence[Controle]) -> dict[str, bool]:
    return {code: stands_alone(uow, code) for code in {row.gemeentecode for row in rows}}
