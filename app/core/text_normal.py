"""Text made plain for the text filter: tricks and accidents of writing are undone, times, dates and amounts set aside.

What comes out is only looked at, never stored.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_MAX_GROUPS = 14
_WORDS = {
    word: str(digit)
    for digit, words in enumerate(
        (
            ("nul",),
            ("een", "één"),
            ("twee",),
            ("drie",),
            ("vier",),
            ("vijf",),
            ("zes",),
            ("zeven",),
            ("acht",),
            ("negen",),
        )
    )
    for word in words
}
_WORD = "|".join(_WORDS)
_SPELLED = re.compile(rf"\b(?:(?:{_WORD}|\d+)[\s,.;-]+){{3,}}(?:{_WORD}|\d+)\b", re.IGNORECASE)
_SPACED = re.compile(r"(?<![\w])\d(?:[^\w\n+]{1,3}\d){6,}(?!\w)")

_TIME = re.compile(
    r"(?<![\d.:])(?:[01]?\d|2[0-4])(?::[0-5]\d|\.(?:00|15|30|45)|[.:][0-5]\d(?=\s?u))(?![.:]?\d)|(?<!\d)(?:[01]?\d|2[0-4])\s?u(?:ur)?\s?(?:[0-5]\d)?\b"
)
_DATE = re.compile(
    r"(?<![\d-])(?:\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})(?!\d|-\d)"
)
_AMOUNT = re.compile(
    r"(?:€|\beuro?)\s?\d{1,3}(?:\.?\d{3})*(?:,(?:\d\d|-+))?(?![\d])(?!\s?\d)|(?<![\d.,])\d{1,3}(?:\.\d{3})*(?:,(?:\d\d|-+))?\s?(?:€|euro?\b)",
    re.IGNORECASE,
)
_RUN = re.compile(r"(?:\+[ (]{0,2})?\d+(?:[ .\-/_*()|]{1,3}\d+)*")
_RUN_COMMAS = re.compile(r"(?:\+[ (]{0,2})?\d+(?:[ .,;\-/_*()|]{1,3}\d+)*")


@dataclass(frozen=True)
class Plain:
    """A text made plain.

    Attributes:
        text: all of it.
        numbers: the same without times, dates and amounts, for whoever looks for numbers.
    """

    text: str
    numbers: str


def normalise(text: str) -> Plain:
    """Makes a text plain: one form of each letter and digit, nothing invisible, spelled-out and spaced-out digits joined."""
    folded = unicodedata.normalize("NFKD", text)
    kept = [
        _plain_character(ch)
        for ch in folded
        if unicodedata.category(ch) not in {"Cf", "Mn", "Me", "Cc", "Co", "Cn"} or ch in "\n\t\r"
    ]
    plain = re.sub(r"[^\S\n]+", " ", "".join(kept))
    plain = _SPELLED.sub(_spell_back, plain)
    without = plain
    for pattern in (_DATE, _TIME, _AMOUNT):
        without = pattern.sub(" ; ", without)
    return Plain(text=_SPACED.sub(_join, plain), numbers=_SPACED.sub(_join, without))


def subruns(text: str, shortest: int, longest: int, *, commas: bool = False) -> Iterator[str]:
    """All numbers of `shortest` to `longest` characters that neighbouring groups of digits make together, a leading plus included.

    A comma parts a list of house numbers; only with `commas` it may stand inside a number.
    """
    for match in (_RUN_COMMAS if commas else _RUN).finditer(text):
        groups = re.findall(r"\d+", match.group())
        plus = "+" if match.group().startswith("+") else ""
        for first in range(len(groups)):
            number = plus if first == 0 else ""
            for group in groups[first : first + _MAX_GROUPS]:
                number += group
                if len(number) > longest:
                    break
                if len(number) >= shortest:
                    yield number
                    if number.startswith("+"):
                        yield number[1:]


def _plain_character(ch: str) -> str:
    category = unicodedata.category(ch)
    if category == "Nd":
        return str(unicodedata.decimal(ch))
    if category == "Pd" or ch == "\u2212":
        return "-"
    return ch


def _spell_back(match: re.Match[str]) -> str:
    parts = re.split(r"[\s,.;-]+", match.group())
    return " ".join(_WORDS.get(part.lower(), part) for part in parts)


def _join(match: re.Match[str]) -> str:
    return re.sub(r"\D", "", match.group())
