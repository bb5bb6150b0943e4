"""/objecten/{id}/_kvkcontrole: an object beside the business register."""

from uuid import UUID

from fastapi import APIRouter

from app.core.http.work import Steps
from app.objecten.routes.buiten import Buiten
from app.objecten.schemas.adressen import KvkcontroleRead
from app.objecten.service import kvk_controle

router = APIRouter(prefix="/objecten", tags=["objecten"])


@router.post(
    "/{object_id}/_kvkcontrole",
    operation_id="objecten_kvkcontrole",
    summary="Vergelijk een bedrijf met het Handelsregister",
    description="Laat zien waar naam, adres, sector en status verschillen. Er wordt niets gewijzigd of bewaard. Een woning wordt nooit "
    "vergeleken; een afgeschermd adres wordt niet getoond.",
)
def objecten_kvkcontrole(step: Steps, sources: Buiten, object_id: UUID) -> KvkcontroleRead:
    """Holds an object against the register of KVK."""
    return kvk_controle.check_business(step, sources, object_id)
