"""Tables of the stock: adressen, objecten, vergunningen, bedrijfsplannen, Bibob tests, risicoadressen, imports."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Index, LargeBinary, UniqueConstraint, column
from sqlmodel import Field, SQLModel

from app.core.columns import UtcDateTime, enum_column
from app.core.identifiers import new_id
from app.objecten.status import (
    Importindeling,
    Importstatus,
    Objectstatus,
    Objecttype,
    Risicostatus,
    Vergunningsoort,
    Vergunningstatus,
)


class Adres(SQLModel, table=True):
    """An address with its point in RD and the codes of its areas, assigned when it is stored (REG-20)."""

    __tablename__ = "adressen"
    # No index on gemeentecode alone: the key begins with it, and each index costs a tenth of an import of a city.
    __table_args__ = (UniqueConstraint("gemeentecode", "postcode", "huisnummer", "huisletter", "toevoeging"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    straat: str
    huisnummer: int
    huisletter: str = ""
    toevoeging: str = ""
    postcode: str
    woonplaats: str
    bag_id: str | None = Field(default=None, index=True, description="nummeraanduiding, 16 digits as text")
    x: float | None = None
    y: float | None = None
    wijkcode: str | None = None
    buurtcode: str | None = None
    buiten_gemeente: bool = False
    gebied_jaar: int | None = Field(default=None, description="year of the division that assigned wijk and buurt")
    adresseerbaar_object_id: str | None = Field(
        default=None, description="verblijfsobject, stand- or ligplaats, 16 digits"
    )
    pand_id: str | None = Field(default=None, description="the first building it is part of, 16 digits")
    gebruiksdoelen: list[str] | None = Field(default=None, sa_type=JSON, description="of the eleven of the BAG")
    oppervlakte: int | None = Field(default=None, description="floor area in m2 as the BAG tells it")
    status_bag: str | None = None
    vervallen_op: date | None = Field(default=None, description="withdrawn in the BAG; marked, never deleted")
    bron: str | None = None
    import_id: UUID | None = Field(default=None, description="the import that last changed it; without a constraint")
    bijgewerkt_op: datetime | None = Field(default=None, sa_type=UtcDateTime, description="last change by an import")


class Object(SQLModel, table=True):
    """A place that can be controlled. A dwelling never has a KvK number (REG-05, REG-19)."""

    __tablename__ = "objecten"
    __table_args__ = (
        UniqueConstraint("gemeentecode", "nummer"),
        CheckConstraint("type <> 'WON' OR kvk_nummer IS NULL", name="woning_zonder_kvk"),
        CheckConstraint("type <> 'WON' OR sector IS NULL", name="woning_zonder_sector"),
        Index("ix_objecten_box", "gemeentecode", "x", "y"),
        Index("ix_objecten_lijst", "gemeentecode", "type", "nummer"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    nummer: str = Field(description="the municipality's own reference")
    type: Objecttype = Field(sa_type=enum_column(Objecttype))
    naam: str
    adres_id: UUID = Field(foreign_key="adressen.id", index=True)
    x: float | None = None
    y: float | None = None
    wijkcode: str | None = None
    buurtcode: str | None = Field(default=None, index=True)
    buiten_gemeente: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    gebied_jaar: int | None = Field(default=None, description="year of the division that assigned wijk and buurt")
    kvk_nummer: str | None = Field(default=None, index=True)
    sector: str | None = None
    capaciteit: int | None = Field(default=None, description="beds or places (REG-06)")
    openingstijden: dict[str, Any] | None = Field(
        default=None, sa_type=JSON, description="weekday 1..7 to [[from, to]] in minutes after midnight"
    )
    status: Objectstatus = Field(default=Objectstatus.ACTIEF, sa_type=enum_column(Objectstatus))
    bron: str
    versie: int = 1


class Vergunning(SQLModel, table=True):
    """A permit of an object."""

    __tablename__ = "vergunningen"
    __table_args__ = (UniqueConstraint("gemeentecode", "soort", "nummer"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    object_id: UUID = Field(foreign_key="objecten.id", index=True)
    soort: Vergunningsoort = Field(sa_type=enum_column(Vergunningsoort))
    nummer: str
    status: Vergunningstatus = Field(sa_type=enum_column(Vergunningstatus))
    geldig_vanaf: date
    geldig_tot: date | None = None
    leidinggevendenbijlage: str | None = Field(
        default=None, description="reference of the appendix, never names (REG-03)"
    )
    bron: str
    verdwenen_op: date | None = Field(default=None, description="no longer in the source; marked, never deleted")
    versie: int = 1


class Bedrijfsplan(SQLModel, table=True):
    """A version of the business plan of a licensed establishment (REG-13)."""

    __tablename__ = "bedrijfsplannen"
    __table_args__ = (UniqueConstraint("object_id", "versienaam"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    object_id: UUID = Field(foreign_key="objecten.id", index=True)
    versienaam: str
    goedgekeurd_op: date
    onderdelen: list[str] = Field(sa_type=JSON)


class BibobToets(SQLModel, table=True):
    """A Bibob test of a permit: date and reference, never its content (CAD-02, INS-08)."""

    __tablename__ = "bibob_toetsen"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    vergunning_id: UUID = Field(foreign_key="vergunningen.id", index=True)
    getoetst_op: date
    kenmerk: str


class Risicoadres(SQLModel, table=True):
    """An address in view, with reason, source, review date and the date before which it must be controlled (REG-01, CAD-06)."""

    __tablename__ = "risicoadressen"
    __table_args__ = (
        Index("ix_risicoadressen_open", "gemeentecode", "status", "controle_voor"),
        Index(
            "ux_risicoadressen_een_open",  # one open risk address per object (CAD-06)
            "object_id",
            unique=True,
            sqlite_where=column("status") == "open",
            postgresql_where=column("status") == "open",
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    adres_id: UUID = Field(foreign_key="adressen.id", index=True)
    object_id: UUID = Field(foreign_key="objecten.id", index=True)
    reden: str
    bron: str
    in_beeld_op: date
    herzien_op: date
    vervalt_op: date | None = None
    controle_voor: date
    status: Risicostatus = Field(default=Risicostatus.OPEN, sa_type=enum_column(Risicostatus))
    bezocht_op: date | None = None
    versie: int = 1


class Import(SQLModel, table=True):
    """One upload and how far it is."""

    __tablename__ = "importen"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    indeling: Importindeling = Field(sa_type=enum_column(Importindeling))
    bestandsnaam: str
    sha256: str
    bron: str
    jaar: int | None = Field(default=None, description="year of a division, when the file does not tell it")
    proef: bool = Field(
        default=False, sa_column_kwargs={"server_default": "0"}, description="a preview: nothing is stored"
    )
    status: Importstatus = Field(default=Importstatus.WACHT, sa_type=enum_column(Importstatus))
    melding: str | None = None
    gemaakt_op: datetime = Field(sa_type=UtcDateTime)
    klaar_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    regels: int = 0
    verwerkt: int = 0
    nieuw: int = 0
    gewijzigd: int = 0
    ongewijzigd: int = 0
    afgewezen: int = 0


class Importbestand(SQLModel, table=True):
    """The bytes of an upload until it has been worked through."""

    __tablename__ = "importbestanden"

    import_id: UUID = Field(foreign_key="importen.id", primary_key=True)
    inhoud: bytes = Field(sa_type=LargeBinary)


class Importafwijzing(SQLModel, table=True):
    """One rejected row: line, field, reason; without the value when it may be personal."""

    __tablename__ = "importafwijzingen"
    __table_args__ = (Index("ix_importafwijzingen_volgorde", "import_id", "regel", "veld"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    import_id: UUID = Field(foreign_key="importen.id")
    regel: int
    veld: str
    reden: str
    rij_ingelezen: bool = Field(default=False, description="only this field was left out; the row landed")


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
