"""/berichten, /pushabonnementen and /berichtinstellingen: the outbox and how an account is woken."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.core.http.paging import Page, Pagina, page_of
from app.core.http.work import Work, runtime_of
from app.gemeenten.schemas.berichten import (
    BerichtinstellingRead,
    BerichtinstellingUpdate,
    BerichtRead,
    PushabonnementCreate,
    PushabonnementRead,
)
from app.gemeenten.service import abonnementen, berichten
from app.gemeenten.service.pushsleutel import push_key
from app.gemeenten.status import Berichtstatus
from app.gemeenten.tables import Berichtinstelling

router = APIRouter(tags=["berichten"])


@router.get(
    "/berichten",
    operation_id="berichten_lijst",
    summary="Berichten die de dienst verstuurt",
    description="Zonder `status` wat niet bezorgd is. Alleen kanaal, pogingen en onze eigen uitleg: nooit een adres, nooit inhoud.",
)
def berichten_lijst(
    uow: Work,
    page: Page,
    request: Request,
    response: Response,
    status: Annotated[Berichtstatus, Query(description="Alleen berichten met deze stand.")] = Berichtstatus.DODE_BRIEF,
) -> Pagina[BerichtRead]:
    """The outbox, dead letters first of all."""
    rows = berichten.list_berichten(uow, page, status)
    return page_of(
        rows, page, BerichtRead.model_validate, lambda row: (row.gemaakt_op.isoformat(), row.id), request, response
    )


@router.post(
    "/berichten/{bericht_id}/_opnieuw",
    operation_id="berichten_opnieuw",
    summary="Verstuur een opgegeven bericht opnieuw",
    description="Alleen een bericht dat niet bezorgd is.",
)
def berichten_opnieuw(uow: Work, bericht_id: UUID) -> BerichtRead:
    """Puts a dead letter back in the outbox."""
    return BerichtRead.model_validate(berichten.send_again(uow, bericht_id))


@router.post(
    "/pushabonnementen",
    status_code=201,
    operation_id="pushabonnementen_toevoegen",
    summary="Laat deze browser u wekken",
    description="Het bericht is altijd 'nieuw bericht'. Nogmaals sturen verandert niets.",
)
def pushabonnementen_toevoegen(
    uow: Work, data: PushabonnementCreate, request: Request, response: Response
) -> PushabonnementRead:
    """Stores the browser of the caller."""
    row = abonnementen.add_subscription(uow, data, runtime_of(request).settings.push_hosts)
    response.headers["Location"] = f"/v1/pushabonnementen/{row.id}"
    return PushabonnementRead.model_validate(row)


@router.delete(
    "/pushabonnementen/{abonnement_id}",
    status_code=204,
    operation_id="pushabonnementen_verwijderen",
    summary="Laat een browser u niet meer wekken",
    description="Alleen een eigen abonnement; adres en sleutels verdwijnen.",
)
def pushabonnementen_verwijderen(uow: Work, abonnement_id: UUID) -> None:
    """Forgets a browser of the caller."""
    abonnementen.end_subscription(uow, abonnement_id)


@router.get(
    "/berichtinstellingen",
    operation_id="berichtinstellingen_lezen",
    summary="Hoe u gewekt wordt",
    description="Uw eigen kanalen en afwezigheid, en de sleutel die een browser voor webpush nodig heeft.",
)
def berichtinstellingen_lezen(uow: Work, request: Request) -> BerichtinstellingRead:
    """The caller's own settings."""
    return _read(abonnementen.own_settings(uow), request)


@router.put(
    "/berichtinstellingen",
    operation_id="berichtinstellingen_wijzigen",
    summary="Kies hoe u gewekt wordt",
    description="Wie afwezig is, wordt bij een dringend signaal meteen overgeslagen; dan is de vervanger aan de beurt.",
)
def berichtinstellingen_wijzigen(uow: Work, data: BerichtinstellingUpdate, request: Request) -> BerichtinstellingRead:
    """Changes the caller's own settings."""
    return _read(abonnementen.change_own_settings(uow, data), request)


def _read(row: Berichtinstelling, request: Request) -> BerichtinstellingRead:
    return BerichtinstellingRead.model_validate(
        {**row.model_dump(exclude={"account_id"}), "push_sleutel": push_key(runtime_of(request).settings)}
    )
