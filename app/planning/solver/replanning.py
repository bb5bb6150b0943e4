"""What replanning is asked and what it answers: a released plan, what happened to it, and the smallest change that mends it.

Light: the API process builds the question and reads the answer; `replan` itself loads the optimisation library.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.planning.solver.problem import Problem, Slot, StraightLine, TravelTime, Visit


class Wijziging(StrEnum):
    """What happens to a visit; the value is what the screens show."""

    TIJDSTIP = "ander tijdstip"
    VERPLAATST = "verplaatst"
    VERVALLEN = "vervallen"
    TOEGEVOEGD = "toegevoegd"
    GEEN_PLEK = "geen plek"


@dataclass(frozen=True, slots=True)
class Entry:
    """A visit of the released plan, or one that must come into it.

    Attributes:
        visit: The visit; its dates are the legal ones, so a window that was drawn does not bind any more.
        slot_key: The shift on which it stands; a shift that is gone counts too. None for a new visit.
        day: Date on which it stands.
        start: Minute at which it stands there.
        fixed: Stays where it is: started, of an integral actie, or in a shift that has begun.
        urgent_by: It goes before everything, and must be done on this date or earlier.
        ended: It must go, for example because the permit ended or a planner wants it so.
    """

    visit: Visit
    slot_key: str | None = None
    day: date | None = None
    start: int | None = None
    fixed: bool = False
    urgent_by: date | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class ReplanProblem:
    """A window of the released plan after something happened.

    Attributes:
        start: First date of the window.
        end: Last date.
        slots: Shifts that are there now, added ones included and lost ones left out.
        entries: Visits in the plan and new ones, within the window.
        closed: Keys of shifts on which nothing comes or goes: begun already, or of an integral actie.
        loss: Changes for which an optional visit counts that loses its place.
        travel: Travel times; must be deterministic.
    """

    start: date
    end: date
    slots: tuple[Slot, ...]
    entries: tuple[Entry, ...]
    closed: frozenset[str] = frozenset()
    loss: int = 2
    travel: TravelTime = field(default=StraightLine())

    def as_problem(self, visits: tuple[Visit, ...]) -> Problem:
        """The same shifts with these visits, for the look-ups of the planner."""
        return Problem(self.start, self.end, self.slots, visits, travel=self.travel)


@dataclass(frozen=True, slots=True, order=True)
class Cost:
    """What a new plan costs, in the order in which it counts.

    Attributes:
        urgent: Urgent visits that are late or left out.
        missed: Norm visits left out.
        changes: Visits of the plan that change shift or are lost, a lost optional one counted `loss` times; and new optional
            visits without a place.
    """

    urgent: int
    missed: int
    changes: int


@dataclass(frozen=True, slots=True)
class Planned:
    """A visit on a touched shift with its new times in minutes."""

    visit_key: str
    slot_key: str
    order: int
    travel: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """One visit that is not as it was.

    Attributes:
        visit_key: The visit.
        kind: What happens to it.
        from_slot: The shift on which it stood.
        to_slot: The shift on which it comes.
        forced: It could not stay: its shift is gone, or it had to end.
    """

    visit_key: str
    kind: Wijziging
    from_slot: str | None
    to_slot: str | None
    forced: bool


@dataclass(frozen=True, slots=True)
class Replanned:
    """The smallest change that was found.

    Attributes:
        changes: Every visit that changes, in order of key.
        routes: All stops of every touched shift, by shift and order.
        cost: What it costs.
        proven: No plan costs less, on real routes.
        aborted: The clock or somebody stopped the run.
    """

    changes: tuple[Change, ...]
    routes: tuple[Planned, ...]
    cost: Cost
    proven: bool
    aborted: bool

    @property
    def changed(self) -> int:
        """Number of visits that change shift or are lost; a new time on the same shift is no change."""
        kinds = {Wijziging.VERPLAATST, Wijziging.VERVALLEN}
        return sum(change.kind in kinds for change in self.changes)

    @property
    def forced(self) -> int:
        """Number of changes that nobody could have avoided."""
        return sum(change.forced for change in self.changes)


@dataclass(frozen=True, slots=True)
class ReplanQuestion:
    """One question to the quick solver.

    Attributes:
        problem: What happened to which plan.
        seconds: After so many seconds the best plan so far is the answer.
        effort: Deterministic seconds of one call of the constraint solver.
        seed: Seed of the constraint solver.
    """

    problem: ReplanProblem
    seconds: float = 4.0
    effort: float = 2.0
    seed: int = 0
