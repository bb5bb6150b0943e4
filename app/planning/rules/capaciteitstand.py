"""Whether the shifts that are left can hold all that the norms of a municipality still ask for, together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.objecten.status import Objecttype
from app.planning.rules.ruimte import Ruimte


@dataclass(frozen=True, slots=True)
class Vraag:
    """Visits that a norm still asks for and that are not planned.

    Attributes:
        soorten: Types of object that it asks for; one of them will do.
        bezoeken: Number of visits.
    """

    soorten: frozenset[Objecttype]
    bezoeken: int


@dataclass(frozen=True, slots=True)
class Capaciteitstand:
    """Minutes asked against minutes left.

    Attributes:
        bekend_tot: Last day for which the shifts are known; None when none are.
        diensten: Shifts with time left.
        minuten_vrij: Minutes left in them, for visits and travel.
        minuten_nodig: Minutes that the norms still ask for and that are not planned.
        te_weinig_voor: Types for which the shifts of the teams that may do them fall short, when they are known until the end.
        toelichting: Dutch sentence for the screen.
    """

    bekend_tot: date | None
    diensten: int
    minuten_vrij: int
    minuten_nodig: int
    te_weinig_voor: frozenset[Objecttype]
    toelichting: str


def capacity_state(ruimte: Ruimte, eind: date, vragen: Sequence[Vraag]) -> Capaciteitstand:
    """The state of the capacity until the end of the year.

    What is proved is a shortage: a type alone, or all norms together, asks for more than the shifts hold. That everything fits is
    for a planning round to say, which knows dates, opening hours and routes.
    """
    free = sum(d.minuten for d in ruimte.diensten)
    needed = sum(v.bezoeken * max((ruimte.minuten_per_bezoek.get(s, 0) for s in v.soorten), default=0) for v in vragen)
    if ruimte.bekend_tot is None:
        return Capaciteitstand(
            None, 0, 0, needed, frozenset(), "Er zijn geen diensten bekend; alleen de kalender telt."
        )
    short: frozenset[Objecttype] = frozenset()
    if ruimte.covers(eind):
        lacking = [v.soorten for v in vragen if v.bezoeken > ruimte.visits(v.soorten)]
        asked = [v.soorten for v in vragen if v.bezoeken] if needed > free else []
        short = frozenset[Objecttype]().union(*lacking, *asked)
    if short:
        text = "In de diensten die er dit jaar nog zijn, past niet alles wat de normen nog vragen."
    elif ruimte.covers(eind):
        text = "De diensten die er dit jaar nog zijn, hebben minuten genoeg voor wat de normen nog vragen."
    else:
        text = f"De diensten zijn bekend tot en met {ruimte.bekend_tot:%d-%m-%Y}; daarna telt alleen de kalender."
    return Capaciteitstand(ruimte.bekend_tot, len(ruimte.diensten), free, needed, short, text)
