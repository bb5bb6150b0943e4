"""The published route tables, read once per process."""

from functools import lru_cache

from app.core.settings import ROOT
from app.signalen.adapters.routebestanden import Routeinhoud, read_routes
from app.signalen.rules.routeprofiel import Profiel


@lru_cache(maxsize=1)
def published_routes() -> Routeinhoud:
    """The content folder as it is published."""
    return read_routes(ROOT / "checklists")


def profile(name: str) -> Profiel:
    """The profile of a region, or the base table."""
    return published_routes().profielen[name]
