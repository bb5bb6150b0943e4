"""Background work (ADR 0011): a job exists when its transaction does, runs once, and survives a killed worker."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.settings import ROOT, Settings

WORKER = """
import signal, sys, threading, time
from uuid import UUID
from app.core.jobs import UnitFactory, task
from app.core.settings import get_settings
from app.core.tables import Kenmerk
from app import worker

@task("proef.langzaam")
def slow(unit: UnitFactory, reference: UUID) -> None:
    with unit("proef") as uow:
        mark = "hervat" if uow.session.get(Kenmerk, f"begonnen {reference}") else "begonnen"
        if uow.session.get(Kenmerk, f"{mark} {reference}") is None:
            uow.session.add(Kenmerk(naam=f"{mark} {reference}", waarde="1"))
    time.sleep(float(sys.argv[1]))
    with unit("proef") as uow:
        if uow.session.get(Kenmerk, f"klaar {reference}") is None:
            uow.session.add(Kenmerk(naam=f"klaar {reference}", waarde="1"))

stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
worker.run(get_settings(), lambda: stop.wait(60))
"""


def _start(settings: Settings, seconds: float, folder: Path) -> subprocess.Popen[bytes]:
    script = folder / "worker.py"
    script.write_text(WORKER, encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "VELDWACHT_STEMPEL": "demo",
        "VELDWACHT_DATABASE_URL": settings.database_url.get_secret_value(),
        "VELDWACHT_KEY_RING_FILE": str(settings.key_ring_file),
    }
    return subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, str(script), str(seconds)], env=environment, stderr=subprocess.DEVNULL
    )


def _marks(runtime: Runtime, reference: UUID) -> list[str]:
    with runtime.database.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT naam FROM kenmerken ORDER BY naam")).scalars().all()
    return [row.split(" ")[0] for row in rows if str(reference) in row]


def _wait_for(runtime: Runtime, reference: UUID, mark: str) -> None:
    deadline = time.monotonic() + 60
    while mark not in _marks(runtime, reference):
        assert time.monotonic() < deadline, f"never saw {mark}"
        time.sleep(0.05)


def _kill(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    process.send_signal(how)
    process.wait(20)


def test_a_job_goes_on_after_its_worker_was_stopped_and_after_one_was_killed(
    runtime: Runtime, settings: Settings, tmp_path: Path
) -> None:
    """A worker that is asked to stop ends in seconds, also while a job runs that takes minutes, such as a planning round."""
    reference = new_id()
    running = _start(settings, 300, tmp_path)
    try:
        for _ in range(2):  # a repeat is harmless
            with runtime.system_unit("test") as uow:
                uow.enqueue("proef.langzaam", reference)
        _wait_for(runtime, reference, "begonnen")
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == 0  # some ten seconds on a quiet machine, never the 300 of the job
        running = _start(settings, 300, tmp_path)
        _wait_for(runtime, reference, "hervat")
        _kill(running, signal.SIGKILL)
        assert _marks(runtime, reference) == ["begonnen", "hervat"]
        running = _start(settings, 0, tmp_path)
        _wait_for(runtime, reference, "klaar")
    finally:
        _kill(running, signal.SIGKILL)
    assert _marks(runtime, reference) == ["begonnen", "hervat", "klaar"]


def test_a_job_does_not_exist_when_its_transaction_fails(runtime: Runtime) -> None:
    reference = new_id()

    def enqueue_and_fail() -> None:
        with runtime.system_unit("test") as uow:
            uow.enqueue("proef.langzaam", reference)
            msg = "the transaction fails"
            raise RuntimeError(msg)

    with pytest.raises(RuntimeError, match="the transaction fails"):
        enqueue_and_fail()
    table = "workflow_status" if runtime.database.is_sqlite else "dbos.workflow_status"
    with runtime.database.engine.connect() as connection:
        assert connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar() == 0  # noqa: S608 - a constant
