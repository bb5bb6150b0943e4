"""The deadlines of a signal: started, met and ended by its events, in the transaction of the event (table F, RTE-02, RTE-20).

`on_event` is called from one place, `gebeurtenissen.add_event`. What happens when a deadline is over stands in `escaleren.py`.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import region_code_of
from app.signalen.repository import termijnen as repository
from app.signalen.rules.kantooruren import at_hour
from app.signalen.rules.termijnen import (
    BIJ_HEROPENEN,
    BIJ_VERZENDEN,
    EINDIGT_BIJ,
    GEHAALD_DOOR,
    NOG_TE_DOEN,
)
from app.signalen.schemas.termijnen import TermijnRead
from app.signalen.service.termijnboek import ANTWOORD, Termijnboek
from app.signalen.service.vastleggen import note, read_one
from app.signalen.status import (
    Actie,
    Bronsoort,
    JaNeeOnbekend,
    Signaalstatus,
    Termijnsoort,
    Termijnstatus,
)
from app.signalen.tables import Overdracht, Signaal, Signaaltermijn

T = Termijnsoort
OVER = frozenset({Signaalstatus.GESLOTEN, Signaalstatus.SAMENGEVOEGD})


def on_event(uow: UnitOfWork, signaal: Signaal, actie: Actie, overdracht: Overdracht | None = None) -> None:
    """Starts, meets and ends deadlines after a change of a locked signal.

    Args:
        uow: the transaction of the event.
        signaal: the signal, in its state after the event.
        actie: what was done.
        overdracht: the hand-over that it is about, when there is one.
    """
    if actie in {Actie.OPVOEREN, Actie.VERWIJDEREN, Actie.TERMIJN_VERSTREKEN, Actie.INZIEN_BUITEN_ROL}:
        return
    if signaal.verzonden_op is None:
        return
    terms = Termijnboek(uow, signaal)
    terms.meet(GEHAALD_DOOR.get(actie, frozenset()))
    _start(terms, actie)
    if signaal.mogelijk_minderjarig is JaNeeOnbekend.JA and signaal.status not in OVER:
        terms.start(T.VEILIG_THUIS)
    if actie in {Actie.UITZETTEN, Actie.IN_BEHANDELING_NEMEN} or overdracht is not None:
        _await_partners(terms, overdracht)
    terms.meet_by_facts()
    if actie in {Actie.AANVULLEN, Actie.TRIEREN, Actie.URGENTIE_WIJZIGEN}:
        terms.follow_urgency(lowered=actie is not Actie.AANVULLEN)
    terms.end(EINDIGT_BIJ.get(actie, frozenset()) - {T.TERUGKOPPELING_SLUITEN})
    terms.note_first()


def meet(uow: UnitOfWork, signaal: Signaal, soort: Termijnsoort, onderwerp_id: UUID | None = None) -> None:
    """Notes that something was done that is no event of its own, such as the release of a BRP marking; the signal is locked."""
    terms = Termijnboek(uow, signaal)
    terms.meet({soort}, onderwerp_id)
    terms.note_first()


def start(uow: UnitOfWork, signaal: Signaal, soort: Termijnsoort, voor: datetime | None = None) -> None:
    """Starts a deadline that follows from no event, such as one that a forced recipient brings; the signal is locked."""
    terms = Termijnboek(uow, signaal)
    terms.start(soort, voor=voor)
    terms.note_first()


def ask_again(uow: UnitOfWork, signaal: Signaal, soort: Termijnsoort) -> None:
    """Starts a deadline anew that was over, such as that of a judgement without what came after it; one that runs is left as it is."""
    terms = Termijnboek(uow, signaal)
    if not terms.running({soort}):
        terms.start(soort, again=True)
    terms.note_first()


def drop(uow: UnitOfWork, signaal: Signaal, soort: Termijnsoort) -> None:
    """Ends a deadline of which nothing is left to do; the signal is locked."""
    terms = Termijnboek(uow, signaal)
    terms.end({soort})
    terms.note_first()


def start_missing(uow: UnitOfWork, signaal: Signaal, *, veilig_thuis: bool) -> None:
    """Starts what a locked signal in this state would run, as far as it was never started (`aanvullen.py`)."""
    terms = Termijnboek(uow, signaal)
    terms.record_acknowledged()
    wanted = set(NOG_TE_DOEN[signaal.status])
    if T.AGENDA in wanted and not _holds_drieluik(terms):
        wanted.remove(T.AGENDA)
    if signaal.bron is Bronsoort.BALIE:
        wanted.add(T.BRP_VRIJGAVE)
    if veilig_thuis:
        wanted.add(T.VEILIG_THUIS)
    moments = {T.BEVESTIGEN: signaal.bevestigen_voor}
    if signaal.herzien_op is not None:
        moments[T.HERZIEN] = at_hour(signaal.herzien_op, 24)
    for soort in sorted(wanted):
        terms.start(soort, voor=moments.get(soort))
    _await_partners(terms, None)
    terms.meet_by_facts()
    terms.note_first()


def refresh(
    uow: UnitOfWork,
    signaal: Signaal,
    rows: Iterable[Signaaltermijn] | None = None,
    ernaast: repository.Ernaast | None = None,
) -> None:
    """Meets what turns out to be done, before a step would be taken for it; the signal is locked, and `rows` are its deadlines."""
    terms = Termijnboek(uow, signaal, rows, ernaast)
    terms.meet_by_facts()
    terms.note_first()


def list_terms(uow: UnitOfWork, signaal_id: UUID) -> list[TermijnRead]:
    """The deadlines of a signal, soonest first, with the time that is left. They tell a team leader nothing of the content.

    Raises:
        SignaalNotFound: unknown or not readable.
    """
    note(uow, read_one(uow, signaal_id))
    return [read_term(row, uow.now) for row in repository.terms_of(uow.session, signaal_id)]


def read_term(row: Signaaltermijn, now: datetime) -> TermijnRead:
    """A deadline as the API shows it."""
    runs = row.status is Termijnstatus.LOOPT
    left = round((row.voor - now).total_seconds()) if runs else None
    return TermijnRead(
        soort=row.soort,
        onderwerp_id=row.onderwerp_id,
        vanaf=row.vanaf,
        voor=row.voor,
        status=row.status,
        gedaan_op=row.gedaan_op,
        trap=row.trap,
        resterende_seconden=left,
        verstreken=row.status is Termijnstatus.TE_LAAT_GEDAAN or (left is not None and left <= 0),
    )


def _start(boek: Termijnboek, actie: Actie) -> None:
    signaal = boek.signaal
    if actie is Actie.VERZENDEN:
        for soort in BIJ_VERZENDEN:
            boek.start(soort, voor=signaal.bevestigen_voor if soort is T.BEVESTIGEN else None)
        if signaal.bron is Bronsoort.BALIE and not signaal.gesloten_route:
            boek.start(T.BRP_VRIJGAVE)
    elif actie is Actie.HEROPENEN:
        for soort in BIJ_HEROPENEN:
            boek.start(soort, again=True)
    elif actie is Actie.TRIEREN and _holds_drieluik(boek):
        boek.start(T.AGENDA)
    elif actie is Actie.MONITOREN and signaal.herzien_op is not None:
        boek.start(T.HERZIEN, voor=at_hour(signaal.herzien_op, 24), again=True)
    elif actie is Actie.SLUITEN:
        boek.start(T.TERUGKOPPELING_SLUITEN, again=True)


def _holds_drieluik(boek: Termijnboek) -> bool:
    gemeentecode = boek.signaal.gemeentecode
    return repository.has_drieluik(boek.uow.session, gemeentecode, region_code_of(boek.uow, gemeentecode))


def _await_partners(boek: Termijnboek, overdracht: Overdracht | None) -> None:
    found = [overdracht] if overdracht is not None else boek.handovers()
    for one in found:
        if one.partner_id is not None and one.reactie_op is None and one.status not in ANTWOORD:
            boek.start(T.PARTNERREACTIE, one.id)


def time_left(uow: UnitOfWork, row: Signaal) -> dict[str, object]:
    """How long until the first running deadline of a signal, as the inbox shows it."""
    first = row.eerstvolgende_termijn
    left = None if first is None else round((first - uow.now).total_seconds())
    return {"resterende_seconden": left, "termijn_verstreken": left is not None and left <= 0}
