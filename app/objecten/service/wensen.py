"""Wishes about planning: set, withdrawn, read with or without their cause (PLN-17).

The AF and a planner take the same road, and no answer tells whose a wish is: no version, no moment, no date, no reason. Who may read
the cause is logged with every reading.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.core.clock import add_years
from app.core.errors import Conflict, Fout, InvalidInput
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.objecten.errors import PlanningswensNotFound
from app.objecten.repository import wensen as repository
from app.objecten.rules.wensen import Stem, standing, state_of
from app.objecten.schemas.wensen import PlanningswensCreate, PlanningswensRead, WensoorzaakRead
from app.objecten.service.objecten import get_object
from app.objecten.service.teksten import faults_of
from app.objecten.status import Objecttype, Wenssoort, Wenszetter
from app.objecten.tables import Planningswens

VELD = "stemmen"


@dataclass(frozen=True, slots=True)
class Aanhouding:
    """Until when an object is not planned; `norm_tot` for the rhythm of a norm, on request of the OM."""

    tot: date | None = None
    norm_tot: date | None = None


def list_wishes(
    uow: UnitOfWork, gemeentecode: str | None, object_id: UUID | None, paging: Paging
) -> Sequence[Planningswens]:
    """Wishes that hold: one page and one more."""
    return repository.page(uow.session, uow.caller, uow.today, gemeentecode, object_id, paging)


def get_wish(uow: UnitOfWork, wens_id: UUID) -> PlanningswensRead:
    """One wish that holds.

    Raises:
        PlanningswensNotFound: unknown, not visible, or over.
    """
    return PlanningswensRead.model_validate(_require(uow, wens_id))


def set_wish(uow: UnitOfWork, data: PlanningswensCreate) -> PlanningswensRead:
    """Sets the caller's wish for an object, in place of his earlier one of this kind. The answer is the same whatever stood there.

    Raises:
        ObjectNotFound: unknown or not visible.
        InvalidInput: a date that does not fit, a text that may not be stored, or the rhythm of a norm without a request of the OM.
    """
    place = get_object(uow, data.object_id)
    faults = faults_of(place.type, {"reden": data.reden})
    if not uow.today <= data.tot <= add_years(uow.today, 1):
        faults.append(Fout("tot", "ligt in het verleden of meer dan een jaar vooruit"))
    if place.type is Objecttype.SEKS and data.soort is Wenssoort.NIET_PLANNEN and not data.op_verzoek_om:
        faults.append(Fout("opVerzoekOm", "een seksinrichting houdt haar vaste ritme, behalve op verzoek van het OM"))
    if faults:
        raise InvalidInput("De wens kan zo niet worden vastgelegd; zie 'fouten'.", faults)
    row = repository.ensure(uow.session, place.gemeentecode, place.id, data.soort)
    return _vote(uow, row, data.tot, data.reden, op_verzoek_om=data.op_verzoek_om)


def withdraw_wish(uow: UnitOfWork, wens_id: UUID) -> None:
    """Withdraws the caller's own wish; what others wish goes on.

    Raises:
        PlanningswensNotFound: unknown, not visible, or over.
        Conflict: the caller wishes nothing here; whoever does.
    """
    row = _require(uow, wens_id, lock=True)
    own = str(uow.caller.account_id)
    if own not in {stem.account for stem in standing(_votes(uow, row), uow.today)}:
        raise Conflict("U hebt deze wens niet zelf gezet.")
    _vote(uow, row, None, None, op_verzoek_om=False)


def read_cause(uow: UnitOfWork, wens_id: UUID) -> list[WensoorzaakRead]:
    """Who wished what, until when and why, oldest first; logged, whatever it says.

    Raises:
        PlanningswensNotFound: unknown, over, or of a municipality that does not employ the caller.
    """
    row = _require(uow, wens_id)
    if row.gemeentecode != uow.caller.gemeentecode:
        raise PlanningswensNotFound
    uow.audit("planningswens", row.id, row.gemeentecode)
    return [WensoorzaakRead.model_validate(stem) for stem in _votes(uow, row)]


def holds_at(uow: UnitOfWork, objects: Collection[UUID]) -> dict[UUID, Aanhouding]:
    """Until when objects are not planned, in one query per 500; for planning and release, which tell 'planner' and nothing else."""
    return {
        row.object_id: Aanhouding(row.tot, row.norm_tot)
        for row in (repository.holds_at(uow.session, objects) if objects else ())
    }


def wishes_of(uow: UnitOfWork, gemeentecode: str | None) -> tuple[dict[UUID, Aanhouding], dict[UUID, date]]:
    """In one query: what is held back, and since when a control is wished for; of one municipality, or of all for the service."""
    holds: dict[UUID, Aanhouding] = {}
    wished: dict[UUID, date] = {}
    for row in repository.holding_in(uow.session, uow.caller, gemeentecode, uow.today):
        if row.soort is Wenssoort.NIET_PLANNEN:
            holds[row.object_id] = Aanhouding(row.tot, row.norm_tot)
        elif row.vanaf is not None:
            wished[row.object_id] = row.vanaf
    return holds, wished


def _vote(
    uow: UnitOfWork, row: Planningswens, tot: date | None, reden: str | None, *, op_verzoek_om: bool
) -> PlanningswensRead:
    door = Wenszetter.AF if uow.caller.has(Rol.AF) else Wenszetter.PLANNER
    stem = Stem(door, str(uow.caller.account_id), tot, reden, op_verzoek_om, uow.now)
    stemmen = [*_votes(uow, row), stem]
    told = [
        [s.door, s.account, None if s.tot is None else s.tot.isoformat(), s.reden, s.op_verzoek_om, s.op.isoformat()]
        for s in stemmen
    ]
    row.stemmen = uow.seal(row.id, VELD, json.dumps(told, ensure_ascii=False))
    state = state_of(stemmen, uow.today)
    row.vanaf, row.tot, row.norm_tot = state.vanaf, state.tot, state.norm_tot
    uow.session.add(row)
    uow.session.flush()
    uow.audit("planningswens", row.id, row.gemeentecode)
    return PlanningswensRead.model_validate(row)


def _votes(uow: UnitOfWork, row: Planningswens) -> list[Stem]:
    if row.stemmen is None:
        return []
    return [
        Stem(
            Wenszetter(door),
            account,
            None if tot is None else date.fromisoformat(tot),
            reden,
            om,
            datetime.fromisoformat(op),
        )
        for door, account, tot, reden, om, op in json.loads(uow.unseal(row.id, VELD, row.stemmen))
    ]


def _require(uow: UnitOfWork, wens_id: UUID, *, lock: bool = False) -> Planningswens:
    row = repository.find(uow.session, uow.caller, wens_id, uow.today, lock=lock)
    if row is None:
        raise PlanningswensNotFound
    return row
