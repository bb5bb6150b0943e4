"""When a place is open during a shift; unknown hours say nothing against a visit."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from app.planning.rules.diensten import DAG


def open_on(
    openingstijden: Mapping[str, Sequence[Sequence[int]]] | None, datum: date, van: int, tot: int
) -> tuple[tuple[int, int], ...] | None:
    """Spans in minutes of the business date in which the place is open between two minutes; None when that is not known.

    Args:
        openingstijden: Weekday 1 (Monday) to 7 to spans in minutes; a span past midnight runs on over 1440.
        datum: Business date.
        van: First minute that matters.
        tot: Last minute that matters; above 1440 past midnight.
    """
    if not openingstijden:
        return None
    spans = sorted(
        (max(van, opens + shift * DAG), min(tot, closes + shift * DAG))
        for shift in (-1, 0, 1)
        for opens, closes in openingstijden.get(str((datum + timedelta(days=shift)).isoweekday()), ())
    )
    merged: list[tuple[int, int]] = []
    for low, high in spans:
        if low < high and merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        elif low < high:
            merged.append((low, high))
    return tuple(merged)
