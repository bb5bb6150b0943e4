"""Opening hours: weekday 1 (Monday) to 7 with spans in minutes after midnight; past midnight runs on over 1440.

An empty value is unknown, never closed: a plan must not read a hole in a source as a closed door.
"""

import re
from itertools import pairwise

MIDNIGHT = 24 * 60
Openingstijden = dict[str, list[list[int]]]
_DAYS = re.compile(r"([1-7])(?:-([1-7]))?", re.ASCII)
_TIME = re.compile(
    r"(?:(\d{1,2})[:.](\d{2})(?:[:.]00)?|(\d{2})(\d{2}))(?: ?(?:uur|u|h)\.?)?|(\d{1,2}) ?(?:uur|u|h)\.?",
    re.ASCII | re.IGNORECASE,
)
_EXAMPLE = "schrijf bijvoorbeeld 1-5 10:00-02:00, 6-7 10:00-03:00"


def parse_time(text: str) -> int:
    """Minutes after midnight of `07:00`, `7.00`, `0700`, `02.00 uur` or `7 uur`; `24:00` is midnight at the end of the day.

    Raises:
        ValueError: no time (`_kies`, `-`, a sentence).
    """
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise ValueError("is geen tijd, bijvoorbeeld 10:00")
    hours, minutes = ([int(part) for part in found.groups() if part is not None] + [0])[:2]
    if minutes > 59 or hours * 60 + minutes > MIDNIGHT:
        raise ValueError("is geen tijd, bijvoorbeeld 10:00")
    return hours * 60 + minutes


def span(opens: int, closes: int) -> list[int]:
    """A span that may pass midnight: closing at or before the opening time is the next day."""
    opens %= MIDNIGHT
    return [opens, closes if closes > opens else closes + MIDNIGHT]


def parse_openingstijden(text: str) -> Openingstijden:
    """Reads `1-5 10:00-02:00, 6-7 10:00-03:00`; a day may have more than one span.

    Raises:
        ValueError: cannot be read, or two spans of a day overlap.
    """
    hours: Openingstijden = {}
    for part in text.split(","):
        days, _, times = part.strip().partition(" ")
        opens, separator, closes = times.strip().partition("-")
        found = _DAYS.fullmatch(days)
        if found is None or not separator:
            raise ValueError(f"kan niet gelezen worden; {_EXAMPLE}")
        first, last = int(found[1]), int(found[2] or found[1])
        if last < first:
            raise ValueError(f"heeft dagen in de verkeerde volgorde; {_EXAMPLE}")
        for day in range(first, last + 1):
            hours.setdefault(str(day), []).append(span(parse_time(opens), parse_time(closes)))
    return check_openingstijden(hours)


def check_openingstijden(hours: Openingstijden) -> Openingstijden:
    """Sorts the days and spans.

    Raises:
        ValueError: an unknown day, a span that is none, or two spans of one day that overlap.
    """
    for day, spans in hours.items():
        if day not in {"1", "2", "3", "4", "5", "6", "7"}:
            raise ValueError("heeft een onbekende dag; 1 is maandag en 7 is zondag")
        for opens, closes in spans:
            if not (0 <= opens < MIDNIGHT and opens < closes <= opens + MIDNIGHT):
                raise ValueError("heeft een tijdvak dat niet kan; geef minuten na middernacht, van en tot")
        ordered = sorted(spans)
        if any(later[0] < earlier[1] for earlier, later in pairwise(ordered)):
            raise ValueError("heeft tijdvakken die elkaar overlappen")
    return {day: sorted(hours[day]) for day in sorted(hours)}
