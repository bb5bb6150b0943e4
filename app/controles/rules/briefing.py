"""When participants of an integral action may see its addresses: from the briefing, some hours before the start (PLN-18).

Until then time and meeting point are all that they see. Who prepares the action (planners and the leaders of its teams) and the AF
see more, at a desk and not on a tablet; a control that was started is known to those who are there.
"""

from datetime import date, datetime, timedelta

from app.controles.status import Controlestatus
from app.core.clock import AMSTERDAM, moment_of

SLEUTEL = "ACTIE_BRIEFING_UREN"
"""Hours before the start; without this setting the addresses are shown at the start itself."""
BEGONNEN = (Controlestatus.BEZIG, Controlestatus.AFGEROND, Controlestatus.POGING)


def addresses_from(datum: date, aanvang: int | None, uren: float) -> datetime | None:
    """From when participants may see the addresses; None without a start: then on the day itself and not before."""
    return None if aanvang is None else moment_of(datum, aanvang) - timedelta(hours=uren)


def is_briefed(datum: date, vanaf: datetime | None, now: datetime) -> bool:
    """Whether participants may see the addresses of an action by now."""
    if vanaf is not None:
        return vanaf <= now
    return datum <= now.astimezone(AMSTERDAM).date()
