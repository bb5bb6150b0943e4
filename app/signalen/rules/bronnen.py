"""Where a manual signal may come from, and what its text may not hold because of it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from app.signalen.status import Bronsoort, Urgentie

EIGEN_WERK = frozenset({Bronsoort.TOEZICHT, Bronsoort.PANDBRIGADE})
"""Sources of which who submits is who saw it; of all others a text may say nothing of who reported."""

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


MET_KENMERK = frozenset({Bronsoort.IKO, Bronsoort.POLITIE, Bronsoort.VEILIG_THUIS, Bronsoort.ZORG})
"""Sources that number what they send. A tip to MMA keeps nothing that leads back to it (DAT-07)."""


def reference_fault(bron: Bronsoort, kenmerk: str | None) -> str | None:
    """Why the reference does not fit the source, in Dutch, or None; a signal of the IKO keeps its number (REG-11)."""
    if kenmerk is None:
        return "ontbreekt; geef het nummer van het IKO" if bron is Bronsoort.IKO else None
    return None if bron in MET_KENMERK else "hoort niet bij deze bron; laat het weg"


def kind_of(kenmerken: Mapping[str, Any]) -> Bronsoort:
    """The kind under which the monitor counts a source of the list 'signaalbronnen' (MON-03)."""
    soort = kenmerken.get("bronsoort")
    return Bronsoort(soort) if soort in set(Bronsoort) else Bronsoort.ANDERS


def mentions_reporter(text: str) -> bool:
    """Whether a text says something of who reported (RTE-17, DAT-07)."""
    return _MELDER.search(text) is not None


def ground_fault(bron: Bronsoort, urgentie: Urgentie, *, grond: bool) -> str | None:
    """Why this is no signal, in Dutch, or None. A gut feeling or something seen is enough (RTE-24); text alone is none (M39)."""
    own = bron in {*_VAN_ROL.values(), Bronsoort.GEMEENTE_OVERIG}
    if own and urgentie is Urgentie.REGULIER and not grond:
        return "staat op nee, dus er is geen signaal; zet 'niet pluis' op ja om het in te dienen"
    return None
