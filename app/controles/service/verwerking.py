"""Applies the events of one control: merges them, lets the life cycle settle, judges the answers once (design section 5)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from app.checklists.rules.library import ChecklistversieNotFoundError
from app.checklists.rules.results import Oordeel
from app.controles.errors import OvergangNietMogelijk
from app.controles.repository import gebeurtenissen
from app.controles.rules import levensloop
from app.controles.rules.samenvoegen import Stempel, same
from app.controles.rules.vrije_tekst import refused, why_refused
from app.controles.rules.wachtredenen import Wacht
from app.controles.schemas.controles import ControleRead
from app.controles.schemas.synchronisaties import InhoudAangemaakt, InhoudBelmoment
from app.controles.service import aanwezig, beoordeling, gevolgen
from app.controles.service.beoordeling import Beoordeling
from app.controles.service.opnemen import HULPAANBOD, Verwerkt, take
from app.controles.service.opslag import event_row
from app.controles.service.startfeiten import facts
from app.controles.service.werkset import Geval, Werkset, seal
from app.controles.service.zending import Zending
from app.controles.status import Controlestatus, Gebeurtenissoort
from app.core.unit_of_work import UnitOfWork

CONTROLE = "controle"
EVENT = {
    "gestart": Gebeurtenissoort.CONTROLE_GESTART,
    "afgerond": Gebeurtenissoort.CONTROLE_AFGEROND,
    "poging": Gebeurtenissoort.POGING,
}


def apply(werk: Werkset, controle_id: UUID, zendingen: list[Zending]) -> list[Verwerkt]:
    """Applies events of one control and stores them with all that follows; call it in a savepoint.

    Those that have to wait are answered with their reason; the caller puts them in quarantine.
    """
    verwerkt: list[Verwerkt] = []
    with werk.uow.session.no_autoflush:  # the control is written once, when all is known
        for zending in sorted(zendingen, key=_order):
            item = Verwerkt(zending)
            try:
                item.inhoud = take(werk, controle_id, item)
            except Wacht as wacht:
                item.wacht = wacht.reden
            verwerkt.append(item)
    blijven = [item for item in verwerkt if item.wacht is None]
    geval = werk.own(controle_id)
    if geval is not None and blijven:
        _settle(werk, geval, blijven)
    gemeentecode = geval.controle.gemeentecode if geval else werk.toegang.indiener.gemeentecode
    rows = [event_row(werk, item.zending, gemeentecode, item.inhoud, item.status, item.oordelen) for item in blijven]
    gebeurtenissen.add_events(werk.uow.session, rows)
    return verwerkt


def stands_alone(zending: Zending) -> bool:
    """Whether an event asks for no control that is known: it makes one, or tells of a call about a signal."""
    return isinstance(zending.inhoud, InhoudAangemaakt | InhoudBelmoment)


def _order(zending: Zending) -> tuple[bool, str, int]:
    event = zending.readable
    return (event.soort is not Gebeurtenissoort.CONTROLE_AANGEMAAKT, str(event.apparaat_id), event.volgnummer)


def move(werk: Werkset, geval: Geval, soort: str, inhoud: dict[str, Any]) -> None:
    """Makes a transition that was asked for at a desk or online, by the same rules as one from a tablet.

    Raises:
        OvergangNietMogelijk: the life cycle does not allow it now.
    """
    uow = werk.uow
    geval.stand.note(soort, stamp_now(uow, geval), inhoud)
    if soort == aanwezig.GESTART:
        inside = {UUID(account) for account in (inhoud[aanwezig.DOOR], *inhoud[aanwezig.GENOEMD])}
        aanwezig.check_in(werk, geval, aanwezig.colleagues(werk, geval, inside), uow.now)
    refusals = _settle(werk, geval, []).get(EVENT[soort])
    if refusals:
        raise OvergangNietMogelijk(" ".join(refusals))


def stamp_now(uow: UnitOfWork, geval: Geval) -> Stempel:
    """The stamp of what is entered at a desk or online: the account is the device."""
    return Stempel(str(uow.caller.account_id), geval.controle.versie, uow.now.isoformat(timespec="milliseconds"))


def settle_again(werk: Werkset, geval: Geval) -> None:
    """Lets what waited for a fact, such as a second inspector, go on now that it is there."""
    _settle(werk, geval, [])


def _settle(werk: Werkset, geval: Geval, items: list[Verwerkt]) -> dict[Gebeurtenissoort, list[str]]:
    """Judges once, moves the life cycle, stores the answers, records findings and raises the signal."""
    stand, controle = geval.stand, geval.controle
    before = _told(geval)
    if items:  # what came in late has its own term
        controle.vertrouwelijk_verwijderd_op = controle.keuze_verwijderd_op = controle.inhoud_verwijderd_op = None
    antwoorden = [item for item in items if "antwoorden" in item.inhoud]
    geval.overlays = [overlay for item in antwoorden if (overlay := _superseded(geval, item))]
    was_open = controle.status is not Controlestatus.AFGEROND
    with werk.uow.session.no_autoflush:
        oordeel = _judged(werk, geval)
        refusals = _move(werk, geval, oordeel)
        closed = was_open and controle.status is Controlestatus.AFGEROND
        if closed:
            gevolgen.keep_plan_version(werk, geval)
    if oordeel is not None:
        beoordeling.take_over(geval, oordeel)
        for item in antwoorden:
            _tell_answers(geval, oordeel, item)
    if _told(geval) != before:
        controle.versie += 1
    for item in items:
        for reden in refusals.get(item.zending.readable.soort, ()):
            item.tell(CONTROLE, Oordeel.FOUT, reden, fout=True)
    aanwezig.check_out_of_closed(werk, geval)
    gevolgen.tell_refused_start(werk, geval, refused=_was_refused(items, refusals))
    beoordeling.raise_what_follows(werk, geval, oordeel)
    gevolgen.follow(werk, geval, oordeel, closed=closed)
    if oordeel is not None or stand.momenten or stand.acuut or stand.sfeerovergang:
        seal(werk.uow, geval)
        gebeurtenissen.store_answers(werk.uow.session, geval.rij, werk.uow.now)
        geval.rij.versie += 1
        werk.remember(geval)
    werk.uow.session.flush()
    return refusals


def _was_refused(items: list[Verwerkt], refusals: dict[Gebeurtenissoort, list[str]]) -> bool:
    """Whether one of these events is a start in the field that the rules do not allow."""
    start = Gebeurtenissoort.CONTROLE_GESTART
    return start in refusals and any(item.zending.readable.soort is start for item in items)


def _told(geval: Geval) -> tuple[object, ...]:
    """What others may know of a control; its version follows this alone.

    A version that rose with an alarm or a confidential answer would tell of it to whoever reads the control or a day package (DAT-13).
    """
    return *(getattr(geval.controle, name) for name in _SHOWN), geval.rij.naleving


_SHOWN = tuple(ControleRead.model_fields.keys() - {"versie"})


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
    for soort, naam in (("gestart", "starten"), ("afgerond", "afronden"), ("poging", "poging")):
        overgang = levensloop.OVERGANGEN[naam]
        if soort not in momenten or controle.status is overgang.naar:
            continue
        if soort == "gestart" and controle.status in {Controlestatus.AFGEROND, Controlestatus.POGING}:
            continue
        stempel, inhoud = momenten[soort]
        redenen = levensloop.refusals(naam, facts(werk, geval, oordeel, naam, inhoud))
        if redenen:
            wacht[EVENT[soort]] = redenen
            continue
        controle.status = overgang.naar
        moment = min(datetime.fromisoformat(stempel.tijd), werk.uow.now)
        if soort == "gestart":
            controle.gestart_op = moment
        elif soort == "afgerond":
            controle.afgerond_op = moment
        else:
            controle.reden, controle.poging_op = inhoud["reden"], moment
    if controle.status is Controlestatus.AFGEROND:
        controle.hulpaanbod = _help_offered(geval)
    return wacht


def _help_offered(geval: Geval) -> bool | None:
    """Whether help was offered: what was said last, with the end of the control or by itself (PLN-09)."""
    told = [
        (stempel.onderling, inhoud[HULPAANBOD])
        for stempel, inhoud in (
            geval.stand.momenten[soort] for soort in ("afgerond", HULPAANBOD) if soort in geval.stand.momenten
        )
        if inhoud.get(HULPAANBOD) is not None
    ]
    return max(told)[1] if told else None


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
            item.tell(code, Oordeel.FOUT, why_refused(waarde), fout=True)
        elif not geval.stand.stands(item.zending.stempel, code) and code not in conflicten:
            item.tell(code, "achterhaald", "Later is hier een ander antwoord gegeven.", fout=False)
        elif code in conflicten:
            item.tell(code, "verschilt", "Twee tablets geven een ander antwoord; beide zijn bewaard.", fout=True)
        elif verdict is not None:
            item.tell(code, verdict.oordeel, verdict.reden, fout=verdict.oordeel is Oordeel.FOUT)
