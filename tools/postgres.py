"""A PostgreSQL server of one's own for the length of one command.

The tests and the figures run on both databases; whoever has the PostgreSQL programs needs no server, no
account and no password to do so. The cluster lives in a temporary folder, listens on 127.0.0.1 only with a
password made for the occasion, and is gone when the command ends.

    python -m tools.postgres [--duurzaam] -- <command>    runs the command with VELDWACHT_TEST_POSTGRES set
"""

from __future__ import annotations

import argparse
import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

VARIABLE = "VELDWACHT_TEST_POSTGRES"
"""Environment variable with the SQLAlchemy URL of a server on which databases may be created."""

_ROLE = "veldwacht"
_START_SECONDS = 60
_INSTALLED = (
    "/usr/lib/postgresql/*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)


# Runs the server until the pipe on its input closes, which also happens when whoever holds the other end is
# killed: no server and no folder is ever left behind.
_GUARD = """
folder=$1; shift
exec 3<&0
"$@" & server=$!
{
    cat >/dev/null
    kill -INT $server
    while kill -0 $server; do sleep 0.05; done
    rm -rf "$folder"
} <&3 2>/dev/null &
exec 3<&-
wait $server
"""


class PostgresNotFound(Exception):
    """This machine holds no PostgreSQL server programs."""


class PostgresNotStarted(Exception):
    """The private server did not come up; the text is the tail of its log."""


def find_programs() -> Path:
    """Find the folder with `initdb` and `postgres`, the newest version first.

    Raises:
        PostgresNotFound: there is none.
    """
    root = Path("/")
    folders = [folder for pattern in _INSTALLED for folder in root.glob(pattern.lstrip("/"))]
    folders.sort(key=_version, reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise PostgresNotFound


def _version(folder: Path) -> int:
    digits = "".join(character for character in folder.parent.name if character.isdigit())
    return int(digits or 0)


@contextlib.contextmanager
def private_server(*, durable: bool) -> Iterator[str]:
    """Run a private cluster and give the SQLAlchemy URL of its maintenance database.

    Args:
        durable: keep `fsync` on, as figures about durability must. Tests switch it off: their data need not
            survive a power cut of this machine. All else, `synchronous_commit` included, is as in production.

    Raises:
        PostgresNotFound: this machine has no PostgreSQL programs.
        PostgresNotStarted: the server did not come up.
    """
    programs = find_programs()
    # A short path: a Unix socket's name has room for about 100 characters.
    folder = Path(tempfile.mkdtemp(prefix="veldwacht-pg-", dir="/tmp"))
    try:
        run_as = _unprivileged(folder)
        password = secrets.token_hex(16)
        _create_cluster(programs, folder, password, run_as)
        port = _free_port()
        server = _start(programs, folder, port, durable=durable, run_as=run_as)
        try:
            url = f"postgresql+psycopg://{_ROLE}:{password}@127.0.0.1:{port}/postgres"
            _wait_until_ready(server, programs, port, folder, run_as)
            yield url
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: give the folder to an account without rights and run as that."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            os.chown(folder, account.pw_uid, account.pw_gid)
            return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise PostgresNotStarted("Geen account 'postgres' of 'nobody' om PostgreSQL mee te starten.")


def _create_cluster(programs: Path, folder: Path, password: str, run_as: dict[str, Any]) -> None:
    secret = folder / "password"
    secret.write_text(password)
    if run_as:
        os.chown(secret, run_as["user"], run_as["group"])
    made = subprocess.run(
        [
            programs / "initdb",
            f"--pgdata={folder / 'data'}",
            f"--username={_ROLE}",
            f"--pwfile={secret}",
            "--auth-host=scram-sha-256",
            "--auth-local=trust",  # the socket lies in a folder that only this account can enter
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        **run_as,
    )
    secret.unlink()
    if made.returncode != 0:
        raise PostgresNotStarted(made.stderr[-2000:])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _start(
    programs: Path, folder: Path, port: int, *, durable: bool, run_as: dict[str, Any]
) -> subprocess.Popen[bytes]:
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": folder,
        "max_connections": 200,
        "fsync": "on" if durable else "off",
        "synchronous_commit": "on",
        "timezone": "UTC",
    }
    arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            ["sh", "-c", _GUARD, "sh", folder, programs / "postgres", "-D", folder / "data", *arguments],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=True,  # Ctrl-C must reach the tests first, the server last
            **run_as,
        )


def _wait_until_ready(
    server: subprocess.Popen[bytes], programs: Path, port: int, folder: Path, run_as: dict[str, Any]
) -> None:
    probe = [str(programs / "pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={port}"]
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        if subprocess.run(probe, check=False, cwd=folder, **run_as).returncode == 0:
            return
        time.sleep(0.05)
    raise PostgresNotStarted((folder / "log").read_text(errors="replace")[-2000:])


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Let go of the server, which then shuts down; by force when that takes too long."""
    if server.stdin:
        server.stdin.close()
    try:
        server.wait(timeout=15)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGQUIT)
        server.wait(timeout=15)


def clean_exit_on_sigterm() -> None:
    """Turn SIGTERM and a closed terminal into an ordinary exit, so that the server is stopped too."""

    def leave(number: int, _frame: object) -> NoReturn:
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGHUP, leave)


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run a command and give its exit code; on Ctrl-C let it finish its own cleaning up first."""
    with subprocess.Popen(command, env=environment) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.wait()
            return 130
        except SystemExit:
            process.terminate()
            process.wait()
            raise


def main(arguments: list[str] | None = None) -> int:
    """Run a command with a private server beside it."""
    parser = argparse.ArgumentParser(description="Draait een opdracht met een eigen, tijdelijke PostgreSQL.")
    parser.add_argument("--duurzaam", action="store_true", help="fsync aan, zoals in productie (voor metingen)")
    parser.add_argument("opdracht", nargs="+")
    chosen = parser.parse_args(arguments)
    clean_exit_on_sigterm()
    try:
        with private_server(durable=chosen.duurzaam) as url:
            return run(chosen.opdracht, {**os.environ, VARIABLE: url})
    except PostgresNotFound:
        print("Geen PostgreSQL gevonden. Installeer het pakket postgresql.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
