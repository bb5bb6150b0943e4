"""Tablets: what they tell, what they are told, and the order to wipe one that was lost (design sections 5 and 7)."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from uuid import UUID

from app.checklists.service import current_versions
from app.controles.errors import ApparaatNotFound
from app.controles.repository import apparaten as repository
from app.controles.repository.kopieen import lately_doubled
from app.controles.rules.tablets import PROTOCOL, Tabletstand, attention, needs_update
from app.controles.schemas.apparaten import ApparaatMelding, ApparaatOrder, ApparaatRead
from app.controles.service.kopieen import separate
from app.controles.service.sleutelhelften import destroy_all
from app.controles.tables import Apparaat
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.settings import get_settings
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.service.normen import norm_value
from app.gemeenten.service.taken import reopen_taak

SOORT = "apparaat"
STIL = "TABLET_STIL_UREN"
TE_VEEL = (
    "Een tablet bezorgt zonder aanmelden veel meer dan gewoon is en moet nu wachten. "
    "Kijk wie hem heeft; is hij kwijt, laat hem dan wissen."
)


def report(uow: UnitOfWork, apparaat_id: UUID, data: ApparaatMelding) -> ApparaatOrder:
    """Stores what a tablet tells of itself and answers what it must do. A tablet that was wiped and is used again begins anew."""
    row = repository.with_id(uow.session, apparaat_id)
    told = data.model_dump() | {
        "gemeentecode": uow.caller.gemeentecode,
        "account_id": uow.caller.account_id,
        "gezien_op": uow.now,
    }
    if row is None:
        row = Apparaat(id=apparaat_id, **told)
        uow.session.add(row)
    else:
        for name, value in told.items():
            setattr(row, name, value)
        if row.gewist_op is not None:
            row.wissen_gevraagd_op = row.wissen_gevraagd_door = row.gewist_op = row.kopie_op = None
            row.versie += 1
    uow.session.flush()
    if row.kopie_op is None:  # copies that delivered at one moment did not see each other
        _look_for_copy(uow, row)
    minimum = get_settings().tablet_min_version
    return ApparaatOrder(
        wissen=row.wissen_gevraagd_op is not None,
        lijstversies=current_versions(uow.today),
        protocolversie=PROTOCOL,
        minimale_appversie=minimum,
        bijwerken=needs_update(data.appversie, data.protocolversie, minimum),
        nieuw_kenmerk=row.kopie_op is not None,
    )


def _look_for_copy(uow: UnitOfWork, row: Apparaat) -> None:
    twice = lately_doubled(uow.session, row.id)
    if twice:
        separate(uow, {row.id: twice}, row.gemeentecode)


def note_wiped(uow: UnitOfWork, apparaat_id: UUID) -> None:
    """A tablet tells that it wiped itself; telling it again changes nothing.

    Raises:
        ApparaatNotFound: unknown, or in use by another municipality.
    """
    row = repository.with_id(uow.session, apparaat_id)
    if row is None or row.gemeentecode != uow.caller.gemeentecode:
        raise ApparaatNotFound
    _wiped(uow, row)


def note_wiped_by_proof(uow: UnitOfWork, apparaat_id: UUID, gemeentecode: str) -> None:
    """A tablet without a session tells that it obeyed; only where an order stands, by a proof of the municipality that gave it."""
    row = repository.with_id(uow.session, apparaat_id)
    if row is not None and row.gemeentecode == gemeentecode and row.wissen_gevraagd_op is not None:
        _wiped(uow, row)


def told_to_wipe(uow: UnitOfWork, tablets: Collection[UUID]) -> list[UUID]:
    """Those of the tablets for which an order stands."""
    return list(repository.with_order(uow.session, tablets)) if tablets else []


def tell_flood(uow: UnitOfWork, apparaat_id: UUID, gemeentecode: str) -> None:
    """The team leader hears that a tablet delivers far more than work can make: it is at fault, or in the wrong hands."""
    reopen_taak(
        uow,
        TaakCreate(
            gemeentecode=gemeentecode,
            soort="tablet-bezorgt-te-veel",
            omschrijving=TE_VEEL,
            voor_rol=Rol.TEAMLEIDER,
            onderwerp_soort=SOORT,
            onderwerp_id=apparaat_id,
            voor_datum=uow.today,
        ),
    )


def _wiped(uow: UnitOfWork, row: Apparaat) -> None:
    if row.gewist_op is None:
        row.gewist_op, row.versie = uow.now, row.versie + 1
        row.wachtrij = row.fotos = row.geweigerd = 0
        row.oudste_op = row.oudste_foto_op = None
        destroy_all(uow, row.id)
        uow.audit(SOORT, row.id, row.gemeentecode)


def ask_wipe(uow: UnitOfWork, apparaat_id: UUID, if_match: str | None) -> ApparaatRead:
    """Orders a tablet to send what it can and wipe itself; it obeys at its next report.

    Raises:
        ApparaatNotFound: unknown or not visible.
        PreconditionFailed: somebody else gave an order in between.
    """
    row = repository.find(uow.session, uow.caller, apparaat_id, lock=True)
    if row is None:
        raise ApparaatNotFound
    check_version(if_match, row.versie)
    if row.wissen_gevraagd_op is None:
        row.wissen_gevraagd_op, row.wissen_gevraagd_door = uow.now, uow.caller.account_id
        row.versie += 1
    destroy_all(uow, row.id)
    uow.audit(SOORT, row.id, row.gemeentecode)
    uow.session.flush()
    return show(uow, row, silent_hours(uow))


def list_apparaten(uow: UnitOfWork, paging: Paging) -> Sequence[Apparaat]:
    """Tablets that the caller may see, the longest unseen first; one more than a page."""
    return repository.page(uow.session, uow.caller, paging)


def get_apparaat(uow: UnitOfWork, apparaat_id: UUID) -> ApparaatRead:
    """One tablet.

    Raises:
        ApparaatNotFound: unknown or not visible.
    """
    row = repository.find(uow.session, uow.caller, apparaat_id)
    if row is None:
        raise ApparaatNotFound
    return show(uow, row, silent_hours(uow))


def show(uow: UnitOfWork, row: Apparaat, silent: float | None) -> ApparaatRead:
    """A tablet as the office sees it, with `silent_hours` of its municipality."""
    stand = Tabletstand(**{field.name: getattr(row, field.name) for field in fields(Tabletstand)})
    return ApparaatRead.model_validate({**row.model_dump(), "aandacht": attention(stand, uow.now, silent)})


def silent_hours(uow: UnitOfWork) -> float | None:
    """The norm of the caller's municipality, whose tablets he sees; None when there is none."""
    return norm_value(uow, uow.caller.gemeentecode, STIL, uow.today)
