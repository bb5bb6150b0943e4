"""The process that calculates for a request: warm, bounded, and never the end of the service."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.errors import Unavailable
from app.planning.adapters.rekenproces import Rekenfout, Rekenprocessen, Rekenwerk
from app.planning.solver.dayroute import Dagantwoord, Dagvraag, Halte
from app.planning.solver.problem import Point

STOPS = tuple(Halte(f"h{i:02}", Point(100.0 * i, 50.0 * (i % 3)), 5, None, 100.0) for i in range(12))
QUICK = Rekenwerk("dagroute", Dagvraag(0, 600, None, STOPS[:3]), Dagantwoord)
LONG = Rekenwerk("dagroute", Dagvraag(0, 100_000, None, STOPS * 200), Dagantwoord)
"""Inserts thousands of stops and turns the route round: takes minutes."""


@pytest.fixture
def processes() -> Iterator[Rekenprocessen]:
    made = Rekenprocessen(1)
    yield made
    made.stop()


def test_a_process_stays_warm_and_one_that_is_killed_is_replaced(processes: Rekenprocessen) -> None:
    assert len(processes.calculate(QUICK, 30).order) == 3
    child = processes._idle[0]
    assert processes.calculate(QUICK, 30)
    assert processes._idle == [child]

    killer = threading.Timer(0.5, child.process.kill)
    killer.start()
    with pytest.raises(Rekenfout, match="er is niets gewijzigd"):
        processes.calculate(LONG, 60)
    assert len(processes.calculate(QUICK, 30).order) == 3
    assert processes._idle != [child]


def test_a_process_that_is_started_beforehand_has_loaded_the_solvers_and_answers(processes: Rekenprocessen) -> None:
    processes.warm_up()
    (child,) = processes._idle
    loaded = Path(f"/proc/{child.process.pid}/maps").read_text(encoding="utf-8")
    assert "ortools" in loaded
    assert len(processes.calculate(QUICK, 30).order) == 3
    assert processes._idle == [child]


def test_a_calculation_ends_at_its_deadline_and_others_are_told_to_wait(processes: Rekenprocessen) -> None:
    processes.calculate(QUICK, 30)
    with processes._seats, pytest.raises(Unavailable) as busy:  # the one seat is taken
        processes.calculate(QUICK, 30, wait=0.05)
    assert busy.value.headers["Retry-After"]
    began = time.monotonic()
    with pytest.raises(Rekenfout):
        processes.calculate(LONG, 0.5)
    assert time.monotonic() - began < 30  # and not minutes
    assert processes.calculate(QUICK, 30)


def test_a_fault_in_the_calculation_keeps_the_process_and_tells_nothing_of_it(processes: Rekenprocessen) -> None:
    with pytest.raises(Rekenfout, match="mislukt") as fault:
        processes.calculate(Rekenwerk("dagroute", "geen vraag", Dagantwoord), 30)
    assert "geen vraag" not in str(fault.value)
    assert processes.calculate(QUICK, 30)
