"""F19: the service is killed (kill -9) in the middle of photo uploads; the tablet goes on where the service says, and no file is corrupt."""

import base64
import hashlib
import random
import sys
import threading
import time
from datetime import UTC, datetime
from functools import partial
from io import BytesIO

import httpx
from PIL import Image

from app.bevindingen.adapters.fotoproces import remake
from app.bevindingen.service.fotocontrole import check_arrived
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from bench.intake import Bench, service

KILLS = 100
PIECE = 48 * 1024
TUS = {"Tus-Resumable": "1.0.0"}


class Tablet:
    """Sends photos in pieces and never gives up."""

    def __init__(self, bench: Bench, chance: random.Random) -> None:
        headers = {"Authorization": f"Bearer {bench.token}"}
        self.client = httpx.Client(
            base_url=f"http://127.0.0.1:{bench.port}/v1", headers=headers, trust_env=False, timeout=10
        )
        self.controle = next(bench.controls)
        self.chance = chance
        self.broken = threading.Event()
        self.back = threading.Event()
        self.back.set()
        self.pieces, self.resumed_inside, self.damaged = 0, 0, 0
        self.done: list[tuple[str, str]] = []

    def photo(self) -> bytes:
        """A JPEG of some megabytes."""
        out = BytesIO()
        Image.frombytes("RGB", (1100, 800), self.chance.randbytes(1100 * 800 * 3)).save(out, "JPEG", quality=92)
        return out.getvalue()

    def ask(self, method: str, path: str, **more: object) -> httpx.Response:
        """One request; waits while the service is away."""
        while True:
            self.back.wait(60)
            try:
                return self.client.request(method, path, **more)  # type: ignore[arg-type]  # headers and content
            except httpx.TransportError:
                time.sleep(0.02)

    def upload(self) -> None:
        """Announces one photo and sends it to its end."""
        raw = self.photo()
        values = {
            "id": str(new_id()),
            "controleId": str(self.controle),
            "item": "HUI-24",
            "sha256": hashlib.sha256(raw).hexdigest(),
            "genomenOp": datetime.now(UTC).isoformat(),
        }
        text = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items())
        made = self.ask("POST", "/bijlagen", headers=TUS | {"Upload-Length": str(len(raw)), "Upload-Metadata": text})
        assert made.status_code == 201, made.text
        path = f"/bijlagen/{values['id']}"
        while True:
            told = self.ask("HEAD", path, headers=TUS)
            assert told.status_code == 200
            offset = int(told.headers["Upload-Offset"])
            self.resumed_inside += offset % PIECE != 0 and offset != len(raw)
            if offset == len(raw):
                break
            self._send_on(path, raw, offset)
        self.done.append((values["id"], values["sha256"]))

    def _send_on(self, path: str, raw: bytes, offset: int) -> None:
        """Sends pieces until one fails; where to go on is then asked."""
        while offset < len(raw):
            headers = TUS | {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
            try:
                answer = self.client.patch(path, headers=headers, content=raw[offset : offset + PIECE])
            except httpx.TransportError:
                return
            if answer.status_code != 204:
                self.damaged += "beschadigd" in answer.text
                return
            self.pieces += 1
            offset = int(answer.headers["Upload-Offset"])


def measure(kind: str, kills: int) -> None:
    """Uploads photos until the service was killed so many times, then holds every file against its hash."""
    chance = random.Random(19)
    with service(kind, kills + 10) as bench:
        tablet, stop = Tablet(bench, chance), threading.Event()

        def work() -> None:
            while not stop.is_set():
                tablet.upload()
                if len(tablet.done) % 15 == 0:  # a control takes no more than twenty photos at one item
                    tablet.controle = next(bench.controls)

        sender = threading.Thread(target=work)
        sender.start()
        for _ in range(kills):
            before = tablet.pieces
            while tablet.pieces < before + 2:  # in the middle of an upload
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.15))
            tablet.back.clear()
            bench.kill()
            bench.restart()
            tablet.back.set()
        stop.set()
        sender.join(120)
        runtime = Runtime.start(bench.settings)
        checked = check_arrived(runtime.system_unit, partial(remake, settings=bench.settings))
        runtime.stop()
        stored = sum(
            (row := tablet.ask("GET", f"/bijlagen/{photo}").json())["status"] == "opgeslagen" and row["sha256"] == sha
            for photo, sha in tablet.done
        )
        corrupt = len(tablet.done) - stored + tablet.damaged
        print(
            f"{kind:<11} {kills} kills, {len(tablet.done)} photos in {tablet.pieces} pieces: {corrupt} corrupt (goal 0; "
            f"a popular upload server: 18 of 20); {checked} checked, {tablet.resumed_inside} times resumed inside a piece"
        )


def main() -> None:
    """Prints the corrupt files per database; a number sets how many kills."""
    kills = next((int(word) for word in sys.argv[1:] if word.isdigit()), KILLS)
    for kind in [word for word in sys.argv[1:] if not word.isdigit()] or ["postgresql", "sqlite"]:
        measure(kind, kills)


if __name__ == "__main__":
    main()
