"""Four eyes: asking makes a request at one version of the signal; the second person's agreement does the step (ROL-02, table G).

The step runs in the transaction of the agreement, through the same guards, against the signal as it is then. When the signal was
changed after it was asked, nothing is done and the request is overtaken.
"""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement

from app.core.http.paging import Paging
from app.core.http.schemas import ApiInput
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.service.accounts import accounts_with_role
from app.gemeenten.service.gemeenten import region_of
from app.gemeenten.service.taken import ask_about_municipality, close_taak_of, municipality_reference
from app.signalen.errors import TweedePersoonGeweigerd, VerzoekBeslist, VerzoekLoopt, VerzoekNotFound
from app.signalen.repository import signalen, stappen
from app.signalen.repository import vierogen as repository
from app.signalen.rules.vier_ogen import Persoon, Vierogen, second_person_fault
from app.signalen.schemas.vierogen import VierogenverzoekRead, VierogenverzoekRegel
from app.signalen.service.alarmeren import Alarm
from app.signalen.service.buurman import working_for
from app.signalen.service.gebeurtenissen import Handelend, add_event
from app.signalen.service.postvak import read_signaal
from app.signalen.service.stappen import STAPPEN, perform
from app.signalen.service.vastleggen import note, note_apart
from app.signalen.status import Actie, Verzoekstatus
from app.signalen.tables import Signaal, Vierogenverzoek

GEEN_TWEEDE = "geen-tweede-persoon"


def ask_second(
    uow: UnitOfWork, signaal: Signaal, actie: Actie, stap: ApiInput, handeling: Vierogen
) -> VierogenverzoekRegel:
    """Asks a second person for a step on a locked signal, at its present version.

    Raises:
        VerzoekLoopt: the same was asked already at this version.
    """
    own = uow.caller.account_id if handeling is Vierogen.INZIEN_BUITEN_ROL else None
    stands = repository.open_request(uow.session, signaal.id, handeling, signaal.versie, own)
    if stands is not None and _person(uow, stands, signaal) is not None:
        raise VerzoekLoopt
    if stands is not None:  # who asked is no AF any more: his request keeps nobody from asking
        _decide(uow, stands, signaal, Verzoekstatus.ACHTERHAALD)
    row = Vierogenverzoek(
        signaal_id=signaal.id,
        gemeentecode=signaal.gemeentecode,
        handeling=handeling,
        stap=uow.seal(signaal.id, "nog leeg", ""),
        bij_versie=signaal.versie,
        gevraagd_door=uow.caller.account_id,
        gevraagd_op=uow.now,
    )
    asked = {"actie": actie.value, "stap": stap.model_dump(mode="json", by_alias=True, exclude_unset=True)}
    row.stap = uow.seal(signaal.id, _field(row.id), json.dumps(asked, ensure_ascii=False))
    uow.session.add(row)
    uow.session.flush()
    note(uow, signaal, soort="vierogenverzoek", row=row.id)
    _tell_second(uow, row, signaal)
    return VierogenverzoekRegel.model_validate(row)


def _tell_second(uow: UnitOfWork, row: Vierogenverzoek, signaal: Signaal) -> None:
    """Wakes who may decide, with the neutral text; where there is nobody, the manager is asked to see to it."""
    places = [signaal.gemeentecode]
    if not _is_view(row):  # whether somebody sees a signal outside his role is decided in its own municipality
        places += region_of(uow, signaal.gemeentecode)
    alarm = Alarm(uow)
    if not alarm.second_person(signaal, _caller_as_person(uow), f"vierogen:{row.id}", places):
        _ask_manager(uow, signaal.gemeentecode)
    alarm.post.store()


def _ask_manager(uow: UnitOfWork, gemeentecode: str) -> None:
    """Nothing waits in silence; of the signal the manager learns nothing, not even that it is one."""
    ask_about_municipality(
        uow,
        gemeentecode,
        GEEN_TWEEDE,
        "Voor een besluit is nu geen tweede aandachtsfunctionaris te vinden. Kijk wie dat kan zijn.",
        Rol.BEHEERDER,
    )


def list_requests(uow: UnitOfWork, status: Verzoekstatus, paging: Paging) -> list[VierogenverzoekRegel]:
    """The caller's own requests and those that he may decide on, oldest first, without content."""
    rows = repository.requests_page(uow.session, _readable(uow), status, paging)
    return [_line(row, version) for row, version in rows]


def get_request(uow: UnitOfWork, verzoek_id: UUID) -> tuple[VierogenverzoekRead, int]:
    """One request with the step, its reason, and the content of the signal that it is about; logged.

    The second person reads it as long as there is something to decide; afterwards, and for who asked, it is read like any signal.

    Raises:
        VerzoekNotFound: unknown, or not for the caller.
    """
    row = _find(uow, verzoek_id)
    signaal = uow.session.get(Signaal, row.signaal_id)
    if signaal is None or signaal.inhoud_verwijderd_op is not None or not _may_read(uow, row, signaal):
        raise VerzoekNotFound
    asked = asked_step(uow, row)
    with working_for(uow, signaal.gemeentecode):
        content = read_signaal(uow, signaal)
    note(uow, signaal)
    line = _line(row, signaal.versie)
    read = VierogenverzoekRead(**line.model_dump(), actie=asked["actie"], stap=asked["stap"], signaal=content)
    return read, row.versie


def agree(uow: UnitOfWork, verzoek_id: UUID, if_match: str | None) -> tuple[VierogenverzoekRegel, int]:
    """The second person agrees: the step is done now, or the request turns out to be overtaken.

    Raises:
        VerzoekNotFound: unknown, or not for the caller.
        PreconditionFailed: somebody else decided or withdrew it.
        VerzoekBeslist: decided, withdrawn or overtaken before.
        TweedePersoonGeweigerd: the caller cannot be the second person here.
        SignaalstapGeweigerd: the guards refuse the step as things stand now.
    """
    row, signaal = _lock(uow, verzoek_id, if_match)
    first = _person(uow, row, signaal)
    if first is None:
        return _decide(uow, row, signaal, Verzoekstatus.ACHTERHAALD)
    fault = second_person_fault(first, _caller_as_person(uow), signaal.indiener)
    if fault is not None:
        raise TweedePersoonGeweigerd(fault)
    if not _is_view(row) and row.bij_versie != signaal.versie:
        return _decide(uow, row, signaal, Verzoekstatus.ACHTERHAALD)
    door = Handelend(row.gevraagd_door, uow.caller.account_id)
    asked = asked_step(uow, row)
    if _is_view(row):
        add_event(uow, signaal, Actie.INZIEN_BUITEN_ROL, signaal.status, asked["stap"]["reden"], door=door)
    else:
        actie = Actie(asked["actie"])
        with working_for(uow, signaal.gemeentecode):
            perform(uow, signaal, actie, STAPPEN[actie].vorm.model_validate(asked["stap"]), None, door)
    return _decide(uow, row, signaal, Verzoekstatus.AKKOORD)


def refuse(uow: UnitOfWork, verzoek_id: UUID, reden: str, if_match: str | None) -> tuple[VierogenverzoekRegel, int]:
    """The second person refuses and says why; nothing happens to the signal.

    Raises:
        VerzoekNotFound: unknown, or not for the caller.
        VerzoekBeslist: decided, withdrawn or overtaken before.
        TweedePersoonGeweigerd: the caller cannot be the second person here.
    """
    row, signaal = _lock(uow, verzoek_id, if_match)
    first = _person(uow, row, signaal)
    fault = None if first is None else second_person_fault(first, _caller_as_person(uow), signaal.indiener)
    if fault is not None:
        raise TweedePersoonGeweigerd(fault)
    row.toelichting = uow.seal(signaal.id, f"{_field(row.id)}.antwoord", reden)
    return _decide(uow, row, signaal, Verzoekstatus.GEWEIGERD)


def withdraw(uow: UnitOfWork, verzoek_id: UUID, if_match: str | None) -> tuple[VierogenverzoekRegel, int]:
    """Who asked takes it back.

    Raises:
        VerzoekNotFound: unknown, or asked by somebody else.
        VerzoekBeslist: decided, withdrawn or overtaken before.
    """
    row, signaal = _lock(uow, verzoek_id, if_match)
    if row.gevraagd_door != uow.caller.account_id:
        raise VerzoekNotFound
    return _decide(uow, row, signaal, Verzoekstatus.INGETROKKEN)


def _readable(uow: UnitOfWork) -> ColumnElement[bool]:
    caller = uow.caller
    colleagues = accounts_with_role(uow, caller.gemeentecode, Rol.AF, uow.today)
    same = {account.id for account in colleagues if account.domein == caller.domein}
    return repository.readable_by(caller, region_of(uow, caller.gemeentecode), same)


def _find(uow: UnitOfWork, verzoek_id: UUID) -> Vierogenverzoek:
    row = repository.find_request(uow.session, _readable(uow), verzoek_id)
    if row is None:
        raise VerzoekNotFound
    return row


def _may_read(uow: UnitOfWork, row: Vierogenverzoek, signaal: Signaal) -> bool:
    decides = row.gevraagd_door != uow.caller.account_id
    if decides and _line(row, signaal.versie).status is Verzoekstatus.OPEN:
        return True
    return signalen.find_readable(uow.session, uow.caller, signaal.id) is not None


def _lock(uow: UnitOfWork, verzoek_id: UUID, if_match: str | None) -> tuple[Vierogenverzoek, Signaal]:
    """The request and its signal, locked in the order that every step has: the signal first."""
    row = _find(uow, verzoek_id)
    signaal = stappen.locked(uow.session, row.signaal_id)
    if signaal is None or signaal.inhoud_verwijderd_op is not None:
        raise VerzoekNotFound
    note_apart(uow, signaal)
    repository.lock_request(uow.session, row)
    check_version(if_match, row.versie)
    if row.status is not Verzoekstatus.OPEN:
        raise VerzoekBeslist
    return row, signaal


def _decide(
    uow: UnitOfWork, row: Vierogenverzoek, signaal: Signaal, status: Verzoekstatus
) -> tuple[VierogenverzoekRegel, int]:
    row.status, row.beslist_door, row.beslist_op = status, uow.caller.account_id, uow.now
    row.versie += 1
    uow.session.flush()
    close_taak_of(uow, GEEN_TWEEDE, municipality_reference(signaal.gemeentecode))
    note(uow, signaal, soort="vierogenverzoek", row=row.id)
    return _line(row, signaal.versie), row.versie


def _person(uow: UnitOfWork, row: Vierogenverzoek, signaal: Signaal) -> Persoon | None:
    """Who asked, as he is today; None when he is no AF any more: what he asked does not count."""
    for code in dict.fromkeys([signaal.gemeentecode, *region_of(uow, signaal.gemeentecode)]):
        for account in accounts_with_role(uow, code, Rol.AF, uow.today):
            if account.id == row.gevraagd_door:
                return Persoon(account.id, account.gemeentecode, account.domein, is_af=True)
    return None


def _caller_as_person(uow: UnitOfWork) -> Persoon:
    caller = uow.caller
    return Persoon(
        caller.account_id,
        caller.gemeentecode,
        caller.domein,
        is_af=caller.has(Rol.AF),
        is_teamleider=caller.has(Rol.TEAMLEIDER),
    )


def asked_step(uow: UnitOfWork, row: Vierogenverzoek) -> dict[str, Any]:
    """The step that was asked for: its action and what it says."""
    asked: dict[str, Any] = json.loads(uow.unseal(row.signaal_id, _field(row.id), row.stap))
    return asked


def _line(row: Vierogenverzoek, version: int) -> VierogenverzoekRegel:
    line = VierogenverzoekRegel.model_validate(row)
    if row.status is Verzoekstatus.OPEN and not _is_view(row) and row.bij_versie != version:
        line.status = Verzoekstatus.ACHTERHAALD
    return line


def _is_view(row: Vierogenverzoek) -> bool:
    return row.handeling is Vierogen.INZIEN_BUITEN_ROL


def _field(verzoek_id: UUID) -> str:
    return f"vierogen.{verzoek_id}"
