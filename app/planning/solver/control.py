"""Stopping: asks the caller, watches the clock for an abort, and runs the constraint solver within both."""

import threading
import time

from ortools.sat.python import cp_model

from app.planning.solver.problem import Stop

_POLL_SECONDS = 0.05


class Control:
    """One run's view of its stop rule. The clock can only abort, it never changes a finished result."""

    def __init__(self, stop: Stop, seed: int) -> None:
        self.stop = stop
        self.seed = seed
        self._deadline = None if stop.wall_seconds is None else time.monotonic() + stop.wall_seconds
        self._aborted = False

    @property
    def aborted(self) -> bool:
        """Whether the run must end now; once true it stays true."""
        if not self._aborted:
            late = self._deadline is not None and time.monotonic() >= self._deadline
            self._aborted = late or self.stop.should_stop()
        return self._aborted

    def report(self, share: float, what: str) -> None:
        """Tell the caller how far the run is."""
        self.stop.progress(share, what)

    def run(self, model: cp_model.CpModel, linear: int = 1) -> cp_model.CpSolver | None:
        """Solve with one worker in deterministic time; None when no solution was found.

        Args:
            model: The model.
            linear: How much of it goes into the linear relaxation, 0 to 2.
        """
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = linear
        solver.parameters.random_seed = self.seed % 2**31
        solver.parameters.max_deterministic_time = self.stop.deterministic_time
        done = threading.Event()

        def watch() -> None:
            while not done.wait(_POLL_SECONDS):
                if self.aborted:
                    solver.stop_search()

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            status = solver.solve(model)
        finally:
            done.set()
            watcher.join()
        return solver if status in {cp_model.OPTIMAL, cp_model.FEASIBLE} else None
