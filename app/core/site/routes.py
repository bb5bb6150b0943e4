"""Pages of the site: start, the description of the API, and every error outside the API as a page."""

import logging
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from fastapi import FastAPI
from sqlalchemy.exc import StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from app.core.auth.identity import browser_caller
from app.core.caller import Caller
from app.core.errors import VeldwachtError
from app.core.http.problems import from_database_error, problem
from app.core.pages import page, static_mount
from app.core.runtime import Runtime
from app.core.settings import Stempel
from app.core.site import documentation, tabletapp

log = logging.getLogger("veldwacht")


class Site:
    """The pages around one API.

    Args:
        api: the API; its state carries the rights and the way to its description, which `/api` shows.
    """

    def __init__(self, api: FastAPI) -> None:
        self._api = api
        self._document = lru_cache(maxsize=1)(api.state.describe)
        self._groups = lru_cache(maxsize=1)(lambda: documentation.groups(self._document(), api.state.rechten))
        self._shapes = lru_cache(maxsize=1)(lambda: documentation.shapes(self._document()))

    def routes(self) -> list[BaseRoute]:
        """The routes of the pages and of their style sheet."""
        return [
            Route("/", self.start, methods=["GET"]),
            Route("/api", self.overview, methods=["GET"]),
            Route("/api/gegevens", self.shapes, methods=["GET"]),
            Route("/api/{plek}", self.group, methods=["GET"]),
            static_mount(),
        ]

    def start(self, request: Request) -> Response:
        """Who you are and what you may do here, or what this is and how to sign in."""
        runtime: Runtime = request.app.state.runtime
        caller = browser_caller(request, runtime, request.app.state.accounts)
        mine = documentation.allowed(caller, self._groups(), self._api.state.rechten) if caller else ([], [])
        app = f"{tabletapp.PATH}/" if tabletapp.is_built() else None
        return page("start.html", demo=is_demo(request), wie=_who(caller), app=app, eigen=mine[0], gedeeld=mine[1])

    def overview(self, request: Request) -> Response:
        """The description of the API, subject by subject; needs no sign-in, like `openapi.json` itself."""
        document = self._document()
        info = document["info"]
        return page(
            "api_overzicht.html",
            demo=is_demo(request),
            groepen=self._groups(),
            versie=info["version"],
            beschrijving=info.get("description", ""),
            openapi=document["openapi"],
            adres=request.app.state.runtime.settings.base_url.rstrip("/") + "/v1",
        )

    def group(self, request: Request) -> Response:
        """One subject."""
        found = next((g for g in self._groups() if g.plek == request.path_params["plek"]), None)
        if found is None:
            raise HTTPException(404)
        return page("api_groep.html", demo=is_demo(request), groep=found)

    def shapes(self, request: Request) -> Response:
        """The shapes of all data."""
        return page("api_gegevens.html", demo=is_demo(request), vormen=self._shapes())


def is_demo(request: Request) -> bool:
    """Whether the pages must say that all data is made up."""
    settings = request.app.state.runtime.settings
    return bool(settings.stempel == Stempel.DEMO)


def error_pages() -> Mapping[Any, Any]:
    """Handlers that turn an error outside the API into a Dutch page; the edge logs what none knows."""
    return {
        VeldwachtError: _own,
        HTTPException: _http,
        StatementError: _database,
        PoolTimeout: _database,
        TimeoutError: _database,
        Exception: _unexpected,
    }


def _own(request: Request, error: Exception) -> Response:
    if not isinstance(error, VeldwachtError):
        raise error
    again = request.url.path.startswith("/aanmelden")
    return _page(request, error.status, error.title, error.detail, error.headers, again=again)


def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == 404:
        return _page(request, 404, "Deze pagina bestaat niet", "Kijk of het adres klopt, of ga naar de startpagina.")
    return _page(
        request,
        error.status_code,
        "Dit kan hier niet",
        "Ga naar de startpagina en probeer het opnieuw.",
        error.headers,
    )


def _database(request: Request, error: Exception) -> Response:
    known = from_database_error(error)
    if known is None:
        raise error
    log.warning("database error %s answered with %s", type(error).__name__, known.status)
    return _page(request, known.status, known.title, known.detail, known.headers)


def _unexpected(request: Request, _error: Exception) -> Response:
    return _page(request, 500, "Er ging iets mis", "Meld dit aan de beheerder met het kenmerk hieronder.")


def _page(
    request: Request,
    status: int,
    title: str,
    explanation: str,
    headers: Mapping[str, str] | None = None,
    *,
    again: bool = False,
) -> Response:
    if "text/html" not in request.headers.get("accept", ""):  # a program, not a browser
        return problem(status, title, explanation, f"http-{status}", request.state.request_id, headers=headers)
    return page(
        "fout.html",
        status=status,
        headers=headers,
        demo=is_demo(request),
        titel=title,
        uitleg=explanation,
        kenmerk=request.state.request_id,
        opnieuw=again,
    )


def _who(caller: Caller | None) -> dict[str, object] | None:
    if caller is None:
        return None
    return {
        "rollen": sorted(caller.rollen),
        "gemeente": caller.gemeentecode,
        "gemeenten": sorted(caller.gemeenten - {caller.gemeentecode}),
        "csrf": caller.session_csrf,
    }
