"""The API description as plain pages: made from `openapi.json` and the table of rights, without script or third party.

The usual documentation page loads its scripts from elsewhere and needs a looser content policy; this one reads on any machine.
"""

import re
from dataclasses import dataclass
from typing import Any

from app.core.caller import Caller
from app.core.rights import Recht, Rechten

PLACES = {"path": "pad", "query": "zoekdeel", "header": "kop", "cookie": "cookie"}
TYPES = {
    "string": "tekst",
    "integer": "heel getal",
    "number": "getal",
    "boolean": "ja of nee",
    "object": "groep velden",
    "array": "lijst",
    "null": "leeg",
}
FORMATS = {
    "date": "datum",
    "date-time": "tijdstip",
    "uuid": "kenmerk (UUID)",
    "binary": "bestand",
    "uri": "webadres",
}
MAX_CHOICES = 12
DONE = {"Successful Response": "Gelukt"}  # what FastAPI writes when a route says nothing itself
EVERYBODY = "iedereen, ook zonder aanmelden"
SIGNED_IN = "iedereen die is aangemeld"


@dataclass(frozen=True)
class Soort:
    """What kind of value it is, in Dutch, and the shape that it refers to."""

    tekst: str
    verwijzing: str | None = None


@dataclass(frozen=True)
class Veld:
    """A parameter or field."""

    naam: str
    waar: str
    soort: Soort
    verplicht: bool
    uitleg: str


@dataclass(frozen=True)
class Antwoord:
    """An answer that an operation may give."""

    status: str
    uitleg: str
    soort: Soort


@dataclass(frozen=True)
class Handeling:
    """One operation."""

    kenmerk: str
    titel: str
    uitleg: str
    werkwoord: str
    pad: str
    wie: str
    velden: list[Veld]
    antwoorden: list[Antwoord]


@dataclass(frozen=True)
class Groep:
    """The operations under one tag; `plek` is the last part of the address of its page."""

    naam: str
    plek: str
    handelingen: list[Handeling]


@dataclass(frozen=True)
class Vorm:
    """A shape that operations refer to."""

    naam: str
    uitleg: str
    velden: list[Veld]
    soort: Soort


def groups(document: dict[str, Any], rechten: Rechten) -> list[Groep]:
    """All operations by tag, in the order of the description."""
    found: dict[str, list[Handeling]] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            found.setdefault((operation.get("tags") or ["Overig"])[0], []).append(
                _operation(path, method, operation, rechten)
            )
    return [Groep(name[:1].upper() + name[1:], slug(name), operations) for name, operations in found.items()]


def allowed(caller: Caller, found: list[Groep], rechten: Rechten) -> tuple[list[Groep], list[Groep]]:
    """What of these this caller may do; an operation without a row of rights is for nobody.

    Returns:
        What belongs to the caller's roles, the work that fewest roles share first; and what everybody may do who is signed in.
    """
    own, shared = [], []
    for group in found:
        mine = [h for h in group.handelingen if _may(caller, rechten.get(h.kenmerk))]
        narrow = [h for h in mine if rechten[h.kenmerk].rollen]
        if narrow:
            own.append(Groep(group.naam, group.plek, narrow))
        if len(narrow) < len(mine):
            shared.append(Groep(group.naam, group.plek, [h for h in mine if h not in narrow]))
    own.sort(key=lambda group: min(len(rechten[h.kenmerk].rollen) for h in group.handelingen))
    return own, shared


def shapes(document: dict[str, Any]) -> list[Vorm]:
    """All shapes by name."""
    schemas = document.get("components", {}).get("schemas", {})
    return [
        Vorm(name, schema.get("description", ""), _fields(schema), kind(schema))
        for name, schema in sorted(schemas.items())
    ]


def slug(name: str) -> str:
    """A name as part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def kind(schema: dict[str, Any]) -> Soort:
    """The kind of value that a schema allows, in Dutch."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return Soort(name, name)
    for combined in ("anyOf", "oneOf", "allOf"):
        if combined in schema:
            parts = [kind(part) for part in schema[combined]]
            return Soort(
                " of ".join(part.tekst for part in parts),
                next((p.verwijzing for p in parts if p.verwijzing), None),
            )
    if "const" in schema:
        return Soort(f"altijd {schema['const']}")
    if "enum" in schema:
        choices = [str(choice) for choice in schema["enum"][:MAX_CHOICES]]
        return Soort(f"een van: {', '.join(choices)}{' …' if len(schema['enum']) > MAX_CHOICES else ''}")
    types = schema.get("type", [])
    names = [types] if isinstance(types, str) else types
    if "array" in names:
        item = kind(schema.get("items", {}))
        return Soort(f"lijst van {item.tekst}{' of leeg' if 'null' in names else ''}", item.verwijzing)
    words = [FORMATS.get(schema.get("format", ""), TYPES[n]) if n == "string" else TYPES.get(n, n) for n in names]
    return Soort(" of ".join(words) or "elke waarde")


def _may(caller: Caller, recht: Recht | None) -> bool:
    return recht is not None and (recht.openbaar or not recht.rollen or caller.has(*recht.rollen))


def _operation(path: str, method: str, operation: dict[str, Any], rechten: Rechten) -> Handeling:
    recht = rechten.get(operation["operationId"])
    fields = [
        Veld(
            p["name"],
            PLACES[p["in"]],
            kind(p.get("schema", {})),
            p.get("required", False),
            p.get("description", ""),
        )
        for p in operation.get("parameters", [])
    ]
    body = operation.get("requestBody")
    if body is not None:
        media, content = next(iter(body["content"].items()))
        fields.append(
            Veld(
                media,
                "inhoud",
                kind(content.get("schema", {})),
                body.get("required", False),
                body.get("description", ""),
            )
        )
    answers = [
        Antwoord(status, DONE.get(answer["description"], answer["description"]), _answer_kind(answer))
        for status, answer in sorted(operation["responses"].items())
    ]
    title = operation.get("summary") or operation["operationId"]
    return Handeling(
        operation["operationId"],
        title,
        operation.get("description", ""),
        method.upper(),
        f"/v1{path}",
        _who(recht),
        fields,
        answers,
    )


def _who(recht: Recht | None) -> str:
    if recht is None:
        return "niemand"
    if recht.openbaar:
        return EVERYBODY
    return ", ".join(sorted(recht.rollen)) or SIGNED_IN


def _answer_kind(answer: dict[str, Any]) -> Soort:
    for content in answer.get("content", {}).values():
        return kind(content.get("schema", {}))
    return Soort("geen inhoud")


def _fields(schema: dict[str, Any]) -> list[Veld]:
    required = set(schema.get("required", []))
    return [
        Veld(name, "veld", kind(part), name in required, part.get("description", ""))
        for name, part in schema.get("properties", {}).items()
    ]
