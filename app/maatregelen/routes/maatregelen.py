"""/maatregelen: administrative measures at objects (REG-18, INS-02 to INS-04, INS-06)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.schemas import Datum, Gemeentecode
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.maatregelen.repository.maatregelen import Maatregelfilter
from app.maatregelen.schemas.maatregelen import (
    MaatregelBeeindigen,
    MaatregelCreate,
    MaatregelgebeurtenisRead,
    MaatregelOpleggen,
    MaatregelPatch,
    MaatregelRead,
)
from app.maatregelen.service import maatregelen
from app.maatregelen.status import Maatregelactie, Maatregelsoort, Maatregelstatus
from app.objecten.service.objecten import get_object

router = APIRouter(tags=["maatregelen"])


@router.get(
    "/maatregelen",
    operation_id="maatregelen_lijst",
    summary="Maatregelen",
    description="De maatregelen in uw gemeenten, nieuwste eerst; ook voorgenomen, beëindigd en ingetrokken.",
)
def maatregelen_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    gemeentecode: Annotated[Gemeentecode | None, Query(description="Alleen deze gemeente.")] = None,
    soort: Annotated[Maatregelsoort | None, Query(description="Alleen deze soort.")] = None,
    status: Annotated[Maatregelstatus | None, Query(description="Alleen met deze status.")] = None,
    geldig_op: Annotated[Datum | None, Query(alias="geldigOp", description="Alleen wat op deze dag geldt.")] = None,
) -> Pagina[MaatregelRead]:
    """A page of measures."""
    filters = Maatregelfilter(gemeentecode=gemeentecode, soort=soort, status=status, geldig_op=geldig_op)
    return _page(uow, filters, page, request, response)


@router.get(
    "/objecten/{object_id}/maatregelen",
    operation_id="objectmaatregelen_lijst",
    summary="Maatregelen bij een object",
    description="De geschiedenis van een plek, nieuwste eerst.",
)
def objectmaatregelen_lijst(
    uow: Work, object_id: UUID, page: Page, request: Request, response: Response
) -> Pagina[MaatregelRead]:
    """A page of the measures at one object (REG-18)."""
    get_object(uow, object_id)
    return _page(uow, Maatregelfilter(object_id=object_id), page, request, response)


@router.get(
    "/maatregelen/{maatregel_id}",
    operation_id="maatregelen_lezen",
    summary="Een maatregel",
    description="Met de bevindingen waarop de maatregel rust.",
)
def maatregelen_lezen(uow: Work, maatregel_id: UUID, response: Response) -> MaatregelRead:
    """One measure."""
    return _answer(maatregelen.get_maatregel(uow, maatregel_id), response)


@router.get(
    "/maatregelen/{maatregel_id}/gebeurtenissen",
    operation_id="maatregelgebeurtenissen_lijst",
    summary="Wat er met een maatregel gebeurde",
    description="Oudste eerst, met hoe de maatregel er daarna voor stond.",
)
def maatregelgebeurtenissen_lijst(
    uow: Work, maatregel_id: UUID, page: Page, request: Request, response: Response
) -> Pagina[MaatregelgebeurtenisRead]:
    """The events of a measure."""
    rows = maatregelen.list_events(uow, maatregel_id, page)
    return page_of(rows, page, lambda row: row, lambda row: (str(row.volgnummer), maatregel_id), request, response)


@router.post(
    "/maatregelen",
    operation_id="maatregelen_toevoegen",
    status_code=201,
    summary="Leg een maatregel vast",
    description="Noem nooit een persoon. Bij sluiting van een plek waar mensen slapen, en bij elke spoedsluiting, hoort het antwoord "
    "op de vraag of er opvang is geregeld. Een maatregel van vroeger krijgt de status 'beeindigd'.",
)
def maatregelen_toevoegen(uow: Work, data: MaatregelCreate, response: Response) -> MaatregelRead:
    """Records a measure."""
    made, new = maatregelen.add_maatregel(uow, data)
    response.status_code = 201 if new else 200
    response.headers["Location"] = f"/v1/maatregelen/{made.id}"
    return _answer(made, response)


@router.patch(
    "/maatregelen/{maatregel_id}",
    operation_id="maatregelen_wijzigen",
    summary="Wijzig een maatregel",
    description="Wat u weglaat, blijft. Een andere datum van heropening of termijn verplaatst de taak voor de hercontrole.",
)
def maatregelen_wijzigen(
    uow: Work, maatregel_id: UUID, data: MaatregelPatch, response: Response, if_match: IfMatch = None
) -> MaatregelRead:
    """Changes a measure."""
    return _answer(maatregelen.change_maatregel(uow, maatregel_id, if_match, data), response)


@router.post(
    "/maatregelen/{maatregel_id}/_opleggen",
    operation_id="maatregelen_opleggen",
    summary="Leg een voorgenomen maatregel op",
    description="Vanaf nu staat de maatregel in de geschiedenis van het object.",
)
def maatregelen_opleggen(
    uow: Work, maatregel_id: UUID, data: MaatregelOpleggen, response: Response, if_match: IfMatch = None
) -> MaatregelRead:
    """Imposes an intended measure."""
    changes = {**data.model_dump(exclude_unset=True), "spoed": data.spoed}
    found = maatregelen.step_maatregel(uow, maatregel_id, if_match, Maatregelactie.OPLEGGEN, changes)
    return _answer(found, response)


@router.post(
    "/maatregelen/{maatregel_id}/_beeindigen",
    operation_id="maatregelen_beeindigen",
    summary="Beëindig een maatregel",
    description="Met de laatste dag waarop de maatregel gold. Na een sluiting hoort bij de heropening een hercontrole.",
)
def maatregelen_beeindigen(
    uow: Work, maatregel_id: UUID, data: MaatregelBeeindigen, response: Response, if_match: IfMatch = None
) -> MaatregelRead:
    """Ends a measure."""
    changes = {"geldt_tot": data.geldt_tot}
    found = maatregelen.step_maatregel(uow, maatregel_id, if_match, Maatregelactie.BEEINDIGEN, changes)
    return _answer(found, response)


@router.post(
    "/maatregelen/{maatregel_id}/_intrekken",
    operation_id="maatregelen_intrekken",
    summary="Trek een maatregel in",
    description="Na bezwaar, beroep of een vergissing. De maatregel telt daarna nergens meer mee; wat er gebeurde blijft bewaard.",
)
def maatregelen_intrekken(uow: Work, maatregel_id: UUID, response: Response, if_match: IfMatch = None) -> MaatregelRead:
    """Withdraws a measure."""
    return _answer(maatregelen.step_maatregel(uow, maatregel_id, if_match, Maatregelactie.INTREKKEN, {}), response)


def _page(
    uow: Work, filters: Maatregelfilter, page: Page, request: Request, response: Response
) -> Pagina[MaatregelRead]:
    rows = maatregelen.list_maatregelen(uow, filters, page)
    return page_of(rows, page, lambda row: row, lambda row: (row.opgelegd_op.isoformat(), row.id), request, response)


def _answer(row: MaatregelRead, response: Response) -> MaatregelRead:
    set_etag(response, row.versie)
    return row
