"""Finds what free text may not hold, before anything is stored (design section 7, DAT-01, DAT-07, checklists section 5 V11).

Pure, and the same on every free text field: burgerservicenummer, document number, phone, e-mail, IBAN, licence plate, link, date of birth.
A hit says what to leave out and never repeats the text. The filter helps somebody who writes in a hurry; it cannot know a name.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from stdnum import iban
from stdnum.nl import bsn, identiteitskaartnummer

from app.core.clock import business_date, utc_now
from app.core.text_normal import Plain, normalise, subruns


class Treffersoort(StrEnum):
    """Kinds of data that the filter finds."""

    BSN = "bsn"
    DOCUMENT = "documentnummer"
    TELEFOON = "telefoonnummer"
    EMAIL = "e-mailadres"
    IBAN = "iban"
    KENTEKEN = "kenteken"
    URL = "link"
    GEBOORTEDATUM = "geboortedatum"


class Filterreden(StrEnum):
    """Why a text with a hit is kept all the same, where that is allowed; a closed list, so that the reason cannot leak either."""

    VALS_ALARM = "vals-alarm"
    GEGEVEN_VAN_BEDRIJF = "gegeven-van-bedrijf"
    GEGEVEN_VAN_OVERHEID = "gegeven-van-overheid"


class Filteroordeel(StrEnum):
    """What happens with a text."""

    GOED = "goed"
    WAARSCHUWEN = "waarschuwen"
    WEIGEREN = "weigeren"


@dataclass(frozen=True)
class Treffer:
    """One kind of data that was found.

    Attributes:
        soort: the kind, a value of `Treffersoort`.
        melding: Dutch; what to leave out. Never holds a part of the text.
    """

    soort: str
    melding: str


MELDINGEN: dict[Treffersoort, str] = {
    Treffersoort.BSN: "De tekst bevat een burgerservicenummer. Laat het nummer weg.",
    Treffersoort.DOCUMENT: "De tekst bevat het nummer van een identiteitsbewijs. Laat het nummer weg.",
    Treffersoort.TELEFOON: "De tekst bevat een telefoonnummer. Laat het nummer weg.",
    Treffersoort.EMAIL: "De tekst bevat een e-mailadres. Laat het adres weg.",
    Treffersoort.IBAN: "De tekst bevat een bankrekeningnummer. Laat het nummer weg.",
    Treffersoort.KENTEKEN: "De tekst bevat een kenteken. Laat het kenteken weg; noem zo nodig alleen het soort voertuig.",
    Treffersoort.URL: "De tekst bevat een link of een accountnaam van een website. Laat die weg.",
    Treffersoort.GEBOORTEDATUM: "De tekst bevat een geboortedatum. Laat de datum weg.",
}


def check_text(text: str, exempt: frozenset[str] = frozenset(), this_year: int | None = None) -> list[Treffer]:
    """What `text` may not hold; empty when it may be kept.

    Args:
        text: free text, as typed. Fullwidth digits, invisible characters, spaced-out and spelled-out digits are seen through.
        exempt: numbers that the object itself is known by (KvK, RSIN, permit number); they are no person's (traps: 9 % of numbers pass the 11-proef).
        this_year: the year in which the text is written; by default now. A date of the last eight years is no date of birth by itself.
    """
    plain = normalise(text)
    known = frozenset(number for number in map(_alphanumeric, exempt) if number)
    year = this_year or business_date(utc_now()).year
    checks: dict[Treffersoort, Callable[[], bool]] = {
        Treffersoort.BSN: lambda: _has_bsn(plain, known),
        Treffersoort.DOCUMENT: lambda: _has_document(plain, known),
        Treffersoort.TELEFOON: lambda: _has_phone(plain, known),
        Treffersoort.EMAIL: lambda: EMAIL.search(plain.text) is not None,
        Treffersoort.IBAN: lambda: _has_iban(plain),
        Treffersoort.KENTEKEN: lambda: _has_plate(plain, known),
        Treffersoort.URL: lambda: URL.search(plain.text) is not None,
        Treffersoort.GEBOORTEDATUM: lambda: _has_birth_date(plain, year),
    }
    return [Treffer(soort, MELDINGEN[soort]) for soort, found in checks.items() if found()]


def refuse_or_warn(hits: Sequence[Treffer], *, strict: bool, reden: Filterreden | None = None) -> Filteroordeel:
    """What happens with a text that has these hits.

    Args:
        hits: what `check_text` found.
        strict: the text is about a sex establishment, massage parlour or dwelling, or its place is not known: no reason helps.
        reden: why the text is kept all the same, elsewhere.
    """
    if not hits:
        return Filteroordeel.GOED
    if strict:
        return Filteroordeel.WEIGEREN
    return Filteroordeel.WAARSCHUWEN if reden is None else Filteroordeel.GOED


def _alphanumeric(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


# Regions of the Dutch number plan, and the numbers of mobile, VoIP and business lines; 0800 and 0900 are public services.
_NETNUMMER = (
    r"(?:1[0358]|2[0346]|3[03568]|4[0356]|5[0358]|7\d|8[4578]|91)\d{7}|"
    r"(?:11[1-8]|16[1-8]|17[248]|18[0-7]|22[2-9]|25[125]|29[479]|31[3-8]|32[01]|34[1-8]|41[1-8]|47[58]|48[1-8]|49[235-9]|"
    r"51[1-9]|52[1-9]|54[1-8]|56[126]|57[0-8]|59[1-9])\d{6}|"
    r"6[1-68]\d{7}"
)
_PHONE = re.compile(rf"0(?:{_NETNUMMER})|0031[1-9]\d{{8}}|00310[1-9]\d{{8}}|00[1-9]\d{{9,12}}")
_FOREIGN = re.compile(r"\+[1-9]\d{8,14}")


def _has_phone(plain: Plain, known: frozenset[str]) -> bool:
    return any(
        (_PHONE.fullmatch(run) or _FOREIGN.fullmatch(run)) and run not in known
        for run in subruns(plain.numbers, 9, 17, commas=True)
    )


def _has_bsn(plain: Plain, known: frozenset[str]) -> bool:
    return any(bsn.is_valid(run) and run not in known for run in subruns(plain.numbers, 9, 9) if run.isdigit())


_ABOUT_DOCUMENT = (
    r"(?:paspoort|rijbewijs|id-?kaart|identiteits(?:kaart|bewijs)|verblijfs(?:document|vergunning|kaart)|"
    r"document(?:nummer|nr)|v-?nummer|vreemdelingennummer)\w*"
)
_NAMED_DOCUMENT = re.compile(
    rf"\b{_ABOUT_DOCUMENT}[^\w\n]+(?:(?:nummer|nr|is|met|no)[^\w\n]+){{0,3}}(?=(?:[a-z]*\d){{4}})[a-z0-9]{{6,12}}\b",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"(?<![\w-])[A-NP-Z]{2}[ .-]?(?:[A-NP-Z0-9][ .-]?){6}\d(?![\w-])", re.IGNORECASE)


def _has_document(plain: Plain, known: frozenset[str]) -> bool:
    if _NAMED_DOCUMENT.search(plain.numbers):
        return True
    for match in _DOCUMENT.finditer(plain.numbers):
        token = match.group()
        number = _alphanumeric(token)
        mixed = any(ch.isalpha() for ch in number[2:8]) and sum(ch.isdigit() for ch in number) >= 3
        # Permit numbers look alike (two letters, a year, a sequence): they hold a zero, new passports do not.
        like_passport = mixed if token == number else token.isupper() and mixed and " " not in token
        if (like_passport or (token == number and "0" not in number)) and _valid_document(number, known):
            return True
    return False


def _valid_document(number: str, known: frozenset[str]) -> bool:
    return number not in known and bool(identiteitskaartnummer.is_valid(number))


_IBAN_START = re.compile(r"(?<![A-Z0-9])[A-Z]\W?[A-Z]\W?\d\W?\d")


def _has_iban(plain: Plain) -> bool:
    upper = plain.text.upper()
    for match in _IBAN_START.finditer(upper):
        compact = _alphanumeric(upper[match.start() : match.start() + 100])
        if any(iban.is_valid(compact[:length], check_country=False) for length in range(15, 35)):
            return True
    return False


EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]+ ?(?:@|\(at\)|\[at\]|\{at\}|\(apenstaartje\)) ?[\w-]+(?: ?(?:\.|\(dot\)|\[dot\]|\(punt\)|\[punt\]) ?[\w-]+)+|"
    r"(?<![\w.+%-])[\w.+%-]+ (?:at|apenstaartje) [\w-]+ (?:dot|punt) [a-z]{2,6}\b",
    re.IGNORECASE,
)
_TLD = r"(?:nl|com|net|org|eu|info|biz|xxx|app|io|tv|site|online|shop|club|live|link|sex|porn|escort|vip)"
URL = re.compile(
    r"\bh(?:tt|xx)ps?\s?:\s?/\s?/|\bwww\s?\.\s?\w|"
    rf"(?<![\w@.-])[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.{_TLD}\b|"
    r"(?<![\w-])[a-z0-9-]{1,63}\.[a-z]{2,3}/\w|"
    rf"(?<![\w-])[a-z0-9-]{{2,63}} ?(?:\(dot\)|\[dot\]|\(punt\)|\[punt\]| dot | punt ) ?{_TLD}\b|"
    r"(?<![\w@.])@[a-z_][\w.]{2,}",
    re.IGNORECASE,
)

_C = "[BDFGHJKLMNPRSTVWXZ]"  # plates since 1978 hold no vowels, no C and no Q
_PLATES = (
    (2, 2, 2, "LDL"),
    (2, 2, 2, "LLD"),
    (2, 2, 2, "DLL"),
    (2, 3, 1, "DLD"),
    (1, 3, 2, "DLD"),
    (2, 3, 1, "LDL"),
    (1, 3, 2, "LDL"),
    (3, 2, 1, "LDL"),
    (1, 2, 3, "LDL"),
    (1, 2, 3, "DLD"),
    (3, 2, 1, "DLD"),
    (3, 2, 1, "LLD"),
    (1, 2, 3, "DLL"),
)


def _plate(separator: str, plates: Iterable[tuple[int, int, int, str]], letter: str) -> str:
    def part(kind: str, count: int) -> str:
        return f"{letter if kind == 'L' else '[0-9]'}{{{count}}}"

    return "|".join(
        separator.join(part(kind, n) for kind, n in zip(kinds, sizes, strict=True)) for *sizes, kinds in plates
    )


_PLATE_DASHED = re.compile(
    rf"(?<![\w-])(?:{_plate('-', _PLATES, _C)}|[0-9]{{2}}-[A-Z]{{2}}-[0-9]{{2}})(?![\w-])", re.IGNORECASE
)
_PLATE_LOOSE = re.compile(
    rf"(?<![\w-])(?:{_plate('[ .]?', [p for p in _PLATES if p[:3] != (2, 2, 2) or p[3] == 'LDL'], _C)}|[0-9]{{2}}[ .]?{_C}{{2}}[ .]?[0-9]{{2}})(?![\w-])"
)
_NAMED_PLATE = re.compile(
    r"\b(?:kenteken\w*|nummerbord\w*)[^\w\n]+(?:(?:is|nr|nummer|met|van|de|het|auto|bus|busje)[^\w\n]+){0,3}"
    r"(?=(?:[a-z0-9][ .-]?){5,8}\b)(?=[ .a-z-]*\d)(?=[ .0-9-]*[a-z])[a-z0-9]{1,4}[ .-]?[a-z0-9]{1,4}(?:[ .-]?[a-z0-9]{1,4})?\b",
    re.IGNORECASE,
)


def _has_plate(plain: Plain, known: frozenset[str]) -> bool:
    found = (match.group() for pattern in (_PLATE_DASHED, _PLATE_LOOSE) for match in pattern.finditer(plain.text))
    return any(_alphanumeric(plate) not in known for plate in found) or _NAMED_PLATE.search(plain.text) is not None


_MONTH = r"(?:jan|feb|m(?:aa)?rt|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?<![\w-])(?:(?:0?[1-9]|[12]\d|3[01])[-/. ]{{1,2}}(?:0?[1-9]|1[0-2]|{_MONTH})[-/. ]{{1,2}}(?P<end>(?:19|20)\d\d|['’]?\d\d)|"
    r"(?P<start>(?:19|20)\d\d)[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01]))(?![\w-])",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"\b(?:geb|geboren|geboortedatum|geboortedag|geb\.?datum|gbd|dob|jarig|verjaar\w*)\b[^\d\n]{0,25}$", re.IGNORECASE
)
_BORN_COMPACT = re.compile(r"\b(?:geb\w*|gbd|dob)\b\W{0,4}(?:datum\W{0,3})?\d{6,8}\b", re.IGNORECASE)
_ABOUT_PLACE = re.compile(
    r"\b(?:vergun\w*|sinds|verleend|afgegeven|ingangsdatum|besluit|brief|verordening|apv|wet|bouwjaar|gebouwd|opgericht|gevestigd|"
    r"ingeschreven|inschrijving|contract|geopend|controle|keuring|gekeurd|verlopen|geldig|datum|tot|t/m|verbouwd)\b[^\d\n]{0,25}$",
    re.IGNORECASE,
)


def _has_birth_date(plain: Plain, this_year: int) -> bool:
    if _BORN_COMPACT.search(plain.text):
        return True
    for match in _DATE.finditer(plain.text):
        before = plain.text[max(0, match.start() - 60) : match.start()]
        if _BORN.search(before):
            return True
        shown = match["start"] or match["end"]
        if len(shown) == 4 and 1920 <= int(shown) <= this_year - 8 and not _ABOUT_PLACE.search(before):
            return True
    return False
