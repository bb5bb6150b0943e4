"""/objecten/{id}/koppelingen: business objects with one holder, landlord or operator (REG-19)."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.core.http.work import Work
from app.objecten.schemas.koppelingen import KoppelingCreate, KoppelingenRead, KoppelingRead
from app.objecten.service import koppelingen

router = APIRouter(prefix="/objecten/{object_id}/koppelingen", tags=["koppelingen"])


@router.get(
    "",
    operation_id="koppelingen_lijst",
    summary="Koppelingen van een object",
    description="Waarmee een bedrijfsobject is verbonden, en de andere objecten met hetzelfde nummer in de gemeenten waar u "
    "werkt. Een woning wordt nooit gekoppeld. Het nummer van een eenmanszaak ziet alleen wie het nodig heeft.",
)
def koppelingen_lijst(uow: Work, object_id: UUID) -> KoppelingenRead:
    """Links of an object."""
    return koppelingen.get_koppelingen(uow, object_id)


@router.post(
    "",
    operation_id="koppelingen_toevoegen",
    status_code=201,
    summary="Koppel een object",
    description="Aan de vergunninghouder, verhuurder of exploitant, met een KvK-nummer of eigen kenmerk; nooit met een naam.",
)
def koppelingen_toevoegen(uow: Work, object_id: UUID, data: KoppelingCreate, response: Response) -> KoppelingRead:
    """Stores a link."""
    made = koppelingen.add_koppeling(uow, object_id, data)
    response.headers["Location"] = f"/v1/objecten/{object_id}/koppelingen"
    return made


@router.delete(
    "/{koppeling_id}",
    operation_id="koppelingen_beeindigen",
    status_code=204,
    summary="Beëindig een koppeling",
    description="De koppeling geldt vanaf nu niet meer en blijft als geschiedenis bewaard.",
)
def koppelingen_beeindigen(uow: Work, object_id: UUID, koppeling_id: UUID) -> None:
    """Ends a link."""
    koppelingen.end_koppeling(uow, object_id, koppeling_id)
