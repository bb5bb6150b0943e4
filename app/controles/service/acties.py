"""Integral actions and the services that take part (CAD-04, CAD-05): a partner must be one on that day (REG-16)."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from app.controles.errors import ActieNotFound, AndereInhoud, PartnerNietGeldig
from app.controles.repository import controles as repository
from app.controles.rules.integraal import GEMEENTE, is_integral
from app.controles.schemas.controles import ActieCreate, ActiePatch, ActieRead, DeelnameCreate
from app.controles.service.bezet import refuse_too_close
from app.controles.service.briefing import may_see_places, set_moments
from app.controles.service.controles import get_controle
from app.controles.tables import Actie, Deelname
from app.core.errors import Fout
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.schemas.partners import PartnerRead
from app.gemeenten.service.gemeenten import hold_plan
from app.gemeenten.service.partners import partners_valid_on


def list_acties(uow: UnitOfWork, paging: Paging) -> list[ActieRead]:
    """Actions by date; one more than a page."""
    return show_acties(uow, repository.action_page(uow.session, uow.caller, paging))


def show_acties(uow: UnitOfWork, acties: Sequence[Actie]) -> list[ActieRead]:
    """Actions with their services, in one query."""
    deelnames = repository.participants(uow.session, acties=[actie.id for actie in acties]) if acties else ()
    return [_read(uow, actie, [d for d in deelnames if d.actie_id == actie.id]) for actie in acties]


def get_actie(uow: UnitOfWork, actie_id: UUID) -> ActieRead:
    """One action.

    Raises:
        ActieNotFound: unknown or not visible.
    """
    actie = repository.find_action(uow.session, uow.caller, actie_id)
    if actie is None:
        raise ActieNotFound
    return show_acties(uow, [actie])[0]


def add_actie(uow: UnitOfWork, data: ActieCreate) -> tuple[ActieRead, bool]:
    """Plans an action of the caller's municipality; the same id with the same content answers the stored one.

    Raises:
        PartnerNietGeldig: a partner is not one on that day.
        AndereInhoud: the id stands for another action.
        InvalidInput: another action lies too close (CAD-04).
    """
    actie = Actie(
        id=data.id or new_id(),
        gemeentecode=uow.caller.gemeentecode,
        datum=data.datum,
        gebied=data.gebied,
        verzamelpunt=data.verzamelpunt,
        aanvang=data.aanvang,
        aanspreekpunt=data.aanspreekpunt,
    )
    set_moments(uow, [actie])
    stored = repository.find_action(uow.session, uow.caller, actie.id)
    if stored is not None:
        known = {d.partner_id for d in repository.participants(uow.session, acties=[actie.id]) if d.partner_id}
        if known != set(data.partner_ids) or stored.model_dump(exclude=_OWN) != actie.model_dump(exclude=_OWN):
            raise AndereInhoud
        return show_acties(uow, [stored])[0], False
    hold_plan(uow, actie.gemeentecode)
    refuse_too_close(uow, actie.gemeentecode, actie.datum)
    rows = services_of(uow, actie, data.partner_ids)
    uow.session.add(actie)
    uow.session.flush()
    uow.session.add_all(rows)
    uow.session.flush()
    uow.audit("actie", actie.id, actie.gemeentecode)
    return _read(uow, actie, rows), True


_OWN = {"versie", "adressen_vanaf"}
"""What the service itself fills in."""


def change_actie(uow: UnitOfWork, actie_id: UUID, if_match: str | None, data: ActiePatch) -> ActieRead:
    """Changes start, meeting point, area or contact of an action; another start moves the briefing (PLN-18).

    Raises:
        ActieNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
    """
    actie = repository.find_action(uow.session, uow.caller, actie_id, lock=True)
    if actie is None:
        raise ActieNotFound
    check_version(if_match, actie.versie)
    for name in data.model_fields_set:
        value = getattr(data, name)
        setattr(actie, name, "" if value is None and name in {"verzamelpunt", "aanspreekpunt"} else value)
    set_moments(uow, [actie])
    actie.versie += 1
    uow.session.flush()
    uow.audit("actie", actie.id, actie.gemeentecode)
    return show_acties(uow, [actie])[0]


def services_of(uow: UnitOfWork, actie: Actie, partner_ids: Iterable[UUID]) -> list[Deelname]:
    """The municipality and its partners, as participants of an action.

    Raises:
        PartnerNietGeldig: a partner is not one on that day.
    """
    ids = list(dict.fromkeys(partner_ids))
    partners = _valid(uow, actie.gemeentecode, actie.datum, ids) if ids else {}
    return [
        Deelname(actie_id=actie.id, dienst=GEMEENTE),
        *(_row(partners[nr], actie_id=actie.id) for nr in ids),
    ]


def list_deelnames(uow: UnitOfWork, controle_id: UUID) -> Sequence[Deelname]:
    """The services of a control and of its action.

    Raises:
        ControleNotFound: unknown or not visible.
    """
    controle = get_controle(uow, controle_id)
    acties = [controle.actie_id] if controle.actie_id else []
    return repository.participants(uow.session, controles=[controle.id], acties=acties)


def add_deelname(uow: UnitOfWork, controle_id: UUID, data: DeelnameCreate) -> tuple[Deelname, bool]:
    """Adds a service to a control; a first partner makes the control integral. Adding it again changes nothing.

    Raises:
        ControleNotFound: unknown or not visible.
        PartnerNietGeldig: not a partner of that municipality on that day.
    """
    controle = get_controle(uow, controle_id, lock=True)
    if data.partner_id is not None:
        partner = _valid(uow, controle.gemeentecode, controle.datum, [data.partner_id])[data.partner_id]
        row = _row(partner, controle_id=controle.id)
    else:
        row = Deelname(controle_id=controle.id, dienst=data.dienst or GEMEENTE)
    for stored in repository.participants(uow.session, controles=[controle.id]):
        if (stored.partner_id, stored.dienst) == (row.partner_id, row.dienst):
            return stored, False
    uow.session.add(row)
    if row.partner_id is not None and not controle.integraal:
        controle.integraal = True
        controle.versie += 1
    uow.session.flush()
    uow.audit("deelname", row.id, controle.gemeentecode)
    return row, True


def _valid(uow: UnitOfWork, gemeentecode: str, datum: date, ids: Iterable[UUID]) -> dict[UUID, PartnerRead]:
    geldig = {partner.id: partner for partner in partners_valid_on(uow, gemeentecode, datum)}
    if any(nr not in geldig for nr in ids):
        melding = "is op deze datum geen partner van deze gemeente; kies een andere of werk de partnerlijst bij"
        raise PartnerNietGeldig("Er is 1 fout gevonden; zie 'fouten'.", [Fout("partnerId", melding)])
    return geldig


def _row(partner: PartnerRead, *, controle_id: UUID | None = None, actie_id: UUID | None = None) -> Deelname:
    return Deelname(
        controle_id=controle_id,
        actie_id=actie_id,
        partner_id=partner.id,
        soort=partner.soort.value,
        dienst=partner.naam,
    )


def _read(uow: UnitOfWork, actie: Actie, deelnames: Sequence[Deelname]) -> ActieRead:
    partners = sum(d.partner_id is not None for d in deelnames)
    return ActieRead(
        **actie.model_dump(exclude={"gebied"}),
        gebied=actie.gebied if may_see_places(uow, actie) else None,
        diensten=[d.dienst for d in deelnames],
        integraal=is_integral(partners, gemeente=any(d.partner_id is None for d in deelnames)),
    )
