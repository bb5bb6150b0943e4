"""API shapes of the AF's steps. Free text passes the text filter; nothing here is about a person but yes, no or a number (DAT-05)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from app.core.http.schemas import ApiInput, ApiOutput, Code, Datum, Gemeentecode, Tijdstip, without_personal_data
from app.core.shapes import shaped
from app.gemeenten.schemas.accounts import Domein
from app.signalen.rules.delen import Gegeven, Grond
from app.signalen.rules.terugkoppelteksten import Moment
from app.signalen.schemas.signalen import SignaalRead, without_personal_number
from app.signalen.schemas.vierogen import VierogenverzoekRegel
from app.signalen.status import (
    Besluitcode,
    Classificatie,
    GaatOver,
    JaNeeOnbekend,
    Middel,
    Overdrachtkanaal,
    Urgentie,
    Vorm,
)

Notitie = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=1000), without_personal_data()
]
Kenmerk = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        min_length=3,
        max_length=40,
        pattern=shaped(r"^[A-Za-z0-9][A-Za-z0-9./_-]*$", "letters en cijfers, ook met . / _ en -, zonder spaties"),
    ),
    without_personal_number,
]


class Verrijken(ApiInput):
    """The AF is going to look further, and says what for."""

    doel: Notitie = Field(description="Waarvoor u informatie verzamelt.")


class Trieren(ApiInput):
    """The AF's judgement. Coercion is never asked (DEF-02). What is left out stays as it was said before."""

    vormen: Annotated[list[Vorm], Field(max_length=5, description="Onbekend mag.")] = Field(default_factory=list)
    urgentie: Urgentie
    mogelijk_minderjarig: JaNeeOnbekend | None = None
    mogelijk_slachtoffer: JaNeeOnbekend = JaNeeOnbekend.ONBEKEND
    zc_inlichten: bool | None = Field(default=None, description="Licht u de zorgcoördinator in?")
    zc_reden: Notitie | None = Field(default=None, description="Waarom niet, als u de zorgcoördinator niet inlicht.")
    classificatie: Classificatie = Classificatie.MENSENHANDEL
    acute_onveiligheid: bool = Field(description="Stap 4 en 5 van het afwegingskader: is er nu gevaar?")
    structurele_onveiligheid: bool = Field(description="Stap 4 en 5 van het afwegingskader: is het blijvend onveilig?")
    binnenlands: JaNeeOnbekend | None = Field(default=None, description="Mag leeg blijven.")
    aantal_mogelijke_slachtoffers: Annotated[int, Field(ge=0, le=1000)] | None = Field(
        default=None, description="Alleen een aantal; mag leeg blijven."
    )
    ondermijning: bool = False
    zorg_gemeente: Gemeentecode | None = Field(
        default=None, description="Verantwoordelijke gemeente voor zorg: waar ingeschreven; anders waar gevonden."
    )
    meldcode_stappen: Annotated[list[Annotated[int, Field(ge=1, le=5)]], Field(max_length=5)] = Field(
        default_factory=list, description="Welke stappen van de meldcode zijn gezet. Alleen als die voor u geldt."
    )


class ZorgcoordinatorInlichten(ApiInput):
    """The zorgcoördinator was informed, with the least: address, form, urgency (RTE-04)."""

    geinformeerd_op: Tijdstip
    kanaal: Overdrachtkanaal = Overdrachtkanaal.STEM
    consult_op: Datum | None = Field(default=None, description="Dag van het overleg met de zorgcoördinator.")


class OverdrachtCreate(ApiInput):
    """One recipient of a hand-over."""

    partner_id: UUID
    grond: Grond
    velden: Annotated[list[Gegeven], Field(min_length=1, max_length=8)]
    kanaal: Overdrachtkanaal = Overdrachtkanaal.EIGEN_KANAAL


class Uitzetten(ApiInput):
    """A hand-over to one or more partners."""

    overdrachten: Annotated[list[OverdrachtCreate], Field(min_length=1, max_length=10)]
    zc_reden: Notitie | None = Field(default=None, description="Waarom de zorgcoördinator nog niet is ingelicht.")
    toelichting: Notitie | None = Field(
        default=None, description="Waarom u afwijkt van de voorgestelde ontvangers, voor de tweede persoon."
    )


class InBehandelingNemen(ApiInput):
    """A partner works on it."""

    overdracht_id: UUID
    partnerkenmerk: Kenmerk


class Vrijgeven(ApiInput):
    """What of an address investigation may go on; three times no takes it away (REG-10)."""

    brp_markering: bool = Field(description="Markeren in de BRP mag.")
    brief: bool = Field(description="Een brief naar het adres mag.")
    huisbezoek: bool = Field(description="Een huisbezoek mag.")
    toelichting: Notitie | None = None


class Afschermen(ApiInput):
    """It turns out to be about a colleague or bestuurder: from now on it goes the closed way (RTE-26)."""

    gaat_over: GaatOver
    betrokken_domein: Domein | None = Field(
        default=None,
        description="Het domein van wie het over gaat; aandachtsfunctionarissen daarvan zien het niet meer. Leeg: uw eigen domein.",
    )
    betrokken_team_id: UUID | None = Field(default=None, description="Het team van wie het over gaat.")
    toelichting: Notitie | None = None


class Monitoren(ApiInput):
    """No action now; looked at again on a day."""

    herzien_op: Datum
    toelichting: Notitie | None = None


class Terugkoppeling(ApiInput):
    """Feedback at closing, or why there can be none: exactly one of the two."""

    tekstcode: Code | None = Field(default=None, description="Code van de standaardtekst.")
    niet_mogelijk: Code | None = Field(default=None, description="Code van de reden, bijvoorbeeld anoniem.")


class Terugkoppelen(Terugkoppeling):
    """Feedback as a step of its own: the first one, or that of a signal that was closed before."""

    moment: Moment = Moment.EERSTE


class Sluiten(ApiInput):
    """Closing."""

    sluitcode: Annotated[
        str,
        Field(
            pattern=shaped(r"^C([1-9]|1[0-4])$", "C1 tot en met C14"),
            description="Reden van sluiten, C1 tot en met C14.",
        ),
    ]
    overleg_op: Datum | None = Field(default=None, description="Dag van het overleg met een partner of aan een tafel.")
    zc_consult_op: Datum | None = Field(default=None, description="Dag van het overleg met de zorgcoördinator.")
    zc_reden: Notitie | None = Field(default=None, description="Waarom de zorgcoördinator niet is ingelicht.")
    terugkoppeling: Terugkoppeling | None = None
    toelichting: Notitie | None = None


class Samenvoegen(ApiInput):
    """Joins this signal to another one."""

    leidend_id: UUID = Field(description="Het signaal dat verdergaat.")
    zelfde_gebeurtenis: bool = Field(
        default=False, description="Het gaat om dezelfde gebeurtenis, ook als het object niet hetzelfde is."
    )


class OverdragenGemeente(ApiInput):
    """Transfer to the AF of another municipality with address, form and urgency only (RTE-25)."""

    gemeentecode: Gemeentecode


class OverdrachtgemeenteRead(ApiOutput):
    """A municipality to which a signal can be transferred."""

    code: str
    naam: str


class Heropenen(ApiInput):
    """A closed signal goes on."""

    nieuw_feit: Notitie


class UrgentieWijzigen(ApiInput):
    """Another urgency; up at once, down with a second person."""

    urgentie: Urgentie
    reden: Notitie


class VoorTermijnVerwijderen(ApiInput):
    """The content of a closed signal goes before its term has passed; the figure stays."""

    reden: Notitie


class Besluit(ApiInput):
    """What a meeting decided, at one point of its agenda."""

    agendapunt_id: UUID
    besluitcode: Besluitcode
    middel: Middel | None = None
    toelichting: Notitie | None = None


class Vasthouden(ApiInput):
    """The term of a signal stands still, for example while a court looks at it, or goes on again."""

    reden: Notitie


class StapUitkomst(ApiOutput):
    """What a step did: it is done, or it waits for a second person."""

    gedaan: bool
    signaal: SignaalRead
    verzoek: VierogenverzoekRegel | None
