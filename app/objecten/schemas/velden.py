"""Field types of the stock: numbers that are checked, a point, opening hours."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.core.http.schemas import ApiInput, ApiOutput
from app.core.shapes import shaped
from app.objecten.rules.adressen import clean_part
from app.objecten.rules.nummers import parse_bag_id, parse_kvk, parse_postcode
from app.objecten.rules.openingstijden import Openingstijden, check_openingstijden
from app.objecten.rules.seizoenen import check_seizoenen


def _checked(parse: Callable[[Any], Any], code: str) -> AfterValidator:
    """A validator that tells the Dutch text of the rule that refuses."""

    def check(value: Any) -> Any:  # noqa: ANN401 - any field
        try:
            return parse(value)
        except ValueError as fault:
            raise PydanticCustomError(f"vw_{code}", "{reden}", {"reden": str(fault)}) from None

    return AfterValidator(check)


Postcode = Annotated[str, StringConstraints(min_length=6, max_length=10), _checked(parse_postcode, "postcode")]
KvkNummer = Annotated[str, StringConstraints(min_length=8, max_length=12), _checked(parse_kvk, "kvk")]
BagId = Annotated[str, StringConstraints(min_length=16, max_length=16), _checked(parse_bag_id, "bag")]
Huisnummerdeel = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        max_length=10,
        pattern=shaped(r"^[A-Za-z0-9 .\-/]*$", "letters, cijfers, spatie, punt, streepje of /"),
    ),
    AfterValidator(clean_part),
]
Nummer = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Reden = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500)]
Minuut = Annotated[int, Field(ge=0, le=2 * 24 * 60)]
Tijdvak = Annotated[list[Minuut], Field(min_length=2, max_length=2)]
Dagtijden = Annotated[list[Tijdvak], Field(max_length=6)]
Weektijden = Annotated[
    dict[Annotated[str, StringConstraints(max_length=1)], Dagtijden],
    Field(
        max_length=7,
        description="Dag 1 (maandag) tot en met 7 (zondag), met per dag tijdvakken in minuten na middernacht; na middernacht telt door.",
        examples=[{"5": [[600, 1560]]}],
    ),
    _checked(check_openingstijden, "openingstijden"),
]
Openingsuren = Openingstijden
Jaardag = Annotated[
    str, StringConstraints(pattern=shaped(r"^\d{2}-\d{2}$", "maand en dag, bijvoorbeeld 04-01 voor 1 april"))
]
Seizoenperioden = Annotated[
    list[Annotated[list[Jaardag], Field(min_length=2, max_length=2)]],
    Field(
        max_length=6,
        description="Perioden van het jaar waarin het object te controleren is, elk van maand-dag tot en met maand-dag; leeg: altijd.",
        examples=[[["04-15", "10-31"]]],
    ),
    _checked(check_seizoenen, "seizoenen"),
]


class PuntInput(ApiInput):
    """A GeoJSON point; its coordinate system is that of the `Content-Crs` header (default CRS84: longitude, latitude)."""

    type: Literal["Point"]
    coordinates: Annotated[list[Annotated[float, Field(ge=-1e7, le=1e7)]], Field(min_length=2, max_length=3)]


class PuntRead(ApiOutput):
    """A GeoJSON point in the coordinate system of the `Content-Crs` header of the answer."""

    type: Literal["Point"] = "Point"
    coordinates: list[float]
