"""Takes a day route over: the order and times go onto the controls, and what was added becomes a control (PLN-01, REG-17)."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from app.controles.service.dagroutes import Dag, Plaats, place_on_day, team_day
from app.controles.service.planning import ControlePlan, plan_controles
from app.core.errors import Fout, InvalidInput, PreconditionFailed, PreconditionRequired
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import hold_plan
from app.planning.errors import WrongStatus
from app.planning.schemas.dagroutes import Overnamestop, Overnemen
from app.planning.service.dagkandidaten import Kandidaat, candidates
from app.planning.service.dagroutes import Dagdienst, choose_team, day_shift, point_of_place
from app.planning.service.probleem import cycling_minutes
from app.planning.solver.problem import Point


def take_over(uow: UnitOfWork, data: Overnemen, if_match: str | None) -> UUID:
    """Stores the order of a day and answers the team.

    Everything that is still to be done and is not named keeps its time. What is added must be a place that the team may visit in this
    shift by the same rules as in a proposal; a risk address or dwelling then still waits for its release.

    Raises:
        PreconditionRequired, PreconditionFailed: a control of the day was added or changed since it was seen.
        InvalidInput: a stop that is not on the route, cannot be added, or comes twice, or times that cannot be; all faults at once.
        WrongStatus: the team has no shift on that day and something is to be added.
    """
    team = choose_team(uow, data.team_id)
    dienst = day_shift(uow, data.datum, team)
    hold_plan(uow, dienst.gemeentecode if dienst else uow.caller.gemeentecode)
    dag = team_day(uow, data.datum, team, lock=True)
    if if_match is None:
        raise PreconditionRequired("Haal de dagroute eerst op en stuur de ETag mee in de If-Match-kop.")
    if if_match.strip().removeprefix("W/") != dag.tag:
        raise PreconditionFailed(
            "De dagroute is intussen gewijzigd. Haal haar opnieuw op en laat een nieuwe volgorde berekenen.",
            headers={"ETag": dag.tag},
        )
    allowed = _allowed(uow, data, dienst, dag)
    faults = _faults(data.stops, dag, allowed) or _times(data.stops, dag, allowed, dienst)
    if faults:
        raise InvalidInput("Deze volgorde kan zo niet worden overgenomen; zie 'fouten'.", faults)
    own = [
        Plaats(stop.controle_id, number, stop.aanvang)
        for number, stop in enumerate(data.stops, 1)
        if stop.controle_id is not None
    ]
    place_on_day(uow, own)
    plan_controles(uow, _new(data, team, allowed))
    uow.audit("dagroute", team)
    return team


def _allowed(uow: UnitOfWork, data: Overnemen, dienst: Dagdienst | None, dag: Dag) -> dict[UUID, Kandidaat]:
    """The places that may be added, by object."""
    if all(stop.object_id is None for stop in data.stops):
        return {}
    if dienst is None:
        raise WrongStatus(
            "Dit team heeft op die datum geen dienst. Laat de planner eerst een dienst in het rooster zetten."
        )
    found = candidates(uow, dienst.gemeentecode, dienst.slot, {own.plek.id for own in dag.controles})
    return {k.object_id: k for k in found}


def _faults(stops: Sequence[Overnamestop], dag: Dag, allowed: dict[UUID, Kandidaat]) -> list[Fout]:
    movable = {own.controle_id for own in dag.controles if own.te_doen and not own.in_actie}
    seen: set[UUID] = set()
    before, faults = -1, []
    for number, stop in enumerate(stops):
        where = f"body.stops.{number}"
        if (stop.controle_id is None) == (stop.object_id is None):
            faults.append(Fout(where, "geef een controleId, of een objectId"))
            continue
        key = stop.controle_id or stop.object_id
        if key is not None and key in seen:
            faults.append(Fout(where, "komt twee keer voor"))
        elif stop.controle_id is not None and stop.controle_id not in movable:
            faults.append(Fout(f"{where}.controleId", "staat niet op deze route, of is al begonnen"))
        elif stop.object_id is not None and stop.object_id not in allowed:
            faults.append(Fout(f"{where}.objectId", "kan in deze dienst niet worden bezocht"))
        if stop.aanvang <= before:
            faults.append(Fout(f"{where}.aanvang", "moet na de vorige stop liggen"))
        before = stop.aanvang
        seen |= {key} if key is not None else set()
    return faults


def _times(
    stops: Sequence[Overnamestop], dag: Dag, allowed: dict[UUID, Kandidaat], dienst: Dagdienst | None
) -> list[Fout]:
    """Stops that begin before the one before them and the way from there are done, and added ones whose door is shut then.

    A control that stands already may be done at a closed door: the route warns for it, and the team on the spot decides.
    """
    own = {control.controle_id: control for control in dag.controles}
    free: int | None = None
    here: Point | None = None
    faults = []
    for number, stop in enumerate(stops):
        begin = stop.aanvang if dienst is None else dienst.slot.real(stop.aanvang)
        if stop.object_id is not None:
            halte = allowed[stop.object_id].halte
            point: Point | None = halte.point
            duration = halte.duration
            if halte.windows is not None and not any(
                low <= begin and begin + duration <= high for low, high in halte.windows
            ):
                faults.append(Fout(f"body.stops.{number}.aanvang", "valt buiten de openingstijden of buiten de dienst"))
        else:
            control = own[cast("UUID", stop.controle_id)]
            point, duration = point_of_place(control.plek), control.duur
        travel = 0 if here is None or point is None else cycling_minutes(here, point)
        if free is not None and begin < free + travel:
            text = f"laat te weinig tijd voor de vorige stop en {travel} minuten reizen"
            faults.append(Fout(f"body.stops.{number}.aanvang", text))
        free, here = begin + duration, point or here
    return faults


def _new(data: Overnemen, team: UUID, allowed: dict[UUID, Kandidaat]) -> list[ControlePlan]:
    return [
        ControlePlan(
            object_id=stop.object_id,
            team_id=team,
            datum=data.datum,
            aanvang=stop.aanvang,
            duur=allowed[stop.object_id].halte.duration,
            volgorde=number,
            aanleiding=allowed[stop.object_id].aanleiding,
        )
        for number, stop in enumerate(data.stops, 1)
        if stop.object_id is not None
    ]
