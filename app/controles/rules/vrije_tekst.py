"""Runs the text filter over answers before anything is stored; a refused text becomes its reasons (design section 7, V11)."""

import re
from collections.abc import Mapping
from typing import Any

from app.checklists.rules.catalogue import Catalogus
from app.checklists.rules.content import Antwoordtype
from app.core.text_filter import Filteroordeel, Filterreden, check_text, refuse_or_warn
from app.objecten.status import Objecttype

STRENG = frozenset({Objecttype.SEKS, Objecttype.MASS, Objecttype.WON})
GEWEIGERD = "geweigerd"
WOONRUIMTE = "woning of bewoond deel"
KENMERK = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)


def is_strict(objecttype: Objecttype, ruimte: object = None) -> bool:
    """Whether a hit refuses the text outright: sex establishments, massage parlours and wherever people live.

    Args:
        objecttype: type of the object.
        ruimte: the answer to the question what kind of space it is (BEV-01).
    """
    return objecttype in STRENG or ruimte == WOONRUIMTE


def clean_text(
    text: str, *, strict: bool, bekend: frozenset[str], reden: Filterreden | None = None
) -> str | dict[str, Any]:
    """The text, or the kinds of data for which it was refused; elsewhere than in a strict place a reason keeps it.

    An id is no text: one in a hundred holds nine digits that could be a personal number by chance, and without its ids an event that waits
    could never be applied.
    """
    if KENMERK.fullmatch(text):
        return text
    hits = check_text(text, bekend)
    if refuse_or_warn(hits, strict=strict, reden=reden) is Filteroordeel.GOED:
        return text
    return {GEWEIGERD: sorted({hit.soort for hit in hits})}


def clean_answers(
    catalogus: Catalogus,
    antwoorden: Mapping[str, Any],
    *,
    strict: bool,
    bekend: frozenset[str],
    redenen: Mapping[str, Filterreden],
) -> dict[str, Any]:
    """The answers with every refused text replaced. What is no choice of its item is free text too."""
    schoon: dict[str, Any] = {}
    for code, waarde in antwoorden.items():
        regel = catalogus.regels.get(code)
        if regel is None or _may_hold_text(regel.item.antwoordtype, regel.item.keuzes, waarde):
            schoon[code] = clean_value(waarde, strict=strict, bekend=bekend, reden=redenen.get(code))
        else:
            schoon[code] = waarde
    return schoon


def clean_value(
    value: Any,  # noqa: ANN401 - any JSON value
    *,
    strict: bool,
    bekend: frozenset[str] = frozenset(),
    reden: Filterreden | None = None,
) -> Any:  # noqa: ANN401 - any JSON value
    """Any JSON value with every refused text in it replaced, keys included."""
    match value:
        case str():
            return clean_text(value, strict=strict, bekend=bekend, reden=reden)
        case list():
            return [clean_value(item, strict=strict, bekend=bekend, reden=reden) for item in value]
        case dict():
            return {
                key
                if isinstance(clean_text(key, strict=strict, bekend=bekend), str)
                else f"({GEWEIGERD} {nr})": clean_value(item, strict=strict, bekend=bekend, reden=reden)
                for nr, (key, item) in enumerate(value.items())
            }
        case _:
            return value


def refused(value: object) -> list[str] | None:
    """The reasons for which a text was refused, or None when it was not."""
    if isinstance(value, dict) and value.keys() == {GEWEIGERD}:
        return list(value[GEWEIGERD])
    return None


def why_refused(value: object) -> str:
    """What to tell the inspector about a refused text; never the text."""
    return f"Deze tekst is niet bewaard, want er staat in: {', '.join(refused(value) or ())}. Haal dat weg."


def for_evaluation(value: object) -> object:
    """A refused text counts as filled in: the evaluator sees that there was one, not what it said."""
    redenen = refused(value)
    return value if redenen is None else f"(tekst geweigerd: {', '.join(redenen)})"


def _may_hold_text(soort: Antwoordtype, keuzes: tuple[str, ...], value: object) -> bool:
    if soort is Antwoordtype.GETAL or value is None:
        return isinstance(value, str | list | dict)
    if soort in {Antwoordtype.TEKST, Antwoordtype.FOTO, Antwoordtype.TAAK}:
        return soort is not Antwoordtype.FOTO or not isinstance(value, str | list)
    gegeven = value if isinstance(value, list) else [value]
    return not all(isinstance(keuze, str) and keuze in keuzes for keuze in gegeven)
