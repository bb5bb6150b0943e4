"""Reads the fields of one record and gathers every fault; a reason never repeats the value, which may be personal."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from app.objecten.adapters.bestand import Record
from app.objecten.rules.importrij import RijFout
from app.objecten.rules.teksten import text_faults
from app.objecten.status import Objecttype

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
_DUTCH_DATE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[ T]0?0:00(?::00)?)?", re.ASCII)
_WORD_DATE = re.compile(r"(\d{1,2})[- ]([a-z]{3,9})\.?[- ](\d{4})", re.ASCII | re.IGNORECASE)
_ISO_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T]\d{2}:\d{2}.*)?|(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTHS = ("jan", "feb", "maa|mrt|mar", "apr", "mei|may", "jun", "jul", "aug", "sep", "okt|oct", "nov", "dec")
_DECIMALS = re.compile(r"[.,]0{1,2}$")
_ERRORS = re.compile(
    r"#(?:N/A|N/B|REF!|VERW!|VALUE!|WAARDE!|DIV/0!|DEEL/0!|NAME\?|NAAM\?|NULL!|LEEG!|NUM!|GETAL!?|OVERLOOP!|SPILL!)"
)
_ENDLESS = re.compile(
    r"(?:voor )?onbepaald(?:e tijd)?|geen einddatum|(?:9999|2999)-?12-?31.*|31[-/]12[-/](?:9999|2999)", re.IGNORECASE
)
_PERSONAL = re.compile(
    r"aanvrager|applicant|eigenaar|^owner|exploitant|ondernemer|leidinggevende|bedrijfsleider|beheerdernaam|naambeheerder|^beheerders?$"
    r"|vergunninghouder|^houder|bestuurder|vennoot|gemachtigde|tekenbevoegde|contact|bewoner|(?:^|ver)huurder|klant|melder|slachtoffer"
    r"|medewerker|werknemer|behandelaar|inspecteur|naampersoon|persoon|voornaam|roepnaam|voorletter|initialen|tussenvoegsel|achternaam"
    r"|familienaam|(?:first|last|sur|given|family)name|geslacht|gender|nationaliteit|nationality|geboorte|gebdat|birth|^dob$|^leeftijd$"
    r"|telefoon|^tel(?:nr|nummer|\.)?$|phone|mobiel|gsm|e-?mail|bsn|burgerservice|sofi|iban|rekening|rechtsvorm|^rsin$|paspoort|passport"
    r"|documentnr|documentnummer|idkaart|rijbewijs|kenteken"
)


def canonical(name: str) -> str:
    """A column name without capitals, accents, spaces and signs: exports of one source differ in these."""
    plain = unicodedata.normalize("NFKD", name)
    return re.sub(r"[^a-z0-9]", "", plain.lower())


def personal_kind(name: str) -> str | None:
    """What kind of personal column this is, in our own word; such a column is dropped unread (principle 1: places, not people)."""
    found = _PERSONAL.search(canonical(name))
    return None if found is None else found.group()


class Velden:
    """The fields of one record.

    Attributes:
        fouten: what keeps the row from landing.
        opmerkingen: what was left out of a row that lands.
    """

    def __init__(self, record: Record) -> None:
        self._values, self._place = record.waarden, record.plaats
        self.fouten: list[RijFout] = []
        self.opmerkingen: list[RijFout] = []

    def refuse(self, name: str, reason: str) -> None:
        """Notes a fault of a field."""
        self.fouten.append(RijFout(name, reason))

    def remark(self, name: str, reason: str) -> None:
        """Notes that a field is left out."""
        self.opmerkingen.append(RijFout(name, reason))

    def text(self, name: str, most: int = 200, *, needed: bool = False) -> str:
        """A text as `clean_cell` left it; a spreadsheet formula is text like any other, one without outcome is none."""
        value = self._values.get(name, "")
        if "\x00" in value:
            self.refuse(name, "bevat tekens die niet bewaard kunnen worden")
            return ""
        if _ERRORS.fullmatch(value):
            self.refuse(name, "is een formule zonder uitkomst; vul de waarde zelf in")
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

    def last_day(self, name: str) -> date | None:
        """A last day; a permit without end is written as words or as a day in a far year."""
        return None if _ENDLESS.fullmatch(self.text(name)) else self.day(name)

    def whole(self, name: str, most: int = 1_000_000) -> int | None:
        """A whole number of 0 or more."""
        return self.parsed(name, lambda value: parse_whole(value, most))

    def choice(self, name: str, kinds: type[E], *, needed: bool = False) -> E | None:
        """One of the values of `kinds`; capitals do not matter."""
        return self.parsed(name, lambda value: parse_choice(value, kinds), needed=needed)

    def point(self) -> tuple[float | None, float | None]:
        """Where the row is, in RD; a place that cannot be is a fault, one that misses a remark."""
        place = self._place
        if place.fout is not None:
            self.refuse(place.veld, place.fout)
        elif place.punt is None:
            self.remark(place.veld, "ontbreekt; het object staat niet op de kaart")
        return (None, None) if place.punt is None else (place.punt.x, place.punt.y)


def parse_day(text: str) -> date:
    """A date as 2026-03-01, 20260301, 1-3-2026, 01/03/2026 (day first), 1 maart 2026; midnight behind it is read over.

    Raises:
        ValueError: no date of the years 1900 to 2200.
    """
    try:
        day = _day(text)
    except ValueError:
        raise ValueError("is geen datum, bijvoorbeeld 2026-03-01") from None
    if not 1900 <= day.year <= 2200:
        raise ValueError("ligt buiten de jaren 1900 tot en met 2200")
    return day


def _day(text: str) -> date:
    if found := _DUTCH_DATE.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if found := _ISO_DATE.fullmatch(text):
        year, month, day = (int(part) for part in found.groups() if part is not None)
        return date(year, month, day)
    if found := _WORD_DATE.fullmatch(text):
        word = found[2].lower()
        for month, starts in enumerate(_MONTHS, start=1):
            if re.match(starts, word):
                return date(int(found[3]), month, int(found[1]))
    raise ValueError(text)


def parse_whole(text: str, most: int) -> int:
    """A whole number; a spreadsheet's `12.0` is 12.

    Raises:
        ValueError: no whole number from 0 to `most`.
    """
    text = _DECIMALS.sub("", text)
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) <= most):
        raise ValueError(f"is geen heel getal van 0 tot en met {most}")
    return int(text)


def parse_choice(text: str, kinds: type[E]) -> E:
    """The member of `kinds` with this value.

    Raises:
        ValueError: there is none.
    """
    for kind in kinds:
        if kind.value.lower() == text.lower():
            return kind
    raise ValueError(f"is geen bekende keuze; kies uit {', '.join(kinds)}")
