"""A round that is released, or a replanning, takes over visits of confirmed rounds: the place that they had there goes in the same transaction.

So a visit becomes one control, whichever of the two comes first.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.planning.repository import planrondes
from app.planning.schemas.planregels import Redenen
from app.planning.service.planrondes import note_step, released_until
from app.planning.service.wijziging import where
from app.planning.status import Planrondestatus
from app.planning.tables import Planregel, Planronde

Place = tuple[Planregel | None, Planronde | None]
"""A visit in the round that held it; None when it is gone."""
OVERGENOMEN = "bezoek overgenomen door een andere planronde"
HERPLAND = "bezoek overgenomen door een herplanning"


def stand_no_more(uow: UnitOfWork, rules: Sequence[Planregel]) -> list[tuple[UUID, str]]:
    """Visits that were taken over from a round in which they do not stand any more: released there, or taken over by a third round.

    One whose round was withdrawn since has no other place and may be released.
    """
    faults = []
    for rule_id, places in _earlier_places(uow, rules).items():
        for old, ronde in places:
            if old is None or ronde is None:
                faults.append((rule_id, "is intussen door een andere planronde overgenomen"))
                continue
            until = released_until(ronde)
            if until is not None and old.datum <= until:
                faults.append(
                    (rule_id, f"is intussen vrijgegeven in planronde '{ronde.naam}', op {old.datum:%d-%m-%Y}")
                )
    return faults


def take_over(uow: UnitOfWork, ronde: Planronde, rules: Sequence[Planregel]) -> None:
    """Takes visits that become controls of this round out of the rounds that held them; each of those notes what went, and where to.

    The rounds are those of the same period, which are locked when a round is released.
    """
    by_id = {rule.id: rule for rule in rules}
    goes = {rule_id: (where(by_id[rule_id]), places) for rule_id, places in _earlier_places(uow, rules).items()}
    _take_out(uow, goes.values(), OVERGENOMEN, {"planrondeId": str(ronde.id)})


def hold_rounds_of(uow: UnitOfWork, rule_ids: Collection[UUID]) -> None:
    """Locks the rounds of visits that a replanning takes over, and those from which these were taken over."""
    held = planrondes.rules_with_ids(uow.session, rule_ids)
    earlier = _earlier_places(uow, [rule for rule, _ in held])
    rounds = {ronde.id for _, ronde in held} | {ronde.id for own in earlier.values() for _, ronde in own if ronde}
    if rounds:
        planrondes.lock_rounds(uow.session, rounds)


def take_for_replan(uow: UnitOfWork, herplanning_id: UUID, goes: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Takes visits that a replanning made controls of out of their rounds, which are held (`hold_rounds_of`).

    Args:
        uow: The unit of work.
        herplanning_id: The replanning.
        goes: The new place per visit.
    """
    found = planrondes.rules_with_ids(uow.session, goes.keys())
    earlier = _earlier_places(uow, [rule for rule, _ in found])
    places: list[tuple[dict[str, Any], list[Place]]] = []
    for rule, ronde in found:
        naar = {key: goes[rule.id][key] for key in where(rule)}
        places.append((naar, [(rule, ronde), *earlier.get(rule.id, ())]))
    _take_out(uow, places, HERPLAND, {"herplanningId": str(herplanning_id)})


def _take_out(
    uow: UnitOfWork, goes: Iterable[tuple[dict[str, Any], list[Place]]], actie: str, door: dict[str, str]
) -> None:
    steps: dict[UUID, tuple[Planronde, list[dict[str, Any]]]] = {}
    for naar, places in goes:
        for old, other in places:
            if old is not None and other is not None and other.status is Planrondestatus.VASTGESTELD:
                gone = {"planregelId": str(old.id), "van": where(old), "naar": naar}
                steps.setdefault(other.id, (other, []))[1].append(gone)
                uow.session.delete(old)
    for other, gone_there in steps.values():
        other.versie += 1
        note_step(uow, other, actie, "", {**door, "bezoeken": gone_there})
    uow.session.flush()


def _earlier_places(uow: UnitOfWork, rules: Sequence[Planregel]) -> dict[UUID, list[Place]]:
    """Of each visit that was taken over, the places that it had before, the latest first: a round can take over from one that took over."""
    found: dict[UUID, list[Place]] = defaultdict(list)
    left = {rule.id: nr for rule in rules if (nr := _origin(rule)) is not None}
    while left:
        rows = {old.id: (old, ronde) for old, ronde in planrondes.rules_with_ids(uow.session, left.values())}
        further = {}
        for rule_id, nr in left.items():
            old, ronde = rows.get(nr, (None, None))
            found[rule_id].append((old, ronde))
            before = None if old is None else _origin(old)
            if before is not None:
                further[rule_id] = before
        left = further
    return found


def _origin(rule: Planregel) -> UUID | None:
    verzet = Redenen.model_validate(rule.redenen).verzet
    return None if verzet is None else verzet.planregel_id
