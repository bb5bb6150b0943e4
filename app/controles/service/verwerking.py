"""Applies the events of one control: merges them, lets the life cycle settle, judges the answers once (design section 5)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from app.checklists.rules.library import ChecklistversieNotFoundError
from app.checklists.rules.results import Oordeel
from app.checklists.service import current_versions, get_catalogue
from app.controles.errors import OvergangNietMogelijk
from app.controles.repository import gebeurtenissen
from app.controles.rules import levensloop
from app.controles.rules.levensloop import Feiten
from app.controles.rules.samenvoegen import Stempel, same
from app.controles.rules.sfeerovergang import GESLOTEN, closed_items, take_moment
from app.controles.rules.vrije_tekst import clean_answers, clean_text, is_strict, refused
from app.controles.schemas.synchronisaties import (
    InhoudAangemaakt,
    InhoudAfgerond,
    InhoudAntwoorden,
    InhoudGestart,
    InhoudKeuze,
    InhoudPoging,
    Lijstversies,
)
from app.controles.service import aanmaken, beoordeling, gevolgen
from app.controles.service.beoordeling import Beoordeling
from app.controles.service.opslag import event_row
from app.controles.rules.wachtredenen import Wacht, Wachtreden
from app.controles.service.werkset import Geval, Werkset, seal
from app.controles.service.zending import Zending
from app.controles.status import Controlestatus, Gebeurtenissoort, Gebeurtenisstatus

CONTROLE = "controle"


@dataclass(slots=True)
class Verwerkt:
    """What became of one event, or why it has to wait."""

    zending: Zending
    inhoud: dict[str, Any] = field(default_factory=dict)
    oordelen: list[dict[str, str]] = field(default_factory=list)
    wacht: Wachtreden | None = None
    fout: bool = False

    @property
    def status(self) -> Gebeurtenisstatus:
        """The status to store and to answer."""
        if self.wacht is not None:
            return Gebeurtenisstatus.QUARANTAINE
        return Gebeurtenisstatus.VERWERKT_MET_FOUTEN if self.fout else Gebeurtenisstatus.VERWERKT

    def tell(self, item: str, oordeel: str, reden: str | None, *, fout: bool) -> None:
        """Adds a verdict; never a value."""
        self.oordelen.append({"item": item, "oordeel": oordeel, "reden": reden or ""})
        self.fout = self.fout or fout


def apply(werk: Werkset, controle_id: UUID, zendingen: list[Zending]) -> list[Verwerkt]:
    """Applies events of one control and stores them with all that follows; call it in a savepoint.

    Those that have to wait are answered with their reason; the caller puts them in quarantine.
    """
    verwerkt: list[Verwerkt] = []
    for zending in sorted(zendingen, key=_order):
        item = Verwerkt(zending)
        try:
            item.inhoud = _take(werk, controle_id, item)
        except Wacht as wacht:
            item.wacht = wacht.reden
        verwerkt.append(item)
    blijven = [item for item in verwerkt if item.wacht is None]
    geval = werk.gevallen.get(controle_id)
    if geval is not None and blijven:
        _settle(werk, geval, blijven)
    gemeentecode = geval.controle.gemeentecode if geval else werk.toegang.indiener.gemeentecode
    rows = [event_row(werk, item.zending, gemeentecode, item.inhoud, item.status, item.oordelen) for item in blijven]
    gebeurtenissen.add_events(werk.uow.session, rows)
    return verwerkt


def creates(zending: Zending) -> bool:
    """Whether an event makes its control."""
    return isinstance(zending.inhoud, InhoudAangemaakt)


def _order(zending: Zending) -> tuple[bool, str, int]:
    event = zending.readable
    return (event.soort is not Gebeurtenissoort.CONTROLE_AANGEMAAKT, str(event.apparaat_id), event.volgnummer)


def _take(werk: Werkset, controle_id: UUID, item: Verwerkt) -> dict[str, Any]:
    """Merges one event; answers the content to store."""
    zending = item.zending
    inhoud = zending.inhoud
    if isinstance(inhoud, InhoudAangemaakt):
        aanmaken.ensure_control(werk, zending, inhoud)
        return inhoud.model_dump(mode="json", by_alias=True, exclude_none=True)
    geval = werk.gevallen.get(controle_id)
    if geval is None or not werk.toegang.in_team(geval.controle.team_id):
        if zending.is_acute:
            aanmaken.raise_acute_somewhere(werk, zending)
            return {}
        raise Wacht(Wachtreden.ONBEKENDE_CONTROLE)
    if zending.is_acute:
        moment = zending.stempel.tijd
        geval.stand.acuut = min(geval.stand.acuut or moment, moment)
        return {}
    if not werk.toegang.is_designated(geval.controle.gemeentecode, geval.object.type, geval.controle.datum):
        raise Wacht(Wachtreden.NIET_AANGEWEZEN)
    match inhoud:
        case InhoudGestart():
            _fix_versions(geval, inhoud.lijstversies)
            geval.stand.note("gestart", zending.stempel, {})
        case InhoudAntwoorden():
            _fix_versions(geval, inhoud.lijstversies)
            return _take_answers(werk, geval, item, inhoud)
        case InhoudKeuze():
            strict = is_strict(geval.object.type)
            reden = clean_text(inhoud.reden, strict=strict, bekend=_known_numbers(geval))
            content = {"keuze": inhoud.keuze.value, "reden": reden}
            if not isinstance(reden, str):
                item.tell("reden", Oordeel.FOUT, _why_refused(reden), fout=True)
            geval.stand.note("keuze", zending.stempel, content)
            return content
        case InhoudAfgerond():
            content = {"bedrijfsplanVersie": inhoud.bedrijfsplan_versie}
            geval.stand.note("afgerond", zending.stempel, content)
            return content
        case InhoudPoging():
            content = {"reden": inhoud.reden.value}
            geval.stand.note("poging", zending.stempel, content)
            return content
    return {}


def _fix_versions(geval: Geval, versies: Lijstversies) -> None:
    """The versions of the first event that names them hold for the control (checklists, rule 10).

    Raises:
        Wacht: a version that this server does not know (yet).
    """
    if not versies:
        return
    try:
        alle = {**current_versions(geval.controle.datum), **versies}
        get_catalogue(alle)
    except ChecklistversieNotFoundError:
        raise Wacht(Wachtreden.ONBEKENDE_VERSIE) from None
    if not geval.controle.checklistversies:
        geval.controle.checklistversies = alle


def move(werk: Werkset, geval: Geval, soort: str, inhoud: dict[str, Any]) -> None:
    """Makes a transition that was asked for at a desk or online, by the same rules as one from a tablet.

    Raises:
        OvergangNietMogelijk: the life cycle does not allow it now.
    """
    uow, controle = werk.uow, geval.controle
    stempel = Stempel(str(uow.caller.account_id), controle.versie, uow.now.isoformat(timespec="milliseconds"))
    geval.stand.note(soort, stempel, inhoud)
    refusals = _settle(werk, geval, [])
    if refusals:
        raise OvergangNietMogelijk(" ".join(reden for redenen in refusals.values() for reden in redenen))


def _take_answers(werk: Werkset, geval: Geval, item: Verwerkt, inhoud: InhoudAntwoorden) -> dict[str, Any]:
    stempel = item.zending.stempel
    ruimte = inhoud.antwoorden.get("BEV-01", geval.stand.values().get("BEV-01"))
    try:
        catalogus = beoordeling.catalogue_of(werk, geval)
    except ChecklistversieNotFoundError:
        raise Wacht(Wachtreden.ONBEKENDE_VERSIE) from None
    schoon = clean_answers(
        catalogus,
        inhoud.antwoorden,
        strict=is_strict(geval.object.type, ruimte),
        bekend=_known_numbers(geval),
        redenen=inhoud.filterredenen,
    )
    take_moment(geval.stand, stempel, schoon)
    for code in closed_items(geval.stand, stempel, schoon):
        del schoon[code]
        item.tell(code, Oordeel.FOUT, GESLOTEN, fout=True)
    geval.stand.answer(stempel, schoon)
    return {"lijstversies": inhoud.lijstversies, "antwoorden": schoon}


def _settle(werk: Werkset, geval: Geval, items: list[Verwerkt]) -> dict[Gebeurtenissoort, list[str]]:
    """Judges once, moves the life cycle, stores the answers, records findings and raises the signal."""
    stand, controle = geval.stand, geval.controle
    antwoorden = [item for item in items if "antwoorden" in item.inhoud]
    geval.overlays = [overlay for item in antwoorden if (overlay := _superseded(geval, item))]
    oordeel = _judged(werk, geval)
    was_open = controle.status is not Controlestatus.AFGEROND
    refusals = _move(werk, geval, oordeel)
    if oordeel is not None:
        beoordeling.take_over(geval, oordeel)
        for item in antwoorden:
            _tell_answers(geval, oordeel, item)
    for item in items:
        for reden in refusals.get(item.zending.readable.soort, ()):
            item.tell(CONTROLE, Oordeel.FOUT, reden, fout=True)
    beoordeling.raise_what_follows(werk, geval, oordeel)
    gevolgen.follow(werk, geval, oordeel, closed=was_open and controle.status is Controlestatus.AFGEROND)
    controle.versie += 1
    if oordeel is not None or stand.momenten or stand.acuut or stand.sfeerovergang:
        seal(werk.uow, geval)
        gebeurtenissen.store_answers(werk.uow.session, geval.rij, werk.uow.now)
        geval.rij.versie += 1
        werk.remember(geval)
    werk.uow.session.flush()
    return refusals


def _judged(werk: Werkset, geval: Geval) -> Beoordeling | None:
    if not geval.stand.antwoorden and "afgerond" not in geval.stand.momenten:
        if "gestart" in geval.stand.momenten:
            _freeze(werk, geval)
        return None
    try:
        return beoordeling.judge(werk, geval)
    except ChecklistversieNotFoundError:
        return None


def _freeze(werk: Werkset, geval: Geval) -> None:
    try:
        beoordeling.catalogue_of(werk, geval)
    except ChecklistversieNotFoundError:
        geval.controle.checklistversies = {}


def _move(werk: Werkset, geval: Geval, oordeel: Beoordeling | None) -> dict[Gebeurtenissoort, list[str]]:
    """Makes the transitions that were asked for, in whatever order their events came; answers what stands in the way."""
    controle, momenten = geval.controle, geval.stand.momenten
    wacht: dict[Gebeurtenissoort, list[str]] = {}
    for soort, naam, event in (
        ("gestart", "starten", Gebeurtenissoort.CONTROLE_GESTART),
        ("afgerond", "afronden", Gebeurtenissoort.CONTROLE_AFGEROND),
        ("poging", "poging", Gebeurtenissoort.POGING),
    ):
        overgang = levensloop.OVERGANGEN[naam]
        if soort not in momenten or controle.status is overgang.naar:
            continue
        if soort == "gestart" and controle.status in {Controlestatus.AFGEROND, Controlestatus.POGING}:
            continue
        stempel, inhoud = momenten[soort]
        redenen = levensloop.refusals(naam, _facts(werk, geval, oordeel, inhoud))
        if redenen:
            wacht[event] = redenen
            continue
        controle.status = overgang.naar
        moment = min(datetime.fromisoformat(stempel.tijd), werk.uow.now)
        if soort == "gestart":
            controle.gestart_op = moment
        elif soort == "afgerond":
            controle.afgerond_op = moment
        else:
            controle.reden = inhoud["reden"]
    return wacht


def _facts(werk: Werkset, geval: Geval, oordeel: Beoordeling | None, inhoud: dict[str, Any]) -> Feiten:
    controle = geval.controle
    return Feiten(
        status=controle.status,
        objecttype=geval.object.type,
        aanleiding=controle.aanleiding,
        in_actie=controle.actie_id is not None,
        integraal=controle.integraal,
        aangekondigd=controle.aangekondigd,
        aangekondigd_reden=controle.aangekondigd_reden,
        arbeid_beantwoord=oordeel is not None and oordeel.arbeid,
        aangewezen=werk.toegang.is_designated(controle.gemeentecode, geval.object.type, controle.datum),
        acuut=geval.stand.acuut is not None or (oordeel is not None and oordeel.is_acute),
        reden=inhoud.get("reden"),
    )


def _superseded(geval: Geval, item: Verwerkt) -> dict[str, Any]:
    """What this event says otherwise than what stands now."""
    staand = geval.stand.values()
    antwoorden: dict[str, Any] = item.inhoud["antwoorden"]
    return {
        code: waarde
        for code, waarde in antwoorden.items()
        if waarde is not None and not (code in staand and same(staand[code], waarde))
    }


def _tell_answers(geval: Geval, oordeel: Beoordeling, item: Verwerkt) -> None:
    conflicten = geval.stand.conflicts()
    for code, waarde in item.inhoud["antwoorden"].items():
        geweigerd = refused(waarde)
        verdict = oordeel.evaluatie.oordelen.get(code)
        if geweigerd is not None:
            item.tell(code, Oordeel.FOUT, _why_refused(waarde), fout=True)
        elif not geval.stand.stands(item.zending.stempel, code) and code not in conflicten:
            item.tell(code, "achterhaald", "Later is hier een ander antwoord gegeven.", fout=False)
        elif code in conflicten:
            item.tell(code, "verschilt", "Twee tablets geven een ander antwoord; beide zijn bewaard.", fout=True)
        elif verdict is not None:
            item.tell(code, verdict.oordeel, verdict.reden, fout=verdict.oordeel is Oordeel.FOUT)


def _why_refused(waarde: dict[str, Any]) -> str:
    return f"Deze tekst is niet bewaard, want er staat in: {', '.join(refused(waarde) or ())}. Haal dat weg."


def _known_numbers(geval: Geval) -> frozenset[str]:
    """Numbers by which the object itself is known; they are no person's."""
    return frozenset(nummer for nummer in (geval.object.kvk_nummer, geval.object.nummer) if nummer)
