"""API shapes of risk areas: a reason and a published figure, never a person (REG-12)."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import UploadFile
from pydantic import Field, StringConstraints

from app.core.http.schemas import ApiInput, ApiOutput, Datum, Gemeentecode, Naam
from app.core.identifiers import new_id
from app.core.shapes import shaped
from app.objecten.schemas.velden import Reden

Gebiedcode = Annotated[
    str,
    StringConstraints(
        pattern=shaped(
            r"^(GM\d{4}|WK\d{6}|BU\d{8})$", "GM met vier, WK met zes of BU met acht cijfers, bijvoorbeeld BU05180001"
        )
    ),
]
Webadres = Annotated[
    str,
    StringConstraints(
        pattern=shaped(
            r"^(https://[A-Za-z0-9.-]{3,200}(/[A-Za-z0-9._~/?=&%-]{0,200})?)?$",
            "leeg, of een webadres dat met https:// begint",
        )
    ),
]
Kerngetal = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class RisicogebiedCreate(ApiInput):
    """Why an area asks attention."""

    id: UUID = Field(default_factory=new_id, description="Door de aanroeper gekozen kenmerk; opnieuw sturen is veilig.")
    gemeentecode: Gemeentecode
    gebiedcode: Gebiedcode = Field(description="CBS-code van gemeente, wijk of buurt.")
    jaar: Annotated[int, Field(ge=1995, le=2200, description="Jaar van de gebiedsindeling.")]
    reden: Reden
    bron: Naam
    url: Webadres = Field(default="", description="Waar de bron te vinden is.")
    kerngetal: Kerngetal = Field(default="", description="Naam van het kerngetal, als er een is.")
    waarde: Annotated[float, Field(ge=-1e9, le=1e9)] | None = None
    geldig_tot: Datum = Field(description="Laatste dag waarop de reden als actueel geldt.")


class RisicogebiedRead(ApiOutput):
    """A risk area with the name of the area. It plays no part in any priority."""

    id: UUID
    gemeentecode: str
    gebiedcode: str
    gebiednaam: str | None = Field(description="Leeg als de indeling van dat jaar niet is ingelezen.")
    jaar: int
    reden: str
    bron: str
    url: str
    kerngetal: str
    waarde: float | None
    geldig_tot: date


class Gebiedenbestand(ApiInput):
    """A CSV file of figures per area."""

    bestand: UploadFile = Field(description="CSV met een regel per gebied.")
    gemeentecode: Gemeentecode = Field(description="De gemeente waarvan de gebieden zijn.")


class GebiedenIngelezen(ApiOutput):
    """What a file changed."""

    nieuw: int
    gewijzigd: int
    ongewijzigd: int
