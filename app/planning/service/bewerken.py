"""Changing a proposal visit by visit: lock, move, drop, add. Hard rules refuse with all reasons, soft consequences are told.

Every change holds the round first, then reads the visit as it stands, so that two planners never undo each other's work.
"""

from datetime import date
from uuid import UUID

from app.core.errors import Fout
from app.core.http.schemas import FoutRead
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.planning.errors import DropRefused, MoveRefused, PlanregelNotFound, WrongStatus
from app.planning.repository import planrondes
from app.planning.schemas.bewerken import (
    AlternatiefRead,
    Alternatieven,
    Geschrapt,
    PlanregelGewijzigd,
    PlanregelPatch,
    Schrapping,
)
from app.planning.schemas.planregels import PlanregelRead, Redenen
from app.planning.service.bevoegdheid import team_powers
from app.planning.service.bord import Bord, load_board
from app.planning.service.planregels import shown_rule
from app.planning.service.planrondes import require_round
from app.planning.service.wijziging import faults_of, finish, hold_proposal, read_consequences, where
from app.planning.solver.editing import Breuk, Placement, Regel
from app.planning.solver.problem import Slot, Visit
from app.planning.solver.weighing import Alternatief, Gevolg, Gevolgcode, alternatives, consequences
from app.planning.status import Planrondestatus
from app.planning.tables import Planregel, Planrest, Planronde

HELE_DAG = (0, 2 * 24 * 60)
NIET_IN_RONDE = "doet niet mee in deze planronde"


def hold_rule(uow: UnitOfWork, rule_id: UUID, if_match: str | None) -> tuple[Planronde, Planregel]:
    """A proposed visit with its round held, in the version that the caller has seen.

    Raises:
        PlanregelNotFound: unknown, not visible, or dropped meanwhile.
        PreconditionFailed: somebody else changed it.
        WrongStatus: the round is no proposal any more.
    """
    found = planrondes.find_rule(uow.session, uow.caller, rule_id)
    if found is None:
        raise PlanregelNotFound
    ronde = require_round(uow, found.planronde_id, lock=True)
    rule = planrondes.fresh_rule(uow.session, rule_id)
    if rule is None:
        raise PlanregelNotFound
    check_version(if_match, rule.versie)
    if ronde.status is not Planrondestatus.VOORSTEL:
        hold_proposal(uow, ronde.id)
    return ronde, rule


def change_rule(uow: UnitOfWork, rule_id: UUID, if_match: str | None, data: PlanregelPatch) -> PlanregelGewijzigd:
    """Fixes or frees a proposed visit, or moves it to another time, date or team.

    The version of the round rises too, so that nobody confirms a plan that he has not seen. What is moved by hand is fixed as
    well, unless the planner says otherwise: else the next calculation would move it back.

    Raises:
        PlanregelNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
        WrongStatus: the round is no proposal any more, or the visit is fixed.
        MoveRefused: it cannot stand there; all rules that it would break.
    """
    ronde, rule = hold_rule(uow, rule_id, if_match)
    before = (rule.datum, rule.team_id, rule.aanvang)
    asked = (
        data.datum or rule.datum,
        data.team_id or rule.team_id,
        rule.aanvang if data.aanvang is None else data.aanvang,
    )
    if data.vast and rule.actie_id is not None:
        raise WrongStatus(
            "Dit bezoek hoort bij een integrale actie. Zet de actie vast; haar adressen staan dan ook vast."
        )
    moving = asked != before or data.beste_tijd
    log = {"objectId": str(rule.object_id), "planregelId": str(rule.id), "van": where(rule)}
    version = rule.versie
    gevolgen: list[Gevolg] = []
    if moving:
        if rule.vast and data.vast is not False:
            raise WrongStatus("Dit bezoek staat vast. Maak het eerst los en verplaats het dan.")
        if rule.actie_id is not None:
            raise WrongStatus(
                "Dit bezoek hoort bij een integrale actie. Verplaats de actie, of schrap dit adres eruit."
            )
        gevolgen = _move(uow, load_board(uow, ronde), rule, asked[0], asked[1], None if data.beste_tijd else asked[2])
    rule.vast = data.vast if data.vast is not None else moving or rule.vast
    rule.versie = version + 1
    step = "bezoek verplaatst" if moving else "bezoek vastgezet" if rule.vast else "bezoek losgemaakt"
    finish(uow, ronde, step, data.toelichting, log | ({"naar": where(rule)} if moving else {}))
    return changed(uow, rule, gevolgen)


def _move(
    uow: UnitOfWork, bord: Bord, rule: Planregel, datum: date, team_id: UUID, aanvang: int | None
) -> list[Gevolg]:
    visit, belang = bord.visit(rule), bord.belang(rule)
    if bord.place(rule.object_id) is None:
        raise MoveRefused([Fout("body.datum", "kan niet: het object is niet meer actief")])
    old, saved = bord.board.lift(visit)
    found = place_on(uow, bord, visit, datum, team_id, aanvang)
    if not isinstance(found, Placement):
        raise MoveRefused(faults_of(found))
    bord.board.accept(visit, found)
    if old is not None and old.key != found.slot.key:
        bord.write(old, bord.board.times(old))
    bord.write(found.slot, found.times)
    return consequences(visit, found, saved, belang)


def place_on(
    uow: UnitOfWork, bord: Bord, visit: Visit, datum: date, team_id: UUID, aanvang: int | None
) -> Placement | list[Breuk]:
    """The best place of a visit on a date with a team, at a minute if that was chosen; or every rule that stands in the way."""
    slots = bord.slots_on(datum, team_id)
    if aanvang is not None:
        slots = [slot for slot in slots if slot.start <= slot.real(aanvang) < slot.end]
    answers = [bord.board.place(visit, slot, aanvang) for slot in slots]
    placed = [answer for answer in answers if isinstance(answer, Placement)]
    if placed:
        return min(placed, key=lambda p: (p.travel, p.slot.key))
    refused = [answer for answer in answers if not isinstance(answer, Placement)]
    if refused:
        return min(refused, key=len)
    return _without_shift(uow, bord, visit, datum, team_id, aanvang)


def _without_shift(
    uow: UnitOfWork, bord: Bord, visit: Visit, datum: date, team_id: UUID, aanvang: int | None
) -> list[Breuk]:
    """There is no such shift: that, and what else would be wrong on that date."""
    powers = team_powers(uow, bord.ronde.gemeentecode, [(team_id, datum)], bord.settings.bezetting)
    able = frozenset(soort.value for soort in powers[team_id, datum])
    virtual = Slot("", datum, str(team_id), *HELE_DAG, able, HELE_DAG[1])
    broken = bord.board.broken(visit, virtual, aanvang, with_shift=False)
    if team_id not in bord.opdracht.parameters.teams:
        broken.append(Breuk(Regel.BEVOEGDHEID, NIET_IN_RONDE))
    return [*broken, Breuk(Regel.DIENST, "valt niet binnen een dienst van dit team op die datum")]


def drop_rule(uow: UnitOfWork, rule_id: UUID, if_match: str | None, data: Schrapping) -> Geschrapt:
    """Takes a visit out of the proposal; it stands among what is not in the plan, with the planner's reason.

    A norm visit may be dropped, and the answer says what that breaks. It stays out when the rest is planned again.

    Raises:
        PlanregelNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
        WrongStatus: the round is no proposal any more.
        DropRefused: it is one of the last addresses of an integral action.
    """
    ronde, rule = hold_rule(uow, rule_id, if_match)
    bord = load_board(uow, ronde)
    if rule.actie_id is not None:
        _check_leaving(bord, rule)
    saved = take_off(bord, rule)
    rest = leftover_of(rule, data.reden)
    log = {"objectId": str(rule.object_id), "planregelId": str(rule.id), "van": where(rule)}
    gevolgen = _dropped(rule, saved)
    uow.session.delete(rule)
    uow.session.add(rest)
    finish(uow, ronde, "bezoek geschrapt", data.reden, log)
    return Geschrapt(planresten=[rest.id], gevolgen=read_consequences(gevolgen))


def _check_leaving(bord: Bord, rule: Planregel) -> None:
    least = max(1, bord.settings.actie_adressen_min)
    if sum(other.actie_id == rule.actie_id for other in bord.regels.values()) <= least:
        text = f"een integrale actie heeft minstens {least} adressen; voeg er eerst een toe of schrap de hele actie"
        raise DropRefused([Fout("planregel", text)])


def take_off(bord: Bord, rule: Planregel) -> int:
    """Takes a visit off the board and lets its shift close up; answers the minutes of travel that this saves."""
    slot, saved = bord.board.lift(bord.visit(rule))
    del bord.regels[str(rule.id)]
    if slot is not None:
        bord.write(slot, bord.board.times(slot))
    return saved


def leftover_of(rule: Planregel, reden: str, *, door_planner: bool = True) -> Planrest:
    """What stays of a visit that was dropped, with all that it needs to come back; an address of an action has no ground alone."""
    return Planrest(
        planronde_id=rule.planronde_id,
        object_id=rule.object_id,
        normsleutel=rule.normsleutel,
        verplicht=rule.verplicht,
        reden=reden,
        door_planner=door_planner,
        redenen=None if rule.actie_id is not None else rule.redenen | {"vast": False},
        aanleiding=None if rule.actie_id is not None else rule.aanleiding,
    )


def _dropped(rule: Planregel, saved: int) -> list[Gevolg]:
    found = []
    if rule.verplicht:
        redenen = Redenen.model_validate(rule.redenen)
        found.append(
            Gevolg(
                Gevolgcode.NORM,
                f"{redenen.norm}: dit bezoek staat nu niet meer in het plan. Zonder bezoek uiterlijk "
                f"{redenen.toegestaan.laatste:%d-%m-%Y} wordt de norm of termijn niet gehaald.",
            )
        )
    if saved:
        text = f"{saved} minuten minder reistijd." if saved > 0 else f"{-saved} minuten meer reistijd."
        found.append(Gevolg(Gevolgcode.REISTIJD, text, -saved))
    return found


def list_alternatives(uow: UnitOfWork, rule_id: UUID) -> Alternatieven:
    """The ten best other shifts of a proposed visit: what moving it there would cost, or which rules it would break.

    Raises:
        PlanregelNotFound: unknown or not visible.
    """
    rule = planrondes.find_rule(uow.session, uow.caller, rule_id)
    if rule is None:
        raise PlanregelNotFound
    if rule.actie_id is not None:
        return Alternatieven(resultaten=[])
    bord = load_board(uow, require_round(uow, rule.planronde_id))
    found = alternatives(bord.board, bord.visit(rule), bord.belang(rule))
    return Alternatieven(resultaten=[_alternative(bord, option) for option in found])


def _alternative(bord: Bord, option: Alternatief) -> AlternatiefRead:
    dienst = bord.dienst(option.slot)
    return AlternatiefRead(
        datum=dienst.datum,
        team_id=dienst.team_id,
        van=dienst.van,
        tot=dienst.tot,
        past=not option.broken,
        aanvang=option.start,
        reistijd_verschil=option.travel,
        breekt=[FoutRead(veld=b.veld, melding=b.tekst) for b in option.broken],
        gevolgen=read_consequences(option.gevolgen),
    )


def changed(uow: UnitOfWork, rule: Planregel, gevolgen: list[Gevolg]) -> PlanregelGewijzigd:
    """A visit after a change, as the API shows it."""
    shown: PlanregelRead = shown_rule(uow, rule)
    return PlanregelGewijzigd(**shown.model_dump(), gevolgen=read_consequences(gevolgen))
