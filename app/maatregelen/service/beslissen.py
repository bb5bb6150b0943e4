"""The AF's list of measures that wait, and his answer. Every reading and every answer is logged (INS-05, DEF-05, ROL-12)."""

from collections.abc import Sequence
from uuid import UUID

from app.core.errors import Fout, InvalidInput
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.service.taken import close_taak_of, reopen_taak
from app.maatregelen.errors import AfstemverzoekBeslist, AfstemverzoekNotFound
from app.maatregelen.repository import afstemmingen as repository
from app.maatregelen.schemas.afstemverzoeken import Afstemmen, AfstemverzoekRead, AfstemverzoekRegel, NietAfstemmen
from app.maatregelen.service.afstemming import AFSTEMMEN, grounds_of
from app.maatregelen.service.antwoord import Antwoord, read_answer, seal_answer
from app.maatregelen.service.gevolgen import stand_of
from app.maatregelen.service.rijen import note_change, require_row, show
from app.maatregelen.status import Afstemreden, Afstemverzoekstand, Maatregelactie
from app.maatregelen.tables import Maatregel, Maatregelafstemming

BEANTWOORD = "maatregel-afgestemd"
SLACHTOFFERBLIK = (
    "Iemand op deze plek is mogelijk gedwongen tot strafbare feiten: mogelijk slachtoffer, niet alleen dader. "
    "Straf niemand voor wat hij onder dwang deed; overleg eerst met het OM en de zorgcoördinator."
)
"""The victim view (RTE-07, DEF-05)."""


def list_requests(uow: UnitOfWork, stand: Afstemverzoekstand, paging: Paging) -> Sequence[Maatregelafstemming]:
    """Questions of one state, oldest first: one more than a page."""
    return repository.page(uow.session, uow.caller, stand, paging)


def get_request(uow: UnitOfWork, verzoek_id: UUID) -> AfstemverzoekRead:
    """One question with why it waits.

    Raises:
        AfstemverzoekNotFound: unknown, or for another AF.
    """
    row = repository.find(uow.session, uow.caller, verzoek_id)
    if row is None:
        raise AfstemverzoekNotFound
    measure = require_row(uow, row.maatregel_id)
    uow.audit("afstemverzoek", row.id, row.gemeentecode)
    return _read(uow, row, measure)


def agree(uow: UnitOfWork, verzoek_id: UUID, if_match: str | None, data: Afstemmen) -> AfstemverzoekRead:
    """Agrees with all that is known now; the measure can be imposed.

    Raises:
        AfstemverzoekNotFound: unknown, or for another AF.
        PreconditionFailed: somebody else answered.
        AfstemverzoekBeslist: it waits no more.
        InvalidInput: the day on which OM agreed is missing, or still to come.
    """
    row, measure = _lock(uow, verzoek_id, if_match)
    reasons = grounds_of(uow, measure)
    if Afstemreden.OM in reasons and data.om_akkoord_op is None:
        raise _fault("ontbreekt; dit vraagt afstemming met het OM")
    if data.om_akkoord_op is not None and data.om_akkoord_op > uow.today:
        raise _fault("ligt in de toekomst")
    measure.afgestemd_op = uow.today
    return _answer(uow, row, measure, Afstemverzoekstand.AFGESTEMD, Antwoord(sorted(reasons), data.toelichting))


def refuse(uow: UnitOfWork, verzoek_id: UUID, if_match: str | None, data: NietAfstemmen) -> AfstemverzoekRead:
    """Says that there is no agreement; why stays with the AF.

    Raises:
        AfstemverzoekNotFound: unknown, or for another AF.
        PreconditionFailed: somebody else answered.
        AfstemverzoekBeslist: it waits no more.
    """
    row, measure = _lock(uow, verzoek_id, if_match)
    reasons = sorted(grounds_of(uow, measure))
    return _answer(uow, row, measure, Afstemverzoekstand.GEEN, Antwoord(reasons, data.toelichting))


def _lock(uow: UnitOfWork, verzoek_id: UUID, if_match: str | None) -> tuple[Maatregelafstemming, Maatregel]:
    """The question and its measure, locked in the order of every step: the measure first."""
    found = repository.find(uow.session, uow.caller, verzoek_id)
    if found is None:
        raise AfstemverzoekNotFound
    measure = require_row(uow, found.maatregel_id, lock=True)
    row = repository.of_measure(uow.session, measure.id)
    if row is None:
        raise AfstemverzoekNotFound
    check_version(if_match, row.versie)
    if row.stand is not Afstemverzoekstand.WACHT:
        raise AfstemverzoekBeslist
    return row, measure


def _answer(
    uow: UnitOfWork, row: Maatregelafstemming, measure: Maatregel, stand: Afstemverzoekstand, antwoord: Antwoord
) -> AfstemverzoekRead:
    seal_answer(uow, row, antwoord)
    row.stand, row.versie = stand, row.versie + 1
    uow.session.flush()
    uow.audit("afstemverzoek", row.id, row.gemeentecode)
    close_taak_of(uow, AFSTEMMEN, row.id)
    note_change(uow, measure, stand_of(measure), Maatregelactie.AFSTEMMEN, ["afstemming"])
    reopen_taak(
        uow,
        TaakCreate(
            gemeentecode=measure.gemeentecode,
            soort=BEANTWOORD,
            omschrijving="Er is antwoord over een maatregel die op afstemming wachtte.",
            voor_rol=Rol.VERGUNNINGVERLENER,
            onderwerp_soort="maatregel",
            onderwerp_id=measure.id,
            voor_datum=uow.today,
        ),
    )
    return _read(uow, row, measure)


def _read(uow: UnitOfWork, row: Maatregelafstemming, measure: Maatregel) -> AfstemverzoekRead:
    reasons = grounds_of(uow, measure)
    given = read_answer(uow, row)
    line = AfstemverzoekRegel.model_validate(row)
    return AfstemverzoekRead(
        **line.model_dump(),
        maatregel=show(uow, [measure])[0],
        redenen=sorted(reasons),
        slachtofferblik=SLACHTOFFERBLIK if Afstemreden.DWANG in reasons else None,
        bekend_bij_antwoord=None if row.antwoord is None else given.redenen,
        toelichting=given.toelichting,
    )


def _fault(melding: str) -> InvalidInput:
    return InvalidInput("Er is 1 fout gevonden; zie 'fouten'.", [Fout("omAkkoordOp", melding)])
