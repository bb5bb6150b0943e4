"""The outermost layer, pure ASGI: request id, headers on every answer (a 500 included), size, media types, HEAD.

API design rules: version header, security headers, CORS by allow-list, 406 and 415 (see docs/adr/0008).
"""

import logging
import re
from uuid import UUID

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.errors import BodyTooLarge, NotAcceptable, UnsupportedMediaType, VeldwachtError
from app.core.http.problems import from_error, unexpected
from app.core.identifiers import new_id
from app.core.settings import Settings

log = logging.getLogger("veldwacht")

SECURITY_HEADERS = {
    "cache-control": "no-store",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}
CSP_API = "default-src 'none'; frame-ancestors 'none'"
CSP_PAGE = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:"
UPLOAD_TYPES = {"multipart/form-data"}
PIECE_TYPES = {"application/offset+octet-stream"}
PIECES = re.compile(r"/v1/bijlagen/[^/]+")
"""Paths that take bytes in pieces (tus 1.0)."""


class TooLarge(Exception):
    """The body went past the limit while it was being read; whoever catches it, the answer becomes a 413."""


class Edge:
    """Wraps the whole application.

    Args:
        app: what is wrapped.
        settings: limits and allowed origins.
        version: the API version of the version header.
        upload_paths: API paths that take a file; they have the larger size limit.
    """

    def __init__(self, app: ASGIApp, settings: Settings, version: str, upload_paths: frozenset[str]) -> None:
        self.app = app
        self.settings = settings
        self.version = version
        self.upload_paths = upload_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = new_id()
        scope.setdefault("state", {})["request_id"] = str(request_id)
        exchange = _Exchange(self, scope, receive, send, request_id)
        try:
            refusal = self._refusal(scope)
            if refusal is not None:
                await from_error(refusal, str(request_id))(scope, receive, exchange.send)
                return
            await self.app(exchange.inner_scope(), exchange.receive, exchange.send)
        except Exception as error:
            log.exception("unhandled %s", type(error).__name__, extra={"request_id": str(request_id)})
            if not exchange.started:
                await unexpected(Request(scope), error)(scope, receive, exchange.send)

    def limit(self, scope: Scope) -> int:
        """The largest body in bytes that this path takes."""
        return self.settings.max_import_bytes if scope["path"] in self.upload_paths else self.settings.max_body_bytes

    def too_large(self, scope: Scope) -> BodyTooLarge:
        """The refusal of a body over the limit."""
        most = self.limit(scope)
        told = f"{most // 1024**2} MB" if most >= 1024**2 else f"{most // 1024} kB"
        return BodyTooLarge(f"Stuur hoogstens {told} in een keer; verdeel het in kleinere delen.")

    def _media_types(self, scope: Scope) -> set[str]:
        if scope["path"] in self.upload_paths:
            return UPLOAD_TYPES
        return PIECE_TYPES if PIECES.fullmatch(scope["path"]) and scope["method"] == "PATCH" else {"application/json"}

    def _refusal(self, scope: Scope) -> VeldwachtError | None:
        headers = Headers(scope=scope)
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > self.limit(scope):
            return self.too_large(scope)
        if not scope["path"].startswith("/v1/"):
            return None
        if not _accepts(headers.get("accept", "*/*")):
            return NotAcceptable("Vraag om 'application/json' of laat de Accept-kop weg.")
        has_body = length not in {"", "0"} or "transfer-encoding" in headers
        if has_body and scope["method"] in {"POST", "PUT", "PATCH"}:
            if headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
                return UnsupportedMediaType(
                    "Stuur de inhoud zoals zij is, zonder Content-Encoding; de dienst pakt niets uit."
                )
            media = headers.get("content-type", "").split(";")[0].strip().lower()
            wanted = self._media_types(scope)
            if media not in wanted:
                return UnsupportedMediaType(
                    f"Stuur de inhoud als {' of '.join(sorted(wanted))} met de juiste Content-Type-kop."
                )
        return None


ANSWERS = (
    "application/json",
    "application/problem+json",
    "application/geo+json",
    "application/geopackage+sqlite3",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "image/jpeg",
    "image/png",
    "text/calendar",
    "text/csv",
    "text/event-stream",
)
"""Media types that some answer of the API has."""


def _accepts(accept: str) -> bool:
    """Whether something that the API answers fits the Accept header; an empty one asks for nothing in particular (RFC 9110, 12.5.1)."""
    wanted = [part.split(";") for part in accept.split(",") if part.strip()]
    return not wanted or any(_wanted(parameters) and _fits(media.strip().lower()) for media, *parameters in wanted)


def _wanted(parameters: list[str]) -> bool:
    return not any(re.fullmatch(r"q=0(\.0*)?", part.strip().lower()) for part in parameters)


def _fits(media: str) -> bool:
    kind, _, rest = media.partition("/")
    return media == "*/*" or media in ANSWERS or (rest == "*" and any(ours.startswith(f"{kind}/") for ours in ANSWERS))


class _Exchange:
    """One request and its answer: counts bytes in, adds headers out, drops the body of HEAD."""

    def __init__(self, edge: Edge, scope: Scope, receive: Receive, send: Send, request_id: UUID) -> None:
        self.edge = edge
        self.scope = scope
        self._receive = receive
        self._send = send
        self.request_id = request_id
        self.started = False
        self._seen = 0
        self._over = False
        self._refused = False

    def inner_scope(self) -> Scope:
        """The scope for the application: HEAD is served as GET."""
        if self.scope["method"] == "HEAD":
            return {**self.scope, "method": "GET"}
        return self.scope

    async def receive(self) -> Message:
        """Passes a body on until the limit."""
        message = await self._receive()
        if message["type"] == "http.request":
            self._seen += len(message.get("body", b""))
            if self._seen > self.edge.limit(self.scope):
                self._over = True
                raise TooLarge
        return message

    async def send(self, message: Message) -> None:
        """Adds what every answer carries; an answer to a body that was cut off at the limit becomes a 413."""
        if self._over:
            if not self._refused and not self.started:
                self._refused = True
                await from_error(self.edge.too_large(self.scope), str(self.request_id))(
                    self.scope, self._receive, self._pass_on
                )
            return
        await self._pass_on(message)

    async def _pass_on(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY_HEADERS.items():
                headers.setdefault(name, value)
            page = headers.get("content-type", "").startswith("text/html")
            headers.setdefault("content-security-policy", CSP_PAGE if page else CSP_API)
            headers["api-version"] = self.edge.version
            headers["x-request-id"] = str(self.request_id)
            self._cors(headers)
        elif message["type"] == "http.response.body" and self.scope["method"] == "HEAD":
            message = {**message, "body": b""}
        await self._send(message)

    def _cors(self, headers: MutableHeaders) -> None:
        headers.add_vary_header("Origin")
        if self.scope["path"] == "/v1/openapi.json":
            headers["access-control-allow-origin"] = "*"
            return
        origin = Headers(scope=self.scope).get("origin")
        if origin is not None and origin in self.edge.settings.allowed_origins:
            headers["access-control-allow-origin"] = origin
