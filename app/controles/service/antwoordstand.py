"""Which questions an account answered at a control that runs, so that its tablet knows what was asked after a restart (DAT-13).

Confidential answers leave a tablet on receipt; the codes that the account itself entered are told to nobody else, and not after the end.
"""

import json
from uuid import UUID

from app.controles.errors import ControleNietBezig
from app.controles.repository import gebeurtenissen
from app.controles.schemas.wijzigingen import AntwoordstandRead
from app.controles.service.controles import get_controle
from app.controles.status import Controlestatus
from app.core.unit_of_work import UnitOfWork

LOOPT = frozenset({Controlestatus.GEPLAND, Controlestatus.VRIJGEGEVEN, Controlestatus.BEZIG})
"""Also before the start is valid: what the field did goes on while something is still missing (design section 5)."""


def answered_codes(uow: UnitOfWork, controle_id: UUID, apparaat_id: UUID | None) -> AntwoordstandRead:
    """The codes that the caller answered and did not take back.

    Args:
        uow: the unit of work.
        controle_id: the control.
        apparaat_id: only what was entered on this tablet.

    Raises:
        ControleNotFound: unknown or not visible.
        ControleNietBezig: it is finished, an attempt, or dropped.
    """
    controle = get_controle(uow, controle_id)
    if controle.status not in LOOPT:
        raise ControleNietBezig
    stands: dict[tuple[UUID, str], bool] = {}
    uow.load_data_keys([controle_id])
    for row in gebeurtenissen.entered_by(uow.session, uow.caller, controle_id):
        if apparaat_id is None or row.apparaat_id == apparaat_id:
            told = json.loads(uow.unseal(controle_id, f"gebeurtenis.{row.id}", row.inhoud))["antwoorden"]
            stands.update({(row.apparaat_id, code): value is not None for code, value in told.items()})
    return AntwoordstandRead(
        controle_id=controle_id, codes=sorted({code for (_, code), answered in stands.items() if answered})
    )
