"""F11: events sent twice, in another order, with photos, over a connection of which a fifth breaks: nothing lost, nothing double, hashes equal."""

import hashlib
import random
import sys
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
from PIL import Image
from sqlmodel import select

from app.bevindingen.adapters.fotoproces import remake
from app.bevindingen.service.fotocontrole import check_arrived
from app.bevindingen.tables import Bijlage
from app.core.runtime import Runtime
from bench import nazien
from bench.breker import Breker
from bench.intake import Bench, service
from bench.tweede_client import KLAAR, Tablet, Verbinding, receipt_of, uuid7

EVENTS, PHOTOS = 10_000, 1_000
BROKEN = 0.2
SHARE = 0.33  # of the connections get a place to break; one that ends before it is whole, which leaves somewhat more than a fifth
PER_CONTROL = 20
ITEMS = ("ARB-04", "ARB-01", "ENT-06", "IDE-09", "HUI-10")


class Los:
    """One connection per request, so that each has its chance to break."""

    def __init__(self, url: str, token: str) -> None:
        self._url, self._headers = url, {"Authorization": f"Bearer {token}", "Connection": "close"}
        self._limits = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.Client(
            base_url=url, headers=self._headers, trust_env=False, timeout=30, limits=self._limits
        )
        self.failed = 0

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401 - as httpx
        """One request, which may break."""
        try:
            return self._client.request(method, path, **more)
        except httpx.TransportError:
            self.failed += 1
            raise


def measure(kind: str, events: int, photos: int) -> bool:
    """One database: everything is sent until the service proved to have it, and then once more in another order."""
    chance, began = random.Random(11), time.monotonic()
    with (
        service(kind, max(events, photos) // PER_CONTROL + 2) as bench,
        Breker(bench.port, SHARE) as breker,
        tempfile.TemporaryDirectory() as folder,
    ):
        los = Los(f"http://127.0.0.1:{breker.port}/v1", bench.token)
        tablet = Tablet(Verbinding(los, los), Path(folder) / "uit.jsonl")  # type: ignore[arg-type]  # asks the same of it
        entered, taken = _enter(tablet, bench, events, photos, chance)
        acknowledged: set[str] = set()
        for _ in range(2):
            order = list(entered.values())
            chance.shuffle(order)
            for at in range(0, len(order), 50):
                acknowledged |= _send(tablet, order[at : at + 50])
        for number, (photo, controle) in enumerate(taken.items()):
            tablet.bestand.with_name(photo).write_bytes(_photo(number))
            for _ in range(2):
                tablet.send_photo(controle, photo)
        runtime = Runtime.start(bench.settings)
        check_arrived(runtime.system_unit, partial(remake, settings=bench.settings))
        faults = nazien.event_faults(runtime, entered, acknowledged) | _digests(runtime, taken)
        runtime.stop()
        with httpx.Client(
            base_url=f"http://127.0.0.1:{bench.port}/v1",
            headers={"Authorization": f"Bearer {bench.token}"},
            trust_env=False,
            timeout=30,
        ) as whole:
            faults |= nazien.photo_faults(whole, {photo: _photo(number) for number, photo in enumerate(taken)})
        broken = breker.broken / breker.opened
    print(
        f"{kind:<11} {events} events and {photos} photos, each twice, in {time.monotonic() - began:.0f} s; {broken:.0%} of {breker.opened} "
        f"connections broken (asked: {BROKEN:.0%}): {nazien.told(faults)}"
    )
    return broken >= BROKEN and not any(faults.values())


def _enter(
    tablet: Tablet, bench: Bench, events: int, photos: int, chance: random.Random
) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    entered, taken, controle = {}, {}, ""
    for number in range(max(events, photos)):
        if number % PER_CONTROL == 0:
            controle = str(next(bench.controls))
        if number < events:
            event = {
                "gebeurtenisId": uuid7(),
                **_content(number, controle, chance),
                "apparaatId": tablet.apparaat,
                "volgnummer": number,
                "apparaatTijd": datetime.now(UTC).isoformat(),
            }
            entered[event["gebeurtenisId"]] = event
        if number < photos:
            taken[uuid7()] = controle
    return entered, taken


def _content(number: int, controle: str, chance: random.Random) -> dict[str, Any]:
    """Answers, and beside them records that must follow from their event once."""
    if number % 50 == 0:
        moment = "2026-11-20T10:00:00+00:00"
        return {"soort": "ronde", "inhoud": {"gebied": "Teststraat", "van": moment, "tot": moment}}
    if number % 101 == 0:
        return {"soort": "signaal", "inhoud": {"gemeentecode": "GM9901"}}
    if number % 203 == 0:
        return {"soort": "acuut", "inhoud": {}}
    inhoud = {"antwoorden": {chance.choice(ITEMS): chance.choice(("ja", "nee"))}}
    return {"soort": "antwoorden", "controleId": controle, "inhoud": inhoud}


def _send(tablet: Tablet, batch: list[dict[str, Any]]) -> set[str]:
    """Sends until an answer comes that proves each event; answers their ids."""
    while True:
        answer = tablet.verbinding.ask("POST", "/synchronisaties", json={"gebeurtenissen": batch})
        if answer is None or answer.status_code != 200:
            continue
        for event, result in zip(batch, answer.json()["resultaten"], strict=True):
            assert result["status"] in KLAAR, result
            assert result["ontvangst"]["sha256"] == receipt_of(event)
        return {event["gebeurtenisId"] for event in batch}


def _digests(runtime: Runtime, taken: dict[str, str]) -> dict[str, int]:
    """Photos twice or from nowhere, and those under another digest than that of the bytes that were sent."""
    with runtime.system_unit("bench", write=False) as uow:
        held = {str(row_id): sha256 for row_id, sha256 in uow.session.exec(select(Bijlage.id, Bijlage.sha256)).all()}
    return {
        "photos from nowhere": len(held.keys() - taken.keys()),
        "photos with another digest": sum(
            held.get(photo) != hashlib.sha256(_photo(number)).hexdigest() for number, photo in enumerate(taken)
        ),
    }


def _photo(number: int) -> bytes:
    out = BytesIO()
    chance = random.Random(number)
    Image.frombytes("RGB", (240, 180), chance.randbytes(240 * 180 * 3)).save(out, "JPEG", quality=85)
    return out.getvalue()


def main() -> None:
    """Prints what was lost per database; `--klein` is a run of a minute."""
    small = "--klein" in sys.argv
    kinds = [word for word in sys.argv[1:] if word in {"postgresql", "sqlite"}] or ["postgresql", "sqlite"]
    events, photos = (400, 40) if small else (EVENTS, PHOTOS)
    sound = [measure(kind, events, photos) for kind in kinds]
    sys.exit(not all(sound))


if __name__ == "__main__":
    main()
