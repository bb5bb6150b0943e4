"""What the clients of the channels share: what they are given, how they say that it failed, a signed POST."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import httpx

from app.core.clock import utc_now
from app.core.settings import Settings
from app.gemeenten.status import Berichtkanaal

GONE = frozenset({404, 410})


@dataclass(frozen=True)
class Adres:
    """Where a message goes: a number, mailbox or push address; never shown in a log."""

    waarde: str
    p256dh: str = ""
    auth: str = ""
    abonnement_id: UUID | None = None

    def __repr__(self) -> str:
        return "Adres(…)"


@dataclass(frozen=True)
class Zending:
    """One try to bring one message.

    Attributes:
        poging: the number of this try, from 1.
        ontvanger: the account, shift or partner that it is for; empty for the municipality's own systems.
    """

    id: UUID
    kanaal: Berichtkanaal
    verwijzing: UUID
    gemaakt_op: datetime
    dringend: bool
    poging: int
    adressen: tuple[Adres, ...]
    gemeentecode: str = ""
    ontvanger: UUID | None = None


class Onbezorgd(Exception):
    """Not delivered; says so in our own words, never in those of the other side.

    Attributes:
        definitief: trying again makes no sense.
        weg: push subscriptions that the push service does not know any more.
        onbereikbaar: the server of the channel is away, so that the next message would wait for nothing.
    """

    def __init__(
        self, fout: str, *, definitief: bool = False, weg: tuple[UUID, ...] = (), onbereikbaar: bool = False
    ) -> None:
        super().__init__(fout)
        self.onbereikbaar = onbereikbaar
        self.fout = fout
        self.definitief = definitief
        self.weg = weg


def post(url: str, content: bytes, headers: Mapping[str, str], settings: Settings) -> int:
    """Posts without following a redirect and without reading the answer further than its status.

    Raises:
        Onbezorgd: no connection, or no answer in time.
    """
    try:
        with (
            httpx.Client(timeout=settings.message_timeout_seconds, follow_redirects=False) as client,
            client.stream("POST", url, content=content, headers=dict(headers)) as answer,
        ):
            return answer.status_code
    except (httpx.HTTPError, httpx.InvalidURL):
        raise Onbezorgd("De andere kant was niet te bereiken.", onbereikbaar=True) from None


def post_signed(url: str, body: Mapping[str, object], mime: str, secret: str, key: UUID, settings: Settings) -> None:
    """Posts JSON, signed over time and body with HMAC-SHA256; the key lets the other side see a repeat.

    Raises:
        Onbezorgd: not accepted.
    """
    content = json.dumps(body, separators=(",", ":")).encode()
    moment = utc_now().isoformat(timespec="seconds")
    digest = hmac.new(secret.encode(), moment.encode() + b"." + content, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": mime,
        "Idempotency-Key": str(key),
        "Veldwacht-Moment": moment,
        "Veldwacht-Handtekening": f"sha256={digest}",
    }
    judge(post(url, content, headers, settings))


def judge(status: int) -> None:
    """Refuses what is no success; what is our own fault is not tried again.

    Raises:
        Onbezorgd: not accepted.
    """
    if 200 <= status < 300:
        return
    ours = 400 <= status < 500 and status not in {401, 403, 404, 408, 425, 429}
    raise Onbezorgd(f"De andere kant nam het niet aan (status {status}).", definitief=ours)
