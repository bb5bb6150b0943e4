"""An item with its formulas compiled."""

from dataclasses import dataclass

from app.checklists.rules.cel import Formule
from app.checklists.rules.content import Item, Trigger


@dataclass(frozen=True, slots=True)
class Regel:
    """An item with its compiled formulas."""

    item: Item
    voorwaarde: Formule | None
    berekening: Formule | None
    triggers: tuple[tuple[Trigger, Formule], ...]
