"""Carrying a proposal to replan out, or refusing it; carrying out checks that nothing it rests on changed since."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.controles.service.planning import ControlePlan
from app.controles.service.verzetten import Verzetting, change_plan
from app.controles.status import Aanleiding
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import hold_plan
from app.planning.errors import WrongStatus
from app.planning.repository import beschikbaarheden
from app.planning.schemas.herplanningen import (
    Gebeurtenis,
    Herplanbesluit,
    HerplanningDetail,
    HerplanningToegepast,
    Plaats,
)
from app.planning.schemas.planrondes import Intrekking
from app.planning.service.diensten import remove_shift
from app.planning.service.herplanningen import detail_of, note_replan, require_replan
from app.planning.service.herplantoets import basis_of, refuse_what_does_not_fit
from app.planning.service.overnemen import take_for_replan
from app.planning.solver.replanning import Wijziging
from app.planning.status import Beschikbaarheidsoort, Herplangebeurtenis, Herplanstatus
from app.planning.tables import Herplanning

AL_BESLIST = "Over deze herplanning is al besloten; zij is '{}'."


def reject(uow: UnitOfWork, herplanning_id: UUID, if_match: str | None, data: Intrekking) -> HerplanningDetail:
    """Refuses a proposal; the plan stays as it is.

    Raises:
        HerplanningNotFound: unknown or not visible.
        PreconditionFailed: somebody was first.
        WrongStatus: it was decided already.
    """
    row = _proposal(uow, herplanning_id, if_match)
    _decide(uow, row, Herplanstatus.AFGEWEZEN, data.toelichting)
    return detail_of(uow, row)


def apply(uow: UnitOfWork, herplanning_id: UUID, if_match: str | None, data: Herplanbesluit) -> HerplanningToegepast:
    """Carries a proposal out: controls move, go and come in one transaction, or nothing happens.

    Raises:
        HerplanningNotFound: unknown or not visible.
        PreconditionFailed: somebody was first.
        WrongStatus: it was decided already.
        ReleaseRefused: a shift, a designation or the distance to another control does not hold any more; all reasons.
        PlanGewijzigd: a touched control changed since the calculation; all reasons.
    """
    hold_plan(uow, require_replan(uow, herplanning_id).gemeentecode)
    row = _proposal(uow, herplanning_id, if_match)
    events = [Gebeurtenis.model_validate(raw) for raw in row.gebeurtenissen]
    placed = [change for change in row.wijzigingen if change["naar"] is not None]
    moves = [_move(change) for change in placed if change["controleId"] is not None]
    adds = [_plan(change) for change in placed if change["controleId"] is None]
    taken = {UUID(nr): change["naar"] for change in placed if (nr := (change.get("verzet") or {}).get("planregelId"))}
    refuse_what_does_not_fit(uow, row, moves, adds, taken)
    drops = {
        UUID(change["controleId"]): change["waarom"]
        for change in row.wijzigingen
        if change["controleId"] is not None and change["soort"] == Wijziging.VERVALLEN
    }
    done = change_plan(uow, row.gemeentecode, basis_of(row), moves, drops, adds)
    take_for_replan(uow, row.id, taken)
    _remove_lost_shifts(uow, row.gemeentecode, events)
    _decide(uow, row, Herplanstatus.TOEGEPAST, data.toelichting)
    return HerplanningToegepast(**detail_of(uow, row).model_dump(), wacht_op_vrijgave=list(done.wacht_op_vrijgave))


def _proposal(uow: UnitOfWork, herplanning_id: UUID, if_match: str | None) -> Herplanning:
    row = require_replan(uow, herplanning_id, lock=True)
    check_version(if_match, row.versie)
    if row.status is not Herplanstatus.VOORSTEL:
        raise WrongStatus(AL_BESLIST.format(row.status.value))
    return row


def _decide(uow: UnitOfWork, row: Herplanning, status: Herplanstatus, toelichting: str) -> None:
    row.status = status
    row.versie += 1
    note_replan(uow, row, status.value, toelichting)


def _place(change: dict[str, Any]) -> tuple[UUID, date, int, int]:
    place = Plaats.model_validate(change["naar"])
    if place.team_id is None:
        msg = "a visit in a proposal has a team"
        raise ValueError(msg)
    return place.team_id, place.datum, place.aanvang or 0, place.volgorde or 0


def _move(change: dict[str, Any]) -> Verzetting:
    team_id, datum, aanvang, volgorde = _place(change)
    return Verzetting(
        controle_id=UUID(change["controleId"]), team_id=team_id, datum=datum, aanvang=aanvang, volgorde=volgorde
    )


def _plan(change: dict[str, Any]) -> ControlePlan:
    team_id, datum, aanvang, volgorde = _place(change)
    return ControlePlan(
        object_id=UUID(change["objectId"]),
        team_id=team_id,
        datum=datum,
        aanvang=aanvang,
        duur=change["duur"],
        volgorde=volgorde,
        aanleiding=None if change["aanleiding"] is None else Aanleiding(change["aanleiding"]),
    )


def _remove_lost_shifts(uow: UnitOfWork, gemeentecode: str, events: Sequence[Gebeurtenis]) -> None:
    """Takes a shift that falls out off the roster, so that nobody plans on it again."""
    for event in events:
        if event.soort is not Herplangebeurtenis.DIENST_UITGEVALLEN or event.datum is None or event.team_id is None:
            continue
        rows = beschikbaarheden.between(
            uow.session, gemeentecode, event.datum, event.datum, [event.team_id], Beschikbaarheidsoort.DIENST
        )
        for shift in rows:
            if event.van is None or shift.van == event.van:
                remove_shift(uow, shift.id, f'"{shift.versie}"')
