"""Wishes about planning: whose count, and until when (PLN-17).

To everybody but the AF and the lead planner a wish is the planner's, whoever set it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.core.clock import business_date
from app.objecten.status import Wenszetter


@dataclass(frozen=True, slots=True)
class Stem:
    """One wish, or its withdrawal.

    Attributes:
        door: in which role.
        account: function account.
        tot: last day; None when it was withdrawn.
        op_verzoek_om: the public prosecutor asks it, so that the rhythm of a norm gives way as well.
    """

    door: Wenszetter
    account: str
    tot: date | None
    reden: str | None
    op_verzoek_om: bool
    op: datetime


@dataclass(frozen=True, slots=True)
class Wensstand:
    """What planning counts with; every field None when nothing holds."""

    vanaf: date | None
    tot: date | None
    norm_tot: date | None


def standing(stemmen: Iterable[Stem], vandaag: date) -> list[Stem]:
    """What each account says now, as far as it still holds; wishes stand oldest first."""
    latest = {stem.account: stem for stem in stemmen}
    return [stem for stem in latest.values() if stem.tot is not None and stem.tot >= vandaag]


def state_of(stemmen: Iterable[Stem], vandaag: date) -> Wensstand:
    """The wishes of an object of one kind together: the longest counts."""
    now = standing(stemmen, vandaag)
    return Wensstand(
        vanaf=min((business_date(stem.op) for stem in now), default=None),
        tot=max((stem.tot for stem in now if stem.tot), default=None),
        norm_tot=max((stem.tot for stem in now if stem.tot and stem.op_verzoek_om), default=None),
    )
