"""One measure: found with the caller's rights, its changes noted, shown."""

import json
from collections.abc import Sequence
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.maatregelen.errors import MaatregelNotFound
from app.maatregelen.repository import afstemmingen, maatregelen
from app.maatregelen.schemas.maatregelen import MaatregelRead
from app.maatregelen.service.gevolgen import Stand, follow
from app.maatregelen.status import Maatregelactie
from app.maatregelen.tables import Maatregel, Maatregelgebeurtenis

OPMERKING = "opmerking"
_NOT_IN_STAND = {"id", "gemeentecode", "opmerking", "inhoud_hash", "versie", "regime"}


def require_row(uow: UnitOfWork, maatregel_id: UUID, *, lock: bool = False) -> Maatregel:
    """A measure that the caller may see.

    Raises:
        MaatregelNotFound: unknown or not visible.
    """
    row = maatregelen.find(uow.session, uow.caller, maatregel_id, lock=lock)
    if row is None:
        raise MaatregelNotFound
    return row


def note_change(
    uow: UnitOfWork, row: Maatregel, before: Stand | None, actie: Maatregelactie, velden: list[str]
) -> MaatregelRead:
    """Notes the event, does what follows and answers the measure; `before` is how it stood, None when it is new."""
    row.versie += 1
    uow.session.add(row)
    uow.session.flush()
    links = maatregelen.findings_of(uow.session, [row.id])[row.id]
    stand = json.loads(json.dumps(row.model_dump(exclude=_NOT_IN_STAND), default=str))
    event = Maatregelgebeurtenis(
        maatregel_id=row.id,
        volgnummer=maatregelen.last_event(uow.session, row.id) + 1,
        tijdstip=uow.now,
        actor=uow.caller.account_id,
        actie=actie,
        velden=velden,
        stand={**stand, "bevinding_ids": [str(nr) for nr in links]},
    )
    uow.session.add(event)
    follow(uow, row, before)
    uow.session.flush()
    uow.audit("maatregel", row.id, row.gemeentecode)
    return show(uow, [row])[0]


def show(uow: UnitOfWork, rows: Sequence[Maatregel]) -> list[MaatregelRead]:
    """Measures as the API answers them, in three queries for any number."""
    if not rows:
        return []
    uow.load_data_keys(row.id for row in rows if row.opmerking is not None)
    links = maatregelen.findings_of(uow.session, [row.id for row in rows])
    aligned = afstemmingen.states_of(uow.session, [row.id for row in rows])
    return [
        MaatregelRead(
            **row.model_dump(exclude={"opmerking", "regime", "inhoud_hash"}),
            opmerking=None if row.opmerking is None else uow.unseal(row.id, OPMERKING, row.opmerking),
            bevinding_ids=links[row.id],
            afstemming=aligned.get(row.id),
        )
        for row in rows
    ]
