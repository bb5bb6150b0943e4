"""/signalen/{id}/maatregelen: what the AF counts to a signal (INS-13)."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.core.http.work import Work
from app.maatregelen.schemas.maatregelen import MaatregelRead, SignaalmaatregelCreate
from app.maatregelen.service.signaalmaatregelen import link_measure, measures_of_signal

router = APIRouter(tags=["maatregelen"])


@router.get(
    "/signalen/{signaal_id}/maatregelen",
    operation_id="signaalmaatregelen_lijst",
    summary="Maatregelen bij een signaal",
    description="Nieuwste eerst. Bij de maatregel zelf is het signaal niet te zien.",
)
def signaalmaatregelen_lijst(uow: Work, signaal_id: UUID) -> list[MaatregelRead]:
    """The measures of a signal."""
    return measures_of_signal(uow, signaal_id)


@router.post(
    "/signalen/{signaal_id}/maatregelen",
    operation_id="signaalmaatregelen_toevoegen",
    status_code=201,
    summary="Reken een maatregel tot een signaal",
    description="Meer maatregelen bij een signaal mag. Aan de maatregel verandert niets.",
)
def signaalmaatregelen_toevoegen(
    uow: Work, signaal_id: UUID, data: SignaalmaatregelCreate, response: Response
) -> MaatregelRead:
    """Counts a measure to a signal."""
    found, new = link_measure(uow, signaal_id, data.maatregel_id)
    response.status_code = 201 if new else 200
    response.headers["Location"] = f"/v1/signalen/{signaal_id}/maatregelen"
    return found
