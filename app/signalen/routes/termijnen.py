"""/signalen/{id}/termijnen: the deadlines of a signal."""

from uuid import UUID

from fastapi import APIRouter

from app.core.http.work import Work
from app.signalen.schemas.termijnen import TermijnRead
from app.signalen.service import termijnen

router = APIRouter(tags=["signalen"])


@router.get(
    "/signalen/{signaal_id}/termijnen",
    operation_id="signaaltermijnen_lijst",
    summary="De termijnen van een signaal",
    description="De eerste bovenaan, met de tijd die over is. Ook voor de teamleider: een termijn zegt niets over de inhoud.",
)
def signaaltermijnen_lijst(uow: Work, signaal_id: UUID) -> list[TermijnRead]:
    """The deadlines of one signal."""
    return termijnen.list_terms(uow, signaal_id)
