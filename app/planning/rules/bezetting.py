"""Which shifts can be manned: who is there, not on leave and rested; a shift with too few inspectors has no capacity (PLN-02, PLN-16).

Where it is not known who of a team goes, the shift takes as many of them as it needs, without saying whom. In order of time, so
that the late shift stands and the early one after it gives way.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.planning.rules.diensten import DAG, Tijdvak
from app.planning.rules.rust import Roosterregels, lacks_rest

_TERUG = 3 * DAG
"""No rest reaches further back than this; minutes."""


@dataclass(frozen=True, slots=True)
class Roosterdienst:
    """A shift on the roster.

    Attributes:
        span: The team and the time.
        leden: Who is on it, where that is known; empty: anybody of the team.
        aanwezig: Inspectors present; None: as many as the setting asks.
    """

    id: UUID
    span: Tijdvak
    leden: frozenset[UUID] = frozenset()
    aanwezig: int | None = None


@dataclass(frozen=True, slots=True)
class Ploeg:
    """Who can man a shift.

    Attributes:
        leden: Those who may be on it.
        elders: How many of them another shift takes, without saying whom.
        aanwezig: The most that go.
    """

    leden: frozenset[UUID]
    elders: int
    aanwezig: int | None

    def available(self, fit: Collection[UUID] | None = None) -> int:
        """How many of those who are fit for a task can be there; nobody knows whom the other shift takes, so it takes from these."""
        able = len(self.leden if fit is None else self.leden.intersection(fit)) - self.elders
        return max(0, able if self.aanwezig is None else min(able, self.aanwezig))


def man_shifts(
    shifts: Iterable[Roosterdienst],
    teams: Mapping[UUID, Collection[UUID]],
    is_away: Callable[[UUID, UUID, date], bool],
    rules: Roosterregels,
) -> dict[UUID, Ploeg]:
    """The crew of every shift by its id.

    Args:
        shifts: All shifts of the municipality around the days that matter.
        teams: Members per team.
        is_away: Whether this member of this team is on leave on a day.
        rules: Rest and least number.
    """
    found: dict[UUID, Ploeg] = {}
    standing: list[tuple[Roosterdienst, frozenset[UUID]]] = []
    for shift in sorted(shifts, key=lambda shift: (shift.span.begin, shift.span.einde, shift.id)):
        standing = [item for item in standing if item[0].span.einde > shift.span.begin - _TERUG]
        wanted = shift.leden or frozenset(teams.get(shift.span.wie, ()))
        pool = frozenset(member for member in wanted if not is_away(shift.span.wie, member, shift.span.datum))
        near = [item for item in standing if lacks_rest(item[0].span, shift.span, rules)]
        for other, _ in near:
            pool -= other.leden
        elsewhere = sum(
            max(0, min(len(crew & pool), _taken(other, rules) - len(crew - pool)))
            for other, crew in near
            if not other.leden
        )
        crew = Ploeg(pool, elsewhere, shift.aanwezig)
        found[shift.id] = crew
        if crew.available() >= rules.bezetting:
            standing.append((shift, pool))
    return found


def _taken(shift: Roosterdienst, rules: Roosterregels) -> int:
    return rules.bezetting if shift.aanwezig is None else shift.aanwezig
