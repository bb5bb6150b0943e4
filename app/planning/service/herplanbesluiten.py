"""Carrying a proposal to replan out, or refusing it; carrying out checks that nothing it rests on changed since."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.controles.service.planning import ControlePlan
from app.controles.service.verzetten import Uitgangspunt, Verzetting, change_plan, places_of
from app.controles.status import Aanleiding
from app.core.errors import Fout
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import hold_plan
from app.objecten.service.objecten import objects_by_ids
from app.planning.errors import ReleaseRefused, WrongStatus
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
from app.planning.service.gegevens import NOG_TE_DOEN, load_state
from app.planning.service.herplanningen import detail_of, note_replan, require_replan
from app.planning.service.rooster import require_roster
from app.planning.solver.replanning import Wijziging
from app.planning.status import Beschikbaarheidsoort, Herplangebeurtenis, Herplanstatus
from app.planning.tables import Herplanning

LOS_VAN_TUSSENTIJD = frozenset({Aanleiding.RISICOADRES, Aanleiding.HERCONTROLE, None})
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
    _refuse_faults(uow, row, moves, adds)
    drops = {
        UUID(change["controleId"]): change["waarom"]
        for change in row.wijzigingen
        if change["controleId"] is not None and change["soort"] == Wijziging.VERVALLEN
    }
    done = change_plan(uow, row.gemeentecode, _basis(row), moves, drops, adds)
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


def _basis(row: Herplanning) -> Uitgangspunt:
    shifts = [s for s in row.stand if s["teamId"] is not None]
    return Uitgangspunt(
        diensten=[(UUID(s["teamId"]), date.fromisoformat(s["datum"]), s["van"], s["tot"]) for s in shifts],
        versies={UUID(nr): version for s in row.stand for nr, version in s["versies"].items()},
    )


def _refuse_faults(
    uow: UnitOfWork, row: Herplanning, moves: Sequence[Verzetting], adds: Sequence[ControlePlan]
) -> None:
    """Refuses what the roster or the register does not allow any more since the calculation, with all reasons."""
    faults = []
    if any(move.datum < uow.today for move in moves) or any(plan.datum < uow.today for plan in adds):
        faults.append(Fout("wijzigingen", "een bezoek zou in het verleden komen; laat opnieuw herplannen"))
    faults += _without_shift(uow, row, moves, adds)
    faults += _too_close(uow, row, moves, adds)
    if faults:
        raise ReleaseRefused("Deze herplanning past niet meer; zie 'fouten'. Laat opnieuw herplannen.", faults)


def _without_shift(
    uow: UnitOfWork, row: Herplanning, moves: Sequence[Verzetting], adds: Sequence[ControlePlan]
) -> list[Fout]:
    roster = require_roster(uow, row.gemeentecode, row.van, row.tot)
    usable = {(s.team_id, s.datum, s.van, s.tot): powers for s, powers in roster.usable()}
    faults = []
    for team_id, datum, van, tot in _basis(row).diensten:
        comes = [
            p
            for p in adds
            if (p.team_id, p.datum) == (team_id, datum) and p.aanvang is not None and van <= p.aanvang < tot
        ]
        here = bool(comes) or any((m.team_id, m.datum) == (team_id, datum) and van <= m.aanvang < tot for m in moves)
        powers = usable.get((team_id, datum, van, tot))
        if here and powers is None:
            faults.append(
                Fout("wijzigingen", f"de dienst op {datum:%d-%m-%Y} is er niet meer, of heeft te weinig mensen")
            )
        elif powers is not None:
            places = objects_by_ids(uow, {plan.object_id for plan in comes})
            if any(place.type not in powers for place in places.values()):
                faults.append(
                    Fout("wijzigingen", f"het team is op {datum:%d-%m-%Y} niet meer aangewezen voor dit soort object")
                )
    return faults


def _too_close(
    uow: UnitOfWork, row: Herplanning, moves: Sequence[Verzetting], adds: Sequence[ControlePlan]
) -> list[Fout]:
    """Objects that somebody planned since: the days between two controls would not be kept, or there would be two on one day."""
    stand = load_state(uow, row.gemeentecode, uow.today, {row.van.year, row.tot.year})
    known = {UUID(nr) for s in row.stand for nr in [*s["versies"], *s.get("bekend", ())]}
    places = places_of(uow, [move.controle_id for move in moves])
    comes = [
        (places[m.controle_id][0], m.datum, stand.normen.tussentijd_dagen) for m in moves if m.controle_id in places
    ]
    comes += [
        (p.object_id, p.datum, 1 if p.aanleiding in LOS_VAN_TUSSENTIJD else stand.normen.tussentijd_dagen) for p in adds
    ]
    since: dict[UUID, list[date]] = {}
    for control in stand.all_controls():
        if control.status in NOG_TE_DOEN and control.controle_id not in known:
            since.setdefault(control.object_id, []).append(control.datum)
    return [
        Fout("wijzigingen", f"dit object is intussen ook gepland op {min(near):%d-%m-%Y}, te dicht op {datum:%d-%m-%Y}")
        for object_id, datum, gap in comes
        if (
            near := [
                day
                for day in since.get(object_id, ())
                if abs((day - datum).days) < max(1, gap) and row.van <= day <= row.tot
            ]
        )
    ]


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
