"""Whether a control was carried out on its day: one that nobody started or tried by then was not, whatever its state says.

Its state stays as it is: a tablet that comes back later may still tell what was done (design section 1, principle 3).
"""

from datetime import date

from app.controles.status import Controlestatus

NIET_BEGONNEN = frozenset({Controlestatus.GEPLAND, Controlestatus.VRIJGEGEVEN})
"""States in which nobody started or tried the control."""


def is_missed(status: Controlestatus, datum: date, vandaag: date) -> bool:
    """Whether the day of a control has passed without a start or an attempt."""
    return status in NIET_BEGONNEN and datum < vandaag
