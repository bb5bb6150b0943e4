"""What a column about the municipality says beside the municipality of the import."""

import re
from enum import StrEnum

COLUMNS = frozenset({"gemeente", "gemeentecode", "gemeentenaam", "gmcode", "gmnaam", "gemcode", "gemnaam"})
"""Names of such columns, without capitals and signs."""

_CODE = re.compile(r"(?:GM)?(\d{1,4})", re.IGNORECASE)


class Vergelijking(StrEnum):
    """How a cell and a municipality compare."""

    ZELFDE = "zelfde"
    ANDERE_CODE = "andere code"
    ANDERE_NAAM = "andere naam"


def compare(text: str, code: str, naam: str) -> Vergelijking:
    """Compares a cell with a municipality: a code (`GM0363`, `0363`, `363`) exactly, a name without capitals and signs; empty says nothing."""
    if not text:
        return Vergelijking.ZELFDE
    found = _CODE.fullmatch(text)
    if found is not None:
        return Vergelijking.ZELFDE if int(found[1]) == int(code.removeprefix("GM")) else Vergelijking.ANDERE_CODE
    return Vergelijking.ZELFDE if _plain(text) == _plain(naam) else Vergelijking.ANDERE_NAAM


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", re.sub(r"^gemeente\s", "", text.lower()))
