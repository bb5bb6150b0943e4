"""Decisions on a round: confirm it, release it. Every step is an event with actor and reason (ROL-08).

A round is confirmed first and released after. In between police and OM are asked about the visits that need their agreement
(PLN-01): confirming asks, releasing lets out what was agreed and leaves the rest planned, and releasing again goes on with the rest. A
long round is released a part at a time: up to a day, then up to a later one.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.controles.service.planning import (
    ActiePlan,
    ControlePlan,
    controles_for_norm,
    plan_acties,
    plan_controles,
)
from app.controles.service.vrijgave import ask_for_visits, planned_of_round, release_agreed
from app.controles.status import Aanleiding
from app.core.errors import Fout
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.objecten.service.objecten import objects_by_ids
from app.planning.errors import ReleaseRefused, WrongStatus
from app.planning.repository import planrondes
from app.planning.rules.vrijgave import Voorgesteld, release_faults, released_since
from app.planning.schemas.planregels import Redenen
from app.planning.schemas.planrondes import Besluit, Vrijgavebesluit
from app.planning.service.bevoegdheid import team_powers
from app.planning.service.bord import NIET_BEZOCHT
from app.planning.service.planrondes import note_step, released_until, require_round
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
        ReleaseRefused: it would plan in the past, plan twice what was planned after it was calculated, or plan a team whose
            designation has ended (REG-17); or the last day lies before the round.
    """
    ronde = require_round(uow, ronde_id)
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
    _refuse_overtaken(ronde, overlapping, first, last)
    _release_days(uow, ronde, first, last)
    ronde.vrijgegeven_tot = last
    status = Planrondestatus.VRIJGEGEVEN if last == ronde.tot else Planrondestatus.VASTGESTELD
    return _step(uow, ronde, status, VRIJGEGEVEN, data, {"van": first.isoformat(), "tot": last.isoformat()})


def _release_days(uow: UnitOfWork, ronde: Planronde, first: date, last: date) -> None:
    """Makes the controls and acties of some days of a round."""
    rules = [rule for rule in planrondes.all_rules(uow.session, ronde.id) if first <= rule.datum <= last]
    _refuse_faults(uow, ronde, rules)
    acties = [actie for actie in planrondes.acties(uow.session, ronde.id) if first <= actie.datum <= last]
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


def _refuse_overtaken(ronde: Planronde, overlapping: Sequence[Planronde], first: date, last: date) -> None:
    """Refuses days of a round that was calculated without another one over the same days that was released since."""
    for other in overlapping:
        until = released_until(other)
        if until is None or other.id == ronde.id:
            continue
        since = released_since(other.id, other.van, until, ronde.bekende_rondes)
        if since is not None and since[0] <= last and since[1] >= first:
            raise ReleaseRefused(
                f"Na de berekening van deze planronde is '{other.naam}' vrijgegeven voor een deel van dezelfde periode. "
                "Maak een nieuwe planronde, zodat niets dubbel wordt gepland."
            )


def _refuse_faults(uow: UnitOfWork, ronde: Planronde, rules: Sequence[Planregel]) -> None:
    known: dict[UUID, list[date]] = defaultdict(list)
    for year in range(ronde.van.year - 1, ronde.tot.year + 2):
        for control in controles_for_norm(uow, ronde.gemeentecode, year):
            if control.status not in NIET_BEZOCHT:
                known[control.object_id].append(control.datum)
    visits = [
        Voorgesteld(rule.id, rule.object_id, rule.datum, Redenen.model_validate(rule.redenen).tussentijd)
        for rule in rules
    ]
    faults = release_faults(visits, uow.today, known) + _without_designation(uow, ronde, rules)
    if faults:
        raise ReleaseRefused(
            "Deze planronde kan niet worden vrijgegeven; zie 'fouten'. Maak een nieuwe planronde.",
            [Fout(f"planregels.{rule_id}", text) for rule_id, text in faults],
        )


def _without_designation(uow: UnitOfWork, ronde: Planronde, rules: Sequence[Planregel]) -> list[tuple[UUID, str]]:
    """Visits of a team whose designation ended after the round was calculated (REG-17)."""
    powers = team_powers(uow, ronde.gemeentecode, {(rule.team_id, rule.datum) for rule in rules}, 1)
    places = objects_by_ids(uow, {rule.object_id for rule in rules})
    return [
        (rule.id, f"het team is op {rule.datum:%d-%m-%Y} niet meer aangewezen voor dit soort object")
        for rule in rules
        if rule.object_id in places and places[rule.object_id].type not in powers[rule.team_id, rule.datum]
    ]


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
