"""API shapes of intake: the forms per source, an address that is no object yet, and the address that the desk looks into."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.http.schemas import ApiInput, ApiOutput, Code
from app.objecten.schemas.velden import Huisnummerdeel, Postcode
from app.signalen.status import Bronsoort, Onderzoekstatus, Urgentie


class SignaalAdres(ApiInput):
    """An address by postcode and number, for who cannot search the stock."""

    postcode: Postcode
    huisnummer: Annotated[int, Field(ge=1, le=99_999)]
    huisletter: Annotated[Huisnummerdeel, Field(max_length=1)] = ""
    toevoeging: Annotated[Huisnummerdeel, Field(max_length=4)] = ""

    @property
    def regel(self) -> str:
        """The address in one line."""
        return f"{self.postcode} {self.huisnummer}{self.huisletter}{f'-{self.toevoeging}' if self.toevoeging else ''}"


class KeuzeRead(ApiOutput):
    """Something that can be seen or heard."""

    code: str
    tekst: str
    urgentie: Urgentie | None = Field(description="Zo dringend is het dan in ieder geval.")


class VraagRead(ApiOutput):
    """A question of a form; `veld` is the field of the signal that takes its answer."""

    veld: str
    soort: str
    vraag: str
    uitleg: str | None
    verplicht: bool
    keuzes: list[KeuzeRead]


class SignaalformulierRead(ApiOutput):
    """The form of one source."""

    bron: Bronsoort
    versie: int
    titel: str
    uitleg: str
    vragen: list[VraagRead]


class AdresonderzoekRead(ApiOutput):
    """An address that the desk looks into. It does not say which signal it came from, nor that there is more than one."""

    id: UUID
    adres: str | None = Field(description="Leeg: het adres is nog niet bekend.")
    status: Onderzoekstatus
    brp_markering: bool = Field(description="Markeren in de BRP mag.")
    brief: bool = Field(description="Een brief naar het adres mag.")
    huisbezoek: bool = Field(description="Een huisbezoek mag.")
    uitkomst: str | None
    gemaakt_op: datetime


class AdresonderzoekAfronden(ApiInput):
    """What the desk found."""

    uitkomst: Code = Field(description="Code uit de lijst 'adresonderzoekuitkomsten'.")


class AdresonderzoekStand(ApiOutput):
    """How the address investigation of a signal stands, for its AF."""

    status: Onderzoekstatus
    brp_markering: bool
    brief: bool
    huisbezoek: bool
    vrijgegeven_op: datetime | None
    uitkomst: str | None
