"""Processes of a running installation on one machine: the service, the worker and the demo's sign-in, ended by pid."""

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType

import httpx

from app.cli.vertellen import Mislukt
from app.core.settings import ROOT

START_SECONDS = 60
LOWEST_PORT, HIGHEST_PORT = 1024, 65_535
"""Lower ports belong to the system; the demo uses the next one too, for signing in."""
STOP_WITH_PARENT = "VELDWACHT_STOPT_MET_OUDER"


def check_port(port: int, option: str) -> None:
    """Refuses a port that is in use.

    Raises:
        Mislukt: in use, or not allowed.
    """
    if not LOWEST_PORT <= port <= HIGHEST_PORT:
        raise Mislukt(
            f"poort {port} kan niet. Kies met {option} een getal van {LOWEST_PORT} tot en met {HIGHEST_PORT - 1}."
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Mislukt(
                    f"poort {port} is al in gebruik. Stop het programma dat die poort gebruikt, of kies een andere poort met {option}."
                ) from None
            raise Mislukt(f"poort {port} mag niet gebruikt worden. Kies een andere poort met {option}.") from None


def stop_with_parent() -> None:
    """Ends this process when the one that started it is gone, also after a kill: nothing stays behind on the ports."""
    if os.environ.get(STOP_WITH_PARENT) != "1":
        return

    def wait() -> None:
        # Past the buffer: a thread that holds its lock makes Python abort at the end of the process.
        while os.read(sys.stdin.fileno(), 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="parent", daemon=True).start()


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Processen:
    """Child processes that end with this one."""

    def __init__(self, environment: dict[str, str], log_folder: Path) -> None:
        self._environment = {**os.environ, **environment}
        self._log_folder = log_folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Processen":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, name: str, *arguments: str) -> None:
        """Starts `veldwacht <arguments>`; what it prints goes to a log file of its own."""
        with (self._log_folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "app.cli", *arguments],
                cwd=ROOT,
                env={**self._environment, STOP_WITH_PARENT: "1"},
                # The child ends when this pipe closes, which it does however this process ends (see stop_with_parent).
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def pid(self, name: str) -> int:
        """The process id of a part."""
        return self._running[name].pid

    def wait(self, name: str) -> int:
        """Waits until a part has ended; its exit code."""
        return self._running[name].wait(START_SECONDS)

    def wait_ready(self, name: str, url: str) -> None:
        """Waits until `url` answers 200.

        Raises:
            Mislukt: the process ended or did not get ready in time.
        """
        deadline = time.monotonic() + START_SECONDS
        with httpx.Client(trust_env=False, timeout=2) as client:
            while time.monotonic() < deadline:
                self.check()
                try:
                    if client.get(url).status_code == 200:
                        return
                except httpx.TransportError:
                    time.sleep(0.1)
                else:
                    time.sleep(0.1)
        raise Mislukt(f"{name} is na {START_SECONDS} seconden nog niet klaar. Kijk in {self._log_folder / name}.log.")

    def check(self) -> None:
        """Notices a process that ended by itself.

        Raises:
            Mislukt: one ended; says where its own words stand.
        """
        for name, process in self._running.items():
            if process.poll() is not None:
                raise Mislukt(
                    f"een onderdeel van de demo, de {name}, is onverwacht gestopt (code {process.returncode}). De rest is nu ook gestopt; "
                    f"de gegevens staan er nog. Start opnieuw. Wat er gebeurde staat in {self._log_folder / name}.log."
                )

    def stop(self) -> None:
        """Asks each process to end, and ends it when it does not."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)
            finally:
                if process.stdin is not None:
                    process.stdin.close()
        self._running.clear()
