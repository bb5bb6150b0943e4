"""How long a source asks to be left alone, by the headers of its answer.

Kadaster's documentation names `X-Rate-Limit-*` and `Kadaster-RateLimit-DayLimit-*`, its feature file `RateLimit-*`; all are accepted (B3).
"""

import math
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

LONGEST_S = 24 * 3600.0
_FAMILIES = ("x-rate-limit", "x-ratelimit", "ratelimit", "kadaster-ratelimit-daylimit")


def asked_rest(headers: Mapping[str, str], *, used_up: bool = False) -> float | None:
    """Seconds until the source may be asked again, at most a day; None when it does not say.

    Args:
        headers: of its answer; names in any case.
        used_up: look only at quotas that this answer used up, not at `Retry-After`.
    """
    found = [] if used_up else [_seconds(headers.get("retry-after"))]
    for family in _FAMILIES:
        remaining = _number(headers.get(f"{family}-remaining"))
        if remaining is not None and remaining <= 0:
            found.append(_seconds(headers.get(f"{family}-reset")))
    told = [seconds for seconds in found if seconds is not None]
    return min(max(told), LONGEST_S) if told else None


def _seconds(text: str | None) -> float | None:
    """A number of seconds, a moment in seconds since 1970, or an HTTP date."""
    number = _number(text)
    if number is not None:
        return max(0.0, number - time.time() if number > 1e9 else number)
    try:
        return max(0.0, parsedate_to_datetime(text or "").timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) else None
