"""The life of a measure as data: named steps between states (design section 3)."""

from app.maatregelen.status import Maatregelactie, Maatregelstatus

_VOORGENOMEN, _OPGELEGD = Maatregelstatus.VOORGENOMEN, Maatregelstatus.OPGELEGD

OVERGANGEN: dict[Maatregelactie, tuple[frozenset[Maatregelstatus], Maatregelstatus]] = {
    Maatregelactie.OPLEGGEN: (frozenset({_VOORGENOMEN}), _OPGELEGD),
    Maatregelactie.BEEINDIGEN: (frozenset({_OPGELEGD}), Maatregelstatus.BEEINDIGD),
    Maatregelactie.INTREKKEN: (frozenset({_VOORGENOMEN, _OPGELEGD}), Maatregelstatus.INGETROKKEN),
}

IN_GESCHIEDENIS = frozenset({_OPGELEGD, Maatregelstatus.BEEINDIGD})
"""What stands in the history of a place: an intended measure would warn, a withdrawn one would blame an honest owner."""


def step_fault(status: Maatregelstatus, actie: Maatregelactie) -> str | None:
    """Why this step cannot be made from this state, in Dutch; None when it can."""
    van, _ = OVERGANGEN[actie]
    return None if status in van else f"Deze maatregel is al {status.value}; {actie.value} kan dan niet."
