"""The one hierarchy of errors; a class carries its HTTP status and Dutch title, the handler makes the problem answer of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fout:
    """One fault in what was sent: where it stands, what is wrong and how to mend it. Never the value itself."""

    veld: str
    melding: str


class CannotGoOn(Exception):
    """A process cannot start or a command cannot go on; the message says in Dutch what is wrong and how to mend it."""


class VeldwachtError(Exception):
    """Base of all errors that a caller may see.

    Args:
        detail: one Dutch sentence that says what is wrong and how to mend it; never echoes input.
        fouten: every fault at once, where there are more.
    """

    status = 500
    title = "Er ging iets mis"
    code = "fout"
    noted_in: str | None = None
    """Whose audit log holds the refusal; the caller's municipality when None."""

    def __init__(self, detail: str, fouten: list[Fout] | None = None, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.fouten = fouten or []
        self.headers = headers or {}


class InvalidInput(VeldwachtError):
    """What was sent does not fit the description (400, all faults in one answer)."""

    status = 400
    title = "De gegevens kloppen niet"
    code = "ongeldige-invoer"


class NotSignedIn(VeldwachtError):
    """No valid session or token (401)."""

    status = 401
    title = "U bent niet aangemeld"
    code = "niet-aangemeld"


class Forbidden(VeldwachtError):
    """The caller's role or designation does not allow this (403)."""

    status = 403
    title = "Dit mag u niet"
    code = "geen-recht"


class NotFound(VeldwachtError):
    """Unknown, or not visible for this caller: the two look alike (404)."""

    status = 404
    title = "Niet gevonden"
    code = "niet-gevonden"


class NotAcceptable(VeldwachtError):
    """The Accept header asks for what the service cannot give (406)."""

    status = 406
    title = "Dit antwoordformaat bestaat hier niet"
    code = "antwoordformaat"


class Conflict(VeldwachtError):
    """The request is right but the state does not allow it (409)."""

    status = 409
    title = "Dat kan nu niet"
    code = "conflict"


class PreconditionFailed(VeldwachtError):
    """Somebody else changed the record in between (412)."""

    status = 412
    title = "Iemand anders heeft dit intussen gewijzigd"
    code = "intussen-gewijzigd"


class BodyTooLarge(VeldwachtError):
    """More bytes than allowed (413)."""

    status = 413
    title = "Te groot"
    code = "te-groot"


class UnsupportedMediaType(VeldwachtError):
    """The body has another content type than the operation takes (415)."""

    status = 415
    title = "Dit soort inhoud wordt hier niet aangenomen"
    code = "inhoudsoort"


class PreconditionRequired(VeldwachtError):
    """An edit without If-Match (428)."""

    status = 428
    title = "Stuur de versie mee die u wijzigt"
    code = "versie-ontbreekt"


class TooManyRequests(VeldwachtError):
    """Asked too often; a `Retry-After` header says when it can be tried again (429)."""

    status = 429
    title = "Te vaak gevraagd"
    code = "te-vaak"


class Unavailable(VeldwachtError):
    """The database or another part is busy, full or away; nothing was stored (503)."""

    status = 503
    title = "De dienst is nu niet bereikbaar"
    code = "niet-bereikbaar"
