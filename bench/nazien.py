"""What the fault figures look at when all is over: the service has what it acknowledged, once, as it was sent, with all that follows.

The id of an event is a primary key, so a second row cannot be; what could be double is what follows from it: a record, a signal, an answer
that counts again, a copy in quarantine. So those are looked at, and the answers that stand, and of photos the pixels that the service gives back.
"""

from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
from PIL import Image, ImageChops, ImageStat
from sqlmodel import select

from app.controles.service import werkset
from app.controles.service.toegang import sender
from app.controles.tables import Controlegebeurtenis, Quarantaine, Ronde
from app.core.runtime import Runtime
from app.core.unit_of_work import UnitOfWork
from app.signalen.tables import Signaal
from bench.tweede_client import receipt_of

Json = dict[str, Any]
ANOTHER_IMAGE = 30.0
"""Mean difference per channel: a photo that was written anew stays far under it, one with another's bytes comes far above (noise: 56)."""


def event_faults(runtime: Runtime, entered: Mapping[str, Json], acknowledged: Collection[str]) -> dict[str, int]:
    """How often the service differs from what was entered, per kind of fault; each control must have been written to by one device.

    Args:
        runtime: on the database of the service, which may have stopped.
        entered: every event that a client made, by id.
        acknowledged: the ids that were answered with 2xx and the digest of what was sent.
    """
    with runtime.system_unit("bench", write=False) as uow:
        rows = uow.session.exec(select(Controlegebeurtenis.id, Controlegebeurtenis.sha256)).all()
        waiting = uow.session.exec(select(Quarantaine.id)).all()
        stored = {str(row_id): sha256 for row_id, sha256 in rows}
        return {
            "acknowledged lost": len(set(acknowledged) - stored.keys()),
            "never acknowledged": len(entered.keys() - set(acknowledged)),
            "from nowhere": len(stored.keys() - entered.keys()),
            "with another digest": sum(
                key in entered and receipt_of(entered[key]) != digest for key, digest in stored.items()
            ),
            "in quarantine": len(waiting),
            "other answers": _other_answers(uow, entered),
            **_records(uow, entered),
        }


def _records(uow: UnitOfWork, entered: Mapping[str, Json]) -> dict[str, int]:
    """Rounds and signals: one for each event that makes one, and no more; a control has at most one of its own."""
    kinds = {
        soort: {key for key, event in entered.items() if event["soort"] == soort}
        for soort in ("ronde", "signaal", "acuut")
    }
    rounds = {str(row_id) for row_id in uow.session.exec(select(Ronde.id)).all()}
    signals = uow.session.exec(select(Signaal.id, Signaal.automatisch_voor)).all()
    by_hand = {str(row_id) for row_id, about in signals if about is None}
    automatic = [str(about) for _, about in signals if about is not None]
    controls = {event["controleId"] for event in entered.values() if event.get("controleId") is not None}
    return {
        "rounds lost or double": len(rounds ^ kinds["ronde"]),
        "signals lost or double": len(by_hand ^ kinds["signaal"]),
        "acute signals lost": len(kinds["acuut"] - set(automatic)),
        "acute signals double": len(automatic) - len(set(automatic)) + len(set(automatic) - kinds["acuut"] - controls),
    }


def _other_answers(uow: UnitOfWork, entered: Mapping[str, Json]) -> int:
    """Controls at which something else stands than what the device said last."""
    last: dict[str, dict[str, Any]] = {}
    for event in sorted(entered.values(), key=lambda event: event["volgnummer"]):
        if event["soort"] == "antwoorden":
            last.setdefault(event["controleId"], {}).update(event["inhoud"]["antwoorden"])
    wrong = 0
    for at in range(0, len(last), 50):
        part = list(last)[at : at + 50]
        gevallen = werkset.load(uow, sender(uow), map(UUID, part)).gevallen
        wrong += sum(UUID(key) not in gevallen or gevallen[UUID(key)].stand.values() != last[key] for key in part)
    return wrong


def photo_faults(client: httpx.Client, photos: Mapping[str, bytes]) -> dict[str, int]:
    """What the service says and gives of photos that arrived and were checked.

    Args:
        client: signed in as who sent them.
        photos: the bytes as sent, by id.
    """
    found = {"photos lost": 0, "photos not stored": 0, "photos corrupt": 0}
    for photo, sent in photos.items():
        told = client.get(f"/bijlagen/{photo}")
        if told.status_code != 200:
            found["photos lost"] += 1
        elif told.json()["status"] != "opgeslagen":
            found["photos not stored"] += 1
        elif not _is_same(client.get(f"/bijlagen/{photo}/inhoud"), sent):
            found["photos corrupt"] += 1
    return found


def _is_same(answer: httpx.Response, sent: bytes) -> bool:
    if answer.status_code != 200:
        return False
    with Image.open(BytesIO(answer.content)) as kept, Image.open(BytesIO(sent)) as taken:
        if kept.size != taken.size:
            return False
        difference = ImageStat.Stat(ImageChops.difference(kept.convert("RGB"), taken.convert("RGB")))
    return max(difference.mean) < ANOTHER_IMAGE


def told(faults: Mapping[str, int]) -> str:
    """The faults in words; nothing found is said too."""
    return ", ".join(_named(faults)) or "0 lost, 0 double, all as it was sent"


def _named(faults: Mapping[str, int]) -> Iterator[str]:
    return (f"{number} {what}" for what, number in faults.items() if number)
