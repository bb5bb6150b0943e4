"""Base classes and field types of the API shapes: camelCase, nothing unknown, nothing a database cannot hold."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from app.core.shapes import shaped
from app.core.text_filter import Treffersoort, check_text


def _check_text(value: Any) -> Any:  # noqa: ANN401 - walks any JSON value
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= ch <= "\udfff" for ch in value):
            raise PydanticCustomError("vw_tekens", "bevat tekens die niet bewaard kunnen worden")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key)
            _check_text(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            _check_text(item)
    return value


def _check_moment(value: datetime) -> datetime:
    if not 2000 <= value.year <= 2200:
        raise PydanticCustomError("vw_moment", "ligt buiten de jaren 2000 tot en met 2200")
    return value.astimezone(UTC)


def _check_device_moment(value: datetime) -> datetime:
    if not 1970 <= value.year <= 2200:
        raise PydanticCustomError("vw_moment", "ligt buiten de jaren 1970 tot en met 2200")
    return value.astimezone(UTC)


def _check_date(value: date) -> date:
    if not 1900 <= value.year <= 2200:
        raise PydanticCustomError("vw_datum", "ligt buiten de jaren 1900 tot en met 2200")
    return value


def without_personal_data(*kept: Treffersoort) -> AfterValidator:
    """Refuses a text in which the text filter finds something, for a field that has no room for a reason (design section 7).

    Args:
        kept: what may stand in this field all the same, such as the web address of a source.
    """

    def check(value: str) -> str:
        hits = [hit for hit in check_text(value) if hit.soort not in kept]
        if hits:
            raise PydanticCustomError("vw_tekst", "{reden}", {"reden": " ".join(hit.melding for hit in hits)})
        return value

    return AfterValidator(check)


Tijdstip = Annotated[AwareDatetime, AfterValidator(_check_moment)]
Apparaattijd = Annotated[AwareDatetime, AfterValidator(_check_device_moment)]
"""What a device's clock says; an empty battery sets it back to 1970. How far it is believed: `core.clock.plausible`."""
Datum = Annotated[date, AfterValidator(_check_date)]
Naam = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Regeltekst = Annotated[Naam, without_personal_data()]
Tekst = Annotated[str, StringConstraints(max_length=4000)]
Code = Annotated[
    str,
    StringConstraints(
        pattern=shaped(
            r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,79}$",
            "een code van hoogstens 80 letters en cijfers, ook met _ . : en -, zonder spaties",
        )
    ),
]
Gemeentecode = Annotated[
    str, StringConstraints(pattern=shaped(r"^GM\d{4}$", "GM en vier cijfers, bijvoorbeeld GM0518"))
]
Aantal = Annotated[int, Field(ge=0, le=1_000_000)]


class ApiInput(BaseModel):
    """A body that a caller sends: unknown fields, NUL bytes, NaN and infinity are refused."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", allow_inf_nan=False)

    @field_validator("*", mode="after")
    @classmethod
    def _storable(cls, value: Any) -> Any:  # noqa: ANN401 - every field
        return _check_text(value)


class ApiOutput(BaseModel):
    """A body that the service answers; every field is always present."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True)


class FoutRead(ApiOutput):
    """One fault in what was sent."""

    veld: str
    melding: str


class Problem(ApiOutput):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    fouten: list[FoutRead]
