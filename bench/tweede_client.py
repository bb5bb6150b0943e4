"""A second client, written from docs/synchronisatie.md and docs/fotos.md alone: plain HTTP, nothing of the service imported.

It fetches a day, works through it without network into a file, and delivers that file over a connection that loses answers: signed in, or
sealed without any sign-in. A record leaves the file only when the service proved to have it.
"""

import base64
import hashlib
import json
import random
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from joserfc import jwe
from joserfc.jwk import ECKey

Json = dict[str, Any]
TUS = {"Tus-Resumable": "1.0.0"}
KLAAR = {"verwerkt", "verwerkt-met-fouten", "al-verwerkt"}
PIECE = 256 * 1024


def uuid7() -> str:
    """An id of version 7: milliseconds, then chance."""
    bits = int(time.time() * 1000) << 80 | secrets.randbits(80)
    bits = bits & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62
    return str(UUID(int=bits))


def receipt_of(event: Json) -> str:
    """SHA-256 of the event: keys sorted, no white space, UTF-8."""
    text = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class Verbinding:
    """HTTP that loses requests and answers; what is lost is sent again by who asked.

    Attributes:
        client: signed in.
        anoniem: without any session.
        verlies: chance that a request or its answer is lost.
    """

    client: httpx.Client
    anoniem: httpx.Client
    verlies: float = 0.0
    chance: random.Random = field(default_factory=lambda: random.Random(11))

    def ask(self, method: str, path: str, *, anoniem: bool = False, **more: Any) -> httpx.Response | None:  # noqa: ANN401 - as httpx
        """An answer, or None when it was lost, before or after the service had it; waits as long as a 429 or 503 asks."""
        if self.chance.random() < self.verlies / 2:
            return None
        try:
            answer = (self.anoniem if anoniem else self.client).request(method, path, **more)
        except httpx.TransportError:
            return None
        if answer.status_code in {429, 503}:
            time.sleep(min(5.0, float(answer.headers.get("Retry-After", "1"))))
            return None
        return None if self.chance.random() < self.verlies / 2 else answer

    def get(self, path: str) -> Any:  # noqa: ANN401 - JSON
        """A whole answer, asked until it comes."""
        while True:
            answer = self.ask("GET", path)
            if answer is not None:
                answer.raise_for_status()
                return answer.json()


@dataclass
class Tablet:
    """One installation: an outbox in a file, appended to before anything else, and rewritten when something was proved."""

    verbinding: Verbinding
    bestand: Path
    apparaat: str = field(default_factory=lambda: str(uuid7()))
    nummer: int = 0
    klok_verschil: int = 0
    pakket: Json = field(default_factory=dict)
    lijsten: dict[str, Json] = field(default_factory=dict)
    sleutel: Json = field(default_factory=dict)
    bewijs: str = ""
    geweigerd: list[Json] = field(default_factory=list)

    def fetch_day(self, datum: str) -> None:
        """All that is needed without network: the package, its lists, the key and the proof."""
        answer = self.verbinding.client.get(f"/werkpakketten/{datum}")
        answer.raise_for_status()
        self.klok_verschil = round((datetime.now(UTC) - parsedate_to_datetime(answer.headers["Date"])).total_seconds())
        self.pakket = answer.json()
        again = self.verbinding.client.get(f"/werkpakketten/{datum}", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304, again.text
        for one in self.pakket["checklists"]:
            self.lijsten[one["code"]] = self.verbinding.get(one["verwijzing"].removeprefix("/v1"))
        self.sleutel = self.verbinding.get("/synchronisaties/sleutel")
        proof = self.verbinding.client.post(f"/apparaten/{self.apparaat}/_bezorgbewijs")
        self.bewijs = proof.json()["bezorgbewijs"]

    def work(self, opname: Callable[[str], bytes] | None = None) -> list[str]:
        """A day without network: every control of the package from start to 'wij zijn vertrokken'; answers its photos."""
        photos = []
        for controle in self.pakket["controles"]:
            nr, soort = controle["id"], controle["object"]["type"]
            self.enter("controle-gestart", nr, {"lijstversies": controle["checklistversies"]})
            for lijst in self.lijsten.values():
                answers = {item["code"]: _plain_answer(item) for item in lijst["items"] if soort in item["kern"]}
                if answers:
                    self.enter("antwoorden", nr, {"antwoorden": answers})
            if opname is not None and soort == "LOG":
                photo = uuid7()
                self.bestand.with_name(photo).write_bytes(opname(photo))
                self.enter("antwoorden", nr, {"antwoorden": {"HUI-24": [photo]}})
                photos.append(f"{nr}/{photo}")
            self.enter("controle-afgerond", nr, {})
        return photos

    def enter(self, soort: str, controle_id: str | None, inhoud: Json) -> Json:
        """One event, on the disk before anything is shown."""
        self.nummer += 1
        event: Json = {
            "gebeurtenisId": uuid7(),
            "soort": soort,
            "apparaatId": self.apparaat,
            "volgnummer": self.nummer,
            "apparaatTijd": datetime.now(UTC).isoformat(),
            "klokVerschil": self.klok_verschil,
            "inhoud": inhoud,
        }
        if controle_id is not None:
            event["controleId"] = controle_id
        with self.bestand.open("a", encoding="utf-8") as file:
            file.write(json.dumps(event) + "\n")
        return event

    def outbox(self) -> list[Json]:
        """What the service did not prove to have."""
        if not self.bestand.exists():
            return []
        return [json.loads(line) for line in self.bestand.read_text(encoding="utf-8").splitlines()]

    def deliver(self, *, size: int = 20, rounds: int = 200) -> int:
        """Sends until nothing is left; answers how many requests that took."""
        return self._until_empty(size, rounds, self._send)

    def deliver_sealed(self, *, size: int = 20, rounds: int = 200) -> int:
        """The same without a sign-in, each event sealed to the service."""
        return self._until_empty(size, rounds, self._send_sealed)

    def _until_empty(self, size: int, rounds: int, send: Callable[[list[Json]], list[Json] | None]) -> int:
        for asked in range(rounds):
            waiting = self.outbox()
            if not waiting:
                return asked
            batch = waiting[:size]
            results = send(batch)
            if results is not None:
                self._let_go(batch, results)
        msg = f"{len(self.outbox())} events were not taken in {rounds} requests"
        raise RuntimeError(msg)

    def _send(self, batch: list[Json]) -> list[Json] | None:
        answer = self.verbinding.ask("POST", "/synchronisaties", json={"gebeurtenissen": batch})
        return None if answer is None else answer.raise_for_status().json()["resultaten"]

    def _send_sealed(self, batch: list[Json]) -> list[Json] | None:
        key = ECKey.import_key(self.sleutel["jwk"])
        head = {"alg": self.sleutel["alg"], "enc": self.sleutel["enc"], "kid": self.sleutel["sleutelId"]}
        sealed = [
            {
                "gebeurtenisId": event["gebeurtenisId"],
                "jwe": jwe.encrypt_compact(
                    head, json.dumps({"bezorgbewijs": self.bewijs, "gebeurtenis": event}).encode(), key
                ),
            }
            for event in batch
        ]
        answer = self.verbinding.ask("POST", "/synchronisaties/_verzegeld", anoniem=True, json={"zendingen": sealed})
        return None if answer is None else answer.raise_for_status().json()["resultaten"]

    def _let_go(self, batch: list[Json], results: list[Json]) -> None:
        """Drops what was proved; what waits at the service is set apart and shown, not sent for ever."""
        gone = set()
        for event, result in zip(batch, results, strict=True):
            told = result["ontvangst"]
            if told is not None and told["sha256"] == receipt_of(event):
                gone.add(event["gebeurtenisId"])
                if result["status"] not in KLAAR:
                    self.geweigerd.append(result)
        left = [json.dumps(event) for event in self.outbox() if event["gebeurtenisId"] not in gone]
        fresh = self.bestand.with_suffix(".nieuw")
        fresh.write_text("".join(f"{line}\n" for line in left), encoding="utf-8")
        fresh.replace(self.bestand)

    def send_photo(self, controle_id: str, photo: str) -> None:
        """Announces a photo and sends it from where the service says, until every byte is there (tus 1.0)."""
        raw = self.bestand.with_name(photo).read_bytes()
        values = {
            "id": photo,
            "controleId": controle_id,
            "item": "HUI-24",
            "sha256": hashlib.sha256(raw).hexdigest(),
            "genomenOp": datetime.now(UTC).isoformat(),
        }
        text = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items())
        made = None
        while made is None:
            made = self.verbinding.ask(
                "POST", "/bijlagen", headers=TUS | {"Upload-Length": str(len(raw)), "Upload-Metadata": text}
            )
        assert made.status_code == 201, made.text
        for offset in self._offsets(f"/bijlagen/{photo}", len(raw)):
            self.verbinding.ask(
                "PATCH",
                f"/bijlagen/{photo}",
                headers=TUS | {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"},
                content=raw[offset : offset + PIECE],
            )

    def _offsets(self, path: str, size: int) -> Iterator[int]:
        while True:
            told = self.verbinding.ask("HEAD", path, headers=TUS)
            if told is not None and told.status_code == 200:
                offset = int(told.headers["Upload-Offset"])
                if offset == size:
                    return
                yield offset


def _plain_answer(item: Json) -> Any:  # noqa: ANN401 - any answer
    """An ordinary answer to a question, of its own kind."""
    kind = item["antwoordtype"]
    if kind == "getal":
        return 1
    if kind in {"ja_nee", "ja_nee_nvt"}:
        return "nee"
    if kind == "keuze" and item["keuzes"]:
        choice = item["alleenOptie"] or item["keuzes"][-1]
        return [choice] if item["meervoudig"] else choice
    return "niet vastgesteld"
