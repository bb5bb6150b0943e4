"""Query parameters that several lists share."""

from datetime import date
from typing import Annotated

from fastapi import Query

GemeenteFilter = Annotated[
    str | None, Query(pattern=r"^GM\d{4}$", description="Alleen van deze gemeente, bijvoorbeeld GM0518.")
]
DagFilter = Annotated[date | None, Query(description="Alleen wat op deze dag geldt.")]
