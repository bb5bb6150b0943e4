"""What a tablet needs of the rules of a start: who is on the control, how many must be there, an authorisation, the time to check out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.controles.repository import inzet, machtigingen
from app.controles.tables import Controle
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.normsleutels import Normsleutel


@dataclass(frozen=True, slots=True)
class Veldregels:
    """The rules of a start for one control; the fields are those of `PakketControle`."""

    inzet: list[UUID]
    bezetting: int
    uitchecken_min: int | None
    machtiging: bool


def field_rules(
    uow: UnitOfWork, rows: Sequence[Controle], tables: Mapping[str, Mapping[str, float]], datum: date
) -> dict[UUID, Veldregels]:
    """The rules of a start per control, in two queries.

    Args:
        uow: the unit of work.
        rows: the controls of the day.
        tables: the norm table of the day per municipality.
        datum: the day.
    """
    if not rows:
        return {}
    wie: dict[UUID, list[UUID]] = defaultdict(list)
    for one in inzet.of_controls(uow.session, [row.id for row in rows]):
        wie[one.controle_id].append(one.account_id)
    valid = {one.object_id for one in machtigingen.valid_on(uow.session, {row.object_id for row in rows}, datum)}
    found = {}
    for row in rows:
        normen = row.normen or tables[row.gemeentecode]
        minuten = normen.get(Normsleutel.UITCHECKEN_MIN)
        found[row.id] = Veldregels(
            inzet=sorted(wie[row.id]),
            bezetting=max(1, int(normen.get(Normsleutel.CONTROLE_BEZETTING, 1))),
            uitchecken_min=None if minuten is None else int(minuten),
            machtiging=row.object_id in valid,
        )
    return found
