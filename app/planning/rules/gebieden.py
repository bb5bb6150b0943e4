"""Areas of an object for planning: its CBS neighbourhood (buurt) and the district (wijk) that follows from it."""


def area_of(buurtcode: str | None) -> str:
    """The area in which an actie stays: the wijk of a CBS neighbourhood code, or the code itself."""
    if buurtcode is None:
        return ""
    return f"WK{buurtcode[2:8]}" if buurtcode.startswith("BU") and len(buurtcode) == 10 else buurtcode


def areas_of(buurtcode: str | None) -> frozenset[str]:
    """All areas in which an object lies; empty when it has no place."""
    return frozenset() if buurtcode is None else frozenset({buurtcode, area_of(buurtcode)})
