"""Addresses and objects: the places themselves (REG-01 to REG-06, REG-20)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Index,
    UniqueConstraint,
    and_,
    column,
)
from sqlmodel import Field, SQLModel

from app.core.columns import EncryptedText, SealedText, UtcDateTime, enum_column
from app.core.identifiers import new_id
from app.objecten.status import (
    Geocodestatus,
    Koppelrol,
    Koppelsleutel,
    Objectstatus,
    Objecttype,
)

_WAITS_FOR_POINT = and_(column("geocode_status") == Geocodestatus.WACHT.value, column("x").is_(None))


class Adres(SQLModel, table=True):
    """An address with its point in RD and the codes of its areas, assigned when it is stored (REG-20)."""

    __tablename__ = "adressen"
    # No index on gemeentecode alone: the key begins with it, and each index costs a tenth of an import of a city.
    __table_args__ = (
        UniqueConstraint("gemeentecode", "postcode", "huisnummer", "huisletter", "toevoeging"),
        Index(
            "ix_adressen_wacht",
            "geocode_na",
            sqlite_where=_WAITS_FOR_POINT,
            postgresql_where=_WAITS_FOR_POINT,
        ),
    )

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
    import_id: UUID | None = Field(default=None, description="the import that last changed it; without a constraint")
    geocode_status: Geocodestatus = Field(
        default=Geocodestatus.WACHT,
        sa_type=enum_column(Geocodestatus),
        sa_column_kwargs={"server_default": Geocodestatus.WACHT.value},
        description="what stands is read by rules/geocodering.py: a point that came another way counts as found",
    )
    geocode_pogingen: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    geocode_na: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="not tried before; none is at once"
    )
    geocode_melding: str | None = None
    gebied_jaar: int | None = Field(default=None, description="year of the division that assigned wijk and buurt")
    adresseerbaar_object_id: str | None = Field(
        default=None, description="verblijfsobject, stand- or ligplaats, 16 digits"
    )
    pand_id: str | None = Field(default=None, description="the first building it is part of, 16 digits")
    gebruiksdoelen: list[str] | None = Field(default=None, sa_type=JSON, description="of the eleven of the BAG")
    oppervlakte: int | None = Field(default=None, description="floor area in m2 as the BAG tells it")
    status_bag: str | None = None
    bag_gecontroleerd_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    vervallen_op: date | None = Field(default=None, description="withdrawn in the BAG; marked, never deleted")
    bron: str | None = None
    bijgewerkt_op: datetime | None = Field(default=None, sa_type=UtcDateTime, description="last change by an import")
    versie: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class Object(SQLModel, table=True):
    """A place that can be controlled. A dwelling never has a KvK number (REG-05, REG-19)."""

    __tablename__ = "objecten"
    __table_args__ = (
        UniqueConstraint("gemeentecode", "nummer"),
        CheckConstraint("type <> 'WON' OR kvk_nummer IS NULL", name="woning_zonder_kvk"),
        CheckConstraint("type <> 'WON' OR sector IS NULL", name="woning_zonder_sector"),
        # A list goes by number within a municipality; each filter that can be rare has its own way in (F13).
        Index("ix_objecten_lijst", "gemeentecode", "type", "nummer"),
        Index("ix_objecten_status", "gemeentecode", "status", "nummer"),
        Index("ix_objecten_wijk", "gemeentecode", "wijkcode", "nummer"),
        Index("ix_objecten_buurt", "gemeentecode", "buurtcode", "nummer"),
        Index("ix_objecten_buiten", "gemeentecode", "buiten_gemeente"),  # few lie outside
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
    seizoenen: list[list[str]] | None = Field(
        default=None,
        sa_type=JSON,
        description="periods of the year in which it can be visited: [[MM-DD, MM-DD]] (PLN-16)",
    )
    status: Objectstatus = Field(default=Objectstatus.ACTIEF, sa_type=enum_column(Objectstatus))
    bron: str
    import_id: UUID | None = Field(default=None, description="the import that last changed it; without a constraint")
    versie: int = 1


class Objectkoppeling(SQLModel, table=True):
    """Ties a business object to a holder, landlord or operator by number; the number is sealed and matched by keyed hash (REG-19).

    A dwelling can have none: not WON by the check, not a LOG or HOT at an address that is a dwelling by the service.
    """

    __tablename__ = "objectkoppelingen"
    __table_args__ = (
        CheckConstraint("objecttype <> 'WON'", name="nooit_een_woning"),
        CheckConstraint("geldig_tot IS NULL OR geldig_tot >= geldig_vanaf", name="periode"),
    )
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    object_id: UUID = Field(foreign_key="objecten.id", index=True)
    objecttype: Objecttype = Field(sa_type=enum_column(Objecttype), description="of the object; a type never changes")
    rol: Koppelrol = Field(sa_type=enum_column(Koppelrol))
    soort: Koppelsleutel = Field(sa_type=enum_column(Koppelsleutel))
    nummer: SealedText = Field(sa_type=EncryptedText)
    nummer_hash: str = Field(index=True, description="keyed hash; the number itself stands nowhere readable")
    eenmanszaak: bool = Field(description="the number is then about a person")
    bron: str
    geldig_vanaf: date
    geldig_tot: date | None = None


class Certificaat(SQLModel, table=True):
    """A certificate for housing workers, of a company or lodging; never of a dwelling (REG-14)."""

    __tablename__ = "certificaten"
    __table_args__ = (
        UniqueConstraint("object_id", "soort", "nummer"),
        Index("ix_certificaten_verlopen", "gemeentecode", "geldig_tot", "id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    object_id: UUID = Field(foreign_key="objecten.id")
    soort: str = Field(description="code of the list 'huisvestingscertificaten'")
    nummer: str
    geldig_tot: date = Field(description="last day")
    registernaam: str = Field(description="public register in which it was looked up")
    nagekeken_op: date
    versie: int = 1
