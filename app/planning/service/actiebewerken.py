"""Changing the integral actions of a proposal: add, move, lock, other partners, drop. All reasons of a refusal come at once."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.core.errors import Fout
from app.core.http.versions import check_version
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.planning.errors import AddRefused, IdInUse, MoveRefused, PlanactieNotFound, WrongStatus
from app.planning.repository import planrondes
from app.planning.rules.actiewijziging import Actievoorstel, actie_faults
from app.planning.rules.behoefte import share_per_year
from app.planning.rules.gebieden import area_of
from app.planning.schemas.bewerken import Geschrapt, PlanactieCreate, PlanactieGewijzigd, PlanactiePatch, Schrapping
from app.planning.schemas.planregels import Redenen
from app.planning.service.actieadressen import actie_rule, actie_visit, member_faults
from app.planning.service.actieleggen import Gelegd, lay_action, narrowed
from app.planning.service.bewerken import leftover_of, take_off
from app.planning.service.bord import Bord, load_board
from app.planning.service.planregels import read_actie
from app.planning.service.planrondes import require_round
from app.planning.service.rondewerk import ACTIE_GESCHRAPT
from app.planning.service.wijziging import finish, hold_proposal, read_consequences
from app.planning.solver.problem import Visit
from app.planning.solver.weighing import Gevolg, Gevolgcode, passes_due
from app.planning.tables import Planactie, Planregel, Planronde


def hold_actie(uow: UnitOfWork, actie_id: UUID, if_match: str | None) -> tuple[Planronde, Planactie]:
    """An action of a proposal with its round held, in the version that the caller has seen.

    Raises:
        PlanactieNotFound: unknown, not visible, or dropped meanwhile.
        PreconditionFailed: somebody else changed it.
        WrongStatus: the round is no proposal.
    """
    found = planrondes.find_actie(uow.session, uow.caller, actie_id)
    if found is None:
        raise PlanactieNotFound
    require_round(uow, found.planronde_id, lock=True)
    actie = planrondes.fresh_actie(uow.session, actie_id)
    if actie is None:
        raise PlanactieNotFound
    check_version(if_match, actie.versie)
    return hold_proposal(uow, actie.planronde_id), actie


def change_actie(uow: UnitOfWork, actie_id: UUID, if_match: str | None, data: PlanactiePatch) -> PlanactieGewijzigd:
    """Locks or frees an action, moves it with all its addresses to another date or shift, or changes its partners.

    Raises:
        PlanactieNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
        WrongStatus: the round is no proposal, or the action is fixed.
        MoveRefused: it cannot be held so; all rules that it would break.
    """
    ronde, actie = hold_actie(uow, actie_id, if_match)
    before = (actie.datum, [UUID(partner) for partner in actie.partner_ids])
    wanted = (data.datum or before[0], before[1] if data.partner_ids is None else data.partner_ids)
    elsewhere = wanted[0] != before[0] or bool(data.team_ids) or data.aanvang is not None
    changes = elsewhere or wanted != before
    if changes and actie.vast and data.vast is not False:
        raise WrongStatus("Deze integrale actie staat vast. Maak haar eerst los en wijzig haar dan.")
    bord = load_board(uow, ronde)
    members = _members(bord, actie)
    log: dict[str, Any] = {"planactieId": str(actie.id), "van": before[0].isoformat()}
    gevolgen: list[Gevolg] = []
    if changes:
        faults = _faults(uow, bord, actie, wanted[0], wanted[1], len(members))
        norm_before = _short(uow, bord)
        if elsewhere:
            faults += _move(bord, actie, members, data, wanted[0])
        if faults:
            raise MoveRefused([Fout(f"body.{field}", text) for field, text in faults])
        actie.partner_ids = [str(partner) for partner in wanted[1]]
        uow.session.flush()
        gevolgen = [*_norm_consequences(uow, bord, norm_before), *_put_off(bord, members, before[0], wanted[0])]
        log["naar"] = actie.datum.isoformat()
    actie.vast = data.vast if data.vast is not None else changes or actie.vast
    actie.versie += 1
    step = "integrale actie " + (
        "verplaatst" if elsewhere else "gewijzigd" if changes else "vastgezet" if actie.vast else "losgemaakt"
    )
    finish(uow, ronde, step, data.toelichting, log)
    return _changed(actie, len(members), gevolgen)


def _move(
    bord: Bord, actie: Planactie, members: Sequence[Planregel], data: PlanactiePatch, datum: date
) -> list[tuple[str, str]]:
    """Puts all addresses on free shifts of the new date; answers what stands in the way."""
    visits, faults = [], []
    for rule in members:
        place = bord.place(rule.object_id)
        if place is None:
            faults.append(("datum", f"{bord.namen.get(str(rule.object_id), 'een object')} is niet meer actief"))
            continue
        bord.board.lift(bord.visit(rule))
        visits.append(actie_visit(bord, place, rule.id))
    team = members[0].team_id if members else None
    own = {(rule.datum, rule.team_id) for rule in members}
    laid = _lay(bord, visits, datum, team, own, (data.team_ids, data.aanvang))
    if isinstance(laid, list):
        return faults + laid
    actie.datum = datum
    for slot_key, times in laid.items():
        bord.write(bord.board.index.slots[slot_key], times)
    for rule in members:
        redenen = Redenen.model_validate(rule.redenen)
        redenen.toegestaan.eerste = redenen.toegestaan.laatste = datum
        rule.redenen = redenen.model_dump(mode="json", by_alias=True)
    return faults


def _lay(
    bord: Bord,
    visits: Sequence[Visit],
    datum: date,
    team: UUID | None,
    own: set[tuple[date, UUID]],
    wanted: tuple[Collection[UUID], int | None] = ((), None),
) -> Gelegd | list[tuple[str, str]]:
    """Timetables on the free shifts of a date, or why the addresses cannot be visited there."""
    free = [
        (slot, bord.dienst(slot).team_id)
        for slot in bord.slots_on(datum)
        if not bord.board.route(slot)
        and (slot.key not in bord.board.reserved or (datum, bord.dienst(slot).team_id) in own)
    ]
    free = narrowed(free, *wanted)
    return lay_action(bord.board, free, max(1, bord.settings.actie_diensten), visits, bord.namen, datum, team)


def add_actie(uow: UnitOfWork, ronde_id: UUID, if_match: str | None, data: PlanactieCreate) -> PlanactieGewijzigd:
    """Adds an integral action on a date with addresses and partners; the service finds its shifts and routes.

    Raises:
        PlanrondeNotFound: unknown or not visible.
        IdInUse: another action stands under this id.
        PreconditionFailed: somebody else changed the round.
        WrongStatus: the round is no proposal.
        AddRefused: it cannot be held so; all rules that it would break.
    """
    require_round(uow, ronde_id)
    stored = planrondes.stored_actie(uow.session, data.id)
    if stored is not None:
        if stored.planronde_id != ronde_id:
            raise IdInUse
        return _changed(stored, planrondes.action_sizes(uow.session, ronde_id).get(stored.id, 0), [])
    ronde = hold_proposal(uow, ronde_id)
    check_version(if_match, ronde.versie)
    bord = load_board(uow, ronde)
    actie = Planactie(
        id=data.id,
        planronde_id=ronde.id,
        datum=data.datum,
        gebied=None,
        partner_ids=[str(partner) for partner in data.partner_ids],
        vast=data.vast,
    )
    faults = _faults(uow, bord, actie, data.datum, data.partner_ids, len(data.object_ids))
    visits, unfit = _new_addresses(bord, actie, data.object_ids)
    faults += unfit
    laid = _lay(bord, visits, data.datum, None, set())
    if isinstance(laid, list):
        faults += laid
    if faults or isinstance(laid, list):
        raise AddRefused([Fout(f"body.{field}", text) for field, text in dict.fromkeys(faults)])
    uow.session.add(actie)
    uow.session.flush()
    rules = [actie_rule(bord, visit, actie) for visit in visits]
    bord.regels |= {str(rule.id): rule for rule in rules}
    for slot_key, times in laid.items():
        bord.write(bord.board.index.slots[slot_key], times)
    for rule in rules:
        rule.versie = 1
    uow.session.add_all(rules)
    members = {rule.object_id for rule in rules}
    for rest in planrondes.leftovers_of(uow.session, ronde.id):
        if rest.object_id in members and not rest.verplicht:
            uow.session.delete(rest)
    log = {"planactieId": str(actie.id), "naar": actie.datum.isoformat()}
    finish(uow, ronde, "integrale actie toegevoegd", data.toelichting, log)
    return _changed(actie, len(rules), [])


def _new_addresses(
    bord: Bord, actie: Planactie, object_ids: Sequence[UUID]
) -> tuple[list[Visit], list[tuple[str, str]]]:
    """The visits of a new action, and the objects that it cannot have; its area is that of the first."""
    visits, faults = [], []
    for position, object_id in enumerate(object_ids):
        place = bord.place(object_id)
        field = f"objectIds.{position}"
        if object_id in object_ids[:position]:
            faults.append((field, "staat er twee keer in"))
        elif place is None:
            faults.append((field, "is geen actief object van uw gemeente"))
        else:
            actie.gebied = actie.gebied or area_of(place.buurtcode) or None
            faults += [(field, text) for text in member_faults(bord, place, actie.gebied)]
            visits.append(actie_visit(bord, place, new_id()))
    return visits, faults


def drop_actie(uow: UnitOfWork, actie_id: UUID, if_match: str | None, data: Schrapping) -> Geschrapt:
    """Takes an action out of the proposal; its addresses may be visited otherwise when the rest is planned again.

    Raises:
        PlanactieNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
        WrongStatus: the round is no proposal.
    """
    ronde, actie = hold_actie(uow, actie_id, if_match)
    bord = load_board(uow, ronde)
    before = _short(uow, bord)
    reden = f"De integrale actie van {actie.datum:%d-%m-%Y} is geschrapt: {data.reden}"
    resten = []
    for rule in _members(bord, actie):
        take_off(bord, rule)
        resten.append(leftover_of(rule, reden, door_planner=False))
        uow.session.delete(rule)
    uow.session.add_all(resten)
    uow.session.flush()  # the addresses go before the action that they point to
    uow.session.delete(actie)
    uow.session.flush()
    gevolgen = _norm_consequences(uow, bord, before)
    log = {"planactieId": str(actie_id), "van": actie.datum.isoformat()}
    finish(uow, ronde, ACTIE_GESCHRAPT, data.reden, log)
    return Geschrapt(planresten=[rest.id for rest in resten], gevolgen=read_consequences(gevolgen))


def _members(bord: Bord, actie: Planactie) -> list[Planregel]:
    return [rule for rule in bord.regels.values() if rule.actie_id == actie.id]


def _faults(
    uow: UnitOfWork, bord: Bord, actie: Planactie, datum: date, partners: Sequence[UUID], adressen: int
) -> list[tuple[str, str]]:
    proposed = [other.datum for other in planrondes.acties(uow.session, bord.ronde.id) if other.id != actie.id]
    norm = bord.opdracht.stand.normen
    return actie_faults(
        Actievoorstel(
            datum=datum,
            partners=partners,
            beschikbaar={partner.id: partner.dagen for partner in bord.opdracht.partners},
            namen={partner.id: partner.naam for partner in bord.opdracht.partners},
            andere=[*proposed, *bord.held_acties()],
            tussentijd=norm.actie_tussentijd_dagen,
            adressen=adressen,
            grenzen=(bord.settings.actie_adressen_min, bord.settings.actie_adressen_max),
            vandaag=uow.today,
            periode=(bord.ronde.van, bord.ronde.tot),
        )
    )


def _short(uow: UnitOfWork, bord: Bord) -> dict[int, int]:
    """How many actions each calendar year lacks that the norm asks of this period (CAD-04)."""
    asked = share_per_year(
        bord.opdracht.stand.normen.acties_per_jaar, bord.ronde.van, bord.ronde.tot, bord.held_acties()
    )
    dates = [actie.datum for actie in planrondes.acties(uow.session, bord.ronde.id)]
    return {year: number - sum(day.year == year for day in dates) for year, number in asked.items()}


def _norm_consequences(uow: UnitOfWork, bord: Bord, before: dict[int, int]) -> list[Gevolg]:
    """The years that lack an action because of the change."""
    return [
        Gevolg(
            Gevolgcode.ACTIE,
            f"In {year} staan daarmee {missing} integrale acties minder in het plan dan de norm in deze periode vraagt.",
        )
        for year, missing in _short(uow, bord).items()
        if missing > max(0, before[year])
    ]


def _put_off(bord: Bord, members: Sequence[Planregel], van: date, naar: date) -> list[Gevolg]:
    """The addresses that the new date, and not the old one, visits after the day on which they are due (CAD-19)."""
    late = [
        f"{bord.namen.get(str(rule.object_id), 'een object')} ({bezoek.visit.due:%d-%m-%Y})"
        for rule in members
        for bezoek in bord.bezoeken_of(rule.object_id)
        if passes_due(bezoek.visit, naar) and not passes_due(bezoek.visit, van)
    ]
    if not late:
        return []
    return [Gevolg(Gevolgcode.NORM, f"Deze adressen komen daarmee na hun uiterste dag: {', '.join(late)}.")]


def _changed(actie: Planactie, adressen: int, gevolgen: Sequence[Gevolg]) -> PlanactieGewijzigd:
    shown = read_actie(actie, adressen)
    return PlanactieGewijzigd(**shown.model_dump(), gevolgen=read_consequences(gevolgen))
