"""Judges the answers of one control: what is valid, what counts, what it opens and what it hits.

Pure and total: any input gives a result, nothing invalid counts or scores (design section 5). The same
outcome follows on the tablet, from the same formulas.
"""

from collections.abc import Mapping

from app.checklists.rules.answers import read_answer
from app.checklists.rules.catalogue import Catalogus
from app.checklists.rules.cel import Omgeving, Waarde
from app.checklists.rules.content import NIET_VASTGESTELD, Antwoordtype, Item, Klasse
from app.checklists.rules.regel import Regel
from app.checklists.rules.results import Evaluatie, ItemOordeel, Oordeel, Situatie, Treffer


def evaluate(
    catalogus: Catalogus,
    objecttype: str,
    antwoorden: object,
    normen: Mapping[str, float | None] | None = None,
    situatie: Situatie | None = None,
) -> Evaluatie:
    """Judge the answers of one control.

    Args:
        catalogus: the versions that the control keeps.
        objecttype: code of the object type; nothing applies to an unknown one.
        antwoorden: value per item code: a string, a list of strings, a number, None (not answered) or
            'niet vastgesteld'. Anything else is a fault in the result, never an exception.
        normen: value per NORM_ name on the date of the control, as `Catalogus.norm_values` gives them.
        situatie: participants, choices and reason.
    """
    return _Beoordeling(catalogus, objecttype, normen or {}, situatie or Situatie()).run(antwoorden)


class _Beoordeling:
    """One evaluation: reads the answers, lets conditions and calculations settle, then looks for hits."""

    def __init__(
        self, catalogus: Catalogus, objecttype: str, normen: Mapping[str, float | None], situatie: Situatie
    ) -> None:
        self.catalogus = catalogus
        self.objecttype = objecttype if isinstance(objecttype, str) else ""
        self.situatie = situatie
        self.regels = catalogus.volgorde.get(self.objecttype, ())
        self.oordelen: dict[str, ItemOordeel] = {}
        self.waarden: dict[str, Waarde] = {}
        self.berekend: dict[str, Waarde] = {}
        self.geldt: set[str] = set()
        self.vooringevuld: frozenset[str] = frozenset()
        self.normen = {
            naam: waarde if isinstance(waarde := normen.get(naam), float) and waarde >= 0.0 else None
            for naam in catalogus.normformules
        }

    def run(self, antwoorden: object) -> Evaluatie:
        for code, ruw in antwoorden.items() if isinstance(antwoorden, Mapping) else ():
            self._read(code, ruw)
        self._prefill()
        omgeving = Omgeving(self._cel_values())
        afgewezen = self._settle(omgeving)
        niet_geteld = self._hits_of_rejected(omgeving, afgewezen)
        # `regels` is the order of calculation; what a person reads stands in the order of the lists.
        gelezen = [r for r in self.catalogus.regels.values() if self.objecttype in r.item.objecttypen]
        treffers = [treffer for regel in gelezen for treffer in self._hits(omgeving, regel)]
        lijst = [regel.item for regel in gelezen if self._is_open(regel.item)]
        return Evaluatie(
            objecttype=self.objecttype,
            oordelen=self.oordelen,
            waarden=self.waarden,
            berekend=self.berekend,
            vooringevuld=self.vooringevuld & self.waarden.keys(),
            open_items=tuple(item.code for item in lijst),
            treffers=tuple(treffers),
            niet_geteld=tuple(niet_geteld),
            niet_vastgesteld=frozenset(c for c, w in self.waarden.items() if w == NIET_VASTGESTELD),
            ontbrekende_kern=tuple(item.code for item in lijst if self._is_missing(item)),
        )

    def _read(self, code: object, ruw: object) -> None:
        regel = self.catalogus.regels.get(code) if isinstance(code, str) else None
        if regel is None:
            fout = ItemOordeel(Oordeel.FOUT, Klasse.VERTROUWELIJK, "Deze vraag staat niet in de checklist.")
            self.oordelen[code if isinstance(code, str) else repr(code)] = fout
            return
        item = regel.item
        if ruw is None:
            return
        if self.objecttype not in item.objecttypen:
            self._judge(item, Oordeel.FOUT, "Deze vraag hoort niet bij dit soort object.")
        elif item.berekend:
            self._judge(item, Oordeel.SERVERWAARDE, "De server berekent dit; het verzonden antwoord telt niet.")
        elif self._is_barred(item):
            self._judge(item, Oordeel.FOUT, "Deze vraag blijft leeg bij deze aanleiding.")
        else:
            antwoord = read_answer(item, ruw, self.catalogus.rekenregel)
            if antwoord.fout is not None:
                self._judge(item, Oordeel.FOUT, antwoord.fout)
            elif antwoord.waarde is not None:
                self.waarden[item.code] = antwoord.waarde
                self._judge(item, Oordeel.GELDIG)

    def _judge(self, item: Item, oordeel: Oordeel, reden: str | None = None) -> None:
        self.oordelen[item.code] = ItemOordeel(oordeel, item.klasse, reden)

    def _is_barred(self, item: Item) -> bool:
        return self.situatie.aanleiding in item.niet_bij_aanleiding

    def _prefill(self) -> None:
        """An answer of the inspector goes before what object type or planner filled in."""
        ingevuld: dict[str, Waarde] = {}
        for regel in self.regels:
            if self.objecttype in regel.item.vooringevuld:
                ingevuld[regel.item.code] = regel.item.vooringevuld[self.objecttype]
        partner = self.catalogus.rekenregel.partner_item
        diensten = [dienst for dienst in self.catalogus.regels[partner].item.keuzes if dienst in self.situatie.partners]
        if diensten:
            ingevuld[partner] = diensten
        self.vooringevuld = frozenset(ingevuld.keys() - self.waarden.keys())
        self.waarden = {**ingevuld, **self.waarden}

    def _cel_values(self) -> dict[str, Waarde]:
        waarden: dict[str, Waarde] = dict.fromkeys(regel.item.naam for regel in self.catalogus.regels.values())
        for code, waarde in self.waarden.items():
            item = self.catalogus.regels[code].item
            waarden[item.naam] = _cel_value(item, waarde)
        waarden.update(self.normen)
        return waarden

    def _settle(self, omgeving: Omgeving) -> dict[str, Waarde]:
        """Evaluate conditions and calculations in order; an answer whose condition fails counts as empty."""
        afgewezen: dict[str, Waarde] = {}
        for regel in self.regels:
            item = regel.item
            if regel.voorwaarde is None or omgeving.evaluate(regel.voorwaarde) is True:
                self.geldt.add(item.code)
                if item.berekend:
                    self._calculate(omgeving, regel)
            elif item.code in self.waarden:
                afgewezen[item.code] = self.waarden.pop(item.code)
                omgeving.set(item.naam, None)
                if item.code in self.oordelen:
                    self._judge(item, Oordeel.TELT_NIET, self._why_not(regel))
        return afgewezen

    def _calculate(self, omgeving: Omgeving, regel: Regel) -> None:
        item = regel.item
        if regel.berekening is not None:
            uitkomst = omgeving.evaluate(regel.berekening)
        else:
            uitkomst = self.situatie.register.get(item.code)
        antwoord = read_answer(item, uitkomst, self.catalogus.rekenregel)
        if antwoord.waarde is not None and antwoord.waarde != NIET_VASTGESTELD:
            self.berekend[item.code] = self.waarden[item.code] = antwoord.waarde
            omgeving.set(item.naam, antwoord.waarde)

    def _why_not(self, regel: Regel) -> str:
        """Say which condition fails, and what to answer first when that is the cause."""
        namen = regel.voorwaarde.variabelen if regel.voorwaarde else frozenset()
        # In the order of the lists, as a person walks them; the order of calculation differs per process.
        gelezen = (r.item for r in self.catalogus.regels.values() if self.objecttype in r.item.objecttypen)
        eerst = [item.vraag for item in gelezen if item.naam in namen and item.code not in self.waarden]
        tekst = regel.item.voorwaarde.tekst if regel.item.voorwaarde else ""
        wacht = f" Beantwoord eerst: {' '.join(eerst)}" if eerst else ""
        return f"Dit antwoord is bewaard. Het telt alleen mee {tekst}.{wacht}"

    def _hits(self, omgeving: Omgeving, regel: Regel) -> list[Treffer]:
        waarde = self.waarden.get(regel.item.code)
        if waarde is None or waarde == NIET_VASTGESTELD:
            return []
        return _fired(omgeving, regel)

    def _hits_of_rejected(self, omgeving: Omgeving, afgewezen: Mapping[str, Waarde]) -> list[Treffer]:
        treffers: list[Treffer] = []
        for code, waarde in afgewezen.items():
            regel = self.catalogus.regels[code]
            if waarde != NIET_VASTGESTELD and regel.triggers:
                omgeving.set(regel.item.naam, _cel_value(regel.item, waarde))
                treffers += _fired(omgeving, regel)
                omgeving.set(regel.item.naam, None)
        return treffers

    def _is_open(self, item: Item) -> bool:
        if item.code not in self.geldt or self._is_barred(item):
            return False
        if self.objecttype in item.kern or item.code in self.waarden or item.code in self.situatie.gekozen:
            return True
        opener = item.opent_bij
        if opener is None:
            return False
        if opener.partner is not None:
            diensten = self.waarden.get(self.catalogus.rekenregel.partner_item)
            return isinstance(diensten, list) and opener.partner in diensten
        waarde = self.waarden.get(opener.item or "")
        gegeven = waarde if isinstance(waarde, list) else [waarde]
        return any(antwoord in opener.antwoord for antwoord in gegeven)

    def _is_missing(self, item: Item) -> bool:
        verplicht = self.objecttype in item.kern and not item.berekend
        return verplicht and item.antwoordtype is not Antwoordtype.TAAK and item.code not in self.waarden


def _cel_value(item: Item, waarde: Waarde) -> Waarde:
    """The value in formulas: a number 'niet vastgesteld' is null, a multiple choice is always a list."""
    if waarde != NIET_VASTGESTELD:
        return waarde
    if item.antwoordtype is Antwoordtype.GETAL:
        return None
    return [NIET_VASTGESTELD] if item.meervoudig else waarde


def _fired(omgeving: Omgeving, regel: Regel) -> list[Treffer]:
    return [
        Treffer(regel.item.code, trigger.gewicht, trigger.omschrijving)
        for trigger, formule in regel.triggers
        if omgeving.evaluate(formule) is True
    ]
