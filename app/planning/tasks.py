"""Background work of planning: the only place that loads the planner's engine, which stays out of the API process."""

import logging
import time
from uuid import UUID

from sqlalchemy.exc import OperationalError

from app.core.jobs import UnitFactory, sweep, task
from app.planning.rules.planinstellingen import SettingsMissing
from app.planning.service import rondewerk
from app.planning.service.bedrijfsnorm import business_shortages
from app.planning.service.planrondes import TAAK
from app.planning.service.probleem import build_problem
from app.planning.service.voorstel import make_proposal
from app.planning.solver.engine import solve
from app.planning.solver.problem import Stop

log = logging.getLogger(__name__)

PROGRESS_SECONDS = 1.0
STEPS_PER_SECOND = 8
"""Steps per visit of a week for each second that a planner gives every step of the calculation; ten seconds give the default."""
FOUT = "De berekening is door een fout in de dienst gestopt. Meld dit aan de beheerder en start daarna een nieuwe planronde."


class Progress:
    """Shows how far a round is, at most once a second, each time in a short unit of work of its own."""

    def __init__(self, units: UnitFactory, ronde_id: UUID) -> None:
        self._units = units
        self._ronde_id = ronde_id
        self._last = float("-inf")
        self.ended = False

    def show(self, share: float, what: str) -> None:
        """Stores share and text, unless that was done less than a second ago."""
        now = time.monotonic()
        if now - self._last < PROGRESS_SECONDS or self.ended:
            return
        self._last = now
        try:
            with self._units("planronde_voortgang") as uow:
                self.ended = not rondewerk.report_progress(uow, self._ronde_id, share, what)
        except (OperationalError, TimeoutError) as error:
            # A busy database must not cost a calculation; the next report comes soon.
            log.warning("progress of a planning round was not stored: %s", type(error).__name__)

    def is_ended(self) -> bool:
        """Whether the round was ended by somebody else."""
        return self.ended


@task(TAAK)
def calculate_round(units: UnitFactory, ronde_id: UUID) -> None:
    """Calculates a planning round; safe to run again at any point (design section 7)."""
    with units("planronde_begonnen") as uow:
        if not rondewerk.begin_round(uow, ronde_id):
            return
    try:
        _calculate(units, ronde_id)
    except SettingsMissing as missing:
        _fail(
            units, ronde_id, f"In de normentabel ontbreken instellingen: {missing}. Vraag de beheerder ze in te vullen."
        )
    except Exception:
        _fail(units, ronde_id, FOUT)
        raise


def _calculate(units: UnitFactory, ronde_id: UUID) -> None:
    with units("planronde_gegevens", write=False) as uow:
        opdracht, names = rondewerk.load_assignment(uow, ronde_id)
    vraag = build_problem(opdracht)
    progress = Progress(units, ronde_id)
    stop = Stop(
        deterministic_time=opdracht.parameters.rekentijd,
        week_iterations=max(2, round(STEPS_PER_SECOND * opdracht.parameters.rekentijd)),
        wall_seconds=rondewerk.LONGEST_SECONDS,
        should_stop=progress.is_ended,
        progress=progress.show,
    )
    result = solve(vraag.problem, stop, opdracht.seed)
    voorstel = make_proposal(ronde_id, vraag, result, names)
    voorstel.uitkomst.oorzaken += business_shortages(opdracht, voorstel.regels)
    with units("planronde_berekend") as uow:
        rondewerk.store_proposal(uow, ronde_id, voorstel, opdracht.bekende_rondes)


def _fail(units: UnitFactory, ronde_id: UUID, melding: str) -> None:
    with units("planronde_mislukt") as uow:
        rondewerk.fail_round(uow, ronde_id, melding)


@sweep("planning.achtergelaten", every=60)
def end_abandoned_rounds(units: UnitFactory) -> None:
    """A round whose worker is gone does not stay on 'bezig' for ever."""
    with units("planronde_achtergelaten") as uow:
        rondewerk.fail_abandoned(uow)
