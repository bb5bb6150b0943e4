"""F17: the service is killed (kill -9) under writes; nothing that it acknowledged is lost, nothing is there twice."""

import random
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
from sqlmodel import func, select

from app.controles.tables import Controlegebeurtenis, Ronde
from app.core.runtime import Runtime
from bench.intake import Bench, service
from bench.tweede_client import KLAAR, receipt_of, uuid7

KILLS, ACKNOWLEDGED = 200, 20_000
WRITERS, BATCH = 3, 40
ITEMS = ("ARB-04", "ARB-01", "ENT-06", "IDE-09", "HUI-10")


@dataclass
class Schrijver:
    """A client that keeps each batch until it was acknowledged, and counts what was."""

    bench: Bench
    controle: UUID
    back: threading.Event
    stop: threading.Event
    chance: random.Random
    apparaat: str = field(default_factory=uuid7)
    nummer: int = 0
    entered: dict[str, str] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    wrong: int = 0

    def run(self) -> None:
        """Sends batches until it is told to stop; the last one is delivered."""
        headers = {"Authorization": f"Bearer {self.bench.token}"}
        url = f"http://127.0.0.1:{self.bench.port}/v1"
        with httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=20) as client:
            while not self.stop.is_set():
                batch = [self._event() for _ in range(BATCH)]
                while not self._sent(client, batch):
                    self.back.wait(60)

    def _event(self) -> dict[str, Any]:
        self.nummer += 1
        soort = "antwoorden"
        inhoud: dict[str, Any] = {"antwoorden": {self.chance.choice(ITEMS): self.chance.choice(("ja", "nee"))}}
        if self.nummer % 10 == 0:  # a record of its own, beside those of the control
            moment = "2026-11-20T10:00:00+00:00"
            soort, inhoud = "ronde", {"gebied": "Teststraat", "van": moment, "tot": moment}
        event: dict[str, Any] = {
            "gebeurtenisId": uuid7(),
            "controleId": str(self.controle),
            "soort": soort,
            "apparaatId": self.apparaat,
            "volgnummer": self.nummer,
            "apparaatTijd": "2026-11-20T10:00:00+00:00",
            "inhoud": inhoud,
        }
        self.entered[event["gebeurtenisId"]] = receipt_of(event)
        return event

    def _sent(self, client: httpx.Client, batch: list[dict[str, Any]]) -> bool:
        try:
            answer = client.post("/synchronisaties", json={"gebeurtenissen": batch})
        except httpx.TransportError:
            time.sleep(0.02)
            return False
        if answer.status_code != 200:
            time.sleep(0.05)
            return False
        for event, result in zip(batch, answer.json()["resultaten"], strict=True):
            if result["status"] in KLAAR and result["ontvangst"]["sha256"] == receipt_of(event):
                self.acknowledged.add(event["gebeurtenisId"])
            else:
                self.wrong += 1
        return True


def measure(kind: str, kills: int, wanted: int) -> bool:
    """Kills until enough was acknowledged and enough kills were made; holds what stands against what was acknowledged."""
    chance, began = random.Random(17), time.monotonic()
    with service(kind, WRITERS) as bench:
        back, stop = threading.Event(), threading.Event()
        back.set()
        writers = [
            Schrijver(bench, next(bench.controls), back, stop, random.Random(number)) for number in range(WRITERS)
        ]
        threads = [threading.Thread(target=writer.run) for writer in writers]
        for thread in threads:
            thread.start()
        done = 0
        while done < kills or sum(len(writer.acknowledged) for writer in writers) < wanted:
            time.sleep(chance.uniform(0.05, 0.6))
            if done < kills:
                back.clear()
                bench.kill()
                bench.restart()
                back.set()
                done += 1
        stop.set()
        for thread in threads:
            thread.join(120)
        lost, double, changed = _faults(bench, writers)
    told = sum(len(writer.acknowledged) for writer in writers)
    wrong = sum(writer.wrong for writer in writers)
    print(
        f"{kind:<11} {done} kills, {told} acknowledged in {time.monotonic() - began:.0f} s: {lost} lost, {double} double, "
        f"{changed} with another digest, {wrong} refused (goal 0)"
    )
    return not (lost or double or changed or wrong)


def _faults(bench: Bench, writers: list[Schrijver]) -> tuple[int, int, int]:
    runtime = Runtime.start(bench.settings)
    with runtime.system_unit("bench", write=False) as uow:
        rows = uow.session.exec(select(Controlegebeurtenis.id, Controlegebeurtenis.sha256)).all()
        rounds = uow.session.exec(select(func.count()).select_from(Ronde)).one()
        round_events = uow.session.exec(
            select(func.count()).select_from(Controlegebeurtenis).where(Controlegebeurtenis.soort == "ronde")
        ).one()
    runtime.stop()
    stored = {str(row_id): sha256 for row_id, sha256 in rows}
    entered = {key: value for writer in writers for key, value in writer.entered.items()}
    lost = sum(key not in stored for writer in writers for key in writer.acknowledged)
    double = len(rows) - len(stored) + len(stored.keys() - entered.keys()) + abs(rounds - round_events)
    return lost, double, sum(entered.get(key) != sha256 for key, sha256 in stored.items())


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
