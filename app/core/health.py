"""Health and readiness, for a load balancer: no sign-in, nothing about content."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse

from app.core.db import StaleSchema, check_schema
from app.core.runtime import Runtime


def alive(_request: Request) -> JSONResponse:
    """The process answers."""
    return JSONResponse({"status": "gezond"})


def ready(request: Request) -> JSONResponse:
    """The process can work: the database answers, with a schema that is new enough."""
    runtime: Runtime = request.app.state.runtime
    try:
        with runtime.database.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        check_schema(runtime.database)
    except (SQLAlchemyError, StaleSchema, OSError):
        return JSONResponse({"status": "niet gereed", "onderdeel": "database"}, status_code=503)
    settings = runtime.settings
    scans = bool(settings.virus_scan_command or settings.clamd)
    return JSONResponse({"status": "gereed", "virusscan": "aan" if scans else "uit"})
