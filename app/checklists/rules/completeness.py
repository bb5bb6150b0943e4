"""Whether a control counts for a norm, and which answers may leave the confidential part."""

from collections.abc import Mapping
from typing import NamedTuple

from app.checklists.rules.catalogue import Catalogus
from app.checklists.rules.content import NIET_VASTGESTELD
from app.checklists.rules.results import Evaluatie


class PerKlasse(NamedTuple):
    """Answers apart per class (DAT-13)."""

    naleving: dict[str, object]
    vertrouwelijk: dict[str, object]


def bedrijfsplan_answered(catalogus: Catalogus, evaluatie: Evaluatie) -> bool:
    """Whether the questions about the business plan are answered (CAD-01).

    'Niet vastgesteld' is no answer here: such a control does not count for the norm of a sex establishment.
    """
    return all(_is_answered(evaluatie, code) for code in catalogus.rekenregel.bedrijfsplan_items)


def open_arbeid_kern(catalogus: Catalogus, evaluatie: Evaluatie) -> tuple[str, ...]:
    """The labour core questions that nobody filled in: an integral business control is not closed before they are (CAD-03).

    'Niet vastgesteld' is filled in: who could speak to nobody must be able to leave without a guess (checklists rule 6).
    Such a control is closed and counts for no norm, see `arbeid_kern_answered`. Empty for any other object type.
    """
    return tuple(code for code in evaluatie.ontbrekende_kern if code in _arbeid_kern(catalogus, evaluatie))


def arbeid_kern_answered(catalogus: Catalogus, evaluatie: Evaluatie) -> bool:
    """Whether the labour core of the object type counts for the norm (CAD-03); 'niet vastgesteld' is no answer here.

    An item whose condition does not hold (nobody was spoken to) is not asked and does not stand in the way.
    False for an object type that is no integral business control.
    """
    if evaluatie.objecttype not in catalogus.rekenregel.arbeidslijst.objecttypen:
        return False
    return all(_is_answered(evaluatie, code) for code in _arbeid_kern(catalogus, evaluatie))


def _arbeid_kern(catalogus: Catalogus, evaluatie: Evaluatie) -> list[str]:
    lijst = catalogus.rekenregel.arbeidslijst
    if evaluatie.objecttype not in lijst.objecttypen:
        return []
    return [
        item.code
        for item in catalogus.checklists[lijst.lijst].items
        if evaluatie.objecttype in item.kern and item.code in evaluatie.open_items
    ]


def _is_answered(evaluatie: Evaluatie, code: str) -> bool:
    return evaluatie.waarden.get(code, NIET_VASTGESTELD) != NIET_VASTGESTELD


def split_by_class(catalogus: Catalogus, antwoorden: Mapping[str, object]) -> PerKlasse:
    """Put answers apart per class; what is not in the lists is confidential, since nobody judged it."""
    apart = PerKlasse({}, {})
    for code, waarde in antwoorden.items():
        (apart.naleving if code in catalogus.in_dossier else apart.vertrouwelijk)[code] = waarde
    return apart
