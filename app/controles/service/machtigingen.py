"""Authorisations to enter a dwelling: asked for shortly ahead, issued by a function, valid for a few days (PLN-13)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.controles.errors import AndereInhoud, MachtigingAfgehandeld, MachtigingNotFound
from app.controles.repository import controles as controles_repository
from app.controles.repository import machtigingen as repository
from app.controles.rules.bevoegdheid import WETTEN
from app.controles.rules.machtiging import last_day, request_fault
from app.controles.schemas.machtigingen import MachtigingAfgeven, MachtigingCreate, MachtigingRead
from app.controles.service.inzet import go_on
from app.controles.status import Machtigingstatus
from app.controles.tables import Machtiging
from app.core.clock import business_date
from app.core.errors import Fout, InvalidInput
from app.core.http.paging import Paging
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.service.aanwijzingen import designated_accounts
from app.gemeenten.service.normen import norm_value
from app.gemeenten.service.partners import partners_valid_on
from app.objecten.schemas.objecten import ObjectRead
from app.objecten.service.objecten import get_object

_ASKED = ("object_id", "grondslag", "bezoekdatum", "toezichthouders", "partner_ids", "nacht", "bij_afwezigheid")


def list_machtigingen(uow: UnitOfWork, paging: Paging) -> Sequence[Machtiging]:
    """Authorisations of the caller's municipalities, latest visit first; one more than a page."""
    return repository.page(uow.session, uow.caller, paging)


def get_machtiging(uow: UnitOfWork, machtiging_id: UUID, *, lock: bool = False) -> Machtiging:
    """One authorisation.

    Raises:
        MachtigingNotFound: unknown or not visible.
    """
    row = repository.find(uow.session, uow.caller, machtiging_id, lock=lock)
    if row is None:
        raise MachtigingNotFound
    return row


def request_machtiging(uow: UnitOfWork, data: MachtigingCreate) -> tuple[Machtiging, bool]:
    """Asks for an authorisation; the same id with the same content answers the stored one.

    Returns:
        The authorisation, and whether it is new.

    Raises:
        ObjectNotFound: unknown or not visible.
        InvalidInput: too far ahead or in the past, an inspector without a designation, or a partner that is none then.
        AndereInhoud: the id stands for another one.
    """
    plek = get_object(uow, data.object_id)
    row = Machtiging(
        id=data.id or new_id(),
        gemeentecode=plek.gemeentecode,
        object_id=plek.id,
        grondslag=data.grondslag,
        bezoekdatum=data.bezoekdatum,
        toezichthouders=sorted({str(nr) for nr in data.toezichthouders}),
        partner_ids=sorted({str(nr) for nr in data.partner_ids}),
        nacht=data.nacht,
        bij_afwezigheid=data.bij_afwezigheid,
        aangevraagd_op=uow.now,
        aangevraagd_door=uow.caller.account_id,
        status=Machtigingstatus.AANGEVRAAGD,
    )
    stored = repository.stored(uow.session, row.id)
    if stored is not None:
        if any(getattr(stored, name) != getattr(row, name) for name in _ASKED):
            raise AndereInhoud
        return stored, False
    fouten = _faults(uow, plek, data)
    if fouten:
        raise InvalidInput("De machtiging kan zo niet worden aangevraagd; zie 'fouten'.", fouten)
    uow.session.add(row)
    uow.session.flush()
    uow.audit("machtiging", row.id, row.gemeentecode)
    return row, True


def issue_machtiging(uow: UnitOfWork, machtiging_id: UUID, data: MachtigingAfgeven) -> Machtiging:
    """Records that it was issued; it holds until the last day of its term. The same again changes nothing.

    A start in the field that waited for it goes on.

    Raises:
        MachtigingNotFound: unknown or not visible.
        MachtigingAfgehandeld: it was issued otherwise, or refused.
        InvalidInput: issued in the future, or before it was asked for.
    """
    row = get_machtiging(uow, machtiging_id, lock=True)
    issued = (data.afgever, data.kenmerk, data.afgegeven_op)
    if row.status is Machtigingstatus.AFGEGEVEN and (row.afgever, row.kenmerk, row.afgegeven_op) == issued:
        return row
    _require_open(row)
    if not _asked_on(row) <= data.afgegeven_op <= uow.today:
        melding = "ligt voor de aanvraag of in de toekomst"
        raise InvalidInput("Er is 1 fout gevonden; zie 'fouten'.", [Fout("body.afgegevenOp", melding)])
    row.afgever, row.kenmerk, row.afgegeven_op = issued
    days = norm_value(uow, row.gemeentecode, Normsleutel.MACHTIGING_GELDIG_DAGEN, data.afgegeven_op)
    row.geldig_tot = last_day(data.afgegeven_op, days)
    _settle(uow, row, Machtigingstatus.AFGEGEVEN)
    waiting = controles_repository.not_started(uow.session, row.object_id, data.afgegeven_op, row.geldig_tot)
    for controle in waiting:
        go_on(uow, controle.id)
    return row


def refuse_machtiging(uow: UnitOfWork, machtiging_id: UUID) -> Machtiging:
    """Records that it was refused.

    Raises:
        MachtigingNotFound: unknown or not visible.
        MachtigingAfgehandeld: it was issued already.
    """
    row = get_machtiging(uow, machtiging_id, lock=True)
    if row.status is not Machtigingstatus.GEWEIGERD:
        _require_open(row)
        _settle(uow, row, Machtigingstatus.GEWEIGERD)
    return row


def read_machtiging(row: Machtiging, today: date) -> MachtigingRead:
    """An authorisation as the API shows it."""
    holds = row.afgegeven_op is not None and row.geldig_tot is not None and row.afgegeven_op <= today <= row.geldig_tot
    return MachtigingRead(**row.model_dump(exclude={"aangevraagd_door"}), geldig=holds)


def _faults(uow: UnitOfWork, plek: ObjectRead, data: MachtigingCreate) -> list[Fout]:
    vooraf = norm_value(uow, plek.gemeentecode, Normsleutel.MACHTIGING_VOORAF_DAGEN, uow.today)
    fault = request_fault(data.bezoekdatum, uow.today, vooraf)
    fouten = [] if fault is None else [Fout("body.bezoekdatum", fault)]
    laws = designated_accounts(uow, plek.gemeentecode, data.bezoekdatum)
    for nr, account in enumerate(data.toezichthouders):
        if laws.get(account, set()).isdisjoint(WETTEN[plek.type]):
            fouten.append(Fout(f"body.toezichthouders.{nr}", "is op die dag niet aangewezen voor dit soort object"))
    valid = {partner.id for partner in partners_valid_on(uow, plek.gemeentecode, data.bezoekdatum)}
    fouten += [
        Fout(f"body.partnerIds.{nr}", "is op die dag geen partner van deze gemeente")
        for nr, partner in enumerate(data.partner_ids)
        if partner not in valid
    ]
    return fouten


def _asked_on(row: Machtiging) -> date:
    return business_date(row.aangevraagd_op)


def _require_open(row: Machtiging) -> None:
    if row.status is not Machtigingstatus.AANGEVRAAGD:
        raise MachtigingAfgehandeld


def _settle(uow: UnitOfWork, row: Machtiging, status: Machtigingstatus) -> None:
    row.status = status
    row.versie += 1
    uow.session.flush()
    uow.audit("machtiging", row.id, row.gemeentecode)
