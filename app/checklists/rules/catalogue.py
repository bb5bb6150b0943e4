"""One consistent set of checklist versions, compiled and ready to evaluate.

A control keeps the versions of its date (checklists, rule 10); `Catalogus.versies` is what to store with it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter

from app.checklists.rules.cel import Formule, calculate, compile_formula
from app.checklists.rules.content import Checklist, Item, Rekenregel, cel_name
from app.checklists.rules.dossier import items_for_files
from app.checklists.rules.regel import Regel


@dataclass(frozen=True, slots=True)
class Catalogus:
    """All items of one set of versions.

    Attributes:
        rekenregel: the scoring rule in force.
        checklists: the lists, by code.
        regels: all items by code, in the order of the lists.
        volgorde: per object type the items, each after the items that its condition and calculation read.
        normformules: the formulas of the names NORM_..., over the keys of the norm table.
        in_dossier: the items whose answers may stand in a file; all others are confidential (DAT-13).
    """

    rekenregel: Rekenregel
    checklists: Mapping[str, Checklist]
    regels: Mapping[str, Regel]
    volgorde: Mapping[str, tuple[Regel, ...]]
    normformules: Mapping[str, Formule]
    in_dossier: frozenset[str]

    @property
    def versies(self) -> dict[str, int]:
        """The version per list, and of the scoring rule under 'rekenregel'."""
        lijsten = {code: checklist.versie for code, checklist in sorted(self.checklists.items())}
        return {**lijsten, "rekenregel": self.rekenregel.versie}

    def norm_values(self, normen: Mapping[str, float | None]) -> dict[str, float | None]:
        """Turn the norms of a municipality on one date into the names that formulas use.

        Args:
            normen: value per key of the norm table; a missing key or None means that there is no such norm.

        Returns:
            Every NORM_ name with its value, or None: then nothing follows from it.
        """
        return {naam: calculate(formule, normen) for naam, formule in self.normformules.items()}


def dependencies(item: Item, regel: Regel) -> set[str]:
    """The names of the items that must be known before this one: condition, calculation and opener."""
    namen: set[str] = set()
    for formule in (regel.voorwaarde, regel.berekening):
        namen |= formule.variabelen if formule else frozenset()
    if item.opent_bij and item.opent_bij.item:
        namen.add(cel_name(item.opent_bij.item))
    return namen


def compile_item(item: Item) -> Regel:
    """Compile the formulas of an item.

    Raises:
        FormuleError: one of them is wrong.
    """
    return Regel(
        item,
        compile_formula(item.voorwaarde.cel) if item.voorwaarde else None,
        compile_formula(item.berekening) if item.berekening else None,
        tuple((trigger, compile_formula(trigger.cel)) for trigger in item.triggers),
    )


def sort_items(regels: Iterable[Regel]) -> list[Regel]:
    """Put each item after the items that it depends on.

    Raises:
        graphlib.CycleError: items depend on each other; the second argument is the circle.
    """
    op_naam = {regel.item.naam: regel for regel in regels}
    graaf = {naam: dependencies(regel.item, regel) & op_naam.keys() for naam, regel in op_naam.items()}
    return [op_naam[naam] for naam in TopologicalSorter(graaf).static_order()]


def build_catalogue(rekenregel: Rekenregel, checklists: Iterable[Checklist]) -> Catalogus:
    """Compile a set of versions that `checks` found sound."""
    op_plek = sorted(checklists, key=lambda checklist: rekenregel.lijsten.index(checklist.code))
    lijsten = {checklist.code: checklist for checklist in op_plek}
    regels = {item.code: compile_item(item) for lijst in lijsten.values() for item in lijst.items}
    gesorteerd = sort_items(regels.values())
    return Catalogus(
        rekenregel=rekenregel,
        checklists=lijsten,
        regels=regels,
        volgorde={
            soort: tuple(regel for regel in gesorteerd if soort in regel.item.objecttypen)
            for soort in rekenregel.objecttypen
        },
        normformules={naam: compile_formula(bron) for naam, bron in rekenregel.normnamen.items()},
        in_dossier=items_for_files(regels),
    )
