"""A municipality's year with the planner: rounds as a planner starts them, week by week, and what happens to them outside.

At the start a round over the whole year puts the norm visits of sex establishments and the integral acties on shifts. Every Monday:
what fell away (leave, an ill team, a closed door) is planned again by a round over the rest of the year in which all that
stands is fixed; then a round over this week and the next plans risk addresses and horeca around it, and only this week
is carried out. A risk address behind a closed door, or on a shift of which the team fell ill that day, is planned again by a replan of
what stands. Nothing is known before the municipality would know it.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.planning.solver.engine import solve
from app.planning.solver.problem import Problem, Stop, Visit
from app.planning.solver.result import Result
from app.planning.solver.yearly import Loting
from app.planning.status import StaandeBezoeken
from bench.gegevens import RONDGANG, TERMIJN, Actie, Bezoek, Dienst, Eis, Jaar, Stad
from bench.herkansing import VENSTER, Plaats, try_again
from bench.vraag import Bouwer, Staand, due_of


@dataclass(frozen=True, slots=True)
class Werkwijze:
    """How the municipality uses the planner.

    Attributes:
        vast: What a weekly round may change of a norm visit that stands: the choice `staandeBezoeken` of a round.
        vooruit: Weeks that a weekly round looks ahead, this one included.
        marge: Days at the end of the year that the round over the year leaves free, for what finds a closed door.
        jaartijd: Deterministic seconds per step of the round over the year.
        weektijd: The same of the weekly round.
    """

    vast: StaandeBezoeken = StaandeBezoeken.WEEK
    vooruit: int = 2
    marge: int = 14
    jaartijd: float = 10.0
    weektijd: float = 2.0


@dataclass
class Jaarloop:
    """One year in one city.

    Attributes:
        stad: The city.
        seed: Source of every draw of the planner.
        wijze: How the planner is used.
        gedaan: Dates of controls per place, those of before the year included.
        staand: Norm visits that stand on a shift, by shift and place.
        open: Demands that are left.
        acties: Acties that are held or agreed.
        seconden: Time that the planner took, the year round first.
    """

    stad: Stad
    seed: int
    wijze: Werkwijze = Werkwijze()
    gedaan: dict[str, list[date]] = field(default_factory=dict)
    staand: dict[tuple[str, str], Staand] = field(default_factory=dict)
    open: dict[str, Eis] = field(default_factory=dict)
    acties: dict[str, Actie] = field(default_factory=dict)
    actiebezoeken: dict[str, list[Staand]] = field(default_factory=dict)
    bezoeken: list[Bezoek] = field(default_factory=list)
    seconden: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bouw = Bouwer(self.stad)
        self.plekken = {p.sleutel: p for p in self.stad.plekken}
        self.diensten = {d.sleutel: d for d in self.stad.diensten}
        self.gedaan = {p.sleutel: list(p.bezocht) for p in self.stad.plekken}
        self.open = {e.sleutel: e for e in self.stad.eisen}

    def run(self, weken: int = 52) -> Jaar:
        """The whole year, or its first weeks."""
        monday = self.stad.start
        while monday <= min(self.stad.eind, self.stad.start + timedelta(days=7 * weken - 1)):
            self._fall_away(monday)
            self._norm_round(monday)
            self._week(monday)
            monday += timedelta(days=7)
        held = self._held()
        return Jaar("veldwacht", tuple(self.bezoeken), tuple(a for a in self.acties.values() if a.sleutel in held))

    def _held(self) -> set[str]:
        return {b.actie for b in self.bezoeken if b.actie is not None}

    def _known_shifts(self, today: date) -> list[Dienst]:
        """Shifts from today on that stand as far as is known today; those of an actie are taken."""
        taken = {sleutel for actie in self.acties.values() for sleutel in actie.diensten}
        return [
            d
            for d in self.stad.diensten
            if d.datum >= today and d.sleutel not in taken and (d.vervalt is None or d.vervalt > today)
        ]

    def _fall_away(self, today: date) -> None:
        """Takes off the plan what stands on a shift that was lost, or that lies behind us without having been done."""
        lost = {
            d.sleutel for d in self.stad.diensten if d.datum < today or (d.vervalt is not None and d.vervalt <= today)
        }
        self.staand = {key: own for key, own in self.staand.items() if own.dienst not in lost}
        held = self._held()
        for sleutel in [a.sleutel for a in self.acties.values() if set(a.diensten) & lost and a.sleutel not in held]:
            del self.acties[sleutel]
            del self.actiebezoeken[sleutel]

    def _norm_round(self, today: date) -> None:
        """A round over the rest of the year for the norm visits and acties that are not on the plan."""
        stad, wijze = self.stad, self.wijze
        bekend = {sleutel: list(days) for sleutel, days in self.gedaan.items()}
        for own in self.staand.values():
            bekend[own.plek].append(self.diensten[own.dienst].datum)
        end = stad.eind - timedelta(days=wijze.marge)
        if today + timedelta(days=wijze.marge) > end:
            end = stad.eind
        needs = self.bouw.sex_visits(today, end, bekend, Loting(self._seed(today), {stad.start.year: self.seed}))
        fresh = {s for s, days in self.gedaan.items() if days and max(days) + timedelta(days=stad.tussentijd) > today}
        missing = stad.acties - len(self.acties)
        acties = self.bouw.acties(missing, (today, end), list(self.acties.values()), fresh)
        if not needs and acties is None:
            return
        # A round for what was lost leaves the shift of all that stands alone; only its minute may change.
        kept = min(wijze.vast, StaandeBezoeken.DIENST, key=list(StaandeBezoeken).index)
        stand = self.bouw.standing(self.staand.values(), kept, today, {})
        problem = self.bouw.problem(today, stad.eind, self._known_shifts(today), needs, stand, acties)
        result = self._solve(problem, wijze.jaartijd)
        for a in result.assignments:
            plek = a.visit_key.split("/")[0]
            stood = self.staand.get((a.slot_key, plek))
            legal, drawn = a.reason.legal, a.reason.drawn or a.reason.legal
            days = stood.dagen if stood else (max(legal.first, drawn.first), min(legal.last, drawn.last))
            self.staand[a.slot_key, plek] = Staand(plek, a.slot_key, a.start, days)
        for evening in result.evenings:
            sleutel = f"actie {evening.date}"
            self.acties[sleutel] = Actie(sleutel, evening.date, evening.area, evening.slot_keys, evening.partner_keys)
            self.actiebezoeken[sleutel] = [Staand(s.object_key, s.slot_key, s.start) for s in evening.stops]

    def _week(self, monday: date) -> None:
        """The weekly round, of which this week is carried out."""
        end = min(self.stad.eind, monday + timedelta(days=7 * self.wijze.vooruit - 1))
        sunday = min(self.stad.eind, monday + timedelta(days=6))
        near = [own for own in self.staand.values() if self.diensten[own.dienst].datum <= end]
        stand = self.bouw.standing(near, self.wijze.vast, monday, self._other_dates(near))
        demands = self._demands(monday, sunday, end)
        problem = self.bouw.problem(monday, end, self._known_shifts(monday), demands, stand)
        by_key = {visit.key: visit for visit in problem.visits}
        plan = {
            a.visit_key: Plaats(by_key[a.visit_key], a.slot_key, self.diensten[a.slot_key].datum, a.start)
            for a in self._solve(problem, self.wijze.weektijd).assignments
            if self.diensten[a.slot_key].datum <= sunday
        }
        self._carry_out(plan, monday, sunday)
        for sleutel in [a.sleutel for a in self.acties.values() if monday <= a.datum <= sunday]:
            for own in self.actiebezoeken.pop(sleutel):
                self._go(own, None, sleutel)
            if sleutel not in self._held():
                del self.acties[sleutel]

    def _carry_out(self, plan: dict[str, Plaats], monday: date, sunday: date) -> None:
        """The days of a week; a risk address behind a closed door, or on a shift that was lost that day, is tried again within days."""
        for n in range((sunday - monday).days + 1):
            day = monday + timedelta(days=n)
            today = sorted((own.aanvang, key) for key, own in plan.items() if own.datum == day)
            again: list[tuple[Eis, int | None]] = []
            for start, key in today:
                own = plan.pop(key)
                plek, _, stood = key.partition("/staat/")
                plek = plek.split("/")[0]
                self.staand.pop((stood, plek), None)
                self._go(Staand(plek, own.dienst or "", start), key)
                term = next((e for e in self.open.values() if e.plek == plek and e.soort == TERMIJN), None)
                if term is not None:
                    lost = self.diensten[own.dienst or ""].vervalt is not None
                    again.append((term, None if lost else start))
            for term, shut_at in again:
                plan = self._try_again(plan, term, shut_at, day + timedelta(days=1), sunday)

    def _try_again(
        self, plan: dict[str, Plaats], eis: Eis, failed: int | None, today: date, sunday: date
    ) -> dict[str, Plaats]:
        """The plan of this week with a second try in it; one that comes later stands until then."""
        if today > self.stad.eind:
            return plan
        # Earlier second tries are controls; what the year round holds for later weeks was not released, and a replan does not see it.
        later = [s for s in self.staand.values() if s.dagen is None and self.diensten[s.dienst].datum > sunday]
        known = dict(plan)
        for own, stood in zip(later, self.bouw.standing(later, StaandeBezoeken.DIENST, today, {}), strict=True):
            known[stood.visit.key] = Plaats(stood.visit, own.dienst, self.diensten[own.dienst].datum, own.aanvang)
        end = min(self.stad.eind, today + timedelta(days=VENSTER - 1))
        again = self.bouw.demand(eis, self.plekken[eis.plek], today, end, None)
        slots = [self.bouw.slot(d) for d in self._known_shifts(today) if d.bezetting >= 2]
        began = time.perf_counter()
        result = try_again(slots, known, again, failed, self.bouw.travel)
        self.seconden.append(time.perf_counter() - began)
        new = result.get(again.key)
        if new is not None and new.dienst is not None and new.datum is not None and new.datum > sunday:
            self.staand[new.dienst, eis.plek] = Staand(eis.plek, new.dienst, new.aanvang)
        return {key: own for key, own in result.items() if own.datum is not None and own.datum <= sunday}

    def _demands(self, monday: date, sunday: date, end: date) -> list[Visit]:
        """Risk addresses that are in view and horeca that may be done this week, one per place."""
        agreed = {own.plek: self.acties[s].datum for s, stops in self.actiebezoeken.items() for own in stops}
        close = sunday + timedelta(days=self.stad.tussentijd)
        visits: dict[str, Visit] = {}
        standing = {own.plek for own in self.staand.values()}
        for eis in sorted(self.open.values(), key=lambda e: (e.tot, e.sleutel)):
            last_day = sunday if eis.soort == RONDGANG else end
            if eis.bekend > monday or eis.van > last_day or eis.plek in visits or eis.plek in standing:
                continue
            actie = agreed.get(eis.plek)
            if actie is not None and (actie <= close or actie <= due_of(eis)):
                continue
            if self._may_go(eis, monday):
                last = max(self.gedaan[eis.plek], default=None)
                visits[eis.plek] = self.bouw.demand(eis, self.plekken[eis.plek], monday, last_day, last)
        return list(visits.values())

    def _other_dates(self, near: Collection[Staand]) -> dict[str, list[date]]:
        """Dates of each place that a round does not hold: done before it, and standing after it."""
        dates = {own.plek: list(self.gedaan[own.plek]) for own in near}
        for own in self.staand.values():
            if own.plek in dates and own not in near:
                dates[own.plek].append(self.diensten[own.dienst].datum)
        return dates

    def _may_go(self, eis: Eis, monday: date) -> bool:
        """Whether the days between two controls leave a day of this week; a risk address has none."""
        gap = timedelta(days=self.stad.tussentijd)
        return eis.soort == TERMIJN or all(day + gap <= monday for day in self.gedaan[eis.plek])

    def _go(self, own: Staand, eis: str | None, actie: str | None = None) -> None:
        """Carries one visit out: a lost shift is not worked, a closed door is an attempt."""
        dienst, plek = self.diensten[own.dienst], self.plekken[own.plek]
        if dienst.vervalt is not None:
            return
        inside = not self.stad.door_is_shut(plek.sleutel, dienst.datum)
        self.bezoeken.append(Bezoek(dienst.sleutel, plek.sleutel, own.aanvang, own.aanvang + plek.duur, inside, actie))
        if inside:
            self.gedaan[plek.sleutel].append(dienst.datum)
            if actie is not None:
                eis = next(
                    (e.sleutel for e in self.open.values() if e.plek == plek.sleutel and e.van <= dienst.datum), None
                )
            if eis is not None:
                # A second try that stood from an earlier week names its shift, not its demand.
                term = next(
                    (e.sleutel for e in self.open.values() if e.plek == plek.sleutel and e.soort == TERMIJN), eis
                )
                self.open.pop(term, None)

    def _seed(self, today: date) -> int:
        return self.seed * 1_000 + (today - self.stad.start).days

    def _solve(self, problem: Problem, seconds: float) -> Result:
        began = time.perf_counter()
        result = solve(problem, Stop(deterministic_time=seconds), self._seed(problem.start))
        self.seconden.append(time.perf_counter() - began)
        return result
