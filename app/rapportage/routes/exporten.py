"""/exporten: lists as files, for spreadsheets and maps. The query keys are those of the lists themselves."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from app.controles.service.uitvoer import export_filter
from app.controles.status import Controlestatus
from app.core.caller import Caller
from app.core.clock import business_date, utc_now
from app.core.errors import Fout, InvalidInput
from app.core.http.schemas import Datum
from app.core.http.streams import StreamedFile
from app.core.http.work import authorise, operation_of, runtime_of
from app.core.runtime import Runtime
from app.objecten.routes import objecten, risicoadressen, vergunningen
from app.objecten.routes.filters import GemeenteFilter
from app.rapportage.schemas.exporten import DEFAULT_CRS, MEDIA_TYPES, Formaat, Uitvoer
from app.rapportage.service import exportbronnen
from app.rapportage.service.exportbronnen import Export
from app.rapportage.service.exporten import export_pieces
from geo.crs import Crs

router = APIRouter(prefix="/exporten", tags=["exporten"])

_ABOUT = (
    "Alleen wat u ook in de lijst ziet, als bestand. CSV is UTF-8 met ';', en een tekst die een spreadsheet als formule zou "
    "lezen heeft een ' ervoor. Een spreadsheet krijgt hoogstens 100.000 rijen. Elke export komt in het auditlogboek."
)
_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Het bestand.",
        "content": {
            media: {"schema": {"type": "object" if formaat is Formaat.GEOJSON else "string"}}
            for formaat, media in MEDIA_TYPES.items()
        },
        "headers": {
            "Content-Crs": {
                "description": "Coördinatenstelsel van de punten in het bestand.",
                "schema": {"type": "string"},
            },
            "Content-Disposition": {"description": "Naam van het bestand.", "schema": {"type": "string"}},
        },
    }
}


@dataclass(frozen=True)
class Gevraagd:
    """Who asks for an export, and how it is to be written."""

    runtime: Runtime
    caller: Caller
    operation: str
    request_id: str
    uitvoer: Uitvoer

    def answer(self, export: Export) -> StreamedFile:
        """The file as a stream."""
        formaat, crs = self.uitvoer.formaat, self.uitvoer.crs
        pieces = export_pieces(self.runtime, self.caller, self.operation, self.request_id, export, self.uitvoer)
        headers = {
            "Content-Disposition": f'attachment; filename="{self._name(export)}.{formaat}"',
            "Content-Crs": f"<{crs.value}>",
        }
        return StreamedFile(pieces, MEDIA_TYPES[formaat], headers)

    def _name(self, export: Export) -> str:
        codes = {export.gemeentecode} if export.gemeentecode else self.caller.gemeenten
        day = business_date(utc_now()).isoformat()
        return "-".join(["veldwacht", export.soort, *(codes if len(codes) == 1 else ()), day])


def asked_file(
    request: Request,
    formaat: Annotated[Formaat, Query(description="Soort bestand.")] = Formaat.CSV,
    crs: Annotated[
        Crs | None,
        Query(
            description="Coördinatenstelsel van de punten. Zonder: CRS84 in GeoJSON en RD in de andere; CSV en spreadsheet zijn altijd RD."
        ),
    ] = None,
) -> Gevraagd:
    """Who asks, and the format: said by `formaat` alone, so that a link in a browser gives a file.

    Raises:
        NotSignedIn: no valid session or token.
        Forbidden: the role does not fit.
        InvalidInput: a system that the format does not hold.
    """
    runtime = runtime_of(request)
    caller, _ = authorise(request, runtime)
    chosen = crs or DEFAULT_CRS[formaat]
    if chosen is not Crs.RD and formaat in {Formaat.CSV, Formaat.XLSX}:
        raise InvalidInput(
            "Dit bestand staat altijd in RD; zie 'fouten'.",
            [Fout("query.crs", "laat crs weg, of kies formaat geojson of gpkg")],
        )
    return Gevraagd(runtime, caller, operation_of(request), request.state.request_id, Uitvoer(formaat, chosen))


Asked = Annotated[Gevraagd, Depends(asked_file)]


@router.get(
    "/objecten",
    operation_id="exporten_objecten",
    summary="Objecten als bestand",
    description=_ABOUT + " De kolommen beginnen als de indeling objecten van de import.",
    responses=_FILE,
    response_class=Response,
)
def exporten_objecten(asked: Asked, filters: objecten.Filters) -> StreamedFile:
    """The stock as a file."""
    return asked.answer(exportbronnen.objecten_export(filters))


@router.get(
    "/vergunningen",
    operation_id="exporten_vergunningen",
    summary="Vergunningen als bestand",
    description=_ABOUT,
    responses=_FILE,
    response_class=Response,
)
def exporten_vergunningen(asked: Asked, filters: vergunningen.Filters) -> StreamedFile:
    """The permits as a file."""
    return asked.answer(exportbronnen.vergunningen_export(filters))


@router.get(
    "/risicoadressen",
    operation_id="exporten_risicoadressen",
    summary="Risicoadressen als bestand",
    description=_ABOUT + " Bij een woning blijven reden en bron in Veldwacht.",
    responses=_FILE,
    response_class=Response,
)
def exporten_risicoadressen(asked: Asked, filters: risicoadressen.Filters) -> StreamedFile:
    """The waiting list as a file."""
    return asked.answer(exportbronnen.risicoadressen_export(filters))


@router.get(
    "/controles",
    operation_id="exporten_controles",
    summary="Controles als bestand",
    description=_ABOUT + " Zonder antwoorden, uitkomst of vrije tekst; bij een woning ook zonder team en aanleiding.",
    responses=_FILE,
    response_class=Response,
)
def exporten_controles(
    asked: Asked,
    gemeentecode: GemeenteFilter = None,
    jaar: Annotated[int | None, Query(ge=2000, le=2200, description="Alleen dit kalenderjaar.")] = None,
    van: Annotated[Datum | None, Query(description="Vanaf deze datum.")] = None,
    tot: Annotated[Datum | None, Query(description="Tot en met deze datum.")] = None,
    status: Annotated[Controlestatus | None, Query(description="Alleen met deze status.")] = None,
    object_id: Annotated[UUID | None, Query(alias="objectId", description="Alleen van dit object.")] = None,
) -> StreamedFile:
    """The controls as a file; there is no filter on team, trigger or answer (REG-05)."""
    if jaar is not None:
        van = max(filter(None, (van, date(jaar, 1, 1))))
        tot = min(filter(None, (tot, date(jaar, 12, 31))))
    return asked.answer(exportbronnen.controles_export(export_filter(van, tot, status, object_id, gemeentecode)))
