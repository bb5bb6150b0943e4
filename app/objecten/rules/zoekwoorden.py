"""Words under which an object is found, and how a search is read (REG-05, REG-19).

Both sides are folded in the same way before anything reaches a database, so that no database decides what equals what:
no capitals, no accents, no punctuation. A dwelling has the words of its address and its numbers, never those of its name.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

MAX_WOORD = 40
MAX_TERMEN = 8
EXACT = "="  # begins the word of a whole number: no word of an address or name can equal it
_TOP = "\U0010ffff"  # sorts after every letter, byte by byte

# Letters that have no accent to take off.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ĳ": "ij"})
_STOP_WORDS = "de het een van der den des en te ten ter aan bij in op"
_STOP = frozenset(_STOP_WORDS.split())
# What street signs and registers shorten (NEN 5825 shortens street names in this way).
_WORDS = {
    "st": "sint", "burg": "burgemeester", "prof": "professor", "dr": "doctor", "mr": "meester", "ds": "dominee",
    "pres": "president", "gen": "generaal", "adm": "admiraal", "nwe": "nieuwe", "nw": "nieuwe", "gr": "grote",
    "1e": "eerste", "2e": "tweede", "3e": "derde", "4e": "vierde",
}  # fmt: skip
_ENDINGS = {"str": "straat", "ln": "laan", "pln": "plein", "sngl": "singel", "wg": "weg", "stg": "steeg", "kd": "kade"}
_MIN_STEM = 3
_SILENT = re.compile(r"['`.]")
_OTHER = re.compile(r"[^a-z0-9/-]+")
_POSTCODE = re.compile(r"(?<![a-z0-9])([1-9]\d{3}) ?([a-z]{2})(?![a-z])(?!\d{6})")
_GLUED = re.compile(r"(?<=[^\W\d_]{3})(?=\d)")  # kalverstraat12
_HOUSE = re.compile(r"(\d{1,5})[ \-/]?([a-z]{1,4}\d{0,2}|(?<=[\-/])\d{1,4}[a-z]{0,2})?", re.ASCII)


@dataclass(frozen=True)
class Variant:
    """One way to fit a term: a whole word, or the beginning of one."""

    woord: str
    heel: bool = False

    @property
    def until(self) -> str:
        """The first text after all that begin with the word."""
        return self.woord + _TOP


Term = tuple[Variant, ...]
"""A word of a search; one of its variants must fit."""


@dataclass(frozen=True)
class Zoektekst:
    """A search as it was understood.

    Attributes:
        nummer: the whole text as a number of an object or permit.
        cijfers: the text as a KvK number (8 digits) or an address in the BAG (16 digits); empty when it is neither.
        termen: all must fit.
        aaneen: the same with the words joined, for somebody who wrote a space too many; None when there is nothing to join.
    """

    nummer: str
    cijfers: str
    termen: tuple[Term, ...]
    aaneen: tuple[Term, ...] | None = None


def fold(text: str) -> str:
    """Small letters without accents; all but letters and digits becomes a space, apostrophes and dots vanish."""
    plain = text.casefold()
    if plain.isascii():
        return " ".join(_OTHER.sub(" ", _SILENT.sub("", plain)).split())
    plain = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter not in "'’‘`´.")
    return " ".join("".join(letter if letter.isalnum() or letter in "-/" else " " for letter in kept).split())


def squash(text: str) -> str:
    """A number as it is compared: letters and digits only."""
    return fold(text).replace(" ", "").replace("-", "").replace("/", "")[:MAX_WOORD]


def number_word(text: str) -> str:
    """The word of a whole number of an object or permit."""
    return EXACT + squash(text)


@lru_cache(maxsize=4096)  # objects stand in streets
def street_words(straat: str) -> frozenset[str]:
    """The words of a street, also written without spaces and written out."""
    parts = _parts(fold(straat))
    whole = [_full(part) for part in parts]
    joined = ("".join(whole[start:])[:MAX_WOORD] for start in range(len(whole) - 1))
    return frozenset([*_spelled(parts), *joined])


def address_words(straat: str, huisnummer: int, huisletter: str, toevoeging: str, postcode: str) -> set[str]:
    """The words of an address: those of the street; house number, with what belongs to it; postcode."""
    found = {*street_words(straat), str(huisnummer)}
    suffix = squash(huisletter + toevoeging)
    if suffix:
        found.add(f"{huisnummer}-{suffix}"[:MAX_WOORD])
    if toevoeging.isalpha():
        found.update(_spelled([squash(toevoeging)]))
    found.add(squash(postcode))
    return found


def name_words(naam: str) -> set[str]:
    """The words of the name of a business; `Café 't Hoekje` is found by `cafe`, by `hoekje` and by `cafethoekje`."""
    parts = _parts(fold(naam))
    return set(_spelled([*parts, "".join(parts)]))


def read_text(text: str) -> Zoektekst:
    """Understands `1234 AB 12`, `kalverstr 12`, `Kalverstraat 12-H`, a number, or words of a name in any order."""
    digits = re.sub(r"[ .]", "", text)
    known = digits if digits.isascii() and digits.isdigit() and len(digits) in {8, 16} else ""
    words = _words(fold(text))
    telling = [word for word in words if word not in _STOP and (len(word) > 1 or word.isdigit())] or words
    letters = [word for word in words if not word[0].isdigit()]
    joined = ["".join(letters), *(word for word in words if word[0].isdigit())] if len(letters) > 1 else []
    return Zoektekst(number_word(text), known, _terms(telling), _terms(joined) or None)


def _words(folded: str) -> list[str]:
    """Words in order; a postcode and a house number with what belongs to it are one word each."""
    found = [place[1] + place[2] for place in _POSTCODE.finditer(folded)]
    rest = _GLUED.sub(" ", _POSTCODE.sub(" ", folded))
    pieces = rest.split()
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        house = _HOUSE.fullmatch(piece)
        if house is None:
            parts = _parts(piece)
            # O-00001 is a number with a letter, no word and a house number
            is_code = any(len(part) == 1 and part.isalpha() for part in parts) and any(map(str.isdigit, parts))
            found += ["".join(parts)] if is_code else parts
        elif house[2]:
            found.append(f"{house[1]}-{house[2]}")
        elif at < len(pieces) and len(pieces[at]) == 1 and pieces[at].isalpha():
            found.append(f"{house[1]}-{pieces[at]}")
            at += 1
        else:
            found.append(house[1])
    return list(dict.fromkeys(found))


def _parts(folded: str) -> list[str]:
    return [part for part in re.split(r"[ \-/]+", folded) if part]


def _terms(words: list[str]) -> tuple[Term, ...]:
    return tuple(_term(word) for word in words[:MAX_TERMEN])


def _term(word: str) -> Term:
    if "-" in word:  # 12-h: house number with letter or addition; 1e may also be a street
        glued = word.replace("-", "", 1)
        named = () if glued.isdigit() else (Variant(glued[:MAX_WOORD]),)
        return (Variant(word[:MAX_WOORD]), *named, *_expanded(glued))
    if word.isdigit():
        return (Variant(word[:MAX_WOORD], heel=len(word) < 4),)
    return (Variant(word[:MAX_WOORD]), *_expanded(word))


def _expanded(word: str) -> tuple[Variant, ...]:
    full = _full(word)
    return (Variant(full[:MAX_WOORD], heel=word in _WORDS),) if full != word and not full.startswith(word) else ()


def _spelled(parts: Iterable[str]) -> Iterator[str]:
    """The parts that are worth an index, as written and written out."""
    for part in parts:
        if part in _STOP or (len(part) < 2 and not part.isdigit()):
            continue
        yield part[:MAX_WOORD]
        full = _full(part)
        if full != part:
            yield full[:MAX_WOORD]


def _full(word: str) -> str:
    """A word written out: `kalverstr` is `kalverstraat`, `st` is `sint`."""
    if word in _WORDS:
        return _WORDS[word]
    for short, long in _ENDINGS.items():
        if word.endswith(short) and len(word) >= len(short) + _MIN_STEM:
            return word[: -len(short)] + long
    return word
