"""Codes of areas as CBS makes them, and what a place gets of them (REG-20)."""

import re
from dataclasses import dataclass

from app.gemeenten.status import Gebiedsoort

_FORMS = {
    Gebiedsoort.GEMEENTE: re.compile(r"GM(\d{4})"),
    Gebiedsoort.WIJK: re.compile(r"WK(\d{4})\d{2}"),
    Gebiedsoort.BUURT: re.compile(r"BU(\d{4})\d{4}"),
}


@dataclass(frozen=True)
class AreaCodes:
    """The areas of a place.

    Attributes:
        buiten_gemeente: it lies outside every area that is known of the municipality.
        jaar: the year of the division that says so; None while the municipality has no areas.
    """

    wijk: str | None = None
    buurt: str | None = None
    buiten_gemeente: bool = False
    jaar: int | None = None


def kind_of(code: str) -> Gebiedsoort | None:
    """The level that a CBS code tells, or None for a code of another form."""
    return next((soort for soort, form in _FORMS.items() if form.fullmatch(code)), None)


def belongs_to(code: str, gemeentecode: str) -> bool:
    """Whether a CBS code carries the digits of this municipality; a code of another form is taken at its word."""
    soort = kind_of(code)
    found = _FORMS[soort].fullmatch(code) if soort else None
    return found is None or f"GM{found.group(1)}" == gemeentecode


def parent_of(code: str) -> str | None:
    """The code one level up in a CBS code: BU05180101 lies in WK051801, and that in GM0518."""
    soort = kind_of(code)
    if soort is Gebiedsoort.BUURT:
        return f"WK{code[2:8]}"
    return f"GM{code[2:6]}" if soort is Gebiedsoort.WIJK else None
