"""What the planner answers: a plan that keeps every hard rule, what it left out, and why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.planning.solver.terms import Term, priority

ENGINE_VERSION = "veldwacht-planner 1.0"


class Uitkomst(StrEnum):
    """How far the plan got; only about norms and locks, not about travel.

    OPTIMAAL: every required visit and actie is in the plan and every lock is kept.
    HAALBAAR: the plan keeps every hard rule but misses something, and a better plan may exist.
    ONHAALBAAR: it is proved that no plan can hold everything; the plan is what could be done.
    """

    OPTIMAAL = "optimaal"
    HAALBAAR = "haalbaar"
    ONHAALBAAR = "onhaalbaar"


class Weglating(StrEnum):
    """Why a visit is not in the plan."""

    BUITEN_PERIODE = "buiten de periode"
    BEVOEGDHEID = "geen bevoegde dienst"
    OPENINGSTIJD = "gesloten"
    TUSSENTIJD = "tussentijd"
    CAPACITEIT = "geen ruimte"
    VASTZETTING = "vastzetting past niet"
    GESTOPT = "gestopt"


class Oorzaak(StrEnum):
    """What stands in the way of a plan that holds everything."""

    CAPACITEIT = "capaciteit"
    BEVOEGDHEID = "bevoegdheid"
    OPENINGSTIJD = "openingstijd"
    TUSSENTIJD = "tussentijd"
    PARTNER = "partner"
    OBJECTEN = "objecten"
    VASTZETTING = "vastzetting"
    COMBINATIE = "combinatie van regels"


@dataclass(frozen=True, slots=True)
class DateRange:
    """Dates, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a visit is in the plan.

    Attributes:
        norm_clause: The norm that asks for it, in Dutch.
        legal: The dates that the norm allows.
        drawn: The window that was drawn at random, if one was.
        terms: Terms of the priority.
        locked: A planner put it on this shift.
    """

    norm_clause: str
    legal: DateRange
    drawn: DateRange | None
    terms: tuple[Term, ...]
    locked: bool = False

    @property
    def priority(self) -> int:
        """The sum of the terms."""
        return priority(self.terms)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A visit on a shift.

    Attributes:
        visit_key: The visit.
        slot_key: The shift.
        order: Place in the shift, from 1; counts the stops of an actie too.
        travel: Minutes of travel from the stop before it.
        start: Minute at which it starts.
        end: Minute at which it ends.
        reason: Why.
    """

    visit_key: str
    slot_key: str
    order: int
    travel: int
    start: int
    end: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class EveningStop:
    """An object in an actie; a visit named by `visit_key` is done by it and has no other assignment."""

    object_key: str
    slot_key: str
    order: int
    travel: int
    start: int
    end: int
    terms: tuple[Term, ...]
    visit_key: str | None


@dataclass(frozen=True, slots=True)
class Evening:
    """An integral actie: one date, one area, its shifts, objects and partners.

    Attributes:
        date: Business date.
        area: Code of the area.
        slot_keys: Shifts that it takes; nothing else is planned on them.
        stops: Objects with order and times.
        partner_keys: Services that join.
        norm_clause: The norm that asks for it, in Dutch.
        locked: It was agreed already.
    """

    date: date
    area: str
    slot_keys: tuple[str, ...]
    stops: tuple[EveningStop, ...]
    partner_keys: tuple[str, ...]
    norm_clause: str
    locked: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A visit that is not in the plan.

    Attributes:
        visit_key: The visit.
        required: It was asked for by a norm.
        code: Why.
        reason: Why, as a Dutch sentence.
        terms: Terms of its priority.
    """

    visit_key: str
    required: bool
    code: Weglating
    reason: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """A norm or lock that cannot be kept.

    Attributes:
        code: What is short.
        norm_key: The norm; None for a lock.
        text: Dutch sentence with the numbers.
        proved: No plan can do better on this point.
        mend: What would mend it, as a Dutch sentence; tried by planning again. Empty when nothing was found.
    """

    code: Oorzaak
    norm_key: str | None
    text: str
    proved: bool
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The plan.

    Attributes:
        status: How far it got.
        assignments: Visits on shifts, by date, shift and order.
        evenings: Integral acties by date.
        left_out: Visits that are not in the plan, by key.
        causes: What stands in the way; empty when the status is 'optimaal'.
        drawn: Keys of the visits that got the term of the random draw, for the log.
        aborted: The run was stopped before it was done.
        seed: The seed; nobody may see it until the plan has been executed, for it gives away the dates.
        engine: Version of the planner.
    """

    status: Uitkomst
    assignments: tuple[Assignment, ...]
    evenings: tuple[Evening, ...]
    left_out: tuple[LeftOut, ...]
    causes: tuple[Cause, ...]
    drawn: tuple[str, ...]
    aborted: bool
    seed: int
    engine: str = ENGINE_VERSION
