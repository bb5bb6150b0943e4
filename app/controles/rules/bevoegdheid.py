"""Which law an inspector must be designated for, per object type (REG-17, ROL-23); one of them is enough.

The bye-law (APV) covers licensed premises and hospitality, the housing laws cover places to live.
"""

from app.gemeenten.status import Wet
from app.objecten.status import Objecttype

WETTEN: dict[Objecttype, tuple[Wet, ...]] = {
    Objecttype.SEKS: (Wet.APV,),
    Objecttype.MASS: (Wet.APV,),
    Objecttype.HOR: (Wet.APV, Wet.ALCOHOLWET),
    Objecttype.HOT: (Wet.APV,),
    Objecttype.BEDR: (Wet.APV, Wet.OMGEVINGSWET),
    Objecttype.WON: (Wet.HUISVESTINGSWET, Wet.GOED_VERHUURDERSCHAP, Wet.OMGEVINGSWET),
    Objecttype.LOG: (Wet.HUISVESTINGSWET, Wet.GOED_VERHUURDERSCHAP, Wet.OMGEVINGSWET, Wet.APV),
}
