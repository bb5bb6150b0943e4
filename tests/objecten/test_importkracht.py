"""Imports under force: a worker that is killed, two workers, two files at once, a busy database, a body that is too large."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from app.core.runtime import Runtime
from app.core.settings import ROOT, Settings
from app.core.unit_of_work import UnitOfWork
from app.objecten.service import inlezen
from app.objecten.status import Importstatus
from app.objecten.tables import Object
from app.objecten.tasks import import_file
from tests.objecten.bestanden import ROW, as_csv
from tests.objecten.imports import Units, counts, record_of, store
from tests.objecten.test_importen import rows_of
from tests.support.issuer import Issuer
from tests.support.municipality import Municipality
from tests.support.service import running

WORKER = """
import time
from app import worker
from app.core.settings import get_settings
from app.objecten.service import inlezen

inlezen.BATCH = 20
worker.run(get_settings(), lambda: time.sleep(60))
"""


@contextmanager
def _worker(settings: Settings, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    script = folder / "worker.py"
    script.write_text(WORKER, encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "VELDWACHT_STEMPEL": "demo",
        "VELDWACHT_DATABASE_URL": settings.database_url.get_secret_value(),
        "VELDWACHT_KEY_RING_FILE": str(settings.key_ring_file),
    }
    process = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, str(script)], env=environment, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(20)


def test_a_killed_worker_process_loses_and_doubles_nothing(
    runtime: Runtime, municipality: Municipality, settings: Settings, tmp_path: Path
) -> None:
    assert municipality.accounts
    import_id = store(runtime, as_csv(*rows_of(300), ROW | {"type": "X"}).encode())

    def wait_until(rows: int) -> None:
        deadline = time.monotonic() + 60
        while record_of(runtime, import_id).verwerkt < rows:
            assert time.monotonic() < deadline
            time.sleep(0.02)

    with _worker(settings, tmp_path):
        wait_until(20)
    half = record_of(runtime, import_id)
    assert (half.status, half.verwerkt < 301) == (Importstatus.BEZIG, True)
    assert half.verwerkt % 20 == 0
    with _worker(settings, tmp_path):
        wait_until(301)
        deadline = time.monotonic() + 30
        while record_of(runtime, import_id).status is not Importstatus.KLAAR:
            assert time.monotonic() < deadline
            time.sleep(0.02)
    assert counts(record_of(runtime, import_id)) == (300, 0, 0, 1)


def test_two_files_and_two_workers_at_once(
    runtime: Runtime, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two files of one municipality share half of their rows; one of them is taken up by two workers."""
    assert municipality.accounts
    monkeypatch.setattr(inlezen, "BATCH", 10)
    rows = rows_of(90)
    one = store(runtime, as_csv(*rows[:60]).encode())
    other = store(runtime, as_csv(*rows[:29:-1]).encode())
    faults: list[BaseException] = []

    def work(import_id: object) -> None:
        try:
            import_file(Units(runtime), import_id)  # type: ignore[arg-type]  # a UUID
        except BaseException as fault:  # noqa: BLE001 - told below
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(import_id,)) for import_id in (one, other, one)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    ended = [record_of(runtime, import_id) for import_id in (one, other)]
    assert [(row.status, row.verwerkt) for row in ended] == [(Importstatus.KLAAR, 60)] * 2
    assert sum(row.nieuw for row in ended) == 90
    with runtime.system_unit("test", write=False) as uow:
        assert len(uow.session.exec(select(Object)).all()) == 90


def test_a_busy_database_is_waited_for(runtime: Runtime, municipality: Municipality) -> None:
    assert municipality.accounts
    import_id = store(runtime, as_csv(*rows_of(3)).encode())
    units = Units(runtime)

    def refusing(action: str, *, write: bool = True) -> AbstractContextManager[UnitOfWork]:
        if units.opened == 3:  # the batch
            units.opened += 1
            raise OperationalError("", {}, Exception("database is locked"))
        return units(action, write=write)

    import_file(refusing, import_id)
    assert counts(record_of(runtime, import_id)) == (3, 0, 0, 0)


def test_a_body_over_the_limit_and_one_without_right_are_refused_early(
    settings: Settings, municipality: Municipality, issuer: Issuer
) -> None:
    assert municipality.accounts
    small = settings.model_copy(update={"max_import_bytes": 200_000})
    multipart = {"Content-Type": "multipart/form-data; boundary=x"}

    def too_much() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="bestand"; filename="a.csv"\r\n\r\n'
        for _ in range(200):
            yield b"a;b\r\n" * 2000

    with running(small, issuer) as service:
        host, port = service.url.removeprefix("http://").split(":")

        def asked(sub: str, length: int) -> tuple[int, str]:
            """The answer to the headers alone: not one byte of the body has been sent."""
            connection = http.client.HTTPConnection(host, int(port), timeout=10)
            connection.putrequest("POST", "/v1/importen")
            token = service.as_(sub).headers["Authorization"]
            for name, value in {**multipart, "Authorization": token, "Content-Length": str(length)}.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            told = answer.status, answer.read().decode()
            connection.close()
            return told

        status, text = asked("planner", 2 * 1024**3)
        assert (status, "195 kB" in text) == (413, True)
        assert asked("toezichthouder", 1000)[0] == 403
        streamed = service.as_("planner").post("/importen", content=too_much(), headers=multipart)
        assert streamed.status_code == 413
        assert service.as_("planner").get("/importen").json()["resultaten"] == []
