"""Queries that read the whole list of controls, some thousand rows at a time, in constant memory."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from app.controles.repository.controles import Controlefilter, conditions
from app.controles.schemas.exportrijen import ControleRij
from app.controles.tables import Controle
from app.core.caller import Caller
from app.core.columns import id_text

BATCH = 2000
_COLUMNS: tuple[Any, ...] = (
    id_text(Controle.id), Controle.gemeentecode, id_text(Controle.object_id), id_text(Controle.team_id), Controle.status, Controle.datum,
    Controle.aanvang, Controle.duur, Controle.aanleiding, Controle.aangekondigd, Controle.integraal,
    Controle.gestart_op, Controle.afgerond_op, Controle.binnen, Controle.reden,
)  # fmt: skip


def controles(session: Session, caller: Caller, filters: Controlefilter) -> Iterator[list[ControleRij]]:
    """Controls by date."""
    query = select(*_COLUMNS).where(*conditions(caller, filters))
    ordered = query.order_by(col(Controle.datum), col(Controle.id))
    with session.connection().execute(ordered, execution_options={"yield_per": BATCH}) as result:
        for part in result.partitions():
            yield [ControleRij._make(row) for row in part]


def count_controles(session: Session, caller: Caller, filters: Controlefilter) -> int:
    """How many controls there are."""
    query = select(func.count()).select_from(Controle).where(*conditions(caller, filters))
    return session.connection().execute(query).scalar_one()
