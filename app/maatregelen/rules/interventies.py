"""An intervention of the catalogue, and what it fits (INS-11)."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Interventie:
    """One intervention.

    Attributes:
        maatregel: kind of measure that it leads to.
        gronden: codes of legal grounds that go with it.
        orgaan: who decides.
        om: the public prosecutor must agree before it is final (ROL-12).
        zwaarte: the lightest stands first.
        items: questions whose finding proposes it; with `barrieres` and `objecttypen`: empty means any.
    """

    code: str
    maatregel: str
    gronden: tuple[str, ...]
    orgaan: str
    voorwaarden: tuple[str, ...]
    stappen: tuple[str, ...]
    om: bool
    zwaarte: int
    items: frozenset[str]
    barrieres: frozenset[str]
    objecttypen: frozenset[str]

    def told(self) -> dict[str, Any]:
        """What a proposal shows; not what it is matched on."""
        return {
            "code": self.code,
            "maatregel": self.maatregel,
            "gronden": list(self.gronden),
            "orgaan": self.orgaan,
            "voorwaarden": list(self.voorwaarden),
            "stappen": list(self.stappen),
            "afstemmen_met_om": self.om,
        }


def fits(one: Interventie, item: str, barriere: str, objecttype: str) -> bool:
    """Whether it goes with a finding: its question is named, or no question is and its barrier is; and the kind of object."""
    if one.objecttypen and objecttype not in one.objecttypen:
        return False
    return item in one.items if one.items else barriere in one.barrieres


def asks_om(catalogue: dict[str, Interventie], interventie: str | None, soort: str, grondslag: str) -> bool:
    """Whether the public prosecutor must agree: the chosen intervention says so, or one of this kind on this ground does."""
    if interventie is not None and interventie in catalogue and catalogue[interventie].om:
        return True
    return any(one.om and one.maatregel == soort and grondslag in one.gronden for one in catalogue.values())
