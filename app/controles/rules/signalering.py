"""Which signal follows from a control (checklists section 3; design section 6). A score never holds a signal back.

Acute and red hits go at once; a regular one stays a concept until the control is finished, so that an unfinished control
still has one to send at the end of the shift.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.checklists.rules.catalogue import Catalogus
from app.checklists.rules.content import Uitkomst
from app.checklists.rules.evaluate import evaluate
from app.checklists.rules.results import Evaluatie, Treffer
from app.checklists.rules.scoring import Score
from app.objecten.status import Objecttype
from app.signalen.status import JaNeeOnbekend, Urgentie, Vorm


class Keuze(StrEnum):
    """What the inspector chose when the score only advised."""

    SIGNAAL = "signaal"
    GEEN_SIGNAAL = "geen-signaal"


@dataclass(frozen=True, slots=True)
class Voorstel:
    """The signal to raise."""

    urgentie: Urgentie
    redenen: tuple[str, ...]
    send: bool


STERKTE = {uitkomst: sterkte for sterkte, uitkomst in enumerate(Uitkomst)}
DWINGEND = frozenset({Uitkomst.ACUUT, Uitkomst.SPOED})
VORM_BIJ_TYPE = {
    Objecttype.SEKS: Vorm.SEKSUEEL,
    Objecttype.BEDR: Vorm.ARBEID,
    Objecttype.HOR: Vorm.ARBEID,
    Objecttype.LOG: Vorm.ARBEID,
}
"""The form that the kind of place suggests when no hit does; the AF judges it (M3; horeca is inferred)."""
ACUUT_REDEN = "acuut: de toezichthouder drukte op de knop"
WACHTEND_REDEN = "acuut: een antwoord over acuut gevaar in een gebeurtenis die nog niet kon worden verwerkt"
LAAT_REDEN = "niet pluis: een signaal van een tablet dat niet op naam van de indiener kon worden verwerkt; het staat in quarantaine"
ANDERS_REDEN = "niet pluis: een signaal onder een kenmerk dat al bij iets anders hoort; het staat in quarantaine"
KEUZE_REDEN = "regulier: de toezichthouder koos 'signaal'"


def strongest(scores: Iterable[Score]) -> Score:
    """The score that asks for most; where devices differ, the differing answer counts as well."""
    return min(scores, key=lambda score: STERKTE[score.uitkomst])


def uncounted_flags(catalogus: Catalogus, evaluatie: Evaluatie) -> list[Treffer]:
    """Acute hits and red flags that somebody typed at a question that did not apply: they score nothing, and are no less seen.

    An unanswered or contradictory question elsewhere on the form never makes one vanish (design section 1, principle 4;
    ADR 0013).
    """
    return [hit for hit in evaluatie.niet_geteld if catalogus.rekenregel.gewichten[hit.gewicht].dwingt_af is not None]


def holds_acute_answer(catalogus: Catalogus, antwoorden: Mapping[str, object]) -> bool:
    """Whether answers of a control that is not known here tell of acute danger, at whatever type of object it may be."""
    for objecttype in Objecttype:
        evaluatie = evaluate(catalogus, objecttype.value, antwoorden)
        for hit in (*evaluatie.treffers, *evaluatie.niet_geteld):
            if catalogus.rekenregel.gewichten[hit.gewicht].dwingt_af is Uitkomst.ACUUT:
                return True
    return False


def propose(score: Score | None, *, acuut: bool, afgerond: bool, keuze: Keuze | None) -> Voorstel | None:
    """The signal that follows, or None.

    Args:
        score: outcome of the answers; None when there are none that can be judged.
        acuut: the acute button was used; enough on its own (RTE-01).
        afgerond: the control is finished.
        keuze: the inspector's choice; 'signaal' is always enough, whatever the score.
    """
    redenen = () if score is None else score.redenen
    uitkomst = Uitkomst.GEEN if score is None else score.uitkomst
    if acuut:
        return Voorstel(Urgentie.ACUUT, (*redenen, ACUUT_REDEN), send=True)
    if uitkomst is Uitkomst.ACUUT:
        return Voorstel(Urgentie.ACUUT, redenen, send=True)
    if uitkomst is Uitkomst.SPOED:
        return Voorstel(Urgentie.SPOED, redenen, send=True)
    if keuze is Keuze.SIGNAAL:
        return Voorstel(Urgentie.REGULIER, (*redenen, KEUZE_REDEN), send=True)
    if uitkomst is Uitkomst.REGULIER:
        return Voorstel(Urgentie.REGULIER, redenen, send=afgerond)
    return None


def forms(catalogus: Catalogus, treffers: Sequence[Treffer], objecttype: Objecttype) -> list[Vorm]:
    """The forms of exploitation that the weighted hits point at; an item that fits all of them points at none."""
    gevonden: set[str] = set()
    for treffer in treffers:
        if catalogus.rekenregel.gewichten[treffer.gewicht].vertrouwelijk:
            vormen = set(catalogus.regels[treffer.item].item.vormen)
            if len(vormen) < len(catalogus.rekenregel.vormen) - 1:
                gevonden |= vormen
    bekend: list[Vorm] = [vorm for vorm in Vorm if vorm.value in gevonden and vorm is not Vorm.ONBEKEND]
    return bekend or [VORM_BIJ_TYPE.get(objecttype, Vorm.ONBEKEND)]


def possibly_minor(catalogus: Catalogus, treffers: Iterable[Treffer]) -> JaNeeOnbekend:
    """Whether a hit points at a minor: an acute or red hit in the group of age (IDE-06, IDE-08; tables A2 and A4)."""
    for treffer in treffers:
        dwingend = catalogus.rekenregel.gewichten[treffer.gewicht].dwingt_af is not None
        if dwingend and catalogus.regels[treffer.item].item.groep == "LEEF":
            return JaNeeOnbekend.JA
    return JaNeeOnbekend.ONBEKEND
