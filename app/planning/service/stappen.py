"""Steps of a round beside confirming and releasing: complete it around what is fixed, withdraw it, and look at the draw afterwards."""

from uuid import UUID

from app.core.errors import Conflict
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.planning.errors import WrongStatus
from app.planning.repository import planrondes
from app.planning.schemas.planregels import Redenen
from app.planning.schemas.planrondes import Besluit, Intrekking, LotingRead, PlanrondeParameters
from app.planning.service.planrondes import TAAK, note_step, require_round
from app.planning.service.wijziging import hold_proposal
from app.planning.solver.terms import TermCode
from app.planning.status import Planrondestatus
from app.planning.tables import Planronde


class TooEarly(Conflict):
    """The draw of a plan that is not executed yet would give its dates away."""

    code = "loting-te-vroeg"

    def __init__(self) -> None:
        super().__init__("De loting is pas te zien na de laatste dag van de planronde.")


def complete_round(uow: UnitOfWork, ronde_id: UUID, if_match: str | None, data: Besluit) -> Planronde:
    """Lets the planner complete a proposal around what is fixed, on the same round and with the same seed.

    What stands stays visible until the new proposal is stored in its place; when the calculation fails, it stays for good. Fixed
    visits and actions keep their place and time, dropped visits stay out.

    Raises:
        PlanrondeNotFound: unknown or not visible.
        PreconditionFailed: somebody changed the round or a visit in it.
        WrongStatus: it is no proposal, or a part of its period lies in the past.
    """
    ronde = require_round(uow, ronde_id, lock=True)
    check_version(if_match, ronde.versie)
    hold_proposal(uow, ronde_id)
    if ronde.van < uow.today:
        raise WrongStatus("Deze planronde is al begonnen en wordt niet meer aangevuld. Maak een nieuwe planronde.")
    ronde.status, ronde.voortgang, ronde.melding = Planrondestatus.WACHT, 0.0, "Wacht op aanvullen."
    ronde.versie += 1
    note_step(uow, ronde, "aanvullen gevraagd", data.toelichting)
    uow.session.flush()
    uow.enqueue(TAAK, ronde.id, f"{TAAK}:{ronde.id}:{ronde.versie}")
    return ronde


def withdraw_round(uow: UnitOfWork, ronde_id: UUID, if_match: str | None, data: Intrekking) -> Planronde:
    """Withdraws a round, or what was not released of it; a calculation that runs stops. Its steps and reasons stay.

    Raises:
        PlanrondeNotFound: unknown or not visible.
        PreconditionFailed: somebody changed the round or a visit in it.
        WrongStatus: it was released, or withdrawn before.
    """
    ronde = require_round(uow, ronde_id, lock=True)
    check_version(if_match, ronde.versie)
    if ronde.status is Planrondestatus.VRIJGEGEVEN:
        raise WrongStatus("Deze planronde is vrijgegeven; de controles staan er. Laat controles apart vervallen.")
    if ronde.status is Planrondestatus.VERVALLEN:
        raise WrongStatus("Deze planronde is al vervallen.")
    ronde.status, ronde.melding = Planrondestatus.VERVALLEN, "Deze planronde is ingetrokken."
    if ronde.vrijgegeven_tot is not None:
        ronde.melding = f"De rest van deze planronde is ingetrokken; de controles tot en met {ronde.vrijgegeven_tot:%d-%m-%Y} staan er."
    ronde.versie += 1
    note_step(uow, ronde, "vervallen", data.toelichting)
    uow.session.flush()
    return ronde


def draw_of(uow: UnitOfWork, ronde_id: UUID) -> LotingRead:
    """The seed of a round with all that repeats its run, after its last day; reading it leaves a line in the log.

    Raises:
        PlanrondeNotFound: unknown or not visible.
        TooEarly: the last day of the round has not passed.
    """
    ronde = require_round(uow, ronde_id)
    if ronde.tot >= uow.today:
        raise TooEarly
    uow.audit("loting", ronde.id, ronde.gemeentecode)
    drawn = {
        rule.object_id
        for rule in planrondes.all_rules(uow.session, ronde.id)
        if any(term.code == TermCode.ASELECT for term in Redenen.model_validate(rule.redenen).termen)
    }
    return LotingRead(
        seed=str(ronde.seed),
        motorversie=ronde.motorversie,
        parameters=PlanrondeParameters.model_validate(ronde.parameters),
        van=ronde.van,
        tot=ronde.tot,
        berekend_op=ronde.berekend_op,
        getrokken=sorted(drawn),
    )
