"""Continuous supervision of the licensed sex branch and other work, with or without a number a year (CAD-18)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.controles.service.planning import NormControle, controles_for_norm
from app.controles.status import Controlestatus
from app.core.errors import Fout, InvalidInput
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.planning.errors import IdInUse, ToezichtplanNotFound
from app.planning.repository import toezichtplannen as repository
from app.planning.rules.toezicht import supervision_status
from app.planning.schemas.toezichtplannen import ToezichtplanCreate, ToezichtplanPatch, ToezichtplanRead
from app.planning.tables import Toezichtplan


def list_plans(uow: UnitOfWork, paging: Paging, peildatum: date | None) -> list[ToezichtplanRead]:
    """The plans of the caller's municipalities by name with what was done: one page and one row more."""
    return _read(uow, repository.page(uow.session, uow.caller, paging), peildatum or uow.today)


def get_plan(uow: UnitOfWork, plan_id: UUID) -> ToezichtplanRead:
    """One plan.

    Raises:
        ToezichtplanNotFound: unknown or not visible.
    """
    return _read(uow, [_require(uow, plan_id)], uow.today)[0]


def add_plan(uow: UnitOfWork, data: ToezichtplanCreate) -> tuple[ToezichtplanRead, bool]:
    """Stores a plan of the caller's municipality.

    Returns:
        The plan, and whether it is new.

    Raises:
        IdInUse: the id stands for something else.
    """
    row = Toezichtplan(
        **data.model_dump(exclude={"objecttypen"}),
        gemeentecode=uow.caller.gemeentecode,
        objecttypen=sorted({soort.value for soort in data.objecttypen}),
    )
    stored = repository.stored(uow.session, row.id)
    if stored is not None:
        if stored.model_dump(exclude={"versie"}) != row.model_dump(exclude={"versie"}):
            raise IdInUse
        return _read(uow, [stored], uow.today)[0], False
    uow.session.add(row)
    uow.session.flush()
    uow.audit("toezichtplan", row.id, row.gemeentecode)
    return _read(uow, [row], uow.today)[0], True


def change_plan(uow: UnitOfWork, plan_id: UUID, if_match: str | None, data: ToezichtplanPatch) -> ToezichtplanRead:
    """Sets the last day of a plan.

    Raises:
        ToezichtplanNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
        InvalidInput: it would end before it began.
    """
    row = _require(uow, plan_id, lock=True)
    check_version(if_match, row.versie)
    if data.geldig_tot is not None and data.geldig_tot < row.geldig_vanaf:
        fault = Fout("body.geldigTot", "eindigt voordat het begint; kies een latere einddatum")
        raise InvalidInput("Er is 1 fout gevonden; zie 'fouten'.", [fault])
    row.geldig_tot = data.geldig_tot
    row.versie += 1
    uow.session.flush()
    uow.audit("toezichtplan", row.id, row.gemeentecode)
    return _read(uow, [row], uow.today)[0]


def _require(uow: UnitOfWork, plan_id: UUID, *, lock: bool = False) -> Toezichtplan:
    row = repository.find(uow.session, uow.caller, plan_id, lock=lock)
    if row is None:
        raise ToezichtplanNotFound
    return row


def _read(uow: UnitOfWork, rows: Sequence[Toezichtplan], day: date) -> list[ToezichtplanRead]:
    done: dict[str, list[NormControle]] = {
        code: [c for c in controles_for_norm(uow, code, day.year) if c.status is Controlestatus.AFGEROND]
        for code in sorted({row.gemeentecode for row in rows})
    }
    shown = []
    for row in rows:
        number = None
        if row.objecttypen:
            number = sum(
                c.type.value in row.objecttypen and row.geldig_vanaf <= c.datum <= min(day, row.geldig_tot or day)
                for c in done[row.gemeentecode]
            )
        needed = None if row.aantal_per_jaar is None or number is None else max(0, row.aantal_per_jaar - number)
        shown.append(
            ToezichtplanRead(
                **row.model_dump(),
                jaar=day.year,
                gedaan=number,
                nog_nodig=needed,
                status=supervision_status(number or 0, row.aantal_per_jaar),
            )
        )
    return shown
