"""Starts the durable background work: DBOS runs what features registered as tasks (ADR 0011)."""

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer

from app.bevindingen import tasks as bevindingen
from app.controles import tasks as controles
from app.core import logs
from app.core.db import check_schema
from app.core.jobs import QUEUE, SWEEPS, TASKS, Sweep, Task, workflow_name
from app.core.runtime import Runtime
from app.core.settings import Settings
from app.core.unit_of_work import UnitOfWork
from app.gemeenten import tasks as gemeenten
from app.maatregelen import tasks as maatregelen
from app.objecten import tasks as objecten
from app.planning import tasks as planning
from app.rapportage import tasks as rapportage
from app.signalen import tasks as signalen

FEATURES = (gemeenten, objecten, bevindingen, signalen, maatregelen, controles, planning, rapportage)
"""Every feature that has background work: importing its tasks registers them."""

POLL_SECONDS = 0.08
SWEEP_TICK_SECONDS = 0.5
GRACE_SECONDS = 4
"""What a job and a sweep get to end when the worker stops; service managers kill after ten."""

log = logging.getLogger("veldwacht.worker")


def job_config(settings: Settings, runtime: Runtime) -> DBOSConfig:
    """DBOS on the service's own database, with a stable executor id, so that a restarted worker takes its jobs back."""
    return {
        "name": "veldwacht",
        "system_database_engine": runtime.database.engine,
        "serializer": DBOSPortableJSONSerializer(),
        "executor_id": settings.worker_id,
        "application_version": "1",
        "run_migrations": False,
        "use_listen_notify": False,
        "enable_otlp": False,
    }


class Worker:
    """One worker process; `start` returns at once, `stop` lets running jobs end."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.runtime = Runtime.start(settings)
        self._stopping = threading.Event()
        self._sweepers = [
            threading.Thread(target=self._sweep, args=(name, every, function), name=f"sweep {name}", daemon=True)
            for name, (every, function) in SWEEPS.items()
        ]

    def start(self) -> None:
        """Registers the tasks of all features and starts to work through the queue.

        Raises:
            StaleSchema: the database is older than the code.
        """
        check_schema(self.runtime.database)
        DBOS(config=job_config(self.settings, self.runtime))
        for name, function in TASKS.items():
            DBOS.workflow(name=workflow_name(name))(self._job(function))
        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=1, polling_interval_sec=POLL_SECONDS)
        for sweeper in self._sweepers:
            sweeper.start()

    def _job(self, function: Task) -> Callable[[str], None]:
        def run(reference: str) -> None:
            function(self._unit, UUID(reference))

        return run

    def _unit(self, action: str, *, write: bool = True) -> AbstractContextManager[UnitOfWork]:
        return self.runtime.system_unit(action, write=write)

    def _sweep(self, name: str, every: float, function: Sweep) -> None:
        """Runs a sweep when its time has come; one that fails is told in the log and tried again.

        Each has a thread of its own: one that waits for an outside source never holds up the deadlines of signals.
        """
        while not self._stopping.wait(min(SWEEP_TICK_SECONDS, every)):
            started = time.monotonic()
            try:
                function(self._unit)
            except Exception:
                log.exception("sweep failed", extra={"job": name})
            self._stopping.wait(max(0.0, every - SWEEP_TICK_SECONDS - (time.monotonic() - started)))

    def stop(self) -> bool:
        """Stops taking jobs, gives what runs some seconds to end, and closes the database.

        Returns:
            Whether everything ended. If not, the database stays open for what still runs: a job that loses it would be noted as failed.
        """
        self._stopping.set()
        deadline = time.monotonic() + GRACE_SECONDS
        for sweeper in self._sweepers:
            if sweeper.is_alive():
                sweeper.join(max(0.0, deadline - time.monotonic()))
        DBOS.destroy(workflow_completion_timeout_sec=GRACE_SECONDS)
        if self._is_busy():
            return False
        self.runtime.stop()
        return True

    def _is_busy(self) -> bool:
        """Whether a job still runs: Python would wait for its thread at the end of the process, an hour if need be."""
        deadline = time.monotonic() + 1
        while any(not t.daemon and t is not threading.main_thread() for t in threading.enumerate()):
            if time.monotonic() > deadline:
                return True
            time.sleep(0.05)
        return False


def run(settings: Settings, wait: Callable[[], object]) -> None:
    """Works until `wait` returns; then the process ends within seconds, whatever runs.

    A job that cannot end in time, such as a long planning round, is left as if the machine had failed: it stands in the queue as running, and
    the next worker of this name takes it up again (ADR 0011). Nor is Python asked to take itself apart at the end: with the solvers loaded
    that took four seconds and more on a busy machine, and nothing is left to be written by then.
    """
    logs.configure(settings.log_level)
    worker = Worker(settings)
    worker.start()
    try:
        wait()
    finally:
        ended = worker.stop()
    if not ended:
        log.warning("the worker ends while a job runs; the job goes on at the next start")
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
