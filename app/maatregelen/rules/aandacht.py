"""What a measure in the past asks attention for at a next control (REG-18).

Only a neutral word that every place with such a measure gets; which questions it opens stands in the shared list
'aandachtspunten', the same for all. So a day package names no confidential question, and tells nothing beyond the measure
itself, which is public (DAT-13).
"""

from app.maatregelen.rules.eisen import SLUITINGEN
from app.maatregelen.status import Maatregelsoort

EERDERE_SLUITING = "eerdere-sluiting"


def attention_for(soort: Maatregelsoort) -> str | None:
    """The code in the list 'aandachtspunten', or None."""
    return EERDERE_SLUITING if soort in SLUITINGEN else None
