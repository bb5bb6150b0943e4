"""When a message is tried again, and when it is given up (pure)."""

from datetime import timedelta

TEKST = "nieuw bericht"
"""The one text of every message, on every channel (PLN-19, R9): whoever reads along learns nothing."""

LEASE = timedelta(minutes=2)
"""A message in the hands of a worker that died is taken up again after this time."""

HOOGSTE_POGINGEN = 40
HOOGSTE_POGINGEN_DRINGEND = 64
_QUICK_TRIES = 30
_FIRST_SECONDS = 15.0
_LONGEST_SECONDS = 3600.0
_LONGEST_URGENT_SECONDS = 120.0


def wait_before_retry(pogingen: int, spread: float, *, dringend: bool) -> timedelta | None:
    """How long to wait after the try with this number, or None when it was the last.

    Twice as long each time, up to an hour; an urgent one up to two minutes during the first hour. A day without a mail server is
    survived by both: 40 tries (64 when urgent) take at least 26 hours.

    Args:
        pogingen: tries so far, at least 1.
        spread: a random number from 0 up to 1, so that a crowd does not come back at one moment.
        dringend: an alarm.
    """
    if pogingen >= (HOOGSTE_POGINGEN_DRINGEND if dringend else HOOGSTE_POGINGEN):
        return None
    longest = _LONGEST_URGENT_SECONDS if dringend and pogingen <= _QUICK_TRIES else _LONGEST_SECONDS
    seconds = min(_FIRST_SECONDS * 2.0 ** (pogingen - 1), longest)
    return timedelta(seconds=seconds * (0.8 + 0.4 * spread))
