"""Where `CI` is set, a run in which anything was skipped or expected to fail is a failed run."""

import os

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Watch in the process that hears of all tests: not in a worker of pytest-xdist."""
    if os.environ.get("CI", "").lower() in {"1", "true"} and not hasattr(config, "workerinput"):
        config.pluginmanager.register(SkipWatcher(), "no-skips")


class SkipWatcher:
    """Counts what was skipped and fails the run because of it."""

    def __init__(self) -> None:
        self._skipped: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a skipped test; an expected failure counts as one."""
        if report.skipped or hasattr(report, "wasxfail"):
            self._skipped.add(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a module that was skipped as a whole."""
        if report.skipped:
            self._skipped.add(report.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Turn a green run with skips into a failed one."""
        if self._skipped and session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Name what was skipped."""
        if self._skipped:
            terminalreporter.section("skipped, which CI does not allow", red=True)
            for name in sorted(self._skipped):
                terminalreporter.line(name)
