"""Tables of the municipality: profile, areas, norms, teams, accounts, designations, partners, help, roster, tasks, lists."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, Text, UniqueConstraint, event
from sqlmodel import Field, SQLModel

from app.core.columns import EncryptedText, SealedText, UtcDateTime, enum_column
from app.core.identifiers import new_id
from app.gemeenten.status import (
    Bereik,
    Berichtkanaal,
    Berichtstatus,
    Financier,
    Gebiedsoort,
    Opleidingsoort,
    Partnersoort,
    Taakstatus,
    Teamsoort,
    Wet,
)


class Regio(SQLModel, table=True):
    """A region in which municipalities work together (HEIT, RIEC, zorgcoördinatie)."""

    __tablename__ = "regios"

    code: str = Field(primary_key=True)
    naam: str


class Gemeente(SQLModel, table=True):
    """A municipality that works with this installation."""

    __tablename__ = "gemeenten"

    code: str = Field(primary_key=True, description="CBS code, for example GM0518")
    naam: str
    regio_code: str | None = Field(default=None, foreign_key="regios.code", index=True)
    in_gebruik: bool = False
    versie: int = 1


class Gebied(SQLModel, table=True):
    """An area of one year: municipality, wijk or buurt, with its boundary in RD."""

    __tablename__ = "gebieden"
    __table_args__ = (UniqueConstraint("code", "jaar"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    soort: Gebiedsoort = Field(sa_type=enum_column(Gebiedsoort))
    code: str
    naam: str
    ouder: str | None = Field(default=None, description="code of the area one level up")
    jaar: int
    geometrie: str = Field(sa_type=Text, description="GeoJSON in EPSG:28992")
    bron: str


class Norm(SQLModel, table=True):
    """A dated norm or setting of one municipality, or of all (gemeentecode empty)."""

    __tablename__ = "normen"
    __table_args__ = (UniqueConstraint("gemeentecode", "sleutel", "geldig_vanaf"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(default="", index=True, description="empty: every municipality")
    sleutel: str = Field(index=True)
    waarde: float | None = Field(default=None, description="empty: there is no such norm in this period")
    eenheid: str
    geldig_vanaf: date
    geldig_tot: date | None = Field(default=None, description="last day on which it holds")
    bron: str
    versie: int = 1


class Team(SQLModel, table=True):
    """A team of inspectors."""

    __tablename__ = "teams"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    naam: str
    soort: Teamsoort = Field(sa_type=enum_column(Teamsoort))
    versie: int = 1


class Account(SQLModel, table=True):
    """A function account: what somebody may do, never who somebody is."""

    __tablename__ = "accounts"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    sub: str = Field(unique=True, description="subject at the identity provider")
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    functie: str = Field(description="for example: Toezichthouder 12")
    rollen: list[str] = Field(sa_type=JSON)
    domein: str | None = Field(default=None, description="domain of an AF: zorg or veiligheid (ROL-02)")
    actief_vanaf: date
    actief_tot: date | None = None
    versie: int = 1


class Teamlid(SQLModel, table=True):
    """An account in a team."""

    __tablename__ = "teamleden"

    team_id: UUID = Field(foreign_key="teams.id", primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id", primary_key=True)


class Aanwijzing(SQLModel, table=True):
    """A designation: this inspector may act under this law in this municipality (REG-17, ROL-23)."""

    __tablename__ = "aanwijzingen"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id", index=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    wet: Wet = Field(sa_type=enum_column(Wet))
    geldig_vanaf: date
    geldig_tot: date | None = None
    versie: int = 1


class Opleiding(SQLModel, table=True):
    """A training or competence of a function account with its last day; never a mark or how somebody did (TRN-01, TRN-04)."""

    __tablename__ = "opleidingen"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id", index=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True, description="keeps the register")
    soort: Opleidingsoort = Field(sa_type=enum_column(Opleidingsoort))
    aanbieder: str = Field(description="organisation that gave it, for example CoMensha")
    geldig_vanaf: date
    geldig_tot: date | None = None
    versie: int = 1


class Partner(SQLModel, table=True):
    """A partner organisation of a municipality, under its regional name (REG-16, ROL-10, ROL-11, DEF-10)."""

    __tablename__ = "partners"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    soort: Partnersoort = Field(sa_type=enum_column(Partnersoort))
    naam: str
    aliassen: list[str] = Field(sa_type=JSON)
    zoektekst: str = Field(default="", sa_type=Text, description="name and aliases, folded, for search")
    vormen: list[str] = Field(sa_type=JSON, description="forms of exploitation it is for")
    taken: str = ""
    kanaal: str = Field(default="", description="secure channel; a team address, never a person's")
    grondslag: str = Field(default="", description="convenant or law")
    geldig_vanaf: date
    geldig_tot: date | None = None
    versie: int = 1


class Zorgaanbod(SQLModel, table=True):
    """One kind of help of one organisation: the zorgkaart (REG-15, HLP-01, HLP-02). About organisations, never about who is helped."""

    __tablename__ = "zorgaanbod"
    __table_args__ = (Index("ix_zorgaanbod_lijst", "gemeentecode", "organisatie", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    bereik: Bereik = Field(sa_type=enum_column(Bereik))
    organisatie: str
    hulpsoort: str = Field(description="code of the list 'hulpsoorten'")
    financier: Financier = Field(sa_type=enum_column(Financier))
    gesubsidieerd: bool
    capaciteit: str = Field(default="", description="note on places; a number is out of date tomorrow")
    geldig_vanaf: date
    geldig_tot: date | None = None
    versie: int = 1


class Zorgaanbodgroep(SQLModel, table=True):
    """A group that an offer of help is for; code of the list 'hulpgroepen'."""

    __tablename__ = "zorgaanbod_groepen"

    zorgaanbod_id: UUID = Field(foreign_key="zorgaanbod.id", primary_key=True)
    groep: str = Field(primary_key=True, index=True)


class Piketdienst(SQLModel, table=True):
    """Who is on call as AF, on a functional number that was tested (ROL-24)."""

    __tablename__ = "piketdiensten"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    account_id: UUID = Field(foreign_key="accounts.id")
    rang: int = Field(default=1, description="1: on call, 2: stand-in")
    nummer: str = Field(default="", description="functional on-call number; never somebody's own")
    van: datetime = Field(sa_type=UtcDateTime)
    tot: datetime = Field(sa_type=UtcDateTime)
    getest_op: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Taak(SQLModel, table=True):
    """Something to do by a role or team before a date; refers to a record, holds no content of it."""

    __tablename__ = "taken"
    __table_args__ = (
        Index("ix_taken_open", "gemeentecode", "status", "voor_datum"),
        UniqueConstraint("soort", "onderwerp_id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    soort: str
    omschrijving: str
    voor_rol: str
    team_id: UUID | None = Field(default=None, foreign_key="teams.id")
    onderwerp_soort: str
    onderwerp_id: UUID
    voor_datum: date | None = None
    status: Taakstatus = Field(default=Taakstatus.OPEN, sa_type=enum_column(Taakstatus))
    gemaakt_op: datetime = Field(sa_type=UtcDateTime)
    gedaan_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    gedaan_door: UUID | None = None
    versie: int = 1


class Lijstwaarde(SQLModel, table=True):
    """A value of a shared list (sectors, triggers, source kinds), extendable per municipality (REG-07)."""

    __tablename__ = "lijstwaarden"
    __table_args__ = (UniqueConstraint("lijst", "code", "gemeentecode"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(default="", description="empty: every municipality")
    lijst: str = Field(index=True)
    code: str
    naam: str
    kenmerken: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class Bericht(SQLModel, table=True):
    """A message in the outbox: to whom and over what, as an opaque reference; the text is always the same neutral one.

    Its due time is a column that a sweep looks at; a message that keeps failing ends as a dead letter that is shown.
    """

    __tablename__ = "berichten"
    __table_args__ = (
        UniqueConstraint("sleutel"),
        Index("ix_berichten_aan_de_beurt", "status", "volgende_op"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    sleutel: str = Field(description="one message per thing, moment and recipient; a repeat is harmless")
    kanaal: Berichtkanaal = Field(sa_type=enum_column(Berichtkanaal))
    account_id: UUID | None = Field(default=None, foreign_key="accounts.id", index=True)
    partner_id: UUID | None = Field(default=None, foreign_key="partners.id")
    piketdienst_id: UUID | None = Field(
        default=None, foreign_key="piketdiensten.id", description="its functional number is rung"
    )
    verwijzing: UUID = Field(description="opaque; leads to the record only for who may see it")
    dringend: bool = False
    antwoord_nodig: bool = Field(default=False, description="an alarm that must be answered in the service")
    beantwoord_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    status: Berichtstatus = Field(default=Berichtstatus.WACHT, sa_type=enum_column(Berichtstatus))
    gemaakt_op: datetime = Field(sa_type=UtcDateTime)
    volgende_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    pogingen: int = 0
    verzonden_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    fout: str | None = Field(default=None, description="our own words; never what the other side answered")


class Berichtinstelling(SQLModel, table=True):
    """How a function account wants to be woken, and when it is away; the mailbox is one of a function or team."""

    __tablename__ = "berichtinstellingen"

    account_id: UUID = Field(foreign_key="accounts.id", primary_key=True)
    kanalen: list[str] = Field(sa_type=JSON, description="codes of Berichtkanaal: webpush, e-mail")
    postbus: str = Field(default="", description="functional mailbox; never somebody's own")
    afwezig_van: datetime | None = Field(default=None, sa_type=UtcDateTime)
    afwezig_tot: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Pushabonnement(SQLModel, table=True):
    """A browser that an account lets us wake (web push). Address and keys are encrypted: they are a way into a device."""

    __tablename__ = "pushabonnementen"
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(default_factory=new_id, primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id", index=True)
    vingerafdruk: str = Field(unique=True, description="digest of the address")
    adres: SealedText = Field(sa_type=EncryptedText)
    sleutels: SealedText = Field(sa_type=EncryptedText)
    gemaakt_op: datetime = Field(sa_type=UtcDateTime)


class Vernietigingsverslag(SQLModel, table=True):
    """What was removed because its term had passed: which records, how many, under which term. Only ever added (DAT-15)."""

    __tablename__ = "vernietigingsverslagen"
    __table_args__ = (Index("ix_vernietigingsverslagen_lijst", "gemeentecode", "verwijderd_op", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str | None = Field(
        default=None, foreign_key="gemeenten.code", description="empty: what belonged to no municipality"
    )
    soort: str = Field(description="kind of record, as in the register of processing")
    termijn: str = Field(description="the norm and its value, or why it went before that")
    aantal: int
    kenmerken: list[str] = Field(sa_type=JSON, description="ids of the records; never content")
    peildatum: date = Field(description="the day up to which terms had passed")
    verwijderd_op: datetime = Field(sa_type=UtcDateTime)


@event.listens_for(Vernietigingsverslag, "before_update")
@event.listens_for(Vernietigingsverslag, "before_delete")
def _only_added(_mapper: object, _connection: object, _row: Vernietigingsverslag) -> None:
    msg = "a destruction report is never changed"
    raise RuntimeError(msg)
