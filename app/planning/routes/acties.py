"""Moving an integral action of the released plan, over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.core.http.openapi import SETTINGS_MISSING
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.planning.schemas.acties import ActieVerzet, ActieVerzetten
from app.planning.service import actieverzetten

router = APIRouter(tags=["acties"])


@router.post(
    "/acties/{actie_id}/_verzetten",
    operation_id="acties_verzetten",
    responses=SETTINGS_MISSING,
    summary="Verzet een integrale actie",
    description="De hele actie krijgt een andere datum, dienst of andere partners; haar adressen gaan mee en de dienst legt de routes "
    "opnieuw. Wat niet kan wordt geweigerd, met alle redenen tegelijk. Stuur in If-Match de versie van de actie.",
)
def acties_verzetten(
    uow: Work, actie_id: UUID, data: ActieVerzetten, response: Response, if_match: IfMatch = None
) -> ActieVerzet:
    """Moves an action."""
    moved = actieverzetten.move_actie(uow, actie_id, if_match, data)
    set_etag(response, moved.versie)
    return moved
