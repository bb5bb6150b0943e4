"""`solve`: acties, locks, drawn windows, norm visits, free capacity, routes; in that order."""

from app.planning.solver.actiecauses import actie_causes
from app.planning.solver.choosing import Chosen
from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.drawing import Drawn, draw_windows
from app.planning.solver.evenings import EveningLayer
from app.planning.solver.explaining import norm_causes, why_left_out
from app.planning.solver.filling import draw_share
from app.planning.solver.index import Index
from app.planning.solver.locking import place_locks
from app.planning.solver.norms import NormLayer
from app.planning.solver.problem import Problem, Stop, Visit
from app.planning.solver.result import (
    Assignment,
    Cause,
    DateRange,
    Evening,
    EveningStop,
    LeftOut,
    Reason,
    Result,
    Uitkomst,
)
from app.planning.solver.terms import Term
from app.planning.solver.weeks import WeekLayer


def solve(problem: Problem, stop: Stop, seed: int) -> Result:
    """Plan a horizon.

    The same problem and seed give the same result, whatever the order of the input, unless the run was
    aborted. The plan keeps every hard rule (dates, competence, opening, spacing, shift length, locks,
    partners of acties) in every case; what cannot be kept is left out with the reason.

    Args:
        problem: What to plan.
        stop: When to stop.
        seed: Source of every draw. Take it from a secret source and show it to nobody before the plan was
            executed.

    Raises:
        ProblemError: The problem contradicts itself, such as a key that occurs twice.
    """
    control = Control(stop, seed)
    draft = Draft(Index(problem))
    control.report(0.0, "Vastgezette bezoeken plaatsen")
    causes = place_locks(draft, control)
    layer = EveningLayer(draft, problem.integral, control) if problem.integral else None
    chosen = layer.choose() if layer else []
    control.report(0.2, "Vensters loten")
    placed = frozenset(v for v in draft.index.visits if draft.slot_of(v) is not None)
    drawn = draw_windows(draft.index, seed, placed)
    before = {stood.visit_key: stood.slot_key for stood in problem.before}
    draft = NormLayer(draft, drawn, control, before).solve()
    optional, by_lot = draw_share(draft, seed)
    WeekLayer(draft, drawn, optional, by_lot, control).fill()
    _shorten(draft, control)
    result = _Report(draft, drawn, optional, causes, control).result(chosen, layer)
    control.report(1.0, "Klaar")
    return result


def _shorten(draft: Draft, control: Control) -> None:
    """Improves the order of the shifts of acties; those of the weeks are routed already."""
    for slot in draft.index.slots.values():
        if slot.key in draft.reserved and not control.aborted:
            draft.shorten(slot, control.stop.iterations)


class _Report:
    """Turns a finished draft into a result."""

    def __init__(
        self,
        draft: Draft,
        drawn: dict[str, Drawn],
        optional: dict[str, Visit],
        causes: list[Cause],
        control: Control,
    ) -> None:
        self.draft = draft
        self.drawn = drawn
        self.optional = optional
        self.causes = causes
        self.control = control

    def result(self, chosen: list[Chosen], layer: EveningLayer | None) -> Result:
        """The result, with every visit either in the plan or left out with its reason."""
        index, control = self.draft.index, self.control
        absent = [v for v in index.visits.values() if self.draft.slot_of(v.key) is None]
        missed = [v for v in absent if v.required and v.key not in index.locks]
        candidates = index.problem.integral.candidates if index.problem.integral else ()
        served = frozenset(c.visit_key for c in candidates if c.visit_key)
        causes = list(self.causes)
        causes += actie_causes(layer) if layer else []
        causes += norm_causes(self.draft, missed, served, aborted=control.aborted) if missed else []
        if any(c.proved for c in causes):
            status = Uitkomst.ONHAALBAAR
        else:
            status = Uitkomst.HAALBAAR if causes else Uitkomst.OPTIMAAL
        return Result(
            status=status,
            assignments=self._assignments(),
            evenings=tuple(self._evening(c, layer) for c in chosen if layer),
            left_out=tuple(self._left_out(v) for v in absent),
            causes=tuple(causes),
            drawn=tuple(k for k, v in self.optional.items() if v.terms != index.visits[k].terms),
            aborted=control.aborted,
            seed=control.seed,
        )

    def _terms(self, visit: Visit) -> tuple[Term, ...]:
        return tuple(sorted(self.optional.get(visit.key, visit).terms))

    def _assignments(self) -> tuple[Assignment, ...]:
        return tuple(
            Assignment(
                visit_key=stop.visit.key,
                slot_key=slot.key,
                order=order,
                travel=stop.travel,
                start=stop.start,
                end=stop.end,
                reason=self._reason(stop.visit),
            )
            for slot in self.draft.index.slots.values()
            if slot.key not in self.draft.reserved
            for order, stop in enumerate(self.draft.timetable(slot), 1)
        )

    def _reason(self, visit: Visit) -> Reason:
        drawn = self.drawn.get(visit.key)
        return Reason(
            norm_clause=visit.norm_clause,
            legal=DateRange(visit.earliest, visit.latest),
            drawn=drawn.window if drawn else None,
            terms=self._terms(visit),
            locked=visit.key in self.draft.index.locks,
        )

    def _evening(self, chosen: Chosen, layer: EveningLayer) -> Evening:
        stops = tuple(
            EveningStop(
                object_key=stop.visit.object_key,
                slot_key=key,
                order=order,
                travel=stop.travel,
                start=stop.start,
                end=stop.end,
                terms=tuple(sorted(stop.visit.terms)),
                visit_key=stop.visit.key if stop.visit.key in self.draft.index.visits else None,
            )
            for key in chosen.slot_keys
            for order, stop in enumerate(self.draft.timetable(self.draft.index.slots[key]), 1)
        )
        return Evening(
            date=chosen.date,
            area=chosen.area,
            slot_keys=chosen.slot_keys,
            stops=stops,
            partner_keys=chosen.partner_keys,
            norm_clause=layer.acties.norm_clause,
            locked=chosen.locked,
        )

    def _left_out(self, visit: Visit) -> LeftOut:
        code, text = why_left_out(self.draft, visit, aborted=self.control.aborted)
        return LeftOut(visit.key, visit.required, code, text, self._terms(visit))
