"""Writes `checklists/beoordelingen.json`: seeded controls with the judgement of the server, which the tablet must reach as well.

`python -m tools.beoordelingen` writes it anew after the content or the rule changed; a test refuses a file that is out of date.
"""

import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from app.checklists.rules.catalogue import Catalogus
from app.checklists.rules.content import NIET_VASTGESTELD, Antwoordtype, Item
from app.checklists.rules.evaluate import evaluate
from app.checklists.rules.results import Evaluatie, Situatie
from app.checklists.schemas import read_item
from app.checklists.service import current_versions, get_catalogue

PLEK = Path(__file__).parents[1] / "checklists" / "beoordelingen.json"
PER_TYPE = 10
DATUM = date(2026, 12, 1)
NORMEN = {"OVERBEWONING_WONING_M2": 12.0, "BRP_VERSCHIL_PERSONEN": 2.0, "BRP_VERSCHIL_DEEL": 0.25, "SNF_SLAAP_M2": 3.5}
TYPED: dict[Antwoordtype, tuple[Any, ...]] = {
    Antwoordtype.GETAL: (0, 1, 2, 5, 8, 14, 60, 6.9),
    Antwoordtype.TEKST: ("twee slaapplaatsen in de berging", "😀 rustig"),
    Antwoordtype.FOTO: (["0193-a", "0193-b"],),
}
NONSENSE: tuple[Any, ...] = ("onzin", -1, 3.5, 99999, True, {"a": 1}, ["ja", "onzin"], [1], "", [])


def cases(catalogus: Catalogus) -> Iterator[dict[str, Any]]:
    """Controls of every object type, from nearly empty to nearly full, with nonsense now and then."""
    chance = random.Random(106)  # noqa: S311 - the same controls every time
    diensten = catalogus.regels[catalogus.rekenregel.partner_item].item.keuzes
    aanleidingen = sorted({a for regel in catalogus.regels.values() for a in regel.item.niet_bij_aanleiding})
    for soort in catalogus.rekenregel.objecttypen:
        own = [regel.item for regel in catalogus.regels.values() if soort in regel.item.objecttypen]
        for number in range(PER_TYPE):
            share = (number + 1) / PER_TYPE
            answered = {item.code: _answer(chance, item) for item in own if chance.random() < share}
            if chance.random() < 0.2:
                answered["XXX-99"] = "ja"
            registers = [item.code for item in own if item.uit_register]
            situatie = {
                "partners": sorted(chance.sample(diensten, chance.randint(0, 3))),
                "gekozen": sorted(item.code for item in chance.sample(own, min(3, len(own)))),
                "aanleiding": chance.choice([None, None, *aanleidingen]),
                "register": {code: chance.choice(("ja", "nee")) for code in registers},
            }
            normen = NORMEN if chance.random() < 0.8 else {}
            yield {"objecttype": soort, "antwoorden": answered, "normen": normen, "situatie": situatie}


def _answer(chance: random.Random, item: Item) -> Any:  # noqa: ANN401 - any JSON
    if chance.random() < 0.06:
        return chance.choice(NONSENSE)
    if chance.random() < 0.12:
        return NIET_VASTGESTELD
    return chance.choice(TYPED[item.antwoordtype]) if item.antwoordtype in TYPED else _chosen(chance, item)


def _chosen(chance: random.Random, item: Item) -> str | list[str]:
    if not item.keuzes:
        return "ja"
    if item.meervoudig:
        return chance.sample(item.keuzes, chance.randint(1, min(3, len(item.keuzes))))
    return chance.choice(item.keuzes)


def describe(item: Item) -> dict[str, Any]:
    """An item as the API describes it to the field."""
    return read_item(item, with_triggers=True).model_dump(by_alias=True, mode="json")


def judged(catalogus: Catalogus, case: dict[str, Any]) -> dict[str, Any]:
    """What the server makes of a control, as JSON."""
    told = case["situatie"]
    situatie = Situatie(
        partners=frozenset(told["partners"]),
        gekozen=frozenset(told["gekozen"]),
        aanleiding=told["aanleiding"],
        register=told["register"],
    )
    normen = catalogus.norm_values(case["normen"])
    return _as_json(evaluate(catalogus, case["objecttype"], case["antwoorden"], normen, situatie))


def _as_json(found: Evaluatie) -> dict[str, Any]:
    return {
        "oordelen": {
            code: {"oordeel": o.oordeel.value, "reden": o.reden} for code, o in sorted(found.oordelen.items())
        },
        "waarden": dict(sorted(found.waarden.items())),
        "berekend": dict(sorted(found.berekend.items())),
        "vooringevuld": sorted(found.vooringevuld),
        "openItems": list(found.open_items),
        "treffers": [{"item": t.item, "gewicht": t.gewicht, "antwoord": t.antwoord} for t in found.treffers],
        "nietGeteld": sorted(
            ({"item": t.item, "gewicht": t.gewicht, "antwoord": t.antwoord} for t in found.niet_geteld),
            key=lambda hit: (hit["item"], hit["gewicht"]),
        ),
        "nietVastgesteld": sorted(found.niet_vastgesteld),
        "ontbrekendeKern": list(found.ontbrekende_kern),
    }


def content() -> str:
    """The whole file: a case per line."""
    catalogus = get_catalogue(current_versions(DATUM))
    items = [json.dumps(describe(regel.item), ensure_ascii=False) for regel in catalogus.regels.values()]
    lines = [json.dumps(case | {"verwacht": judged(catalogus, case)}, ensure_ascii=False) for case in cases(catalogus)]
    return '{"items": [\n' + ",\n".join(items) + '\n], "gevallen": [\n' + ",\n".join(lines) + "\n]}\n"


if __name__ == "__main__":
    PLEK.write_text(content(), encoding="utf-8")
