"""API shapes of retention: destruction reports, the retention clock, the register of processing."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from app.core.http.schemas import ApiInput, ApiOutput, Datum


class VernietigingsverslagRead(ApiOutput):
    """What was removed because its term had passed."""

    id: UUID
    soort: str
    termijn: str
    aantal: int
    kenmerken: list[UUID] = Field(description="Kenmerken van wat is verwijderd; nooit de inhoud.")
    peildatum: date
    verwijderd_op: datetime


class BewaarklokRead(ApiOutput):
    """The retention clock."""

    vandaag: date
    laatst: date | None = Field(description="De laatste dag waarop verlopen gegevens zijn verwijderd.")
    sprong_dagen: int = Field(description="Staat de klok ineens meer dagen verder, dan wacht het verwijderen.")
    wacht: bool = Field(description="Het verwijderen wacht tot een beheerder de datum bevestigt.")


class BewaarklokBevestigen(ApiInput):
    """The date of today, as the manager knows it from elsewhere."""

    dag: Datum


class BewaartermijnRead(ApiOutput):
    """How long something is kept."""

    voor: str
    norm: str
    termijn: str


class VerwerkingRead(ApiOutput):
    """What is processed and why, on which ground, who sees it, and how long it is kept."""

    code: str
    gegevens: str
    doel: str
    grondslag: str
    wie: str
    vanaf: str
    termijnen: list[BewaartermijnRead]


class Verwerkingsregister(ApiOutput):
    """The register of processing."""

    resultaten: list[VerwerkingRead]
