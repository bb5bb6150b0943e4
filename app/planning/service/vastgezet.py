"""What a planner decided about a round and the next calculation keeps: fixed visits and actions, and what was dropped.

A fixed visit keeps its shift, its time and the legal dates that it had when it was fixed. One that no norm asks for any more, or never
did, is kept for the reasons that it has. What was dropped stays out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.controles.status import Aanleiding
from app.core.clock import clock_change, real_minute
from app.objecten.schemas.objecten import PlanbaarObject
from app.objecten.status import Objecttype
from app.planning.rules.planinstellingen import VRIJ
from app.planning.schemas.planregels import Redenen
from app.planning.service.bezoeken import Bezoek, Bezoeken
from app.planning.solver.problem import ClockChange, Lock, LockedActie, Opening, Slot, Visit
from app.planning.solver.terms import Term, TermCode


@dataclass(frozen=True)
class Dienst:
    """A shift of a team, with what the team may control on that day."""

    team_id: UUID
    datum: date
    van: int
    tot: int
    bevoegd: frozenset[Objecttype]

    @property
    def key(self) -> str:
        """Its key for the planner."""
        return f"{self.datum.isoformat()}/{self.team_id}/{self.van}"

    def as_slot(self, pauze: int, *more: str) -> Slot:
        """The shift for the planner, without its break; `more` is what it can serve beside its kinds of objects."""
        bare = slot_between(self.key, self.team_id, self.datum, self.van, self.tot)
        return replace(
            bare,
            competences=frozenset({*more, *(soort.value for soort in self.bevoegd)}),
            capacity=max(0, bare.end - bare.start - pauze),
        )


def slot_between(key: str, team_id: UUID, datum: date, van: int, tot: int) -> Slot:
    """The time of a team between two minutes of the clock, with all its real minutes to fill; nothing says yet what it may do in it."""
    change = clock_change(datum, van, tot)
    end = van + real_minute(datum, tot) - real_minute(datum, van)
    jump = None if change is None else ClockChange(*change)
    return Slot(key, datum, str(team_id), van, end, frozenset(), max(0, end - van), change=jump)


@dataclass(frozen=True)
class Vastgezet:
    """A visit that a planner fixed in an earlier proposal.

    Attributes:
        object_id: The object.
        normsleutel: The norm that it serves.
        datum: The date.
        team_id: The team.
        aanvang: Minute at which it starts.
        duur: Minutes on the spot.
        redenen: The reasons that it has.
        verplicht: A norm or term asks for it.
        aanleiding: Its trigger.
        regel_id: The visit itself, when the same round is calculated again.
        versie: Its version then.
    """

    object_id: UUID
    normsleutel: str | None
    datum: date
    team_id: UUID
    aanvang: int
    duur: int
    redenen: Redenen
    verplicht: bool
    aanleiding: str
    regel_id: UUID | None = None
    versie: int = 0


@dataclass(frozen=True)
class VasteActie:
    """An integral action that a planner fixed.

    Attributes:
        id: The action.
        datum: The date.
        gebied: Its area.
        partner_ids: Its partners.
        adressen: Its addresses with team and start.
        versie: Its version.
    """

    id: UUID
    datum: date
    gebied: str
    partner_ids: tuple[UUID, ...]
    adressen: tuple[tuple[UUID, UUID, int], ...]
    versie: int


@dataclass(frozen=True)
class Geschraptbezoek:
    """A visit that a planner dropped: the object, the norm and the legal dates that it had."""

    object_id: UUID
    normsleutel: str | None
    toegestaan: tuple[date, date] | None


def without_dropped(bezoeken: Sequence[Bezoek], dropped: Sequence[Geschraptbezoek]) -> list[Bezoek]:
    """Takes out what was dropped: of several visits for one norm that with the same dates, else the last."""
    left = list(bezoeken)
    for gone in dropped:
        same = [b for b in left if (b.object_id, b.normsleutel) == (gone.object_id, gone.normsleutel)]
        if same:
            left.remove(next((b for b in same if _span(b.visit) == gone.toegestaan), same[-1]))
    return left


def keep_fixed(
    maker: Bezoeken, vastgezet: Sequence[Vastgezet], bezoeken: Sequence[Bezoek], diensten: Sequence[Dienst]
) -> tuple[list[Bezoek], list[Lock], list[Vastgezet]]:
    """Puts what a planner fixed on its shift again.

    Returns:
        The visits with the fixed ones in them, their locks, and those that have no shift or no place any more.
    """
    places = {place.id: place for place in maker.stand.objecten}
    left, kept, locks, lost = list(bezoeken), list[Bezoek](), list[Lock](), list[Vastgezet]()
    for number, fixed in enumerate(vastgezet, 1):
        place = places.get(fixed.object_id)
        shift = shift_of(diensten, fixed.team_id, fixed.datum, fixed.aanvang)
        if place is None or place.punt is None or shift is None:
            lost.append(fixed)
            continue
        found = _asked(left, fixed)
        if found is not None:
            left.remove(found)
        bezoek = _held(maker, place, fixed, found, number)
        kept.append(bezoek)
        locks.append(Lock(bezoek.visit.key, shift.key))
    return [*left, *kept], locks, lost


def keep_acties(
    maker: Bezoeken, acties: Sequence[VasteActie], bezoeken: Sequence[Bezoek], diensten: Sequence[Dienst]
) -> tuple[list[Bezoek], list[LockedActie]]:
    """The fixed actions for the planner; an address without an optional visit gets one of the planner's own choice."""
    places = {place.id: place for place in maker.stand.objecten}
    optional = {bezoek.object_id for bezoek in bezoeken if not bezoek.visit.required}
    made, held = list(bezoeken), list[LockedActie]()
    for actie in acties:
        slots, objects = set[str](), list[str]()
        for object_id, team_id, aanvang in actie.adressen:
            shift, place = shift_of(diensten, team_id, actie.datum, aanvang), places.get(object_id)
            if shift is None or place is None or place.punt is None:
                continue
            if object_id not in optional:
                made.append(maker.own_choice(place))
            slots.add(shift.key)
            objects.append(str(object_id))
        if slots:
            partners = tuple(str(partner) for partner in actie.partner_ids)
            held.append(LockedActie(actie.datum, actie.gebied, tuple(sorted(slots)), tuple(objects), partners))
    return made, held


def shift_of(diensten: Iterable[Dienst], team_id: UUID | None, datum: date, aanvang: int | None) -> Dienst | None:
    """The shift of a team on a date in which a minute falls; without one its first."""
    own = (d for d in diensten if (d.team_id, d.datum) == (team_id, datum))
    return next((d for d in own if aanvang is None or d.van <= aanvang < d.tot), None)


def _asked(bezoeken: Sequence[Bezoek], fixed: Vastgezet) -> Bezoek | None:
    """What the norm asks now and the fixed visit answers: that with the same dates, else the first."""
    same = [b for b in bezoeken if (b.object_id, b.normsleutel) == (fixed.object_id, fixed.normsleutel)]
    span = (fixed.redenen.toegestaan.eerste, fixed.redenen.toegestaan.laatste)
    return next((b for b in same if _span(b.visit) == span), same[0] if same else None)


def _held(maker: Bezoeken, place: PlanbaarObject, fixed: Vastgezet, asked: Bezoek | None, number: int) -> Bezoek:
    redenen = fixed.redenen
    base = (asked or maker.own_choice(place)).visit
    visit = replace(
        base,
        key=base.key if asked else f"{place.id}/vast/{number}",
        duration=fixed.duur,
        earliest=redenen.toegestaan.eerste,
        latest=redenen.toegestaan.laatste,
        norm_key=fixed.normsleutel or VRIJ,
        norm_clause=redenen.norm,
        required=fixed.verplicht,
        # Its own time, whatever else moves: the planner saw and chose it.
        openings=(Opening(fixed.datum.weekday(), fixed.aanvang, fixed.aanvang + fixed.duur),),
        min_days_between=redenen.tussentijd,
        spacing_exempt=redenen.tussentijd <= 1,
        draw_window=False,
        terms=tuple(Term(TermCode(term.code), term.punten) for term in redenen.termen),
    )
    return Bezoek(
        visit,
        place.id,
        fixed.normsleutel or VRIJ,
        Aanleiding(fixed.aanleiding),
        regel_id=fixed.regel_id,
        eerder=redenen,
        versie=fixed.versie + 1,
    )


def _span(visit: Visit) -> tuple[date, date]:
    return visit.earliest, visit.latest
