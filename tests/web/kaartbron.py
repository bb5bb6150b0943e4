"""A source of the background map on loopback: tiles as the real one gives them, and a source that is broken or slow.

Paths and format are those of docs/bronnen-buiten.md: `.../EPSG:3857/{z}/{x}/{y}.png`, a PNG of 256 by 256.
"""

import io
import re
import time
from http.server import BaseHTTPRequestHandler

from PIL import Image

from tests.support.bronserver import Bronserver, reply

PATH = "/brt/achtergrondkaart/wmts/v2_0/standaard/EPSG:3857"
TILE = re.compile(rf"^{re.escape(PATH)}/\d+/\d+/\d+\.png$")
COLOUR = (40, 160, 90)
SLOW_S = 4.0


class Kaartbron:
    """The source; it begins as a good one."""

    def __init__(self) -> None:
        image = io.BytesIO()
        Image.new("RGB", (256, 256), COLOUR).save(image, "PNG")
        self._tile = reply(body=image.getvalue(), headers={"Content-Type": "image/png"})
        self._modes = {"goed": self._good, "stuk": reply(status=500), "traag": self._slow}
        self._server = Bronserver()
        self.become("goed")

    @property
    def url(self) -> str:
        """The address as the settings want it."""
        return f"{self._server.url}{PATH}/{{z}}/{{x}}/{{y}}.png"

    def become(self, mode: str) -> int:
        """Another mode: "goed", "stuk" (500) or "traag"; answers how many tiles were asked so far."""
        self._server.script = [self._modes[mode]]
        return len(self._server.asked)

    def _good(self, handler: BaseHTTPRequestHandler) -> None:
        (self._tile if TILE.match(handler.path) else reply(status=404))(handler)

    def _slow(self, handler: BaseHTTPRequestHandler) -> None:
        time.sleep(SLOW_S)
        self._good(handler)
