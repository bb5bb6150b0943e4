"""Problem answers (RFC 9457): every error of every kind becomes one, in Dutch, without echo of input or trace of code."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from app.core.errors import Conflict, Fout, InvalidInput, Unavailable, VeldwachtError
from app.core.shapes import words_of

log = logging.getLogger("veldwacht")

MEDIA_TYPE = "application/problem+json"

STATUS_TEXT = {
    404: ("Niet gevonden", "Dit adres bestaat niet in deze dienst."),
    405: (
        "Dit kan hier niet",
        "Deze handeling bestaat niet op dit adres; kijk in de beschrijving welke wel.",
    ),
}

OWN = "vw_"  # prefix of the error types of our own checks; their text is Dutch already
MESSAGES: dict[str, str] = {
    "missing": "ontbreekt; vul dit in",
    "extra_forbidden": "kent deze dienst niet; laat dit weg",
    "string_too_short": "is te kort; minstens {min_length} tekens",
    "string_too_long": "is te lang; hoogstens {max_length} tekens",
    "string_pattern_mismatch": "heeft niet de juiste vorm",
    "string_type": "moet tekst zijn",
    "int_type": "moet een heel getal zijn",
    "int_parsing": "moet een heel getal zijn",
    "int_parsing_size": "is een te groot getal",
    "int_from_float": "moet een heel getal zijn",
    "float_type": "moet een getal zijn",
    "float_parsing": "moet een getal zijn",
    "finite_number": "moet een gewoon getal zijn, niet oneindig of onbepaald",
    "bool_type": "moet ja (true) of nee (false) zijn",
    "bool_parsing": "moet ja (true) of nee (false) zijn",
    "greater_than": "moet groter zijn dan {gt}",
    "greater_than_equal": "moet minstens {ge} zijn",
    "less_than": "moet kleiner zijn dan {lt}",
    "less_than_equal": "mag hoogstens {le} zijn",
    "enum": "is geen bekende keuze; kies uit {expected}",
    "literal_error": "is geen bekende keuze; kies uit {expected}",
    "date_type": "moet een datum zijn, bijvoorbeeld 2026-03-01",
    "date_parsing": "is geen bestaande datum; schrijf bijvoorbeeld 2026-03-01",
    "date_from_datetime_parsing": "is geen bestaande datum; schrijf bijvoorbeeld 2026-03-01",
    "date_from_datetime_inexact": "moet een datum zonder tijd zijn, bijvoorbeeld 2026-03-01",
    "datetime_type": "moet een tijdstip zijn, bijvoorbeeld 2026-03-01T14:30:00Z",
    "datetime_parsing": "is geen bestaand tijdstip; schrijf bijvoorbeeld 2026-03-01T14:30:00Z",
    "datetime_from_date_parsing": "is geen bestaand tijdstip; schrijf bijvoorbeeld 2026-03-01T14:30:00Z",
    "timezone_aware": "mist de tijdzone; schrijf bijvoorbeeld 2026-03-01T14:30:00Z",
    "uuid_type": "moet een kenmerk (UUID) zijn",
    "uuid_parsing": "is geen geldig kenmerk (UUID)",
    "uuid_version": "is geen geldig kenmerk (UUID versie 7)",
    "list_type": "moet een lijst zijn",
    "dict_type": "moet een groep velden zijn",
    "model_type": "moet een groep velden zijn",
    "model_attributes_type": "moet een groep velden zijn",
    "too_long": "heeft te veel regels; hoogstens {max_length}",
    "too_short": "heeft te weinig regels; minstens {min_length}",
    "json_invalid": "is geen geldige JSON",
    "none_required": "moet leeg zijn",
    "union_tag_invalid": "heeft een onbekende soort; kies uit {expected_tags}",
    "union_tag_not_found": "mist de soort",
}


def validation_faults(errors: Sequence[Any]) -> list[Fout]:
    """All faults of a validation as field path and Dutch text; values are left out since they may be personal."""
    return [Fout(veld=".".join(str(part) for part in error["loc"]), melding=_message(error)) for error in errors]


def _message(error: Mapping[str, Any]) -> str:
    kind = error["type"]
    if kind.startswith(OWN):
        return str(error["msg"])
    template = MESSAGES.get(kind, "heeft niet de juiste vorm of waarde")
    if kind == "string_pattern_mismatch" and (words := words_of(error["ctx"]["pattern"])):
        return f"heeft niet de juiste vorm; verwacht: {words}"
    given = {name: str(value).replace(" or ", " of ") for name, value in (error.get("ctx") or {}).items()}
    return template.format_map(given)


def problem(
    status: int,
    title: str,
    detail: str,
    code: str,
    request_id: str,
    fouten: Sequence[Fout] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """A problem answer."""
    body = {
        "type": f"urn:veldwacht:probleem:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": f"urn:uuid:{request_id}",
        "fouten": [{"veld": fout.veld, "melding": fout.melding} for fout in fouten],
    }
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def from_error(error: VeldwachtError, request_id: str) -> JSONResponse:
    """The problem answer of one of our own errors."""
    return problem(error.status, error.title, error.detail, error.code, request_id, error.fouten, error.headers)


def from_database_error(error: Exception) -> VeldwachtError | None:
    """What a database error means for the caller, or None when it is our own mistake.

    A value the database cannot hold is the sender's fault (400), a broken rule a conflict (409); busy, full, read-only or away is 503.
    """
    if isinstance(error, OverflowError | DataError | UnicodeEncodeError) or (
        isinstance(error, StatementError) and isinstance(error.orig, OverflowError | ValueError | UnicodeEncodeError)
    ):
        return InvalidInput("Een waarde is te groot of kan niet bewaard worden.")
    if isinstance(error, IntegrityError):
        return Conflict("Dit botst met wat er al staat. Haal de laatste stand op en probeer het opnieuw.")
    if isinstance(error, OperationalError | PoolTimeout | TimeoutError):
        text = str(error.orig if isinstance(error, OperationalError) else error)
        if "full" in text or "No space" in text:
            return Unavailable(
                "De opslag is vol; er is niets bewaard. Waarschuw de beheerder en probeer het daarna opnieuw.",
                headers={"Retry-After": "60"},
            )
        return Unavailable(
            "De database is nu bezet of niet bereikbaar; er is niets bewaard. Probeer het zo opnieuw.",
            headers={"Retry-After": "5"},
        )
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return Unavailable(
            "De database is nu niet bereikbaar; er is niets bewaard. Probeer het zo opnieuw.",
            headers={"Retry-After": "5"},
        )
    return None


def unexpected(request: Request, _error: Exception) -> JSONResponse:
    """The bare 500 for our own mistakes; the edge logs kind and place, never the message."""
    detail = "Er ging iets mis in de dienst. Meld dit aan de beheerder met het kenmerk uit 'instance'."
    return problem(500, "Er ging iets mis", detail, "intern", request.state.request_id)


def install(app: FastAPI) -> None:
    """Registers the handlers of all kinds of error."""
    app.add_exception_handler(Exception, unexpected)

    @app.exception_handler(VeldwachtError)
    def own(request: Request, error: VeldwachtError) -> JSONResponse:
        return from_error(error, request.state.request_id)

    @app.exception_handler(RequestValidationError)
    def validation(request: Request, error: RequestValidationError) -> JSONResponse:
        fouten = validation_faults(error.errors())
        detail = (
            "Er is 1 fout gevonden; zie 'fouten'."
            if len(fouten) == 1
            else f"Er zijn {len(fouten)} fouten gevonden; zie 'fouten'."
        )
        return from_error(InvalidInput(detail, fouten), request.state.request_id)

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> JSONResponse:
        title, detail = STATUS_TEXT.get(
            error.status_code, ("Dit verzoek kan niet", "Het verzoek kan niet worden uitgevoerd.")
        )
        return problem(
            error.status_code,
            title,
            detail,
            f"http-{error.status_code}",
            request.state.request_id,
            headers=error.headers,
        )

    def database(request: Request, error: Exception) -> JSONResponse:
        known = from_database_error(error)
        if known is None:
            raise error
        log.warning("database error %s answered with %s", type(error).__name__, known.status)
        return from_error(known, request.state.request_id)

    for kind in (StatementError, PoolTimeout, TimeoutError, OverflowError):
        app.add_exception_handler(kind, database)
