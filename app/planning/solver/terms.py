"""The published terms of a priority: the only grounds on which one visit may go before another.

Each term is a fact about an object, its permit or its history of controls. A signal, a score, a confidential
answer, a trait of a person, nationality, language, sector or the reputation of a neighbourhood is never a
term (design sections 1 and 7, DAT-13, PLN-08, PLN-10). A term that is not in this list cannot be made.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TermCode(StrEnum):
    """Code of a term; the value is its Dutch name."""

    TERMIJN = "termijn"
    LAATSTE_CONTROLE = "tijd sinds laatste controle"
    HERCONTROLE = "openstaande hercontrole"
    VLAG = "vlag"
    VERGUNNING = "vergunning"
    WENS = "wens van de planner"
    ASELECT = "aselecte trekking"


@dataclass(frozen=True, slots=True)
class TermRule:
    """What a term says, and since when.

    Attributes:
        code: The term.
        omschrijving: Dutch description for the screen and for the published account of the algorithm.
        versie: Version of the rule.
        geldig_vanaf: First day on which this version holds.
    """

    code: TermCode
    omschrijving: str
    versie: int
    geldig_vanaf: date


_SINCE = date(2026, 1, 1)
_COUNTED = date(2026, 11, 22)
"""From this day on re-checks and flags count; before, the terms were published and not used."""

TERMS: dict[TermCode, TermRule] = {
    rule.code: rule
    for rule in (
        TermRule(
            TermCode.TERMIJN,
            "Hoe dicht de uiterste datum van de norm of termijn nadert, of hoe ver die voorbij is.",
            1,
            _SINCE,
        ),
        TermRule(TermCode.LAATSTE_CONTROLE, "Hoe lang het object niet is gecontroleerd.", 1, _SINCE),
        TermRule(
            TermCode.HERCONTROLE,
            "Er staat een hercontrole open van een eerdere bevinding over naleving of van een maatregel.",
            2,
            _COUNTED,
        ),
        TermRule(TermCode.VLAG, "Een toezichthouder heeft kort geleden een vlag op het adres gezet.", 2, _COUNTED),
        TermRule(
            TermCode.VERGUNNING,
            "Een feit over de vergunning, zoals een nieuwe of aflopende vergunning.",
            1,
            _SINCE,
        ),
        TermRule(TermCode.WENS, "Een planner wil dat het object in deze periode wordt gecontroleerd.", 1, _SINCE),
        TermRule(
            TermCode.ASELECT,
            "Het object is door het lot getrokken, zodat het plan niet alleen zichzelf bevestigt.",
            1,
            _SINCE,
        ),
    )
}


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """One term of a priority with its points.

    Attributes:
        code: One of the published terms.
        punten: Points; whole numbers, so that a sum is the same on every machine.
    """

    code: TermCode
    punten: int

    def __post_init__(self) -> None:
        if not isinstance(self.code, TermCode):
            raise TypeError(f"{self.code!r} is not a published term")


def priority(terms: tuple[Term, ...]) -> int:
    """Sum of the points of all terms."""
    return sum(term.punten for term in terms)
