"""Whether a proposal to replan still fits what was planned, confirmed, rostered and changed since it was calculated; all that does not is told."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from uuid import UUID

from app.controles.service.planning import ControlePlan
from app.controles.service.verzetten import Uitgangspunt, Verzetting, places_of
from app.controles.status import Aanleiding
from app.core.errors import Fout
from app.core.unit_of_work import UnitOfWork
from app.objecten.service.objecten import objects_by_ids
from app.planning.errors import ReleaseRefused
from app.planning.service.gegevens import NOG_TE_DOEN, Stand, load_state
from app.planning.service.overnemen import hold_rounds_of
from app.planning.service.rooster import require_roster
from app.planning.service.staand import Staandbezoek, standing_visits, with_standing
from app.planning.tables import Herplanning

LOS_VAN_TUSSENTIJD = frozenset({Aanleiding.RISICOADRES, Aanleiding.HERCONTROLE, None})
Places = dict[UUID, tuple[UUID, date]]
"""Object and present date per control."""


def basis_of(row: Herplanning) -> Uitgangspunt:
    """What a proposal rests on: the touched shifts, and each control with its version."""
    shifts = [s for s in row.stand if s["teamId"] is not None]
    return Uitgangspunt(
        diensten=[(UUID(s["teamId"]), date.fromisoformat(s["datum"]), s["van"], s["tot"]) for s in shifts],
        versies={UUID(nr): version for s in row.stand for nr, version in s["versies"].items()},
    )


def refuse_what_does_not_fit(
    uow: UnitOfWork,
    row: Herplanning,
    moves: Sequence[Verzetting],
    adds: Sequence[ControlePlan],
    taken: Collection[UUID],
) -> None:
    """Refuses what the roster, the register or a confirmed round does not allow any more since the calculation.

    Args:
        uow: The unit of work; the plan of the municipality is held.
        row: The proposal.
        moves: Controls with their new place.
        adds: Visits that come.
        taken: Visits of confirmed rounds in whose place one of these comes.

    Raises:
        ReleaseRefused: with all reasons.
    """
    hold_rounds_of(uow, taken)
    stand = load_state(uow, row.gemeentecode, uow.today, {row.van.year, row.tot.year})
    standing = standing_visits(uow, row.gemeentecode, stand.objecten)
    places = places_of(uow, [move.controle_id for move in moves])
    faults = []
    if any(move.datum < uow.today for move in moves) or any(plan.datum < uow.today for plan in adds):
        faults.append("een bezoek zou in het verleden komen; laat opnieuw herplannen")
    faults += _without_shift(uow, row, moves, adds, places)
    faults += _beside_rounds(row, standing, taken)
    others = with_standing(stand, [one for one in standing if one.regel.id not in taken])
    faults += _too_close(row, others, moves, adds, places)
    if faults:
        named = [Fout("wijzigingen", text) for text in dict.fromkeys(faults)]
        raise ReleaseRefused("Deze herplanning past niet meer; zie 'fouten'. Laat opnieuw herplannen.", named)


def _without_shift(
    uow: UnitOfWork, row: Herplanning, moves: Sequence[Verzetting], adds: Sequence[ControlePlan], places: Places
) -> Iterator[str]:
    """Shifts that went, and teams that lost their designation for what comes there (REG-17)."""
    roster = require_roster(uow, row.gemeentecode, row.van, row.tot)
    usable = {(s.team_id, s.datum, s.van, s.tot): powers for s, powers in roster.usable()}
    redated = [m for m in moves if m.controle_id in places and places[m.controle_id][1] != m.datum]
    known = objects_by_ids(uow, {p.object_id for p in adds} | {places[m.controle_id][0] for m in redated})
    for team_id, datum, van, tot in basis_of(row).diensten:
        comes = {
            p.object_id
            for p in adds
            if (p.team_id, p.datum) == (team_id, datum) and p.aanvang is not None and van <= p.aanvang < tot
        }
        comes |= {
            places[m.controle_id][0]
            for m in redated
            if (m.team_id, m.datum) == (team_id, datum) and van <= m.aanvang < tot
        }
        stays = any((m.team_id, m.datum) == (team_id, datum) and van <= m.aanvang < tot for m in moves)
        powers = usable.get((team_id, datum, van, tot))
        if (comes or stays) and powers is None:
            yield f"de dienst op {datum:%d-%m-%Y} is er niet meer, of heeft te weinig mensen"
        elif powers is not None and any(nr in known and known[nr].type not in powers for nr in comes):
            yield f"het team is op {datum:%d-%m-%Y} niet meer aangewezen voor dit soort object"


def _beside_rounds(row: Herplanning, standing: Sequence[Staandbezoek], taken: Collection[UUID]) -> Iterator[str]:
    """What a round that was confirmed since holds on a touched shift, and what should be taken over and stands nowhere any more."""
    there = {one.regel.id for one in standing}
    if any(rule_id not in there for rule_id in taken):
        yield "een bezoek dat hiermee wordt vervangen staat niet meer in zijn planronde"
    known = {UUID(nr) for s in row.stand for nr in s.get("staand", ())}
    touched = basis_of(row).diensten
    for one in standing:
        rule = one.regel
        here = any(
            (rule.team_id, rule.datum) == (team_id, datum) and van <= rule.aanvang < tot
            for team_id, datum, van, tot in touched
        )
        if here and rule.id not in known:
            yield f"planronde '{one.ronde}' is intussen vastgesteld en heeft op {rule.datum:%d-%m-%Y} bezoeken bij dit team"


def _too_close(
    row: Herplanning, stand: Stand, moves: Sequence[Verzetting], adds: Sequence[ControlePlan], places: Places
) -> Iterator[str]:
    """Objects that somebody planned since: the days between two controls would not be kept, or there would be two on one day."""
    known = {UUID(nr) for s in row.stand for nr in [*s["versies"], *s.get("bekend", ())]}
    least = stand.normen.tussentijd_dagen
    comes = [(places[m.controle_id][0], m.datum, least) for m in moves if m.controle_id in places]
    comes += [(p.object_id, p.datum, 1 if p.aanleiding in LOS_VAN_TUSSENTIJD else least) for p in adds]
    since: dict[UUID, list[date]] = {}
    for control in stand.all_controls():
        if control.status in NOG_TE_DOEN and control.controle_id not in known:
            since.setdefault(control.object_id, []).append(control.datum)
    for object_id, datum, gap in comes:
        near = [
            day
            for day in since.get(object_id, ())
            if abs((day - datum).days) < max(1, gap) and row.van <= day <= row.tot
        ]
        if near:
            yield f"dit object is intussen ook gepland op {min(near):%d-%m-%Y}, te dicht op {datum:%d-%m-%Y}"
