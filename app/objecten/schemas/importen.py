"""API shapes of imports."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from app.core.http.schemas import ApiOutput
from app.objecten.status import Importfase, Importindeling, Importstatus


@dataclass(frozen=True)
class Aanvraag:
    """What somebody wants with a file: where it came from, and whether it is a preview only."""

    gemeentecode: str
    bron: str
    indeling: Importindeling | None = None
    proef: bool = False
    licentie: str | None = None
    bron_url: str | None = None
    peildatum: date | None = None
    jaar: int | None = None


class ImportRead(ApiOutput):
    """An import and how far it is. A row counts once: nieuw, gewijzigd, ongewijzigd or afgewezen."""

    id: UUID
    gemeentecode: str
    indeling: Importindeling | None = Field(description="Leeg zolang de indeling nog niet herkend is.")
    bestandsnaam: str
    sha256: str
    bron: str
    licentie: str | None
    bron_url: str | None
    peildatum: date | None = Field(description="De dag waarover het bestand gaat.")
    proef: bool = Field(description="Alleen gelezen en vergeleken; er is niets bewaard.")
    jaar: int | None
    status: Importstatus
    fase: Importfase | None = Field(description="Leeg als het werk klaar of mislukt is.")
    melding: str | None
    gemaakt_op: datetime
    klaar_op: datetime | None
    doorgevoerd_op: datetime | None = Field(description="Wanneer de proef is doorgevoerd.")
    bevestigd_op: datetime | None = Field(description="Wanneer verdwenen vergunningen zijn bevestigd.")
    verwijderd_op: datetime | None = Field(description="Wanneer het verslag is verwijderd.")
    opruimen_op: datetime | None = Field(description="Wanneer afgewezen rijen, en het bestand van een proef, weggaan.")
    regels: int
    verwerkt: int
    nieuw: int
    gewijzigd: int
    ongewijzigd: int
    afgewezen: int
    te_bevestigen: int = Field(description="Vergunningen die niet meer in de bron staan en nog niet gemarkeerd zijn.")
    rijen_per_seconde: float | None


class VeldwijzigingRead(ApiOutput):
    """A field of the stock before and after a row."""

    veld: str
    oud: str | None
    nieuw: str | None


class VoorbeeldrijRead(ApiOutput):
    """What one row of a preview would do."""

    regel: int
    uitkomst: str
    object_nummer: str | None
    velden: list[VeldwijzigingRead]


class ImportDetail(ImportRead):
    """An import with the first rows of its preview."""

    voorbeeld: list[VoorbeeldrijRead] = Field(
        description="De eerste rijen van een proef zoals ze erin zouden komen. Velden alleen voor wie deze gegevens mag zien."
    )


class ImportafwijzingRead(ApiOutput):
    """A fault in a row: line, field and reason. `rijIngelezen` tells that the rest of the row landed all the same."""

    id: UUID
    regel: int
    veld: str
    reden: str
    rij_ingelezen: bool
