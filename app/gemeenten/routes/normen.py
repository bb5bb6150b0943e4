"""/normen: dated norms and settings."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.work import Work
from app.gemeenten.routes.filters import DagFilter, GemeenteFilter
from app.gemeenten.schemas.normen import NormCreate, NormRead
from app.gemeenten.service import normen

router = APIRouter(prefix="/normen", tags=["normen"])
SleutelFilter = Annotated[
    str | None,
    Query(pattern=r"^[A-Z][A-Z0-9_]{2,79}$", description="Alleen deze norm, bijvoorbeeld BIBOB_TOETS_JAREN."),
]


@router.get(
    "",
    operation_id="normen_lijst",
    summary="Normen",
    description=(
        "Landelijke normen en die van uw gemeenten, met hun geschiedenis, op volgorde van sleutel. "
        "De waarde van een gemeente gaat voor de landelijke."
    ),
)
def normen_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    gemeentecode: GemeenteFilter = None,
    sleutel: SleutelFilter = None,
    geldigOp: DagFilter = None,  # noqa: N803 - query keys are camelCase (API design rules)
) -> Pagina[NormRead]:
    """A page of norms."""
    rows = normen.list_normen(uow, page, gemeentecode, sleutel, geldigOp)
    return page_of(rows, page, NormRead.model_validate, lambda row: (row.sleutel, row.id), request, response)


@router.get("/{norm_id}", operation_id="normen_lezen", summary="Een norm", description="Een norm op kenmerk.")
def normen_lezen(uow: Work, norm_id: UUID) -> NormRead:
    """One norm."""
    return NormRead.model_validate(normen.get_norm(uow, norm_id))


@router.post(
    "",
    operation_id="normen_toevoegen",
    status_code=201,
    summary="Voeg een waarde van een norm toe",
    description=(
        "De vorige waarde eindigt op de dag ervoor en blijft bewaard. Een periode die in een latere waarde loopt, "
        "wordt geweigerd. Een lege waarde betekent dat de gemeente de norm in deze periode niet kent."
    ),
)
def normen_toevoegen(uow: Work, data: NormCreate, response: Response) -> NormRead:
    """Stores a new value of a norm."""
    norm = normen.add_norm(uow, data)
    response.headers["Location"] = f"/v1/normen/{norm.id}"
    return NormRead.model_validate(norm)
