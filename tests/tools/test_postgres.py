"""The private PostgreSQL, started for real."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tools import postgres

_ROOT = Path(__file__).parents[2]


def test_a_server_for_the_length_of_one_command() -> None:
    with postgres.private_server(durable=True) as url:
        plain = url.replace("+psycopg", "")
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute("CREATE DATABASE proef")
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                row = connection.execute(f"SHOW {setting}").fetchone()
                assert row == ("on",), setting
        without = plain.replace(plain.split("@")[0].rsplit(":", 1)[1], "verkeerd")
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(without)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(plain)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_when_the_command_is_stopped(stop: signal.Signals, tmp_path: Path) -> None:
    note = tmp_path / "url"
    script = f"printf %s \"${postgres.VARIABLE}\" > '{note}.half'; mv '{note}.half' '{note}'; cat > /dev/null"
    with subprocess.Popen(  # noqa: S603 - our own tool
        [sys.executable, "-m", "tools.postgres", "--", "bash", "-c", script],
        cwd=_ROOT,
        stdin=subprocess.PIPE,  # when this test is killed, the command reads an end and leaves too
        start_new_session=True,
    ) as process:
        _wait_for(note.exists)
        plain = note.read_text().replace("+psycopg", "")
        with psycopg.connect(plain) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
        assert row
        folder = Path(row[0]).parent
        assert folder.exists()
        os.killpg(process.pid, stop)  # as a terminal does: the whole foreground group
        assert process.wait(timeout=30) != 0
    _wait_for(lambda: not folder.exists())
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(plain)


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
