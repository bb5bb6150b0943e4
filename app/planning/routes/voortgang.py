"""The progress of a planning round as server-sent events."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.http.events import MEDIA_TYPE, LastEventId, Look, event_answer
from app.core.http.work import authorise, operation_of, runtime_of
from app.planning.service.voortgang import look_at_round

router = APIRouter(prefix="/planrondes", tags=["planning"])

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": (
            "Gebeurtenissen: 'voortgang' zolang de berekening wacht of loopt, en als laatste 'klaar'. De inhoud is JSON met status, "
            "voortgang (0 tot 1), melding en versie. Na een minuut sluit de stroom; vraag dan opnieuw met Last-Event-ID."
        ),
        "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
    },
    204: {"description": "U hebt de laatste gebeurtenis al gezien; er komt niets meer."},
}


@router.get(
    "/{ronde_id}/voortgang",
    operation_id="planrondes_voortgang",
    summary="Voortgang van een planronde als stroom",
    description="Server-sent events: blijft open tot de berekening klaar is, hoogstens een minuut per verzoek.",
    responses=ANSWERS,
    response_class=Response,
)
def planrondes_voortgang(request: Request, ronde_id: UUID, last_event_id: LastEventId = None) -> Response:
    """Events of one round. Each look signs in again, so that an account that ended sees nothing more."""
    runtime, operation = runtime_of(request), operation_of(request)

    def look() -> Look:
        caller, _ = authorise(request, runtime)
        with runtime.unit(caller, operation, request.state.request_id, write=False) as uow:
            return look_at_round(uow, ronde_id)

    return event_answer(look, last_event_id)
