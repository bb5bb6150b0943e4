"""Imports and what they report, and how far places follow a division of areas."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Index,
    LargeBinary,
)
from sqlmodel import Field, SQLModel

from app.core.columns import EncryptedText, SealedText, UtcDateTime, enum_column
from app.core.identifiers import new_id
from app.objecten.status import (
    Importfase,
    Importindeling,
    Importstatus,
)


class Import(SQLModel, table=True):
    """One upload, how far it is, and where the set came from. The row stays when its report is deleted: the stock names it."""

    model_config = {"arbitrary_types_allowed": True}
    __tablename__ = "importen"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    indeling: Importindeling | None = Field(
        default=None, sa_type=enum_column(Importindeling), description="none until it is recognised"
    )
    bestandsnaam: str
    bestand_id: UUID | None = Field(default=None, description="bestanden.id, as long as the file is kept")
    sha256: str
    bron: str
    licentie: str | None = None
    bron_url: str | None = None
    peildatum: date | None = Field(default=None, description="the day of which the set tells")
    proef: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    jaar: int | None = Field(default=None, description="year of a division, when the file does not tell it")
    status: Importstatus = Field(default=Importstatus.WACHT, sa_type=enum_column(Importstatus))
    fase: Importfase | None = Field(default=None, sa_type=enum_column(Importfase))
    melding: str | None = None
    gemaakt_op: datetime = Field(sa_type=UtcDateTime)
    klaar_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opruimen_op: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when rejected rows, and the file of a preview, are removed"
    )
    doorgevoerd_op: datetime | None = Field(default=None, sa_type=UtcDateTime, description="a preview was made real")
    bevestigd_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    verwijderd_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    kolommen: list[str] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]"}, description="as kept"
    )
    voorbeeld: SealedText | None = Field(
        default=None, sa_type=EncryptedText, description="first rows of a preview, sealed under the import"
    )
    regels: int = 0
    verwerkt: int = 0
    nieuw: int = 0
    gewijzigd: int = 0
    ongewijzigd: int = 0
    afgewezen: int = 0
    rijen_per_seconde: float | None = None
    te_bevestigen: int = Field(
        default=0, sa_column_kwargs={"server_default": "0"}, description="permits not marked as disappeared yet"
    )


class Importbestand(SQLModel, table=True):
    """The bytes of an upload that an older version of the service took in; goes when no such version runs any more."""

    __tablename__ = "importbestanden"

    import_id: UUID = Field(foreign_key="importen.id", primary_key=True)
    inhoud: bytes = Field(sa_type=LargeBinary)


class Importafwijzing(SQLModel, table=True):
    """One fault of a rejected row: line, field, reason; without the value when it may be personal."""

    __tablename__ = "importafwijzingen"
    __table_args__ = (Index("ix_importafwijzingen_volgorde", "import_id", "regel", "veld"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    import_id: UUID = Field(foreign_key="importen.id")
    regel: int
    veld: str
    reden: str
    rij_ingelezen: bool = Field(default=False, description="only this field was left out; the row landed")


class AfgewezenInvoer(SQLModel, table=True):
    """The kept columns of a rejected row as they were read, sealed under the import; removed after a term."""

    model_config = {"arbitrary_types_allowed": True}
    __tablename__ = "afgewezen_rijen"
    __table_args__ = (Index("ix_afgewezen_rijen_volgorde", "import_id", "regel", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    import_id: UUID = Field(foreign_key="importen.id")
    regel: int
    waarden: SealedText = Field(sa_type=EncryptedText)


class Importverdwijning(SQLModel, table=True):
    """A permit that a source no longer names, and that waits for somebody to confirm it: the source lost too much at once."""

    __tablename__ = "importverdwijningen"

    import_id: UUID = Field(foreign_key="importen.id", primary_key=True)
    vergunning_id: UUID = Field(foreign_key="vergunningen.id", primary_key=True)


class Gebiedstoewijzing(SQLModel, table=True):
    """How far the places of a municipality have got the areas of the division that holds now (REG-20).

    The stamp names that division. A change of it begins a new pass; a pass goes in the order of an index, in batches, so that it can go
    on after a kill.
    """

    __tablename__ = "gebiedstoewijzingen"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", unique=True)
    jaar: int | None = None
    stempel: str
    na_adres: list[Any] | None = Field(default=None, sa_type=JSON, description="key of the last address that was done")
    adressen_klaar: bool = False
    na_object: str | None = Field(default=None, description="number of the last object that was done")
    gewijzigd: int = Field(default=0, description="places that got other areas in this pass")
    klaar_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
