"""Calendar feeds of teams and partners behind a secret address that ends, can be renewed and taken back (PLN-18)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from app.controles.service.briefing import Partneractie, partner_actions
from app.core.clock import AMSTERDAM, moment_of
from app.core.errors import Fout, InvalidInput
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.partners import partners_valid_on
from app.planning.adapters.agendabestand import write_calendar
from app.planning.errors import AgendaBusy, AgendaNotFound, IdInUse
from app.planning.repository import agendas as repository
from app.planning.repository import beschikbaarheden
from app.planning.rules.agendas import (
    ACTIE,
    DIENST,
    LANGSTE_DAGEN,
    PER_UUR,
    TERUG,
    UITGANG,
    VERZAMELPUNT_VOLGT,
    VOORUIT,
    Agendapunt,
    hash_secret,
    new_secret,
)
from app.planning.schemas.agendas import AgendasleutelCreate, AgendasleutelNieuw, AgendasleutelRead
from app.planning.service.beschikbaarheden import team_names
from app.planning.tables import Agendasleutel, Beschikbaarheid, Vervallendienst

DIENSTEN, ACTIES = "Diensten", "Integrale acties"


def list_keys(uow: UnitOfWork, paging: Paging) -> Sequence[Agendasleutel]:
    """The feeds of the caller's municipalities, ended ones included: one page and one row more."""
    return repository.page(uow.session, uow.caller, paging)


def add_key(uow: UnitOfWork, data: AgendasleutelCreate) -> tuple[AgendasleutelNieuw, bool]:
    """Makes a feed for a team or partner of the caller's municipality; its secret is told once.

    Returns:
        The feed, and whether it is new; a stored one is answered without its secret.

    Raises:
        InvalidInput: no such team or partner, or too long.
        IdInUse: the id stands for something else.
    """
    gemeentecode = uow.caller.gemeentecode
    last = uow.today + timedelta(days=LANGSTE_DAGEN)
    stored = repository.stored(uow.session, data.id)
    if stored is not None:
        asked = (gemeentecode, data.team_id, data.partner_id)
        if (stored.gemeentecode, stored.team_id, stored.partner_id) != asked:
            raise IdInUse
        return _shown(stored, None), False
    faults = []
    if data.team_id is not None and data.team_id not in team_names(uow, gemeentecode):
        faults.append(Fout("body.teamId", "is geen team van uw gemeente"))
    if data.partner_id is not None and not any(
        partner.id == data.partner_id for partner in partners_valid_on(uow, gemeentecode, uow.today)
    ):
        faults.append(Fout("body.partnerId", "is nu geen partner van uw gemeente"))
    if data.geldig_tot is not None and not uow.today <= data.geldig_tot <= last:
        faults.append(Fout("body.geldigTot", f"ligt in het verleden of na {last:%d-%m-%Y}"))
    if faults:
        raise InvalidInput("De agenda kan zo niet worden gemaakt; zie 'fouten'.", faults)
    secret = new_secret()
    row = Agendasleutel(
        id=data.id,
        gemeentecode=gemeentecode,
        team_id=data.team_id,
        partner_id=data.partner_id,
        sleutelhash=hash_secret(secret),
        geldig_tot=data.geldig_tot or last,
        gemaakt_op=uow.now,
        gemaakt_door=uow.caller.account_id,
    )
    uow.session.add(row)
    uow.session.flush()
    uow.audit("agenda", row.id, gemeentecode)
    return _shown(row, secret), True


def renew_key(uow: UnitOfWork, row_id: UUID, if_match: str | None) -> AgendasleutelNieuw:
    """Gives a feed another secret and a new term; the old address works no more.

    Raises:
        AgendaNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
    """
    row = _own(uow, row_id, if_match)
    secret = new_secret()
    row.sleutelhash, row.ingetrokken_op = hash_secret(secret), None
    row.geldig_tot = uow.today + timedelta(days=LANGSTE_DAGEN)
    _changed(uow, row)
    return _shown(row, secret)


def revoke_key(uow: UnitOfWork, row_id: UUID, if_match: str | None) -> AgendasleutelRead:
    """Ends a feed at once.

    Raises:
        AgendaNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
    """
    row = _own(uow, row_id, if_match)
    row.ingetrokken_op = uow.now
    _changed(uow, row)
    return AgendasleutelRead.model_validate(row)


def team_calendar(uow: UnitOfWork, team_id: UUID, secret: str) -> bytes:
    """The shifts of a team; those taken off the roster as cancelled. When, and nothing else.

    Raises:
        AgendaNotFound: unknown, ended or taken back.
        AgendaBusy: fetched too often this hour.
    """
    key = _open(uow, secret)
    if key.team_id != team_id:
        raise AgendaNotFound
    first = uow.today - TERUG
    shifts = beschikbaarheden.between(uow.session, key.gemeentecode, first, uow.today + VOORUIT, [team_id])
    gone = beschikbaarheden.cancelled(uow.session, team_id, first)
    punten = [_shift(row, cancelled=False) for row in shifts] + [_shift(row, cancelled=True) for row in gone]
    return write_calendar(DIENSTEN, punten, uow.now)


def partner_calendar(uow: UnitOfWork, partner_id: UUID, secret: str) -> bytes:
    """The integral actions of a partner: the day, the time where it is known, and in which municipality.

    Whoever is no partner any more gets nothing, and an action after its last day is cancelled for it (REG-16).

    Raises:
        AgendaNotFound: unknown, ended or taken back, or no partner today.
        AgendaBusy: fetched too often this hour.
    """
    key = _open(uow, secret)
    if key.partner_id != partner_id:
        raise AgendaNotFound
    partner = next((p for p in partners_valid_on(uow, key.gemeentecode, uow.today) if p.id == partner_id), None)
    if partner is None:
        raise AgendaNotFound
    last = partner.geldig_tot or date.max
    gemeente = require_gemeente(uow, key.gemeentecode).naam
    acties = partner_actions(uow, key.gemeentecode, partner_id, uow.today - TERUG)
    shown = [_actie(actie, gemeente, cancelled=not actie.gaat_door or actie.datum > last) for actie in acties]
    return write_calendar(ACTIES, shown, uow.now)


def _open(uow: UnitOfWork, secret: str) -> Agendasleutel:
    key = repository.with_hash(uow.session, hash_secret(secret), uow.today)
    if key is None:
        raise AgendaNotFound
    hour = uow.now.replace(minute=0, second=0, microsecond=0)
    if key.uur != hour:
        key.uur, key.opgehaald = hour, 0
    if key.opgehaald >= PER_UUR:
        wait = int((hour + timedelta(hours=1) - uow.now).total_seconds()) + 1
        raise AgendaBusy(
            "Deze agenda is dit uur te vaak opgehaald. Probeer het later opnieuw.", headers={"Retry-After": str(wait)}
        )
    key.opgehaald += 1
    uow.session.flush()
    uow.audit("agenda", key.id, key.gemeentecode)
    return key


def _shift(row: Beschikbaarheid | Vervallendienst, *, cancelled: bool) -> Agendapunt:
    begin, end = _on_clock(row.datum, row.van), _on_clock(row.datum, row.tot)
    return Agendapunt(str(row.id), begin, end, DIENST, row.versie - 1, cancelled)


def _actie(actie: Partneractie, gemeente: str, *, cancelled: bool) -> Agendapunt:
    begin = actie.datum if actie.aanvang is None else _on_clock(actie.datum, actie.aanvang)
    number = actie.versie - 1 + cancelled
    return Agendapunt(str(actie.id), begin, None, f"{ACTIE} {gemeente}", number, cancelled, VERZAMELPUNT_VOLGT)


def _on_clock(day: date, minute: int) -> datetime:
    """With the name of the zone, as a calendar wants it."""
    return moment_of(day, minute).astimezone(AMSTERDAM)


def _own(uow: UnitOfWork, row_id: UUID, if_match: str | None) -> Agendasleutel:
    row = repository.find(uow.session, uow.caller, row_id)
    if row is None:
        raise AgendaNotFound
    check_version(if_match, row.versie)
    return row


def _changed(uow: UnitOfWork, row: Agendasleutel) -> None:
    row.versie += 1
    uow.session.flush()
    uow.audit("agenda", row.id, row.gemeentecode)


def _shown(row: Agendasleutel, secret: str | None) -> AgendasleutelNieuw:
    kind, owner = ("teams", row.team_id) if row.team_id is not None else ("partners", row.partner_id)
    path = None if secret is None else f"/v1/agendas/{kind}/{owner}/{secret}{UITGANG}"
    return AgendasleutelNieuw(**AgendasleutelRead.model_validate(row).model_dump(), adres=path)
