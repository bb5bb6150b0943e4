"""/pakketten: a sealed document is made by the AF and fetched by its recipient, who may have no account.

The secret in the path is the key, the password is another. Paths are written to no log (`core.logs`).
"""

from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Request, Response

from app.core.caller import system_caller
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Steps, Work, operation_of, runtime_of
from app.core.printing.drukken import print_pdf
from app.core.settings import ROOT
from app.core.shapes import shaped
from app.core.unit_of_work import UnitOfWork
from app.signalen.rules.pakketten import SLEUTELPATROON
from app.signalen.schemas.pakketten import PakketGemaakt
from app.signalen.service import pakketten as service

router = APIRouter(tags=["overdrachten"])
SJABLOON = ROOT / "app" / "signalen" / "sjablonen" / "pakket.typ"
PDF: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}
}


def recipient_unit(request: Request) -> Iterator[UnitOfWork]:
    """A unit of work of the service itself: who fetches is not known, the secret decides what is answered."""
    runtime = runtime_of(request)
    with runtime.unit(system_caller(), operation_of(request), request.state.request_id, write=True) as uow:
        yield uow


# Few at once, so that whoever guesses secrets leaves the connections to the field.
Recipient = Annotated[UnitOfWork, Depends(recipient_unit, scope="function", max_concurrency=2)]


@router.post(
    "/overdrachten/{overdracht_id}/_verzegelen",
    operation_id="overdrachten_verzegelen",
    status_code=201,
    summary="Een verzegeld document maken voor de ontvanger",
    description="Met alleen de gegevens van deze overdracht. U ziet adres en wachtwoord een keer: geef ze langs twee verschillende wegen "
    "aan de ontvanger. Het document verdwijnt na een tijd of als het vaak genoeg is opgehaald.",
)
def overdrachten_verzegelen(
    work: Steps, overdracht_id: UUID, response: Response, if_match: IfMatch = None
) -> PakketGemaakt:
    """Makes it; nothing is locked while it is printed."""
    with work("overdrachten_verzegelen", write=False) as uow:
        paper = service.assemble(uow, overdracht_id, if_match)
    wachtwoord = service.new_password()
    pdf = print_pdf(SJABLOON, paper.datum, paper, wachtwoord=wachtwoord)
    with work("overdrachten_verzegelen") as uow:
        made = service.keep(uow, overdracht_id, if_match, pdf, wachtwoord)
    set_etag(response, made.versie)
    response.headers["Location"] = made.adres
    return made


@router.post(
    "/overdrachten/{overdracht_id}/_pakketintrekken",
    operation_id="overdrachten_pakketintrekken",
    status_code=204,
    summary="Een verzegeld document intrekken",
    description="Het is daarna niet meer op te halen. De overdracht zelf blijft staan.",
)
def overdrachten_pakketintrekken(uow: Work, overdracht_id: UUID, response: Response, if_match: IfMatch = None) -> None:
    """Takes it back."""
    set_etag(response, service.withdraw(uow, overdracht_id, if_match))


SLEUTELVORM = shaped(f"^{SLEUTELPATROON.pattern}$", "het geheime adres van het document, ongewijzigd")


@router.get(
    "/pakketten/{sleutel}",
    operation_id="pakketten_ophalen",
    summary="Een verzegeld document ophalen",
    description="Voor de ontvanger, zonder aanmelden. Elke keer wordt vastgelegd. Het document opent met het wachtwoord.",
    response_class=Response,
    responses=PDF,
)
def pakketten_ophalen(
    uow: Recipient,
    sleutel: Annotated[str, Path(pattern=SLEUTELVORM, description="Het geheime deel van het adres.")],
) -> Response:
    """The sealed document; its name tells nothing."""
    headers = {"Content-Disposition": 'attachment; filename="document.pdf"'}
    return Response(service.fetch(uow, sleutel), media_type="application/pdf", headers=headers)
