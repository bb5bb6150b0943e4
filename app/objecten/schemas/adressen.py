"""API shapes of addresses on their way to a point, and of questions to outside sources."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.core.http.schemas import ApiInput, ApiOutput, Gemeentecode, Tijdstip, without_personal_data
from app.core.shapes import shaped
from app.objecten.rules.adressen import MAX_HUISNUMMER
from app.objecten.schemas.objecten import AdresRead
from app.objecten.schemas.velden import BagId, Huisnummerdeel, Postcode, PuntInput, PuntRead
from app.objecten.status import Bronantwoord, Geocodestatus


class AdresStandRead(AdresRead):
    """An address with how it got its point, or why it has none yet."""

    versie: int
    geocode_status: Geocodestatus = Field(description="Of en hoe bekend is waar het adres ligt.")
    geocode_melding: str | None = Field(description="Waarom er nog geen punt is.")
    geocode_pogingen: int
    geocode_na: Tijdstip | None = Field(description="Niet eerder dan dit tijdstip wordt het opnieuw geprobeerd.")
    adresseerbaar_object_id: str | None
    pand_id: str | None
    gebruiksdoelen: list[str] | None = Field(description="Gebruiksdoelen volgens de BAG.")
    oppervlakte: int | None = Field(description="Gebruiksoppervlakte in m² volgens de BAG.")
    status_bag: str | None
    bag_gecontroleerd_op: Tijdstip | None


class BronRead(ApiOutput):
    """What became of a question to a source."""

    bron: str
    stand: Bronantwoord
    melding: str | None


class BronadresRead(ApiOutput):
    """An address as a source tells it; nothing of it is stored until somebody does so."""

    straat: str
    huisnummer: int
    huisletter: str
    toevoeging: str
    postcode: str
    woonplaats: str
    bag_id: str | None
    punt: PuntRead | None
    bron: str


class GeocoderingRead(ApiOutput):
    """An address after it was looked up again, and what a person may choose from."""

    adres: AdresStandRead
    keuzes: list[BronadresRead]
    bronnen: list[BronRead]


class AdresPatch(ApiInput):
    """A point that somebody sets by hand, and the identification that goes with it."""

    punt: PuntInput
    bag_id: BagId | None = None


Zoektekst = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        min_length=2,
        max_length=100,
        pattern=shaped(r"^[\w\s'’.,/\-]+$", "letters, cijfers, spaties en ' . , / -"),
    ),
    without_personal_data(),
]


class AdresZoekvraag(ApiInput):
    """What somebody looks for: words, or a postcode with a number."""

    tekst: Zoektekst | None = Field(default=None, description="Straat en huisnummer, of postcode en huisnummer.")
    postcode: Postcode | None = None
    huisnummer: Annotated[int, Field(ge=1, le=MAX_HUISNUMMER)] | None = None
    huisletter: Huisnummerdeel = ""
    toevoeging: Huisnummerdeel = ""
    gemeentecode: Gemeentecode | None = None
    ook_landelijk: bool = Field(default=False, description="Vraag het ook aan de PDOK Locatieserver.")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        by_parts = self.postcode is not None and self.huisnummer is not None
        if (self.tekst is None) == (not by_parts):
            raise PydanticCustomError("vw_zoekvraag", "geef of een tekst, of een postcode met een huisnummer")
        return self


class AdresVondstRead(BronadresRead):
    """An address that was found; `id` when it is one of ours."""

    id: str | None
    gemeentecode: str | None


class AdresZoekantwoord(ApiOutput):
    """Own addresses first, then those of the source."""

    resultaten: list[AdresVondstRead]
    bronnen: list[BronRead]


class VerschilRead(ApiOutput):
    """A field in which a source and we differ. `bronwaarde` is empty when it may not be shown."""

    veld: str
    onze_waarde: str | None
    bronwaarde: str | None


class AdrescontroleRead(ApiOutput):
    """An address held against the BAG."""

    adres: AdresStandRead
    bron: BronRead
    bestaat: bool | None = Field(description="Leeg wanneer de bron geen antwoord gaf.")
    status: str | None
    gebruiksdoelen: list[str]
    oppervlakte: int | None
    in_onderzoek: bool | None = Field(description="De bronhouder onderzoekt of een gegeven klopt.")
    nevenadres: bool | None
    verschillen: list[VerschilRead]
    bewaard: list[str] = Field(description="Velden die uit de BAG zijn bijgewerkt.")


class KvkcontroleRead(ApiOutput):
    """An object held against the business register. Nothing of it is stored."""

    bron: BronRead
    bekend: bool | None = Field(description="Of KVK dit nummer kent. Leeg wanneer de bron geen antwoord gaf.")
    opgeheven: bool | None
    eenmanszaak: bool | None = Field(
        description="Bij een eenmanszaak zijn nummer en naam persoonsgegevens; ze worden niet getoond."
    )
    afgeschermd: bool | None = Field(description="KVK schermt het adres af; het wordt niet vergeleken of getoond.")
    hoofdactiviteit: str | None = Field(description="SBI-code en omschrijving van de hoofdactiviteit.")
    verschillen: list[VerschilRead]
