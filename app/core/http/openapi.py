"""The served API description, made to follow the NL API Design Rules 2.2 (ADR 0008)."""

import json
import re
from inspect import cleandoc
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from app.core.http.problems import MEDIA_TYPE

PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}
VERSION_HEADER = {"API-Version": {"description": "Versie van deze API.", "schema": {"type": "string"}}}
PROBLEMS = {
    "400": "De gegevens kloppen niet; alle fouten staan in het antwoord.",
    "401": "U bent niet aangemeld.",
    "403": "Uw rol mag dit niet.",
    "404": "Niet gevonden, of niet zichtbaar voor u.",
    "405": "Deze handeling bestaat hier niet.",
    "406": "Dit antwoordformaat bestaat hier niet.",
    "409": "De stand van zaken laat dit niet toe.",
    "412": "Iemand anders heeft dit intussen gewijzigd.",
    "413": "De inhoud is te groot.",
    "415": "Dit soort inhoud wordt hier niet aangenomen.",
    "428": "De If-Match-kop ontbreekt.",
    "500": "Er ging iets mis in de dienst.",
    "503": "De dienst is nu niet bereikbaar; er is niets bewaard.",
}
SETTINGS_MISSING: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "In de normentabel ontbreken instellingen; het antwoord noemt ze.",
        "content": {MEDIA_TYPE: {"schema": PROBLEM_REF}},
    }
}
"""For a reading operation that needs settings of the municipality."""
GENERIC_NAME = re.compile(r"\b(Pagina)_(\w+?)_(?=\")")  # Pagina[ObjectRead] is written Pagina_ObjectRead_
ALWAYS = {"400", "401", "403", "406", "500", "503"}


def describe(app: FastAPI, public: frozenset[str]) -> dict[str, Any]:
    """The description of all routes of `app`.

    Args:
        app: the API application.
        public: operation ids that need no sign-in.
    """
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        servers=[{"url": "/v1"}],
        license_info=app.license_info,
        tags=app.openapi_tags,
    )
    document["info"]["contact"] = app.contact
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas.setdefault("Problem", _problem_schema())
    document["components"]["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "at+jwt",
            "description": "Toegangstoken van de identiteitsdienst.",
        },
        "sessie": {
            "type": "apiKey",
            "in": "cookie",
            "name": "__Host-veldwacht",
            "description": "Sessie van een aangemelde browser.",
        },
    }
    _drop_docstrings(app, document)
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _complete(operation, method, path, public)
    _merge_nullable(document)
    named: dict[str, Any] = json.loads(GENERIC_NAME.sub(r"\1\2", json.dumps(document)))
    return named


def _drop_docstrings(app: FastAPI, document: dict[str, Any]) -> None:
    """Takes out what comes from docstrings: those are for developers and in English, the description is Dutch."""
    for schema in document["components"]["schemas"].values():
        schema.pop("description", None)
    written = {
        route.operation_id: cleandoc(route.endpoint.__doc__ or "")
        for routed in app.routes
        for route in getattr(getattr(routed, "original_router", None), "routes", [routed])
        if isinstance(route, APIRoute)
    }
    for operations in document["paths"].values():
        for operation in operations.values():
            if operation.get("description") == written.get(operation["operationId"]):
                operation.pop("description", None)


def _complete(operation: dict[str, Any], method: str, path: str, public: frozenset[str]) -> None:
    responses = operation["responses"]
    responses.pop("422", None)
    for status, response in responses.items():
        if status[0] in "23":
            response.setdefault("headers", {}).update(VERSION_HEADER)
    wanted = set(ALWAYS)
    if "{" in path or operation.get("parameters"):
        wanted.add("404")
    if method in {"post", "put", "patch", "delete"}:
        wanted |= {"404", "409"}
    if "requestBody" in operation:
        wanted |= {"413", "415"}
    if any(parameter["name"] == "If-Match" for parameter in operation.get("parameters", [])):
        wanted |= {"412", "428"}
    is_public = operation["operationId"] in public
    if is_public:
        wanted -= {"401", "403"}
    operation["security"] = [] if is_public else [{"token": []}, {"sessie": []}]
    for status in sorted(wanted):
        responses[status] = {
            "description": PROBLEMS[status],
            "content": {MEDIA_TYPE: {"schema": PROBLEM_REF}},
        }


def _merge_nullable(node: Any) -> None:  # noqa: ANN401 - walks the document
    """Writes `anyOf: [{type: string, format: date}, {type: null}]` as one type with null, as the linter asks (T1)."""
    if isinstance(node, dict):
        options = node.get("anyOf")
        if isinstance(options, list) and len(options) == 2 and {"type": "null"} in options:
            other = options[0] if options[1] == {"type": "null"} else options[1]
            if isinstance(other.get("type"), str) and "enum" not in other:
                del node["anyOf"]
                node.update({**other, "type": [other["type"], "null"]})
        for value in node.values():
            _merge_nullable(value)
    elif isinstance(node, list):
        for value in node:
            _merge_nullable(value)


def _problem_schema() -> dict[str, Any]:
    text = {"type": "string"}
    fout = {"type": "object", "required": ["veld", "melding"], "properties": {"veld": text, "melding": text}}
    return {
        "type": "object",
        "description": "Wat er mis is en hoe het hersteld kan worden (RFC 9457).",
        "required": ["type", "title", "status", "detail", "instance", "fouten"],
        "properties": {
            "type": text,
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "instance": text,
            "fouten": {"type": "array", "items": fout},
        },
    }
