"""What registers of horeca permits have in common: kinds of business, and the object that a permit stands for."""

import re

from app.objecten.adapters.velden import Velden
from app.objecten.rules.importrij import VergunningRij
from app.objecten.status import Objecttype, Vergunningsoort, Vergunningstatus

_TYPES = (
    (re.compile(r"seks|prostitu|bordeel"), Objecttype.SEKS, Vergunningsoort.SEKSINRICHTING, "seks"),
    (re.compile(r"massage"), Objecttype.MASS, Vergunningsoort.MASSAGE, "massagesalon"),
    (re.compile(r"hotel|hostel|pension|bed ?(?:&|en|and) ?breakfast"), Objecttype.HOT, Vergunningsoort.HORECA, "hotel"),
)
STATUSES = {
    "verleend": Vergunningstatus.VERLEEND,
    "actueel": Vergunningstatus.VERLEEND,
    "ingetrokken": Vergunningstatus.INGETROKKEN,
    "geweigerd": Vergunningstatus.GEWEIGERD,
    "vervallen": Vergunningstatus.VERVALLEN,
    "verlopen": Vergunningstatus.VERVALLEN,
    "aangevraagd": Vergunningstatus.AANGEVRAAGD,
    "ingekomen": Vergunningstatus.AANGEVRAAGD,
    "in behandeling": Vergunningstatus.AANGEVRAAGD,
    "advies aangevraagd": Vergunningstatus.AANGEVRAAGD,
}


def kind_of_business(told: str) -> tuple[Objecttype, Vergunningsoort, str]:
    """Type, kind of permit and sector by the words of a register; what says nothing else is horeca."""
    for pattern, soort, permit, sector in _TYPES:
        if pattern.search(told.lower()):
            return soort, permit, sector
    return Objecttype.HOR, Vergunningsoort.HORECA, "horeca"


def read_status(fields: Velden, name: str) -> Vergunningstatus | None:
    """The status of a permit; one that is not known is a fault, for a guess would make a permit of it."""
    told = fields.text(name, needed=True).lower()
    status = STATUSES.get(told)
    if status is None and told:
        fields.refuse(name, f"is geen bekende status; bekend zijn {', '.join(STATUSES)}")
    return status


def read_period(fields: Velden, permit: tuple[Vergunningsoort, str, Vergunningstatus | None]) -> VergunningRij | None:
    """The permit with the days of the columns `begindatum` and `einddatum`."""
    since, until = fields.day("begindatum", needed=True), fields.last_day("einddatum")
    if until is not None and since is not None and until < since:
        fields.refuse("einddatum", "ligt voor begindatum")
    soort, nummer, status = permit
    if not nummer or since is None or status is None:
        return None
    return VergunningRij(soort, nummer, status, since, until)
