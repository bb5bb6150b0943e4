"""Problems for the planner from neutral data, by the rules with which the service builds them (app/planning/service).

What differs from the service is listed in bench/README.md. Settings are those that the service ships with
(checklists/planinstellingen-1.yaml), but for the days between two controls, which the city sets.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.planning.rules.behoefte import Ritme
from app.planning.rules.kalender import Periode
from app.planning.rules.seks import Seksnorm
from app.planning.solver.problem import (
    ActieObject,
    IntegralActies,
    Opening,
    Partner,
    Point,
    Problem,
    Settings,
    Slot,
    StraightLine,
    Visit,
)
from app.planning.solver.standing import Place, Stood
from app.planning.solver.standing import stand as stand_
from app.planning.solver.terms import Term, TermCode
from app.planning.solver.yearly import Inrichting, Loting, extra_visits, norm_visits
from app.planning.status import StaandeBezoeken
from bench.gegevens import HORECA, SEKS, TERMIJN, Actie, Dienst, Eis, Plek, Stad

INHAAL, _TERMIJN, _LAATSTE, _LANG_GELEDEN = 14, 100, 50, 730
_ACTIE = "ACTIE"
RITME = Ritme(INHAAL, spreiding_dagen=60, extra_per_jaar=0.25)


def due_of(eis: Eis) -> date:
    """The day on which a demand is due: the end of a term; of horeca the day in the middle, on which it comes round."""
    return eis.tot if eis.soort == TERMIJN else eis.van + (eis.tot - eis.van) / 2


@dataclass(frozen=True, slots=True)
class Staand:
    """A visit that stands on a shift already.

    Attributes:
        plek: The place.
        dienst: The shift.
        aanvang: Minute at which it starts.
        dagen: First and last date on which the norm and the drawn window allow it; None for one that waits for its release by
            police and OM, which nothing may move.
    """

    plek: str
    dienst: str
    aanvang: int
    dagen: tuple[date, date] | None = None


@dataclass(frozen=True)
class Bouwer:
    """Builds the problems of one city."""

    stad: Stad

    @property
    def travel(self) -> StraightLine:
        """Travel times in the city."""
        return StraightLine(km_per_hour=self.stad.km_per_uur, detour=self.stad.omweg, overhead=0)

    def slot(self, dienst: Dienst) -> Slot:
        """A shift as the planner sees it; a base is not known to the service."""
        return Slot(
            key=dienst.sleutel,
            date=dienst.datum,
            team=dienst.team,
            start=dienst.van,
            end=dienst.tot,
            competences=frozenset({_ACTIE, *dienst.bevoegd}),
            capacity=dienst.tot - dienst.van - dienst.pauze,
        )

    def problem(
        self,
        van: date,
        tot: date,
        diensten: Iterable[Dienst],
        visits: Sequence[Visit],
        stand: Sequence[Stood] = (),
        acties: IntegralActies | None = None,
        aandeel: float = 0.1,
    ) -> Problem:
        """A problem over a period, with what stands in it; `aandeel` is the share drawn by lot."""
        return Problem(
            start=van,
            end=tot,
            slots=tuple(self.slot(d) for d in diensten if van <= d.datum <= tot and d.bezetting >= 2),
            visits=(*(own.visit for own in stand), *visits),
            integral=acties,
            locks=tuple(own.lock for own in stand if not own.free),
            before=tuple(own.lock for own in stand if own.free),
            settings=Settings(window_days=21, random_share=aandeel, random_points=1000, travel_allowance=8),
            travel=self.travel,
        )

    def _visit(
        self, sleutel: str, plek: Plek, dates: tuple[date, date], norm: str, *, required: bool, drawn: bool = False
    ) -> Visit:
        return Visit(
            key=sleutel,
            object_key=plek.sleutel,
            point=Point(plek.x, plek.y),
            area=plek.wijk,
            duration=plek.duur,
            competences=frozenset({plek.soort}),
            earliest=dates[0],
            latest=dates[1],
            norm_key=norm,
            norm_clause=norm,
            required=required,
            openings=tuple(Opening(*opening) for opening in plek.open),
            min_days_between=self.stad.tussentijd,
            spacing_exempt=norm == TERMIJN,
            draw_window=drawn,
        )

    def sex_visits(self, van: date, tot: date, bekend: Mapping[str, Collection[date]], loting: Loting) -> list[Visit]:
        """What the norm of six a year still asks of each establishment (CAD-01), and the extra ones of the lot, by the rule of the service."""
        visits = []
        for plek in self.stad.plekken:
            if plek.soort != SEKS:
                continue
            known = sorted(bekend[plek.sleutel])
            first = min(self.stad.start - timedelta(days=364), *plek.bezocht)
            norm = Seksnorm(plek.per_jaar, self.stad.tussentijd, telling_vanaf=first)
            inrichting = Inrichting(plek.sleutel, [Periode(first)], known)
            needs = [(need, True) for need in norm_visits(inrichting, van, tot, norm, RITME, loting)]
            needs += [(need, False) for need in extra_visits(inrichting, van, tot, norm, RITME, loting)]
            gap = timedelta(days=self.stad.tussentijd)
            soonest = max([van, *(day + gap for day in known if day < van)])
            for number, (need, required) in enumerate(needs, 1):
                dates = (max(soonest, need.eerste), max(need.laatste, min(tot, soonest + timedelta(days=INHAAL))))
                sleutel = f"{plek.sleutel}/{van}/{number}"
                visit = self._visit(sleutel, plek, dates, SEKS, required=required, drawn=required)
                visits.append(visit if required else replace(visit, by_lot=True, due=need.uiterste))
        return visits

    def standing(
        self, stand: Iterable[Staand], choice: StaandeBezoeken, first: date, known: Mapping[str, Collection[date]]
    ) -> list[Stood]:
        """Visits that stand already, by the function with which a round of the service takes them up.

        Args:
            stand: The visits.
            choice: What the round may change of them.
            first: First day of the round.
            known: Dates of other visits per place.
        """
        plekken = {p.sleutel: p for p in self.stad.plekken}
        shifts = {d.sleutel: d for d in self.stad.diensten}
        stood = []
        for own in stand:
            plek, day = plekken[own.plek], shifts[own.dienst].datum
            key, norm = f"{own.plek}/staat/{own.dienst}", TERMIJN if own.dagen is None else "GEPLAND"
            visit = self._visit(key, plek, own.dagen or (day, day), norm, required=True)
            allowed = choice if own.dagen is not None else StaandeBezoeken.TIJD
            stood.append(stand_(visit, Place(own.dienst, day, own.aanvang), allowed, first, known.get(own.plek, ())))
        return stood

    def demand(self, eis: Eis, plek: Plek, van: date, tot: date, last: date | None) -> Visit:
        """A risk address or horeca as a visit of a period, with the terms that the service gives it."""
        due = due_of(eis)
        if eis.soort == TERMIJN:
            latest = min(tot, due if due >= van else van + timedelta(days=INHAAL))
            dates, required = (van, latest), True
        else:
            dates, required = (max(van, eis.van), min(tot, max(eis.tot, van + timedelta(days=INHAAL)))), False
        visit = self._visit(eis.sleutel, plek, dates, eis.soort, required=required)
        terms = []
        if due < tot:
            terms.append(
                Term(TermCode.TERMIJN, round(_TERMIJN * min(1.0, (tot - due).days / max(1, (tot - van).days))))
            )
        since = _LANG_GELEDEN if last is None else min(_LANG_GELEDEN, (van - last).days)
        terms.append(Term(TermCode.LAATSTE_CONTROLE, max(0, _LAATSTE * since // _LANG_GELEDEN)))
        return replace(
            visit,
            terms=tuple(term for term in terms if term.punten > 0),
            due=None if required else due,
            waiting=max(0, (van - due).days + 6) // 7 if required else 0,
        )

    def acties(
        self, count: int, period: tuple[date, date], held: Sequence[Actie], fresh: Collection[str]
    ) -> IntegralActies | None:
        """Integral acties that the year still needs, not at places that were visited just now."""
        stad, (van, tot) = self.stad, period
        if count <= 0:
            return None
        candidates = []
        for plek in stad.plekken:
            if plek.soort == HORECA and plek.sleutel not in fresh:
                openings = tuple(Opening(*opening) for opening in plek.open)
                candidates.append(
                    ActieObject(
                        plek.sleutel,
                        Point(plek.x, plek.y),
                        plek.wijk,
                        plek.duur,
                        openings=openings,
                        min_days_between=stad.tussentijd,
                    )
                )
        partners = tuple(
            Partner(
                p.sleutel,
                p.sleutel,
                frozenset(d for d in p.dagen if van <= d <= tot),
                p.hoogstens - sum(p.sleutel in a.partners for a in held),
                p.verplicht,
            )
            for p in stad.partners
        )
        least, most = stad.actie_adressen
        return IntegralActies(
            count=count,
            min_days_between=stad.actie_tussentijd,
            partners=partners,
            candidates=tuple(candidates),
            norm_key="ACTIES",
            norm_clause="integrale acties",
            min_objects=least,
            max_objects=most,
            competences=frozenset({_ACTIE, HORECA}),
            previous=tuple(a.datum for a in held),
        )
