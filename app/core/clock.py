"""Time: stored in UTC, the business date is that of the Netherlands, terms in working days follow the Dutch calendar."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def utc_now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def parse_moment(text: str) -> datetime:
    """The moment written as `datetime.isoformat()` does.

    Raises:
        ValueError: no such moment, or without a time zone.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        msg = "a moment must have a time zone"
        raise ValueError(msg)
    return moment


def business_date(moment: datetime) -> date:
    """The date in the Netherlands at this moment (design section 3)."""
    return moment.astimezone(AMSTERDAM).date()


def start_of_day(day: date) -> datetime:
    """The first moment of a business date."""
    return datetime.combine(day, time(), tzinfo=AMSTERDAM)


def moment_of(day: date, minute: int) -> datetime:
    """The moment, in UTC, at which the clock shows a minute after the midnight with which a business date begins; above 1440 past the next.

    Of an hour that the clock shows twice the first is meant; in the one that it skips, the minutes that would have passed.
    """
    on_clock = datetime.combine(day, time()) + timedelta(minutes=minute)
    return on_clock.replace(tzinfo=AMSTERDAM).astimezone(UTC)


@lru_cache(maxsize=8192)
def real_minute(day: date, minute: int) -> int:
    """Minutes that passed until then since a fixed moment: what lies between two of them is real time, also in the nights of the clock."""
    return int(moment_of(day, minute).timestamp()) // 60


def clock_change(day: date, first: int, last: int) -> tuple[int, int] | None:
    """When the clock goes forward or back between two minutes of a business date, and by how many minutes (back is negative); mostly None."""
    begin, end = real_minute(day, first), real_minute(day, last)
    gained = (last - first) - (end - begin)
    if gained == 0:
        return None
    low, high = 0, end - begin
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(begin + middle) == _offset(begin) else (low, middle)
    return first + high, gained


def _offset(minute: int) -> timedelta | None:
    return datetime.fromtimestamp(minute * 60, AMSTERDAM).utcoffset()


def time_of_day(minute: int) -> str:
    """A minute after midnight as people read it; one of a shift that passes midnight is that of the next day."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def is_working_day(day: date) -> bool:
    """Whether `day` is a Dutch working day: not a weekend, not a general public holiday."""
    return day.weekday() < 5 and day not in _public_holidays(day.year)


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    """Those of one year; working them out takes longer than all that is done with them."""
    return frozenset(holidays.country_holidays("NL", years=year))


def add_working_days(day: date, count: int) -> date:
    """The date `count` (>= 0) Dutch working days after `day`."""
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later (earlier when negative); at most the last day of that month."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The same calendar day `years` later; 29 February becomes 28 February in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


LONGEST_UNDERWAY = timedelta(days=430)
"""What a tablet sealed longer ago cannot be opened any more (a key holds 30 days and is kept 400 more)."""


def plausible(moment: datetime, received: datetime) -> datetime:
    """A moment of a device's clock, or that of receipt when its clock cannot be right.

    Nothing is entered after it was received, nor longer ago than it can be under way. Taken at its word, a clock that stands years behind would
    have a photo or a control removed on the day it came in, and one that runs ahead would win from every other tablet.
    """
    return moment if received - LONGEST_UNDERWAY <= moment <= received else received
