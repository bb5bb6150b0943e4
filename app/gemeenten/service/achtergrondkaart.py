"""The background map of the tablet: on when its address is set, and only for who is signed in."""

from functools import lru_cache
from pathlib import Path

from app.core.errors import NotFound, Unavailable
from app.core.settings import Settings
from app.gemeenten.adapters.achtergrondkaart import Kaartbron, KaartNietBereikbaar
from app.gemeenten.rules.kaarttegels import is_tile


class KaarttegelNotFound(NotFound):
    """The background map is off, or there is no such tile."""

    code = "kaarttegel-niet-gevonden"


class KaartAway(Unavailable):
    """The source of the background map does not answer."""

    code = "achtergrondkaart-niet-bereikbaar"


@lru_cache(maxsize=4)
def _source(url: str, folder: Path, max_bytes: int, days: int, seconds: float, proxy: str | None) -> Kaartbron:
    """One per process, so that a source that fails is left alone by all requests."""
    return Kaartbron(url, folder, max_bytes=max_bytes, max_age_s=days * 86_400, seconds=seconds, proxy=proxy)


def is_on(settings: Settings) -> bool:
    """Whether this service has a background map."""
    return bool(settings.background_map_url)


def tile(settings: Settings, zoom: int, column: int, row: int) -> bytes:
    """One tile as PNG.

    Raises:
        KaarttegelNotFound: the map is off, or it is no tile of the Netherlands.
        KaartAway: the source does not answer.
    """
    if not is_on(settings) or not is_tile(zoom, column, row):
        raise KaarttegelNotFound("Dit deel van de achtergrondkaart is er niet.")
    source = _source(
        settings.background_map_url,
        settings.background_map_folder,
        settings.background_map_bytes,
        settings.background_map_days,
        settings.outside_seconds,
        settings.outside_proxy.get_secret_value() or None,
    )
    try:
        return source.tile(zoom, column, row)
    except KaartNietBereikbaar:
        raise KaartAway("De achtergrondkaart is nu niet te halen. De plattegrond werkt ook zonder.") from None
