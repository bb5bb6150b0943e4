"""Seasons: periods of the year in which a place can be visited, as a field at harvest or a recreation park (PLN-16).

A period is two days of the year, 'MM-DD', both included; one that ends before it begins passes New Year's Eve.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

Seizoenen = list[list[str]]
_DAG = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_SCHRIKKELJAAR = 2024


def check_seizoenen(value: Seizoenen) -> Seizoenen:
    """The periods as they are stored.

    Raises:
        ValueError: not two days of a year, or none.
    """
    for period in value:
        if len(period) != 2 or not all(_is_day(day) for day in period):
            msg = "een periode is een eerste en een laatste dag, elk als maand-dag, bijvoorbeeld ['04-15', '10-31']"
            raise ValueError(msg)
    return value


def in_season(periods: Sequence[Sequence[str]] | None, day: date) -> bool:
    """Whether a place can be visited on a day; without periods it always can."""
    if not periods:
        return True
    mark = f"{day:%m-%d}"
    return any(first <= mark <= last if first <= last else mark >= first or mark <= last for first, last in periods)


def stretches(periods: Sequence[Sequence[str]] | None, first: date, last: date) -> list[tuple[date, date]]:
    """The parts of a window that lie in season, by date, both ends included; empty when the window is empty or out of season."""
    if first > last:
        return []
    if not periods:
        return [(first, last)]
    found: list[tuple[date, date]] = []
    day = first
    while day <= last:
        if in_season(periods, day):
            if found and found[-1][1] == day - timedelta(days=1):
                found[-1] = (found[-1][0], day)
            else:
                found.append((day, day))
        day += timedelta(days=1)
    return found


def _is_day(text: str) -> bool:
    if _DAG.fullmatch(text) is None:
        return False
    try:
        date(_SCHRIKKELJAAR, int(text[:2]), int(text[3:]))
    except ValueError:
        return False
    return True
