"""What would mend a conflict, computed and tried: extra shifts, fewer days between two visits, or a lock let go.

A mend is told only when the visits of the conflict were planned again with it, on real routes, without a miss. Where that was not tried or
not found, what is short is counted: so many shifts are needed at least, and that is what is said.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.core.clock import time_of_day
from app.planning.solver.conflict import Conflict, Court, Regel
from app.planning.solver.control import Control
from app.planning.solver.draft import Draft
from app.planning.solver.index import Index
from app.planning.solver.locking import place_locks
from app.planning.solver.norms import NormLayer
from app.planning.solver.problem import Lock, Problem, Slot, Stop, Visit

_QUICK = Stop(deterministic_time=0.1, iterations=20)
_PROBES = 4
_MOST_PAIRS = 150_000
"""Most pairs of visit and shift for which a mend is tried."""
_NEW = "extra dienst"


class Mender:
    """Looks for the smallest mend of one conflict."""

    def __init__(self, court: Court, conflict: Conflict, visits: Sequence[Visit], missed: int) -> None:
        """Take the problem, the conflict, all visits beside those of the conflict, and how many of it a plan missed."""
        self.missed = missed
        self.court = court
        self.conflict = conflict
        # What must be done by the same teams in the same period counts too: a mend that moves the shortage is none.
        self.visits = tuple(visits)

    def sentence(self) -> str:
        """The mend in Dutch, else what is short; empty when neither is known."""
        return self._tried() or self._short()

    def _tried(self) -> str:
        crowded = self.conflict.has(Regel.TUSSENTIJD)
        most = self.court.calendar_holds(self.conflict.visits) if crowded else None
        if most is not None:  # more shifts are no use, and fewer days between are not enough for far too many
            return (
                self._closer()
                or f"Oplossing: vraag van elk object hoogstens {most} {_visits(most)} in deze periode (geteld)."
            )
        if self._is_large():
            return ""
        kinds = {rule.kind for rule in self.conflict.rules}
        if Regel.VASTZETTING in kinds:
            return self._let_go()
        if Regel.TUSSENTIJD in kinds and Regel.CAPACITEIT not in kinds:
            return self._closer() or self._extra_shifts()
        return self._extra_shifts() or (self._closer() if Regel.TUSSENTIJD in kinds else "")

    def _is_large(self) -> bool:
        """Whether trying takes longer than an answer may."""
        return sum(len(self.court.index.candidates(v)) for v in self.visits) > _MOST_PAIRS

    def _short(self) -> str:
        """How many shifts there are too few at least, were each filled to the brim without any travel."""
        template = self._template() if self.conflict.has(Regel.CAPACITEIT) else None
        if template is None:
            return ""
        number = self._least(template)
        year, week, _ = self.conflict.period[1].isocalendar()
        return (
            f"Tekort: minstens {number} {_shifts(number)} van {template.team} ({time_of_day(template.start)}-{time_of_day(template.end)}), "
            f"uiterlijk in week {week} van {year} (geteld, zonder reistijd)."
        )

    def _least(self, template: Slot) -> int:
        """Extra shifts without which what provably does not fit cannot be done."""
        each = template.capacity // min(v.duration for v in self.conflict.visits)
        return -(-(len(self.conflict.visits) - self.conflict.fits) // max(1, each))

    def _let_go(self) -> str:
        locks = [rule.subject for rule in self.conflict.rules if rule.kind is Regel.VASTZETTING]
        for key in locks:
            problem = replace(
                self.court.problem, locks=tuple(k for k in self.court.problem.locks if k.visit_key != key)
            )
            if self._fits(problem):
                return f"Oplossing: maak het bezoek {key} los (nagerekend)."
        return ""

    def _closer(self) -> str:
        """The largest number of days between two visits with which all fit."""
        low, high = 1, max(v.min_days_between for v in self.conflict.visits)
        if self._is_large() or not self._fits_with(low):
            return ""
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._fits_with(middle) else (low, middle)
        return f"Oplossing: hoogstens {low} {'dag' if low == 1 else 'dagen'} tussentijd (nagerekend)."

    def _fits_with(self, days: int) -> bool:
        own = {v.key for v in self.conflict.visits}
        visits = [replace(v, min_days_between=days) if v.key in own else v for v in self.visits]
        return self._fits(self.court.problem, visits)

    def _extra_shifts(self) -> str:
        """The least number of extra shifts of one team with which all fit."""
        template = self._template()
        days = self._days(template) if template else []
        if template is None or not days:
            return ""
        settings = self.court.problem.settings
        longest = max(v.duration for v in self.conflict.visits) + settings.travel_allowance
        low, most = 0, max(1, self.missed // max(1, template.capacity // longest))
        for _ in range(_PROBES):
            if self._fits_extra(template, days, most):
                break
            low, most = most, most + max(1, most // 2)
        else:
            return ""
        step = max(1, most // 16)
        while most - low > step:
            middle = (low + most) // 2
            low, most = (low, middle) if self._fits_extra(template, days, middle) else (middle, most)
        skills = ", ".join(sorted(frozenset[str]().union(*(v.competences for v in self.conflict.visits))))
        able = f" met de bevoegdheid {skills}" if self.conflict.has(Regel.BEVOEGDHEID) and skills else ""
        return (
            f"Oplossing: {most} {_shifts(most)} van {template.team} erbij ({time_of_day(template.start)}-{time_of_day(template.end)}){able}, "
            f"van {days[0]:%d-%m-%Y} tot en met {days[-1]:%d-%m-%Y} (nagerekend)."
        )

    def _template(self) -> Slot | None:
        """The shift that is most common among those that can do the work; else one that is changed so that it can."""
        visits = self.conflict.visits
        needed = frozenset[str]().union(*(v.competences for v in visits))
        slots = [s for s in self.court.index.slots.values() if s.key not in self.court.reserved]
        longest = max(visits, key=lambda v: (v.duration, v.key))
        able = [s for s in slots if needed <= s.competences and self._opens(longest, s)] or [
            s for s in slots if self._opens(longest, s)
        ]
        common = Counter((s.team, s.start, s.end, s.capacity, s.base) for s in able)
        if not common:
            return None
        team, start, end, capacity, base = min(common, key=lambda k: (-common[k], k[:3]))
        example = next(
            s for s in able if (s.team, s.start, s.end, s.capacity, s.base) == (team, start, end, capacity, base)
        )
        return replace(example, competences=example.competences | needed)

    def _opens(self, visit: Visit, slot: Slot) -> bool:
        return visit.duration <= slot.capacity and bool(self.court.index.windows(visit, slot))

    def _days(self, template: Slot) -> list[date]:
        """Days of the conflict on which such a shift would help."""
        first, last = self.conflict.period
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return [d for d in days if any(self._opens(v, replace(template, date=d)) for v in self.conflict.visits)]

    def _fits_extra(self, template: Slot, days: Sequence[date], number: int) -> bool:
        return self._fits(self._with_shifts(template, days, number))

    def _with_shifts(self, template: Slot, days: Sequence[date], number: int) -> Problem:
        """The problem with a number of extra shifts, spread over the days."""
        extra = [
            replace(template, key=f"{_NEW} {n:04}", date=days[(2 * n + 1) * len(days) // (2 * number) % len(days)])
            for n in range(number)
        ]
        return replace(self.court.problem, slots=(*self.court.problem.slots, *extra))

    def _fits(self, problem: Problem, visits: Sequence[Visit] | None = None) -> bool:
        """Whether the visits are planned without a miss, locks included."""
        kept = tuple(self.visits if visits is None else visits)
        asked = frozenset(v.key for v in self.conflict.visits)
        index = Index(replace(problem, visits=kept, locks=self._locks(problem), integral=None))
        control = Control(_QUICK, 0)
        draft = Draft(index)
        place_locks(draft, control)
        draft.reserved = set(self.court.reserved)
        plan = NormLayer(draft, {}, control).greedy(asked)
        return all(plan.slot_of(key) is not None for key in asked)

    def _locks(self, problem: Problem) -> tuple[Lock, ...]:
        keys = {v.key for v in self.visits}
        return tuple(lock for lock in problem.locks if lock.visit_key in keys)


def _visits(number: int) -> str:
    return "bezoek" if number == 1 else "bezoeken"


def _shifts(number: int) -> str:
    return "dienst" if number == 1 else "diensten"
