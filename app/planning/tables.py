"""Tables of planning: capacity, planning rounds, their proposed visits and what did not fit."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index
from sqlmodel import Field, SQLModel

from app.core.columns import UtcDateTime, enum_column
from app.core.identifiers import new_id
from app.planning.status import Beschikbaarheidsoort, Herplanstatus, Planrondestatus


class Beschikbaarheid(SQLModel, table=True):
    """A shift of a team on a date, or a date on which a partner can take part."""

    __tablename__ = "beschikbaarheden"
    __table_args__ = (Index("ix_beschikbaarheden_datum", "gemeentecode", "datum"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    soort: Beschikbaarheidsoort = Field(sa_type=enum_column(Beschikbaarheidsoort))
    team_id: UUID | None = Field(default=None, foreign_key="teams.id", index=True)
    partner_id: UUID | None = Field(default=None, foreign_key="partners.id", index=True)
    datum: date
    van: int = Field(description="minutes after midnight")
    tot: int = Field(description="minutes after midnight; above 1440 past midnight")
    bezetting: int | None = Field(default=None, description="inspectors present; empty: as many as the setting asks")
    trekker_id: UUID | None = Field(default=None, foreign_key="accounts.id", description="function account that leads")
    versie: int = 1


class Dienstlid(SQLModel, table=True):
    """A function account on a shift, where that is known; without rows the whole team may be on it."""

    __tablename__ = "dienstleden"

    beschikbaarheid_id: UUID = Field(foreign_key="beschikbaarheden.id", primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id", primary_key=True, index=True)


class Vervallendienst(SQLModel, table=True):
    """A shift that was taken off the roster, so that calendars can show it as cancelled (RFC 5545, STATUS)."""

    __tablename__ = "vervallendiensten"

    id: UUID = Field(primary_key=True, description="that of the shift")
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    team_id: UUID | None = Field(default=None, foreign_key="teams.id", index=True)
    partner_id: UUID | None = Field(default=None, foreign_key="partners.id")
    datum: date
    van: int
    tot: int
    versie: int
    vervallen_op: datetime = Field(sa_type=UtcDateTime)


class Verlofperiode(SQLModel, table=True):
    """Days on which a team or a function account is not there. Why is asked nowhere: illness is nobody's business here."""

    __tablename__ = "verlofperioden"
    __table_args__ = (Index("ix_verlofperioden_van", "gemeentecode", "van"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    team_id: UUID | None = Field(default=None, foreign_key="teams.id", index=True)
    account_id: UUID | None = Field(default=None, foreign_key="accounts.id", index=True)
    van: date
    tot: date = Field(description="last day")
    versie: int = 1


class Agendasleutel(SQLModel, table=True):
    """A secret address of a calendar feed; only its digest is stored, and it ends by itself (PLN-18)."""

    __tablename__ = "agendasleutels"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    team_id: UUID | None = Field(default=None, foreign_key="teams.id", index=True)
    partner_id: UUID | None = Field(default=None, foreign_key="partners.id", index=True)
    sleutelhash: str = Field(unique=True)
    geldig_tot: date = Field(description="last day")
    ingetrokken_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    gemaakt_op: datetime = Field(sa_type=UtcDateTime)
    gemaakt_door: UUID
    uur: datetime | None = Field(default=None, sa_type=UtcDateTime, description="start of the hour that is counted")
    opgehaald: int = Field(default=0, description="fetches in that hour")
    versie: int = 1


class Toezichtplan(SQLModel, table=True):
    """Continuous supervision of a part of the work, with or without a number a year (CAD-18)."""

    __tablename__ = "toezichtplannen"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    naam: str
    objecttypen: list[str] = Field(sa_type=JSON, description="what it counts; never dwellings (REG-05)")
    aantal_per_jaar: int | None = Field(default=None, description="empty: continuous, without a number")
    geldig_vanaf: date
    geldig_tot: date | None = None
    versie: int = 1


class Planronde(SQLModel, table=True):
    """A planning round. The seed is stored at once and shown to nobody before the plan was executed (PLN, planning.md)."""

    __tablename__ = "planrondes"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    naam: str
    van: date
    tot: date
    status: Planrondestatus = Field(sa_type=enum_column(Planrondestatus))
    parameters: dict[str, Any] = Field(sa_type=JSON)
    seed: int = Field(sa_type=BigInteger)
    motorversie: str = ""
    voortgang: float = 0.0
    melding: str = ""
    uitkomst: dict[str, Any] | None = Field(
        default=None, sa_type=JSON, description="what was reached and what stands in the way; never the seed"
    )
    vrijgegeven_tot: date | None = Field(default=None, description="last day that was released; empty: nothing yet")
    berekend_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    bekende_rondes: list[str] = Field(
        default_factory=list,
        sa_type=JSON,
        description="rounds over this period that were released before it was calculated, each with the last day that was",
    )
    gemaakt_op: datetime = Field(sa_type=UtcDateTime)
    gemaakt_door: UUID
    versie: int = 1


class Planactie(SQLModel, table=True):
    """A proposed integral action of a round."""

    __tablename__ = "planacties"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    planronde_id: UUID = Field(foreign_key="planrondes.id", index=True)
    datum: date
    gebied: str | None
    partner_ids: list[str] = Field(sa_type=JSON)
    vast: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    versie: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class Planregel(SQLModel, table=True):
    """A proposed visit of a round, with its reasons."""

    __tablename__ = "planregels"
    __table_args__ = (Index("ix_planregels_volgorde", "planronde_id", "datum", "team_id", "volgorde"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    planronde_id: UUID = Field(foreign_key="planrondes.id")
    object_id: UUID = Field(foreign_key="objecten.id")
    team_id: UUID = Field(foreign_key="teams.id")
    actie_id: UUID | None = Field(default=None, foreign_key="planacties.id")
    datum: date
    aanvang: int
    duur: int
    reistijd: int = Field(default=0, description="minutes of travel from the visit before it")
    volgorde: int
    normsleutel: str | None
    verplicht: bool = Field(
        default=False, sa_column_kwargs={"server_default": "0"}, description="a norm or term asks for it"
    )
    aanleiding: str
    redenen: dict[str, Any] = Field(sa_type=JSON)
    vast: bool = False
    versie: int = 1


class Planrest(SQLModel, table=True):
    """A visit that did not fit, and why."""

    __tablename__ = "planresten"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    planronde_id: UUID = Field(foreign_key="planrondes.id", index=True)
    object_id: UUID = Field(foreign_key="objecten.id")
    normsleutel: str | None = None
    verplicht: bool = Field(default=False, description="a norm or term asked for it")
    reden: str
    door_planner: bool = Field(
        default=False,
        sa_column_kwargs={"server_default": "0"},
        description="a planner dropped it: it stays out until a planner adds it again",
    )
    redenen: dict[str, Any] | None = Field(
        default=None, sa_type=JSON, description="the reasons that it had, so that it can come back as it was"
    )
    aanleiding: str | None = None


class Planrondegebeurtenis(SQLModel, table=True):
    """One step of a round: who, when, what, why."""

    __tablename__ = "planrondegebeurtenissen"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    planronde_id: UUID = Field(foreign_key="planrondes.id", index=True)
    tijdstip: datetime = Field(sa_type=UtcDateTime)
    actor: UUID
    actie: str
    toelichting: str = ""
    betreft: dict[str, Any] | None = Field(
        default=None, sa_type=JSON, description="what was changed: ids, dates and minutes; never a text"
    )


class Herplanning(SQLModel, table=True):
    """A proposal to change the released plan as little as possible after something happened."""

    __tablename__ = "herplanningen"
    __table_args__ = (Index("ix_herplanningen_lijst", "gemeentecode", "gemaakt_op", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    status: Herplanstatus = Field(sa_type=enum_column(Herplanstatus))
    van: date
    tot: date
    gebeurtenissen: list[dict[str, Any]] = Field(sa_type=JSON, description="what was asked")
    inhoud_hash: str = Field(description="digest of what was sent; makes sending again safe")
    wijzigingen: list[dict[str, Any]] = Field(sa_type=JSON, description="each visit that changes, with its reason")
    stand: list[dict[str, Any]] = Field(
        sa_type=JSON, description="controls of every touched shift with their version: what the proposal rests on"
    )
    uitkomst: dict[str, Any] = Field(sa_type=JSON, description="how good it is, and what it breaks")
    motorversie: str
    gemaakt_op: datetime = Field(sa_type=UtcDateTime)
    gemaakt_door: UUID
    versie: int = 1


class Herplanstap(SQLModel, table=True):
    """One step of a proposal to replan: who, when, what, why (ROL-08)."""

    __tablename__ = "herplanstappen"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    herplanning_id: UUID = Field(foreign_key="herplanningen.id", index=True)
    tijdstip: datetime = Field(sa_type=UtcDateTime)
    actor: UUID
    actie: str
    toelichting: str = ""
