"""What happens when an address comes into view that is in view already (CAD-06)."""

from dataclasses import dataclass
from datetime import date

from app.objecten.rules.teksten import join_once
from app.objecten.tables import Risicoadres

MAX_REDEN, MAX_BRON = 2000, 500


@dataclass(frozen=True)
class Melding:
    """What was said about an address: reason, source, day in view, review day, last day in view."""

    reden: str
    bron: str
    in_beeld_op: date
    herzien_op: date
    vervalt_op: date | None


def merge_into(row: Risicoadres, said: Melding, due: date) -> bool:
    """Adds what was said to an open risk address; the earliest day in view and due date stay.

    Saying the same again changes nothing, so that an import may be repeated.

    Returns:
        Whether anything changed.
    """
    expires = None if row.vervalt_op is None or said.vervalt_op is None else max(row.vervalt_op, said.vervalt_op)
    merged = {
        "reden": join_once(row.reden, said.reden, MAX_REDEN),
        "bron": join_once(row.bron, said.bron, MAX_BRON),
        "in_beeld_op": min(row.in_beeld_op, said.in_beeld_op),
        "herzien_op": min(row.herzien_op, said.herzien_op),
        "vervalt_op": expires,
        "controle_voor": min(row.controle_voor, due),
    }
    changed = {name: value for name, value in merged.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)
