"""The on-call roster of AFs on functional numbers that were tested (ROL-24)."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from app.core.errors import Conflict, Fout, InvalidInput, NotFound
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import accounts, berichten, rijen
from app.gemeenten.repository import piket as repository
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import PiketdienstCreate, PiketdienstRead, PiketNummer
from app.gemeenten.service.berichten import notify_shift
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.normen import norm_value
from app.gemeenten.service.opslaan import find_stored
from app.gemeenten.tables import Piketdienst

RANGEN = (1, 2)


class PiketdienstNotFound(NotFound):
    """Unknown, or of a municipality in which the caller does not work."""

    code = "piketdienst-niet-gevonden"


class PiketdienstOverlap(Conflict):
    """Two shifts of one rank at one moment: nobody knows whom to call."""

    code = "piketdienst-overlap"


class PiketdienstNietNu(Conflict):
    """The shift does not run now."""

    code = "piketdienst-niet-nu"


class GeenTestalarm(Conflict):
    """No test alarm that the caller can answer."""

    code = "geen-testalarm"


def current_piket(uow: UnitOfWork, gemeentecode: str, moment: datetime, rang: int = 1) -> Piketdienst | None:
    """Who is on call at a moment, or None: rank 1 first, rank 2 is the stand-in (ROL-24)."""
    return repository.on_call(uow.session, gemeentecode, moment, rang)


def list_piketdiensten(uow: UnitOfWork, paging: Paging, gemeentecode: str | None) -> Sequence[Piketdienst]:
    """The roster by start: one page and one row more.

    Raises:
        InvalidInput: a cursor of another list.
    """
    after = None
    if paging.after is not None:
        try:
            after = datetime.fromisoformat(paging.after[0]).astimezone(UTC)
        except ValueError:
            raise InvalidInput("De cursor klopt niet. Begin zonder cursor.") from None
    return repository.piketdiensten_page(uow.session, uow.caller, paging, gemeentecode, after)


def get_piketdienst(uow: UnitOfWork, piketdienst_id: UUID, *, lock: bool = False) -> Piketdienst:
    """One shift.

    Raises:
        PiketdienstNotFound: unknown or not readable.
    """
    found = rijen.find(uow.session, uow.caller, Piketdienst, piketdienst_id, lock=lock)
    if found is None:
        raise PiketdienstNotFound("Deze piketdienst bestaat niet, of u mag hem niet zien.")
    return found


def add_piketdienst(uow: UnitOfWork, data: PiketdienstCreate) -> Piketdienst:
    """Stores a shift of an AF of the municipality; a number that was tested before counts as tested.

    Raises:
        GemeenteNotFound: the caller does not work there.
        InvalidInput: the account is no AF of this municipality.
        PiketdienstOverlap: somebody has this rank in that time already.
        IdInGebruik: another shift stands under this id.
    """
    require_gemeente(uow, data.gemeentecode, lock=True)
    dienst = Piketdienst(**data.model_dump())
    stored = find_stored(uow, dienst)
    if stored is not None:
        return stored
    found = accounts.accounts_of(uow.session, [data.account_id], [data.gemeentecode])
    if not any(Rol.AF in account.rollen for account in found):
        raise InvalidInput(
            "Er is 1 fout gevonden; zie 'fouten'.",
            [Fout("body.accountId", "is geen aandachtsfunctionaris van deze gemeente")],
        )
    if repository.overlapping(uow.session, data.gemeentecode, data.rang, data.van, data.tot):
        raise PiketdienstOverlap("In deze tijd heeft al iemand piket met deze rang. Kies een andere tijd of rang.")
    dienst.getest_op = repository.last_test(uow.session, data.gemeentecode, data.nummer)
    uow.session.add(dienst)
    uow.session.flush()
    uow.audit("Piketdienst", dienst.id, dienst.gemeentecode)
    return dienst


def numbers_on_call(uow: UnitOfWork, gemeentecode: str) -> list[PiketNummer]:
    """The functional numbers on call now, the stand-in after the first: shown with an acute signal (M1)."""
    shifts = [repository.on_call(uow.session, gemeentecode, uow.now, rang) for rang in RANGEN]
    return [PiketNummer(nummer=shift.nummer, rang=shift.rang) for shift in shifts if shift is not None]


def on_call_in(uow: UnitOfWork, gemeenten: Collection[str]) -> dict[tuple[str, int], str]:
    """Per municipality and rank the functional number on call now, of several municipalities in one query."""
    found: dict[tuple[str, int], str] = {}
    for shift in repository.running_in(uow.session, gemeenten, uow.now):
        if shift.nummer:
            found.setdefault((shift.gemeentecode, shift.rang), shift.nummer)
    return found


def send_test_alarm(uow: UnitOfWork, piketdienst_id: UUID) -> Piketdienst:
    """Sends a real alarm to the number and the AF of a shift; it counts as a test when he answers it in time (ROL-24).

    Raises:
        PiketdienstNotFound: unknown or not readable.
        PiketdienstNietNu: the shift does not run now, so that nobody has to answer.
    """
    dienst = get_piketdienst(uow, piketdienst_id, lock=True)
    if not dienst.van <= uow.now < dienst.tot:
        raise PiketdienstNietNu("Deze dienst loopt nu niet. Stuur het testalarm tijdens de dienst.")
    notify_shift(uow, dienst, dienst.id, f"testalarm:{uow.now.isoformat()}")
    uow.session.flush()
    uow.audit("Piketdienst", dienst.id, dienst.gemeentecode)
    return dienst


def answer_test_alarm(uow: UnitOfWork, piketdienst_id: UUID) -> Piketdienst:
    """The AF of the shift answers its test alarm: the number was tested.

    Raises:
        PiketdienstNotFound: unknown or not readable.
        GeenTestalarm: somebody else's shift, no alarm, or it was answered too late.
    """
    dienst = get_piketdienst(uow, piketdienst_id, lock=True)
    since = uow.now - _answer_time(uow, dienst.gemeentecode)
    alarms = berichten.open_alarms(uow.session, [dienst.id], since)
    if dienst.account_id != uow.caller.account_id or not alarms:
        raise GeenTestalarm("Er is geen testalarm dat u nu kunt beantwoorden.")
    for alarm in alarms:
        alarm.beantwoord_op = uow.now
    return record_test(uow, piketdienst_id)


def read_piketdiensten(uow: UnitOfWork, diensten: Sequence[Piketdienst]) -> dict[UUID, PiketdienstRead]:
    """Shifts as the API shows them: whether a test is due, and until when a test alarm can be answered."""
    places = {dienst.gemeentecode for dienst in diensten}
    terms = {place: (_answer_time(uow, place), _test_holds(uow, place)) for place in places}
    longest = max((answer for answer, _ in terms.values()), default=timedelta())
    alarms = berichten.open_alarms(uow.session, [dienst.id for dienst in diensten], uow.now - longest)
    sent = {alarm.piketdienst_id: alarm.gemaakt_op for alarm in alarms}
    shown = {}
    for dienst in diensten:
        answer, holds = terms[dienst.gemeentecode]
        until = sent[dienst.id] + answer if dienst.id in sent else None
        due = dienst.getest_op is None or (holds is not None and dienst.getest_op + holds <= uow.now)
        alarm_until = until if until is not None and until > uow.now else None
        shown[dienst.id] = PiketdienstRead(**dienst.model_dump(), test_nodig=due, testalarm_tot=alarm_until)
    return shown


def _answer_time(uow: UnitOfWork, gemeentecode: str) -> timedelta:
    return timedelta(minutes=norm_value(uow, gemeentecode, Normsleutel.AF_PIKET_ANTWOORD_MIN, uow.today) or 0)


def _test_holds(uow: UnitOfWork, gemeentecode: str) -> timedelta | None:
    days = norm_value(uow, gemeentecode, Normsleutel.PIKET_TEST_DAGEN, uow.today)
    return None if days is None else timedelta(days=days)


def record_test(uow: UnitOfWork, piketdienst_id: UUID) -> Piketdienst:
    """Notes that the number of a shift was called and answered; holds for every coming shift on that number.

    Raises:
        PiketdienstNotFound: unknown or not readable.
    """
    dienst = get_piketdienst(uow, piketdienst_id, lock=True)
    for shift in repository.shifts_after(uow.session, dienst.gemeentecode, uow.now):
        if shift.nummer == dienst.nummer:
            shift.getest_op = uow.now
    dienst.getest_op = uow.now
    uow.session.flush()
    uow.audit("Piketdienst", dienst.id, dienst.gemeentecode)
    return dienst
