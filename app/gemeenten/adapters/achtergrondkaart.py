"""Tiles of the background map: asked of one source, kept on disk within a limit (design section 7: no third-party request by a browser).

The source sees this service and which tiles it fetched, never who looks. What is kept is public; the folder can be emptied at any time.
"""

import logging
import os
import ssl
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from app.core.auth.outside import is_safe_url

log = logging.getLogger("veldwacht.kaart")

PNG = b"\x89PNG\r\n\x1a\n"
MAX_TILE = 512 * 1024
REST_S = 30.0
"""After a failure the source is left alone for this long, so that a screen full of tiles does not wait for each of them."""


AT_ONCE = 12
"""So many tiles may be on their way at once; a slow source then leaves the other threads of this process to those who deliver."""


class KaartNietBereikbaar(Exception):
    """The source gave no tile; nothing of its answer is told."""


@dataclass
class Kaartbron:
    """One source with its folder.

    Attributes:
        url: address with {z}, {x} and {y}.
        folder: where tiles are kept.
        max_bytes: the folder is kept below this.
        max_age_s: an older tile is asked for anew; when the source is away it is still shown.
        seconds: the longest that one tile may take.
    """

    url: str
    folder: Path
    max_bytes: int
    max_age_s: float
    seconds: float
    proxy: str | None = field(default=None, repr=False)
    _rests_until: float = 0.0
    _written: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _places: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_ONCE), repr=False)

    def tile(self, zoom: int, column: int, row: int) -> bytes:
        """A tile as PNG, of the folder or of the source.

        Raises:
            KaartNietBereikbaar: it is not in the folder and the source does not give it.
        """
        path = self.folder / str(zoom) / str(column) / f"{row}.png"
        kept = self._kept(path)
        if kept is not None and time.time() - path.stat().st_mtime < self.max_age_s:
            return kept
        try:
            fresh = self._fetch(zoom, column, row)
        except KaartNietBereikbaar:
            if kept is None:
                raise
            return kept
        self._keep(path, fresh)
        return fresh

    def _kept(self, path: Path) -> bytes | None:
        try:
            body = path.read_bytes()
        except FileNotFoundError:
            return None
        return body if body.startswith(PNG) else None

    def _fetch(self, zoom: int, column: int, row: int) -> bytes:
        if time.monotonic() < self._rests_until or not is_safe_url(self.url.split("{", 1)[0]):
            raise KaartNietBereikbaar
        if not self._places.acquire(blocking=False):
            raise KaartNietBereikbaar
        try:
            return self._ask(self.url.format(z=zoom, x=column, y=row))
        finally:
            self._places.release()

    def _ask(self, address: str) -> bytes:
        try:
            with (
                httpx.Client(
                    trust_env=False,
                    timeout=self.seconds,
                    follow_redirects=False,
                    verify=ssl.create_default_context(),
                    proxy=self.proxy,
                    headers={"accept": "image/png", "accept-encoding": "identity", "user-agent": "veldwacht"},
                ) as client,
                client.stream("GET", address) as response,
            ):
                body = self._read(response)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            self._rests_until = time.monotonic() + REST_S
            log.warning("background map: %s", type(error).__name__)
            raise KaartNietBereikbaar from None
        if body is None:
            raise KaartNietBereikbaar
        return body

    def _read(self, response: httpx.Response) -> bytes | None:
        if response.status_code >= 500 or response.status_code == 429:
            self._rests_until = time.monotonic() + REST_S
        if response.status_code != 200:
            return None
        deadline = time.monotonic() + self.seconds
        body = bytearray()
        for chunk in response.iter_raw():
            body += chunk
            if len(body) > MAX_TILE or time.monotonic() > deadline:
                return None
        return bytes(body) if body.startswith(PNG) else None

    def _keep(self, path: Path, body: bytes) -> None:
        """Whole or not at all; a full disk only means that it is asked for again."""
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=".deel")
            with os.fdopen(handle, "wb") as file:
                file.write(body)
            Path(name).replace(path)
            self._tidy(len(body))

    def _tidy(self, added: int) -> None:
        """Removes the oldest tiles once a twentieth of the limit was written since the last time."""
        with self._lock:
            self._written += added
            if self._written < self.max_bytes // 20:
                return
            self._written = 0
        files = [(file.stat().st_mtime, file.stat().st_size, file) for file in self.folder.rglob("*.png")]
        total = sum(size for _, size, _ in files)
        for _, size, file in sorted(files):
            if total <= self.max_bytes * 9 // 10:
                return
            file.unlink(missing_ok=True)
            total -= size
