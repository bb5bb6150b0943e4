"""What the shifts that are left can still hold: a norm is in danger by the capacity there is, not by the calendar alone.

Beyond the last shift that is known nothing is known: there the calendar decides, as it did before shifts were entered.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.objecten.status import Objecttype
from app.planning.rules.kalender import Dagkeuze


@dataclass(frozen=True, slots=True)
class Vrijedienst:
    """What is left of one shift.

    Attributes:
        datum: Business date.
        minuten: Minutes for visits and travel that are not taken yet.
        mag: Types that the team may control on that day (REG-17).
        leeg: Nothing is planned on it yet, so that an actie can take it as a whole.
    """

    datum: date
    minuten: int
    mag: frozenset[Objecttype]
    leeg: bool


@dataclass(frozen=True, slots=True)
class Ruimte:
    """The shifts that are left in a period.

    Attributes:
        diensten: What is left of each.
        bekend_tot: Last day for which the shifts are known: the Sunday after the last one. None when there are none.
        minuten_per_bezoek: Minutes on the spot and of travel, per type.
    """

    diensten: Sequence[Vrijedienst]
    bekend_tot: date | None
    minuten_per_bezoek: dict[Objecttype, int]

    def days_for(self, soort: Objecttype, anders: Dagkeuze) -> Dagkeuze:
        """The days on which an object of this type can be controlled: by the shifts, or by `anders` where none are known."""
        needed = self.minuten_per_bezoek.get(soort, 0)
        return self._choice({d.datum for d in self.diensten if soort in d.mag and d.minuten >= needed}, anders)

    def days_for_actie(self, aantal: int, anders: Dagkeuze) -> Dagkeuze:
        """The days with at least so many empty shifts."""
        empty = Counter(d.datum for d in self.diensten if d.leeg)
        return self._choice({day for day, number in empty.items() if number >= aantal}, anders)

    def visits(self, soorten: Collection[Objecttype]) -> int:
        """How many visits of these types fit, each of the longest duration among them."""
        needed = max((self.minuten_per_bezoek.get(soort, 0) for soort in soorten), default=0)
        if needed <= 0:
            return 0
        return sum(d.minuten // needed for d in self.diensten if not d.mag.isdisjoint(soorten))

    def covers(self, dag: date) -> bool:
        """Whether the shifts are known up to and including a day."""
        return self.bekend_tot is not None and dag <= self.bekend_tot

    def _choice(self, days: set[date], anders: Dagkeuze) -> Dagkeuze:
        return lambda dag: dag in days if self.covers(dag) else anders(dag)


ONBEKEND = Ruimte((), None, {})


def known_until(dagen: Collection[date]) -> date | None:
    """The Sunday on or after the last shift: rosters are made by the week."""
    return max(dagen) + timedelta(days=6 - max(dagen).weekday()) if dagen else None
