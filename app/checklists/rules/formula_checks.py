"""Whether the formulas of an item read known names and fit the types of the answers.

Each formula is run on sample answers. A type error that would otherwise hide behind an unanswered item is
found when the content is loaded, and not at somebody's door.
"""

from collections.abc import Iterator, Mapping
from itertools import islice, product

from app.checklists.rules.cel import Formule, FormuleError, Omgeving, Waarde
from app.checklists.rules.content import NIET_VASTGESTELD, Antwoordtype, Item, Rekenregel
from app.checklists.rules.regel import Regel

_GETALLEN: tuple[Waarde, ...] = (0.0, 1.0, 7.5, 1000.0)
_MAXIMUM = 600  # combinations of sample answers per formula


def formula_faults(regel: Regel, items: Mapping[str, Item], rekenregel: Rekenregel) -> Iterator[str]:
    """Find names that do not exist and types that do not fit, in every formula of an item."""
    namen = {item.naam: item for item in items.values()}
    item = regel.item
    formules: list[tuple[str, Formule]] = [
        (wat, formule)
        for wat, formule in (("voorwaarde", regel.voorwaarde), ("berekening", regel.berekening))
        if formule is not None
    ]
    formules += [(f"trigger {trigger.gewicht}", formule) for trigger, formule in regel.triggers]
    for wat, formule in formules:
        vreemd = [n for n in sorted(formule.variabelen) if n not in namen and n not in rekenregel.normnamen]
        if vreemd:
            yield f"{wat} noemt {', '.join(vreemd)}: geen item en geen norm"
            continue
        try:
            uitkomsten = _run_samples(formule, namen)
        except FormuleError as fout:
            yield f"{wat}: {fout}"
            continue
        if wat == "berekening":
            yield from _result_faults(item, uitkomsten)
        elif not all(isinstance(uitkomst, bool) for _, uitkomst in uitkomsten):
            yield f"{wat} geeft geen waar of onwaar"
        elif wat != "voorwaarde":
            yield from _trigger_faults(regel, formule, uitkomsten)


def _samples(item: Item | None) -> tuple[Waarde, ...]:
    if item is None or item.antwoordtype is Antwoordtype.GETAL:
        return _GETALLEN
    if item.meervoudig:
        enkel: list[Waarde] = [[keuze] for keuze in (*item.keuzes, NIET_VASTGESTELD)]
        return (*enkel, list(item.keuzes[:2]))
    return (*item.keuzes, NIET_VASTGESTELD) if item.keuzes else ("tekst",)


def _run_samples(formule: Formule, namen: Mapping[str, Item]) -> list[tuple[dict[str, Waarde], Waarde]]:
    volgorde = sorted(formule.variabelen)
    waarden = [_samples(namen.get(naam)) for naam in volgorde]
    uitkomsten = []
    for rij in islice(product(*waarden), _MAXIMUM):
        invoer: dict[str, Waarde] = dict(zip(volgorde, rij, strict=True))
        uitkomsten.append((invoer, Omgeving(invoer).evaluate(formule)))
    return uitkomsten


def _result_faults(item: Item, uitkomsten: list[tuple[dict[str, Waarde], Waarde]]) -> Iterator[str]:
    leeg = (None, NIET_VASTGESTELD)
    for _, uitkomst in uitkomsten:
        past = isinstance(uitkomst, float) if not item.keuzes else uitkomst in item.keuzes
        if uitkomst not in leeg and not past:
            yield f"berekening geeft {uitkomst!r}, dat is geen antwoord van dit item"
            return


def _trigger_faults(
    regel: Regel, formule: Formule, uitkomsten: list[tuple[dict[str, Waarde], Waarde]]
) -> Iterator[str]:
    """The formula of a trigger must be true for its answer, and for no other answer."""
    naam = regel.item.naam
    trigger = next(trigger for trigger, eigen in regel.triggers if eigen is formule)
    if naam not in formule.variabelen:
        yield f"trigger {trigger.gewicht} leest {regel.item.code} zelf niet"
        return
    if trigger.antwoord is None:
        return
    treffers = [invoer[naam] for invoer, uitkomst in uitkomsten if uitkomst]
    gelijk = [
        antwoord == trigger.antwoord or (isinstance(antwoord, list) and trigger.antwoord in antwoord)
        for antwoord in treffers
    ]
    if not gelijk or not all(gelijk):
        yield f"trigger {trigger.gewicht}: de formule hoort niet bij het antwoord '{trigger.antwoord}'"
