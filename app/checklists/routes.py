"""Routes of checklists."""

from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Response

from app.checklists import service
from app.checklists.rules.content import Checklist, Rekenregel
from app.checklists.rules.library import REKENREGEL, ChecklistversieNotFoundError
from app.checklists.schemas import ChecklistRead, ChecklistVersieRead, SignaalkaartenRead, read_item
from app.core.errors import NotFound
from app.core.http.schemas import Code, Datum
from app.core.http.versions import answer_or_304
from app.core.http.work import Work

router = APIRouter(prefix="/checklists", tags=["checklists"])
rekenregels = APIRouter(prefix="/rekenregels", tags=["checklists"])
kaarten = APIRouter(prefix="/veldkaarten", tags=["checklists"])

FIELD = ("toezichthouder", "aandachtsfunctionaris")


class ChecklistNotFound(NotFound):
    """No such list or version."""


@router.get("", operation_id="checklists_lijst", summary="Checklists die op een datum gelden")
def checklists_lijst(
    uow: Work,
    datum: Annotated[Datum | None, Query(description="Datum waarop de lijsten gelden; zonder datum vandaag.")] = None,
) -> list[ChecklistVersieRead]:
    """The versions that hold on a date."""
    try:
        versions = service.current_versions(datum or uow.today)
    except ChecklistversieNotFoundError:
        return []
    lists = [service.get_checklist(code, versie) for code, versie in versions.items() if code != REKENREGEL]
    return [ChecklistVersieRead.model_validate(one) for one in lists]


@router.get("/{code}/versies/{versie}", operation_id="checklists_lezen", summary="Een checklist in een versie")
def checklists_lezen(
    uow: Work,
    response: Response,
    code: Annotated[Code, Path(description="Code van de lijst, bijvoorbeeld ENT.")],
    versie: Annotated[int, Path(ge=1, le=10_000, description="Versie van de lijst.")],
) -> ChecklistRead:
    """One version; it never changes, so its ETag is its name."""
    try:
        found = service.get_checklist(code, versie)
    except ChecklistversieNotFoundError:
        raise ChecklistNotFound("Deze lijst of versie bestaat niet. Kijk in /checklists welke er zijn.") from None
    response.headers["ETag"] = f'"{code}-{versie}"'
    return _read(found, with_triggers=uow.caller.has(*FIELD))


@rekenregels.get(
    "/{versie}",
    operation_id="rekenregels_lezen",
    summary="De rekenregel in een versie",
    description="Gewichten, groepen, drempels en normformules, waarmee een tablet zonder netwerk hetzelfde oordeelt als de dienst.",
)
def rekenregels_lezen(
    uow: Work,  # noqa: ARG001 - asks for a sign-in and the right to read
    response: Response,
    versie: Annotated[int, Path(ge=1, le=10_000, description="Versie van de rekenregel.")],
) -> Rekenregel:
    """One version; it never changes, so its ETag is its name."""
    try:
        found = service.get_rekenregel(versie)
    except ChecklistversieNotFoundError:
        raise ChecklistNotFound("Deze versie van de rekenregel bestaat niet.") from None
    response.headers["ETag"] = f'"{REKENREGEL}-{versie}"'
    return found


@kaarten.get(
    "",
    operation_id="veldkaarten_lijst",
    summary="Veldkaarten: herkennen en handelen",
    description="Per vorm, met wat er per soort object bij komt. Bewaar ze op de tablet; ongewijzigd: 304.",
    response_model=SignaalkaartenRead,
    responses={304: {"description": "Niets veranderd sinds de ETag in If-None-Match."}},
)
def veldkaarten_lijst(
    uow: Work,  # noqa: ARG001 - asks for a sign-in
    if_none_match: Annotated[str | None, Header(alias="If-None-Match", max_length=200)] = None,
) -> Response:
    """The signal cards (INS-10)."""
    content = SignaalkaartenRead.model_validate(service.get_cards()).model_dump_json(by_alias=True).encode()
    return answer_or_304(content, if_none_match)


def _read(found: Checklist, *, with_triggers: bool) -> ChecklistRead:
    items = [read_item(item, with_triggers=with_triggers) for item in found.items]
    return ChecklistRead(**ChecklistVersieRead.model_validate(found).model_dump(), items=items)
