"""Which items may stand in a file: the one place that decides the class of an answer for every output (DAT-13, DAT-14, ADR 0016)."""

from collections.abc import Mapping

from app.checklists.rules.cel import Formule
from app.checklists.rules.content import Klasse, cel_name
from app.checklists.rules.regel import Regel


def items_for_files(regels: Mapping[str, Regel]) -> frozenset[str]:
    """The items whose answers may stand in an object file, report, Bibob file, work package, plan or AVG export.

    An item may when its class is *naleving* and nothing that it rests on is confidential: a question that only opens on a
    confidential answer, or a condition, calculation or hit that reads one, betrays that answer by being there at all. Which
    interpreter was used tells that somebody was spoken to alone; a photo that opens on a hit tells the hit.

    Args:
        regels: all items of one set of versions, by code.
    """
    rests_on = {regel.item.naam: _read_by(regel) for regel in regels.values()}
    hidden = {regel.item.naam for regel in regels.values() if regel.item.klasse is Klasse.VERTROUWELIJK}
    while True:
        more = {naam for naam, read in rests_on.items() if naam not in hidden and read & hidden}
        if not more:
            return frozenset(code for code, regel in regels.items() if regel.item.naam not in hidden)
        hidden |= more


def _read_by(regel: Regel) -> set[str]:
    formules: list[Formule | None] = [regel.voorwaarde, regel.berekening, *(formule for _, formule in regel.triggers)]
    read = {naam for formule in formules if formule for naam in formule.variabelen}
    opener = regel.item.opent_bij
    return read | ({cel_name(opener.item)} if opener and opener.item else set())
