"""Answers of both classes for one business, and how to look for what must not be there."""

from datetime import date
from typing import Any
from uuid import UUID

from app.checklists.service import current_versions, get_catalogue
from app.core.runtime import Runtime
from app.objecten.status import Objecttype
from tests.controles.conftest import LONG_AGO, Field, Tablet, today
from tests.objecten.stock import make_object, set_norm
from tests.support.municipality import STAD

PLANT = "PLANT-7c41aa"
NALEVING: dict[str, Any] = {
    "BEV-01": "bedrijfsruimte of open voor publiek",
    "BEV-02": "ja",
    "ENT-01": 6,
    "ARB-12": 4,
    "HUI-26": "ja",
    "HUI-01": 30,
    "HUI-02": 6,
    "HUI-03": 6,
    "HUI-10": "ja",
    "ARB-01": "ja",
    "ARB-25": "De nooduitgang is versperd.",
    "BEV-11": "nvt",
    "ENT-21": "nee",
}
# Red flags, strong and weak hits, acute danger, voluntary questions and the gut feeling; and what opens on them.
VERTROUWELIJK: dict[str, Any] = {
    "BEV-11": "ja",
    "BEV-12": "bekende van een betrokkene",
    "BEV-13": "ja",
    "ENT-09": "ja",
    "ENT-13": "ja",
    "ENT-14": "ja",
    "ENT-21": "ja",
    "ENT-22": f"Iemand fluisterde iets. {PLANT}",
    "IDE-04": "ja",
    "HUI-06": "ja",
    "HUI-11": "ja",
    "ARB-07": "ja",
    "ARB-20": "ja",
    "ARB-22": "ja",
}
WORDS = {"score", "punten", "uitkomst", "signaal", "vertrouwelijk", "acuut", "niet-pluis", "achtergehouden", PLANT}


def hidden_words() -> set[str]:
    """Codes of all items that may not stand in a file, and words that tell of them."""
    catalogus = get_catalogue(current_versions(today()))
    return {code for code in catalogus.regels if code not in catalogus.in_dossier} | WORDS


def hidden_questions() -> set[str]:
    catalogus = get_catalogue(current_versions(today()))
    return {regel.item.vraag for code, regel in catalogus.regels.items() if code not in catalogus.in_dossier}


def business(runtime: Runtime, number: int, **changes: object) -> UUID:
    """A business of Voorbeeldstad."""
    with runtime.system_unit("test") as uow:
        return make_object(uow, Objecttype.BEDR, number, STAD, **changes).id


def term(runtime: Runtime, days: float) -> None:
    """The norm after which a shortcoming must be put right."""
    with runtime.system_unit("test") as uow:
        set_norm(uow, "HERSTELTERMIJN_DAGEN", days)


def visit(veld: Field, tablet: Tablet, object_id: UUID, day: date, answers: dict[str, Any]) -> UUID:
    """A finished control with these answers; every answer is taken in."""
    assert day > LONG_AGO
    key = str(object_id)
    veld.objecten[key] = object_id
    controle = veld.plan(key, day)
    results = tablet.send(*tablet.whole(controle, answers))
    assert {row["status"] for row in results} <= {"verwerkt"}, results
    return controle
