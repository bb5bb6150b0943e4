"""/overdrachtgemeenten: to which municipalities the AF can transfer a signal (meldroute section 8)."""

from fastapi import APIRouter

from app.core.http.work import Work
from app.gemeenten.service.gemeenten import others_in_use
from app.signalen.schemas.stappen import OverdrachtgemeenteRead

router = APIRouter(prefix="/overdrachtgemeenten", tags=["signalen"])


@router.get(
    "",
    operation_id="overdrachtgemeenten_lijst",
    summary="Gemeenten waaraan u kunt overdragen",
    description="De andere gemeenten die met deze dienst werken. Staat een gemeente er niet bij, bel dan de aandachtsfunctionaris daar.",
)
def overdrachtgemeenten_lijst(uow: Work) -> list[OverdrachtgemeenteRead]:
    """Code and name only, by name."""
    return [OverdrachtgemeenteRead.model_validate(row) for row in others_in_use(uow)]
