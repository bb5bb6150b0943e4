"""Calls to outside sources: short, small, without redirects, counted; whatever comes back, one of two errors or a document (ADR 0014).

Nothing of an address, a key or an answer stands in an error or a log line: what went wrong is told in our own words.
"""

import json
import logging
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from app.core.auth.outside import is_safe_url
from app.core.sources import Gate, SourceResting
from app.objecten.adapters.rustkoppen import asked_rest

log = logging.getLogger("veldwacht.bronnen")

PATIENCE_S = 2.0  # waiting for a turn, or for a source that asks for a moment
KEY_REFUSED_REST_S = 900.0
Params = Sequence[tuple[str, str | int]]
M = TypeVar("M", bound=BaseModel)


class Bronfout(Exception):
    """A source did not give what was asked; the message is a Dutch sentence for a screen.

    Attributes:
        wacht: seconds after which asking again may help, when the source or our own count says so.
    """

    def __init__(self, melding: str, wacht: float | None = None, *, passing: bool = False) -> None:
        super().__init__(melding)
        self.melding = melding
        self.wacht = wacht
        self.passing = passing


class BronOnbereikbaar(Bronfout):
    """Away, slow, busy, resting, or it refuses our key."""


class BronOnbegrijpelijk(Bronfout):
    """It answered something that is no answer."""


@dataclass(frozen=True)
class Toegang:
    """How a source is reached."""

    naam: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    seconds: float
    attempts: int
    max_bytes: int
    proxy: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Antwoord:
    """A JSON document with its status: 200, or 400 and 404 when the source itself answered in JSON."""

    status: int
    document: dict[str, Any] = field(repr=False)


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()  # the machine's own trust store


class Uitgang:
    """The way to one source; for one thread at a time. `close` it when done."""

    def __init__(self, toegang: Toegang, gate: Gate) -> None:
        self.toegang = toegang
        self.gate = gate
        self._client: httpx.Client | None = None
        self._stream: Any = None
        self._late = False

    def ask(self, path: str, params: Params = ()) -> Antwoord:
        """GETs a document; tries again when that may help.

        Raises:
            BronOnbereikbaar: no answer in time, a rest, a 401, 403, 429 or 5xx.
            BronOnbegrijpelijk: no JSON object, too large, a redirect, another status.
        """
        retrying = Retrying(
            stop=stop_after_attempt(self.toegang.attempts),
            wait=_wait,
            retry=retry_if_exception(lambda error: isinstance(error, Bronfout) and error.passing),
            reraise=True,
        )
        return retrying(self._ask_once, path, params)

    def close(self) -> None:
        """Closes the connection."""
        if self._client is not None:
            self._client.close()
            self._client = self._stream = None

    def _ask_once(self, path: str, params: Params) -> Antwoord:
        try:
            failed_before = self.gate.enter(PATIENCE_S)
        except SourceResting as rest:
            raise self._resting(rest) from None
        try:
            answer = self._fetch(path, params)
        except Bronfout as fault:
            if isinstance(fault, _Gevraagd):
                self.gate.rest(fault.wacht or 1.0)
            else:
                self.gate.failed()
            log.warning("source %s: %s", self.gate.source, type(fault).__name__)
            raise
        if failed_before:
            self.gate.succeeded()
        return answer

    def _fetch(self, path: str, params: Params) -> Antwoord:
        naam = self.toegang.naam
        if not is_safe_url(self.toegang.url):
            raise BronOnbereikbaar(
                f"Het webadres dat voor {naam} is ingesteld, is niet veilig. Waarschuw de beheerder."
            )
        self._late = False
        watchdog = threading.Timer(self.toegang.seconds, self._cut)
        watchdog.daemon = True
        watchdog.start()
        try:
            return self._read(path, params)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError):
            self.close()
            how = "antwoordt te traag" if self._late else "is nu niet bereikbaar"
            raise BronOnbereikbaar(f"{naam} {how}.", passing=True) from None
        except Bronfout:
            self.close()
            raise
        finally:
            watchdog.cancel()

    def _read(self, path: str, params: Params) -> Antwoord:
        if self._client is None:
            self._client = httpx.Client(
                trust_env=False,
                timeout=self.toegang.seconds,
                follow_redirects=False,
                verify=_tls(),
                proxy=self.toegang.proxy,
                limits=httpx.Limits(max_connections=1),
                headers={"accept-encoding": "identity", "user-agent": "veldwacht"},
            )
        query = httpx.QueryParams([(name, str(value)) for name, value in params])
        with self._client.stream(
            "GET",
            self.toegang.url.rstrip("/") + path,
            params=query,
            headers={"accept": "application/json", **self.toegang.headers},
            extensions={"trace": self._trace},
        ) as response:
            self._check_status(response)
            body = _body(response, self.toegang.max_bytes, self.toegang.naam)
        rest = asked_rest(response.headers, used_up=True)
        if rest:
            self.gate.rest(rest)
        return Antwoord(response.status_code, _document(body, self.toegang.naam))

    def _check_status(self, response: httpx.Response) -> None:
        naam, status = self.toegang.naam, response.status_code
        if status == 429:
            wait = asked_rest(response.headers) or 1.0
            raise _Gevraagd(f"{naam} vraagt ons even te wachten.", wait, passing=wait <= PATIENCE_S)
        if status in {401, 403}:
            raise _Gevraagd(f"{naam} weigert onze sleutel. Waarschuw de beheerder.", KEY_REFUSED_REST_S)
        if status >= 500:
            rest = asked_rest(response.headers)
            raise BronOnbereikbaar(f"{naam} heeft een storing.", rest, passing=rest is None or rest <= PATIENCE_S)
        if status not in {200, 400, 404}:
            raise BronOnbegrijpelijk(f"{naam} gaf een antwoord dat geen antwoord is.")
        if "json" not in response.headers.get("content-type", "").lower():
            raise BronOnbegrijpelijk(f"{naam} gaf een antwoord dat niet te lezen is.")

    def _resting(self, rest: SourceResting) -> BronOnbereikbaar:
        from_now = max(0.0, rest.until.timestamp() - time.time())
        why = "is voor vandaag vaak genoeg gevraagd" if rest.quota else "wordt na storingen even met rust gelaten"
        return BronOnbereikbaar(f"{self.toegang.naam} {why}.", from_now)

    def _trace(self, event: str, info: dict[str, Any]) -> None:
        """Keeps the stream in use, so that the watchdog can end it; called by the HTTP library for each step."""
        if event.endswith(".complete") and hasattr(info.get("return_value"), "get_extra_info"):
            self._stream = info["return_value"]
            if self._late:
                self._cut()

    def _cut(self) -> None:
        """Ends a call that takes too long as a whole: a source may drip a byte at a time and never time out."""
        self._late = True
        stream = self._stream
        raw = None if stream is None else stream.get_extra_info("socket")
        if raw is not None:
            with suppress(OSError):
                socket.socket.shutdown(raw, socket.SHUT_RDWR)


class _Gevraagd(BronOnbereikbaar):
    """The source itself says when it may be asked again; that is no failure of the source."""


def read_as(shape: type[M], document: object, naam: str) -> M:
    """A part of an answer in the shape that we need; fields that we do not know are passed over.

    Raises:
        BronOnbegrijpelijk: it has another shape.
    """
    try:
        return shape.model_validate(document)
    except ValidationError:
        raise BronOnbegrijpelijk(f"{naam} gaf een antwoord dat niet te lezen is.") from None


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.wacht if isinstance(error, Bronfout) else None
    return max(asked or 0.0, wait_random_exponential(multiplier=0.2, max=PATIENCE_S)(state))


def _body(response: httpx.Response, max_bytes: int, naam: str) -> bytes:
    """The bytes of an answer, at most `max_bytes`, also after unpacking: a small one may unpack to gigabytes."""
    packed = response.headers.get("content-encoding", "identity").strip().lower()
    if packed not in {"", "identity", "gzip", "deflate"}:
        raise BronOnbegrijpelijk(f"{naam} gaf een antwoord dat niet te lezen is.")
    unpack = zlib.decompressobj(wbits=47) if packed in {"gzip", "deflate"} else None
    body = bytearray()
    try:
        for chunk in response.iter_raw():
            body += chunk if unpack is None else unpack.decompress(chunk, max_bytes + 1 - len(body))
            if len(body) > max_bytes:
                raise BronOnbegrijpelijk(f"{naam} gaf een te groot antwoord.")
    except zlib.error:
        raise BronOnbegrijpelijk(f"{naam} gaf een antwoord dat niet te lezen is.") from None
    if unpack is not None and not unpack.eof:
        raise BronOnbegrijpelijk(f"{naam} gaf een antwoord dat niet te lezen is.")
    return bytes(body)


def _document(body: bytes, naam: str) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise BronOnbegrijpelijk(f"{naam} gaf een antwoord dat niet te lezen is.")
    return document
