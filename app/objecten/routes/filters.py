"""Query keys that lists of the stock share."""

from typing import Annotated

from fastapi import Query

from app.core.http.schemas import Code, Gemeentecode

GemeenteFilter = Annotated[Gemeentecode | None, Query(description="Alleen deze gemeente.")]
WijkFilter = Annotated[Code | None, Query(description="Alleen deze wijk.")]
BuurtFilter = Annotated[Code | None, Query(description="Alleen deze buurt.")]
