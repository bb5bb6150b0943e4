"""/achtergrondkaart: the background map, passed on by the service so that no browser asks a third party."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import Field

from app.core.http.schemas import ApiOutput
from app.core.http.work import Steps
from app.gemeenten.rules.kaarttegels import MAX_ZOOM, MIN_ZOOM
from app.gemeenten.service import achtergrondkaart as service

router = APIRouter(prefix="/achtergrondkaart", tags=["gebieden"])
BRONVERMELDING = "Kaartgegevens © Kadaster"
Getal = Annotated[int, Path(ge=0, le=1 << MAX_ZOOM)]


class AchtergrondkaartRead(ApiOutput):
    """Whether there is a background map, and how far it goes."""

    aan: bool = Field(description="Nee: teken alleen de gebieden van de gemeente.")
    zoom_van: int
    zoom_tot: int
    bronvermelding: str


@router.get(
    "",
    operation_id="achtergrondkaart_lezen",
    summary="Is er een achtergrondkaart?",
    description="Of deze dienst een achtergrondkaart heeft, en in welke zoomniveaus.",
)
def achtergrondkaart_lezen(step: Steps) -> AchtergrondkaartRead:
    """Whether there is a background map."""
    return AchtergrondkaartRead(
        aan=service.is_on(step.runtime.settings), zoom_van=MIN_ZOOM, zoom_tot=MAX_ZOOM, bronvermelding=BRONVERMELDING
    )


@router.get(
    "/{zoom}/{kolom}/{rij}",
    operation_id="achtergrondkaart_tegel",
    summary="Een tegel van de achtergrondkaart",
    description="PNG van 256 bij 256 in EPSG:3857. Deze dienst haalt de tegel op en bewaart hem; de bron ziet niet wie er kijkt.",
    response_class=Response,
    responses={200: {"description": "De tegel.", "content": {"image/png": {}}}},
)
def achtergrondkaart_tegel(step: Steps, zoom: Annotated[int, Path(ge=0, le=22)], kolom: Getal, rij: Getal) -> Response:
    """One tile."""
    # The browser keeps nothing: which tiles it holds would tell where somebody was (design section 7).
    body = service.tile(step.runtime.settings, zoom, kolom, rij)
    return Response(body, media_type="image/png", headers={"Cache-Control": "no-store"})
