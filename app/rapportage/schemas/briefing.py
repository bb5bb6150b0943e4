"""Shape of the briefing sheet of an integral action (RPT-03): who, when and with which powers; where from the briefing on only."""

from datetime import date, datetime

from pydantic import Field

from app.core.http.schemas import ApiOutput


class BriefingDienst(ApiOutput):
    """A service, what it does and on which ground; every service acts on its own powers."""

    dienst: str
    taken: str
    bevoegdheid: str


class BriefingContact(ApiOutput):
    """A line of the contact card: a public, functional or team number."""

    naam: str
    bereikbaar: str


class BriefingAdres(ApiOutput):
    """A stop of the action."""

    volgorde: int
    aanvang: str | None
    naam: str
    adres: str


class BriefingRead(ApiOutput):
    """The briefing sheet of an integral action."""

    gemeente: str
    datum: date
    aanvang: str | None
    verzamelpunt: str
    aanspreekpunt: str
    diensten: list[BriefingDienst]
    contactkaart: list[BriefingContact]
    adressen_vanaf: datetime | None = Field(
        description="Vanaf dit moment staan de adressen erin; leeg: op de dag zelf."
    )
    adressen_vanaf_tekst: str
    adressen: list[BriefingAdres]
