"""API shapes of meetings: dates, members as function accounts, and of a signal no more than table E gives the members."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from app.core.http.schemas import ApiInput, ApiOutput, Datum, Regeltekst, without_personal_data
from app.core.identifiers import new_id
from app.signalen.status import (
    Agendareden,
    Besluitcode,
    Kwartaalstand,
    Middel,
    Overlegsoort,
    Overlegstatus,
    Signaalstatus,
    Termijnsoort,
    Urgentie,
    Vorm,
)

Leden = Annotated[
    list[UUID],
    Field(
        max_length=100,
        description="Accounts van aandachtsfunctionarissen en ketenregisseurs; alleen zij zien de agenda.",
    ),
]
Besluittekst = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200), without_personal_data()
]


class OverlegreeksCreate(ApiInput):
    """A new series of meetings."""

    id: UUID = Field(default_factory=new_id, description="Door de aanroeper gekozen kenmerk; opnieuw sturen is veilig.")
    soort: Overlegsoort
    naam: Regeltekst
    regionaal: bool = Field(default=False, description="Voor alle gemeenten van uw regio.")
    om_de_dagen: Annotated[int, Field(ge=7, le=366)] | None = Field(
        default=None,
        description="Aantal dagen tussen twee overleggen. Leeg: het ritme dat bij de soort hoort, of geen.",
    )
    eerste_datum: Datum
    leden: Leden = Field(default_factory=list)


class OverlegreeksUpdate(ApiInput):
    """Changes of a series; what is left out stays. Another rhythm is another series."""

    naam: Regeltekst | None = None
    actief: bool | None = Field(default=None, description="Nee: geplande overleggen vervallen.")
    leden: Leden | None = None


class OverlegreeksRead(ApiOutput):
    """A series and its members."""

    id: UUID
    soort: Overlegsoort
    naam: str
    gemeentecode: str | None
    regio_code: str | None
    om_de_dagen: int | None
    eerste_datum: date
    actief: bool
    leden: list[UUID]
    versie: int


class KwartaalRead(ApiOutput):
    """A quarter of the meeting of AF and zorgcoördinator."""

    jaar: int
    kwartaal: int
    stand: Kwartaalstand


class OverlegCreate(ApiInput):
    """A meeting outside the rhythm, or of a kind without one."""

    id: UUID = Field(default_factory=new_id, description="Door de aanroeper gekozen kenmerk; opnieuw sturen is veilig.")
    reeks_id: UUID
    datum: Datum
    thema: Regeltekst | None = Field(default=None, description="Onderwerp van een netwerkbijeenkomst of expertmeeting.")


class OverlegUpdate(ApiInput):
    """Changes of a meeting; what is left out stays."""

    datum: Datum | None = Field(default=None, description="Een andere dag, zolang het overleg gepland is.")
    thema: Regeltekst | None = None
    status: Overlegstatus | None = None


class OverlegRead(ApiOutput):
    """A meeting; nothing of its agenda."""

    id: UUID
    reeks_id: UUID
    soort: Overlegsoort
    naam: str
    datum: date
    thema: str | None
    status: Overlegstatus
    versie: int


class AgendapuntCreate(ApiInput):
    """A signal that the AF puts on an agenda."""

    signaal_id: UUID


class AgendaSignaal(ApiOutput):
    """Of a signal: address, form, urgency and state. Nothing more goes to a table (table E)."""

    gemeentecode: str
    adres: str | None
    vormen: list[Vorm]
    urgentie: Urgentie
    status: Signaalstatus


class AgendapuntRead(ApiOutput):
    """A signal on an agenda and what was decided about it."""

    id: UUID
    overleg_id: UUID
    signaal_id: UUID
    aanleiding: Agendareden
    signaal: AgendaSignaal | None = Field(
        description="Leeg als het signaal niet meer open is; het besluit blijft staan."
    )
    middel: Middel | None
    besluitcode: Besluitcode | None
    toelichting: str | None
    besloten_op: datetime | None
    versie: int


class BesluitCreate(ApiInput):
    """What a meeting decided about a signal: a code and a short text without persons (OVL-01)."""

    besluitcode: Besluitcode
    middel: Middel | None = Field(
        default=None, description="Alleen bij het lokaal ondermijningsoverleg, en dan verplicht."
    )
    toelichting: Besluittekst | None = Field(default=None, description="Kort, zonder personen.")


class CasussenRead(ApiOutput):
    """Cases in a period: signalled, running at its end, closed."""

    gesignaleerd: int
    lopend: int
    afgerond: int


class OntwikkelingRead(ApiOutput):
    """New signals of a form, beside those of the period before. A signal with two forms counts in both."""

    vorm: Vorm
    nieuw: int
    vorige_periode: int


class KnelpuntRead(ApiOutput):
    """How often a deadline was not met in time."""

    termijn: Termijnsoort
    aantal: int


class TrendRead(ApiOutput):
    """New signals in a period of three months."""

    van: date
    tot: date
    nieuw: int


class OverzichtRead(ApiOutput):
    """The overview for AF and zorgcoördinator, under the headings of the programme (CAD-10). Counts only."""

    van: date
    tot: date
    stand_van_zaken: str
    casussen: CasussenRead
    ontwikkelingen: list[OntwikkelingRead]
    knelpunten: list[KnelpuntRead]
    trends: list[TrendRead]


class OverlegtellingRead(ApiOutput):
    """Meetings of a kind in a year (OVL-02)."""

    soort: Overlegsoort
    gehouden: int
    gepland: int
    themas: list[str]
