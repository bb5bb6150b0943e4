"""ETag and If-Match on what can be edited: nobody overwrites what he has not seen."""

import hashlib
from collections.abc import Mapping
from typing import Annotated

from fastapi import Header, Response

from app.core.errors import InvalidInput, PreconditionFailed, PreconditionRequired

IfMatch = Annotated[
    str | None, Header(alias="If-Match", max_length=100, description="De ETag van de versie die u wijzigt.")
]


def answer_or_304(content: bytes, if_none_match: str | None, headers: Mapping[str, str] | None = None) -> Response:
    """JSON with a digest of its bytes as ETag, or 304 when the client has these very bytes already."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    told = {"ETag": tag, "Cache-Control": "no-store", **(headers or {})}
    known = {part.strip().removeprefix("W/") for part in (if_none_match or "").split(",")}
    if tag in known:
        return Response(status_code=304, headers=told)
    return Response(content, media_type="application/json", headers=told)


def set_etag(response: Response, version: int) -> None:
    """Puts the version of a record in the answer."""
    response.headers["ETag"] = f'"{version}"'


def check_version(if_match: str | None, version: int) -> None:
    """Holds If-Match against the stored version; call it with the row locked.

    Raises:
        PreconditionRequired: no If-Match.
        InvalidInput: not an ETag of this service.
        PreconditionFailed: another version is stored now.
    """
    if if_match is None:
        raise PreconditionRequired("Haal het gegeven eerst op en stuur de ETag mee in de If-Match-kop.")
    tag = if_match.strip().removeprefix("W/").strip('"')
    if not tag.isascii() or not tag.isdigit() or len(tag) > 9:
        raise InvalidInput("De If-Match-kop bevat geen ETag van deze dienst.")
    if int(tag) != version:
        raise PreconditionFailed(
            "Haal de laatste versie op, kijk wat er veranderde en wijzig dan opnieuw.",
            headers={"ETag": f'"{version}"'},
        )
