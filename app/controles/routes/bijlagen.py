"""/bijlagen: photos in pieces, by tus 1.0 (core protocol and `creation`); a lost connection costs no byte that had arrived."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from app.bevindingen.errors import DamagedPhoto, PhotoTooLarge, UnknownTus
from app.bevindingen.rules import tus
from app.bevindingen.schemas.bijlagen import Bijlageaankondiging, BijlageRead
from app.bevindingen.service import bijlagen as opslag
from app.controles.schemas.bijlagen import OntvangstbewijsRead
from app.controles.service import bijlagen as service
from app.core.errors import Fout, InvalidInput
from app.core.http.bounds import TOO_OFTEN, Bounded
from app.core.http.openapi import PROBLEM_REF
from app.core.http.paging import Pagina
from app.core.http.problems import MEDIA_TYPE, from_error
from app.core.http.work import Work, authorise, runtime_of

PROBLEEM: dict[str, Any] = {"content": {MEDIA_TYPE: {"schema": PROBLEM_REF}}}
OTHER_VERSION: dict[int | str, dict[str, Any]] = {
    412: {"description": "Een andere versie van het uploadprotocol; de dienst spreekt tus 1.0.0.", **PROBLEEM}
}
TOO_LARGE: dict[int | str, dict[str, Any]] = {413: {"description": "De foto is te groot.", **PROBLEEM}}
PIECE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {tus.PIECE_TYPE: {"schema": {"type": "string", "format": "binary"}}},
    }
}


class InPieces(APIRoute):
    """Looks who asks, then takes in what arrives; what had come when the connection broke is kept, not thrown away."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of FastAPI, after the bytes were taken in."""
        handle = super().get_route_handler()

        async def handle_piece(request: Request) -> Response:
            await run_in_threadpool(authorise, request, runtime_of(request))
            piece = bytearray()
            try:
                async for part in request.stream():
                    piece += part
            except ClientDisconnect:
                request.state.broken_off = True
            request.state.piece = bytes(piece)
            return await handle(request)

        return handle_piece


Tusversie = Annotated[
    str | None, Header(alias="Tus-Resumable", max_length=20, description="Versie van het uploadprotocol: 1.0.0.")
]


def _require_version(spoken: str | None) -> None:
    """Refuses a client that speaks another version, and tells ours; after the sign-in, which comes first."""
    if spoken != tus.VERSION:
        raise UnknownTus("Stuur de kop 'Tus-Resumable: 1.0.0' mee.", headers={"Tus-Version": tus.VERSION, **_headers()})


router = APIRouter(prefix="/bijlagen", tags=["bijlagen"])
pieces = APIRouter(prefix="/bijlagen", tags=["bijlagen"], route_class=InPieces)
receipts = APIRouter(prefix="/controles", tags=["bijlagen"])


def _headers(bijlage: BijlageRead | None = None) -> dict[str, str]:
    more = {} if bijlage is None else {"Upload-Offset": str(bijlage.ontvangen), "Upload-Length": str(bijlage.grootte)}
    return {"Tus-Resumable": tus.VERSION, **more}


@router.post(
    "",
    operation_id="bijlagen_toevoegen",
    status_code=201,
    summary="Kondig een foto aan",
    description="Volgens tus 1.0 ('creation'). Upload-Metadata noemt id, controleId, item, sha256 en genomenOp. Daarna volgen de bytes met "
    "PATCH; HEAD zegt waar u verder gaat. Nog een keer aankondigen is veilig. Zonder inhoud in dit verzoek.",
    responses={**OTHER_VERSION, **TOO_LARGE, **TOO_OFTEN},
    dependencies=[Bounded],
)
def bijlagen_toevoegen(
    uow: Work,
    request: Request,
    response: Response,
    upload_length: Annotated[int, Header(alias="Upload-Length", ge=1, le=10**12, description="Grootte in bytes.")],
    upload_metadata: Annotated[
        str, Header(alias="Upload-Metadata", max_length=tus.LONGEST, description="Paren van naam en base64-waarde.")
    ],
    tus_resumable: Tusversie = None,
) -> BijlageRead:
    """Announces a photo."""
    _require_version(tus_resumable)
    most = runtime_of(request).settings.max_photo_bytes
    if upload_length > most:
        raise PhotoTooLarge(f"Een foto mag hoogstens {most // 1024**2} MB zijn. Maak haar kleiner.")
    bijlage = service.announce(uow, _announcement(upload_metadata), upload_length)
    response.headers["Location"] = f"/v1/bijlagen/{bijlage.id}"
    response.headers.update(_headers(bijlage))
    return bijlage


def _announcement(text: str) -> Bijlageaankondiging:
    """The announcement in the metadata; all its faults at once."""
    try:
        return Bijlageaankondiging.model_validate(dict(tus.read_metadata(text)))
    except ValidationError as error:
        raise RequestValidationError(
            [{**fault, "loc": ("header", "Upload-Metadata", *fault["loc"])} for fault in error.errors()]
        ) from None
    except ValueError:
        raise InvalidInput(
            "Er is 1 fout gevonden; zie 'fouten'.",
            [Fout("header.Upload-Metadata", "moet uit paren van naam en base64-waarde bestaan, met komma's ertussen")],
        ) from None


@router.get(
    "",
    operation_id="bijlagen_lijst",
    summary="De foto's van een controle",
    description="Het ontvangstbewijs per foto, niet de foto zelf. Een controle heeft er hoogstens enkele honderden.",
)
def bijlagen_lijst(
    uow: Work,
    controle_id: Annotated[UUID, Query(alias="controleId", description="Kenmerk van de controle.")],
) -> Pagina[BijlageRead]:
    """Receipts of the photos of a control."""
    return Pagina[BijlageRead](resultaten=service.photos_of(uow, controle_id), volgende=None)


@router.get(
    "/{bijlage_id}",
    operation_id="bijlagen_lezen",
    summary="Hoe ver is een foto die u stuurt",
    description="HEAD geeft alleen de koppen, waaronder Upload-Offset: daar gaat u verder. Pas bij 'opgeslagen' mag de tablet haar eigen foto loslaten.",
    responses=TOO_OFTEN,
    dependencies=[Bounded],
)
def bijlagen_lezen(uow: Work, bijlage_id: UUID, response: Response) -> BijlageRead:
    """The receipt of a photo."""
    bijlage = opslag.sent(uow, bijlage_id)
    response.headers.update(_headers(bijlage))
    return bijlage


@pieces.patch(
    "/{bijlage_id}",
    operation_id="bijlagen_aanvullen",
    status_code=204,
    summary="Stuur een deel van een foto",
    description="Volgens tus 1.0: de bytes vanaf Upload-Offset. Breekt de verbinding, dan blijft staan wat was aangekomen.",
    dependencies=[Bounded],
    responses={**OTHER_VERSION, **TOO_OFTEN, 413: TOO_LARGE[413], 415: {"description": "Stuur bytes.", **PROBLEEM}},
    openapi_extra=PIECE,
)
def bijlagen_aanvullen(
    uow: Work,
    request: Request,
    bijlage_id: UUID,
    upload_offset: Annotated[int, Header(alias="Upload-Offset", ge=0, le=10**12, description="Waar dit deel begint.")],
    tus_resumable: Tusversie = None,
) -> Response:
    """Adds a piece."""
    _require_version(tus_resumable)
    bijlage, sound = opslag.receive(uow, bijlage_id, upload_offset, request.state.piece)
    if not sound:  # answered, not raised: that the photo starts anew must be committed
        damaged: JSONResponse = from_error(DamagedPhoto(), request.state.request_id)
        damaged.headers.update(_headers(bijlage))
        return damaged
    return Response(status_code=204, headers=_headers(bijlage))


@router.get(
    "/{bijlage_id}/inhoud",
    operation_id="bijlagen_inhoud",
    summary="De foto zelf",
    description="Alleen voor wie de controle mag zien. Elke keer lezen wordt vastgelegd.",
    response_class=Response,
    responses={200: {"description": "De foto.", "content": {"image/jpeg": {}}}},
)
def bijlagen_inhoud(uow: Work, bijlage_id: UUID) -> Response:
    """The image."""
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'inline; filename="foto.jpg"'}
    return Response(service.image(uow, bijlage_id), media_type="image/jpeg", headers=headers)


@router.delete(
    "/{bijlage_id}",
    operation_id="bijlagen_intrekken",
    status_code=204,
    summary="Trek een foto in",
    description="Alleen een foto die u zelf hebt gestuurd. De foto is daarna weg; nog een keer vragen verandert niets.",
)
def bijlagen_intrekken(uow: Work, bijlage_id: UUID) -> None:
    """Withdraws a photo."""
    opslag.withdraw(uow, bijlage_id)


@receipts.get(
    "/{controle_id}/ontvangstbewijs",
    operation_id="controles_ontvangstbewijs",
    summary="Wat is van een controle aangekomen",
    description="Compleet, of wacht op deze foto's.",
)
def controles_ontvangstbewijs(uow: Work, controle_id: UUID) -> OntvangstbewijsRead:
    """The receipt of a control with its photos."""
    return service.receipt_of(uow, controle_id)
