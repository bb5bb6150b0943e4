"""Which objects can be linked by a number, and which numbers may link them (REG-19, REG-05)."""

import re

from app.objecten.rules.nummers import parse_kvk
from app.objecten.status import Koppelsleutel, Objecttype

VERBLIJF = frozenset({Objecttype.LOG, Objecttype.HOT})
"""Types of which a part can be a dwelling: not linked at an address that is a dwelling too."""

_HOUDER = re.compile(r"(?=[^\d]*\d)[A-Z0-9][A-Z0-9._/-]{1,39}", re.ASCII)


def may_be_linked(soort: Objecttype, *, woning_op_adres: bool) -> bool:
    """Whether an object may be linked: a dwelling never, nor a lodging at an address that is a dwelling too."""
    return soort is not Objecttype.WON and not (soort in VERBLIJF and woning_op_adres)


def parse_number(soort: Koppelsleutel, text: str) -> str:
    """A number in the form in which two of them are compared.

    Raises:
        ValueError: no such number; the Dutch text is fit for a screen. A reference of a permit holder holds a digit and no
            space, so that no name can stand in its place.
    """
    if soort is Koppelsleutel.KVK:
        return parse_kvk(text)
    reference = text.strip().upper()
    if not _HOUDER.fullmatch(reference):
        raise ValueError(
            "is geen kenmerk van een vergunninghouder; dat heeft letters en minstens één cijfer, zonder spaties en nooit een naam"
        )
    return reference
