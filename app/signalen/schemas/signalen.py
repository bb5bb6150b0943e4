"""API shapes of signals, and what other features hand over. No field is about a person; counts and yes/no at most (DAT-05)."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.bevindingen.status import Barriere, Klasse
from app.core.http.schemas import ApiInput, ApiOutput, Code, Gemeentecode, Tekst, Tijdstip
from app.core.shapes import shaped
from app.core.text_filter import Filterreden, check_text
from app.gemeenten.schemas.accounts import Domein, PiketNummer
from app.objecten.schemas.velden import PuntInput, PuntRead
from app.signalen.schemas.intake import AdresonderzoekStand, SignaalAdres
from app.signalen.status import (
    Actie,
    Bronsoort,
    Classificatie,
    GaatOver,
    JaNeeOnbekend,
    Noodnummer,
    Signaalstatus,
    Urgentie,
    Vorm,
    VtKlasse,
)


@dataclass(frozen=True)
class SignaalAanleiding:
    """What a control found that makes or adds to its one automatic signal.

    Attributes:
        gemeentecode: municipality of the object; its AF receives the signal (RTE-02, ROL-23).
        urgentie: what the scoring rule asks for.
        redenen: the rules and items behind it, in Dutch; sealed when stored.
        bevinding_ids: the findings behind it, stored in the same transaction.
        send: send it now also when it is regular (the control is finished).
    """

    gemeentecode: str
    object_id: UUID | None
    controle_id: UUID
    urgentie: Urgentie
    vormen: list[Vorm]
    redenen: list[str]
    bevinding_ids: list[UUID]
    indiener: UUID
    bron: Bronsoort = Bronsoort.TOEZICHT
    mogelijk_minderjarig: JaNeeOnbekend = JaNeeOnbekend.ONBEKEND
    send: bool = False


@dataclass(frozen=True)
class SignaalRef:
    """A signal as the caller of `raise_signaal` may know it."""

    id: UUID
    status: Signaalstatus
    urgentie: Urgentie
    is_new: bool


def _is_version_7(value: UUID) -> UUID:
    if value.version != 7:
        raise PydanticCustomError("vw_uuid7", "is geen geldig kenmerk (UUID versie 7)")
    return value


_CASE_NUMBER = re.compile(r"(?:[A-Za-z]{1,10}[./_-]?)?20\d\d[./_-]\d{1,7}")


def _is_no_personal_number(value: str) -> str:
    """Refuses what the text filter finds, except in a year and a number: so most organisations number their cases.

    The filter looks through separators, and takes a tenth of those for a burgerservicenummer or the number of a document.
    """
    hits = [] if _CASE_NUMBER.fullmatch(value) else check_text(value)
    if hits:
        raise PydanticCustomError("vw_tekst", "{reden}", {"reden": " ".join(hit.melding for hit in hits)})
    return value


without_personal_number = AfterValidator(_is_no_personal_number)
Bronkenmerk = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        min_length=3,
        max_length=40,
        pattern=shaped(
            r"^[A-Za-z0-9./_-]*[0-9][A-Za-z0-9./_-]*$", "een kenmerk met minstens een cijfer, zonder spaties"
        ),
    ),
    without_personal_number,
]


class Signaalvelden(ApiInput):
    """A signal that somebody submits by hand. Object, address, point, municipality, or 'anoniem besproken' is enough (DAT-04, RTE-01)."""

    object_id: UUID | None = None
    gemeentecode: Gemeentecode | None = None
    adres: SignaalAdres | None = Field(default=None, description="Als u het object niet kunt kiezen.")
    punt: PuntInput | None = Field(default=None, description="Punt in lengte- en breedtegraad, als er geen adres is.")
    anoniem_besproken: bool = False
    niet_pluis: bool = True
    tijdstip: Tijdstip | None = Field(default=None, description="Wanneer het was.")
    gebeld_naar: Noodnummer | None = Field(default=None, description="Wie u belde voordat u dit vastlegde.")
    gebeld_op: Tijdstip | None = Field(default=None, description="Hoe laat u belde; kan ook later nog.")
    waarnemingen: Annotated[list[Code], Field(max_length=20)] = Field(
        default_factory=list, description="Wat u zag of hoorde: codes van het formulier van deze bron."
    )
    gaat_over: GaatOver | None = Field(
        default=None, description="Gaat het over een collega of bestuurder, dan gaat het langs een gesloten weg."
    )
    betrokken_domein: Domein | None = Field(
        default=None, description="Het domein van wie het over gaat; aandachtsfunctionarissen daarvan zien het niet."
    )
    betrokken_team_id: UUID | None = Field(default=None, description="Het team van wie het over gaat.")
    urgentie: Urgentie = Urgentie.REGULIER
    vormen: Annotated[list[Vorm], Field(max_length=5)] = Field(default_factory=list)
    bron: Bronsoort | None = Field(
        default=None,
        description="Leeg: wat bij bronCode of het meldende bedrijf hoort, of anders het eigen werk van de indiener.",
    )
    bron_code: Code | None = Field(
        default=None, description="Code uit de lijst 'signaalbronnen', bijvoorbeeld leerplicht."
    )
    bronkenmerk: Bronkenmerk | None = Field(
        default=None, description="Nummer van het signaal bij de bron. Verplicht bij een signaal van het IKO."
    )
    melder_object_id: UUID | None = Field(
        default=None, description="Het hotel, horecabedrijf of andere bedrijf dat meldt; nooit wie daar werkt."
    )
    mogelijk_minderjarig: JaNeeOnbekend = JaNeeOnbekend.ONBEKEND
    mogelijk_slachtoffer: JaNeeOnbekend = JaNeeOnbekend.ONBEKEND
    tekst: Tekst | None = Field(
        default=None, description="Alleen wat gezien of letterlijk gehoord is, zonder gegevens van personen."
    )
    tekst_reden: Filterreden | None = Field(
        default=None, description="Waarom de tekst ondanks een treffer van het filter bewaard mag worden."
    )


class SignaalCreate(Signaalvelden):
    """A signal, with its client-made id."""

    id: Annotated[UUID, AfterValidator(_is_version_7)]


class Tekstmelding(ApiOutput):
    """What the text filter found; never a part of the text."""

    soort: str
    melding: str


class ZelfMelden(ApiOutput):
    """A recipient whom the submitter must call himself, with its public number (RTE-12)."""

    regionaam: str
    nummer: str
    waarom: str


class SignaalIngediend(ApiOutput):
    """What the submitter gets back: status only."""

    id: UUID
    status: Signaalstatus
    ontstaan_op: datetime
    tekst_bewaard: bool
    tekst_meldingen: list[Tekstmelding]
    zelf_melden: list[ZelfMelden] = Field(description="Waar u dit ook zelf moet melden, met het openbare nummer.")
    piket: list[PiketNummer] = Field(
        description="Bij acuut en spoed: de functionele piketnummers van de aandachtsfunctionaris en de vervanger. Bij gevaar eerst 112."
    )


class EigenTerugkoppeling(ApiOutput):
    """What the submitter was told: a standard text."""

    moment: str
    tekst: str
    gegeven_op: datetime
    gelezen_op: datetime | None


class EigenSignaal(ApiOutput):
    """An own signal: status and feedback only; no place, so that a lost tablet tells nothing."""

    id: UUID
    status: Signaalstatus
    ontstaan_op: datetime
    ongelezen: bool = Field(description="Er is terugkoppeling die u nog niet las.")
    terugkoppelingen: list[EigenTerugkoppeling]


class RegioSignaal(ApiOutput):
    """A handed-over signal as a ketenregisseur sees it: no text, no place, no persons (ROL-03)."""

    id: UUID
    gemeentecode: str
    status: Signaalstatus
    urgentie: Urgentie
    vormen: list[Vorm]
    uitgezet_op: datetime


class SignaalObject(ApiOutput):
    """The place that a signal is about."""

    id: UUID
    type: str
    naam: str
    adres: str


class SignaalBevindingRead(ApiOutput):
    """A finding behind a signal, of either class."""

    id: UUID
    vraag: str = Field(description="De vraag zoals die werd gesteld.")
    item: str
    checklistversie: str
    barriere: Barriere
    klasse: Klasse
    gewicht: str
    antwoord: str
    vastgesteld_op: datetime
    gecorrigeerd_op: datetime | None


class SignaalInhoud(ApiOutput):
    """The content of a signal: for the AF only."""

    vormen: list[Vorm]
    mogelijk_minderjarig: JaNeeOnbekend
    mogelijk_slachtoffer: JaNeeOnbekend
    bron: Bronsoort
    bron_code: str | None
    bronkenmerk: str | None
    melder_object: SignaalObject | None
    anoniem_besproken: bool
    gemeente_herkomst: str | None
    object: SignaalObject | None
    redenen: list[str]


class Beoordeling(ApiOutput):
    """What the AF judged and did, as it stands now; the events tell how it came so."""

    classificatie: Classificatie | None
    binnenlands: JaNeeOnbekend | None
    aantal_mogelijke_slachtoffers: int | None
    acute_onveiligheid: bool | None
    structurele_onveiligheid: bool | None
    ondermijning: bool
    zc_inlichten: bool | None
    zc_geinformeerd_op: datetime | None = Field(description="ZC geïnformeerd om dit tijdstip.")
    zc_consult_op: date | None
    zc_reden: str | None
    vt_klasse: VtKlasse | None
    vt_klasse_op: date | None
    overleg_op: date | None
    zorg_gemeente: str | None
    getrieerd_op: datetime | None
    uitgezet_op: datetime | None
    herzien_op: date | None
    gesloten_op: datetime | None
    sluitcode: str | None
    leidend_id: UUID | None
    komt_van_id: UUID | None


class SignaalDetailInhoud(SignaalInhoud):
    """The content with text and findings."""

    tekst: str | None
    adres: str | None = Field(description="Adres dat geen object in het bestand is.")
    punt: PuntRead | None
    waargenomen_op: datetime | None
    gebeld_naar: Noodnummer | None
    gebeld_op: datetime | None
    gaat_over: GaatOver | None
    adresonderzoek: AdresonderzoekStand | None
    beoordeling: Beoordeling
    bevindingen: list[SignaalBevindingRead]
    inhoud_weg_op: date | None = Field(
        default=None, description="Op deze dag wordt de inhoud verwijderd; het cijfer blijft."
    )
    inhoud_verwijderd_op: datetime | None = None
    bewaren_hold: bool = Field(default=False, description="De bewaartermijn staat stil.")


class SignaalRegel(ApiOutput):
    """A line of the inbox. For a team leader `inhoud` is empty: status and urgency only."""

    id: UUID
    status: Signaalstatus
    urgentie: Urgentie
    ontstaan_op: datetime
    verzonden_op: datetime | None
    bevestigen_voor: datetime | None
    ontvangen_op: datetime | None
    eerstvolgende_termijn: datetime | None = Field(description="Het eerste moment waarvoor iets gedaan moet zijn.")
    resterende_seconden: int | None = Field(description="Tijd tot dat moment; negatief als het voorbij is.")
    termijn_verstreken: bool = Field(description="Een lopende termijn is voorbij.")
    domein: str | None = Field(description="Domein in wiens postvak het ligt; leeg: elke aandachtsfunctionaris.")
    inhoud: SignaalInhoud | None


class SignaalRead(SignaalRegel):
    """One signal. For a team leader `inhoud` is empty: status and urgency only."""

    inhoud: SignaalDetailInhoud | None


class SignaalgebeurtenisRead(ApiOutput):
    """One change of a signal."""

    volgnummer: int
    tijdstip: datetime
    actor: UUID
    tweede_persoon: UUID | None
    actie: Actie
    van_status: Signaalstatus | None
    naar_status: Signaalstatus
    toelichting: str | None


@dataclass(frozen=True)
class Ingediend:
    """What `submit_signaal` did.

    Attributes:
        is_new: False when the same signal was sent before.
        meldingen: what the filter found in a text that was therefore not kept.
    """

    ref: SignaalRef
    ontstaan_op: datetime
    tekst_bewaard: bool
    meldingen: list[Tekstmelding] = field(default_factory=list)
    piket: list[PiketNummer] = field(default_factory=list)
