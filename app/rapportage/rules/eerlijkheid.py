"""The fairness audit: how controls were spread and what they found, counted outside the planner (MON-13).

Every figure has its base (MON-08), and a small number is not shown, nor can it be found by subtraction (MON-11). A share of few
visits says little, so it is given as a range and a difference is called one only where chance does not explain it.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID


class Herkomstaandeel(StrEnum):
    """Which part of the capacity a control came from."""

    LOTING = "loting"
    VOORRANG = "voorrang en normen"
    ZONDER_RONDE = "zonder planronde"


@dataclass(frozen=True, slots=True)
class Bezoek:
    """A completed control.

    Attributes:
        gebied: Wijk of the object; None outside every area.
        sector: Sector of the object; None for what has none, a dwelling among them (REG-05).
        aandeel: What it came from.
        treffer: A compliance finding that set a term was made. Never a signal or a confidential answer: a hit betrays neither.
        minuut: Minute of the day on which it began; None when unknown.
    """

    gebied: str | None
    sector: str | None
    aandeel: Herkomstaandeel
    treffer: bool
    team_id: UUID | None
    datum: date
    minuut: int | None


Z95: Final = 1.959964
"""Standard normal deviate of a range that holds in 95 of 100 cases."""


@dataclass(frozen=True, slots=True)
class Marge:
    """Whole percents between which a share lies in 95 of 100 cases."""

    van: int
    tot_en_met: int


@dataclass(frozen=True, slots=True)
class Telling:
    """Controls and how many of them hit; None where the number is too small to show."""

    bezoeken: int | None
    treffers: int | None

    @property
    def marge(self) -> Marge | None:
        """The range of the share of hits; None where a number is not shown or there were no visits."""
        if not self.bezoeken or self.treffers is None:
            return None
        low, high = share_range(self.treffers, self.bezoeken)
        return Marge(math.floor(100 * low), math.ceil(100 * high))


def share_range(treffers: int, bezoeken: int) -> tuple[float, float]:
    """The range of a share by Wilson's score (1927), which holds for few visits too; `bezoeken` is at least 1."""
    share, square = treffers / bezoeken, Z95 * Z95
    middle = (share + square / (2 * bezoeken)) / (1 + square / bezoeken)
    spread = math.sqrt(share * (1 - share) / bezoeken + square / (4 * bezoeken**2)) * Z95 / (1 + square / bezoeken)
    return max(0.0, middle - spread), min(1.0, middle + spread)


def may_be_chance(one: Telling, other: Telling) -> bool | None:
    """Whether chance explains the difference of two shares, by Newcombe's range of a difference (1998); None when a number is not shown."""
    if not one.bezoeken or not other.bezoeken or one.treffers is None or other.treffers is None:
        return None
    first, second = one.treffers / one.bezoeken, other.treffers / other.bezoeken
    (low1, high1), (low2, high2) = share_range(one.treffers, one.bezoeken), share_range(other.treffers, other.bezoeken)
    gap = first - second
    return gap - math.hypot(first - low1, high2 - second) <= 0 <= gap + math.hypot(high1 - first, second - low2)


@dataclass(frozen=True, slots=True)
class Groep:
    """An area or a sector.

    Attributes:
        objecten: Active objects in it, the base of how often it is visited.
    """

    sleutel: str
    objecten: int | None
    totaal: Telling
    loting: Telling
    voorrang: Telling


@dataclass(frozen=True, slots=True)
class Teamlast:
    """When a team worked.

    Attributes:
        dagen: Dates with a control.
        avonden: Of these, dates with a control that began in the evening.
        weekenddagen: Of these, Saturdays and Sundays.
    """

    team_id: UUID | None
    bezoeken: int
    dagen: int
    avonden: int
    weekenddagen: int


def count(rows: Iterable[Bezoek]) -> Telling:
    """Number of controls and hits."""
    listed = list(rows)
    return Telling(len(listed), sum(row.treffer for row in listed))


def hide_small(numbers: Sequence[int], smallest: int) -> list[int | None]:
    """A column without its small numbers; when only one is hidden, the next smallest goes too, since the total is known.

    Zero is shown: it says of nobody in particular what was found.
    """
    hidden = {place for place, number in enumerate(numbers) if 0 < number < smallest}
    if len(hidden) == 1:
        others = [place for place, number in enumerate(numbers) if number > 0 and place not in hidden]
        hidden |= {min(others, key=lambda place: (numbers[place], place))} if others else set()
    return [None if place in hidden else number for place, number in enumerate(numbers)]


def groups(
    rows: Sequence[Bezoek], stock: dict[str, int], key: Callable[[Bezoek], str | None], smallest: int
) -> list[Groep]:
    """Controls per area or sector, every one of the stock shown, also with zero; rows without a key are left out."""
    members: dict[str, list[Bezoek]] = defaultdict(list)
    for row in rows:
        found = key(row)
        if found is not None:
            members[found].append(row)
    keys = sorted({*stock, *members})
    whole = hide_tallies([count(members[k]) for k in keys], smallest)
    parts = {
        share: hide_tallies([count(row for row in members[k] if row.aandeel is share) for k in keys], smallest)
        for share in (Herkomstaandeel.LOTING, Herkomstaandeel.VOORRANG)
    }
    objects = hide_small([stock.get(k, 0) for k in keys], smallest)
    found_groups = []
    for place, name in enumerate(keys):
        drawn, ranked = (parts[share][place] for share in (Herkomstaandeel.LOTING, Herkomstaandeel.VOORRANG))
        # One part of a row that is hidden could be found from the other and the total of the row.
        if drawn.bezoeken is None or ranked.bezoeken is None or whole[place].bezoeken is None:
            drawn = ranked = Telling(None, None)
        elif drawn.treffers is None or ranked.treffers is None or whole[place].treffers is None:
            drawn, ranked = Telling(drawn.bezoeken, None), Telling(ranked.bezoeken, None)
        found_groups.append(Groep(name, objects[place], whole[place], drawn, ranked))
    return found_groups


def hide_tallies(tallies: Sequence[Telling], smallest: int) -> list[Telling]:
    """Tallies without their small numbers; where the visits are hidden the hits are too."""
    visits = hide_small([telling.bezoeken or 0 for telling in tallies], smallest)
    hits = hide_small([telling.treffers or 0 for telling in tallies], smallest)
    return [Telling(number, None if number is None else hit) for number, hit in zip(visits, hits, strict=True)]


def team_loads(rows: Iterable[Bezoek], evening: int) -> dict[UUID | None, Teamlast]:
    """Dates, evenings and weekend days per team.

    Args:
        rows: The controls.
        evening: Minute of the day from which a control is evening work.
    """
    per_team: dict[UUID | None, list[Bezoek]] = defaultdict(list)
    for row in rows:
        per_team[row.team_id].append(row)
    return {
        team: Teamlast(
            team,
            len(own),
            len({row.datum for row in own}),
            len({row.datum for row in own if row.minuut is not None and row.minuut >= evening}),
            len({row.datum for row in own if row.datum.weekday() >= 5}),
        )
        for team, own in per_team.items()
    }
