"""Office hours on Dutch working days: what is not acute or urgent runs in them (table F of the signal route)."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from app.core.clock import AMSTERDAM, add_working_days, business_date, is_working_day

BEGIN, EIND = "KANTOOR_BEGIN_UUR", "KANTOOR_EIND_UUR"


def at_hour(day: date, hour: float) -> datetime:
    """The moment of an hour of the Dutch clock (24: the end of the day), also in the nights in which the clock is changed."""
    if hour >= 24:
        day, hour = day + timedelta(days=1), 0.0
    minutes = round(hour * 60)
    return datetime.combine(day, time(minutes // 60, minutes % 60), AMSTERDAM).astimezone(UTC)


def office_day(day: date, normen: Mapping[str, float]) -> tuple[datetime, datetime]:
    """Opening and closing time of a day; the whole day where the municipality set no hours."""
    return at_hour(day, normen.get(BEGIN, 0.0)), at_hour(day, normen.get(EIND, 24.0))


def after_working_days(start: datetime, count: int, normen: Mapping[str, float]) -> datetime:
    """Closing time of the last of `count` working days after the day of `start`."""
    return office_day(add_working_days(business_date(start), count), normen)[1]


def next_opening(after: datetime, normen: Mapping[str, float]) -> datetime:
    """Opening time of the first working day after the day of `after`."""
    last_moment = after - timedelta(seconds=1)  # the end of a day belongs to that day
    return office_day(add_working_days(business_date(last_moment), 1), normen)[0]


def halfway(start: datetime, due: datetime, normen: Mapping[str, float]) -> datetime:
    """The moment at which half of the office time between `start` and `due` is over; half of the time without office time."""
    spans: list[tuple[datetime, datetime]] = []
    day, last = business_date(start), business_date(due)
    while day <= last:
        if is_working_day(day):
            opens, closes = office_day(day, normen)
            begun, ended = max(opens, start), min(closes, due)
            if begun < ended:
                spans.append((begun, ended))
        day += timedelta(days=1)
    left = sum((ended - begun for begun, ended in spans), timedelta()) / 2
    for begun, ended in spans:
        if left <= ended - begun:
            return begun + left
        left -= ended - begun
    return start + (due - start) / 2
