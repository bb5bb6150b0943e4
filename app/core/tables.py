"""Tables of the core: audit rows, browser sessions, wrapped data keys, kept files, the stamp of the database."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from app.core.columns import UtcDateTime
from app.core.identifiers import new_id


class Auditregel(SQLModel, table=True):
    """Who did or read what, when, with which result (BIO2 8.15.01). Rows are only added, never changed."""

    __tablename__ = "auditregels"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    tijdstip: datetime = Field(sa_type=UtcDateTime, index=True)
    actor: str = Field(index=True)
    rollen: str
    gemeentecode: str | None = Field(default=None, index=True)
    actie: str
    soort: str | None = None
    object_id: str | None = Field(default=None, index=True)
    uitkomst: str
    verzoek_id: str
    herkomst: str


class Sessie(SQLModel, table=True):
    """A browser session; only the hash of its secret is stored."""

    __tablename__ = "sessies"

    sleutelhash: str = Field(primary_key=True)
    sub: str = Field(index=True)
    csrf: str
    gestart_op: datetime = Field(sa_type=UtcDateTime)
    gebruikt_op: datetime = Field(sa_type=UtcDateTime)
    verloopt_op: datetime = Field(sa_type=UtcDateTime, index=True)


class Aanmeldpoging(SQLModel, table=True):
    """A sign-in that was started and waits for the identity provider's answer (state, nonce, PKCE verifier)."""

    __tablename__ = "aanmeldpogingen"

    statehash: str = Field(primary_key=True)
    nonce: str
    verifier: str
    naar: str
    verloopt_op: datetime = Field(sa_type=UtcDateTime, index=True)


class Datasleutel(SQLModel, table=True):
    """The wrapped data key of one record; erasing it makes the record unreadable for good."""

    __tablename__ = "datasleutels"

    record_id: UUID = Field(primary_key=True)
    ringsleutel: str = Field(index=True)
    wrap: bytes = Field(sa_type=LargeBinary)


class Kenmerk(SQLModel, table=True):
    """Facts of this database itself, such as its stamp (demo or productie)."""

    __tablename__ = "kenmerken"

    naam: str = Field(primary_key=True)
    waarde: str


class Bestand(SQLModel, table=True):
    """A kept file: its size, its number of blocks and the SHA-256 of what it says (`core/bestanden.py`)."""

    __tablename__ = "bestanden"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    grootte: int
    blokken: int
    sha256: str
    gemaakt_op: datetime = Field(sa_type=UtcDateTime)


class Bestandsblok(SQLModel, table=True):
    """A block of a kept file, encrypted under the data key of the file."""

    __tablename__ = "bestandsblokken"

    bestand_id: UUID = Field(foreign_key="bestanden.id", primary_key=True)
    nummer: int = Field(primary_key=True)
    inhoud: bytes = Field(sa_type=LargeBinary)
