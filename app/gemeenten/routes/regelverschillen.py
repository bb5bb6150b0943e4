"""/rapportages/regelverschillen: the rules of municipalities beside each other (INS-14)."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.core.http.schemas import Datum
from app.core.http.work import Work
from app.core.shapes import shaped
from app.gemeenten.schemas.verschillen import RegelverschillenRead
from app.gemeenten.service import verschillen

router = APIRouter(prefix="/rapportages", tags=["rapportages"])


@router.get(
    "/regelverschillen",
    operation_id="rapportages_regelverschillen",
    summary="Verschillen in regels tussen gemeenten",
    description="Normen en instellingen, eigen waarden van lijsten en soorten partners van gemeenten in uw regio op een dag, en waar ze verschillen.",
)
def rapportages_regelverschillen(
    uow: Work,
    gemeenten: Annotated[
        str,
        Query(
            pattern=shaped(
                r"^GM\d{4}(,GM\d{4}){1,29}$",
                "twee tot dertig gemeentecodes met komma's ertussen, bijvoorbeeld GM0518,GM0599",
            ),
            max_length=240,
            description="Twee tot dertig gemeentecodes met een komma ertussen.",
        ),
    ],
    op: Annotated[Datum | None, Query(description="Op deze dag; zonder datum vandaag.")] = None,
    alleen_verschillen: Annotated[
        bool, Query(alias="alleenVerschillen", description="Alleen regels die niet overal gelijk zijn.")
    ] = True,
) -> RegelverschillenRead:
    """INS-14: uniform regional policy can only be made of differences that are seen."""
    return verschillen.compare_rules(uow, gemeenten.split(","), op or uow.today, differing_only=alleen_verschillen)
