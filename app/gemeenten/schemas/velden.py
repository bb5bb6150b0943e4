"""Field types of the municipality's shapes."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.core.http.schemas import ApiInput, Datum, without_personal_data
from app.core.identifiers import new_id
from app.core.shapes import shaped
from app.core.text_filter import Treffersoort
from app.gemeenten.rules.contactgegevens import holds_mobile_number


def _no_mobile_number(value: str) -> str:
    if holds_mobile_number(value):
        raise PydanticCustomError(
            "vw_mobiel", "bevat een mobiel nummer; gebruik een nummer of adres van een team, nooit van een persoon"
        )
    return value


# An organisation may be named after its site; a channel may be the mailbox or number of a team; a covenant has a date.
Functienaam = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    AfterValidator(_no_mobile_number),
    without_personal_data(Treffersoort.URL),
]
Regel = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=500),
    AfterValidator(_no_mobile_number),
    without_personal_data(Treffersoort.TELEFOON, Treffersoort.EMAIL, Treffersoort.URL, Treffersoort.GEBOORTEDATUM),
]
Bron = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    without_personal_data(Treffersoort.URL, Treffersoort.GEBOORTEDATUM),
]
Sleutel = Annotated[
    str,
    StringConstraints(
        pattern=shaped(
            r"^[A-Z][A-Z0-9_]{2,79}$", "de sleutel van een norm in hoofdletters, bijvoorbeeld BIBOB_TOETS_JAREN"
        )
    ),
]
Jaar = Annotated[int, Field(ge=1995, le=2200)]
Waarde = Annotated[float, Field(ge=0, le=1_000_000)]
Functienummer = Annotated[
    str,
    StringConstraints(
        pattern=shaped(r"^\+?[0-9][0-9 -]{1,18}[0-9]$", "een nummer van cijfers, ook met spaties en streepjes")
    ),
]


def check_order(vanaf: date, tot: date | None) -> None:
    """Refuses an end before the start."""
    if tot is not None and tot < vanaf:
        raise PydanticCustomError("vw_volgorde", "eindigt voordat het begint; kies een latere einddatum")


class NewRecord(ApiInput):
    """A record that the sender may give its id (UUIDv7), so that sending it again is safe (ADR 0007)."""

    id: UUID = Field(default_factory=new_id, description="Door de aanroeper gekozen kenmerk; opnieuw sturen is veilig.")


class Dated(ApiInput):
    """From the first to the last day on which something holds."""

    geldig_vanaf: Datum
    geldig_tot: Datum | None = Field(default=None, description="Laatste dag waarop het geldt; leeg is tot nader order.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.geldig_vanaf, self.geldig_tot)
        return self
