"""Where an address stands on its way to a point, and when it is tried again."""

from datetime import datetime, timedelta

from app.objecten.status import Geocodestatus

FIRST_WAIT_S = 30.0
LONGEST_WAIT_S = 6 * 3600.0
WITHOUT_POINT = frozenset({Geocodestatus.WACHT, Geocodestatus.NIET_GEVONDEN, Geocodestatus.MEERDERE})


def geocode_status(stored: Geocodestatus, *, has_point: bool, outside: bool) -> Geocodestatus:
    """How an address stands: with a point it is found, whoever brought it; without one it waits, unless the sources do not know it.

    Imports and forms bring points of their own and need not know of geocoding.
    """
    if not has_point:
        return stored if stored in WITHOUT_POINT else Geocodestatus.WACHT
    if stored is Geocodestatus.MET_DE_HAND:
        return stored
    return Geocodestatus.BUITEN_GEMEENTE if outside else Geocodestatus.GEVONDEN


def next_try(now: datetime, tries: int, share: float, told: float | None = None) -> datetime:
    """When an address is tried again: twice as late each time, up to six hours, and not before the source asked.

    Args:
        now: the moment of the failure.
        tries: calls so far, this one included.
        share: between 0 and 1, drawn; spreads what failed together over half the wait.
        told: seconds that the source asked for.
    """
    wait = min(FIRST_WAIT_S * 2 ** min(max(tries - 1, 0), 12), LONGEST_WAIT_S)
    return now + timedelta(seconds=max(wait, told or 0.0) * (1 + share / 2))
