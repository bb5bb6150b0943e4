"""Serves the built tablet app (`web/dist`) at `/app/`; the app does its own routing, so every path below it answers its page.

Files with a digest in their name never change and may be kept; the page, the service worker and the manifest are asked for anew, so that
an update is seen at once (design section 7). They are packed on the way: they are the same for everybody and hold no secret.
"""

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

PATH = "/app"
DIST = Path(__file__).resolve().parents[3] / "web" / "dist"
CSP = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "img-src 'self' data: blob:; worker-src 'self' blob:"
)
PERMISSIONS = "camera=(self), geolocation=(self), microphone=()"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"


class _Tabletapp(StaticFiles):
    """The files of the build; an unknown path without a dot is a screen of the app."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, html=True)
        self._page = folder / "index.html"

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            answer = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or "." in Path(path).name:
                raise
            answer = FileResponse(self._page)
        answer.headers["cache-control"] = FOR_EVER if path.startswith("assets/") else ASK_FIRST
        answer.headers["content-security-policy"] = CSP
        answer.headers["permissions-policy"] = PERMISSIONS
        return answer


def routes(folder: Path = DIST) -> list[BaseRoute]:
    """The routes of the app; none when it was not built."""
    if not is_built(folder):
        return []
    return [Route(PATH, _with_slash, methods=["GET"]), Mount(PATH, GZipMiddleware(_Tabletapp(folder)))]


def is_built(folder: Path = DIST) -> bool:
    """Whether there is a build to serve."""
    return (folder / "index.html").is_file()


def _with_slash(_request: Request) -> Response:
    return RedirectResponse(f"{PATH}/", status_code=308)
