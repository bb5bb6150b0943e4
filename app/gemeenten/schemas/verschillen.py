"""API shapes of the comparison of rules (INS-14)."""

from datetime import date

from pydantic import Field

from app.core.http.schemas import ApiOutput
from app.gemeenten.rules.verschillen import Regelsoort


class RegelwaardeRead(ApiOutput):
    """A rule in one municipality."""

    gemeentecode: str
    waarde: str | None = Field(description="Leeg: deze gemeente kent de regel niet.")
    eigen: bool = Field(description="Door de gemeente zelf vastgesteld; anders de landelijke waarde.")


class RegelvergelijkingRead(ApiOutput):
    """One rule in the municipalities that are compared."""

    soort: Regelsoort
    sleutel: str
    verschilt: bool
    waarden: list[RegelwaardeRead]


class RegelverschillenRead(ApiOutput):
    """The rules of municipalities on a day."""

    peildatum: date
    gemeenten: list[str]
    regels: list[RegelvergelijkingRead]
