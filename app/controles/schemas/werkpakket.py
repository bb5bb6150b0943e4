"""All that a tablet needs for a day, in one answer; need-to-know only: no signal, score, priority reason or confidential answer."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from app.controles.status import Aanleiding, Controlestatus
from app.core.http.schemas import ApiOutput
from app.maatregelen.status import Maatregelsoort
from app.objecten.schemas.objecten import AdresRead
from app.objecten.schemas.velden import Openingsuren, PuntRead
from app.objecten.status import Objecttype, Vergunningsoort


class PakketVergunning(ApiOutput):
    """A permit that holds on the day."""

    soort: Vergunningsoort
    nummer: str
    geldig_vanaf: date
    geldig_tot: date | None


class PakketBevinding(ApiOutput):
    """A compliance finding of an earlier control, to check again."""

    item: str
    checklistversie: str
    antwoord: str
    vastgesteld_op: datetime
    hersteltermijn: date | None


class PakketMaatregel(ApiOutput):
    """A measure that was imposed at the place before (REG-18).

    The word of `aandachtspunt` is the same at every place with such a measure; which questions it opens stands in the shared list
    'aandachtspunten', so that no package names a confidential question (DAT-13).
    """

    soort: Maatregelsoort
    grondslag: str
    opgelegd_op: date
    geldt_van: date
    geldt_tot: date | None
    begunstigingstermijn_tot: date | None
    aandachtspunt: str | None


class PakketCertificaat(ApiOutput):
    """A certificate for housing workers, and whether it has ended on the day of the control (REG-14)."""

    soort: str
    nummer: str
    geldig_tot: date
    verlopen: bool


class PakketObject(ApiOutput):
    """The place of a control."""

    id: UUID
    nummer: str
    type: Objecttype
    naam: str
    adres: AdresRead
    punt: PuntRead | None
    capaciteit: int | None
    openingstijden: Openingsuren | None
    vergunningen: list[PakketVergunning]
    bedrijfsplan_versie: str | None
    certificaten: list[PakketCertificaat]
    maatregelen: list[PakketMaatregel]
    bevindingen: list[PakketBevinding]


class PakketControle(ApiOutput):
    """A control of the day.

    Attributes:
        inzet: function accounts that are planned for it or checked in (PLN-02).
        bezetting: how many inspectors a start asks for.
        uitchecken_min: minutes after check-in in which to check out.
        machtiging: an authorisation to enter this address holds on the day (PLN-13).
    """

    id: UUID
    status: Controlestatus
    versie: int
    datum: date
    aanvang: int | None
    duur: int
    volgorde: int
    team_id: UUID | None
    aanleiding: Aanleiding
    aangekondigd: bool
    integraal: bool
    diensten: list[str]
    partners: list[str]
    checklistversies: dict[str, int]
    normen: dict[str, float]
    inzet: list[UUID]
    bezetting: int
    uitchecken_min: int | None
    machtiging: bool
    object: PakketObject


class PakketChecklist(ApiOutput):
    """A list in a version, by reference: it never changes and can be kept."""

    code: str
    versie: int
    verwijzing: str


class Contactsoort(StrEnum):
    """What a number on the contact card is for; the card shows them in this order."""

    GEVAAR = "112"
    POLITIE = "politie"
    PIKET = "aandachtsfunctionaris"
    ZORG = "zorgcoordinator"
    VEILIG_THUIS = "veilig-thuis"
    OVERIG = "overig"


class PakketContact(ApiOutput):
    """A line of the contact card: a public or team number, never a person's."""

    soort: Contactsoort
    naam: str
    nummer: str
    gemeentecode: str | None = Field(description="Leeg: geldt overal.")


class PakketGemeente(ApiOutput):
    """What holds in a municipality where the caller may work, for a control that is made on the spot.

    Attributes:
        normen: values of the day under the names that the formulas of the lists use.
        gebieden: where the light map of its areas is.
    """

    gemeentecode: str
    normen: dict[str, float]
    bezetting: int
    uitchecken_min: int | None
    gebieden: str


class PakketVerwijzing(ApiOutput):
    """Content that a tablet keeps: fetch it when the version is another than the one it has."""

    versie: int
    verwijzing: str


class PakketCollega(ApiOutput):
    """Somebody of the caller's teams who can be named at a start, by function (PLN-02)."""

    account_id: UUID
    functie: str


class PakketActie(ApiOutput):
    """An integral action of the day: before its briefing time and meeting point only (PLN-18)."""

    id: UUID
    datum: date
    aanvang: int | None
    verzamelpunt: str
    aanspreekpunt: str
    adressen_vanaf: datetime | None = Field(
        description="Haal het werkpakket na dit moment opnieuw op: dan staan de adressen erin."
    )


class WerkpakketRead(ApiOutput):
    """The day of a team."""

    datum: date
    acties: list[PakketActie]
    controles: list[PakketControle]
    checklists: list[PakketChecklist]
    rekenregels: list[PakketVerwijzing]
    veldkaarten: PakketVerwijzing
    gemeenten: list[PakketGemeente]
    contactkaart: list[PakketContact]
    collegas: list[PakketCollega] = Field(description="Functieaccounts van uw teams, ook van u zelf; nooit een naam.")
