"""/lijsten: shared lists such as sectors (REG-07)."""

from typing import Annotated

from fastapi import APIRouter, Path

from app.core.http.work import Work
from app.core.shapes import shaped
from app.gemeenten.schemas.gemeenten import LijstRead, LijstwaardeRead
from app.gemeenten.service import lijsten

router = APIRouter(prefix="/lijsten", tags=["lijsten"])


@router.get(
    "/{code}",
    operation_id="lijsten_lezen",
    summary="Een gedeelde lijst",
    description="De waarden van een lijst, bijvoorbeeld 'sectoren' of 'aanleidingen'; 'overig' staat achteraan.",
)
def lijsten_lezen(
    uow: Work,
    code: Annotated[
        str,
        Path(
            pattern=shaped(
                r"^[a-z][a-z0-9-]{0,79}$", "kleine letters, cijfers en streepjes, bijvoorbeeld partnerresultaten"
            ),
            description="Code van de lijst.",
        ),
    ],
) -> LijstRead:
    """A shared list (REG-07)."""
    values = lijsten.read_list(uow, code)
    return LijstRead(code=code, waarden=[LijstwaardeRead.model_validate(value) for value in values])
