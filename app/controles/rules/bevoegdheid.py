"""Which law an inspector must be designated for, per object type (REG-17, ROL-23); one of them is enough.

The bye-law (APV) covers licensed premises and hospitality, the housing laws cover places to live.
"""

from app.gemeenten.status import Wet
from app.objecten.status import Objecttype

WETTEN: dict[Objecttype, frozenset[Wet]] = {
    Objecttype.SEKS: frozenset({Wet.APV}),
    Objecttype.MASS: frozenset({Wet.APV}),
    Objecttype.HOR: frozenset({Wet.APV, Wet.ALCOHOLWET}),
    Objecttype.HOT: frozenset({Wet.APV}),
    Objecttype.BEDR: frozenset({Wet.APV, Wet.OMGEVINGSWET}),
    Objecttype.WON: frozenset({Wet.HUISVESTINGSWET, Wet.GOED_VERHUURDERSCHAP, Wet.OMGEVINGSWET}),
    Objecttype.LOG: frozenset({Wet.HUISVESTINGSWET, Wet.GOED_VERHUURDERSCHAP, Wet.OMGEVINGSWET, Wet.APV}),
}
