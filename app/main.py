"""The web service: `create_app()` puts routers, error handlers, headers and start-up checks together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from app.bevindingen import routes as bevindingen
from app.checklists import routes as checklists
from app.checklists.service import get_cards, load_catalogue
from app.controles import routes as controles
from app.controles.rules.bezorgmaat import Bezorgmaat
from app.controles.service.tabletsleutels import renew as renew_tablet_keys
from app.core import health, logs
from app.core.auth import routes as auth_routes
from app.core.db import check_schema
from app.core.http import problems
from app.core.http.bounds import Bounds
from app.core.http.middleware import Edge
from app.core.http.openapi import describe
from app.core.http.together import Together
from app.core.http.turns import Turns
from app.core.runtime import Runtime
from app.core.settings import Settings, get_settings
from app.core.site import sessie, tabletapp
from app.core.site.routes import Site, error_pages
from app.core.stamp import check_stamp
from app.gemeenten import routes as gemeenten
from app.gemeenten.accounts import Accounts
from app.gemeenten.rules.rechten import RECHTEN
from app.maatregelen import routes as maatregelen
from app.objecten import routes as objecten
from app.planning import routes as planning
from app.rapportage import routes as rapportage
from app.signalen import routes as signalen
from app.signalen.service.intake import load_forms

VERSION = "0.1.0"
DESCRIPTION = (
    "Veldwacht plant integrale controles tegen mensenhandel en legt vast wat toezichthouders aantreffen. "
    "De dienst gaat over plekken, niet over personen."
)
CONTACT = {
    "name": "Team Veldwacht",
    "url": "https://veldwacht.example/contact",
    "email": "team@veldwacht.example",
}


def routers() -> list[APIRouter]:
    """The routers of all features, in the order of the description."""
    return [
        sessie.router,
        gemeenten.router,
        objecten.router,
        checklists.router,
        checklists.rekenregels,
        checklists.kaarten,
        bevindingen.router,
        signalen.router,
        maatregelen.router,
        controles.router,
        planning.router,
        rapportage.router,
    ]


def create_api() -> FastAPI:
    """The API, without a database: enough to describe itself."""
    api = FastAPI(
        title="Veldwacht",
        version=VERSION,
        description=DESCRIPTION,
        contact=CONTACT,
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    problems.install(api)
    for router in routers():
        api.include_router(router)
    public = frozenset(name for name, recht in RECHTEN.items() if recht.openbaar)

    @cache  # it cannot change while the process lives, and costs seconds to make
    def described() -> dict[str, Any]:
        return describe(api, public)

    @api.get("/openapi.json", operation_id="openapi_lezen", summary="Deze beschrijving", tags=["dienst"])
    def openapi_lezen() -> dict[str, Any]:
        return described()

    api.state.rechten = RECHTEN
    api.state.describe = described
    return api


def create_app(settings: Settings | None = None, api: FastAPI | None = None) -> ASGIApp:
    """The whole service.

    Args:
        settings: those of the environment when not given.
        api: an API of `create_api` that no running service uses; FastAPI prepares each route at its first call, which takes some
            70 ms, so that who starts service after service in one process hands on the same one.

    Raises (at start-up):
        KeyRingMissing: no key ring.
        StaleSchema: the database is older than the code.
        WrongStamp: a demo database with settings of production, or the other way round.
        InhoudError: the checklist content is not usable.
        FormulierbestandError: the intake forms are not usable.
    """
    settings = settings or get_settings()
    logs.configure(settings.log_level)
    api = api or create_api()

    @asynccontextmanager
    async def lifespan(_site: Starlette) -> AsyncIterator[None]:
        runtime = Runtime.start(settings)
        check_schema(runtime.database)
        check_stamp(runtime.database, settings)
        load_catalogue()
        load_forms()
        get_cards()
        with runtime.system_unit("tabletsleutels_maken") as uow:
            renew_tablet_keys(uow, days=settings.tablet_key_days, keep_days=settings.tablet_key_keep_days)
        api.state.runtime = runtime
        api.state.together = Together()
        api.state.bounds = Bounds(settings.requests_per_minute)
        api.state.bezorgmaat = Bezorgmaat(settings.sealed_per_day)
        api.state.turns = Turns(at_once=2)
        api.state.accounts = Accounts(runtime.database, settings.account_cache_seconds)
        yield
        runtime.stop()

    site = Starlette(
        routes=[
            Route("/gezondheid", health.alive),
            Route("/gereedheid", health.ready),
            *auth_routes.routes(),
            *Site(api).routes(),
            *tabletapp.routes(),
            Mount("/v1", api),
        ],
        exception_handlers=error_pages(),
        lifespan=lifespan,
    )
    site.state = api.state  # the pages and the API share runtime, accounts and rights
    return Edge(site, settings, VERSION, frozenset({"/v1/importen", "/v1/risicogebieden/_inlezen"}))
