"""What the service holds of controls, to the last event and answer: more than any role may read over the API."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.bevindingen.tables import Bijlage
from app.controles.repository import gebeurtenissen
from app.controles.service.werkset import read_stand
from app.controles.tables import Controle, Controlegebeurtenis, Quarantaine
from app.core.unit_of_work import UnitOfWork


def read_controles(uow: UnitOfWork, ids: Collection[UUID]) -> dict[str, Any]:
    """Per control its state, events in order, answers per device, events in quarantine, and photos by state."""
    session = uow.session
    uow.load_data_keys(list(ids))
    antwoorden = gebeurtenissen.answers_of(session, ids)
    found: dict[str, Any] = {}
    for controle_id in ids:
        controle = session.get(Controle, controle_id)
        rows = session.exec(
            select(Controlegebeurtenis)
            .where(col(Controlegebeurtenis.controle_id) == controle_id)
            .order_by(col(Controlegebeurtenis.apparaat_id), col(Controlegebeurtenis.volgnummer))
        ).all()
        waiting = session.exec(select(Quarantaine).where(col(Quarantaine.controle_id) == controle_id)).all()
        photos = session.exec(select(Bijlage).where(col(Bijlage.controle_id) == controle_id)).all()
        stand = read_stand(uow, antwoorden[controle_id]) if controle_id in antwoorden else None
        found[str(controle_id)] = {
            "status": None if controle is None else str(controle.status),
            "gebeurtenissen": [
                {"id": str(row.id), "soort": row.soort, "volgnummer": row.volgnummer, "status": str(row.status)}
                for row in rows
            ],
            "antwoorden": {}
            if stand is None
            else {code: [waarde for _, waarde in per.values()] for code, per in stand.antwoorden.items()},
            "quarantaine": [row.reden for row in waiting if row.opgelost_op is None],
            "fotos": sorted(str(row.status) for row in photos),
        }
    return found
