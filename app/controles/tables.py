"""Tables of the field: acties, controls, participants, answers as one document, client events, flags, and what a visit needs."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint, column
from sqlmodel import Field, SQLModel

from app.controles.status import (
    Aanleiding,
    Afgever,
    Controlestatus,
    Gebeurtenisstatus,
    Gespreksonderwerp,
    Machtigingsgrond,
    Machtigingstatus,
    Vlagsoort,
)
from app.core.columns import EncryptedText, SealedText, UtcDateTime, enum_column
from app.core.identifiers import new_id


class Actie(SQLModel, table=True):
    """An integral administrative action: one date, several services, any number of addresses (CAD-04)."""

    __tablename__ = "acties"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    datum: date = Field(index=True)
    gebied: str | None = None
    verzamelpunt: str = ""
    aanvang: int | None = Field(default=None, description="start: minutes after midnight, Europe/Amsterdam")
    adressen_vanaf: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when participants may see the addresses (PLN-18)"
    )
    aanspreekpunt: str = Field(
        default="", sa_column_kwargs={"server_default": ""}, description="function or team to ask; never a person"
    )
    planronde_id: UUID | None = None
    versie: int = 1


class Controle(SQLModel, table=True):
    """A control of one object. `uitkomst` and score are confidential and stand in `Antwoorden` only."""

    __tablename__ = "controles"
    __table_args__ = (
        Index("ix_controles_werkpakket", "team_id", "datum"),
        Index("ix_controles_object", "object_id", "datum"),
        Index("ix_controles_lijst", "gemeentecode", "datum", "id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    object_id: UUID = Field(foreign_key="objecten.id")
    team_id: UUID | None = Field(default=None, foreign_key="teams.id")
    actie_id: UUID | None = Field(default=None, foreign_key="acties.id", index=True)
    planronde_id: UUID | None = Field(default=None, index=True)
    status: Controlestatus = Field(sa_type=enum_column(Controlestatus))
    datum: date
    aanvang: int | None = Field(default=None, description="minutes after midnight, Europe/Amsterdam")
    duur: int = Field(default=45, description="minutes")
    volgorde: int = 0
    aanleiding: Aanleiding = Field(sa_type=enum_column(Aanleiding))
    aangekondigd: bool = False
    aangekondigd_reden: str | None = None
    integraal: bool = False
    geloot: bool = Field(
        default=False,
        sa_column_kwargs={"server_default": "0"},
        description="chosen by lot; read by the fairness audit only (MON-13), shown to nobody who plans or controls",
    )
    checklistversies: dict[str, int] = Field(
        default_factory=dict, sa_type=JSON, description="list code to version, fixed at the start"
    )
    normen: dict[str, float] = Field(
        default_factory=dict, sa_type=JSON, description="norm table of the date, fixed at the start"
    )
    bedrijfsplan_versie: str | None = None
    hulpaanbod: bool | None = Field(default=None, description="help was offered; never to whom (PLN-09)")
    gestart_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    afgerond_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opgeschoond_op: date | None = Field(
        default=None, index=True, description="what may be kept for a time only was removed"
    )
    vertrouwelijk_verwijderd_op: date | None = Field(
        default=None, index=True, description="confidential answers are gone"
    )
    keuze_verwijderd_op: date | None = Field(default=None, description="the choice 'geen signaal' is gone")
    inhoud_verwijderd_op: date | None = Field(
        default=None, index=True, description="all answers are gone; the control itself stays for the figures"
    )
    bedrijfsplan_beantwoord: bool = False
    arbeid_beantwoord: bool = False
    binnen: bool = False
    reden: str | None = Field(default=None, description="why it is an attempt or was dropped")
    poging_op: datetime | None = Field(
        default=None,
        sa_type=UtcDateTime,
        description="when nobody came in; says in which part of the day not to try again",
    )
    versie: int = 1


class Deelname(SQLModel, table=True):
    """A service that takes part in an action or a control (CAD-05). The municipality itself has no partner id."""

    __tablename__ = "deelnames"
    __table_args__ = (UniqueConstraint("controle_id", "actie_id", "dienst"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    controle_id: UUID | None = Field(default=None, foreign_key="controles.id", index=True)
    actie_id: UUID | None = Field(default=None, foreign_key="acties.id", index=True)
    partner_id: UUID | None = Field(default=None, foreign_key="partners.id")
    soort: str | None = Field(default=None, description="kind of partner")
    dienst: str = Field(description="name of the service; never of a colleague")


class Antwoorden(SQLModel, table=True):
    """The answers of a control: one document per class, not a row per answer (ADR 0004)."""

    __tablename__ = "antwoorden"
    model_config = {"arbitrary_types_allowed": True}

    controle_id: UUID = Field(foreign_key="controles.id", primary_key=True)
    naleving: dict[str, Any] = Field(sa_type=JSON)
    vertrouwelijk: SealedText | None = Field(
        default=None, sa_type=EncryptedText, description="JSON: confidential answers, outcome, points"
    )
    punten: int = Field(default=0, description="confidential: full points, for stacking over twelve months")
    keuze_geen_signaal: bool = Field(
        default=False, description="confidential: the inspector chose 'geen signaal' on advice"
    )
    bijgewerkt_op: datetime = Field(sa_type=UtcDateTime)
    versie: int = 1


class Controlegebeurtenis(SQLModel, table=True):
    """A client event as it was sent; its id is the client's and makes sending again safe."""

    __tablename__ = "controlegebeurtenissen"
    __table_args__ = (
        Index("ix_controlegebeurtenissen_controle", "controle_id", "apparaat_id", "volgnummer"),
        Index("ix_controlegebeurtenissen_apparaat", "apparaat_id", "volgnummer"),
        Index(  # receipts of what is about no control, for their term; the many others stay out of it
            "ix_controlegebeurtenissen_los",
            "gemeentecode",
            "ontvangen_op",
            sqlite_where=column("controle_id") == column("id"),
            postgresql_where=column("controle_id") == column("id"),
        ),
    )
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(primary_key=True)
    controle_id: UUID = Field(description="the event's own id when it is about no control")
    gemeentecode: str
    soort: str
    apparaat_id: UUID
    volgnummer: int
    apparaat_tijd: datetime = Field(sa_type=UtcDateTime)
    klok_verschil: int = Field(default=0, description="seconds that the device's clock differs from the server's")
    ontvangen_op: datetime = Field(sa_type=UtcDateTime)
    account_id: UUID
    sha256: str
    inhoud: SealedText = Field(sa_type=EncryptedText)
    status: Gebeurtenisstatus = Field(sa_type=enum_column(Gebeurtenisstatus))
    oordeel: list[dict[str, str]] = Field(
        default_factory=list, sa_type=JSON, description="per item what was wrong; never a value"
    )


class Quarantaine(SQLModel, table=True):
    """An event that could not be applied: the same id with other content, an unknown version or control. Kept and shown, never dropped."""

    __tablename__ = "quarantaine"
    __table_args__ = (
        Index("ix_quarantaine_ontvangen", "gemeentecode", "ontvangen_op"),
        Index(  # what waits, in the order of its page; a whole index would lure each delivery away from the digest
            "ix_quarantaine_wacht",
            "ontvangen_op",
            "id",
            sqlite_where=column("opgelost_op").is_(None),
            postgresql_where=column("opgelost_op").is_(None),
        ),
    )
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gebeurtenis_id: UUID
    controle_id: UUID | None = Field(default=None, index=True, description="no reference: the control may be unknown")
    gemeentecode: str
    account_id: UUID
    ontvangen_op: datetime = Field(sa_type=UtcDateTime)
    sha256: str = Field(index=True)
    reden: str = Field(description="code of why it waits")
    inhoud: SealedText = Field(sa_type=EncryptedText)
    opgelost_op: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Vlag(SQLModel, table=True):
    """A flag of the Pandbrigade: counts and a ratio against the dated norm, never who lives there (REG-09)."""

    __tablename__ = "vlaggen"
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    adres_id: UUID = Field(foreign_key="adressen.id", index=True)
    risicoadres_id: UUID | None = Field(default=None, foreign_key="risicoadressen.id")
    soort: Vlagsoort = Field(sa_type=enum_column(Vlagsoort))
    m2: float
    bedden: int
    personen: int
    m2_per_persoon: float | None
    norm_m2: float | None
    onder_norm: bool
    onder_halve_norm: bool
    toelichting: SealedText | None = Field(default=None, sa_type=EncryptedText)
    account_id: UUID
    team_id: UUID | None = None
    gemeld_op: datetime = Field(sa_type=UtcDateTime)
    sha256: str
    versie: int = 1


class Apparaat(SQLModel, table=True):
    """A tablet as it reports itself: how much still has to be sent, and how old; never what (design section 5)."""

    __tablename__ = "apparaten"

    id: UUID = Field(primary_key=True, description="made by the tablet when the app is installed")
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    account_id: UUID = Field(description="function account that used it last")
    appversie: str
    protocolversie: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    lijstversies: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    wachtrij: int = Field(default=0, description="records that are not sent yet")
    oudste_op: datetime | None = Field(default=None, sa_type=UtcDateTime, description="oldest record not sent yet")
    fotos: int = Field(default=0, description="photos that are not stored yet")
    oudste_foto_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    geweigerd: int = Field(default=0, description="records that the service refused and that ask for attention")
    gezien_op: datetime = Field(sa_type=UtcDateTime)
    wissen_gevraagd_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    wissen_gevraagd_door: UUID | None = None
    gewist_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    kopie_op: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when a second tablet was seen to send under this id"
    )
    versie: int = 1


class Tabletsleutel(SQLModel, table=True):
    """A key to which tablets seal their outbox, and with which proofs of delivery are signed; its secret half is sealed.

    Old ones stay for as long as an event that was sealed to them may arrive (`Settings.tablet_key_keep_days`).
    """

    __tablename__ = "tabletsleutels"
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemaakt_op: datetime = Field(sa_type=UtcDateTime, index=True)
    geldig_tot: datetime = Field(sa_type=UtcDateTime, description="until when tablets are told to seal to it")
    publiek: dict[str, str] = Field(sa_type=JSON, description="JWK, public half")
    geheim: SealedText = Field(sa_type=EncryptedText, description="JSON: private JWK, and the key that signs proofs")


class Sleutelhelft(SQLModel, table=True):
    """The half of a tablet's wrapping key that its disk does not hold; given out to who knows the PIN, erased after wrong tries."""

    __tablename__ = "sleutelhelften"
    __table_args__ = (UniqueConstraint("apparaat_id", "account_id"),)
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(default_factory=new_id, primary_key=True)
    apparaat_id: UUID
    account_id: UUID = Field(foreign_key="accounts.id")
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    inhoud: SealedText = Field(sa_type=EncryptedText, description="JSON: the half, and salt and hash of the verifier")
    pogingen: int = Field(default=0, description="wrong tries in a row")
    gemaakt_op: datetime = Field(sa_type=UtcDateTime)


class Inzet(SQLModel, table=True):
    """An inspector on a control: planned, and from check-in to check-out at the place (PLN-02). A function account, never a name."""

    __tablename__ = "inzetten"
    __table_args__ = (
        UniqueConstraint("controle_id", "account_id"),
        Index("ix_inzetten_open", "uitgecheckt_op", "uitchecken_voor"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    controle_id: UUID = Field(foreign_key="controles.id")
    account_id: UUID = Field(foreign_key="accounts.id")
    ingecheckt_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    uitchecken_voor: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="due time of the alarm; empty without a setting"
    )
    uitgecheckt_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    alarm_op: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Afstemming(SQLModel, table=True):
    """The question to police and OM whether a visit may go on at an object on a date (PLN-01).

    What was answered stands sealed; the open columns say only that a service answered, and until which day all agree. A hold, a
    question without an answer and a planner's own hold look the same in them.
    """

    __tablename__ = "afstemmingen"
    __table_args__ = (
        UniqueConstraint("object_id", "datum"),
        Index("ix_afstemmingen_lijst", "gemeentecode", "datum", "id"),
    )
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    object_id: UUID = Field(foreign_key="objecten.id")
    datum: date
    gevraagd_op: datetime = Field(sa_type=UtcDateTime)
    gevraagd_door: UUID
    antwoorden: SealedText | None = Field(
        default=None, sa_type=EncryptedText, description="JSON: who answered what and when, newest last"
    )
    akkoord_tot: date | None = Field(default=None, description="last day on which everybody who must agree does")


class Machtiging(SQLModel, table=True):
    """An authorisation to enter a dwelling without consent: one address, named inspectors and partners, a few days (PLN-13)."""

    __tablename__ = "machtigingen"
    __table_args__ = (Index("ix_machtigingen_object", "object_id", "geldig_tot"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    object_id: UUID = Field(foreign_key="objecten.id")
    grondslag: Machtigingsgrond = Field(sa_type=enum_column(Machtigingsgrond))
    bezoekdatum: date
    toezichthouders: list[str] = Field(sa_type=JSON, description="function accounts that may enter")
    partner_ids: list[str] = Field(sa_type=JSON, description="services that may come along")
    nacht: bool = Field(default=False, description="also between midnight and six")
    bij_afwezigheid: bool = Field(default=False, description="also when no resident is there")
    aangevraagd_op: datetime = Field(sa_type=UtcDateTime)
    aangevraagd_door: UUID
    status: Machtigingstatus = Field(sa_type=enum_column(Machtigingstatus))
    afgever: Afgever | None = Field(default=None, sa_type=enum_column(Afgever), description="function that issued it")
    kenmerk: str | None = None
    afgegeven_op: date | None = None
    geldig_tot: date | None = Field(default=None, description="last day on which it holds")
    versie: int = 1


class Exploitantgesprek(SQLModel, table=True):
    """A talk with an operator: a date and a topic code, nothing of what was said; never a control (PLN-20)."""

    __tablename__ = "exploitantgesprekken"
    __table_args__ = (Index("ix_exploitantgesprekken_lijst", "gemeentecode", "datum", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    object_id: UUID = Field(foreign_key="objecten.id", index=True)
    team_id: UUID | None = Field(default=None, foreign_key="teams.id")
    datum: date
    onderwerp: Gespreksonderwerp = Field(sa_type=enum_column(Gespreksonderwerp))
    account_id: UUID


class Ronde(SQLModel, table=True):
    """A round through the window streets: where, when, how many windows were in use; never a control (CAD-16)."""

    __tablename__ = "rondes"
    __table_args__ = (Index("ix_rondes_lijst", "gemeentecode", "van", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    team_id: UUID | None = Field(default=None, foreign_key="teams.id", index=True)
    gebied: str = Field(description="code of an area or a street; never an address")
    van: datetime = Field(sa_type=UtcDateTime)
    tot: datetime = Field(sa_type=UtcDateTime)
    ramen_in_gebruik: int | None = Field(default=None, description="a count of windows, never of persons")
    account_id: UUID
