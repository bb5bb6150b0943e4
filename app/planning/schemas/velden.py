"""Field types of planning."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.core.text_filter import check_text
from geo.crs import Crs
from geo.faults import GeoFault
from geo.shapes import read_shape


def _no_personal_data(value: str) -> str:
    hits = check_text(value)
    if hits:
        raise PydanticCustomError("vw_tekst", "{reden}", {"reden": " ".join(hit.melding for hit in hits)})
    return value


Rondenaam = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120), AfterValidator(_no_personal_data)
]
Toelichting = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=500), AfterValidator(_no_personal_data)
]
Minuut = Annotated[int, Field(ge=0, lt=24 * 60, description="Minuten na middernacht, Nederlandse tijd.")]
Einde = Annotated[int, Field(ge=1, le=2 * 24 * 60, description="Als 'van'; boven 1440 is na middernacht.")]
Reden = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500), AfterValidator(_no_personal_data)
]
Aanvang = Annotated[
    int, Field(ge=0, le=2 * 24 * 60, description="Minuten na middernacht; boven 1440 is na middernacht.")
]


def _drawn(value: dict[str, Any]) -> dict[str, Any]:
    """Refuses what is an area in neither system; which of the two was meant, a header says."""
    faults = []
    for crs in Crs:
        try:
            read_shape(value, crs)
        except GeoFault as fault:
            faults.append(str(fault))
    if len(faults) == len(Crs):
        raise PydanticCustomError("vw_gebied", "{reden}", {"reden": faults[0]})
    return value


Gebied = Annotated[dict[str, Any], AfterValidator(_drawn)]
