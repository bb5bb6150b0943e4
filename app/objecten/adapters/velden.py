"""Reads the fields of one record and gathers every fault; a reason never repeats the value, which may be personal."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from app.objecten.rules.importrij import RijFout
from app.objecten.rules.teksten import repair_double_encoding, text_faults
from app.objecten.status import Objecttype
from geo.crs import check_rd
from geo.faults import GeoFault

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
_DUTCH_DATE = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})", re.ASCII)
_QUOTED = re.compile(r"'+[=+\-@\t\r]")
_PERSONAL = re.compile(
    r"aanvrager|eigenaar|exploitant|leidinggevende|contactpersoon|bewoner|naampersoon|voornaam|achternaam|geslacht"
    r"|nationaliteit|geboorte|telefoon|^tel$|mobiel|gsm|e?-?mail|bsn|burgerservice|sofi|iban|rekening|rechtsvorm|paspoort"
)


def canonical(name: str) -> str:
    """A column name without capitals, spaces and underscores: exports of one source differ in these."""
    return re.sub(r"[\s_]", "", name).lower()


def personal_kind(name: str) -> str | None:
    """What kind of personal column this is, in our own word; such a column is dropped unread (principle 1: places, not people)."""
    found = _PERSONAL.search(canonical(name))
    return None if found is None else found.group()


def bare_text(text: str) -> str:
    """A text without the quote that an export sets before what a spreadsheet would read as a formula (docs/exporteren.md)."""
    return text[1:] if _QUOTED.match(text) else text


class Velden:
    """The fields of one record.

    Attributes:
        fouten: what keeps the row from landing.
        opmerkingen: what was left out of a row that lands.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self.fouten: list[RijFout] = []
        self.opmerkingen: list[RijFout] = []

    def refuse(self, name: str, reason: str) -> None:
        """Notes a fault of a field."""
        self.fouten.append(RijFout(name, reason))

    def remark(self, name: str, reason: str) -> None:
        """Notes that a field is left out."""
        self.opmerkingen.append(RijFout(name, reason))

    def text(self, name: str, most: int = 200, *, needed: bool = False) -> str:
        """A text, trimmed and with double encoding repaired; a spreadsheet formula is text like any other."""
        value = repair_double_encoding(bare_text(self._values.get(name, "").strip()).strip())
        if "\x00" in value:
            self.refuse(name, "bevat tekens die niet bewaard kunnen worden")
            return ""
        if len(value) > most:
            self.refuse(name, f"is te lang; hoogstens {most} tekens")
            return ""
        if needed and not value:
            self.refuse(name, "ontbreekt")
        return value

    def name(self, name: str, soort: Objecttype, known: frozenset[str] = frozenset()) -> str:
        """The name of an object; one that may not be stored is left out and the row lands all the same (design section 7)."""
        value = self.text(name)
        faults = text_faults(soort, value, is_name=True, known=known)
        for fault in faults:
            self.remark(name, f"is weggelaten. {fault}")
        return "" if faults else value

    def free_text(
        self,
        name: str,
        soort: Objecttype,
        most: int = 200,
        *,
        needed: bool = False,
        known: frozenset[str] = frozenset(),
    ) -> str:
        """A text about an object; one that may not be stored is a fault."""
        value = self.text(name, most, needed=needed)
        for fault in text_faults(soort, value, known=known):
            self.refuse(name, fault)
        return value

    def parsed(self, name: str, parse: Callable[[str], T], most: int = 200, *, needed: bool = False) -> T | None:
        """What `parse` makes of a field, or None with its Dutch fault noted."""
        value = self.text(name, most, needed=needed)
        if not value:
            return None
        try:
            return parse(value)
        except ValueError as fault:
            self.refuse(name, str(fault))
            return None

    def day(self, name: str, *, needed: bool = False) -> date | None:
        """A date as 2026-03-01 or 01-03-2026."""
        return self.parsed(name, parse_day, needed=needed)

    def whole(self, name: str, most: int = 1_000_000) -> int | None:
        """A whole number of 0 or more."""
        return self.parsed(name, lambda value: parse_whole(value, most))

    def choice(self, name: str, kinds: type[E], *, needed: bool = False) -> E | None:
        """One of the values of `kinds`; capitals do not matter."""
        return self.parsed(name, lambda value: parse_choice(value, kinds), needed=needed)

    def point(self, name_x: str, name_y: str) -> tuple[float | None, float | None]:
        """A point in RD, or nothing when both fields are empty."""
        x, y = self.parsed(name_x, parse_metres), self.parsed(name_y, parse_metres)
        if x is None and y is None:
            if not any(fault.veld in {name_x, name_y} for fault in self.fouten):
                self.remark(name_x, "ontbreekt; het object staat niet op de kaart")
            return None, None
        if x is None or y is None:
            self.refuse(name_x, "geef x en y samen, of geen van beide")
            return None, None
        try:
            check_rd(x, y)
        except GeoFault as fault:
            self.refuse(name_x, str(fault))
            return None, None
        return x, y


def parse_day(text: str) -> date:
    """A date.

    Raises:
        ValueError: no date of the years 1900 to 2200.
    """
    found = _DUTCH_DATE.fullmatch(text)
    try:
        day = date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text[:10])
    except ValueError:
        raise ValueError("is geen datum, bijvoorbeeld 2026-03-01") from None
    if not 1900 <= day.year <= 2200:
        raise ValueError("ligt buiten de jaren 1900 tot en met 2200")
    return day


def parse_whole(text: str, most: int) -> int:
    """A whole number.

    Raises:
        ValueError: no whole number from 0 to `most`.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) <= most):
        raise ValueError(f"is geen heel getal van 0 tot en met {most}")
    return int(text)


def parse_metres(text: str) -> float:
    """A coordinate in metres; a comma before the decimals is read as a point.

    Raises:
        ValueError: no number.
    """
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise ValueError("is geen getal") from None


def parse_choice(text: str, kinds: type[E]) -> E:
    """The member of `kinds` with this value.

    Raises:
        ValueError: there is none.
    """
    for kind in kinds:
        if kind.value.lower() == text.lower():
            return kind
    raise ValueError(f"is geen bekende keuze; kies uit {', '.join(kinds)}")
