"""F17: the service is killed (kill -9) under writes; nothing that it acknowledged is lost, nothing is there twice.

Acknowledged is what was answered with 2xx and the digest of what was sent; of a photo, that its last byte is there. A kill that hits no
request proves nothing: at least half of them must have cut one off, or the run does not count.
"""

import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import httpx
from PIL import Image

from app.bevindingen.adapters.fotoproces import remake
from app.bevindingen.service.fotocontrole import check_arrived
from app.core.runtime import Runtime
from bench import nazien
from bench.intake import Bench, service
from bench.tweede_client import KLAAR, Tablet, Verbinding, receipt_of, uuid7

KILLS, ACKNOWLEDGED = 200, 20_000
WRITERS, BATCH, PER_CONTROL, PHOTOS_PER_CONTROL = 3, 40, 200, 15
ITEMS = ("ARB-04", "ARB-01", "ENT-06", "IDE-09", "HUI-10")


@dataclass
class Buiten:
    """What the clients share: the service, when it is there, and the controls that nobody works at yet.

    Attributes:
        back: set while the service is up.
        stop: set when the last batch may be sent.
        cut: requests that a kill cut off.
    """

    bench: Bench
    controles: Iterator[UUID]
    back: threading.Event = field(default_factory=threading.Event)
    stop: threading.Event = field(default_factory=threading.Event)
    cut: int = 0

    def client(self) -> httpx.Client:
        """A client of the service, signed in."""
        headers = {"Authorization": f"Bearer {self.bench.token}"}
        url = f"http://127.0.0.1:{self.bench.port}/v1"
        return httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=20)

    def request(self, client: httpx.Client, method: str, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401 - as httpx
        """One request, as soon as the service is there; it may be cut off."""
        self.back.wait(60)
        try:
            return client.request(method, path, **more)
        except httpx.TransportError as fault:
            self.cut += not isinstance(fault, httpx.ConnectError)
            time.sleep(0.02)
            raise


@dataclass
class Schrijver:
    """A client that keeps each batch until it was acknowledged, and counts what was."""

    buiten: Buiten
    chance: random.Random
    apparaat: str = field(default_factory=uuid7)
    controle: str = ""
    nummer: int = 0
    entered: dict[str, dict[str, Any]] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    answer_lost: int = 0

    def run(self) -> None:
        """Sends batches until it is told to stop; the last one is delivered."""
        with self.buiten.client() as client:
            while not self.buiten.stop.is_set():
                batch = [self._event() for _ in range(BATCH)]
                while not self._sent(client, batch):
                    pass

    def _event(self) -> dict[str, Any]:
        if self.nummer % PER_CONTROL == 0:
            self.controle = str(next(self.buiten.controles))
        self.nummer += 1
        soort, inhoud = self._content()
        event: dict[str, Any] = {
            "gebeurtenisId": uuid7(),
            "soort": soort,
            "apparaatId": self.apparaat,
            "volgnummer": self.nummer,
            "apparaatTijd": datetime.now(UTC).isoformat(),
            "inhoud": inhoud,
        }
        if soort == "antwoorden":
            event["controleId"] = self.controle
        self.entered[event["gebeurtenisId"]] = event
        return event

    def _content(self) -> tuple[str, dict[str, Any]]:
        """Mostly answers; beside them records of their own, each of which must follow from its event once."""
        if self.nummer % 10 == 0:
            moment = "2026-11-20T10:00:00+00:00"
            return "ronde", {"gebied": "Teststraat", "van": moment, "tot": moment}
        if self.nummer % 27 == 0:
            return "signaal", {"gemeentecode": "GM9901"}
        if self.nummer % 53 == 0:
            return "acuut", {}
        return "antwoorden", {"antwoorden": {self.chance.choice(ITEMS): self.chance.choice(("ja", "nee"))}}

    def _sent(self, client: httpx.Client, batch: list[dict[str, Any]]) -> bool:
        try:
            answer = self.buiten.request(client, "POST", "/synchronisaties", json={"gebeurtenissen": batch})
        except httpx.TransportError:
            return False
        if answer.status_code != 200:
            time.sleep(0.05)
            return False
        for event, result in zip(batch, answer.json()["resultaten"], strict=True):
            assert result["status"] in KLAAR, result
            assert result["ontvangst"]["sha256"] == receipt_of(event)
            self.acknowledged.add(event["gebeurtenisId"])
            self.answer_lost += result["status"] == "al-verwerkt"
        return True


@dataclass
class Fotograaf:
    """A client that sends photos; acknowledged when the service says that the last byte is there."""

    buiten: Buiten
    wanted: int
    taken: dict[str, bytes] = field(default_factory=dict)

    def run(self) -> None:
        """Sends photos until there are enough."""
        with self.buiten.client() as client, TemporaryDirectory() as folder:
            road = _Road(self.buiten, client)
            tablet = Tablet(Verbinding(road, road), Path(folder) / "uit.jsonl")  # type: ignore[arg-type]  # asks the same of it
            controle = ""
            while len(self.taken) < self.wanted and not self.buiten.stop.is_set():
                if len(self.taken) % PHOTOS_PER_CONTROL == 0:
                    controle = str(next(self.buiten.controles))
                photo, image = uuid7(), _image(len(self.taken))
                tablet.bestand.with_name(photo).write_bytes(image)
                tablet.send_photo(controle, photo)
                self.taken[photo] = image
                time.sleep(0.2)


@dataclass
class _Road:
    """What the second client asks of an HTTP client."""

    buiten: Buiten
    client: httpx.Client

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401 - as httpx
        return self.buiten.request(self.client, method, path, **more)


def measure(kind: str, kills: int, wanted: int) -> bool:
    """Kills until enough was acknowledged and enough kills were made; holds what stands against what was acknowledged."""
    chance, began, photos = random.Random(17), time.monotonic(), 2 * kills
    controls = 12 * wanted // PER_CONTROL + photos // PHOTOS_PER_CONTROL + 100
    with service(kind, controls) as bench:
        buiten = Buiten(bench, bench.controls)
        buiten.back.set()
        writers = [Schrijver(buiten, random.Random(number)) for number in range(WRITERS)]
        camera = Fotograaf(buiten, photos)
        with ThreadPoolExecutor(WRITERS + 1) as pool:
            running = [*(pool.submit(writer.run) for writer in writers), pool.submit(camera.run)]
            try:
                done = _kill(
                    buiten,
                    chance,
                    kills,
                    lambda: (
                        sum(len(writer.acknowledged) for writer in writers) >= wanted
                        or any(work.done() for work in running[:WRITERS])  # it broke: its fault is raised below
                    ),
                    lambda: sum(len(writer.acknowledged) for writer in writers) + len(camera.taken),
                )
            finally:
                buiten.back.set()
                buiten.stop.set()
        for work in running:
            work.result()
        runtime = Runtime.start(bench.settings)
        check_arrived(runtime.system_unit, partial(remake, settings=bench.settings))
        entered = {key: event for writer in writers for key, event in writer.entered.items()}
        acknowledged = {key for writer in writers for key in writer.acknowledged}
        faults = nazien.event_faults(runtime, entered, acknowledged)
        runtime.stop()
        with buiten.client() as client:
            faults |= nazien.photo_faults(client, camera.taken)
    hit = buiten.cut >= done / 2
    print(
        f"{kind:<11} {done} kills, {len(acknowledged)} events and {len(camera.taken)} photos acknowledged in {time.monotonic() - began:.0f} s; "
        f"{buiten.cut} requests cut off, {sum(w.answer_lost for w in writers)} events stored of which the answer was lost: "
        f"{nazien.told(faults)} (goal 0){'' if hit else '; TOO FEW KILLS HIT A REQUEST'}"
    )
    return hit and not any(faults.values())


def _kill(
    buiten: Buiten, chance: random.Random, kills: int, enough: Callable[[], bool], progress: Callable[[], int]
) -> int:
    """Kills at a moment of its own after the service acknowledged something again, since a cold service on a busy machine answers late."""
    done = seen = 0
    while done < kills or not enough():
        time.sleep(chance.uniform(0.05, 0.6))
        if done < kills and (progress() > seen or enough()):
            buiten.bench.kill()
            buiten.back.clear()
            seen = progress()
            buiten.bench.restart()
            buiten.back.set()
            done += 1
            if done % 20 == 0:
                print(f"{done} kills, {seen} acknowledged", file=sys.stderr, flush=True)
    return done


def _image(number: int) -> bytes:
    out = BytesIO()
    Image.frombytes("RGB", (640, 480), random.Random(number).randbytes(640 * 480 * 3)).save(out, "JPEG", quality=92)
    return out.getvalue()


def main() -> None:
    """Prints what was lost per database; `--klein` for a short run, a number sets how many kills."""
    small = "--klein" in sys.argv
    kills = next((int(word) for word in sys.argv[1:] if word.isdigit()), 10 if small else KILLS)
    wanted = ACKNOWLEDGED * kills // KILLS
    kinds = [word for word in sys.argv[1:] if word in {"postgresql", "sqlite"}] or ["postgresql", "sqlite"]
    sound = [measure(kind, kills, wanted) for kind in kinds]
    sys.exit(not all(sound))


if __name__ == "__main__":
    main()
