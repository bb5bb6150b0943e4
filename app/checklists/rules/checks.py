"""What content must satisfy before it is used (design section 5); every fault in plain Dutch.

Domain people edit the lists: a message names the item and what is wrong, and all faults come at once.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from graphlib import CycleError

from app.checklists.rules.catalogue import compile_item, sort_items
from app.checklists.rules.cel import FormuleError, compile_formula
from app.checklists.rules.content import (
    Antwoordtype,
    Checklist,
    Item,
    Klasse,
    Rekenregel,
    Uitkomst,
    cel_name,
)
from app.checklists.rules.formula_checks import formula_faults
from app.checklists.rules.regel import Regel


def catalogue_faults(
    rekenregel: Rekenregel,
    checklists: Iterable[Checklist],
    bronnen: frozenset[str],
    normsleutels: frozenset[str],
) -> list[str]:
    """Find every fault in a set of versions that would be used together.

    Args:
        rekenregel: the scoring rule in force on the same date.
        checklists: the lists, one version each.
        bronnen: known source codes.
        normsleutels: keys of the norm table.

    Returns:
        The faults, empty when the set is sound.
    """
    lijsten = list(checklists)
    items = [item for lijst in lijsten for item in lijst.items]
    per_code = {item.code: item for item in items}
    fouten = [
        f"{code}: de code komt {aantal} keer voor"
        for code, aantal in Counter(item.code for item in items).items()
        if aantal > 1
    ]
    fouten += _list_faults(rekenregel, lijsten)
    fouten += _rule_faults(rekenregel, per_code, normsleutels)
    fouten += _stop_faults(rekenregel, items)
    regels: list[Regel] = []
    for item in per_code.values():
        for check in (_code_faults, _answer_faults, _trigger_faults, _class_faults):
            fouten += [f"{item.code}: {fout}" for fout in check(item, rekenregel)]
        fouten += [f"{item.code}: {fout}" for fout in _opener_faults(item, per_code, rekenregel)]
        fouten += [f"{item.code}: onbekende bron {bron}" for bron in item.bron if bron not in bronnen]
        try:
            regels.append(compile_item(item))
        except FormuleError as fout:
            fouten.append(f"{item.code}: {fout}")
    for regel in regels:
        fouten += [f"{regel.item.code}: {fout}" for fout in formula_faults(regel, per_code, rekenregel)]
    return fouten + _core_faults(rekenregel, items) + _cycle_faults(regels)


def _list_faults(rekenregel: Rekenregel, lijsten: Iterable[Checklist]) -> Iterator[str]:
    for lijst in lijsten:
        if lijst.code not in rekenregel.lijsten:
            yield f"lijst {lijst.code} staat niet bij de lijsten van de rekenregel"
        if lijst.barriere is not None and lijst.barriere not in rekenregel.barrieres:
            yield f"lijst {lijst.code}: onbekende barrière {lijst.barriere}"
        for item in lijst.items:
            if not item.code.startswith(f"{lijst.code}-"):
                yield f"{item.code}: de code begint niet met {lijst.code}-"


def _rule_faults(rekenregel: Rekenregel, items: Mapping[str, Item], normsleutels: frozenset[str]) -> Iterator[str]:
    genoemd = {
        "nietPluis": [rekenregel.niet_pluis.item],
        "zwijgendePloeg": [rekenregel.zwijgende_ploeg.item],
        "partnerItem": [rekenregel.partner_item],
        "bedrijfsplanItems": rekenregel.bedrijfsplan_items,
        "altijdVertrouwelijk": rekenregel.altijd_vertrouwelijk,
        "blijftOpen": rekenregel.blijft_open,
    }
    for veld, codes in genoemd.items():
        yield from (f"rekenregel {veld}: onbekend item {code}" for code in codes if code not in items)
    for veld, eis in (("nietPluis", rekenregel.niet_pluis), ("zwijgendePloeg", rekenregel.zwijgende_ploeg)):
        if eis.item in items and eis.antwoord not in items[eis.item].keuzes:
            yield f"rekenregel {veld}: '{eis.antwoord}' is geen antwoord van {eis.item}"
    yield from _unknown("rekenregel arbeidslijst: lijst", [rekenregel.arbeidslijst.lijst], rekenregel.lijsten)
    for soort in rekenregel.arbeidslijst.objecttypen:
        if soort not in rekenregel.objecttypen:
            yield f"rekenregel arbeidslijst: onbekend objecttype {soort}"
    for code, groep in rekenregel.groepen.items():
        yield from _unknown(f"rekenregel groep {code}: indicator", groep.indicatoren, rekenregel.indicatoren)
    for naam, bron in rekenregel.normnamen.items():
        if not naam.startswith("NORM_"):
            yield f"rekenregel normnamen: {naam} begint niet met NORM_"
        try:
            formule = compile_formula(bron)
        except FormuleError as fout:
            yield f"rekenregel normnamen {naam}: {fout}"
            continue
        yield from _unknown(f"rekenregel normnamen {naam}: norm", sorted(formule.variabelen), normsleutels)


def _stop_faults(rekenregel: Rekenregel, items: Iterable[Item]) -> Iterator[str]:
    """Closing the list holds back no acute danger and no gut feeling (RPT-02; design section 1, principle 4)."""
    acuut = {code for code, gewicht in rekenregel.gewichten.items() if gewicht.dwingt_af is Uitkomst.ACUUT}
    for item in items:
        beschermt = item.code == rekenregel.niet_pluis.item or any(t.gewicht in acuut for t in item.triggers)
        if beschermt and item.code not in rekenregel.blijft_open:
            yield f"rekenregel blijftOpen: {item.code} ontbreekt"


def _unknown(wat: str, codes: Iterable[str], bekend: Iterable[str]) -> Iterator[str]:
    toegestaan = set(bekend)
    yield from (f"{wat} {code} is onbekend" for code in codes if code not in toegestaan)


def _code_faults(item: Item, rekenregel: Rekenregel) -> Iterator[str]:
    if item.groep not in rekenregel.groepen:
        yield f"groep {item.groep} is onbekend"
    yield from _unknown("indicator", item.indicatoren, rekenregel.indicatoren)
    yield from _unknown("objecttype", item.objecttypen, rekenregel.objecttypen)
    yield from _unknown("vorm", item.vormen, rekenregel.vormen)
    yield from _unknown("V-code", item.niet_vastleggen, rekenregel.v_codes)
    yield from _unknown("aanleiding", item.niet_bij_aanleiding, rekenregel.aanleidingen)
    for soort in item.kern:
        if soort not in item.objecttypen:
            yield f"kern {soort} staat niet bij de objecttypen"
    for soort, antwoord in item.vooringevuld.items():
        if soort not in item.objecttypen:
            yield f"vooringevuld {soort} staat niet bij de objecttypen"
        if antwoord not in item.keuzes:
            yield f"vooringevuld '{antwoord}' is geen keuze"
    verplicht: dict[str, Callable[[Item], tuple[str, ...]]] = {
        "nietVastleggen": lambda i: i.niet_vastleggen,
        "indicatoren": lambda i: i.indicatoren,
        "objecttypen": lambda i: i.objecttypen,
        "vormen": lambda i: i.vormen,
        "bron": lambda i: i.bron,
    }
    yield from (f"{veld} is leeg" for veld, lees in verplicht.items() if not lees(item))


def _answer_faults(item: Item, rekenregel: Rekenregel) -> Iterator[str]:
    keuze, getal = item.antwoordtype is Antwoordtype.KEUZE, item.antwoordtype is Antwoordtype.GETAL
    if keuze != bool(item.opties):
        yield "alleen een keuze heeft opties, en minstens één"
    if len(set(item.opties)) < len(item.opties):
        yield "een optie komt dubbel voor"
    if item.meervoudig and not keuze:
        yield "alleen een keuze kan meervoudig zijn"
    if item.alleen_optie is not None and (not item.meervoudig or item.alleen_optie not in item.opties):
        yield f"alleenOptie '{item.alleen_optie}' is geen optie van een meervoudige keuze"
    if getal and item.eenheid is None:
        yield "een getal heeft een eenheid nodig"
    if item.eenheid is not None and item.eenheid not in rekenregel.eenheden:
        yield f"eenheid {item.eenheid} is onbekend"
    if item.berekening is not None and item.uit_register:
        yield "een item is berekend of komt uit het register, niet allebei"


def _trigger_faults(item: Item, rekenregel: Rekenregel) -> Iterator[str]:
    yield from _unknown("gewicht", (trigger.gewicht for trigger in item.triggers), rekenregel.gewichten)
    for trigger in item.triggers:
        if (trigger.antwoord is None) == (trigger.drempel is None):
            yield f"trigger {trigger.gewicht}: geef een antwoord of een drempel"
        elif trigger.antwoord is not None and trigger.antwoord not in item.keuzes:
            yield f"trigger {trigger.gewicht}: '{trigger.antwoord}' is geen optie"


def _class_faults(item: Item, rekenregel: Rekenregel) -> Iterator[str]:
    """Rule 13: what must never stand in a file; and which groups may carry points."""
    gewichten = {t.gewicht: rekenregel.gewichten.get(t.gewicht) for t in item.triggers}
    zwaar = [code for code, gewicht in gewichten.items() if gewicht and gewicht.vertrouwelijk]
    if item.klasse is Klasse.NALEVING:
        if item.vrijwillig:
            yield "een vrijwillig item moet vertrouwelijk zijn"
        if zwaar:
            yield f"een item met gewicht {', '.join(zwaar)} moet vertrouwelijk zijn"
        if item.code in rekenregel.altijd_vertrouwelijk:
            yield "dit item moet altijd vertrouwelijk zijn"
    groep = rekenregel.groepen.get(item.groep)
    if zwaar and groep and not groep.telt_als_groep and item.code != rekenregel.niet_pluis.item:
        yield f"groep {item.groep} scoort niet, maar het item heeft gewicht {', '.join(zwaar)}"


def _opener_faults(item: Item, items: Mapping[str, Item], rekenregel: Rekenregel) -> Iterator[str]:
    opener = item.opent_bij
    if opener is None:
        return
    if (opener.item is None) == (opener.partner is None):
        yield "opentBij noemt een item of een partner, een van beide"
    if opener.partner is not None:
        diensten = items.get(rekenregel.partner_item)
        if diensten is None or opener.partner not in diensten.opties:
            yield f"opentBij: partner {opener.partner} is geen keuze van {rekenregel.partner_item}"
    if opener.item is not None and opener.item not in items:
        yield f"opentBij: onbekend item {opener.item}"
    elif opener.item is not None:
        keuzes = items[opener.item].keuzes
        if not opener.antwoord:
            yield f"opentBij {opener.item}: het antwoord ontbreekt"
        yield from _unknown(f"opentBij {opener.item}: antwoord", opener.antwoord, keuzes)


def _core_faults(rekenregel: Rekenregel, items: Iterable[Item]) -> list[str]:
    kern = Counter(soort for item in items for soort in item.kern)
    return [
        f"kern van {soort}: {aantal} items, ten hoogste {rekenregel.kern_maximum}"
        for soort, aantal in kern.items()
        if aantal > rekenregel.kern_maximum
    ]


def _cycle_faults(regels: Iterable[Regel]) -> list[str]:
    """A condition, calculation or opener that waits for itself could never be answered."""
    per_naam = {cel_name(regel.item.code): regel for regel in regels}
    try:
        sort_items(per_naam.values())
    except CycleError as fout:
        kring = " > ".join(per_naam[naam].item.code for naam in fout.args[1])
        return [f"kring van voorwaarden, berekeningen of openingen: {kring}"]
    return []
