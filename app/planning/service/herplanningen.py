"""Replanning the released plan: ask for the smallest change and look at it. Every step is an event (ROL-08).

The calculation runs in a process of its own between two transactions; nothing is locked meanwhile (`herplanbesluiten` carries it out).
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from app.controles.service.planning import attempts_waiting
from app.controles.service.verzetten import missed_since, planned_between
from app.core.clock import AMSTERDAM
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import require_gemeente
from app.planning.adapters.rekenproces import Rekenwerk, calculate
from app.planning.errors import HerplanningNotFound, IdInUse, WrongStatus
from app.planning.repository import herplanningen as repository
from app.planning.rules.herplannen import read_replan_settings
from app.planning.rules.planinstellingen import SettingsMissing, read_settings
from app.planning.schemas.herplanningen import (
    Gebeurtenis,
    HerplanningCreate,
    HerplanningDetail,
    HerplanningRead,
    WijzigingRead,
)
from app.planning.schemas.planrondes import StapRead
from app.planning.service.gegevens import load_state
from app.planning.service.herplangebeurtenissen import Gebeurtenissen
from app.planning.service.herplanvoorstel import Herplanvoorstel, make_replan_proposal
from app.planning.service.herplanvraag import Herplanvraag, Planvenster, build_question
from app.planning.service.planregels import short_objects
from app.planning.service.rooster import load_roster
from app.planning.service.staand import standing_visits, with_standing
from app.planning.service.vastgezet import Dienst
from app.planning.solver.replanning import Replanned, ReplanQuestion
from app.planning.solver.result import ENGINE_VERSION
from app.planning.status import Herplangebeurtenis, Herplanstatus
from app.planning.tables import Herplanning, Herplanstap

TERUG = timedelta(days=365)
"""How far back a control that was not carried out can still get another day."""
SPELING = 6.0
"""Seconds on top of those for calculating before the process is ended: a busy machine must not cost an answer that is there."""


def list_replans(uow: UnitOfWork, paging: Paging, status: Herplanstatus | None) -> Sequence[Herplanning]:
    """Proposals of the caller's municipalities, oldest first: one page and one row more."""
    return repository.page(uow.session, uow.caller, paging, status)


def read_replan(row: Herplanning) -> HerplanningRead:
    """A proposal as the list shows it."""
    return HerplanningRead.model_validate(row)


def show_replan(uow: UnitOfWork, herplanning_id: UUID) -> HerplanningDetail:
    """One proposal with its changes and steps.

    Raises:
        HerplanningNotFound: unknown or not visible.
    """
    return detail_of(uow, require_replan(uow, herplanning_id))


def same_as_before(uow: UnitOfWork, data: HerplanningCreate) -> HerplanningDetail | None:
    """What stands under this id already, if anything: sending again is safe.

    Raises:
        IdInUse: another question stands under this id.
    """
    stored = repository.stored(uow.session, data.id)
    if stored is None:
        return None
    if (stored.gemeentecode, stored.inhoud_hash) != (uow.caller.gemeentecode, _digest(data)):
        raise IdInUse
    return detail_of(uow, stored)


def prepare(uow: UnitOfWork, data: HerplanningCreate) -> Herplanvraag:
    """Reads the plan and turns the events into a question for the solver.

    Raises:
        InvalidHerplanning: an event names what is not there; all faults.
        WrongStatus: the norm table lacks settings.
    """
    venster = load_window(uow, uow.caller.gemeentecode, data.gebeurtenissen)
    herkansingen = attempts_waiting(uow, uow.caller.gemeentecode)
    return build_question(venster, Gebeurtenissen(venster, herkansingen).read(data.gebeurtenissen))


def load_window(uow: UnitOfWork, gemeentecode: str, events: Sequence[Gebeurtenis] = ()) -> Planvenster:
    """The released plan from today on; the number of queries does not depend on its size.

    Raises:
        WrongStatus: the norm table lacks settings.
    """
    today = uow.today
    stand = load_state(uow, gemeentecode, today, (today.year - 1, today.year, today.year + 1))
    standing = standing_visits(uow, gemeentecode, stand.objecten)
    stand = with_standing(stand, standing)
    try:
        settings, own = read_settings(stand.tabel), read_replan_settings(stand.tabel)
        end = today + timedelta(days=own.venster_dagen - 1)
        roster = load_roster(uow, gemeentecode, today, end)
    except SettingsMissing as missing:
        raise WrongStatus(
            f"In de normentabel ontbreken instellingen: {missing}. Vraag de beheerder ze in te vullen."
        ) from None
    local = uow.now.astimezone(AMSTERDAM)
    return Planvenster(
        van=today,
        tot=end,
        nu=local.hour * 60 + local.minute,
        stand=stand,
        instellingen=settings,
        herplannen=own,
        diensten=[
            Dienst(row.team_id, row.datum, row.van, row.tot, powers)
            for row, powers in roster.usable()
            if row.team_id is not None
        ],
        controles=planned_between(uow, gemeentecode, today, end),
        gemist=missed_since(uow, gemeentecode, today - TERUG),
        staand=standing,
        uitgevallen=[
            (event.team_id, event.datum, event.van)
            for event in events
            if event.soort is Herplangebeurtenis.DIENST_UITGEVALLEN and event.team_id and event.datum
        ],
    )


def calculate_change(vraag: Herplanvraag) -> Herplanvoorstel:
    """Asks the quick solver; call it outside every transaction.

    Raises:
        Unavailable: too many at work, or no answer in time; nothing was changed.
    """
    seconds = vraag.venster.herplannen.seconden
    question = ReplanQuestion(vraag.problem, seconds=seconds, effort=seconds)
    answer = calculate(Rekenwerk("herplannen", question, Replanned), seconds + SPELING)
    return make_replan_proposal(vraag, answer)


def store_proposal(
    uow: UnitOfWork, data: HerplanningCreate, vraag: Herplanvraag, voorstel: Herplanvoorstel
) -> HerplanningDetail:
    """Stores a proposal, unless the same question was answered meanwhile.

    Raises:
        IdInUse: another question stands under this id.
    """
    require_gemeente(uow, uow.caller.gemeentecode, lock=True)
    known = same_as_before(uow, data)
    if known is not None:
        return known
    row = Herplanning(
        id=data.id,
        gemeentecode=uow.caller.gemeentecode,
        status=Herplanstatus.VOORSTEL,
        van=vraag.venster.van,
        tot=vraag.venster.tot,
        gebeurtenissen=[event.model_dump(mode="json", by_alias=True) for event in data.gebeurtenissen],
        inhoud_hash=_digest(data),
        wijzigingen=voorstel.wijzigingen,
        stand=voorstel.stand,
        uitkomst=voorstel.uitkomst.model_dump(mode="json", by_alias=True),
        motorversie=ENGINE_VERSION,
        gemaakt_op=uow.now,
        gemaakt_door=uow.caller.account_id,
    )
    uow.session.add(row)
    uow.session.flush()
    note_replan(uow, row, "aangemaakt", data.toelichting)
    return detail_of(uow, row)


def require_replan(uow: UnitOfWork, herplanning_id: UUID, *, lock: bool = False) -> Herplanning:
    """A proposal that the caller may see; `lock` holds it until the end of the transaction.

    Raises:
        HerplanningNotFound: unknown or not visible.
    """
    row = repository.find(uow.session, uow.caller, herplanning_id, lock=lock)
    if row is None:
        raise HerplanningNotFound
    return row


def note_replan(uow: UnitOfWork, row: Herplanning, actie: str, toelichting: str) -> None:
    """Stores a step of a proposal: who, when, what, why (ROL-08)."""
    uow.session.add(
        Herplanstap(
            herplanning_id=row.id,
            tijdstip=uow.now,
            actor=uow.caller.account_id,
            actie=actie,
            toelichting=toelichting,
        )
    )
    uow.session.flush()
    uow.audit("herplanning", row.id, row.gemeentecode)


def detail_of(uow: UnitOfWork, row: Herplanning) -> HerplanningDetail:
    """A proposal with its changes and steps."""
    shown = short_objects(uow, {UUID(change["objectId"]) for change in row.wijzigingen})
    changes = [
        WijzigingRead.model_validate(
            {**{k: v for k, v in change.items() if k != "objectId"}, "object": shown[UUID(change["objectId"])]}
        )
        for change in row.wijzigingen
        if UUID(change["objectId"]) in shown
    ]
    return HerplanningDetail(
        **read_replan(row).model_dump(),
        gebeurtenissen=[Gebeurtenis.model_validate(raw) for raw in row.gebeurtenissen],
        wijzigingen=changes,
        stappen=[StapRead.model_validate(step) for step in repository.steps(uow.session, row.id)],
    )


def _digest(data: HerplanningCreate) -> str:
    asked = data.model_dump(mode="json", exclude={"id"})
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
