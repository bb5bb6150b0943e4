"""Which trainings a task asks for. Nothing here blocks a control: who goes is the team leader's choice, the plan warns (TRN-04)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.gemeenten.status import Opleidingsoort

TREKKER = (Opleidingsoort.WOONFRAUDE, Opleidingsoort.IDENTITEIT, Opleidingsoort.UITBUITING)
"""What whoever leads a shift is trained in (TRN-04, DH)."""


@dataclass(frozen=True, slots=True)
class Geschoold:
    """A training of one account and the days on which it holds.

    Attributes:
        tot: last day; None is until further notice.
    """

    soort: Opleidingsoort
    vanaf: date
    tot: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.vanaf <= day and (self.tot is None or day <= self.tot)


def missing_trainings(
    trained: Collection[Geschoold], needed: Collection[Opleidingsoort], day: date
) -> list[Opleidingsoort]:
    """Those that are needed and hold no more, or never did, on a day; in the order of `needed`."""
    valid = {training.soort for training in trained if training.holds_on(day)}
    return [soort for soort in needed if soort not in valid]


def share_trained(members: Collection[Collection[Geschoold]], soort: Opleidingsoort, day: date) -> int | None:
    """How many per cent of a team hold a training on a day, rounded; None without members (TRN-01)."""
    if not members:
        return None
    held = sum(any(t.soort is soort and t.holds_on(day) for t in member) for member in members)
    return round(100 * held / len(members))
