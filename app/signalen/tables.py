"""Tables of signals. There is no table or field for a possible victim: a yes/no/unknown and a count at most (meldroute section 5)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.core.columns import EncryptedText, SealedText, UtcDateTime, enum_column
from app.core.identifiers import new_id
from app.signalen.rules.vier_ogen import Vierogen
from app.signalen.status import (
    Bronsoort,
    Classificatie,
    GaatOver,
    JaNeeOnbekend,
    Noodnummer,
    Onderzoekstatus,
    Overdrachtkanaal,
    Overdrachtstatus,
    Overlegsoort,
    Overlegstatus,
    Signaalstatus,
    Termijnsoort,
    Termijnstatus,
    Urgentie,
    Verzoekstatus,
    VtKlasse,
)


class Signaal(SQLModel, table=True):
    """A signal to the AF of the municipality of the object (RTE-02). Its state is beside its events, never instead of them."""

    __tablename__ = "signalen"
    __table_args__ = (Index("ix_signalen_postvak", "gemeentecode", "status", "bevestigen_voor"),)
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    gemeente_herkomst: str | None = Field(default=None, foreign_key="gemeenten.code")
    object_id: UUID | None = Field(default=None, foreign_key="objecten.id", index=True)
    controle_id: UUID | None = Field(default=None, index=True)
    automatisch_voor: UUID | None = Field(
        default=None, unique=True, description="the control; at most one automatic signal each"
    )
    anoniem_besproken: bool = False
    bron: Bronsoort = Field(sa_type=enum_column(Bronsoort))
    bron_code: str | None = Field(default=None, description="code of the list 'signaalbronnen' (ROL-19)")
    bronkenmerk: str | None = Field(default=None, description="number at the source, such as that of the IKO (REG-11)")
    melder_object_id: UUID | None = Field(
        default=None,
        foreign_key="objecten.id",
        description="establishment that reported; never who works there (REG-08)",
    )
    indiener: UUID = Field(index=True)
    status: Signaalstatus = Field(sa_type=enum_column(Signaalstatus))
    urgentie: Urgentie = Field(sa_type=enum_column(Urgentie))
    vormen: list[str] = Field(sa_type=JSON)
    mogelijk_minderjarig: JaNeeOnbekend = Field(default=JaNeeOnbekend.ONBEKEND, sa_type=enum_column(JaNeeOnbekend))
    mogelijk_slachtoffer: JaNeeOnbekend = Field(default=JaNeeOnbekend.ONBEKEND, sa_type=enum_column(JaNeeOnbekend))
    ontstaan_op: datetime = Field(sa_type=UtcDateTime)
    verzonden_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    bevestigen_voor: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ontvangen_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    herzien_op: date | None = None
    sluitcode: str | None = None
    leidend_id: UUID | None = Field(default=None, foreign_key="signalen.id")
    redenen: SealedText = Field(sa_type=EncryptedText, description="JSON list of the rules that raised it")
    tekst: SealedText | None = Field(default=None, sa_type=EncryptedText)
    inhoud_hash: str | None = Field(
        default=None, description="digest of what was submitted by hand, without its text; makes sending again safe"
    )
    regime: str = "avg"
    versie: int = 1

    classificatie: Classificatie | None = Field(default=None, sa_type=enum_column(Classificatie))
    behandelaar: UUID | None = Field(default=None, index=True, description="the AF who acknowledged it")
    domein: str | None = Field(
        default=None, description="domain of the AF whose inbox it is in; None: any AF of the municipality"
    )
    waarnemer: UUID | None = Field(
        default=None,
        index=True,
        description="AF of a neighbouring municipality who was alarmed because nobody here answered (ROL-02)",
    )
    eerstvolgende_termijn: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="the first running deadline; the inbox is sorted by it"
    )
    gesloten_route: bool = Field(
        default=False, sa_column_kwargs={"server_default": "0"}, description="about a colleague or bestuurder (RTE-26)"
    )
    afgeschermd_voor: list[str] = Field(
        default_factory=list,
        sa_type=JSON,
        sa_column_kwargs={"server_default": "[]"},
        description="account ids that neither see nor count a signal on the closed route",
    )
    gaat_over: GaatOver | None = Field(default=None, sa_type=enum_column(GaatOver))
    betrokken_domein: str | None = Field(
        default=None, description="domain of its own municipality whose AFs neither see nor count it (RTE-26)"
    )
    betrokken_team: UUID | None = Field(
        default=None, foreign_key="teams.id", description="team whose members neither see nor count it (RTE-26)"
    )
    waargenomen_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    gebeld_op: datetime | None = Field(default=None, sa_type=UtcDateTime, description="time of the call (RTE-01)")
    gebeld_naar: Noodnummer | None = Field(default=None, sa_type=enum_column(Noodnummer))
    plek: SealedText | None = Field(
        default=None, sa_type=EncryptedText, description="JSON of an address or point that is no object of the stock"
    )
    ondermijning: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    binnenlands: JaNeeOnbekend | None = Field(
        default=None, sa_type=enum_column(JaNeeOnbekend), description="DEF-06, optional"
    )
    aantal_mogelijke_slachtoffers: int | None = None
    acute_onveiligheid: bool | None = Field(default=None, description="step 4/5 of the afwegingskader (INS-16)")
    structurele_onveiligheid: bool | None = None
    zc_inlichten: bool | None = Field(default=None, description="decision on the zorgcoördinator (RTE-04)")
    zc_geinformeerd_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    zc_consult_op: date | None = Field(default=None, description="day of the consult, asked by C11 and RTE-15")
    zc_reden: SealedText | None = Field(default=None, sa_type=EncryptedText)
    vt_klasse: VtKlasse | None = Field(default=None, sa_type=enum_column(VtKlasse))
    vt_klasse_op: date | None = None
    overleg_op: date | None = Field(default=None, description="consult with a partner or table (RTE-22)")
    getrieerd_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    uitgezet_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    gesloten_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    routeprofiel_id: UUID | None = Field(
        default=None, foreign_key="routeprofielen.id", description="version that proposed its recipients (CAD-11)"
    )
    komt_van_id: UUID | None = Field(
        default=None,
        foreign_key="signalen.id",
        description="signal of another municipality that was transferred here (RTE-25)",
    )
    zorg_gemeente: str | None = Field(default=None, description="responsible municipality for care (HLP-03)")
    inhoud_weg_op: date | None = Field(
        default=None, index=True, description="day on which the content is removed; the figure stays (DAT-15)"
    )
    inhoud_verwijderd_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    bewaren_hold: bool = Field(
        default=False, sa_column_kwargs={"server_default": "0"}, description="the term stands still"
    )


class Signaalgebeurtenis(SQLModel, table=True):
    """One change of a signal: who, when, what, why. Only ever added."""

    __tablename__ = "signaalgebeurtenissen"
    __table_args__ = (UniqueConstraint("signaal_id", "volgnummer"),)
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(default_factory=new_id, primary_key=True)
    signaal_id: UUID = Field(foreign_key="signalen.id", index=True)
    volgnummer: int
    tijdstip: datetime = Field(sa_type=UtcDateTime)
    actor: UUID
    tweede_persoon: UUID | None = None
    actie: str
    van_status: Signaalstatus | None = Field(default=None, sa_type=enum_column(Signaalstatus))
    naar_status: Signaalstatus = Field(sa_type=enum_column(Signaalstatus))
    toelichting: SealedText | None = Field(default=None, sa_type=EncryptedText)


class Adresonderzoek(SQLModel, table=True):
    """An address that the desk looks into after its signal (REG-10). It has no link to the stock, so that nothing there can show it.

    Marking in the BRP, a letter and a house visit each wait for the AF; a letter would warn who exploits.
    """

    __tablename__ = "adresonderzoeken"
    __table_args__ = (Index("ix_adresonderzoeken_lijst", "gemeentecode", "status", "gemaakt_op"),)
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(primary_key=True, description="follows from the signal that made it, so that it is made once")
    signaal_id: UUID = Field(foreign_key="signalen.id", index=True, description="never shown to the desk")
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    adres: SealedText | None = Field(default=None, sa_type=EncryptedText, description="empty: not known yet")
    status: Onderzoekstatus = Field(default=Onderzoekstatus.WACHT, sa_type=enum_column(Onderzoekstatus))
    brp_markering: bool = False
    brief: bool = False
    huisbezoek: bool = False
    vrijgegeven_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    uitkomst: str | None = Field(default=None, description="code of what the investigation showed (INS-09)")
    gemaakt_op: datetime = Field(sa_type=UtcDateTime)
    versie: int = 1


class SignaalBevinding(SQLModel, table=True):
    """A finding behind a signal; later hits are added, a correction never takes one away."""

    __tablename__ = "signaal_bevindingen"

    signaal_id: UUID = Field(foreign_key="signalen.id", primary_key=True)
    bevinding_id: UUID = Field(foreign_key="bevindingen.id", primary_key=True)


class Signaaltermijn(SQLModel, table=True):
    """A deadline of a signal: the due time is a column that a sweep looks at, so that no timer can be lost (table F, F21)."""

    __tablename__ = "signaaltermijnen"
    __table_args__ = (
        UniqueConstraint("signaal_id", "soort", "onderwerp_id"),
        Index("ix_signaaltermijnen_aan_de_beurt", "status", "volgende_op"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    signaal_id: UUID = Field(foreign_key="signalen.id", index=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    soort: Termijnsoort = Field(sa_type=enum_column(Termijnsoort))
    onderwerp_id: UUID = Field(description="the signal itself, or the hand-over whose answer is awaited")
    vanaf: datetime = Field(sa_type=UtcDateTime)
    voor: datetime = Field(sa_type=UtcDateTime)
    trap: int = Field(default=0, description="steps of escalation that were taken")
    volgende_op: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when the sweep looks again; empty: never"
    )
    status: Termijnstatus = Field(default=Termijnstatus.LOOPT, sa_type=enum_column(Termijnstatus))
    gedaan_op: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Overdracht(SQLModel, table=True):
    """A hand-over to one partner: role, ground, fields and reference, never the content (DAT-03, design section 6)."""

    __tablename__ = "overdrachten"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    signaal_id: UUID = Field(foreign_key="signalen.id", index=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    partner_id: UUID | None = Field(
        default=None, foreign_key="partners.id", index=True, description="empty: the police by voice through 112"
    )
    partnersoort: str
    regel: str = Field(description="the rule that proposed it, or 'buiten de regiotabel'")
    verplicht: bool = False
    grondslag: str
    velden: list[str] = Field(sa_type=JSON, description="codes of table E that were shared")
    kanaal: Overdrachtkanaal = Field(sa_type=enum_column(Overdrachtkanaal))
    kenmerk: str = Field(description="our reference, told to the partner")
    partnerkenmerk: str | None = None
    status: Overdrachtstatus = Field(default=Overdrachtstatus.VASTGELEGD, sa_type=enum_column(Overdrachtstatus))
    gemaakt_door: UUID
    tweede_persoon: UUID | None = None
    gemaakt_op: datetime = Field(sa_type=UtcDateTime)
    reactie_op: date | None = None
    reactiecode: str | None = Field(default=None, description="result code of the partner, no content (INS-12)")
    pakket_id: UUID | None = Field(default=None, description="sealed document, while it exists")
    pakket_hash: str | None = None
    pakket_verloopt_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    pakket_sleutelhash: str | None = Field(default=None, unique=True, description="of the secret in its address")
    pakket_ophalen_over: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    versie: int = 1


class Terugkoppeling(SQLModel, table=True):
    """Feedback to who submitted or reported: a standard text, or why it is not possible (RTE-20, section 9)."""

    __tablename__ = "terugkoppelingen"
    __table_args__ = (UniqueConstraint("signaal_id", "moment"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    signaal_id: UUID = Field(foreign_key="signalen.id", index=True)
    moment: str = Field(description="eerste or sluiten")
    aan: UUID | None = Field(default=None, index=True, description="account that sees it; empty: outside this service")
    tekstcode: str | None = None
    niet_mogelijk: str | None = Field(default=None, description="code of the reason")
    gegeven_door: UUID
    gegeven_op: datetime = Field(sa_type=UtcDateTime)
    gelezen_op: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Vierogenverzoek(SQLModel, table=True):
    """A step that waits for a second pair of eyes (table G). It is done at the moment of agreement, against the version it was asked for."""

    __tablename__ = "vierogenverzoeken"
    __table_args__ = (Index("ix_vierogenverzoeken_open", "gemeentecode", "status"),)
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(default_factory=new_id, primary_key=True)
    signaal_id: UUID = Field(foreign_key="signalen.id", index=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code")
    handeling: Vierogen = Field(sa_type=enum_column(Vierogen))
    stap: SealedText = Field(sa_type=EncryptedText, description="JSON of the step as it was asked")
    bij_versie: int = Field(description="version of the signal that the first person saw")
    gevraagd_door: UUID
    gevraagd_op: datetime = Field(sa_type=UtcDateTime)
    status: Verzoekstatus = Field(default=Verzoekstatus.OPEN, sa_type=enum_column(Verzoekstatus))
    beslist_door: UUID | None = None
    beslist_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    toelichting: SealedText | None = Field(default=None, sa_type=EncryptedText)
    versie: int = 1


class Routeprofiel(SQLModel, table=True):
    """A dated version of the recipients of a municipality (table B and its region table); old signals keep theirs (CAD-11)."""

    __tablename__ = "routeprofielen"
    __table_args__ = (UniqueConstraint("gemeentecode", "geldig_vanaf"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(default="", index=True, description="empty: the base table of every municipality")
    regio: str = Field(description="name of the region profile that it follows, for example den-haag")
    geldig_vanaf: date
    inhoud: dict[str, Any] = Field(sa_type=JSON, description="validated by rules/routering.py")
    bron: str
    vastgesteld_door: UUID | None = None
    versie: int = 1


class Sluitcodeversie(SQLModel, table=True):
    """Which closing codes a municipality does not use from a day on; without one it uses all. What was closed keeps its code (RTE-22)."""

    __tablename__ = "sluitcodeversies"
    __table_args__ = (UniqueConstraint("gemeentecode", "geldig_vanaf"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str = Field(foreign_key="gemeenten.code", index=True)
    geldig_vanaf: date
    uitgeschakeld: list[str] = Field(sa_type=JSON, description="codes of rules/sluitcodes.py that may be switched off")
    bron: str
    vastgesteld_door: UUID | None = None
    versie: int = 1


class Overlegreeks(SQLModel, table=True):
    """A recurring meeting of a region or municipality and the rhythm that it has (CAD-07 to CAD-10)."""

    __tablename__ = "overlegreeksen"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    gemeentecode: str | None = Field(default=None, foreign_key="gemeenten.code", index=True)
    regio_code: str | None = Field(default=None, foreign_key="regios.code", index=True)
    soort: Overlegsoort = Field(sa_type=enum_column(Overlegsoort))
    naam: str
    om_de_dagen: int | None = Field(default=None, description="rhythm in days; empty: no series")
    eerste_datum: date
    actief: bool = True
    versie: int = 1


class Overleglid(SQLModel, table=True):
    """A member of a recurring meeting; who is none cannot open its agenda (OVL-03)."""

    __tablename__ = "overlegleden"

    reeks_id: UUID = Field(foreign_key="overlegreeksen.id", primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id", primary_key=True)


class Overleg(SQLModel, table=True):
    """One meeting on one day."""

    __tablename__ = "overleggen"
    __table_args__ = (
        UniqueConstraint("reeks_id", "datum"),
        Index("ux_overleggen_ritme", "reeks_id", "ritmedatum", unique=True),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    reeks_id: UUID = Field(foreign_key="overlegreeksen.id", index=True)
    datum: date
    ritmedatum: date | None = Field(
        default=None, description="day of the rhythm that it was made for; stays when the meeting is moved"
    )
    thema: str | None = Field(default=None, description="subject of a network or expert meeting (OVL-02)")
    status: Overlegstatus = Field(default=Overlegstatus.GEPLAND, sa_type=enum_column(Overlegstatus))
    versie: int = 1


class Agendapunt(SQLModel, table=True):
    """A signal on an agenda and what was decided: a code and a short text without persons (OVL-01)."""

    __tablename__ = "agendapunten"
    __table_args__ = (UniqueConstraint("overleg_id", "signaal_id"),)
    model_config = {"arbitrary_types_allowed": True}

    id: UUID = Field(default_factory=new_id, primary_key=True)
    overleg_id: UUID = Field(foreign_key="overleggen.id", index=True)
    signaal_id: UUID = Field(foreign_key="signalen.id", index=True)
    aanleiding: str = Field(description="why it stands there: vanzelf or door de AF")
    middel: str | None = Field(default=None, description="bestuurlijk, straf, fiscaal or RIEC (CAD-08)")
    besluitcode: str | None = None
    toelichting: SealedText | None = Field(default=None, sa_type=EncryptedText)
    besloten_op: datetime | None = Field(default=None, sa_type=UtcDateTime)
    besloten_door: UUID | None = None
    versie: int = 1
