"""Outside sources for one request: nobody who waits at a screen waits for a second try (ADR 0014)."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request

from app.core.http.work import runtime_of
from app.objecten.service.bronnen import Bronnen


def outside_sources(request: Request) -> Iterator[Bronnen]:
    """The sources that are on; closed after the path operation."""
    runtime = runtime_of(request)
    with Bronnen.of(runtime.settings, runtime.system_unit, attempts=1) as sources:
        yield sources


Buiten = Annotated[Bronnen, Depends(outside_sources, scope="function")]
