"""What every change of a proposal by hand has in common: the round is held, the outcome is counted again, the step is noted."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from app.core.errors import Fout
from app.core.unit_of_work import UnitOfWork
from app.planning.errors import WrongStatus
from app.planning.repository import planrondes
from app.planning.schemas.bewerken import GevolgRead
from app.planning.schemas.planrondes import Planuitkomst
from app.planning.service.planrondes import note_step, require_round
from app.planning.solver.editing import Breuk
from app.planning.solver.result import Uitkomst
from app.planning.solver.weighing import Gevolg
from app.planning.status import Planrondestatus
from app.planning.tables import Planregel, Planronde


def hold_proposal(uow: UnitOfWork, ronde_id: UUID) -> Planronde:
    """The round, held until the end of the transaction: two planners who change it wait for each other.

    Raises:
        PlanrondeNotFound: unknown or not visible.
        WrongStatus: it is no proposal.
    """
    ronde = require_round(uow, ronde_id, lock=True)
    if ronde.status is not Planrondestatus.VOORSTEL:
        raise WrongStatus(
            f"Alleen een voorstel kan worden gewijzigd; deze planronde is dat niet (nu: '{ronde.status.value}'). "
            "Maak een nieuwe planronde, of laat wat al is vrijgegeven herplannen."
        )
    return ronde


def finish(uow: UnitOfWork, ronde: Planronde, step: str, toelichting: str, betreft: dict[str, Any]) -> None:
    """Raises the version of the round, counts its outcome again and notes the step."""
    ronde.versie += 1
    count_again(uow, ronde)
    note_step(uow, ronde, step, toelichting, betreft)
    uow.session.flush()


def count_again(uow: UnitOfWork, ronde: Planronde) -> None:
    """Brings the outcome of a round in line with what its proposal holds now, what a planner dropped included."""
    if ronde.uitkomst is None:
        return
    uow.session.flush()
    outcome = Planuitkomst.model_validate(ronde.uitkomst)
    outcome.bezoeken, outcome.acties = planrondes.proposal_counts(uow.session, ronde.id)
    outcome.weggelaten, outcome.verplicht_weggelaten = planrondes.leftover_counts(uow.session, ronde.id)
    if outcome.verplicht_weggelaten and outcome.resultaat == Uitkomst.OPTIMAAL:
        outcome.resultaat = Uitkomst.HAALBAAR.value
    elif not outcome.verplicht_weggelaten and not outcome.oorzaken:
        outcome.resultaat = Uitkomst.OPTIMAAL.value
    ronde.uitkomst = outcome.model_dump(mode="json", by_alias=True)


def where(rule: Planregel) -> dict[str, Any]:
    """Where a visit stands, for the log."""
    return {"datum": rule.datum.isoformat(), "teamId": str(rule.team_id), "aanvang": rule.aanvang}


def faults_of(broken: Iterable[Breuk]) -> list[Fout]:
    """Broken rules as the faults of an answer, each once."""
    return [Fout(f"body.{veld}", tekst) for veld, tekst in dict.fromkeys((b.veld, b.tekst) for b in broken)]


def read_consequences(found: Sequence[Gevolg]) -> list[GevolgRead]:
    """Consequences as the API shows them."""
    return [GevolgRead(code=gevolg.code.value, tekst=gevolg.tekst, minuten=gevolg.minuten) for gevolg in found]
