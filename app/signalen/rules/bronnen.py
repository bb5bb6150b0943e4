"""Where a manual signal may come from, and what its text may not hold because of it."""

import re
from collections.abc import Iterable

from app.signalen.status import Bronsoort, Urgentie

ALLEEN_AF = frozenset({Bronsoort.VEILIG_THUIS, Bronsoort.POLITIE, Bronsoort.ZORG, Bronsoort.MMA, Bronsoort.IKO})
"""Sources that reach the municipality through the AF (table G)."""

_VAN_ROL = {
    "pandbrigade": Bronsoort.PANDBRIGADE,
    "balie": Bronsoort.BALIE,
    "toezichthouder": Bronsoort.TOEZICHT,
    "teamleider": Bronsoort.TOEZICHT,
}
_MELDER = re.compile(
    r"\b(?i:melder|meldster|tipgever|tipgeefster|beller|belster|aangever|klokkenluider)\b[\s:,]+"
    r"(?:(?i:is|was|heet|heette|genaamd|noemt|noemde|woont|werkt|belt|mw|mevr|mevrouw|dhr|meneer|de\s+heer)\b|[A-Z])|"
    r"\b(?i:(?:naam|naw|gegevens|adres)\s+(?:van\s+)?(?:de\s+)?(?:melder|tipgever|beller|aangever))\b|"
    r"\b(?i:gemeld|getipt|doorgegeven|gebeld)\s+door\b"
)


def source_of(rollen: Iterable[str]) -> Bronsoort:
    """The source of a signal when nothing else is said: the submitter's own work."""
    found = [bron for rol, bron in _VAN_ROL.items() if rol in set(rollen)]
    return found[0] if found else Bronsoort.GEMEENTE_OVERIG


def mentions_reporter(text: str) -> bool:
    """Whether a text says something of who reported; an MMA tip may not (RTE-17, DAT-07)."""
    return _MELDER.search(text) is not None


def ground_fault(bron: Bronsoort, urgentie: Urgentie, *, niet_pluis: bool) -> str | None:
    """Why this is no signal, in Dutch, or None. A gut feeling is always enough (RTE-24); text alone is none."""
    own = bron in {*_VAN_ROL.values(), Bronsoort.GEMEENTE_OVERIG}
    if own and urgentie is Urgentie.REGULIER and not niet_pluis:
        return "staat op nee, dus er is geen signaal; zet 'niet pluis' op ja om het in te dienen"
    return None
