"""Time: stored in UTC, the business date is that of the Netherlands, terms in working days follow the Dutch calendar."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
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


def is_working_day(day: date) -> bool:
    """Whether `day` is a Dutch working day: not a weekend, not a general public holiday."""
    return day.weekday() < 5 and day not in holidays.country_holidays("NL", years=day.year)


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
