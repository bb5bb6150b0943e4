"""The command line in processes of its own: each trouble gets one Dutch sentence with the mend, never a stack trace."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.cli.processen import Processen, free_port
from app.core.settings import ROOT

Environment = dict[str, str]


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """An installation in an empty folder."""
    return {
        **{key: value for key, value in os.environ.items() if not key.startswith("VELDWACHT_")},
        "VELDWACHT_STEMPEL": "demo",
        "VELDWACHT_DATABASE_URL": f"sqlite:///{tmp_path / 'veldwacht.db'}",
        "VELDWACHT_KEY_RING_FILE": str(tmp_path / "sleutelbos.json"),
        "VELDWACHT_DEMO_FOLDER": str(tmp_path),
    }


def _run(environment: Environment, *arguments: str, seconds: int = 60) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "app.cli", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


def _is_told(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 1
    told = " ".join(done.stderr.split())
    assert "Traceback" not in done.stdout + done.stderr
    for word in words:
        assert word in told


def test_a_missing_key_file(environment: Environment) -> None:
    for command in ("start", "migreren", "werker"):
        _is_told(_run(environment, command), "Dat lukt niet", "sleutelbos.json ontbreekt", "sleutels maken")


def test_a_stale_schema(environment: Environment) -> None:
    assert _run(environment, "sleutels", "maken").returncode == 0
    _is_told(_run(environment, "start"), "ouder dan dit programma", "veldwacht migreren")
    _is_told(_run(environment, "werker"), "ouder dan dit programma", "veldwacht migreren")


def test_a_key_ring_is_never_overwritten(environment: Environment) -> None:
    assert _run(environment, "sleutels", "maken").returncode == 0
    before = Path(environment["VELDWACHT_KEY_RING_FILE"]).read_bytes()
    _is_told(_run(environment, "sleutels", "maken"), "er is al een sleutelbos")
    assert Path(environment["VELDWACHT_KEY_RING_FILE"]).read_bytes() == before


def test_a_demo_database_does_not_serve_production(environment: Environment) -> None:
    assert _run(environment, "sleutels", "maken").returncode == 0
    assert _run(environment, "migreren").returncode == 0
    _is_told(_run({**environment, "VELDWACHT_STEMPEL": "productie"}, "start"), "gemaakt voor demo")


def test_migrating_twice_changes_nothing(environment: Environment) -> None:
    assert _run(environment, "sleutels", "maken").returncode == 0
    for _ in range(2):
        done = _run(environment, "migreren")
        assert (done.returncode, done.stdout.strip()) == (0, "De database is bij.")


def test_a_profile_with_faults_names_them_all(environment: Environment, tmp_path: Path) -> None:
    assert _run(environment, "sleutels", "maken").returncode == 0
    assert _run(environment, "migreren").returncode == 0
    profile = tmp_path / "profiel.yaml"
    profile.write_text("gemeente: {code: 518}\nteams: 3\n", encoding="utf-8")
    done = _run(environment, "gemeente", "toevoegen", str(profile))
    _is_told(done, "profiel.yaml")
    for field in ("regio", "gemeente.code", "gemeente.naam", "teams"):
        assert field in done.stdout
    _is_told(_run(environment, "gemeente", "toevoegen", str(tmp_path / "weg.yaml")), "weg.yaml")


def test_a_port_in_use(environment: Environment) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = _run(environment, "demo", "--poort", str(port))
    _is_told(done, f"poort {port} is al in gebruik", "--poort")


def test_a_database_that_cannot_be_reached(environment: Environment, tmp_path: Path) -> None:
    assert _run(environment, "sleutels", "maken").returncode == 0
    for url in (
        f"sqlite:///{tmp_path / 'bestaat' / 'niet.db'}",
        f"postgresql+psycopg://x:geheim@127.0.0.1:{free_port()}/x",
    ):
        done = _run({**environment, "VELDWACHT_DATABASE_URL": url}, "start")
        _is_told(done, "database is niet bereikbaar")
        assert "geheim" not in done.stdout + done.stderr


def test_the_committed_description_is_that_of_the_service(environment: Environment) -> None:
    assert _run(environment, "openapi", "--controleer").returncode == 0


def test_a_port_of_the_system_is_refused_in_dutch(environment: Environment) -> None:
    _is_told(_run(environment, "demo", "--poort", "80"), "poort 80 kan niet", "--poort")


def test_no_process_stays_behind_when_the_demo_is_killed(environment: Environment, tmp_path: Path) -> None:
    """After `kill -9`, or a closed terminal, the ports are free again."""
    port = free_port()
    for step in (("sleutels", "maken"), ("migreren",)):
        done = _run(environment, *step)
        assert done.returncode == 0, done.stderr
    parent = f"""
import os, signal
from pathlib import Path
from app.cli.processen import Processen
with Processen({{}}, Path({str(tmp_path)!r})) as processen:
    processen.start("werker", "werker")
    processen.start("aanmelddienst", "aanmelddienst")
    print(*[process.pid for process in processen._running.values()], flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", parent],
        cwd=ROOT,
        env=environment | {"VELDWACHT_OIDC_ISSUER": f"http://localhost:{port}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    left = {int(pid) for pid in killed.stdout.split()}
    assert len(left) == 2, killed.stderr
    deadline = time.monotonic() + 30
    while left and time.monotonic() < deadline:
        left = {pid for pid in left if _lives(pid)}
        time.sleep(0.1)
    assert not left

    log = tmp_path / "werker.log"
    log.unlink()
    with Processen(
        environment, tmp_path
    ) as processen:  # asked to stop while its parent lives: at once, and not by a crash
        processen.start("werker", "werker")
        while "DBOS launched" not in log.read_text() and time.monotonic() < deadline + 30:
            time.sleep(0.1)
        asked = time.monotonic()
        os.kill(processen.pid("werker"), signal.SIGTERM)
        assert processen.wait("werker") == 0, log.read_text()
        assert time.monotonic() - asked < 8


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
