"""Builds the problem of a round for the planner; loaded by the worker only.

What is planned already, by hand or by an earlier round, enters as fixed visits at their own time, so that nothing is planned twice
and no shift is filled twice.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.controles.rules.levensloop import INTEGRALE_BEDRIJFSTYPEN
from app.controles.service.planning import NormControle
from app.controles.status import Aanleiding, Controlestatus
from app.objecten.schemas.objecten import PlanbaarObject
from app.planning.rules.behoefte import share_per_year
from app.planning.rules.gebieden import areas_of
from app.planning.rules.planinstellingen import ACTIES, VRIJ, Planinstellingen
from app.planning.schemas.planrondes import PlanrondeParameters
from app.planning.service.bezoeken import Bezoek, Bezoeken, point_of
from app.planning.service.gegevens import NOG_TE_DOEN, Stand
from app.planning.service.staand import Staandbezoek, take_up
from app.planning.service.vastgezet import (
    Dienst,
    Geschraptbezoek,
    VasteActie,
    Vastgezet,
    keep_acties,
    keep_fixed,
    without_dropped,
)
from app.planning.solver.problem import (
    ActieObject,
    IntegralActies,
    Lock,
    LockedActie,
    Opening,
    Partner,
    Point,
    Problem,
    Settings,
    Slot,
    StraightLine,
    Visit,
)
from app.planning.solver.terms import TermCode
from app.planning.solver.yearly import Loting
from geo.distances import DEFAULT_PARAMETERS
from geo.shapes import Gebiedsvorm

GEPLAND = "GEPLAND"
ACTIEDIENST = "ACTIE"
"""What every real shift can serve; a shift that only holds a planned control its place cannot."""


@dataclass(frozen=True)
class Partnerdagen:
    """A partner organisation and the dates on which it can take part."""

    id: UUID
    naam: str
    dagen: frozenset[date]


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
        bekende_rondes: Rounds over this period that were released before the facts were read, each with its last released day.
        vaste_acties: Integral actions that a planner fixed in this round.
        geschrapt: Visits that a planner dropped from this round; they stay out.
        vlak: The drawn area to which the round is limited.
        jaarloting: Per calendar year the seed of what is drawn once for the year.
        staand: Visits that other confirmed rounds hold; the state counts them as planned.
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
    bekende_rondes: Sequence[str]
    vaste_acties: Sequence[VasteActie] = ()
    geschrapt: Sequence[Geschraptbezoek] = ()
    vlak: Gebiedsvorm | None = None
    jaarloting: Mapping[int, int] = field(default_factory=dict)
    staand: Sequence[Staandbezoek] = ()

    def bezoeken(self) -> Bezoeken:
        """Makes the visits of the round, with its draws."""
        return Bezoeken(self.stand, self.instellingen, self.van, self.tot, Loting(self.seed, self.jaarloting))


GEVRAAGD = frozenset({TermCode.WENS, TermCode.HERCONTROLE, TermCode.VLAG})
"""Terms that ask for a visit of their own."""


@dataclass(frozen=True)
class Vraag:
    """A problem and what its keys stand for.

    Attributes:
        problem: What the planner gets.
        bezoeken: Visits by key; those that stood there already are not among them.
        diensten: Shifts by key.
        zonder_plek: Objects that need a visit but have no place on the map.
        losgeraakt: Fixed visits that have no shift or no place any more.
        vaste_acties: Integral actions that a planner fixed.
        buiten_seizoen: Visits whose place cannot be visited on any day that is allowed (PLN-16).
        aangehouden: Visits that the planner holds back (PLN-17).
        staand: Visits of other rounds of which the round may change the place, by key.
    """

    problem: Problem
    bezoeken: dict[str, Bezoek]
    diensten: dict[str, Dienst]
    zonder_plek: Sequence[PlanbaarObject]
    losgeraakt: Sequence[Vastgezet]
    vaste_acties: Sequence[VasteActie] = ()
    buiten_seizoen: Sequence[Bezoek] = ()
    aangehouden: Sequence[Bezoek] = ()
    staand: Mapping[str, Staandbezoek] = field(default_factory=dict)


cycling_minutes = StraightLine(
    km_per_hour=DEFAULT_PARAMETERS.fiets.speed_kmh, detour=DEFAULT_PARAMETERS.fiets.detour_factor, overhead=0
)
"""Minutes by bicycle from one point to another, rounded up; in bulk too, which a call per pair is not."""


def build_problem(opdracht: Opdracht) -> Vraag:
    """The problem of a round."""
    wanted = opdracht.bezoeken()
    bezoeken, nowhere, closed, held_back = in_scope(opdracht, wanted)
    bezoeken = without_dropped(bezoeken, opdracht.geschrapt)
    taken = _acties_in_period(opdracht)
    shifts = {d.key: d for d in opdracht.diensten if (d.team_id, d.datum) not in taken}
    slots = [dienst.as_slot(opdracht.instellingen.pauze, ACTIEDIENST) for dienst in shifts.values()]
    bezoeken, kept, lost = keep_fixed(wanted, opdracht.vastgezet, bezoeken, list(shifts.values()))
    bezoeken, held = keep_acties(wanted, opdracht.vaste_acties, bezoeken, list(shifts.values()))
    integral = _acties(opdracht, bezoeken, held)
    if integral is None:
        bezoeken = [bezoek for bezoek in bezoeken if not _repeats(opdracht.stand, bezoek)]
    visits = [bezoek.visit for bezoek in bezoeken]
    codes = frozenset(opdracht.parameters.gebiedcodes)
    inside = {o.id: o for o in opdracht.stand.objecten if o.punt is not None and lies_in(o, codes, opdracht.vlak)}
    taken_up = take_up(
        opdracht.staand, opdracht.parameters, opdracht.stand, inside, shifts, (opdracht.van, opdracht.tot)
    )
    visits += [stood.visit for _, stood in taken_up]
    locks = [stood.lock for _, stood in taken_up if not stood.free]
    up = {one.regel.id for one, _ in taken_up}
    for control in _planned(opdracht):
        if control.controle_id in up:
            continue
        visit, slot = _standing(control, opdracht, shifts)
        if not isinstance(slot, str):
            slots.append(slot)
        visits.append(visit)
        locks.append(Lock(visit.key, slot if isinstance(slot, str) else slot.key))
    settings = opdracht.instellingen
    share = opdracht.parameters.aandeel_willekeurig
    problem = Problem(
        start=opdracht.van,
        end=opdracht.tot,
        slots=tuple(slots),
        visits=tuple(visits),
        integral=integral,
        locks=(*locks, *kept),
        settings=solver_settings(settings, share),
        travel=cycling_minutes,
        before=tuple(stood.lock for _, stood in taken_up if stood.free and stood.lock.slot_key in shifts),
    )
    return Vraag(
        problem,
        {bezoek.visit.key: bezoek for bezoek in bezoeken},
        shifts,
        nowhere,
        lost,
        opdracht.vaste_acties,
        closed,
        held_back,
        {stood.visit.key: one for one, stood in taken_up},
    )


def _repeats(stand: Stand, bezoek: Bezoek) -> bool:
    """Whether a visit that nobody asks for is at an object that has its visit on the plan already, outside the period (Awb 5:13).

    Room that is left in a short round would otherwise bring a second visit to what the plan of the year visits anyway. Addresses of
    integral actions are chosen from these visits, so a round with actions keeps them.
    """
    asked = any(term.code in GEVRAAGD for term in bezoek.visit.terms)
    own = bezoek.normsleutel == VRIJ and bezoek.aanleiding is Aanleiding.EIGEN_ANALYSE and bezoek.regel_id is None
    return own and not asked and bezoek.eerder is None and bool(stand.planned(bezoek.object_id))


def solver_settings(settings: Planinstellingen, share: float | None = None) -> Settings:
    """The settings of a municipality as the planner takes them; `share` is what a round draws at random instead of the setting."""
    return Settings(
        window_days=settings.venster_dagen,
        random_share=settings.aandeel_willekeurig if share is None else share,
        random_points=settings.punten_aselect,
        travel_allowance=settings.reistijd,
        travel_weight=settings.punten_per_minuut,
        early_minutes=settings.vroeg_minuten,
        soon_days=settings.dringend_dagen,
        visit_worth=settings.waarde_bezoek,
        due_worth=settings.waarde_uiterst,
        gap_steps=settings.lot_stappen,
    )


def in_scope(
    opdracht: Opdracht, wanted: Bezoeken
) -> tuple[list[Bezoek], list[PlanbaarObject], list[Bezoek], list[Bezoek]]:
    """What a round looks at within its areas and norms; what lies outside is not planned, moved or counted as left out.

    Returns:
        The visits, the objects that have no place on the map yet, the visits that no day in season allows, and those that the
        planner holds back.
    """
    parameters = opdracht.parameters
    codes = frozenset(parameters.gebiedcodes)
    bezoeken, nowhere = wanted.all()
    inside = {place.id for place in opdracht.stand.objecten if lies_in(place, codes, opdracht.vlak)}
    normen = frozenset(parameters.normen)

    def asked(found: Sequence[Bezoek]) -> list[Bezoek]:
        return [b for b in found if b.object_id in inside and (not normen or b.normsleutel in normen)]

    return (
        asked(bezoeken),
        [place for place in nowhere if place.id in inside],
        asked(wanted.out_of_season()),
        asked(wanted.held()),
    )


def lies_in(place: PlanbaarObject, codes: frozenset[str], vlak: Gebiedsvorm | None) -> bool:
    """Whether an object lies in one of these areas and in the drawn one; no area at all is everywhere."""
    if codes and codes.isdisjoint(areas_of(place.buurtcode)):
        return False
    return vlak is None or (place.punt is not None and vlak.covers(place.punt.x, place.punt.y))


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


def _acties_in_period(opdracht: Opdracht) -> set[tuple[UUID | None, date]]:
    """Teams and dates that a planned actie has taken already."""
    return {(c.team_id, c.datum) for c in _planned(opdracht) if c.actie_id is not None}


def _acties(opdracht: Opdracht, bezoeken: Sequence[Bezoek], held: Sequence[LockedActie]) -> IntegralActies | None:
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
    normen = opdracht.parameters.normen
    per_year = share_per_year(
        stand.normen.acties_per_jaar if not normen or ACTIES in normen else 0,
        opdracht.van,
        opdracht.tot,
        dates,
        opdracht.parameters.acties or 0,
    )
    if not any(per_year.values()) and not held:
        return None
    for year, number in Counter(actie.date.year for actie in held).items():
        per_year[year] = max(per_year[year], number)
    types = {place.id: place.type for place in stand.objecten}
    fixed = {key for actie in held for key in actie.object_keys}
    first: dict[UUID, Bezoek] = {}
    for bezoek in bezoeken:
        if bezoek.eerste is not None:
            continue  # held back for a part of the period, and an actie can be on any day of it
        visit = bezoek.visit
        placed = bool(visit.area) or visit.object_key in fixed
        if types[bezoek.object_id] in INTEGRALE_BEDRIJFSTYPEN and not visit.required and not visit.by_lot and placed:
            first.setdefault(bezoek.object_id, bezoek)
    partners = [Partner(str(p.id), p.naam, p.dagen) for p in opdracht.partners]
    gone = {key for actie in held for key in actie.partner_keys} - {partner.key for partner in partners}
    return IntegralActies(
        count=sum(per_year.values()),
        per_year=tuple(per_year.items()),
        min_days_between=stand.normen.actie_tussentijd_dagen,
        partners=(*partners, *(Partner(key, "een partner", frozenset()) for key in sorted(gone))),
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
        norm_clause=(
            f"Minstens {stand.normen.acties_per_jaar} integrale bestuurlijke acties per kalenderjaar, gespreid"
            if stand.normen.acties_per_jaar
            else "Integrale acties die de planner vraagt"
        ),
        min_objects=max(1, settings.actie_adressen_min),
        max_objects=settings.actie_adressen_max,
        team_shifts=max(1, settings.actie_diensten),
        competences=frozenset({ACTIEDIENST}),
        previous=tuple(dates),
        locked=tuple(held),
    )
