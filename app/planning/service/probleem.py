"""Builds the problem of a round for the planner; loaded by the worker only.

What is planned already, by hand or by an earlier round, enters as fixed visits at their own time, so that nothing is planned twice
and no shift is filled twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from app.controles.rules.levensloop import INTEGRALE_BEDRIJFSTYPEN
from app.controles.service.planning import NormControle
from app.controles.status import Controlestatus
from app.objecten.schemas.objecten import PlanbaarObject
from app.objecten.status import Objecttype
from app.planning.rules.behoefte import share_per_year
from app.planning.rules.planinstellingen import ACTIES, Planinstellingen
from app.planning.schemas.planrondes import PlanrondeParameters
from app.planning.service.bezoeken import Bezoek, Bezoeken, point_of
from app.planning.service.gegevens import NOG_TE_DOEN, Stand
from app.planning.solver.problem import (
    ActieObject,
    IntegralActies,
    Lock,
    Opening,
    Partner,
    Point,
    Problem,
    Settings,
    Slot,
    Visit,
)
from geo.crs import Punt
from geo.distances import travel_minutes

GEPLAND = "GEPLAND"
ACTIEDIENST = "ACTIE"
"""What every real shift can serve; a shift that only holds a planned control its place cannot."""


@dataclass(frozen=True)
class Dienst:
    """A shift of a team, with what the team may control on that day."""

    team_id: UUID
    datum: date
    van: int
    tot: int
    bevoegd: frozenset[Objecttype]

    @property
    def key(self) -> str:
        """Its key for the planner."""
        return f"{self.datum.isoformat()}/{self.team_id}/{self.van}"


@dataclass(frozen=True)
class Partnerdagen:
    """A partner organisation and the dates on which it can take part."""

    id: UUID
    naam: str
    dagen: frozenset[date]


@dataclass(frozen=True)
class Vastgezet:
    """A visit that a planner fixed in an earlier proposal."""

    object_id: UUID
    normsleutel: str | None
    datum: date
    team_id: UUID
    aanvang: int


@dataclass(frozen=True)
class Opdracht:
    """All that a round is calculated from.

    Attributes:
        van: First day.
        tot: Last day.
        stand: Stock, norms and controls.
        instellingen: Settings of the planner.
        parameters: What the planner asked.
        diensten: Shifts of the chosen teams.
        partners: Partners with their dates.
        vastgezet: Visits fixed in an earlier proposal.
        seed: Source of every draw.
        bekende_rondes: Rounds over this period that were released before the facts were read.
    """

    van: date
    tot: date
    stand: Stand
    instellingen: Planinstellingen
    parameters: PlanrondeParameters
    diensten: Sequence[Dienst]
    partners: Sequence[Partnerdagen]
    vastgezet: Sequence[Vastgezet]
    seed: int
    bekende_rondes: Sequence[UUID]


@dataclass(frozen=True)
class Vraag:
    """A problem and what its keys stand for.

    Attributes:
        problem: What the planner gets.
        bezoeken: Visits by key; those that stood there already are not among them.
        diensten: Shifts by key.
        zonder_plek: Objects that need a visit but have no place on the map.
        losgeraakt: Fixed visits that have no shift or no norm any more.
        buiten_seizoen: Visits whose place cannot be visited on any day that is allowed (PLN-16).
    """

    problem: Problem
    bezoeken: dict[str, Bezoek]
    diensten: dict[str, Dienst]
    zonder_plek: Sequence[PlanbaarObject]
    losgeraakt: Sequence[Vastgezet]
    buiten_seizoen: Sequence[Bezoek] = ()


@lru_cache(maxsize=1_000_000)
def cycling_minutes(origin: Point, destination: Point, /) -> int:
    """Minutes by bicycle from one point to another, rounded up."""
    return travel_minutes(Punt(origin.x, origin.y), Punt(destination.x, destination.y), "fiets")


def build_problem(opdracht: Opdracht) -> Vraag:
    """The problem of a round."""
    wanted = Bezoeken(opdracht.stand, opdracht.instellingen, opdracht.van, opdracht.tot)
    bezoeken, nowhere = wanted.all()
    taken = _acties_in_period(opdracht)
    shifts = {d.key: d for d in opdracht.diensten if (d.team_id, d.datum) not in taken}
    slots = [_slot(dienst, opdracht.instellingen) for dienst in shifts.values()]
    visits = [bezoek.visit for bezoek in bezoeken]
    locks: list[Lock] = []
    for control in _planned(opdracht):
        visit, slot = _standing(control, opdracht, shifts)
        if not isinstance(slot, str):
            slots.append(slot)
        visits.append(visit)
        locks.append(Lock(visit.key, slot if isinstance(slot, str) else slot.key))
    kept, lost = _keep_fixed(opdracht, bezoeken, shifts)
    settings = opdracht.instellingen
    share = opdracht.parameters.aandeel_willekeurig
    problem = Problem(
        start=opdracht.van,
        end=opdracht.tot,
        slots=tuple(slots),
        visits=tuple(visits),
        integral=_acties(opdracht, bezoeken),
        locks=(*locks, *kept),
        settings=Settings(
            window_days=settings.venster_dagen,
            random_share=settings.aandeel_willekeurig if share is None else share,
            random_points=settings.punten_aselect,
            travel_allowance=settings.reistijd,
        ),
        travel=cycling_minutes,
    )
    known = {bezoek.visit.key: bezoek for bezoek in bezoeken}
    return Vraag(problem, known, shifts, nowhere, lost, wanted.out_of_season())


def _slot(dienst: Dienst, settings: Planinstellingen) -> Slot:
    return Slot(
        key=dienst.key,
        date=dienst.datum,
        team=str(dienst.team_id),
        start=dienst.van,
        end=dienst.tot,
        competences=frozenset({ACTIEDIENST, *(soort.value for soort in dienst.bevoegd)}),
        capacity=max(0, dienst.tot - dienst.van - settings.pauze),
    )


def _planned(opdracht: Opdracht) -> list[NormControle]:
    """Controls in the period that are still to be done; those of an actie took their shift as a whole."""
    return [
        control
        for control in opdracht.stand.all_controls()
        if control.status in NOG_TE_DOEN and opdracht.van <= control.datum <= opdracht.tot
    ]


def _standing(control: NormControle, opdracht: Opdracht, shifts: dict[str, Dienst]) -> tuple[Visit, str | Slot]:
    """A planned control as a fixed visit on its shift at its time; on a shift of its own when it has none here."""
    place = next((o for o in opdracht.stand.objecten if o.id == control.object_id), None)
    key = f"{control.object_id}/gepland/{control.controle_id}"
    start = control.aanvang
    own = next(
        (
            d
            for d in shifts.values()
            if (d.team_id, d.datum) == (control.team_id, control.datum)
            and (start is None or (d.van <= start and start + control.duur <= d.tot))
        ),
        None,
    )
    fixed = own is not None and start is not None
    visit = Visit(
        key=key,
        object_key=str(control.object_id),
        point=Point(0.0, 0.0) if place is None else point_of(place),
        area="",
        duration=control.duur,
        competences=frozenset() if own else frozenset({key}),
        earliest=control.datum,
        latest=control.datum,
        norm_key=GEPLAND,
        norm_clause="Al gepland",
        required=True,
        openings=(Opening(control.datum.weekday(), start, start + control.duur),)
        if fixed and start is not None
        else None,
    )
    if own is not None:
        return visit, own.key
    slot = Slot(key, control.datum, "", 0, control.duur, visit.competences, control.duur)
    return visit, slot


def _keep_fixed(
    opdracht: Opdracht, bezoeken: Sequence[Bezoek], shifts: dict[str, Dienst]
) -> tuple[list[Lock], list[Vastgezet]]:
    """Puts what a planner fixed in an earlier proposal on its shift again."""
    locks: list[Lock] = []
    lost: list[Vastgezet] = []
    used: set[str] = set()
    for fixed in opdracht.vastgezet:
        visit = next(
            (
                b.visit.key
                for b in bezoeken
                if (b.object_id, b.normsleutel) == (fixed.object_id, fixed.normsleutel) and b.visit.key not in used
            ),
            None,
        )
        shift = next(
            (
                d.key
                for d in shifts.values()
                if (d.team_id, d.datum) == (fixed.team_id, fixed.datum) and d.van <= fixed.aanvang < d.tot
            ),
            None,
        )
        if visit is None or shift is None:
            lost.append(fixed)
        else:
            used.add(visit)
            locks.append(Lock(visit, shift))
    return locks, lost


def _acties_in_period(opdracht: Opdracht) -> set[tuple[UUID | None, date]]:
    """Teams and dates that a planned actie has taken already."""
    return {(c.team_id, c.datum) for c in _planned(opdracht) if c.actie_id is not None}


def _acties(opdracht: Opdracht, bezoeken: Sequence[Bezoek]) -> IntegralActies | None:
    """The integral acties that the period must hold, at least the share of the yearly norm (CAD-04)."""
    stand, settings = opdracht.stand, opdracht.instellingen
    dates = sorted(
        {
            c.datum
            for c in stand.all_controls()
            if c.actie_id is not None
            and c.partners
            and (c.status in NOG_TE_DOEN or c.status is Controlestatus.AFGEROND)
        }
    )
    per_year = share_per_year(
        stand.normen.acties_per_jaar, opdracht.van, opdracht.tot, dates, opdracht.parameters.acties or 0
    )
    if not any(per_year.values()):
        return None
    types = {place.id: place.type for place in stand.objecten}
    first: dict[UUID, Bezoek] = {}
    for bezoek in bezoeken:
        if types[bezoek.object_id] in INTEGRALE_BEDRIJFSTYPEN and not bezoek.visit.required and bezoek.visit.area:
            first.setdefault(bezoek.object_id, bezoek)
    return IntegralActies(
        count=sum(per_year.values()),
        per_year=tuple(per_year.items()),
        min_days_between=stand.normen.actie_tussentijd_dagen,
        partners=tuple(Partner(str(p.id), p.naam, p.dagen) for p in opdracht.partners),
        candidates=tuple(
            ActieObject(
                object_key=b.visit.object_key,
                point=b.visit.point,
                area=b.visit.area,
                duration=b.visit.duration,
                openings=b.visit.openings,
                terms=b.visit.terms,
                visit_key=b.visit.key,
                min_days_between=b.visit.min_days_between,
            )
            for b in first.values()
        ),
        norm_key=ACTIES,
        norm_clause=f"Minstens {stand.normen.acties_per_jaar} integrale bestuurlijke acties per kalenderjaar, gespreid",
        min_objects=max(1, settings.actie_adressen_min),
        max_objects=settings.actie_adressen_max,
        team_shifts=max(1, settings.actie_diensten),
        competences=frozenset({ACTIEDIENST}),
        previous=tuple(dates),
    )
