"""The day on which the tests of planning play, whenever they run: what a norm asks of the rest of a year depends on the day of the year."""

from datetime import UTC, date, datetime, timedelta

from app.core.clock import utc_now

_BEGUN = utc_now()
VANDAAG = date(_BEGUN.year + (_BEGUN.date() > date(_BEGUN.year, 11, 22)), 11, 22)
"""The next 22 November: accounts and designations of the test municipality began in the year before it."""
MORGEN = VANDAAG + timedelta(days=1)


def now() -> datetime:
    """Noon of that day, and what has passed since the tests began: no run ever passes midnight."""
    return datetime(VANDAAG.year, VANDAAG.month, VANDAAG.day, 12, tzinfo=UTC) + (utc_now() - _BEGUN)
