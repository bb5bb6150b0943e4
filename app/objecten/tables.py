"""Tables of the stock: adressen, objecten, vergunningen, bedrijfsplannen, Bibob tests, certificaten, risicoadressen, risicogebieden, imports."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Index, LargeBinary, UniqueConstraint, column
from sqlmodel import Field, SQLModel

from app.core.columns import EncryptedText, SealedText, UtcDateTime, enum_column
from app.core.identifiers import new_id
from app.objecten.status import (
    Importfase,
    Importindeling,
    Importstatus,
    Koppelrol,
    Koppelsleutel,
    Objectstatus,
    Objecttype,
    Risicostatus,
    Vergunningsoort,
    Vergunningstatus,
)


class Adres(SQLModel, table=True):
    """An address with its point in RD and the codes of its areas, assigned when it is stored (REG-20)."""

    __tablename__ = "adressen"
    __table_args__ = (UniqueConstraint("gemeentecode", "postcode", "huisnummer", "huisletter", "toevoeging"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
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
    kvk_nummer: str | None = Field(default=None, index=True)
    sector: str | None = None
    capaciteit: int | None = Field(default=None, description="beds or places (REG-06)")
    openingstijden: dict[str, Any] | None = Field(
        default=None, sa_type=JSON, description="weekday 1..7 to [[from, to]] in minutes after midnight"
    )
    status: Objectstatus = Field(default=Objectstatus.ACTIEF, sa_type=enum_column(Objectstatus))
    bron: str
    import_id: UUID | None = Field(default=None, description="the import that last changed it; without a constraint")
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
    import_id: UUID | None = Field(default=None, description="the import that last changed it; without a constraint")
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


class Risicogebied(SQLModel, table=True):
    """Why an area asks attention, with a published figure; never a person, never an input of priority (REG-12)."""

    __tablename__ = "risicogebieden"
    __table_args__ = (UniqueConstraint("gemeentecode", "gebiedcode", "jaar", "bron", "kerngetal"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    gebiedcode: str = Field(index=True)
    jaar: int = Field(description="year of the division of areas")
    reden: str
    bron: str
    url: str = ""
    kerngetal: str = Field(default="", description="name of the figure; empty without one")
    waarde: float | None = None
    geldig_tot: date = Field(description="last day on which the reason counts as current")


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
