"""What a day route asks of the field: the controls of one team on one day, and to store another order."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.controles.repository import controles as controls
from app.controles.repository import dagroutes as repository
from app.controles.repository.dagroutes import Bezoekdag
from app.controles.rules.uitvoering import NIET_BEGONNEN
from app.controles.service.afstemming import stands_alone, waits_for_release
from app.controles.status import Controlestatus
from app.controles.tables import Controle
from app.core.unit_of_work import UnitOfWork
from app.objecten.schemas.objecten import ObjectRead
from app.objecten.service.objecten import objects_by_ids


@dataclass(frozen=True, slots=True)
class Dagcontrole:
    """A control on a day route.

    Attributes:
        te_doen: It was not started yet, so it can still be put elsewhere in the order.
        in_actie: It belongs to an integral action, which has an order of its own.
    """

    controle_id: UUID
    plek: ObjectRead
    status: Controlestatus
    aanvang: int | None
    duur: int
    volgorde: int
    te_doen: bool
    in_actie: bool


@dataclass(frozen=True, slots=True)
class Dag:
    """The controls of a team on a day in order, and the tag of what was seen; any change of one of them changes it."""

    controles: Sequence[Dagcontrole]
    tag: str


@dataclass(frozen=True, slots=True)
class Plaats:
    """Where a control comes in the order, and when: minutes after midnight, above 1440 past midnight."""

    controle_id: UUID
    volgorde: int
    aanvang: int


def team_day(uow: UnitOfWork, datum: date, team_id: UUID, *, lock: bool = False) -> Dag:
    """The controls of a team on a day that the caller may see, as in the day package.

    Whoever works in the field does not see what still waits for its release (PLN-01).
    """
    rows = repository.of_team_day(uow.session, uow.caller, datum, team_id, lock=lock)
    places = objects_by_ids(uow, {row.object_id for row in rows})
    broad = uow.caller.has(*controls.GEMEENTEBREED)
    apart = {code: stands_alone(uow, code) for code in {row.gemeentecode for row in rows}}
    shown = [
        row
        for row in rows
        if row.object_id in places
        and (broad or not _waits(row, places[row.object_id], seks_apart=apart[row.gemeentecode]))
    ]
    shown.sort(key=lambda row: (row.aanvang is None, row.aanvang, row.volgorde, row.id))
    seen = "|".join(f"{row.id}:{row.versie}" for row in sorted(shown, key=lambda row: row.id))
    found = [
        Dagcontrole(
            controle_id=row.id,
            plek=places[row.object_id],
            status=row.status,
            aanvang=row.aanvang,
            duur=row.duur,
            volgorde=row.volgorde,
            te_doen=row.status in NIET_BEGONNEN,
            in_actie=row.actie_id is not None,
        )
        for row in shown
    ]
    return Dag(found, f'"{hashlib.sha256(f"{datum}|{team_id}|{seen}".encode()).hexdigest()[:32]}"')


def place_on_day(uow: UnitOfWork, plaatsen: Sequence[Plaats]) -> None:
    """Writes order and time onto controls that `team_day` gave and locked in this unit of work."""
    wanted = {plaats.controle_id: plaats for plaats in plaatsen}
    for row in controls.with_ids(uow.session, wanted, lock=True):
        plaats = wanted[row.id]
        if (row.volgorde, row.aanvang) != (plaats.volgorde, plaats.aanvang):
            row.volgorde, row.aanvang = plaats.volgorde, plaats.aanvang
            row.versie += 1
            uow.audit("controle", row.id, row.gemeentecode)
    uow.session.flush()


def visit_days(uow: UnitOfWork, gemeentecode: str, van: date) -> tuple[list[Bezoekdag], dict[UUID, date]]:
    """Controls of a municipality from a day on, and the last completed one of each place before it, in two queries.

    The caller answers for who may see what is made of it.
    """
    return (
        repository.visits_since(uow.session, gemeentecode, van, uow.today),
        repository.last_visits_before(uow.session, gemeentecode, van),
    )


def _waits(row: Controle, plek: ObjectRead, *, seks_apart: bool) -> bool:
    return row.status is Controlestatus.GEPLAND and waits_for_release(row, plek.type, seks_apart=seks_apart)
