"""Builds the question for replanning: the released plan from today on, and what the asked events do to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from app.controles.service.verzetten import Geplandecontrole
from app.controles.status import Aanleiding
from app.objecten.rules.seizoenen import stretches
from app.objecten.schemas.objecten import PlanbaarObject
from app.objecten.status import Objecttype
from app.planning.rules.herplannen import Datums, Herplaninstellingen, due_dates, seks_dates
from app.planning.rules.kalender import months_after
from app.planning.rules.planinstellingen import SEKS, VRIJ, Planinstellingen
from app.planning.service.bezoeken import hold_of, openings_of, point_of
from app.planning.service.gegevens import NOG_TE_DOEN, Stand, horeca_periods, seks_controls, seks_periods
from app.planning.service.probleem import cycling_minutes
from app.planning.service.staand import Staandbezoek
from app.planning.service.staandbezet import stand_beside
from app.planning.service.vastgezet import Dienst, shift_of
from app.planning.solver.problem import Point, Slot, Visit
from app.planning.solver.replanning import Entry, ReplanProblem

VERPLICHT = frozenset({Aanleiding.RISICOADRES, Aanleiding.HERCONTROLE, Aanleiding.MELDING, Aanleiding.VERGUNNING})
"""Triggers whose visits are not given up for another: somebody asked for this one."""


@dataclass
class Wens:
    """What the events ask of one visit of the plan, or of one that comes.

    Attributes:
        waarom: Why it changes, in Dutch; what is shown.
        datums: Legal dates; None for those of its norm.
        spoed_voor: Last day of an urgent visit.
        weg: It must go.
        niet_voor: Nothing before this date.
        visit: The visit itself, for one that comes.
        aanleiding: Its trigger, for one that comes.
        gevolgen: What follows when it comes on another day, in Dutch.
        neemt_over: The visit of a confirmed round in whose place it comes.
    """

    waarom: str = ""
    datums: Datums | None = None
    spoed_voor: date | None = None
    weg: bool = False
    niet_voor: date | None = None
    visit: Visit | None = None
    aanleiding: Aanleiding | None = None
    gevolgen: list[str] = field(default_factory=list)
    neemt_over: Staandbezoek | None = None


@dataclass(frozen=True)
class Planvenster:
    """The released plan from today on, as it was read in one transaction.

    Attributes:
        van: Today.
        tot: Last day that may change.
        nu: Minute of today.
        stand: Stock, norms and controls.
        instellingen: Settings of the planner.
        herplannen: Settings of replanning.
        diensten: Shifts with enough inspectors.
        controles: Controls that stand on the plan in the window.
        gemist: Controls of past days that were not carried out; they stand nowhere until an event names them.
        staand: What confirmed rounds hold from today on and did not release; it counts as planned in `stand` and stays where it is.
        uitgevallen: Shifts that fall out, as team, date and first minute (None for all of that day).
    """

    van: date
    tot: date
    nu: int
    stand: Stand
    instellingen: Planinstellingen
    herplannen: Herplaninstellingen
    diensten: Sequence[Dienst]
    controles: Sequence[Geplandecontrole]
    gemist: Sequence[Geplandecontrole] = ()
    staand: Sequence[Staandbezoek] = ()
    uitgevallen: Sequence[tuple[UUID, date, int | None]] = ()

    @property
    def objecten(self) -> dict[UUID, PlanbaarObject]:
        """The stock by id."""
        return {place.id: place for place in self.stand.objecten}

    def is_lost(self, dienst: Dienst) -> bool:
        """Whether a shift falls out."""
        return self.names_lost(dienst.team_id, dienst.datum, dienst.van, dienst.van)

    def names_lost(self, team_id: UUID | None, datum: date, van: int | None, aanvang: int | None) -> bool:
        """Whether an event names the shift of this team and day; with more shifts that day its begin decides."""
        for team, day, begin in self.uitgevallen:
            if (team, day) != (team_id, datum):
                continue
            if begin is None or van == begin:
                return True
            own = [d for d in self.diensten if (d.team_id, d.datum, d.van) == (team, day, begin)]
            if van is None and (not own or (aanvang is not None and own[0].van <= aanvang < own[0].tot)):
                return True
        return False


@dataclass(frozen=True)
class Herplanvraag:
    """A question and what its keys stand for."""

    problem: ReplanProblem
    controles: dict[str, Geplandecontrole]
    wensen: dict[str, Wens]
    diensten: dict[str, Dienst]
    venster: Planvenster = field(repr=False)

    @property
    def comes(self) -> set[str]:
        """Keys of the visits that come."""
        return {key for key, wens in self.wensen.items() if wens.visit is not None}


def controle_key(controle_id: UUID) -> str:
    """The key of a visit that stands on the plan."""
    return f"controle/{controle_id}"


def build_question(venster: Planvenster, wensen: dict[str, Wens]) -> Herplanvraag:
    """The question.

    Args:
        venster: The plan as it stands.
        wensen: What the events ask, per key of a visit; keys that are no `controle_key` are visits that come.
    """
    shifts = {d.key: d for d in venster.diensten if not venster.is_lost(d)}
    slots = [d.as_slot(venster.instellingen.pauze) for d in shifts.values()]
    closed = {d.key for d in shifts.values() if (d.datum, d.van) <= (venster.van, venster.nu)}
    objects, entries = venster.objecten, list[Entry]()
    for control in venster.controles:
        key, place = controle_key(control.id), objects.get(control.object_id)
        wens = wensen.get(key, Wens())
        own = shift_of(shifts.values(), control.team_id, control.datum, control.aanvang)
        lost = own is None and venster.names_lost(control.team_id, control.datum, None, control.aanvang)
        if own is not None and (control.actie_id is not None or place is None or place.punt is None):
            closed.add(own.key)
        if own is None and not lost and not wens.weg:
            slots.append(_own_slot(key, control))
            closed.add(key)
        fixed = control.vast or place is None or place.punt is None or (own is None and not lost) or _begun(own, closed)
        visit = _standing(venster, control, place, wens, held=key if own is None and not lost else None)
        entries.append(
            Entry(
                visit=visit,
                slot_key=own.key if own is not None else f"weg/{key}" if lost or wens.weg else key,
                day=control.datum,
                start=control.aanvang,
                fixed=fixed and not wens.weg,
                urgent_by=wens.spoed_voor,
                ended=wens.weg and not control.vast,
            )
        )
    taken = {wens.neemt_over.regel.id for wens in wensen.values() if wens.neemt_over is not None}
    beside = stand_beside([one for one in venster.staand if one.regel.id not in taken], objects, shifts, venster.tot)
    entries += beside.entries
    slots += beside.slots
    closed |= beside.closed
    missed = [control for control in venster.gemist if controle_key(control.id) in wensen]
    entries += [_comes_back(venster, control, wensen[controle_key(control.id)]) for control in missed]
    entries += [
        Entry(_spaced(venster, wens.visit), urgent_by=wens.spoed_voor)
        for wens in wensen.values()
        if wens.visit is not None
    ]
    problem = ReplanProblem(
        start=venster.van,
        end=venster.tot,
        slots=tuple(slots),
        entries=tuple(entries),
        closed=frozenset(closed),
        loss=venster.herplannen.verlies,
        travel=cycling_minutes,
    )
    known = {controle_key(c.id): c for c in [*venster.controles, *missed]}
    return Herplanvraag(problem, known, wensen, shifts, venster)


def _comes_back(venster: Planvenster, control: Geplandecontrole, wens: Wens) -> Entry:
    """A control of a past day that was not carried out: it needs a shift, with the dates that it would have if it stood on today."""
    as_today = replace(control, datum=venster.van)
    visit = _standing(venster, as_today, venster.objecten.get(control.object_id), wens, held=None, stands=False)
    return Entry(visit=visit, slot_key=f"weg/{visit.key}", day=venster.van, start=control.aanvang)


def _begun(own: Dienst | None, closed: set[str]) -> bool:
    return own is not None and own.key in closed


def _own_slot(key: str, control: Geplandecontrole) -> Slot:
    """A place for a control without a shift, so that it still keeps its distance to others."""
    return Slot(key, control.datum, "", 0, 2880, frozenset({key}), 2880)


def _standing(
    venster: Planvenster,
    control: Geplandecontrole,
    place: PlanbaarObject | None,
    wens: Wens,
    held: str | None,
    *,
    stands: bool = True,
) -> Visit:
    """A control as a visit; where it stands it may stay, if it stands anywhere."""
    dates = wens.datums or legal_dates(venster, control, place)
    first, last = dates.eerste, dates.laatste
    if place is not None and place.seizoenen:
        parts = stretches(place.seizoenen, first, last)
        in_time = [part for part in parts if wens.spoed_voor is not None and part[0] <= wens.spoed_voor]
        if stands:  # where nothing asks it to go it stays, out of season too
            parts = in_time or [part for part in parts if part[0] <= control.datum <= part[1]]
        first, last = parts[0] if parts else (control.datum, control.datum if stands else control.datum - timedelta(1))
    if wens.niet_voor is not None:
        first = max(first, wens.niet_voor)
    if place is not None and (not stands or held_to(place, control.aanleiding) < control.datum):
        first = max(first, held_to(place, control.aanleiding) + timedelta(days=1))
    visit = Visit(
        key=controle_key(control.id),
        object_key=str(control.object_id),
        point=Point(0.0, 0.0) if place is None else point_of(place),
        area="",
        duration=control.duur,
        competences=frozenset({held} if held else {place.type.value} if place is not None else ()),
        earliest=first,
        latest=last,
        norm_key=control.aanleiding.value,
        norm_clause="",
        required=dates.verplicht,
        openings=None if place is None else openings_of(place),
        min_days_between=max(1, venster.stand.normen.tussentijd_dagen),
        spacing_exempt=control.aanleiding in {Aanleiding.RISICOADRES, Aanleiding.HERCONTROLE},
    )
    return visit if held else _spaced(venster, visit, stands_on=control.datum if stands else None)


def held_to(place: PlanbaarObject, trigger: Aanleiding | None) -> date:
    """Until when a visit of an object must not come: a wish of a planner or the AF. Where it stands already it may stay (PLN-17)."""
    return hold_of(place, SEKS if place.type is Objecttype.SEKS and trigger is Aanleiding.NORM else VRIJ)


def _spaced(venster: Planvenster, visit: Visit, stands_on: date | None = None) -> Visit:
    """The dates of a visit without those too close to visits of the object outside the window; where it stands it may stay."""
    if visit.spacing_exempt:
        return visit
    gap = timedelta(days=max(1, visit.min_days_between))
    known = [*venster.stand.visited(UUID(visit.object_key)), *venster.stand.planned(UUID(visit.object_key))]
    first = max([visit.earliest, *(day + gap for day in known if day < venster.van)])
    last = min([visit.latest, *(day - gap for day in known if day > venster.tot)])
    if stands_on is not None and visit.earliest <= stands_on <= visit.latest:
        first, last = min(first, stands_on), max(last, stands_on)
    return replace(visit, earliest=first, latest=last)


def legal_dates(venster: Planvenster, control: Geplandecontrole, place: PlanbaarObject | None) -> Datums:
    """The dates that a control's own norm or term allows, today or later."""
    stand, today, late = venster.stand, venster.van, venster.instellingen.inhaal_dagen
    if place is None:
        return Datums(control.datum, control.datum, verplicht=True)
    if control.aanleiding is Aanleiding.RISICOADRES:
        return due_dates(control.datum, place.risicoadres_voor, today, venster.tot, late)
    if control.aanleiding is Aanleiding.HERCONTROLE:
        return Datums(control.datum, control.datum + timedelta(days=late), verplicht=True)
    if place.type is Objecttype.SEKS and control.aanleiding is Aanleiding.NORM:
        own = stand.of_object(place.id)
        counted = [c.datum for c in seks_controls(own) if c.telt_mee]
        counted += [c.datum for c in own if c.status in NOG_TE_DOEN and c.controle_id != control.id]
        return seks_dates(control.datum, counted, stand.seksnorm, seks_periods(place), today, late)
    if place.type is Objecttype.HOR and control.aanleiding is Aanleiding.NORM:
        return _horeca_dates(venster, control, place)
    required = control.aanleiding in VERPLICHT or place.type is Objecttype.SEKS
    return Datums(min(today, control.datum), max(venster.tot, control.datum), verplicht=required)


def _horeca_dates(venster: Planvenster, control: Geplandecontrole, place: PlanbaarObject) -> Datums:
    """The days to either side of the day on which continuous supervision comes round (CAD-19)."""
    months, periods = venster.stand.normen.horeca_maanden, horeca_periods(place)
    last = venster.tot
    if months and periods:
        due = months_after(max(venster.stand.visited(place.id), default=min(p.van for p in periods)), months)
        last = min(last, max(due, venster.van) + timedelta(days=venster.stand.normen.horeca_speling_dagen))
        ends = [p.tot_en_met for p in periods if control.datum in p and p.tot_en_met is not None]
        last = min([last, *ends])
    return Datums(min(venster.van, control.datum), max(last, control.datum), verplicht=False)
