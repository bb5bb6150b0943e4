"""A round's proposal on the table: its visits on its shifts, beside what was planned already, with all that is known of the stock.

Built from the same facts and by the same rules as the calculation itself, so that a change by hand meets no other rule than the planner did.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.controles.status import Controlestatus
from app.core.unit_of_work import UnitOfWork
from app.objecten.schemas.objecten import PlanbaarObject
from app.planning.errors import WrongStatus
from app.planning.repository import planrondes
from app.planning.rules.gebieden import area_of
from app.planning.rules.planinstellingen import Planinstellingen, SettingsMissing
from app.planning.schemas.planregels import Redenen
from app.planning.service.bezoeken import Bezoek, Bezoeken, openings_of, point_of
from app.planning.service.gegevens import NOG_TE_DOEN
from app.planning.service.probleem import Opdracht, Vraag, build_problem
from app.planning.service.rondewerk import load_assignment
from app.planning.service.vastgezet import Dienst
from app.planning.solver.editing import Board, Standing
from app.planning.solver.index import Index
from app.planning.solver.problem import Point, Problem, Slot, Visit
from app.planning.solver.result import DateRange
from app.planning.solver.route import Timed
from app.planning.solver.terms import Term, TermCode
from app.planning.solver.weighing import Belang
from app.planning.status import StaandeBezoeken
from app.planning.tables import Planregel, Planronde

NIET_BEZOCHT = frozenset({Controlestatus.POGING, Controlestatus.VERVALLEN})
"""States of a control in which nobody was inside: they keep no distance to another visit (PLN-15)."""


@dataclass
class Bord:
    """A proposal with its stock, shifts and rules.

    Attributes:
        ronde: The round, locked by whoever changes it.
        opdracht: What the round is calculated from, as it is today.
        vraag: The planner's question, made of it.
        regels: The proposed visits by key on the board.
        board: The visits on the shifts.
        namen: Names of objects and teams, for sentences.
        plekken: Active objects of the municipality.
    """

    ronde: Planronde
    opdracht: Opdracht
    vraag: Vraag
    regels: dict[str, Planregel]
    board: Board
    namen: dict[str, str]
    plekken: dict[UUID, PlanbaarObject]

    @property
    def settings(self) -> Planinstellingen:
        """Settings of the planner."""
        return self.opdracht.instellingen

    def place(self, object_id: UUID) -> PlanbaarObject | None:
        """An active object of the municipality."""
        return self.plekken.get(object_id)

    def visit(self, rule: Planregel) -> Visit:
        """A proposed visit of this board."""
        return visit_of(rule, self.place(rule.object_id))

    def belang(self, rule: Planregel) -> Belang:
        """What else is known of a proposed visit."""
        drawn = Redenen.model_validate(rule.redenen).geloot
        return Belang(None if drawn is None else DateRange(drawn.eerste, drawn.laatste), self.settings.inhaal_dagen)

    def bezoeken_of(self, object_id: UUID) -> list[Bezoek]:
        """What the norms ask of an object in this round."""
        return [bezoek for bezoek in self.vraag.bezoeken.values() if bezoek.object_id == object_id]

    def bezoeken(self) -> Bezoeken:
        """Makes visits for this round."""
        return self.opdracht.bezoeken()

    def held_acties(self) -> list[date]:
        """Dates of integral actions that were held or are on the plan already, of whatever round."""
        return sorted(
            {
                control.datum
                for control in self.opdracht.stand.all_controls()
                if control.actie_id is not None
                and (control.status in NOG_TE_DOEN or control.status is Controlestatus.AFGEROND)
            }
        )

    def slots_on(self, day: date, team_id: UUID | None = None) -> list[Slot]:
        """Shifts of the round on a day."""
        return [slot for slot in self.board.index.slots_on(day) if team_id in (None, self.dienst(slot).team_id)]

    def dienst(self, slot: Slot) -> Dienst:
        """The shift behind a slot."""
        return self.vraag.diensten[slot.key]

    def write(self, slot: Slot, times: Sequence[Timed] | None) -> None:
        """Takes order, times and travel of a shift over into its proposed visits; one that changes gets a new version."""
        for order, timed in enumerate(times or (), 1):
            rule = self.regels.get(timed.visit.key)
            if rule is None:
                continue
            wanted = (slot.date, self.dienst(slot).team_id, timed.start, timed.travel, order)
            if (rule.datum, rule.team_id, rule.aanvang, rule.reistijd, rule.volgorde) != wanted:
                rule.datum, rule.team_id, rule.aanvang, rule.reistijd, rule.volgorde = wanted
                rule.versie += 1


def load_board(uow: UnitOfWork, ronde: Planronde) -> Bord:
    """The proposal of a round as it stands.

    Raises:
        WrongStatus: the norm table lacks settings of the planner.
    """
    try:
        opdracht, namen = load_assignment(uow, ronde.id)
    except SettingsMissing as missing:
        raise WrongStatus(
            f"In de normentabel ontbreken instellingen: {missing}. Vraag de beheerder ze in te vullen."
        ) from None
    # On the table what other rounds hold keeps its time: only a calculation may move it.
    kept = opdracht.parameters.model_copy(update={"staande_bezoeken": StaandeBezoeken.TIJD})
    opdracht = replace(opdracht, parameters=kept)
    vraag = build_problem(opdracht)
    rules = {str(rule.id): rule for rule in planrondes.all_rules(uow.session, ronde.id)}
    places = {place.id: place for place in opdracht.stand.objecten}
    slots = {slot.key: slot for slot in vraag.problem.slots if slot.key in vraag.diensten}
    standing = _controls(vraag, slots)
    reserved = set()
    shifts: dict[tuple[UUID, date], list[Dienst]] = defaultdict(list)
    for dienst in vraag.diensten.values():
        shifts[dienst.team_id, dienst.datum].append(dienst)
    for rule in rules.values():
        own = shifts[rule.team_id, rule.datum]
        slot_key = next((dienst.key for dienst in own if dienst.van <= rule.aanvang < dienst.tot), None)
        standing.append(
            Standing(visit_of(rule, places.get(rule.object_id)), rule.datum, slot_key, rule.aanvang, rule.vast)
        )
        if rule.actie_id is not None and slot_key is not None:
            reserved.add(slot_key)
    problem = Problem(
        start=opdracht.van,
        end=opdracht.tot,
        slots=tuple(slots.values()),
        visits=(),
        settings=vraag.problem.settings,
        travel=vraag.problem.travel,
    )
    known = _known_dates(opdracht)
    return Bord(
        ronde, opdracht, vraag, rules, Board(Index(problem), standing, reserved, known, uow.today), namen, places
    )


def visit_of(rule: Planregel, place: PlanbaarObject | None) -> Visit:
    """A proposed visit as the planner sees it; an object that is not active any more has no place and no hours."""
    redenen = Redenen.model_validate(rule.redenen)
    return Visit(
        key=str(rule.id),
        object_key=str(rule.object_id),
        point=Point(0.0, 0.0) if place is None else point_of(place),
        area="" if place is None else area_of(place.buurtcode),
        duration=rule.duur,
        competences=frozenset() if place is None else frozenset({place.type.value}),
        earliest=redenen.toegestaan.eerste,
        latest=redenen.toegestaan.laatste,
        norm_key=rule.normsleutel or "",
        norm_clause=redenen.norm,
        required=rule.verplicht,
        openings=None if place is None else openings_of(place),
        min_days_between=redenen.tussentijd,
        spacing_exempt=redenen.tussentijd <= 1,
        terms=tuple(Term(TermCode(term.code), term.punten) for term in redenen.termen),
    )


def _controls(vraag: Vraag, slots: dict[str, Slot]) -> list[Standing]:
    """Controls that were planned already, each at its time; one without a time takes its minutes from the shift."""
    visits = {visit.key: visit for visit in vraag.problem.visits}
    found = []
    for lock in vraag.problem.locks:
        if lock.visit_key in vraag.bezoeken or lock.slot_key not in slots:
            continue
        visit, slot = visits[lock.visit_key], slots[lock.slot_key]
        if visit.openings:
            found.append(Standing(visit, slot.date, slot.key, visit.openings[0].opens, fixed=True))
        else:
            allowance = vraag.problem.settings.travel_allowance
            slots[slot.key] = replace(slot, capacity=max(0, slot.capacity - visit.duration - allowance))
    return found


def _known_dates(opdracht: Opdracht) -> dict[str, list[date]]:
    known: dict[str, list[date]] = defaultdict(list)
    for control in opdracht.stand.all_controls():
        if control.status not in NIET_BEZOCHT:
            known[str(control.object_id)].append(control.datum)
    return known
