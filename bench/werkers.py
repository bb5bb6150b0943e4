"""What the figures of background work share: a fresh database, worker processes that are killed, a clock that is moved for them."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from app.core.migrate import migrate
from app.core.runtime import Runtime
from app.core.settings import ROOT, Settings
from tests.support.databases import settings_for
from tools.postgres import private_server


@dataclass
class Workers:
    """Worker processes on one database."""

    settings: Settings
    folder: Path
    script: Path
    clock: Path | None = None
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    kills: int = 0

    def start(self, name: str) -> None:
        """Starts a worker under a stable name."""
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "VELDWACHT_STEMPEL": "demo",
            "VELDWACHT_DATABASE_URL": self.settings.database_url.get_secret_value(),
            "VELDWACHT_KEY_RING_FILE": str(self.settings.key_ring_file),
            "VELDWACHT_WORKER_ID": name,
        }
        if self.clock is not None:
            environment["BENCH_CLOCK"] = str(self.clock)
        log = (self.folder / f"{name}.log").open("ab")
        self.running[name] = subprocess.Popen(
            [sys.executable, str(self.script)], env=environment, stdout=log, stderr=log, cwd=ROOT
        )
        log.close()

    def kill(self, name: str) -> None:
        """Kills a worker without warning (kill -9)."""
        process = self.running.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait(20)
        self.kills += 1

    def move_clock(self, hours: int) -> None:
        """Sets the wall clock of all workers this far from the true one."""
        assert self.clock is not None
        self.clock.write_text(str(hours), encoding="utf-8")

    def stop(self) -> None:
        """Ends all workers."""
        for name in list(self.running):
            self.kill(name)


@contextmanager
def database(kind: str, script: str, *, moved_clock: bool = False) -> Iterator[tuple[Runtime, Workers]]:
    """A migrated database of this kind with the parts of a process, and workers to start on it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "werker.py"
        path.write_text(script, encoding="utf-8")
        clock = folder / "klok" if moved_clock else None
        if clock is not None:
            clock.write_text("0", encoding="utf-8")
        if kind == "sqlite":
            yield from _open(f"sqlite:///{folder / 'bench.db'}", folder, path, clock)
            return
        with private_server(durable=True) as url:
            admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
            with admin.connect() as connection:
                connection.exec_driver_sql("CREATE DATABASE werkers")
            admin.dispose()
            made = sa.make_url(url).set(database="werkers").render_as_string(hide_password=False)
            yield from _open(made, folder, path, clock)


def _open(url: str, folder: Path, script: Path, clock: Path | None) -> Iterator[tuple[Runtime, Workers]]:
    settings = settings_for(url, folder)
    migrate(settings)
    runtime = Runtime.start(settings)
    workers = Workers(settings, folder, script, clock)
    try:
        yield runtime, workers
    finally:
        workers.stop()
        runtime.stop()
