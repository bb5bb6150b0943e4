"""F19: the service is killed (kill -9) in the middle of photo uploads; the tablet goes on where the service says, and no file is corrupt.

Bytes that were acknowledged (204) may not be asked for again, and the image that the service gives back must be the one that was sent. A
kill between two photos proves nothing: the run goes on until so many fell while a photo was under way.
"""

import base64
import hashlib
import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from io import BytesIO

import httpx
from PIL import Image

from app.bevindingen.adapters.fotoproces import remake
from app.bevindingen.service.fotocontrole import check_arrived
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from bench import nazien
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
        self.pieces, self.resumed_inside, self.damaged, self.taken_back = 0, 0, 0, 0
        self.acknowledged, self.under_way = 0, False
        self.done: dict[str, bytes] = {}

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
        self.acknowledged, self.under_way = 0, True
        while True:
            told = self.ask("HEAD", path, headers=TUS)
            assert told.status_code == 200
            offset = int(told.headers["Upload-Offset"])
            self.taken_back += offset < self.acknowledged
            self.resumed_inside += offset % PIECE != 0 and offset != len(raw)
            if offset == len(raw):
                break
            self._send_on(path, raw, offset)
        self.under_way = False
        self.done[values["id"]] = raw

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
            offset = self.acknowledged = int(answer.headers["Upload-Offset"])


def measure(kind: str, kills: int) -> bool:
    """Uploads photos until the service was killed so many times in the middle of one, then holds every image against what was sent."""
    chance, hit, made = random.Random(19), 0, 0
    with service(kind, kills + 10) as bench:
        tablet, stop = Tablet(bench, chance), threading.Event()

        def work() -> None:
            while not stop.is_set():
                tablet.upload()
                if len(tablet.done) % 15 == 0:  # a control takes no more than twenty photos at one item
                    tablet.controle = next(bench.controls)

        with ThreadPoolExecutor(1) as pool:
            sender = pool.submit(work)
            try:
                while hit < kills and not sender.done():
                    before = tablet.pieces
                    while tablet.pieces < before + 2 and not sender.done():
                        time.sleep(0.005)
                    time.sleep(chance.uniform(0, 0.15))
                    bench.kill()
                    hit, made = hit + tablet.under_way, made + 1
                    tablet.back.clear()
                    bench.restart()
                    tablet.back.set()
            finally:
                stop.set()
            sender.result(120)
        runtime = Runtime.start(bench.settings)
        checked = check_arrived(runtime.system_unit, partial(remake, settings=bench.settings))
        runtime.stop()
        faults = nazien.photo_faults(tablet.client, tablet.done)
    faults |= {"sent whole and found damaged": tablet.damaged, "acknowledged bytes taken back": tablet.taken_back}
    print(
        f"{kind:<11} {hit} kills in the middle of a photo (of {made}), {len(tablet.done)} photos in {tablet.pieces} pieces: {nazien.told(faults)} "
        f"(goal 0; a popular upload server: 18 of 20 corrupt); {checked} checked, {tablet.resumed_inside} times resumed inside a piece"
    )
    return hit >= kills and not any(faults.values())


def main() -> None:
    """Prints the corrupt files per database; a number sets how many kills."""
    kills = next((int(word) for word in sys.argv[1:] if word.isdigit()), KILLS)
    sound = [
        measure(kind, kills)
        for kind in [word for word in sys.argv[1:] if not word.isdigit()] or ["postgresql", "sqlite"]
    ]
    sys.exit(not all(sound))


if __name__ == "__main__":
    main()
