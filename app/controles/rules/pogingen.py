"""Why a control became an attempt; a closed list, so that the reason cannot leak anything (PLN-15)."""

from enum import StrEnum


class Pogingreden(StrEnum):
    """Why nobody came in."""

    GESLOTEN = "gesloten"
    NIEMAND_AANWEZIG = "niemand-aanwezig"
    GEWEIGERD = "toegang-geweigerd"
    ONVEILIG = "onveilig"
    ANDERS = "anders"
