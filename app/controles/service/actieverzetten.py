"""Giving a whole integral action another date: all its addresses and partners go along, and the service as one remains one action (CAD-04)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.controles.errors import ActieNotFound, OvergangNietMogelijk
from app.controles.repository import controles as repository
from app.controles.rules.uitvoering import NIET_BEGONNEN
from app.controles.schemas.controles import ActieRead
from app.controles.service.acties import services_of, show_acties
from app.controles.service.briefing import set_moments
from app.controles.service.verzetten import Geplandecontrole, Verzetting, on_plan
from app.controles.service.vrijgave import after_moving
from app.controles.tables import Actie
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import hold_plan


@dataclass(frozen=True, slots=True)
class Actiestand:
    """An integral action on the plan, with what moves along.

    Attributes:
        actie: The action; held until the end of the transaction.
        partners: Its partners, each with the name under which it takes part.
        controles: Its addresses that are still to be done, in order.
    """

    actie: Actie
    partners: Mapping[UUID, str]
    controles: Sequence[Geplandecontrole]


def hold_action(uow: UnitOfWork, actie_id: UUID, if_match: str | None) -> Actiestand:
    """An action that may move, held together with the plan of its municipality.

    Raises:
        ActieNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
        OvergangNietMogelijk: an address was started, done or tried already: it is that day's action.
    """
    seen = repository.find_action(uow.session, uow.caller, actie_id)
    if seen is None:
        raise ActieNotFound
    hold_plan(uow, seen.gemeentecode)
    actie = repository.find_action(uow.session, uow.caller, actie_id, lock=True)
    if actie is None:
        raise ActieNotFound
    check_version(if_match, actie.versie)
    rows = repository.of_action(uow.session, actie.id)
    begun = sum(row.status not in NIET_BEGONNEN for row in rows)
    if begun:
        raise OvergangNietMogelijk(
            f"Van deze integrale actie {'is 1 adres' if begun == 1 else f'zijn {begun} adressen'} al begonnen, gedaan of geprobeerd. "
            "De actie houdt haar dag; plan de andere adressen apart."
        )
    joined = repository.participants(uow.session, acties=[actie.id])
    partners = {one.partner_id: one.dienst for one in joined if one.partner_id is not None}
    return Actiestand(actie, partners, [on_plan(row) for row in rows])


def move_action(
    uow: UnitOfWork, stand: Actiestand, datum: date, partner_ids: Sequence[UUID], verzet: Sequence[Verzetting]
) -> ActieRead:
    """Moves an action that is held to another date, with its addresses at their new places, and with these partners.

    Police and OM are asked about a new date, and what they did not agree with waits for release again (PLN-01). The start of the action is
    that of its first address; the briefing moves along (PLN-18).

    Raises:
        PartnerNietGeldig: a partner is not one on that day (REG-16).
    """
    actie = stand.actie
    redated = actie.datum != datum
    actie.datum = datum
    if redated or set(partner_ids) != set(stand.partners):
        joining = [one for one in services_of(uow, actie, partner_ids) if one.partner_id is not None]
        for left in repository.participants(uow.session, acties=[actie.id]):
            if left.partner_id is not None:
                uow.session.delete(left)
        uow.session.flush()
        uow.session.add_all(joining)
    if verzet:
        actie.aanvang = min(place.aanvang for place in verzet)
    set_moments(uow, [actie])
    actie.versie += 1
    rows = {row.id: row for row in repository.with_ids(uow.session, [v.controle_id for v in verzet], lock=True)}
    for place in verzet:
        row = rows[place.controle_id]
        row.team_id, row.datum = place.team_id, place.datum
        row.aanvang, row.volgorde = place.aanvang, place.volgorde
        row.integraal = bool(partner_ids) or row.integraal
        row.versie += 1
        uow.audit("controle", row.id, row.gemeentecode)
    uow.session.flush()
    if redated:
        after_moving(uow, list(rows))
    uow.audit("actie", actie.id, actie.gemeentecode)
    return show_acties(uow, [actie])[0]
