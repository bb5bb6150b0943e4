"""Risk addresses: brought into view with a reason, controlled before a day, out of view again (REG-01, CAD-06)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic_core import PydanticCustomError

from app.core.errors import Conflict, Fout, InvalidInput
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import GemeenteNotFound
from app.gemeenten.service.normen import norm_value
from app.gemeenten.service.opslaan import IdInGebruik
from app.objecten.errors import RisicoadresNotFound
from app.objecten.repository import risicoadressen as repository
from app.objecten.rules.termijnen import HERZIENING_DAGEN, RISICOADRES_DAGEN, control_due, is_expired, is_late
from app.objecten.schemas.filters import Risicofilter
from app.objecten.schemas.risicoadressen import (
    RisicoadresActivering,
    RisicoadresCreate,
    RisicoadresPatch,
    RisicoadresRead,
    check_days,
)
from app.objecten.service.adressen import show_addresses, store_address
from app.objecten.service.controletaken import end_control_task, plan_control_task
from app.objecten.service.objecten import ensure_object_at, object_row, outside_window
from app.objecten.service.punten import show_points
from app.objecten.service.samenvoegen import Melding, merge_into
from app.objecten.service.teksten import refuse_texts
from app.objecten.status import Risicostatus
from app.objecten.tables import Adres, Object, Risicoadres
from geo.crs import Crs

Met = tuple[Risicoadres, Object, Adres]


@dataclass(frozen=True)
class Risicoadressen:
    """Risk addresses in order, one more than a page. `outside` lie in the box of the database but not in the window that was asked for."""

    rows: list[RisicoadresRead]
    outside: frozenset[UUID] = frozenset()


def list_risicoadressen(uow: UnitOfWork, filters: Risicofilter, page: Paging, crs: Crs) -> Risicoadressen:
    """The waiting list: longest in view first (CAD-06)."""
    found = repository.list_risks(uow.session, uow.caller, filters, page, uow.today)
    hidden = outside_window([place for _, place, _ in found], filters.bbox)
    outside = frozenset(risk.id for risk, place, _ in found if place.id in hidden)
    return Risicoadressen(show_risks(found, uow.today, crs), outside)


def get_risicoadres(uow: UnitOfWork, risico_id: UUID, crs: Crs = Crs.CRS84) -> RisicoadresRead:
    """One risk address.

    Raises:
        RisicoadresNotFound: unknown or not visible.
    """
    return show_risks([_row(uow, risico_id)], uow.today, crs)[0]


def add_risicoadres(uow: UnitOfWork, data: RisicoadresCreate, crs: Crs = Crs.CRS84) -> RisicoadresRead:
    """Brings an address into view; one that is in view already is updated, never doubled.

    A dated control task exists in the same transaction (CAD-06).

    Args:
        uow: the unit of work.
        data: the address or object, with reason, source and review date.
        crs: the system of the point of a new address.

    Raises:
        ObjectNotFound: unknown or not visible.
        GemeenteNotFound: the caller does not work there.
        IdInGebruik: the id belongs to something else.
        InvalidInput: the point, the reason or a day does not fit.
    """
    _check_day(uow, data.in_beeld_op)
    stored = repository.risk_by_id(uow.session, uow.caller, data.id) if data.id else None
    if stored is not None:
        return show_risks([_same(stored, data)], uow.today, crs)[0]
    if data.object_id is not None:
        place, adres = object_row(uow, data.object_id, lock=True)
    else:
        place, adres = _place_at(uow, data, crs)
    said = Melding(data.reden, data.bron, data.in_beeld_op, data.herzien_op, data.vervalt_op)
    row = _view(uow, place, said, view_terms(uow, place.gemeentecode), data.id)
    return show_risks([(row, place, adres)], uow.today, crs)[0]


def activate_risicoadres(uow: UnitOfWork, data: RisicoadresActivering) -> RisicoadresRead:
    """Brings an object into view on behalf of a higher feature; the review date follows from the norm of its municipality.

    Raises:
        ObjectNotFound: unknown or not visible.
        InvalidInput: the reason names what may not stand with a dwelling.
    """
    place, adres = object_row(uow, data.object_id, lock=True)
    terms = view_terms(uow, place.gemeentecode)
    review = control_due(data.in_beeld_op, terms.review)
    said = Melding(data.reden, data.bron, data.in_beeld_op, review, None)
    return show_risks([(_view(uow, place, said, terms), place, adres)], uow.today, Crs.CRS84)[0]


@dataclass(frozen=True)
class ViewTerms:
    """Terms of a municipality in days: before a control, and before a review."""

    control: int
    review: int


def view_terms(uow: UnitOfWork, gemeentecode: str) -> ViewTerms:
    """The terms that hold today; without a norm at once: "zodra risicoadressen in beeld zijn, controleren we deze"."""
    control, review = (norm_value(uow, gemeentecode, key, uow.today) for key in (RISICOADRES_DAGEN, HERZIENING_DAGEN))
    return ViewTerms(int(control or 0), int(review or 0))


def bring_into_view(
    uow: UnitOfWork,
    place: Object,
    said: Melding,
    terms: ViewTerms,
    known: Risicoadres | None,
    risico_id: UUID | None = None,
) -> Risicoadres:
    """Stores or updates the open risk address of a locked object, with its control task in the same transaction (CAD-06).

    Args:
        uow: the unit of work.
        place: the object, locked.
        said: what was said about it.
        terms: the terms of its municipality.
        known: its open risk address, expired or not.
        risico_id: the id of a new one, when its sender made it.

    Raises:
        InvalidInput: reason or source hold what may not be stored (REG-05, DAT-01).
    """
    refuse_texts(place.type, {"reden": said.reden, "bron": said.bron})
    due = control_due(said.in_beeld_op, terms.control)
    if known is not None and is_expired(known.vervalt_op, uow.today):
        known.status = Risicostatus.VERVALLEN
        uow.session.flush()  # before the new one: an object has one that is open
        end_control_task(uow, known)
        known = None
    if known is not None:
        moved = due < known.controle_voor
        if merge_into(known, said, due):
            known.versie += 1
            uow.session.flush()
            uow.audit("risicoadres", known.id, known.gemeentecode)
            plan_control_task(uow, known, moved=moved)
        return known
    made = Risicoadres(
        id=risico_id or new_id(),
        gemeentecode=place.gemeentecode,
        adres_id=place.adres_id,
        object_id=place.id,
        reden=said.reden,
        bron=said.bron,
        in_beeld_op=said.in_beeld_op,
        herzien_op=said.herzien_op,
        vervalt_op=said.vervalt_op,
        controle_voor=due,
    )
    uow.session.add(made)
    uow.session.flush()
    uow.audit("risicoadres", made.id, made.gemeentecode)
    plan_control_task(uow, made, moved=False)
    return made


def _view(
    uow: UnitOfWork, place: Object, said: Melding, terms: ViewTerms, risico_id: UUID | None = None
) -> Risicoadres:
    known = repository.open_risk_of(uow.session, uow.caller, place.id)
    return bring_into_view(uow, place, said, terms, known, risico_id)


def change_risicoadres(
    uow: UnitOfWork, risico_id: UUID, if_match: str | None, data: RisicoadresPatch, crs: Crs
) -> RisicoadresRead:
    """Changes a risk address of the version that the caller saw. What was visited or expired does not open again: add it anew.

    Raises:
        RisicoadresNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
        Conflict: it is not open.
        InvalidInput: the reason or a day does not fit.
    """
    row, place, adres = _row(uow, risico_id, lock=True)
    check_version(if_match, row.versie)
    if row.status is not Risicostatus.OPEN:
        raise Conflict("Dit risicoadres is niet meer open. Breng het adres opnieuw in beeld.")
    if data.status is Risicostatus.BEZOCHT:
        raise Conflict("Een risicoadres wordt bezocht door een controle; rond de controle af.")
    for name in data.model_fields_set:
        setattr(row, name, getattr(data, name))
    refuse_texts(place.type, {"reden": data.reden, "bron": data.bron})
    try:
        check_days(row.in_beeld_op, row.herzien_op, row.vervalt_op)
    except PydanticCustomError as fault:
        raise InvalidInput(f"De datums kloppen niet: {fault.message()}.") from None
    row.versie += 1
    uow.session.flush()
    if data.status is Risicostatus.VERVALLEN:
        end_control_task(uow, row)
    uow.audit("risicoadres", row.id, row.gemeentecode)
    return show_risks([(row, place, adres)], uow.today, crs)[0]


def mark_risicoadres_visited(uow: UnitOfWork, object_id: UUID, day: date) -> None:
    """Ends the waiting of an object's risk address after a control; without an open one nothing changes.

    Raises:
        ObjectNotFound: unknown or not visible.
    """
    object_row(uow, object_id, lock=True)
    row = repository.open_risk_of(uow.session, uow.caller, object_id)
    if row is None:
        return
    row.status, row.bezocht_op = Risicostatus.BEZOCHT, day
    row.versie += 1
    uow.session.flush()
    end_control_task(uow, row)
    uow.audit("risicoadres", row.id, row.gemeentecode)


def show_risks(found: Sequence[Met], today: date, crs: Crs) -> list[RisicoadresRead]:
    """Risk addresses as the API answers them: an expired one is shown as such, and one past its day as late."""
    addresses = show_addresses([adres for _, _, adres in found], crs)
    points = show_points(((place.x, place.y) for _, place, _ in found), crs)
    shown = []
    for (row, place, _), adres, punt in zip(found, addresses, points, strict=True):
        expired = row.status is Risicostatus.OPEN and is_expired(row.vervalt_op, today)
        status = Risicostatus.VERVALLEN if expired else row.status
        shown.append(
            RisicoadresRead(
                **row.model_dump(exclude={"status", "adres_id"}),
                adres=adres,
                punt=punt,
                type=place.type,
                status=status,
                te_laat=status is Risicostatus.OPEN and is_late(row.controle_voor, today),
                dagen_in_beeld=((row.bezocht_op or today) - row.in_beeld_op).days,
            )
        )
    return shown


def _row(uow: UnitOfWork, risico_id: UUID, *, lock: bool = False) -> Met:
    found = repository.risk_by_id(uow.session, uow.caller, risico_id, lock=lock)
    if found is None:
        raise RisicoadresNotFound
    return found


def _place_at(uow: UnitOfWork, data: RisicoadresCreate, crs: Crs) -> tuple[Object, Adres]:
    if data.adres is None or data.gemeentecode is None:
        raise GemeenteNotFound("Deze gemeente bestaat niet in deze dienst, of u werkt er niet.")
    adres = store_address(uow, data.gemeentecode, data.adres, crs)
    place, _ = ensure_object_at(uow, adres, data.type, data.bron)
    return object_row(uow, place.id, lock=True)


def _same(stored: Met, data: RisicoadresCreate) -> Met:
    """What stands under the id of a request that came before; what was added since does not make it another one."""
    row, place, _ = stored
    same_place = data.object_id in {None, place.id} and data.gemeentecode in {None, place.gemeentecode}
    if not same_place or data.reden not in row.reden.split(" | ") or row.in_beeld_op > data.in_beeld_op:
        raise IdInGebruik(
            "Onder dit kenmerk staat al iets anders. Kies een nieuw kenmerk, of haal de laatste stand op."
        )
    return stored


def _check_day(uow: UnitOfWork, in_view_on: date) -> None:
    if in_view_on > uow.today:
        raise InvalidInput("De datum klopt niet; zie 'fouten'.", [Fout("inBeeldOp", "ligt in de toekomst")])
