"""API shapes of the proposal of recipients and of route profiles. Places, forms and rules; nothing about a person."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from app.core.http.schemas import ApiInput, ApiOutput, Datum, Gemeentecode
from app.core.text_filter import check_text
from app.gemeenten.rules.contactgegevens import holds_mobile_number
from app.gemeenten.schemas.velden import Bron, NewRecord
from app.gemeenten.status import Partnersoort
from app.signalen.rules.routeprofiel import Intern, Profiel, Wanneer
from app.signalen.status import VtKlasse


class OntvangerRead(ApiOutput):
    """A proposed recipient."""

    partnersoort: Partnersoort
    regionaam: str = Field(description="Hoe de regio deze soort partner noemt.")
    partner_id: UUID | None = Field(description="De partner van vandaag; leeg als overdragen nu niet kan.")
    partner: str | None
    blokkade: str | None = Field(description="Waarom overdragen nu niet kan, bijvoorbeeld 'geen partner ingesteld'.")
    verplicht: bool = Field(description="Weglaten kan alleen met een tweede persoon.")
    regel: str
    regels: list[str]
    waarom: str
    voor_wanneer: Wanneer
    nummer: str | None = Field(description="Openbaar nummer dat ook de indiener te zien krijgt.")
    via: str | None = Field(description="Wie het namens de gemeente inbrengt.")


class InterneStapRead(ApiOutput):
    """A step inside the municipality; it starts when the AF releases it."""

    soort: Intern
    regel: str
    waarom: str


class MeldingRead(ApiOutput):
    """A notice or question."""

    regel: str
    soort: str
    tekst: str


class UrgentieregelRead(ApiOutput):
    """The row of the urgency table."""

    id: str
    eerste_actie: str
    wie: str


class VoorstelRead(ApiOutput):
    """The proposal; a person decides."""

    routeprofiel_id: UUID
    leidend: Partnersoort | None
    urgentieregel: UrgentieregelRead | None
    ontvangers: list[OntvangerRead]
    intern: list[InterneStapRead]
    meldingen: list[MeldingRead]


class VtKlasseCreate(ApiInput):
    """The class as Veilig Thuis told it."""

    klasse: VtKlasse
    datum: Datum = Field(description="De dag waarop Veilig Thuis dit liet weten.")


def _clean(value: Profiel) -> Profiel:
    """Refuses personal data in the sentences of rules; a public number has a field of its own."""
    for text in value.texts():
        hits = check_text(text)
        if hits or holds_mobile_number(text):
            raise PydanticCustomError("vw_tekst", "{reden}", {"reden": hits[0].melding if hits else MOBIEL})
    return value


MOBIEL = "Een regel bevat een mobiel nummer. Laat dat weg."
Profielinhoud = Annotated[Profiel, AfterValidator(_clean)]


class RouteprofielCreate(NewRecord):
    """A new version of who receives the signals of a municipality."""

    gemeentecode: Gemeentecode
    geldig_vanaf: Datum
    bron: Bron
    inhoud: Profielinhoud


class RouteprofielUpdate(ApiInput):
    """Another content for a version that does not hold yet."""

    bron: Bron
    inhoud: Profielinhoud


class RouteprofielRegel(ApiOutput):
    """A version, without its rules."""

    id: UUID
    gemeentecode: str = Field(description="Leeg: de basistabel, voor elke gemeente zonder eigen versie.")
    regio: str
    geldig_vanaf: date
    bron: str
    versie: int


class RouteprofielRead(RouteprofielRegel):
    """A version with its rules."""

    inhoud: Profiel


class RouteproefCreate(ApiInput):
    """Rules to try out."""

    gemeentecode: Gemeentecode
    inhoud: Profielinhoud


Regelkenmerken = Annotated[list[str], Field(description="Kenmerken van regels, zoals B-arbeid-volwassen.")]


class ProefregelRead(ApiOutput):
    """What changes for one open signal: numbers and rules, nothing of its content."""

    signaal_id: UUID
    ontvangers_erbij: int
    ontvangers_weg: int
    verplicht_erbij: int
    verplicht_vervalt: int
    regels_erbij: Regelkenmerken
    regels_weg: Regelkenmerken


class ProefRead(ApiOutput):
    """What a trial shows."""

    bekeken: str = Field(description="Open signalen zonder eigen versie: geen, minder dan 10, of 10 of meer.")
    veranderd: str = Field(description="Signalen waarvan het voorstel verandert.")
    verplicht_vervalt: str = Field(description="Signalen die een verplichte ontvanger verliezen.")
    signalen: list[ProefregelRead] = Field(description="Alleen voor de aandachtsfunctionaris; voor de beheerder leeg.")
