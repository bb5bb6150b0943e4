"""Sweeps: the worker runs those of every feature, and one that waits for something outside never holds up another (ADR 0014)."""

import threading

import pytest

from app import worker
from app.core.jobs import SWEEPS, UnitFactory
from app.core.settings import ROOT, Settings


def test_the_worker_does_the_work_of_every_feature() -> None:
    with_tasks = {file.parent.name for file in (ROOT / "app").glob("*/tasks.py")}
    assert {feature.__name__.split(".")[1] for feature in worker.FEATURES} == with_tasks
    assert "berichten.e-mail" in SWEEPS


def test_a_sweep_that_hangs_does_not_hold_up_the_others(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    hangs, released, ran = threading.Event(), threading.Event(), threading.Event()

    def hang(_units: UnitFactory) -> None:
        hangs.set()
        released.wait(20)

    def run(_units: UnitFactory) -> None:
        if hangs.is_set():
            ran.set()
        raise RuntimeError  # and one that fails comes back

    monkeypatch.setattr(worker, "SWEEPS", {"hangt": (0.01, hang), "loopt": (0.01, run)})
    made = worker.Worker(settings)
    for sweeper in made._sweepers:
        sweeper.start()
    try:
        assert ran.wait(10)
    finally:
        released.set()
        made._stopping.set()
        for sweeper in made._sweepers:
            sweeper.join(10)
        made.runtime.stop()
    assert not any(sweeper.is_alive() for sweeper in made._sweepers)
