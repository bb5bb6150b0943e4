"""Parts of the day, and in which of them to try again after a closed door (PLN-15). The hours are dated settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.core.clock import AMSTERDAM

DAG = 24 * 60
OCHTEND_UUR, MIDDAG_UUR, AVOND_UUR = "DAGDEEL_OCHTEND_UUR", "DAGDEEL_MIDDAG_UUR", "DAGDEEL_AVOND_UUR"


class Dagdeelnaam(StrEnum):
    """Parts of a working day; the evening runs on until the morning."""

    OCHTEND = "ochtend"
    MIDDAG = "middag"
    AVOND = "avond"


@dataclass(frozen=True, slots=True)
class Dagdeel:
    """A part of the day in minutes after midnight, Europe/Amsterdam; `tot` may lie past midnight (over 1440)."""

    naam: Dagdeelnaam
    van: int
    tot: int


def parts_of_day(normen: Mapping[str, float]) -> list[Dagdeel]:
    """The parts of the day by the norm table; none when their hours are not set, so that nobody works with hours that no one chose."""
    if not {OCHTEND_UUR, MIDDAG_UUR, AVOND_UUR} <= normen.keys():
        return []
    ochtend, middag, avond = (int(normen[key] * 60) for key in (OCHTEND_UUR, MIDDAG_UUR, AVOND_UUR))
    return [
        Dagdeel(Dagdeelnaam.OCHTEND, ochtend, middag),
        Dagdeel(Dagdeelnaam.MIDDAG, middag, avond),
        Dagdeel(Dagdeelnaam.AVOND, avond, ochtend + DAG),
    ]


def part_at(delen: Sequence[Dagdeel], moment: datetime) -> Dagdeel | None:
    """The part of the day in which a moment falls."""
    local = moment.astimezone(AMSTERDAM)
    minuut = local.hour * 60 + local.minute
    return next((deel for deel in delen if deel.van <= minuut < deel.tot or deel.van <= minuut + DAG < deel.tot), None)


def retry_parts(delen: Sequence[Dagdeel], pogingen: Sequence[datetime]) -> list[Dagdeel]:
    """The parts of the day for the next try, the best first.

    A part in which nobody answered is not tried again before the others; of those the latest in the day goes first, since then most
    people are in. When all were tried, only the last one is avoided.

    Args:
        delen: the parts of the day.
        pogingen: moments of the attempts since somebody was inside, oldest first.
    """
    tried = [deel for moment in pogingen if (deel := part_at(delen, moment)) is not None]
    fresh = [deel for deel in delen if deel not in tried]
    wanted = fresh or [deel for deel in delen if deel != tried[-1]]
    return sorted(wanted, key=lambda deel: deel.van, reverse=True)
