"""Field types of planning."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.core.text_filter import check_text


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
