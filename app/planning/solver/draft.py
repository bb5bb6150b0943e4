"""A plan in the making, which never holds a broken rule: dates, spacing and route allow every visit in it."""

from datetime import date

from app.planning.solver.index import Index, gap
from app.planning.solver.problem import Slot, Visit
from app.planning.solver.route import Timed, insert, lay_times, order_stops, travel_minutes, two_opt


class Draft:
    """Visits on shifts.

    Attributes:
        index: Look-ups over the problem.
        reserved: Keys of the shifts that an integral actie takes.
        routes: Visits in order, per key of a shift.
        where: The shift of each visit in the plan, per key of the visit.
        per_object: Visits in the plan, per key of the object.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self.reserved: set[str] = set()
        self.routes: dict[str, tuple[Visit, ...]] = {}
        self.where: dict[str, Slot] = {}
        self.per_object: dict[str, list[Visit]] = {}
        self._rooms: dict[str, tuple[tuple[Visit, ...], int]] = {}

    def copy(self) -> "Draft":
        """A draft that can go its own way."""
        other = Draft(self.index)
        other.restore(self)
        return other

    def restore(self, earlier: "Draft") -> None:
        """Take over the content of another draft of the same problem."""
        self.reserved = set(earlier.reserved)
        self.routes = dict(earlier.routes)
        self.where = dict(earlier.where)
        self.per_object = {key: list(visits) for key, visits in earlier.per_object.items()}

    def slot_of(self, visit_key: str) -> Slot | None:
        """The shift of a visit that is in the plan."""
        return self.where.get(visit_key)

    def route(self, slot: Slot) -> tuple[Visit, ...]:
        """Visits on a shift in order."""
        return self.routes.get(slot.key, ())

    def spacing_allows(self, visit: Visit, day: date) -> bool:
        """Whether the date keeps the days to every other visit of the object."""
        return all(
            other.key == visit.key or abs((self.where[other.key].date - day).days) >= gap(visit, other)
            for other in self.per_object.get(visit.object_key, ())
        )

    def room(self, slot: Slot) -> int:
        """Minutes that a shift has left if one more stop costs no travel: what needs more need not be tried."""
        route = self.route(slot)
        known = self._rooms.get(slot.key)
        if known is None or known[0] is not route:
            work = sum(v.duration for v in route) + travel_minutes(slot, route, self.index.problem.travel)
            known = self._rooms[slot.key] = (route, slot.capacity - work)
        return known[1]

    def fit(self, visit: Visit, slot: Slot) -> tuple[Visit, ...] | None:
        """The route of the shift with the visit in it; None when it does not fit."""
        if not self.index.suits(visit, slot) or not self.spacing_allows(visit, slot.date):
            return None
        order, travel = self.route(slot), self.index.problem.travel
        if sum(v.duration for v in order) + visit.duration > slot.capacity:
            return None
        return insert(slot, order, visit, self.index.windows, travel)

    def place(self, visit: Visit, slot: Slot) -> bool:
        """Put the visit on the shift if all rules allow it and no actie has the shift."""
        if slot.key in self.reserved:
            return False
        return self.force_fit(visit, slot)

    def force_fit(self, visit: Visit, slot: Slot) -> bool:
        """As `place`, also on a shift of an actie."""
        route = self.fit(visit, slot)
        if route is None:
            return False
        self.put(visit, slot, route)
        return True

    def put(self, visit: Visit, slot: Slot, route: tuple[Visit, ...]) -> None:
        """Take over a route that `fit` gave."""
        self.routes[slot.key] = route
        self.where[visit.key] = slot
        self.per_object.setdefault(visit.object_key, []).append(visit)

    def place_together(self, visits: list[Visit], slot: Slot, iterations: int) -> list[Visit]:
        """Put several visits on a shift: as one route if there is one, else as many as fit.

        The visit with the fewest shifts to go to is tried first then.

        Returns:
            The visits that did not fit.
        """
        distinct = len({v.object_key for v in visits}) == len(visits)
        if distinct and all(self.spacing_allows(v, slot.date) and self.index.suits(v, slot) for v in visits):
            together = [*self.route(slot), *visits]
            route = order_stops(slot, together, self.index.windows, self.index.problem.travel, iterations)
            if route is not None:
                for visit in visits:
                    self.put(visit, slot, route)
                return []
        tight = sorted(visits, key=lambda v: (len(self.index.candidates(v)), v.latest, v.key))
        return [visit for visit in tight if not self.force_fit(visit, slot)]

    def remove(self, visit: Visit) -> Slot:
        """Take a visit out; the stops that stay keep their order."""
        slot = self.where.pop(visit.key)
        self.routes[slot.key] = tuple(v for v in self.routes[slot.key] if v.key != visit.key)
        self.per_object[visit.object_key].remove(visit)
        return slot

    def shorten(self, slot: Slot, iterations: int) -> None:
        """Improve the order of a shift."""
        self.routes[slot.key] = two_opt(
            slot, self.route(slot), self.index.windows, self.index.problem.travel, iterations
        )

    def timetable(self, slot: Slot) -> tuple[Timed, ...]:
        """Times of the stops of a shift.

        Raises:
            RuntimeError: The route has no timetable; the planner is then at fault.
        """
        times = lay_times(slot, self.route(slot), self.index.windows, self.index.problem.travel)
        if times is None:
            raise RuntimeError(f"no timetable for slot {slot.key}")
        return times
