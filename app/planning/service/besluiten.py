"""Decisions on a round: confirm it, release it. Every step is an event with actor and reason (ROL-08).

A round is confirmed first and released after. In between police and OM are asked about the visits that need their agreement
(PLN-01): confirming asks, releasing lets out what was agreed and leaves the rest planned, and releasing again goes on with the rest. A
long round is released a part at a time: up to a day, then up to a later one.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.controles.service.planning import (
    ActiePlan,
    ControlePlan,
    plan_acties,
    plan_controles,
)
from app.controles.service.vrijgave import ask_for_visits, planned_of_round, release_agreed
from app.controles.status import Aanleiding
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import hold_plan
from app.planning.errors import ReleaseRefused, WrongStatus
from app.planning.repository import planrondes
from app.planning.schemas.planregels import Redenen
from app.planning.schemas.planrondes import Besluit, Vrijgavebesluit
from app.planning.service.overnemen import take_over
from app.planning.service.planrondes import note_step, released_until, require_round
from app.planning.service.vrijgavetoets import refuse_what_does_not_fit
from app.planning.solver.terms import TermCode
from app.planning.status import Planrondestatus
from app.planning.tables import Planregel, Planronde

VASTGESTELD, VRIJGEGEVEN = "vastgesteld", "vrijgegeven"


def confirm_round(uow: UnitOfWork, ronde_id: UUID, if_match: str | None, data: Besluit) -> Planronde:
    """Confirms a proposal; nothing in it changes after that.

    Raises:
        PlanrondeNotFound: unknown or not visible.
        PreconditionFailed: somebody changed the round or a visit in it.
        WrongStatus: it is no proposal, or its days are over.
    """
    ronde = require_round(uow, ronde_id, lock=True)
    check_version(if_match, ronde.versie)
    if ronde.status is not Planrondestatus.VOORSTEL:
        raise WrongStatus(f"Alleen een voorstel kan worden vastgesteld; deze planronde is {_state(ronde)}.")
    if ronde.tot < uow.today:
        raise WrongStatus("De dagen van deze planronde zijn voorbij. Start een nieuwe planronde.")
    _ask(uow, ronde)
    return _step(uow, ronde, Planrondestatus.VASTGESTELD, VASTGESTELD, data)


def release_round(uow: UnitOfWork, ronde_id: UUID, if_match: str | None, data: Vrijgavebesluit) -> Planronde:
    """Makes controls and acties of a confirmed round; date, team, order and time stand on the control from then on.

    With a last day only the visits up to that day; the rest stays confirmed and can be released later or withdrawn. Those that need no
    agreement, or have one, are released; the others stay planned. Releasing the same days again lets out what was agreed since; it says the
    same whether or not something was, since who waits for whom is nobody's business (PLN-01).

    Raises:
        PlanrondeNotFound: unknown or not visible.
        PreconditionFailed: somebody changed the round.
        WrongStatus: it was not confirmed, or nothing of it is left to release.
        ReleaseRefused: something does not fit any more (`vrijgavetoets`), or the last day lies before the round.
    """
    ronde = require_round(uow, ronde_id)
    hold_plan(uow, ronde.gemeentecode)
    overlapping = planrondes.lock_overlapping(uow.session, ronde)  # two releases over one period wait for each other
    check_version(if_match, ronde.versie)
    if ronde.status not in {Planrondestatus.VASTGESTELD, Planrondestatus.VRIJGEGEVEN}:
        raise WrongStatus(f"Stel de planronde eerst vast; deze planronde is {_state(ronde)}.")
    done = released_until(ronde)
    first = ronde.van if done is None else done + timedelta(days=1)
    last = data.tot_en_met or ronde.tot
    if last > ronde.tot:
        raise ReleaseRefused(
            f"'Tot en met' ligt na de laatste dag van de planronde, {ronde.tot:%d-%m-%Y}. Laat het leeg om alles vrij te geven."
        )
    if last < ronde.van:
        raise ReleaseRefused(f"'Tot en met' ligt voor de eerste dag van de planronde, {ronde.van:%d-%m-%Y}.")
    if last < first:
        if not planned_of_round(uow, ronde.id):
            raise WrongStatus("Deze dagen zijn al vrijgegeven; de controles staan er.")
        release_agreed(uow, ronde.id)
        return _step(uow, ronde, ronde.status, VRIJGEGEVEN, data)
    _release_days(uow, ronde, overlapping, first, last)
    ronde.vrijgegeven_tot = last
    status = Planrondestatus.VRIJGEGEVEN if last == ronde.tot else Planrondestatus.VASTGESTELD
    return _step(uow, ronde, status, VRIJGEGEVEN, data, {"van": first.isoformat(), "tot": last.isoformat()})


def _release_days(uow: UnitOfWork, ronde: Planronde, overlapping: Sequence[Planronde], first: date, last: date) -> None:
    """Makes the controls and acties of some days of a round."""
    rules = [rule for rule in planrondes.all_rules(uow.session, ronde.id) if first <= rule.datum <= last]
    acties = [actie for actie in planrondes.acties(uow.session, ronde.id) if first <= actie.datum <= last]
    refuse_what_does_not_fit(uow, ronde, overlapping, rules, acties)
    plans = [
        ActiePlan(
            gemeentecode=ronde.gemeentecode,
            datum=actie.datum,
            gebied=actie.gebied,
            partner_ids=[UUID(partner) for partner in actie.partner_ids],
            aanvang=min((rule.aanvang for rule in rules if rule.actie_id == actie.id), default=None),
            planronde_id=ronde.id,
        )
        for actie in acties
    ]
    held = dict(zip((actie.id for actie in acties), plan_acties(uow, plans), strict=True))
    take_over(uow, ronde, rules)
    plan_controles(uow, [_control(ronde, rule, held) for rule in rules])
    release_agreed(uow, ronde.id)


def _ask(uow: UnitOfWork, ronde: Planronde) -> None:
    rules = planrondes.all_rules(uow.session, ronde.id)
    visits = [(rule.object_id, rule.datum, Aanleiding(rule.aanleiding), rule.actie_id is not None) for rule in rules]
    ask_for_visits(uow, ronde.gemeentecode, visits)


def _control(ronde: Planronde, rule: Planregel, acties: dict[UUID, UUID]) -> ControlePlan:
    return ControlePlan(
        object_id=rule.object_id,
        team_id=rule.team_id,
        datum=rule.datum,
        aanvang=rule.aanvang,
        duur=rule.duur,
        volgorde=rule.volgorde,
        aanleiding=Aanleiding(rule.aanleiding),
        actie_id=None if rule.actie_id is None else acties[rule.actie_id],
        planronde_id=ronde.id,
        integraal=rule.actie_id is not None,
        geloot=was_drawn_by_lot(rule),
    )


def was_drawn_by_lot(rule: Planregel) -> bool:
    """Whether a proposed visit came from the random share; its published terms say so (MON-13)."""
    return any(term.code == TermCode.ASELECT for term in Redenen.model_validate(rule.redenen).termen)


def _step(
    uow: UnitOfWork,
    ronde: Planronde,
    status: Planrondestatus,
    actie: str,
    data: Besluit,
    betreft: dict[str, Any] | None = None,
) -> Planronde:
    ronde.status = status
    ronde.versie += 1
    note_step(uow, ronde, actie, data.toelichting, betreft)
    uow.session.flush()
    return ronde


def _state(ronde: Planronde) -> str:
    return f"'{ronde.status.value}'"
