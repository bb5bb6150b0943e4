"""All versions of the content, and which of them holds on a date.

A control keeps the versions of its date (checklists, rule 10); a concept never holds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from app.checklists.rules.catalogue import Catalogus, build_catalogue
from app.checklists.rules.content import Bronnen, Checklist, Normen, Rekenregel, Status, Versie

V = TypeVar("V", bound=Versie)


REKENREGEL = "rekenregel"  # its key among the versions that a control keeps


class ChecklistversieNotFoundError(LookupError):
    """No published version holds on the date, or the version does not exist."""


@dataclass(frozen=True, slots=True)
class Bibliotheek:
    """All content, every version."""

    checklists: tuple[Checklist, ...]
    rekenregels: tuple[Rekenregel, ...]
    bronnen: tuple[Bronnen, ...]
    normen: tuple[Normen, ...]

    def versions_on(self, datum: date) -> dict[str, int]:
        """The published version of each list and of the rekenregel that holds on a date.

        Raises:
            ChecklistversieNotFoundError: no list or no rekenregel holds yet on that date.
        """
        gevonden = {c.code: c.versie for c in current(self.checklists, datum)}
        regels = current(self.rekenregels, datum)
        if not gevonden or not regels:
            raise ChecklistversieNotFoundError(f"Op {datum:%d-%m-%Y} gold nog geen checklist.")
        return {**dict(sorted(gevonden.items())), REKENREGEL: regels[0].versie}

    def checklist(self, code: str, versie: int) -> Checklist:
        """One list in one version.

        Raises:
            ChecklistversieNotFoundError: there is none.
        """
        for checklist in self.checklists:
            if (checklist.code, checklist.versie) == (code, versie):
                return checklist
        raise ChecklistversieNotFoundError(f"Checklist {code} versie {versie} bestaat niet.")

    def rekenregel(self, versie: int) -> Rekenregel:
        """The scoring rule in one version.

        Raises:
            ChecklistversieNotFoundError: there is none.
        """
        for regel in self.rekenregels:
            if regel.versie == versie:
                return regel
        raise ChecklistversieNotFoundError(f"Rekenregel versie {versie} bestaat niet.")

    def catalogue(self, versies: Mapping[str, int]) -> Catalogus:
        """Compile a set of versions, as `versions_on` gives them and a control keeps them.

        Raises:
            ChecklistversieNotFoundError: one of them does not exist.
        """
        nummer = versies.get(REKENREGEL)
        regel = next((r for r in self.rekenregels if r.versie == nummer), None)
        if regel is None:
            raise ChecklistversieNotFoundError(f"Rekenregel versie {nummer} bestaat niet.")
        return build_catalogue(regel, [self.checklist(code, v) for code, v in versies.items() if code != REKENREGEL])


def current(versies: Iterable[V], datum: date) -> list[V]:
    """Per list the newest published version on a date."""
    per_lijst: dict[str, V] = {}
    for versie in sorted(versies, key=lambda v: (v.geldig_vanaf, v.versie)):
        if versie.status is Status.GEPUBLICEERD and versie.geldig_vanaf <= datum:
            per_lijst[versie.code if isinstance(versie, Checklist) else ""] = versie
    return list(per_lijst.values())
