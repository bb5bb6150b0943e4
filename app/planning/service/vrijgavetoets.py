"""Whether the days of a round that are to be released still fit what was planned, rostered and changed since it was calculated.

A round does not see what another one holds, so the last check is here, while nobody else changes the plan: each visit and action that
does not fit any more is named with its reason, and nothing is released.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import UUID

from app.controles.service.bezet import action_days
from app.core.errors import Fout
from app.core.unit_of_work import UnitOfWork
from app.objecten.service.objecten import objects_by_ids
from app.planning.errors import ReleaseRefused
from app.planning.repository import planrondes
from app.planning.rules.vrijgave import Voorgesteld, release_faults, released_since
from app.planning.schemas.planregels import Redenen
from app.planning.service.bevoegdheid import team_powers
from app.planning.service.bord import NIET_BEZOCHT, Bord, load_board
from app.planning.service.overnemen import stand_no_more
from app.planning.service.planrondes import released_until
from app.planning.service.vastgezet import shift_of
from app.planning.solver.editing import Regel, Standing
from app.planning.tables import Planactie, Planregel, Planronde

Fouten = list[tuple[UUID, str]]

IN_DE_DIENST = frozenset({Regel.OPENINGSTIJD, Regel.DIENST, Regel.CAPACITEIT})
"""Rules of a visit and its shift; dates, distances and designations are checked apart."""
UITWEG = "Geef een eerder deel vrij met 'totEnMet', of maak een nieuwe planronde."


def refuse_what_does_not_fit(
    uow: UnitOfWork,
    ronde: Planronde,
    overlapping: Sequence[Planronde],
    rules: Sequence[Planregel],
    acties: Sequence[Planactie],
) -> None:
    """Refuses the release of some visits and actions when one of them does not fit any more.

    Args:
        uow: The unit of work; the plan of the municipality is held.
        ronde: The round.
        overlapping: Rounds over the same period.
        rules: The visits that are to be released.
        acties: The actions that are to be released.

    Raises:
        ReleaseRefused: with all that is in the way.
        WrongStatus: the norm table lacks settings of the planner.
    """
    bord = load_board(uow, ronde)
    taken = _planned_by_others(uow, ronde, overlapping, rules)
    faults = [
        *taken,
        *stand_no_more(uow, rules),
        *_distances(uow, bord, rules),
        *_without_designation(uow, ronde, rules),
        *_in_shifts(bord, rules),
    ]
    named = [Fout(f"planregels.{rule_id}", text) for rule_id, text in faults]
    done = {actie.datum for actie in planrondes.acties(uow.session, ronde.id)} - {actie.datum for actie in acties}
    named += [Fout(f"planacties.{actie_id}", text) for actie_id, text in _close_acties(uow, bord, acties, done)]
    if named:
        why = (
            "Na de berekening is een andere planronde vrijgegeven, zodat iets dubbel zou worden gepland. "
            if taken
            else ""
        )
        raise ReleaseRefused(f"{why}Deze dagen kunnen niet worden vrijgegeven; zie 'fouten'. {UITWEG}", named)


def _planned_by_others(
    uow: UnitOfWork, ronde: Planronde, overlapping: Sequence[Planronde], rules: Sequence[Planregel]
) -> Fouten:
    """Visits of objects that another round, released after this one was calculated, plans in the same days."""
    first, last = min((r.datum for r in rules), default=date.max), max((r.datum for r in rules), default=date.min)
    planned: dict[UUID, str] = {}
    for other in overlapping:
        until = released_until(other)
        since = None if until is None or other.id == ronde.id else _since(ronde, other, until)
        if since is not None and since[0] <= last and since[1] >= first:
            for rule in planrondes.all_rules(uow.session, other.id):
                if since[0] <= rule.datum <= since[1]:
                    planned[rule.object_id] = f"staat al in planronde '{other.naam}', op {rule.datum:%d-%m-%Y}"
    return [(rule.id, planned[rule.object_id]) for rule in rules if rule.object_id in planned]


def _since(ronde: Planronde, other: Planronde, until: date) -> tuple[date, date] | None:
    return released_since(other.id, other.van, until, ronde.bekende_rondes)


def _distances(uow: UnitOfWork, bord: Bord, rules: Sequence[Planregel]) -> Fouten:
    """Visits in the past, or too close to a control that is done or planned."""
    known: dict[UUID, list[date]] = defaultdict(list)
    for control in bord.opdracht.stand.all_controls():
        if control.status not in NIET_BEZOCHT:
            known[control.object_id].append(control.datum)
    visits = [
        Voorgesteld(rule.id, rule.object_id, rule.datum, Redenen.model_validate(rule.redenen).tussentijd)
        for rule in rules
    ]
    return release_faults(visits, uow.today, known)


def _without_designation(uow: UnitOfWork, ronde: Planronde, rules: Sequence[Planregel]) -> Fouten:
    """Visits of a team whose designation ended after the round was calculated (REG-17)."""
    powers = team_powers(uow, ronde.gemeentecode, {(rule.team_id, rule.datum) for rule in rules}, 1)
    places = objects_by_ids(uow, {rule.object_id for rule in rules})
    return [
        (rule.id, f"het team is op {rule.datum:%d-%m-%Y} niet meer aangewezen voor dit soort object")
        for rule in rules
        if rule.object_id in places and places[rule.object_id].type not in powers[rule.team_id, rule.datum]
    ]


def _in_shifts(bord: Bord, rules: Sequence[Planregel]) -> Fouten:
    """Visits whose shift, door or place in the shift is not there any more; what stood there before goes first."""
    faults: Fouten = []
    held: dict[str, list[Planregel]] = defaultdict(list)
    shifts = list(bord.vraag.diensten.values())
    for rule in rules:
        shift = shift_of(shifts, rule.team_id, rule.datum, rule.aanvang)
        if bord.place(rule.object_id) is None:
            faults.append((rule.id, "het object is niet meer actief"))
        elif shift is None:
            faults.append((rule.id, f"het team heeft op {rule.datum:%d-%m-%Y} dan geen vrije dienst meer"))
        else:
            held[shift.key].append(rule)
    for key, own in held.items():
        slot = bord.board.index.slots[key]
        visits = [(rule, bord.visit(rule)) for rule in own]
        for _, visit in visits:
            bord.board.lift(visit)
        # What others planned by hand may clash among themselves; that is no reason to refuse what stands beside it.
        sound = bord.board.times(slot) is not None
        for rule, visit in visits:
            broken = [b for b in bord.board.broken(visit, slot, rule.aanvang) if b.regel in IN_DE_DIENST]
            bord.board.put(Standing(visit, rule.datum, key, rule.aanvang, fixed=True))
            full = sound and not broken and bord.board.times(slot) is None
            if broken or full:
                bord.board.lift(visit)
            faults += [(rule.id, b.tekst) for b in broken]
            if full:
                text = f"past op {rule.datum:%d-%m-%Y} niet meer naast wat dit team intussen in die dienst heeft"
                faults.append((rule.id, text))
    return faults


def _close_acties(uow: UnitOfWork, bord: Bord, acties: Sequence[Planactie], own: Collection[date]) -> Fouten:
    """Actions too close to one that was held or put on the plan since (CAD-04); those of this round kept their days when it was calculated."""
    least = max(1, bord.opdracht.stand.normen.actie_tussentijd_dagen)
    span = timedelta(days=least)
    days = [actie.datum for actie in acties] or [uow.today]
    standing = action_days(uow, bord.ronde.gemeentecode, min(days) - span, max(days) + span)
    dates = [day for day in standing if day not in own]
    return [
        (actie.id, f"ligt minder dan {least} dagen van een andere integrale actie, op {min(near):%d-%m-%Y}")
        for actie in acties
        if (near := [day for day in dates if abs((day - actie.datum).days) < least])
    ]
