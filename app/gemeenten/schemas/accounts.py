"""API shapes of accounts, designations, roster and tasks. An account is a function: no field takes a name."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.core.http.schemas import ApiInput, ApiOutput, Code, Datum, Gemeentecode, Tijdstip
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.rules.rolverdeling import role_fault
from app.gemeenten.schemas.velden import Dated, Functienaam, Functienummer, NewRecord
from app.gemeenten.status import Taakstatus, Wet

Rollen = Annotated[list[Rol], Field(min_length=1, max_length=len(Rol))]
Domein = Literal["zorg", "veiligheid"]
LAST_DAY = "Laatste dag; gisteren beëindigt het account per direct."


def check_term(vanaf: date, tot: date | None) -> None:
    """Refuses an end before the start; the day before it is the way to end an account that started today at once."""
    if tot is not None and tot < vanaf - timedelta(days=1):
        raise PydanticCustomError("vw_volgorde", "eindigt voordat het begint; kies een latere einddatum")


class AccountFields(ApiInput):
    """What a function account is."""

    sub: Code = Field(description="Kenmerk bij de identiteitsdienst; geen e-mailadres.")
    functie: Functienaam = Field(
        description="Functie met volgnummer, bijvoorbeeld 'Toezichthouder 12'; nooit een naam."
    )
    rollen: Rollen
    domein: Domein | None = None
    actief_vanaf: Datum
    actief_tot: Datum | None = Field(default=None, description=LAST_DAY)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        fault = role_fault(self.rollen, self.domein)
        if fault is not None:
            raise PydanticCustomError("vw_rollen", fault)
        check_term(self.actief_vanaf, self.actief_tot)
        return self


class AccountCreate(NewRecord, AccountFields):
    """A new function account."""

    gemeentecode: Gemeentecode


class AccountUpdate(ApiInput):
    """Changes of an account; what is left out stays, `actiefTot: null` makes it active until further notice."""

    functie: Functienaam | None = None
    rollen: Rollen | None = None
    domein: Domein | None = None
    actief_tot: Datum | None = Field(default=None, description=LAST_DAY)


class AccountRead(ApiOutput):
    """A function account."""

    id: UUID
    sub: str
    gemeentecode: str
    functie: str
    rollen: list[Rol]
    domein: str | None
    actief_vanaf: date
    actief_tot: date | None
    versie: int


class AanwijzingCreate(NewRecord, Dated):
    """A new designation of an inspector for one law in one municipality (REG-17)."""

    account_id: UUID
    gemeentecode: Gemeentecode
    wet: Wet


class AanwijzingUpdate(ApiInput):
    """The new last day of a designation; null is until further notice, yesterday ends it at once."""

    geldig_tot: Datum | None


class AanwijzingRead(ApiOutput):
    """A designation."""

    id: UUID
    account_id: UUID
    gemeentecode: str
    wet: Wet
    geldig_vanaf: date
    geldig_tot: date | None
    versie: int


class PiketFields(ApiInput):
    """When a number is on call."""

    rang: int = Field(default=1, ge=1, le=2, description="1: heeft dienst, 2: vervanger.")
    nummer: Functienummer = Field(description="Functioneel piketnummer, nooit iemands eigen nummer.")
    van: Tijdstip
    tot: Tijdstip

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.tot <= self.van:
            raise PydanticCustomError("vw_volgorde", "eindigt voordat het begint; kies een later einde")
        if self.tot - self.van > timedelta(days=31):
            raise PydanticCustomError("vw_duur", "duurt langer dan 31 dagen; deel de dienst op")
        return self


class PiketdienstCreate(NewRecord, PiketFields):
    """A shift of an on-call AF (ROL-24)."""

    gemeentecode: Gemeentecode
    account_id: UUID


class PiketdienstRead(ApiOutput):
    """A shift of an on-call AF."""

    id: UUID
    gemeentecode: str
    account_id: UUID
    rang: int
    nummer: str
    van: datetime
    tot: datetime
    getest_op: datetime | None
    test_nodig: bool = Field(description="Nog niet getest, of te lang geleden.")
    testalarm_tot: datetime | None = Field(description="Tot dan kan een verstuurd testalarm beantwoord worden.")


class PiketNummer(ApiOutput):
    """The functional number of who is on call now."""

    nummer: str
    rang: int


class TaakCreate(ApiInput):
    """A task for a role, as other features make it: refers to a record, holds nothing of what stands in it."""

    gemeentecode: Gemeentecode
    soort: Code
    omschrijving: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    voor_rol: Rol
    team_id: UUID | None = None
    onderwerp_soort: Code
    onderwerp_id: UUID
    voor_datum: Datum | None = None


class TaakRead(ApiOutput):
    """A task."""

    id: UUID
    gemeentecode: str
    soort: str
    omschrijving: str
    voor_rol: Rol
    team_id: UUID | None
    onderwerp_soort: str
    onderwerp_id: UUID
    voor_datum: date | None
    te_laat: bool = Field(description="Open en de datum is voorbij.")
    status: Taakstatus
    gemaakt_op: datetime
    gedaan_op: datetime | None
