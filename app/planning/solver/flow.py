"""Visits on shifts as a flow of least cost: fast for a whole year, blind to the days between visits of one object.

Each shift holds a number of visits of average length; of those that open late it holds fewer. What the flow leaves over or
puts too close together is repaired on real routes.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from ortools.graph.python import min_cost_flow

from app.planning.solver.draft import Draft
from app.planning.solver.problem import Slot, Visit

_MISS = 100_000
Arc = tuple[int, int, int, int]
Door = tuple[str, int]


def spread(
    draft: Draft,
    visits: Sequence[Visit],
    choices: Mapping[str, Sequence[Slot]],
    cost: Callable[[Visit, Slot], int],
) -> dict[str, list[Visit]]:
    """The visits of each shift, by the key of the shift; as many visits as the flow can place, at least cost.

    Args:
        draft: What stands already.
        visits: Visits to place.
        choices: Shifts that each may go to.
        cost: What a place costs.
    """
    per_slot: dict[str, list[Visit]] = defaultdict(list)
    where = [(number, slot) for number, visit in enumerate(visits) for slot in choices[visit.key]]
    if not where:
        return {}
    for number, slot in where:
        per_slot[slot.key].append(visits[number])
    sink = len(visits)
    arcs, node = _shift_arcs(draft, per_slot, sink)
    arcs += [(number, sink, 1, _MISS) for number in range(len(visits))]
    first = len(arcs)
    for number, slot in where:
        visit = visits[number]
        arcs.append((number, node[slot.key, _opens(draft, visit, slot)], 1, cost(visit, slot)))
    network = min_cost_flow.SimpleMinCostFlow()
    table = np.array(arcs, dtype=np.int64)
    added = network.add_arcs_with_capacity_and_unit_cost(table[:, 0], table[:, 1], table[:, 2], table[:, 3])
    network.set_nodes_supplies(np.arange(len(visits) + 1), np.array([1] * len(visits) + [-len(visits)]))
    if network.solve() != network.OPTIMAL:
        return {}
    found: dict[str, list[Visit]] = defaultdict(list)
    for (number, slot), flow in zip(where, network.flows(added[first:]), strict=True):
        if flow:
            found[slot.key].append(visits[number])
    return found


def _shift_arcs(draft: Draft, per_slot: Mapping[str, list[Visit]], sink: int) -> tuple[list[Arc], dict[Door, int]]:
    """Arcs from node to node, and the node of each shift and moment of opening; what opens late takes of both places."""
    node: dict[Door, int] = {}
    arcs: list[Arc] = []
    for key, members in per_slot.items():
        slot = draft.index.slots[key]
        moments = sorted({_opens(draft, v, slot) for v in members}, reverse=True)
        for moment in moments:
            node[key, moment] = sink + 1 + len(node)
        for moment, earlier in zip(moments, [*moments[1:], None], strict=True):
            onward = sink if earlier is None else node[key, earlier]
            arcs.append((node[key, moment], onward, _places(draft, slot, members, moment, last=earlier is None), 0))
    return arcs, node


def _opens(draft: Draft, visit: Visit, slot: Slot) -> int:
    return draft.index.windows(visit, slot)[0][0]


def _places(draft: Draft, slot: Slot, members: Sequence[Visit], moment: int, *, last: bool) -> int:
    """How many visits that open at a moment or later a shift can take beside what stands on it."""
    allowance = draft.index.problem.settings.travel_allowance
    late = [v for v in members if _opens(draft, v, slot) >= moment]
    held = [v for v in draft.route(slot) if last or _opens(draft, v, slot) >= moment]
    room = slot.capacity if last else min(slot.capacity, slot.end - moment)
    room += allowance - sum(v.duration + allowance for v in held)
    average = sum(v.duration for v in late) / len(late) + allowance
    return max(0, int(room / average))
