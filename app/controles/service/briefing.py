"""The moment from which participants of an integral action see its addresses, kept on the action (PLN-18)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.controles.errors import ActieNotFound
from app.controles.repository import controles as repository
from app.controles.rules.briefing import SLEUTEL, addresses_from, is_briefed
from app.controles.status import Controlestatus
from app.controles.tables import Actie
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.normen import norm_table


@dataclass(frozen=True, slots=True)
class Partneractie:
    """An action as the calendar of a partner shows it: when, and whether it goes on. Nothing about where."""

    id: UUID
    datum: date
    aanvang: int | None
    gaat_door: bool
    versie: int


def set_moments(uow: UnitOfWork, acties: Iterable[Actie]) -> None:
    """Sets from when participants see the addresses, by the setting that holds on the day of the action."""
    hours: dict[tuple[str, date], float] = {}
    for actie in acties:
        if actie.aanvang is None:
            actie.adressen_vanaf = None
            continue
        key = (actie.gemeentecode, actie.datum)
        if key not in hours:
            hours[key] = norm_table(uow, *key).get(SLEUTEL, 0.0)
        actie.adressen_vanaf = addresses_from(actie.datum, actie.aanvang, hours[key])


def may_see_places(uow: UnitOfWork, actie: Actie) -> bool:
    """Whether the caller may see where an action goes: who prepares it always, a participant from the briefing on."""
    prepares = uow.caller.is_system or uow.caller.has(*repository.VOORBEREIDERS)
    return prepares or is_briefed(actie.datum, actie.adressen_vanaf, uow.now)


def partner_actions(uow: UnitOfWork, gemeentecode: str, partner_id: UUID, since: date) -> list[Partneractie]:
    """The actions of a partner since a day; the caller answers for who gets them."""
    return [
        Partneractie(actie.id, actie.datum, actie.aanvang, going, actie.versie)
        for actie, going in repository.actions_of_partner(uow.session, gemeentecode, partner_id, since)
    ]


@dataclass(frozen=True, slots=True)
class Briefingdeelnemer:
    """A service that takes part; the municipality itself has no partner."""

    dienst: str
    partner_id: UUID | None


@dataclass(frozen=True, slots=True)
class Briefingstop:
    """A stop of an action, in order."""

    object_id: UUID
    volgorde: int
    aanvang: int | None


@dataclass(frozen=True, slots=True)
class Briefinggegevens:
    """What the briefing sheet of an action is made from (RPT-03).

    Attributes:
        teams: Teams of the municipality with a control in it.
        stops: Where it goes, as far as it was released; None before the briefing, whoever asks: a sheet is passed on.
    """

    actie: Actie
    deelnemers: list[Briefingdeelnemer]
    teams: list[UUID]
    stops: list[Briefingstop] | None


def briefing_of(uow: UnitOfWork, actie_id: UUID) -> Briefinggegevens:
    """What the briefing sheet of an action is made from, for who takes part in it or prepares it, in three queries.

    Raises:
        ActieNotFound: unknown or not visible.
    """
    actie = repository.find_action(uow.session, uow.caller, actie_id)
    if actie is None:
        raise ActieNotFound
    services = repository.participants(uow.session, acties=[actie.id])
    controls = repository.of_action(uow.session, actie.id)
    stops = None
    if is_briefed(actie.datum, actie.adressen_vanaf, uow.now):
        # What police and OM did not agree with is no stop: a sheet is passed on, and nobody may start there (PLN-01).
        going = [row for row in controls if row.status is not Controlestatus.GEPLAND]
        stops = [Briefingstop(row.object_id, row.volgorde, row.aanvang) for row in going]
    return Briefinggegevens(
        actie=actie,
        deelnemers=[Briefingdeelnemer(row.dienst, row.partner_id) for row in services],
        teams=sorted({row.team_id for row in controls if row.team_id is not None}),
        stops=stops,
    )
