"""Takes one event into the merged state of its control: text filter, versions, closing of the list (design section 5)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from app.checklists.rules.library import ChecklistversieNotFoundError
from app.checklists.rules.results import Oordeel
from app.checklists.service import current_versions, get_catalogue, open_after_stop
from app.controles.rules.sfeerovergang import GESLOTEN, close_list, closed_items, take_moment
from app.controles.rules.vrije_tekst import clean_answers, clean_text, is_strict, why_refused
from app.controles.rules.wachtredenen import Wacht, Wachtreden
from app.controles.schemas.synchronisaties import (
    InhoudAangemaakt,
    InhoudAanwezig,
    InhoudAcuut,
    InhoudAfgerond,
    InhoudAntwoorden,
    InhoudBelmoment,
    InhoudGestart,
    InhoudHulpaanbod,
    InhoudKeuze,
    InhoudPoging,
    InhoudSfeerovergang,
    Lijstversies,
)
from app.controles.service import aanmaken, aanwezig, belmoment, beoordeling
from app.controles.service.werkset import Geval, Werkset
from app.controles.service.zending import Zending
from app.controles.status import Gebeurtenissoort, Gebeurtenisstatus

HULPAANBOD = "hulpaanbod"


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


def take(werk: Werkset, controle_id: UUID, item: Verwerkt) -> dict[str, Any]:
    """Merges one event; answers the content to store.

    Raises:
        Wacht: it has to wait, and why.
    """
    inhoud = item.zending.inhoud
    if isinstance(inhoud, InhoudAangemaakt):
        _clean_description(item, inhoud)
        aanmaken.ensure_control(werk, item.zending, inhoud)
        return inhoud.model_dump(mode="json", by_alias=True, exclude_none=True)
    geval = werk.own(controle_id)
    if isinstance(inhoud, InhoudAcuut):
        _take_danger(werk, geval, item)
        return {}
    if isinstance(inhoud, InhoudBelmoment) and (geval is None or inhoud.signaal_id is not None):
        return belmoment.note(werk, item.zending, inhoud)
    return _take_into(werk, _may_write(werk, geval, controle_id), item)


def _take_danger(werk: Werkset, geval: Geval | None, item: Verwerkt) -> None:
    """A call for help asks for no right and no control (RTE-01)."""
    if geval is None:
        aanmaken.raise_acute_somewhere(werk, item.zending)
    else:
        moment = item.zending.stempel.tijd
        geval.stand.acuut = min(geval.stand.acuut or moment, moment)


def _may_write(werk: Werkset, geval: Geval | None, controle_id: UUID) -> Geval:
    """The control, when the sender may write to it.

    Raises:
        Wacht: unknown, of another team, or he is not designated there.
    """
    if geval is None:
        known = controle_id in werk.gevallen
        raise Wacht(Wachtreden.ANDER_TEAM if known else Wachtreden.ONBEKENDE_CONTROLE)
    if not werk.toegang.is_designated(geval.controle.gemeentecode, geval.object.type, geval.controle.datum):
        raise Wacht(Wachtreden.NIET_AANGEWEZEN)
    return geval


def _take_into(werk: Werkset, geval: Geval, item: Verwerkt) -> dict[str, Any]:
    inhoud = item.zending.inhoud
    if isinstance(inhoud, InhoudGestart | InhoudAntwoorden):
        _fix_versions(geval, inhoud.lijstversies)
    if isinstance(inhoud, InhoudAntwoorden):
        return _take_answers(werk, geval, item, inhoud)
    if isinstance(inhoud, InhoudAanwezig):
        return _take_presence(werk, geval, item, inhoud)
    if isinstance(inhoud, InhoudSfeerovergang):
        close_list(geval.stand, item.zending.stempel, open_after_stop(geval.controle.checklistversies))
        return {}
    soort, content = _moment(werk, geval, item, inhoud)
    geval.stand.note(soort, item.zending.stempel, content)
    return content


def _moment(werk: Werkset, geval: Geval, item: Verwerkt, inhoud: object) -> tuple[str, dict[str, Any]]:
    """The kind of moment that an event notes, and what to keep of it."""
    match inhoud:
        case InhoudAfgerond():
            versie = inhoud.bedrijfsplan_versie
            schoon = None if not versie else _cleaned(geval, item, "bedrijfsplanVersie", versie)
            told = {"bedrijfsplanVersie": schoon if isinstance(schoon, str) else None}
            return "afgerond", told if inhoud.hulpaanbod is None else {**told, "hulpaanbod": inhoud.hulpaanbod}
        case InhoudPoging():
            return "poging", {"reden": inhoud.reden.value}
        case InhoudHulpaanbod():
            return HULPAANBOD, {HULPAANBOD: inhoud.hulpaanbod}
        case InhoudBelmoment():
            return belmoment.MOMENT, belmoment.content(inhoud)
        case InhoudKeuze():
            return "keuze", {"keuze": inhoud.keuze.value, "reden": _cleaned(geval, item, "reden", inhoud.reden)}
        case InhoudGestart():
            inside = _inspectors(werk, geval, item, inhoud.toezichthouders)
            aanwezig.check_in(werk, geval, inside, _entered(werk, item))
            return aanwezig.GESTART, {
                aanwezig.DOOR: str(werk.toegang.indiener.account_id),
                aanwezig.GENOEMD: [str(account) for account in inhoud.toezichthouders],
                "grond": inhoud.grond,
            }
        case _:
            msg = f"no moment is noted of {type(inhoud).__name__}"
            raise TypeError(msg)


def _clean_description(item: Verwerkt, inhoud: InhoudAangemaakt) -> None:
    """A text about a place without an address is as strict as one about a dwelling: it may be one."""
    schoon = clean_text(inhoud.omschrijving, strict=True, bekend=frozenset())
    if not isinstance(schoon, str):
        inhoud.omschrijving = ""
        item.tell("omschrijving", Oordeel.FOUT, why_refused(schoon), fout=True)


def _take_presence(werk: Werkset, geval: Geval, item: Verwerkt, inhoud: InhoudAanwezig) -> dict[str, Any]:
    """A check-in or check-out; who sends a check-in is there himself."""
    moment = _entered(werk, item)
    if item.zending.readable.soort is Gebeurtenissoort.INGECHECKT:
        aanwezig.check_in(werk, geval, _inspectors(werk, geval, item, inhoud.toezichthouders), moment)
    else:
        aanwezig.check_out(werk, geval, aanwezig.who_leaves(werk, geval, inhoud.toezichthouders), moment)
    return {aanwezig.GENOEMD: [str(account) for account in inhoud.toezichthouders]}


def _inspectors(werk: Werkset, geval: Geval, item: Verwerkt, named: Sequence[UUID]) -> set[UUID]:
    """The sender and whom he named, without accounts that are no inspectors there; the sender is told of those."""
    wanted = {werk.toegang.indiener.account_id, *named}
    known = aanwezig.colleagues(werk, geval, wanted)
    if known != wanted:
        melding = "Een van de genoemde toezichthouders is in deze gemeente niet aangewezen en telt niet mee."
        item.tell(aanwezig.GENOEMD, Oordeel.FOUT, melding, fout=True)
    return known


def _entered(werk: Werkset, item: Verwerkt) -> datetime:
    return min(datetime.fromisoformat(item.zending.stempel.tijd), werk.uow.now)


def _cleaned(geval: Geval, item: Verwerkt, veld: str, text: str) -> str | dict[str, Any]:
    """The text, or why it was refused; the sender is told."""
    ruimte = geval.stand.values().get("BEV-01")
    schoon = clean_text(text, strict=is_strict(geval.object.type, ruimte), bekend=geval.known_numbers)
    if not isinstance(schoon, str):
        item.tell(veld, Oordeel.FOUT, why_refused(schoon), fout=True)
    return schoon


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
        bekend=geval.known_numbers,
        redenen=inhoud.filterredenen,
    )
    blijft_open = catalogus.rekenregel.blijft_open
    take_moment(geval.stand, stempel, schoon, blijft_open)
    for code in closed_items(geval.stand, stempel, schoon, blijft_open):
        del schoon[code]
        item.tell(code, Oordeel.FOUT, GESLOTEN, fout=True)
    geval.stand.answer(stempel, schoon)
    return {"lijstversies": inhoud.lijstversies, "antwoorden": schoon}
