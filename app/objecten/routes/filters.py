"""Query keys that lists of the stock share."""

from typing import Annotated

from fastapi import Query

from app.core.http.schemas import Code, Gemeentecode
from app.objecten.status import Objecttype

GemeenteFilter = Annotated[Gemeentecode | None, Query(description="Alleen deze gemeente.")]
WijkFilter = Annotated[Code | None, Query(description="Alleen deze wijk.")]
BuurtFilter = Annotated[Code | None, Query(description="Alleen deze buurt.")]
Soorten = Annotated[
    list[Objecttype],
    Query(alias="type", max_length=len(Objecttype), description="Alleen dit soort objecten; mag vaker voorkomen."),
]
