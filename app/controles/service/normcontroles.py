"""Controls as norm states and the yearly audit look at them; a fixed number of queries. The caller answers for who sees the figures."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.controles.repository import normcontroles as repository
from app.controles.status import Controlestatus
from app.core.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Objectcontrole:
    """A control as the norm of its own object looks at it (CAD-01, CAD-19)."""

    object_id: UUID
    datum: date
    status: Controlestatus
    aangekondigd: bool
    binnen: bool
    bedrijfsplan_beantwoord: bool


@dataclass(frozen=True, slots=True)
class Dagbelasting:
    """What a team has to do on a day already.

    Attributes:
        controles: controls that are still to be done.
        minuten: minutes on the spot of all of them.
        in_actie: how many belong to an integral actie, which takes the whole shift.
    """

    team_id: UUID | None
    datum: date
    controles: int
    minuten: int
    in_actie: int


@dataclass(frozen=True, slots=True)
class Auditcontrole:
    """A completed control or an attempt as the fairness audit looks at it (MON-13); no answer, no outcome.

    Attributes:
        aanvang: planned minutes after midnight; None without a time.
        planronde_id: the round that chose it; None when a person planned it.
        geloot: the round chose it by lot.
    """

    controle_id: UUID
    object_id: UUID
    team_id: UUID | None
    datum: date
    aanvang: int | None
    gestart_op: datetime | None
    status: Controlestatus
    planronde_id: UUID | None
    geloot: bool


def controls_of_objects(
    uow: UnitOfWork, objects: Collection[UUID], van: date, tot: date
) -> dict[UUID, list[Objectcontrole]]:
    """The controls of these objects in a period by date, per object; those that were dropped, or not carried out on their day, are left out.

    So are those of an integral action before its briefing, for who does not prepare it (PLN-18).
    """
    found: dict[UUID, list[Objectcontrole]] = {}
    for row in repository.of_objects(uow.session, uow.caller, objects, van, tot, uow.today) if objects else ():
        found.setdefault(row[0], []).append(Objectcontrole(row[0], row[1], Controlestatus(row[2]), *row[3:]))
    return found


def register_start(uow: UnitOfWork, gemeentecode: str, since: date) -> date | None:
    """Day of the first completed control since a day; what came before it may be unknown."""
    return repository.first_day(uow.session, gemeentecode, since)


def planned_load(uow: UnitOfWork, gemeentecode: str, van: date, tot: date) -> list[Dagbelasting]:
    """What the teams have to do already, per team and day of a period."""
    return [
        Dagbelasting(team_id, day, number, int(minutes or 0), acties)
        for team_id, day, number, minutes, acties in repository.planned_load(uow.session, gemeentecode, van, tot)
    ]


def planned_objects(uow: UnitOfWork, gemeentecode: str, van: date, tot: date) -> frozenset[UUID]:
    """Objects with a control still to be done in a period."""
    return repository.planned_objects(uow.session, gemeentecode, van, tot)


def controls_for_audit(uow: UnitOfWork, gemeentecode: str, jaar: int) -> list[Auditcontrole]:
    """The completed controls and attempts of a municipality in a calendar year (MON-13)."""
    return [Auditcontrole(*row) for row in repository.for_audit(uow.session, gemeentecode, jaar)]
