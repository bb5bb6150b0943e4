"""/sluitcodes: why a signal can be closed."""

from fastapi import APIRouter

from app.core.http.work import Work
from app.signalen.schemas.sluitcodes import SluitcodeRead
from app.signalen.service import sluitcodes

router = APIRouter(prefix="/sluitcodes", tags=["signalen"])


@router.get(
    "",
    operation_id="sluitcodes_lijst",
    summary="Redenen om een signaal te sluiten",
    description="Met wat het sluiten dan vraagt, hoe het telt in de monitor, en hoe lang de inhoud blijft. De termijnen zijn normen, die de beheerder per gemeente en met een ingangsdatum instelt.",
)
def sluitcodes_lijst(uow: Work) -> list[SluitcodeRead]:
    """The closing codes (RTE-22)."""
    return sluitcodes.list_codes(uow)
