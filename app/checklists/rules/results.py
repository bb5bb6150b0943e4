"""What goes into an evaluation beside the answers, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from app.checklists.rules.cel import Waarde
from app.checklists.rules.content import Klasse


class Oordeel(StrEnum):
    """What became of one answer."""

    GELDIG = "geldig"
    FOUT = "fout"
    TELT_NIET = "telt niet"
    SERVERWAARDE = "serverwaarde"


@dataclass(frozen=True, slots=True)
class ItemOordeel:
    """The verdict on one answer, with the reason in Dutch when it does not count as sent."""

    oordeel: Oordeel
    klasse: Klasse
    reden: str | None = None


@dataclass(frozen=True, slots=True)
class Treffer:
    """An answer that carries a weight."""

    item: str
    gewicht: str
    antwoord: str


@dataclass(frozen=True, slots=True)
class Situatie:
    """What is known about a control beside its answers.

    Attributes:
        partners: participating services; they count as the answer to the partner item until it is answered.
        gekozen: items that the inspector opened by choice.
        aanleiding: the reason of the control, such as 'woongebruik'; some items then stay empty.
        register: values of items that the server takes from the object register, by item code.
    """

    partners: frozenset[str] = frozenset()
    gekozen: frozenset[str] = frozenset()
    aanleiding: str | None = None
    register: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Evaluatie:
    """The outcome for one control.

    Attributes:
        objecttype: the object type that was judged.
        oordelen: verdict per answer that was sent, unknown codes included.
        waarden: the answers that count, prefilled and calculated ones included.
        berekend: the values that the server calculated or took from the register.
        vooringevuld: items whose value was prefilled and not answered.
        open_items: items to show, in the order of the lists.
        treffers: answers that carry a weight and count.
        niet_geteld: answers that would carry a weight, if the condition of their item held.
        niet_vastgesteld: items that count and are 'niet vastgesteld'.
        ontbrekende_kern: core items that apply and have no valid answer.
    """

    objecttype: str
    oordelen: Mapping[str, ItemOordeel]
    waarden: Mapping[str, Waarde]
    berekend: Mapping[str, Waarde]
    vooringevuld: frozenset[str]
    open_items: tuple[str, ...]
    treffers: tuple[Treffer, ...]
    niet_geteld: tuple[Treffer, ...]
    niet_vastgesteld: frozenset[str]
    ontbrekende_kern: tuple[str, ...]
