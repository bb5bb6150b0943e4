"""From answers to findings and a signal: judge, store, record, raise, in the transaction of the event (design section 2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.bevindingen.schemas.bevindingen import BevindingCreate, ControleRef
from app.bevindingen.service.bevindingen import record_hits
from app.bevindingen.status import Barriere
from app.bevindingen.status import Klasse as Bevindingklasse
from app.checklists.rules.catalogue import Catalogus
from app.checklists.rules.completeness import (
    arbeid_kern_answered,
    bedrijfsplan_answered,
    open_arbeid_kern,
    split_by_class,
)
from app.checklists.rules.content import Uitkomst
from app.checklists.rules.evaluate import evaluate
from app.checklists.rules.results import Evaluatie, Situatie, Treffer
from app.checklists.rules.scoring import Score, score, score_evaluation
from app.checklists.rules.woorden import in_words
from app.checklists.service import current_versions, get_catalogue
from app.controles.rules.partners import BEV_KEUZE
from app.controles.rules.signalering import (
    DWINGEND,
    Keuze,
    forms,
    possibly_minor,
    propose,
    strongest,
    uncounted_flags,
)
from app.controles.rules.vrije_tekst import for_evaluation, refused
from app.controles.service import belmoment
from app.controles.service.register import register_hits
from app.controles.service.werkset import Geval, Werkset
from app.controles.status import Controlestatus
from app.core.unit_of_work import UnitOfWork
from app.signalen.schemas.signalen import SignaalAanleiding
from app.signalen.service.opvoeren import raise_signaal, send_automatic
from app.signalen.status import Bronsoort, JaNeeOnbekend, Urgentie, Vorm

NIET_BETREDEN = "niet betreden"
EIGEN_TEKST = "ENT-22"
HERSTEL = "HERSTELTERMIJN_DAGEN"


@dataclass(frozen=True, slots=True)
class Beoordeling:
    """What the answers of a control come to.

    Attributes:
        evaluatie: of the answers that stand.
        treffers: hits of the answers that stand and of those that differ between devices.
        achterhaald: hits of answers that were corrected before they came in, where one of them forces a signal.
        ongeteld: acute hits and red flags whose question did not apply; no points, no finding, but a signal (ADR 0013).
        score: what they ask for together.
    """

    catalogus: Catalogus
    evaluatie: Evaluatie
    treffers: tuple[Treffer, ...]
    achterhaald: tuple[Treffer, ...]
    ongeteld: tuple[Treffer, ...]
    score: Score

    @property
    def arbeid(self) -> bool:
        """The labour core counts for the norm of integral business controls (CAD-03)."""
        return arbeid_kern_answered(self.catalogus, self.evaluatie)

    @property
    def arbeid_ingevuld(self) -> bool:
        """The labour core is filled in, 'niet vastgesteld' included, so that the control can be closed (CAD-03)."""
        return not open_arbeid_kern(self.catalogus, self.evaluatie)

    @property
    def is_acute(self) -> bool:
        """There is acute danger; it goes before release (PLN-01)."""
        return self.score.uitkomst is Uitkomst.ACUUT


def catalogue_of(werk: Werkset, geval: Geval) -> Catalogus:
    """The checklist versions that the control keeps; fixed now when they were not yet, with the norms of its date.

    Raises:
        ChecklistversieNotFoundError: no list holds on the date of the control.
    """
    controle = geval.controle
    if not controle.checklistversies:
        controle.checklistversies = current_versions(controle.datum)
    if not controle.normen:
        controle.normen = werk.norms(controle.gemeentecode, controle.datum)
    return get_catalogue(controle.checklistversies)


def judge(werk: Werkset, geval: Geval) -> Beoordeling:
    """Judges the answers that stand, and beside them what devices entered otherwise: a differing hit counts too.

    So an acute answer raises its signal in whatever order events arrive, also when it was corrected afterwards.
    """
    catalogus = catalogue_of(werk, geval)
    normen = catalogus.norm_values(geval.controle.normen)
    staand = _readable(geval.stand.values())
    evaluaties = [_evaluate(catalogus, geval, staand, normen)]
    anders = {code: waarden[0] for code, waarden in geval.stand.conflicts().items() if waarden[0] is not None}
    if anders:
        evaluaties.append(_evaluate(catalogus, geval, {**staand, **_readable(anders)}, normen))
    moment = geval.stand.momenten.get("keuze")
    geen_signaal = moment is not None and moment[1]["keuze"] == Keuze.GEEN_SIGNAAL
    verleden = werk.history(geval, catalogus.rekenregel.stapelen.maanden, keuze_geen_signaal=geen_signaal)
    scores = [score_evaluation(catalogus, e, geval.controle.datum, verleden) for e in evaluaties]
    geval.rij.punten = scores[0].punten
    geval.rij.keuze_geen_signaal = geen_signaal
    treffers = _together(evaluaties)
    vroeger = []
    ongeteld = [hit for evaluatie in evaluaties for hit in uncounted_flags(catalogus, evaluatie)]
    for overlay in geval.overlays:
        evaluatie = _evaluate(catalogus, geval, {**staand, **_readable(overlay)}, normen)
        ongeteld += uncounted_flags(catalogus, evaluatie)
        eerder = score_evaluation(catalogus, evaluatie, geval.controle.datum, verleden)
        if eerder.uitkomst in DWINGEND:
            vroeger.append(evaluatie)
            scores.append(eerder)
    achterhaald = tuple(treffer for treffer in _together(vroeger) if treffer not in treffers)
    zonder = tuple(hit for hit in dict.fromkeys(ongeteld) if hit not in treffers and hit not in achterhaald)
    if zonder:
        scores.append(score(catalogus, zonder, geval.controle.datum))
    return Beoordeling(catalogus, evaluaties[0], treffers, achterhaald, zonder, strongest(scores))


def take_over(geval: Geval, oordeel: Beoordeling) -> None:
    """Puts what follows from the answers on the control and into the compliance document."""
    gegeven = geval.stand.values()
    waarden = {code: waarde for code, waarde in oordeel.evaluatie.waarden.items() if refused(gegeven.get(code)) is None}
    geval.rij.naleving = split_by_class(oordeel.catalogus, waarden).naleving
    controle = geval.controle
    controle.bedrijfsplan_beantwoord = bedrijfsplan_answered(oordeel.catalogus, oordeel.evaluatie)
    controle.arbeid_beantwoord = oordeel.arbeid
    controle.binnen = (
        controle.status is Controlestatus.AFGEROND and oordeel.evaluatie.waarden.get("BEV-03") != NIET_BETREDEN
    )
    geval.uitkomst = {"uitkomst": oordeel.score.uitkomst, "hercontroleDagen": oordeel.score.hercontrole_dagen}


def raise_what_follows(werk: Werkset, geval: Geval, oordeel: Beoordeling | None) -> None:
    """Records the findings and raises, or raises higher, the one automatic signal of the control."""
    controle = geval.controle
    register = () if oordeel is None else register_hits(werk, geval, oordeel.catalogus, oordeel.evaluatie)
    ids = (
        []
        if oordeel is None
        else _record(
            werk, geval, oordeel, (*oordeel.treffers, *register, *oordeel.achterhaald), first=geval.rij.versie == 0
        )
    )
    moment = geval.stand.momenten.get("keuze")
    voorstel = propose(
        oordeel.score if oordeel else None,
        acuut=geval.stand.acuut is not None,
        afgerond=controle.status is Controlestatus.AFGEROND,
        keuze=Keuze(moment[1]["keuze"]) if moment else None,
    )
    if voorstel is not None:
        alle = (*oordeel.treffers, *oordeel.achterhaald, *oordeel.ongeteld) if oordeel else ()
        raise_signaal(
            werk.uow,
            SignaalAanleiding(
                gemeentecode=controle.gemeentecode,
                object_id=controle.object_id,
                controle_id=controle.id,
                urgentie=voorstel.urgentie,
                vormen=forms(oordeel.catalogus, alle, geval.object.type) if oordeel else [Vorm.ONBEKEND],
                redenen=[*voorstel.redenen, *(_uncounted(oordeel) if oordeel else ()), *_own_words(geval)],
                bevinding_ids=ids,
                indiener=werk.toegang.indiener.account_id,
                bron=Bronsoort.TOEZICHT,
                mogelijk_minderjarig=possibly_minor(oordeel.catalogus, alle) if oordeel else JaNeeOnbekend.ONBEKEND,
                send=voorstel.send,
            ),
        )
        geval.gemeld = True
    elif geval.gemeld and controle.status is Controlestatus.AFGEROND:
        send_automatic(werk.uow, controle.id)  # a correction never retracts it
    belmoment.pass_on(werk, geval)
    if oordeel is not None and oordeel.achterhaald:
        _record(
            werk, geval, oordeel, (*oordeel.treffers, *register)
        )  # corrected: the finding stays behind its signal, marked


def raise_bare_acute(
    uow: UnitOfWork, gemeentecode: str, indiener: UUID, controle_id: UUID, object_id: UUID | None, reden: str
) -> None:
    """An acute signal when nothing else is known: no form stands between danger and the AF (RTE-01)."""
    raise_signaal(
        uow,
        SignaalAanleiding(
            gemeentecode=gemeentecode,
            object_id=object_id,
            controle_id=controle_id,
            urgentie=Urgentie.ACUUT,
            vormen=[Vorm.ONBEKEND],
            redenen=[reden],
            bevinding_ids=[],
            indiener=indiener,
            bron=Bronsoort.TOEZICHT,
            mogelijk_minderjarig=JaNeeOnbekend.ONBEKEND,
            send=True,
        ),
    )


def _evaluate(
    catalogus: Catalogus, geval: Geval, antwoorden: Mapping[str, object], normen: Mapping[str, float | None]
) -> Evaluatie:
    situatie = Situatie(
        partners=frozenset(BEV_KEUZE.get(d.soort or "", d.dienst) for d in geval.deelnames),
        aanleiding=geval.controle.aanleiding.value,
    )
    return evaluate(catalogus, geval.object.type.value, antwoorden, normen, situatie)


def _readable(antwoorden: Mapping[str, Any]) -> dict[str, object]:
    return {code: for_evaluation(waarde) for code, waarde in antwoorden.items()}


def _weighs(catalogus: Catalogus, gewicht: str) -> bool:
    return catalogus.rekenregel.gewichten[gewicht].vertrouwelijk


def _own_words(geval: Geval) -> list[str]:
    """What the inspector wrote for the AF: it goes with the signal (ENT-22), and the reason of a choice."""
    tekst = geval.stand.values().get(EIGEN_TEKST)
    keuze = geval.stand.momenten.get("keuze")
    reden = keuze[1].get("reden") if keuze else None
    return [
        f"{kop}: {for_evaluation(woorden)}"
        for kop, woorden in (("gezien of gehoord", tekst), ("reden van de keuze", reden))
        if woorden
    ]


def _uncounted(oordeel: Beoordeling) -> list[str]:
    """Why the AF sees a flag that did not count: which question it was, and what was missing for it."""
    return [
        f"{in_words(oordeel.catalogus.regels[hit.item].item, hit.antwoord)}: ingevuld, maar telt niet mee in de score"
        f" ({_condition(oordeel.catalogus, hit)})"
        for hit in oordeel.ongeteld
    ]


def _condition(catalogus: Catalogus, hit: Treffer) -> str:
    voorwaarde = catalogus.regels[hit.item].item.voorwaarde
    return f"de vraag hoort erbij {voorwaarde.tekst}" if voorwaarde else "de vraag hoort er niet bij"


def _together(evaluaties: Iterable[Evaluatie]) -> tuple[Treffer, ...]:
    return tuple(dict.fromkeys(treffer for evaluatie in evaluaties for treffer in evaluatie.treffers))


def _record(
    werk: Werkset, geval: Geval, oordeel: Beoordeling, treffers: Iterable[Treffer], *, first: bool = False
) -> list[UUID]:
    """Stores one finding per item, several hits on one question together; answers those that carry a weight."""
    catalogus = oordeel.catalogus
    order = list(catalogus.rekenregel.gewichten)
    per_item: dict[str, list[Treffer]] = {}
    for treffer in treffers:
        per_item.setdefault(treffer.item, []).append(treffer)
    hits = [_finding(geval, catalogus, item, found, order) for item, found in per_item.items()]
    if not hits and geval.rij.versie == 0:
        return []
    controle = geval.controle
    ref = ControleRef(controle.id, controle.gemeentecode, controle.object_id, _moment(werk.uow, geval))
    stored = record_hits(werk.uow, ref, hits, first=first)
    return [nr for nr, hit in zip(stored, hits, strict=True) if _weighs(catalogus, hit.gewicht)]


def _finding(
    geval: Geval, catalogus: Catalogus, code: str, hits: Iterable[Treffer], order: list[str]
) -> BevindingCreate:
    item = catalogus.regels[code].item
    lijst = next(lijst for lijst in catalogus.checklists.values() if item in lijst.items)
    found = list(hits)
    naleving = code in catalogus.in_dossier
    dagen = geval.controle.normen.get(HERSTEL)
    termijn = geval.controle.datum + timedelta(days=int(dagen)) if naleving and dagen is not None else None
    return BevindingCreate(
        barriere=Barriere(lijst.barriere) if lijst.barriere else Barriere.VOORBLOK,
        item=code,
        checklistversie=f"{lijst.code}-{lijst.versie}",
        klasse=Bevindingklasse.NALEVING if naleving else Bevindingklasse.VERTROUWELIJK,
        gewicht=min((hit.gewicht for hit in found), key=order.index),
        antwoord="; ".join(dict.fromkeys(hit.antwoord for hit in found)),
        hersteltermijn=termijn,
    )


def _moment(uow: UnitOfWork, geval: Geval) -> datetime:
    return geval.controle.afgerond_op or geval.controle.gestart_op or uow.now
