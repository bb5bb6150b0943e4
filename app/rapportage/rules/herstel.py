"""When a shortcoming was put right, judged from compliance answers alone (RPT-04, PLN-12)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.checklists.rules.content import NIET_VASTGESTELD


@dataclass(frozen=True, slots=True)
class Bezoek:
    """A finished control as a look back sees it.

    Attributes:
        antwoorden: by item, what may stand in a file; empty when it serves no enforcement.
        tekorten: items on which a shortcoming was found.
    """

    datum: date
    antwoorden: Mapping[str, Any]
    tekorten: frozenset[str]

    def answers(self, item: str) -> bool:
        """Whether the item was established here; 'niet vastgesteld' never counts."""
        return bool(self.antwoorden.get(item, NIET_VASTGESTELD) != NIET_VASTGESTELD)


def repaired_on(item: str, found_on: date, visits: Iterable[Bezoek]) -> date | None:
    """The day of the first later control at which the question was answered without a shortcoming."""
    later = (v.datum for v in visits if v.datum > found_on and v.answers(item) and item not in v.tekorten)
    return min(later, default=None)


def found_again(item: str, found_on: date, visits: Iterable[Bezoek]) -> bool:
    """Whether a later control found the same shortcoming, which then takes the place of this one."""
    return any(v.datum > found_on and item in v.tekorten for v in visits)
