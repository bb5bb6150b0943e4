"""From norms and stock to the visits of a period: what must be done, what may be done, and from when until when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from app.controles.service.aanmaken import default_trigger
from app.controles.status import Aanleiding
from app.objecten.rules.seizoenen import stretches
from app.objecten.schemas.objecten import PlanbaarObject
from app.objecten.status import Objecttype
from app.planning.rules.behoefte import Behoefte, Ritme, repeat_needs
from app.planning.rules.gebieden import area_of
from app.planning.rules.kalender import Periode
from app.planning.rules.planinstellingen import HORECA, RISICO, SEKS, VRIJ, Planinstellingen
from app.planning.schemas.planregels import Redenen
from app.planning.service.gegevens import (
    Stand,
    horeca_periods,
    seks_controls,
    seks_periods,
    unannounced_plans,
)
from app.planning.solver.problem import Opening, Point, Visit
from app.planning.solver.terms import Term, TermCode
from app.planning.solver.yearly import Inrichting, Loting, extra_visits, norm_visits

EIGEN_KEUZE = "Eigen keuze binnen de ruimte die de normen overlaten"
EXTRA = "Extra controle, door het lot gekozen, zodat de laatste van het jaar niet te voorspellen is"


@dataclass(frozen=True)
class Bezoek:
    """A visit for the planner, with what is stored when it is planned.

    Attributes:
        visit: What the planner gets.
        object_id: The object.
        normsleutel: The norm that asks for it.
        aanleiding: Neutral trigger (PLN-03).
        uiterste: Date on which the norm or term asks for it; None without one.
        regel_id: The proposed visit that a planner fixed and that it stands for.
        eerder: The reasons that it had when it was fixed; they stay.
        versie: Version of the proposed visit; it never falls back, or somebody's old ETag would fit again.
        eerste: the first date as others see it, where a wish of a planner moved it; that date would tell of the wish (PLN-17).
    """

    visit: Visit
    object_id: UUID
    normsleutel: str
    aanleiding: Aanleiding
    uiterste: date | None = None
    regel_id: UUID | None = None
    eerder: Redenen | None = None
    versie: int = 1
    eerste: date | None = None


@dataclass(frozen=True)
class _Ground:
    """Why a visit is asked for, and what follows from that; the fields are those of `Visit`."""

    norm_key: str
    clause: str
    permits: Sequence[Periode] = ()
    required: bool = False
    draw_window: bool = False
    spacing_exempt: bool = False
    by_lot: bool = False
    waiting: int = 0


@dataclass(frozen=True)
class Bezoeken:
    """Makes the visits of one period.

    Attributes:
        stand: Stock, norms and controls.
        instellingen: Settings of the planner.
        van: First day of the period.
        tot: Last day.
        loting: The draws of a round; None when nothing is drawn, such as for a day list.
    """

    stand: Stand
    instellingen: Planinstellingen
    van: date
    tot: date
    loting: Loting | None = None

    def all(self) -> tuple[list[Bezoek], list[PlanbaarObject]]:
        """All visits, and the objects that need one but have no place on the map yet."""
        visits, nowhere = [], []
        for place in self.stand.objecten:
            own = [fit for fit in map(partial(in_season_part, place), self._allowed(place)) if fit is not None]
            if own and place.punt is None:
                nowhere.append(place)
            elif own:
                visits += own
        return visits, nowhere

    def own_choice(self, place: PlanbaarObject) -> Bezoek:
        """A visit that a planner chooses without a norm or a report (DEF-09); the legal dates are those of any other visit."""
        need = Behoefte(self.van, self.tot, self.tot)
        visit = self._visit(place, ("eigen", 1), need, _Ground(VRIJ, EIGEN_KEUZE, horeca_periods(place)))
        bezoek = Bezoek(visit, place.id, VRIJ, default_trigger(place.type, None))
        # Out of season the dates are turned round, so that no day is allowed and the refusal says so (PLN-16).
        closed = replace(bezoek, visit=replace(visit, latest=visit.earliest - timedelta(days=1)))
        return in_season_part(place, bezoek) or closed

    def out_of_season(self) -> list[Bezoek]:
        """Visits that are asked for while their place cannot be visited on any day that is allowed (PLN-16)."""
        return [
            bezoek
            for place in self.stand.objecten
            if place.seizoenen
            for bezoek in self._of(place)
            if in_season_part(place, bezoek) is None
        ]

    def held(self) -> list[Bezoek]:
        """Visits that the planner holds back for as long as they could be made; nobody is told more than that (PLN-17)."""
        return [
            bezoek
            for place in self.stand.objecten
            if place.niet_plannen_tot is not None
            for bezoek in self._of(place)
            if held_until(place, bezoek.normsleutel, bezoek.visit.latest)
        ]

    def _allowed(self, place: PlanbaarObject) -> Iterator[Bezoek]:
        """The visits of an object with what is held back left out or moved behind it."""
        for bezoek in self._of(place):
            visit = bezoek.visit
            if held_until(place, bezoek.normsleutel, visit.latest):
                continue
            if held_until(place, bezoek.normsleutel, visit.earliest):
                later = hold_of(place, bezoek.normsleutel) + timedelta(days=1)
                yield replace(bezoek, visit=replace(visit, earliest=later), eerste=visit.earliest)
            else:
                yield bezoek

    def _of(self, place: PlanbaarObject) -> Iterator[Bezoek]:
        planned = [dag for dag in self.stand.planned(place.id) if self.van <= dag <= self.tot]
        licences = horeca_periods(place)
        if place.type is Objecttype.SEKS:
            yield from self._seks(place)
        if place.risicoadres_voor is not None and not self._is_awaited(place, place.risicoadres_voor):
            yield self._risk(place, place.risicoadres_voor)
        elif licences and self.stand.normen.horeca_maanden:
            yield from self._horeca(place, licences)
        elif not planned and (place.type not in {Objecttype.SEKS, Objecttype.WON} or self._is_asked_for(place)):
            yield from self._free(place)

    def _seks(self, place: PlanbaarObject) -> Iterator[Bezoek]:
        """Controls of a licensed sex establishment, with the business plan (CAD-01)."""
        controls = self.stand.of_object(place.id)
        known = [c.datum for c in seks_controls(controls) if c.telt_mee]
        known += unannounced_plans(controls, self.stand.peildatum)
        norm = self.stand.seksnorm
        inrichting = Inrichting(str(place.id), seks_periods(place), known)
        settings = self.instellingen
        ritme = Ritme(settings.inhaal_dagen, settings.spreiding_dagen, settings.extra_bezoeken, settings.lot_stappen)
        clause = f"{norm.per_jaar} controles per jaar per vergunde seksinrichting, met het bedrijfsplan"
        ground = _Ground(SEKS, clause, inrichting.vergunning, required=True, draw_window=True)
        extra = _Ground(SEKS, EXTRA, inrichting.vergunning, by_lot=True)
        asked = [(need, ground) for need in norm_visits(inrichting, self.van, self.tot, norm, ritme, self.loting)]
        if self.loting is not None:
            more = extra_visits(inrichting, self.van, self.tot, norm, ritme, self.loting)
            asked += [(need, extra) for need in more]
        for number, (need, why) in enumerate(asked, 1):
            visit = self._visit(place, ("seks", number), need, why)
            if why.required or visit.earliest <= visit.latest:
                yield Bezoek(visit, place.id, SEKS, Aanleiding.NORM, need.uiterste)

    def _risk(self, place: PlanbaarObject, due: date) -> Bezoek:
        """A risk address with a term: must be visited from the day on which it comes into view (CAD-06), the longest late first."""
        late = self.van + timedelta(days=self.instellingen.inhaal_dagen)
        need = Behoefte(self.van, min(self.tot, due if due >= self.van else late), due)
        clause = f"Risicoadres, te controleren uiterlijk {due:%d-%m-%Y}"
        weeks = max(0, (self.van - due).days + 6) // 7
        ground = _Ground(RISICO, clause, required=True, spacing_exempt=True, waiting=weeks)
        return Bezoek(self._visit(place, ("risico", 1), need, ground), place.id, RISICO, Aanleiding.RISICOADRES, due)

    def _horeca(self, place: PlanbaarObject, licences: list[Periode]) -> Iterator[Bezoek]:
        """Horeca comes round again by its licence (CAD-19)."""
        months = self.stand.normen.horeca_maanden
        current = [p for p in licences if p.van <= self.tot and (p.tot_en_met is None or p.tot_en_met >= self.van)]
        if not current:
            return
        known = [*self.stand.visited(place.id), *self.stand.planned(place.id)]
        start = min(p.van for p in current)
        clause = f"Doorlopend toezicht op vergunde horeca: elke {months} maanden"
        ground = _Ground(HORECA, clause, current)
        slack = self.stand.normen.horeca_speling_dagen
        for number, need in enumerate(repeat_needs(self.van, self.tot, months, start, known, slack), 1):
            yield Bezoek(
                self._visit(place, ("horeca", number), need, ground), place.id, HORECA, Aanleiding.NORM, need.uiterste
            )

    def _free(self, place: PlanbaarObject) -> Iterator[Bezoek]:
        """Any other object may be visited where there is room, or in an integral actie (CAD-03, REG-06)."""
        first, trigger = self.van, Aanleiding.EIGEN_ANALYSE
        if place.type is Objecttype.WON and not self._is_wished(place):
            first = max(
                first, self.stand.feiten.hercontroles[place.id]
            )  # nothing else asks for a dwelling before that day
        need = Behoefte(first, self.tot, self.tot)
        if self._awaits_recheck(place, first):
            trigger = Aanleiding.HERCONTROLE
        ground = _Ground(VRIJ, EIGEN_KEUZE, horeca_periods(place))
        visit = self._visit(place, ("vrij", 1), need, ground)
        if visit.earliest <= visit.latest:
            yield Bezoek(visit, place.id, VRIJ, trigger)

    def _visit(self, place: PlanbaarObject, which: tuple[str, int], need: Behoefte, ground: _Ground) -> Visit:
        gap = timedelta(days=max(1, self.stand.normen.tussentijd_dagen))
        known = [] if ground.spacing_exempt else [*self.stand.visited(place.id), *self.stand.planned(place.id)]
        earliest = max([need.eerste, *(dag + gap for dag in known if dag < self.van)])
        latest = need.laatste
        if ground.required and earliest > latest:
            # The days between two controls go before the date on which the norm would have it.
            latest = min(self.tot, earliest + timedelta(days=self.instellingen.inhaal_dagen))
        latest = min([latest, *(dag - gap for dag in known if dag > self.tot)])
        return Visit(
            key=f"{place.id}/{which[0]}/{which[1]}",
            object_key=str(place.id),
            point=point_of(place),
            area=area_of(place.buurtcode),
            duration=self.instellingen.duur[place.type],
            competences=frozenset({place.type.value}),
            earliest=earliest,
            latest=latest,
            norm_key=ground.norm_key,
            norm_clause=ground.clause,
            required=ground.required,
            openings=openings_of(place),
            min_days_between=gap.days,
            spacing_exempt=ground.spacing_exempt,
            draw_window=ground.draw_window,
            terms=self._terms(place, need, ground.permits, first=which[1] == 1),
            due=None if ground.required else need.uiterste,
            by_lot=ground.by_lot,
            waiting=ground.waiting,
        )

    def _terms(
        self, place: PlanbaarObject, need: Behoefte, periods: Sequence[Periode], *, first: bool
    ) -> tuple[Term, ...]:
        """The published terms that hold for the visit; facts about object, permit and history only.

        The first visit of an object answers a re-check and a flag; later ones are not asked for by them any more.
        """
        points = self.instellingen
        last = max(self.stand.visited(place.id), default=None)
        terms = []
        if need.uiterste < self.tot:
            span = max(1, (self.tot - self.van).days)
            due = min(1.0, (self.tot - need.uiterste).days / span)
            terms.append(Term(TermCode.TERMIJN, round(points.punten_termijn * due)))
        full = max(1, points.laatste_vol_dagen)
        since = full if last is None else min(full, (self.van - last).days)
        terms.append(Term(TermCode.LAATSTE_CONTROLE, max(0, points.punten_laatste * since // full)))
        new = any(last is None or p.van > last for p in periods)
        ending = any(p.tot_en_met is not None and p.tot_en_met <= self.tot for p in periods)
        if new or ending:
            terms.append(Term(TermCode.VERGUNNING, points.punten_vergunning))
        if self._is_wished(place):
            terms.append(Term(TermCode.WENS, points.punten_wens))
        if first and self._awaits_recheck(place, max(self.van, need.eerste)):
            terms.append(Term(TermCode.HERCONTROLE, points.punten_hercontrole))
        flagged = self.stand.feiten.vlaggen.get(place.id)
        if first and flagged is not None and (last is None or last < flagged):
            # One flag or more, of whatever kind: the number would tell what was seen there.
            terms.append(Term(TermCode.VLAG, points.punten_vlag))
        return tuple(term for term in terms if term.punten > 0)

    def _is_awaited(self, place: PlanbaarObject, due: date) -> bool:
        """Whether a visit of a risk address is planned in time, also before the period: nobody comes twice for one term (Awb 5:13)."""
        return any(dag <= max(self.tot, due) for dag in self.stand.planned(place.id))

    def _is_wished(self, place: PlanbaarObject) -> bool:
        """Whether a planner wishes a control and none was done since (PLN-17)."""
        since = place.gewenst_sinds
        return since is not None and all(dag < since for dag in self.stand.visited(place.id))

    def _awaits_recheck(self, place: PlanbaarObject, day: date) -> bool:
        """Whether a re-check is open that may be done on a day, and none was done or planned since (PLN-12, INS-03, INS-06)."""
        due = self.stand.feiten.hercontroles.get(place.id)
        if due is None or due > day:
            return False
        return all(dag < due for dag in (*self.stand.visited(place.id), *self.stand.planned(place.id)))

    def _is_asked_for(self, place: PlanbaarObject) -> bool:
        """Whether a planner or a re-check asks for an object that is not visited by itself, such as a dwelling."""
        return self._is_wished(place) or self._awaits_recheck(place, self.tot)


def hold_of(place: PlanbaarObject, normsleutel: str) -> date:
    """Until when a visit of an object is held back. A licensed establishment keeps its rhythm unless the OM asks (PLN-17)."""
    until = place.norm_niet_tot if normsleutel == SEKS else place.niet_plannen_tot
    return until or date.min


def held_until(place: PlanbaarObject, normsleutel: str, day: date) -> bool:
    """Whether a visit of an object is held back on a day."""
    return hold_of(place, normsleutel) >= day


def in_season_part(place: PlanbaarObject, bezoek: Bezoek) -> Bezoek | None:
    """The visit within the season of its place, None when no allowed day lies in it (PLN-16).

    Of more than one stretch a required visit gets the first, so that it is in time; another one the longest.
    """
    visit = bezoek.visit
    if not place.seizoenen or visit.earliest > visit.latest:
        return bezoek
    parts = stretches(place.seizoenen, visit.earliest, visit.latest)
    if not parts:
        return None
    first, last = parts[0] if visit.required else max(parts, key=lambda part: (part[1] - part[0], -part[0].toordinal()))
    return replace(bezoek, visit=replace(visit, earliest=first, latest=last))


def point_of(place: PlanbaarObject) -> Point:
    """The place in RD; the origin for one that has none and is planned nowhere."""
    return Point(0.0, 0.0) if place.punt is None else Point(place.punt.x, place.punt.y)


def openings_of(place: PlanbaarObject) -> tuple[Opening, ...] | None:
    """Opening hours for the planner; what is unknown is never read as closed."""
    if not place.openingstijden:
        return None
    return tuple(
        Opening(int(day) - 1, opens, closes) for day, spans in place.openingstijden.items() for opens, closes in spans
    )
