"""Moving an integral action of the released plan in one step: what a round asks of an action is asked here too, all at once (CAD-04, CAD-05)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from app.controles.service.actieverzetten import Actiestand, hold_action, move_action
from app.controles.service.bezet import action_days
from app.controles.service.verzetten import Verzetting
from app.core.clock import AMSTERDAM
from app.core.errors import Fout
from app.core.unit_of_work import UnitOfWork
from app.objecten.rules.seizoenen import in_season
from app.objecten.schemas.objecten import PlanbaarObject
from app.planning.errors import MoveRefused, WrongStatus
from app.planning.repository import planrondes
from app.planning.rules.actiewijziging import Actievoorstel, actie_faults
from app.planning.rules.planinstellingen import ACTIES, Planinstellingen, SettingsMissing, read_settings
from app.planning.schemas.acties import ActieVerzet, ActieVerzetten
from app.planning.service.actieleggen import lay_action, narrowed
from app.planning.service.beschikbaarheden import team_names
from app.planning.service.bezoeken import Bezoeken
from app.planning.service.bord import NIET_BEZOCHT
from app.planning.service.gegevens import NOG_TE_DOEN, Stand, load_state
from app.planning.service.planrondes import note_step
from app.planning.service.probleem import ACTIEDIENST, cycling_minutes, solver_settings
from app.planning.service.rondewerk import partner_days
from app.planning.service.rooster import require_roster
from app.planning.service.staand import standing_visits, with_standing
from app.planning.service.vastgezet import Dienst, shift_of
from app.planning.service.wijziging import read_consequences
from app.planning.solver.editing import Board
from app.planning.solver.index import Index
from app.planning.solver.problem import Problem, Slot, Visit
from app.planning.solver.weighing import Gevolg, Gevolgcode

VOORUIT = timedelta(days=92)
"""How far ahead other days of a partner are looked for."""
Fouten = list[tuple[str, str]]


@dataclass(frozen=True)
class _Dag:
    """The day to which an action goes, without the action itself.

    Attributes:
        stand: Stock and controls; what confirmed rounds hold counts as planned.
        settings: Settings of the planner on that day.
        diensten: Manned shifts on it by key.
        namen: Names of objects.
    """

    datum: date
    stand: Stand
    settings: Planinstellingen
    diensten: dict[str, Dienst]
    namen: dict[str, str]

    def board(self, today: date) -> Board:
        """The shifts of the day with every other visit of the objects."""
        known: dict[str, list[date]] = defaultdict(list)
        for control in self.stand.all_controls():
            if control.status not in NIET_BEZOCHT:
                known[str(control.object_id)].append(control.datum)
        slots = tuple(d.as_slot(self.settings.pauze, ACTIEDIENST) for d in self.diensten.values())
        problem = Problem(self.datum, self.datum, slots, (), None, (), solver_settings(self.settings), cycling_minutes)
        return Board(Index(problem), (), (), known, today)

    def taken(self) -> set[str]:
        """Keys of shifts on which something stands; an action takes all of its team that day."""
        found = set()
        for control in self.stand.all_controls():
            if control.status in NOG_TE_DOEN and control.datum == self.datum:
                own = shift_of(self.diensten.values(), control.team_id, control.datum, control.aanvang)
                found |= {own.key} if own is not None else set()
                if control.actie_id is not None or control.aanvang is None:
                    found |= {key for key, d in self.diensten.items() if d.team_id == control.team_id}
        return found


def move_actie(uow: UnitOfWork, actie_id: UUID, if_match: str | None, data: ActieVerzetten) -> ActieVerzet:
    """Gives an action that stands on the plan another date, shift or partners, with all its addresses.

    Raises:
        ActieNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
        OvergangNietMogelijk: an address of it was begun already.
        MoveRefused: it cannot be held so; all rules that it would break.
        WrongStatus: settings are missing on that day.
    """
    held = hold_action(uow, actie_id, if_match)
    before = (held.actie.datum, held.actie.aanvang)
    partners = list(held.partners) if data.partner_ids is None else data.partner_ids
    day = _load_day(uow, held, data.datum)
    faults = _rules(uow, held, day, partners)
    visits, unfit = _visits(day, held)
    faults += unfit
    board = day.board(uow.today)
    laid = lay_action(
        board,
        narrowed(_free(board, day), data.team_ids, _not_before(uow, data)) if held.controles else (),
        max(1, day.settings.actie_diensten) if held.controles else 0,
        visits,
        day.namen,
        data.datum,
        held.controles[0].team_id if held.controles else None,
    )
    if isinstance(laid, list):
        faults += laid
    if faults or isinstance(laid, list):
        raise MoveRefused([Fout(f"body.{field}", text) for field, text in dict.fromkeys(faults)])
    places = [
        Verzetting(
            controle_id=UUID(timed.visit.key),
            team_id=day.diensten[key].team_id,
            datum=data.datum,
            aanvang=timed.start,
            volgorde=number,
        )
        for key, times in laid.items()
        for number, timed in enumerate(times, 1)
    ]
    gevolgen = list(_consequences(uow, held, data.datum, places))
    moved = move_action(uow, held, data.datum, partners, places)
    _log(uow, held, before, data.toelichting)
    return ActieVerzet(**moved.model_dump(), gevolgen=read_consequences(gevolgen))


def _load_day(uow: UnitOfWork, held: Actiestand, datum: date) -> _Dag:
    code = held.actie.gemeentecode
    years = range(datum.year - 1, datum.year + 2)
    stand = load_state(uow, code, uow.today, years, normen_op=max(datum, uow.today))
    try:
        settings = read_settings(stand.tabel)
    except SettingsMissing as missing:
        raise WrongStatus(
            f"In de normentabel ontbreken op die datum instellingen: {missing}. Vraag de beheerder ze in te vullen."
        ) from None
    stand = with_standing(stand, standing_visits(uow, code, stand.objecten))
    others = {key: [c for c in own if c.actie_id != held.actie.id] for key, own in stand.controles.items()}
    shifts = [
        Dienst(row.team_id, row.datum, row.van, row.tot, powers)
        for row, powers in require_roster(uow, code, datum, datum).usable()
        if row.team_id is not None
    ]
    namen = {str(place.id): place.naam for place in stand.objecten}
    return _Dag(datum, replace(stand, controles=others), settings, {d.key: d for d in shifts}, namen)


def _rules(uow: UnitOfWork, held: Actiestand, day: _Dag, partners: Sequence[UUID]) -> Fouten:
    """What the action itself breaks: date, partners, days between two actions; two on one day are one action."""
    code, first = held.actie.gemeentecode, min(day.datum, uow.today)
    last = max(day.datum, uow.today) + VOORUIT
    least = day.stand.normen.actie_tussentijd_dagen
    known = partner_days(uow, code, first, last)
    proposed = [c.datum for c in day.stand.all_controls() if c.actie_id is not None and c.status in NOG_TE_DOEN]
    span = timedelta(days=max(1, least)) + VOORUIT
    standing = action_days(uow, code, day.datum - span, day.datum + span, held.actie.id)
    number = max(1, len(held.controles))
    faults = actie_faults(
        Actievoorstel(
            datum=day.datum,
            partners=partners,
            beschikbaar={partner.id: partner.dagen for partner in known},
            namen={**held.partners, **{partner.id: partner.naam for partner in known}},
            andere=sorted({*proposed, *standing} - {day.datum}),
            tussentijd=least,
            adressen=number,
            grenzen=(number, number),
            vandaag=uow.today,
            periode=(first, last),
        )
    )
    # One that was planned by hand without a partner counts for no norm, and may move like that.
    return faults if partners else [fault for fault in faults if fault[0] != "partnerIds"]


def _visits(day: _Dag, held: Actiestand) -> tuple[list[Visit], Fouten]:
    """The addresses as the planner sees them on that day, and those that cannot be visited then whatever the shift."""
    places = {place.id: place for place in day.stand.objecten}
    maker = Bezoeken(day.stand, day.settings, day.datum, day.datum)
    visits, faults = list[Visit](), Fouten()
    for control in held.controles:
        place = places.get(control.object_id)
        why = "een object: is niet meer actief" if place is None else _closed(place, day.datum)
        if place is None or why is not None:
            faults.append(("datum", why or ""))
            continue
        base = maker.own_choice(place).visit
        visits.append(replace(base, key=str(control.id), duration=control.duur, norm_key=ACTIES, draw_window=False))
    return visits, faults


def _closed(place: PlanbaarObject, datum: date) -> str | None:
    """Why nobody can be visited there; a wish that holds it back is no reason here, as its last day would be found by trying (PLN-17)."""
    if place.punt is None:
        return f"{place.naam}: heeft nog geen plek op de kaart en kan niet op een route"
    if not in_season(place.seizoenen, datum):
        return f"{place.naam}: is dan buiten het seizoen"
    return None


def _not_before(uow: UnitOfWork, data: ActieVerzetten) -> int | None:
    """The minute from which addresses may be visited: the wanted one, and today not before now."""
    if data.datum != uow.today:
        return data.aanvang
    local = uow.now.astimezone(AMSTERDAM)
    return max(data.aanvang or 0, local.hour * 60 + local.minute)


def _free(board: Board, day: _Dag) -> list[tuple[Slot, UUID]]:
    """Shifts on which nothing stands."""
    taken = day.taken()
    return [(s, day.diensten[s.key].team_id) for s in board.index.slots_on(day.datum) if s.key not in taken]


def _consequences(uow: UnitOfWork, held: Actiestand, datum: date, places: Sequence[Verzetting]) -> Iterator[Gevolg]:
    old = held.actie.datum
    if old.year != datum.year:
        yield Gevolg(
            Gevolgcode.ACTIE, f"In {old.year} telt daarmee een integrale actie minder, in {datum.year} een meer."
        )
    if old != datum:
        text = (
            "Politie en OM is naar de nieuwe dag gevraagd. Adressen die op hun akkoord wachten, gaan uit na vrijgeven."
        )
        yield Gevolg(Gevolgcode.AFSTEMMING, text)
    told = sum(control.aangekondigd for control in held.controles)
    if told:
        text = f"{told} van de adressen {'is' if told == 1 else 'zijn'} aangekondigd: geef daar de nieuwe dag door."
        yield Gevolg(Gevolgcode.AANKONDIGING, text)
    were, now = {c.team_id for c in held.controles}, {place.team_id for place in places}
    if now - were:
        names = team_names(uow, held.actie.gemeentecode)
        yield Gevolg(Gevolgcode.TEAM, f"Nu doet {', '.join(sorted(names[team] for team in now))} de actie.")


def _log(uow: UnitOfWork, held: Actiestand, before: tuple[date, int | None], toelichting: str) -> None:
    """The step stands with the round that the action came from, and in the audit log."""
    actie = held.actie
    van, naar = before[0].isoformat(), actie.datum.isoformat()
    uow.audit("actie", actie.id, actie.gemeentecode, "verzetten", f"van {van} naar {naar}")
    ronde = None if actie.planronde_id is None else planrondes.stored(uow.session, actie.planronde_id)
    if ronde is not None:
        betreft = {"actieId": str(actie.id), "van": van, "naar": naar, "aanvang": actie.aanvang}
        note_step(uow, ronde, "integrale actie verzet", toelichting, betreft)
