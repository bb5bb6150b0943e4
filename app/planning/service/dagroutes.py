"""The day route of a team: what stands, another order for what is left, and a list for an empty day.

A proposal is calculated outside any transaction (`adapters.rekenproces`): first the facts, then the answer, then what is shown of it. Stops of
an integral action keep their own order and are left out of every proposal. Where a team stands is kept nowhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from app.controles.service.dagroutes import Dag, Dagcontrole, team_day
from app.controles.status import Controlestatus
from app.core.clock import moment_of
from app.core.errors import Fout, InvalidInput
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.service.teams import TeamNotFound, get_team
from app.objecten.schemas.objecten import ObjectRead
from app.objecten.schemas.velden import PuntInput
from app.objecten.service.objecten import objects_by_ids
from app.objecten.service.punten import read_punt
from app.planning.adapters.rekenproces import Rekenwerk
from app.planning.errors import WrongStatus
from app.planning.repository import beschikbaarheden
from app.planning.rules.dagopening import open_on
from app.planning.schemas.dagroutes import (
    DagrouteRead,
    DagstopRead,
    DagvoorstelRead,
    Herordenen,
    PastNietRead,
    Samenstellen,
)
from app.planning.service.dagkandidaten import Kandidaat, candidates, plan_settings
from app.planning.service.probleem import cycling_minutes
from app.planning.service.vastgezet import slot_between
from app.planning.solver.daylist import Lijstvraag
from app.planning.solver.dayroute import Belet, Dagantwoord, Dagvraag, Gelegd, Halte
from app.planning.solver.problem import Point, Slot
from geo.crs import Crs, looks_like_rd, wgs84_to_rd

BLIJFT = 100_000.0
"""Worth of a stop that stands on the route already: no new one ever takes its place."""
REDENEN = {
    Belet.GESLOTEN: "Is in de rest van de dienst niet lang genoeg open.",
    Belet.GEEN_TIJD: "Past niet meer in de tijd die er is.",
}
VALT_SAMEN = "Dit begint voordat een bezoek ervoor klaar is; laat de volgorde opnieuw berekenen."
GEDAAN = frozenset({Controlestatus.AFGEROND, Controlestatus.POGING})
ZONDER_PLEK = "Heeft nog geen plek op de kaart."
_DAY = 1440


@dataclass(frozen=True)
class Dagdienst:
    """A shift of a team and the municipality in which it works then."""

    gemeentecode: str
    slot: Slot


@dataclass(frozen=True)
class Dagwerk:
    """A question for the solver, and what is needed to show its answer."""

    werk: Rekenwerk[Dagantwoord]
    datum: date
    team_id: UUID
    dienst: Dagdienst
    dag: Dag
    weg: frozenset[UUID]
    kandidaten: dict[str, Kandidaat]


def choose_team(uow: UnitOfWork, team_id: UUID | None) -> UUID:
    """The team that is meant: who works in the field works with his own teams only.

    Raises:
        InvalidInput: no team was said, and the caller is in none or in more.
        TeamNotFound: unknown, or not one that the caller may plan for.
    """
    if team_id is None:
        if len(uow.caller.teams) == 1:
            return next(iter(uow.caller.teams))
        raise InvalidInput("Er is 1 fout gevonden; zie 'fouten'.", [Fout("teamId", "geef aan welk team u bedoelt")])
    if uow.caller.has(Rol.PLANNER, Rol.HOOFDPLANNER):
        return get_team(uow, team_id).id
    if team_id not in uow.caller.teams:
        raise TeamNotFound("Dit team bestaat niet of is niet zichtbaar voor u.")
    return team_id


def read_route(uow: UnitOfWork, datum: date, team_id: UUID | None) -> tuple[DagrouteRead, str]:
    """The route as it stands, with expected times, and the tag of what was seen."""
    team = choose_team(uow, team_id)
    dag, dienst = team_day(uow, datum, team), day_shift(uow, datum, team)
    stops: list[DagstopRead] = []
    here: Point | None = None
    clock = dienst.slot.start if dienst else None
    for own in dag.controles:
        point = point_of_place(own.plek)
        travel = None if here is None or point is None else cycling_minutes(here, point)
        expected = None if clock is None else later(dienst, clock, travel or 0)
        start = expected if own.aanvang is None else own.aanvang
        here, clock = point or here, None if start is None else later(dienst, start, own.duur)
        stops.append(_own_stop(own, datum, (travel, start), dienst))
    return _route(datum, team, dienst, stops), dag.tag


def ask_order(uow: UnitOfWork, data: Herordenen) -> Dagwerk:
    """The question for another order of what is left of a day.

    Raises:
        TeamNotFound, InvalidInput: see `choose_team`; or the place is not in the Netherlands.
        WrongStatus: the team has no shift on that day, or it is over.
    """
    team = choose_team(uow, data.team_id)
    dag, dienst = team_day(uow, data.datum, team), _require_shift(uow, data.datum, team)
    now = minute_of(uow.now, dienst.slot) if data.nu is None else dienst.slot.real(data.nu)
    if now >= dienst.slot.end:
        raise WrongStatus("De dienst van die datum is voorbij.")
    skipped = frozenset(data.overslaan)
    known = {own.plek.id for own in dag.controles} | skipped
    found = candidates(uow, dienst.gemeentecode, dienst.slot, known) if data.toevoegen else []
    question = Dagvraag(
        now=max(now, dienst.slot.start),
        end=dienst.slot.end,
        here=_here(data.hier),
        stops=_standing(dag, dienst, skipped),
        extra=tuple(k.halte for k in found),
        add=data.toevoegen,
        travel=cycling_minutes,
    )
    werk = Rekenwerk("dagroute", question, Dagantwoord)
    return Dagwerk(werk, data.datum, team, dienst, dag, skipped, {k.halte.key: k for k in found})


def ask_list(uow: UnitOfWork, data: Samenstellen) -> Dagwerk:
    """The question for the best stops of a shift; what stands on it stays.

    Raises:
        TeamNotFound, InvalidInput: see `choose_team`; or the shift ends before it begins.
        WrongStatus: the team has no shift on that day and none was said, or settings are absent.
    """
    team = choose_team(uow, data.team_id)
    dag = team_day(uow, data.datum, team)
    if data.van is not None and data.tot is not None:
        if data.tot <= data.van:
            raise InvalidInput("Er is 1 fout gevonden; zie 'fouten'.", [Fout("tot", "moet na 'van' liggen")])
        standing = day_shift(uow, data.datum, team)
        gemeentecode = standing.gemeentecode if standing else uow.caller.gemeentecode
        dienst = Dagdienst(gemeentecode, _slot(team, data.datum, data.van, data.tot))
    else:
        dienst = _require_shift(uow, data.datum, team)
    settings, _ = plan_settings(uow, dienst.gemeentecode, data.datum)
    found = candidates(uow, dienst.gemeentecode, dienst.slot, {own.plek.id for own in dag.controles})
    question = Dagvraag(
        now=dienst.slot.start,
        end=max(dienst.slot.start, dienst.slot.end - settings.pauze),
        here=_here(data.hier),
        stops=_standing(dag, dienst, frozenset()),
        extra=tuple(k.halte for k in found),
        travel=cycling_minutes,
    )
    werk = Rekenwerk("daglijst", Lijstvraag(question, data.aantal), Dagantwoord)
    return Dagwerk(werk, data.datum, team, dienst, dag, frozenset(), {k.halte.key: k for k in found})


def show_proposal(uow: UnitOfWork, work: Dagwerk, answer: Dagantwoord) -> DagvoorstelRead:
    """The answer of the solver with names, addresses and opening hours; what is done, skipped or of an action does not stand in it."""
    own, slot = {str(c.controle_id): c for c in work.dag.controles}, work.dienst.slot
    order = [replace(one, start=slot.on_clock(one.start), end=slot.on_clock(one.end)) for one in answer.order]
    added = {key: k for key, k in work.kandidaten.items() if key in {one.key for one in order}}
    places = objects_by_ids(uow, {k.object_id for k in added.values()})
    stops = [
        _own_stop(own[one.key], work.datum, (one.travel, one.start), work.dienst)
        if one.key in own
        else _new_stop(added[one.key], places[added[one.key].object_id], one, work)
        for one in order
        if one.key in own or added[one.key].object_id in places
    ]
    left = {key: REDENEN[why] for key, why in answer.left_out}
    left |= {str(c.controle_id): ZONDER_PLEK for c in _movable(work.dag, work.weg) if point_of_place(c.plek) is None}
    return DagvoorstelRead(
        **_route(work.datum, work.team_id, work.dienst, stops).model_dump(),
        past_niet=[
            PastNietRead(
                controle_id=own[key].controle_id, object_id=own[key].plek.id, naam=own[key].plek.naam, reden=why
            )
            for key, why in left.items()
        ],
    )


def _movable(dag: Dag, weg: frozenset[UUID]) -> list[Dagcontrole]:
    return [
        c for c in dag.controles if c.te_doen and not c.in_actie and c.controle_id not in weg and c.plek.id not in weg
    ]


def _standing(dag: Dag, dienst: Dagdienst, weg: frozenset[UUID]) -> tuple[Halte, ...]:
    slot = dienst.slot
    return tuple(
        Halte(
            key=str(own.controle_id),
            point=point,
            duration=own.duur,
            windows=_windows(own.plek, slot),
            worth=BLIJFT,
        )
        for own in _movable(dag, weg)
        if (point := point_of_place(own.plek)) is not None
    )


def day_shift(uow: UnitOfWork, datum: date, team_id: UUID) -> Dagdienst | None:
    """The shifts of a team on a day as one stretch; None when it has none."""
    rows = beschikbaarheden.of_team(uow.session, uow.caller, team_id, datum)
    if not rows:
        return None
    slot = _slot(team_id, datum, min(row.van for row in rows), max(row.tot for row in rows))
    return Dagdienst(rows[0].gemeentecode, slot)


def _require_shift(uow: UnitOfWork, datum: date, team_id: UUID) -> Dagdienst:
    dienst = day_shift(uow, datum, team_id)
    if dienst is None:
        raise WrongStatus(
            "Dit team heeft op die datum geen dienst. Laat de planner eerst een dienst in het rooster zetten."
        )
    return dienst


def _slot(team_id: UUID, datum: date, van: int, tot: int) -> Slot:
    return slot_between(f"{datum}/{team_id}", team_id, datum, van, tot)


def minute_of(now: datetime, slot: Slot) -> int:
    """This moment as the planner counts it in a shift."""
    return slot.start + int((now - moment_of(slot.date, slot.start)).total_seconds() // 60)


def later(dienst: Dagdienst | None, minute: int, minutes: int) -> int:
    """What the clock shows so many minutes after it shows a minute."""
    return minute + minutes if dienst is None else dienst.slot.later(minute, minutes)


def _windows(plek: ObjectRead, slot: Slot) -> tuple[tuple[int, int], ...] | None:
    """When a place is open in a shift, in real minutes."""
    spans = open_on(plek.openingstijden, slot.date, slot.start, slot.on_clock(slot.end))
    return None if spans is None else tuple((slot.real(low), slot.real(high)) for low, high in spans)


def _here(hier: PuntInput | None) -> Point | None:
    if hier is None:
        return None
    x, y = hier.coordinates[0], hier.coordinates[1]
    punt = read_punt(hier, Crs.RD if looks_like_rd(x, y) else Crs.CRS84, "hier")
    return Point(punt.x, punt.y)


def point_of_place(plek: ObjectRead) -> Point | None:
    """The place of an object in RD; None for one that has none yet."""
    return None if plek.punt is None else Point(*wgs84_to_rd(*plek.punt.coordinates[:2]))


def _route(datum: date, team_id: UUID, dienst: Dagdienst | None, stops: Sequence[DagstopRead]) -> DagrouteRead:
    return DagrouteRead(
        datum=datum,
        team_id=team_id,
        dienst_van=dienst.slot.start if dienst else None,
        dienst_tot=dienst.slot.on_clock(dienst.slot.end) if dienst else None,
        reistijd=sum(stop.reistijd or 0 for stop in stops),
        stops=list(_overlaps_told(stops)),
    )


def _overlaps_told(stops: Sequence[DagstopRead]) -> Iterator[DagstopRead]:
    """The stops, warned where one begins while an earlier one that is still to be done lasts, as after an order that left some out."""
    busy = 0
    for stop in stops:
        told = stop.waarschuwing or (VALT_SAMEN if stop.aanvang is not None and stop.aanvang < busy else None)
        to_do = stop.status not in GEDAAN
        yield stop.model_copy(update={"waarschuwing": told}) if to_do else stop
        busy = max(busy, stop.einde or 0) if to_do else busy


def _own_stop(
    own: Dagcontrole, datum: date, laid: tuple[int | None, int | None], dienst: Dagdienst | None
) -> DagstopRead:
    travel, start = laid
    end = None if start is None else later(dienst, start, own.duur)
    return DagstopRead(
        controle_id=own.controle_id,
        status=own.status,
        reden=None,
        reistijd=travel,
        aanvang=start,
        einde=end,
        waarschuwing=None if start is None or end is None else _warning(own.plek, datum, (start, end), dienst),
        **_place(own.plek, datum),
    )


def _new_stop(new: Kandidaat, plek: ObjectRead, one: Gelegd, work: Dagwerk) -> DagstopRead:
    return DagstopRead(
        controle_id=None,
        status=None,
        reden=new.norm,
        reistijd=one.travel,
        aanvang=one.start,
        einde=one.end,
        waarschuwing=None,
        **_place(plek, work.datum),
    )


def _place(plek: ObjectRead, datum: date) -> dict[str, object]:
    adres = plek.adres
    number = f"{adres.huisnummer}{adres.huisletter}{'-' if adres.toevoeging else ''}{adres.toevoeging}"
    spans = open_on(plek.openingstijden, datum, 0, 2 * _DAY)
    return {
        "object_id": plek.id,
        "type": plek.type,
        "naam": plek.naam,
        "adres": f"{adres.straat} {number}, {adres.postcode} {adres.woonplaats}",
        "open_van_tot": None if spans is None else [list(span) for span in spans],
    }


def _warning(plek: ObjectRead, datum: date, stay: tuple[int, int], dienst: Dagdienst | None) -> str | None:
    spans = open_on(plek.openingstijden, datum, 0, 2 * _DAY)
    if spans is not None and not any(low <= stay[0] and stay[1] <= high for low, high in spans):
        return "Het object is dan niet de hele tijd open."
    if dienst is not None and stay[1] > dienst.slot.on_clock(dienst.slot.end):
        return "Dit loopt door na het einde van de dienst."
    return None
