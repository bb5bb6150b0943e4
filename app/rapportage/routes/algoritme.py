"""/algoritme: how the planner works, for everybody; no sign-in, no data of a municipality."""

from fastapi import APIRouter

from app.rapportage.schemas.algoritme import AlgoritmeRead
from app.rapportage.service.algoritme import read_description

router = APIRouter(tags=["algoritme"])


@router.get(
    "/algoritme",
    operation_id="algoritme_lezen",
    summary="Hoe de planner werkt",
    description=(
        "De beschrijving in de velden van het Algoritmeregister: doel, afwegingen, menselijke tussenkomst, gegevens, regels en elke "
        "term van de voorrang. Gewichten en drempels staan er niet in. Aanmelden is niet nodig."
    ),
)
def algoritme_lezen() -> AlgoritmeRead:
    """The published description."""
    return read_description()
