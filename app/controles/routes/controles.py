"""/controles: the life cycle of a control by named transitions, and the services that take part."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from app.controles.repository.controles import Controlefilter
from app.controles.schemas.controles import (
    ControleAfronden,
    ControleCreate,
    ControlePoging,
    ControleRead,
    ControleStarten,
    ControleVervallen,
    DeelnameCreate,
    DeelnameRead,
)
from app.controles.service import acties, controles, vrijgave
from app.controles.status import Controlestatus
from app.controles.tables import Controle
from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import Datum
from app.core.http.versions import set_etag
from app.core.http.work import Work

router = APIRouter(prefix="/controles", tags=["controles"])


def read_filters(
    van: Annotated[Datum | None, Query(description="Vanaf deze datum.")] = None,
    tot: Annotated[Datum | None, Query(description="Tot en met deze datum.")] = None,
    status: Annotated[Controlestatus | None, Query(description="Alleen met deze status.")] = None,
    objectId: Annotated[UUID | None, Query(description="Alleen van dit object.")] = None,  # noqa: N803 - query keys are camelCase
    teamId: Annotated[UUID | None, Query(description="Alleen van dit team.")] = None,  # noqa: N803 - query keys are camelCase
    actieId: Annotated[UUID | None, Query(description="Alleen van deze actie.")] = None,  # noqa: N803 - query keys are camelCase
) -> Controlefilter:
    """Reads what a list is narrowed to; there is no filter on the trigger or an answer (REG-05, REG-20)."""
    return Controlefilter(van, tot, status, objectId, teamId, actieId)


Filters = Annotated[Controlefilter, Depends(read_filters)]


@router.get(
    "",
    operation_id="controles_lijst",
    summary="Controles",
    description="De controles van uw gemeenten of teams, op volgorde van datum; zonder antwoorden of uitkomst.",
)
def controles_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    filters: Filters,
) -> Pagina[ControleRead]:
    """Controls by date."""
    rows = controles.list_controles(uow, filters, page)
    return page_of(
        rows, page, ControleRead.model_validate, lambda row: (row.datum.isoformat(), row.id), request, response
    )


@router.get(
    "/{controle_id}",
    operation_id="controles_lezen",
    summary="Een controle",
    description="Zonder antwoorden of uitkomst.",
)
def controles_lezen(uow: Work, controle_id: UUID, response: Response) -> ControleRead:
    """One control."""
    return _answer(controles.get_controle(uow, controle_id), response)


@router.post(
    "",
    operation_id="controles_toevoegen",
    status_code=201,
    summary="Plan een controle",
    description="Zonder aanleiding krijgt een woningcontrole 'woongebruik'. Een aangekondigde controle vraagt een reden en telt niet mee voor de norm.",
)
def controles_toevoegen(uow: Work, data: ControleCreate, response: Response) -> ControleRead:
    """Plans a control by hand."""
    controle, new = controles.add_controle(uow, data)
    response.status_code = 201 if new else 200
    response.headers["Location"] = f"/v1/controles/{controle.id}"
    return _answer(controle, response)


@router.post(
    "/{controle_id}/_vrijgeven",
    operation_id="controles_vrijgeven",
    summary="Geef een controle vrij",
    description="Voor een controle buiten een planronde, bijvoorbeeld van een risicoadres; na afstemming.",
)
def controles_vrijgeven(uow: Work, controle_id: UUID, response: Response) -> ControleRead:
    """Releases one control."""
    return _answer(vrijgave.release_control(uow, controle_id), response)


@router.post(
    "/{controle_id}/_starten",
    operation_id="controles_starten",
    summary="Start een controle",
    description=(
        "Legt de versies van de checklists en de normen vast en meldt de aanwezige toezichthouders in. Nodig: een aanwijzing, "
        "genoeg toezichthouders, waar dat geldt vrijgave, en bij een woning toestemming of een geldige machtiging."
    ),
)
def controles_starten(
    uow: Work, controle_id: UUID, response: Response, data: ControleStarten | None = None
) -> ControleRead:
    """Starts a control."""
    wie = data or ControleStarten()
    return _answer(controles.start_controle(uow, controle_id, wie.toezichthouders, wie.grond), response)


@router.post(
    "/{controle_id}/_afronden",
    operation_id="controles_afronden",
    summary="Rond een controle af",
    description="Een integrale bedrijfscontrole kan pas worden afgerond als de kernvragen over arbeid zijn beantwoord.",
)
def controles_afronden(
    uow: Work, controle_id: UUID, response: Response, data: ControleAfronden | None = None
) -> ControleRead:
    """Finishes a control."""
    return _answer(controles.finish_controle(uow, controle_id, data.bedrijfsplan_versie if data else None), response)


@router.post(
    "/{controle_id}/_poging",
    operation_id="controles_poging",
    summary="Leg een poging vast",
    description="Gesloten of geweigerd: een poging, geen controle. Geen norm telt haar mee.",
)
def controles_poging(uow: Work, controle_id: UUID, data: ControlePoging, response: Response) -> ControleRead:
    """Records an attempt."""
    return _answer(controles.record_attempt(uow, controle_id, data.reden), response)


@router.post(
    "/{controle_id}/_vervallen",
    operation_id="controles_vervallen",
    summary="Laat een controle vervallen",
    description="Haalt een controle die nog niet is begonnen van de planning.",
)
def controles_vervallen(uow: Work, controle_id: UUID, data: ControleVervallen, response: Response) -> ControleRead:
    """Drops a control."""
    return _answer(controles.drop_controle(uow, controle_id, data.reden), response)


@router.get(
    "/{controle_id}/deelnames",
    operation_id="deelnames_lijst",
    summary="Deelnemende diensten",
    description="De diensten die meedoen aan deze controle en haar actie; nooit namen van collega's.",
)
def deelnames_lijst(uow: Work, controle_id: UUID) -> list[DeelnameRead]:
    """The services that take part."""
    return [DeelnameRead.model_validate(row) for row in acties.list_deelnames(uow, controle_id)]


@router.post(
    "/{controle_id}/deelnames",
    operation_id="deelnames_toevoegen",
    status_code=201,
    summary="Voeg een dienst toe",
    description="Een partner moet op de datum van de controle partner zijn. Met een partner is de controle integraal.",
)
def deelnames_toevoegen(uow: Work, controle_id: UUID, data: DeelnameCreate, response: Response) -> DeelnameRead:
    """Adds a service."""
    row, new = acties.add_deelname(uow, controle_id, data)
    response.status_code = 201 if new else 200
    response.headers["Location"] = f"/v1/controles/{controle_id}/deelnames"
    return DeelnameRead.model_validate(row)


def _answer(controle: Controle, response: Response) -> ControleRead:
    set_etag(response, controle.versie)
    return ControleRead.model_validate(controle)
