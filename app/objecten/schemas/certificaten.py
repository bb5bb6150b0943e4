"""API shapes of certificates for housing workers (REG-14)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.core.http.schemas import ApiInput, ApiOutput, Code, Datum, Regeltekst
from app.core.identifiers import new_id
from app.objecten.schemas.velden import Nummer


@dataclass(frozen=True)
class Certificaatfilter:
    """Narrows a list of certificates; `verloopt_voor` keeps those whose last day lies before that day."""

    gemeentecode: str | None = None
    object_id: UUID | None = None
    soort: str | None = None
    verloopt_voor: date | None = None


class CertificaatCreate(ApiInput):
    """A certificate of a company or lodging that houses workers."""

    id: UUID = Field(default_factory=new_id, description="Door de aanroeper gekozen kenmerk; opnieuw sturen is veilig.")
    object_id: UUID
    soort: Code = Field(description="Code uit de lijst 'huisvestingscertificaten', bijvoorbeeld snf.")
    nummer: Nummer
    geldig_tot: Datum = Field(description="Laatste dag waarop het certificaat geldt.")
    registernaam: Regeltekst = Field(description="Het openbare register waarin het is nagekeken.")
    nagekeken_op: Datum


class CertificaatPatch(ApiInput):
    """What the register says now; a field that is left out stays as it is."""

    geldig_tot: Datum | None = None
    registernaam: Regeltekst | None = None
    nagekeken_op: Datum | None = None

    @model_validator(mode="after")
    def _keeps(self) -> "CertificaatPatch":
        for name, field in (
            ("geldig_tot", "geldigTot"),
            ("registernaam", "registernaam"),
            ("nagekeken_op", "nagekekenOp"),
        ):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise PydanticCustomError("vw_leeg", "{veld} mag niet leeg zijn", {"veld": field})
        return self


class CertificaatRead(ApiOutput):
    """A certificate."""

    id: UUID
    gemeentecode: str
    object_id: UUID
    soort: str
    nummer: str
    geldig_tot: date
    registernaam: str = Field(description="Het openbare register waarin het is nagekeken.")
    nagekeken_op: date
    versie: int
