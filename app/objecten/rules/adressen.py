"""House numbers as people write them, and the key under which an address is one address."""

import re
from dataclasses import dataclass

from app.objecten.status import Objecttype

MAX_HUISNUMMER = 99_999
_NUMBER = re.compile(
    r"(?P<nummer>\d{1,5})(?:[.,]0{1,2})?(?!\d|[.,])(?P<letter>[A-Za-z](?![A-Za-z])| [A-Za-z](?=-\d))?(?:[ \-/]*(?P<rest>[A-Za-z0-9][A-Za-z0-9 .\-/]{0,9}))?",
    re.ASCII,
)
_RANGE = re.compile(
    r"(?<=\d)(?P<eerste>[A-Za-z]?)(?:\s*(?:t/m|tm|tot(?: en met)?|en|&|\+)\s*\d.*|\s+[-–]\s*\d+\s?[A-Za-z]?)$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}.*|\d{1,2}[-/]\d{1,2}[-/](?:19|20)\d{2}|\d{1,2}[- ](?:jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)\.?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"'?1[5-9]\d\d|'?\d{2,4}[-–]'?\d{2,4}")
_POSTCODE_BEHIND = re.compile(r"[ ,]+[1-9]\d{3} ?[A-Z]{2}(?:\b.*)?$")


@dataclass(frozen=True)
class Huisnummer:
    """House number, letter and addition, in capitals; an address in the BAG is unique by these and the postcode."""

    nummer: int
    letter: str = ""
    toevoeging: str = ""


def parse_huisnummer(text: str) -> Huisnummer:
    """Reads `12`, `12A`, `12-H`, `12 bis`, `12A-2`, `12 A-2`.

    A letter that touches the number, or stands before a numbered addition, is the house letter; what comes after a space, hyphen
    or slash is the addition. A spreadsheet's `12.0` is 12. Of a range (`12 t/m 16`, `12 - 16`) the first number is taken; `12-16` is
    left as it is, since `12-2` is a dwelling.

    Raises:
        ValueError: no house number, or one of which a spreadsheet made a date (`12-2` became 12 February).
    """
    text = text.strip()
    if _DATE.fullmatch(text):
        raise ValueError("is door een spreadsheet een datum geworden; maak de kolom tekst en vul het nummer opnieuw in")
    found = _NUMBER.fullmatch(_RANGE.sub(r"\g<eerste>", text))
    if found is None or not 1 <= int(found["nummer"]) <= MAX_HUISNUMMER:
        raise ValueError("is geen huisnummer, bijvoorbeeld 12, 12A of 12-2")
    return Huisnummer(int(found["nummer"]), clean_part(found["letter"] or ""), clean_part(found["rest"] or ""))


def split_address_line(text: str) -> tuple[str, Huisnummer]:
    """Splits `Voorbeeldkade 27-H` into street and house number; a street may hold a number of its own.

    Of a range (`Voorbeeldkade 1 t/m 5`) the first number is taken; a postcode and town behind it are read over. A number behind a number
    is its addition (`Voorbeeldkade 9, 1e etage`), unless the first is a year of the street (`Plein 1945 7`).

    Raises:
        ValueError: no street, or no house number behind it.
    """
    line = _POSTCODE_BEHIND.sub("", text.strip())
    words = _RANGE.sub(r"\g<eerste>", line).replace(",", " ").split()
    for cut in range(len(words) - 1, 0, -1):
        if not words[cut][:1].isdigit() or _is_addition(words, cut):
            continue
        street = " ".join(words[:cut])
        if not any(letter.isalpha() for letter in street):
            continue
        return street, parse_huisnummer(" ".join(words[cut:]))
    raise ValueError("mist een straat met een huisnummer, bijvoorbeeld Voorbeeldkade 27-2")


def _is_addition(words: list[str], at: int) -> bool:
    """Whether the word with a number at `at` only adds to the house number before it."""
    before = words[at - 1]
    street = any(letter.isalpha() for word in words[: at - 1] for letter in word)
    return before[:1].isdigit() and street and _YEAR.fullmatch(before) is None and before[-1:] != "e"


def clean_part(text: str) -> str:
    """A house letter or addition as it is stored: trimmed, in capitals; one of signs only (`-`) is none."""
    part = text.strip().upper()
    return part if any(sign.isalnum() for sign in part) else ""


def loose_part(letter: str, toevoeging: str) -> str:
    """Letter and addition without the signs between them, so that `12A-2`, `12 A 2` and `12-A2` are alike; `1-1` is never `11`."""
    words = re.sub(r"[^A-Z0-9]+", " ", f"{letter} {toevoeging}").strip()
    return re.sub(r"(?<=\d) (?=\d)", "-", words).replace(" ", "")


def address_code(postcode: str, nummer: int, letter: str, toevoeging: str) -> str:
    """A short code of an address, unique within a municipality."""
    return "-".join(part for part in (postcode, f"{nummer}{letter}", re.sub(r"[^A-Z0-9]+", ".", toevoeging)) if part)


def address_name(straat: str, nummer: int, letter: str, toevoeging: str) -> str:
    """What an object without a name of its own is called: street and number; of a place without an address what was said of it."""
    if nummer == 0:
        return straat[:200]
    return f"{straat} {nummer}{letter}{f'-{toevoeging}' if toevoeging else ''}"[:200]


def own_number(soort: Objecttype, code: str, naam: str = "") -> str:
    """The number of an object whose source gives none: type, address and, where needed, the name.

    The same address and name give the same number, so that reading a source again makes no second object.
    """
    slug = re.sub(r"[^a-z0-9]+", "", naam.lower())[:30]
    return "-".join(part for part in (soort.value, code, slug) if part)
