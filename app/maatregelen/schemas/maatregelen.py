"""API shapes of measures. No field is about a person; the remark passes the text filter (design section 7)."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.core.http.schemas import ApiInput, ApiOutput, Code, Datum
from app.core.identifiers import new_id
from app.core.shapes import shaped
from app.maatregelen.status import (
    Afstemverzoekstand,
    GerichtOp,
    Maatregelactie,
    Maatregelsoort,
    Maatregelstatus,
    Opvang,
)

Kenmerk = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        pattern=shaped(
            r"^[A-Za-z0-9][A-Za-z0-9 ./_-]{0,59}$", "hoogstens 60 letters en cijfers, ook met spatie . / _ en -"
        ),
    ),
]
Opmerking = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=280)]
Bevindingen = Annotated[
    list[UUID], Field(max_length=50, description="Bevindingen over naleving bij dit object waarop de maatregel rust.")
]
TOT = Field(default=None, description="Laatste dag; een gesloten pand gaat de dag erna weer open.")
TERMIJN = Field(default=None, description="Laatste dag om aan de last te voldoen.")
GERICHT = Field(
    default=None,
    description="Op wie de maatregel werkt, als rol bij de plek; nooit wie dat is. Verplicht bij een boete. Wat werkt op wie er "
    "verblijft of werkt, wordt eerst afgestemd.",
)
INTERVENTIE = Field(default=None, description="Code uit de lijst 'interventies'.")
OPVANG = Field(default=None, description="Opvang geregeld? Verplicht bij sluiting waar mensen slapen, en bij spoed.")


class MaatregelCreate(ApiInput):
    """A measure at an object. One of long ago is told as 'beeindigd'; it then asks for no control."""

    id: UUID = Field(default_factory=new_id, description="Door de aanroeper gekozen kenmerk; opnieuw sturen is veilig.")
    object_id: UUID
    soort: Maatregelsoort
    grondslag: Code = Field(description="Code uit de lijst 'maatregelgronden'.")
    status: Literal[Maatregelstatus.VOORGENOMEN, Maatregelstatus.OPGELEGD, Maatregelstatus.BEEINDIGD] = (
        Maatregelstatus.OPGELEGD
    )
    opgelegd_op: Datum = Field(description="Bij een voornemen: de dag waarop u haar wilt opleggen.")
    geldt_van: Datum = Field(description="Bij een voornemen: de dag waarop zij dan ingaat.")
    geldt_tot: Datum | None = TOT
    begunstigingstermijn_tot: Datum | None = TERMIJN
    spoed: bool = False
    opvang: Opvang | None = OPVANG
    gericht_op: GerichtOp | None = GERICHT
    interventie: Code | None = INTERVENTIE
    kenmerk: Kenmerk
    opmerking: Opmerking | None = None
    bevinding_ids: Bevindingen = Field(default_factory=list)

    @model_validator(mode="after")
    def _towards_whom(self) -> Self:
        if self.soort is Maatregelsoort.BOETE and self.gericht_op is None:
            raise PydanticCustomError("vw_gericht", "gerichtOp ontbreekt; een boete zegt op wie hij werkt")
        return self


class MaatregelPatch(ApiInput):
    """What changes of a measure; a field that is left out stays as it is. Object and kind never change."""

    grondslag: Code | None = None
    opgelegd_op: Datum | None = None
    geldt_van: Datum | None = None
    geldt_tot: Datum | None = TOT
    begunstigingstermijn_tot: Datum | None = TERMIJN
    opvang: Opvang | None = OPVANG
    gericht_op: GerichtOp | None = GERICHT
    interventie: Code | None = INTERVENTIE
    kenmerk: Kenmerk | None = None
    opmerking: Opmerking | None = None
    bevinding_ids: Bevindingen | None = None

    @model_validator(mode="after")
    def _keeps(self) -> Self:
        for name in ("grondslag", "opgelegd_op", "geldt_van", "gericht_op", "kenmerk", "bevinding_ids"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise PydanticCustomError("vw_leeg", "{veld} mag niet leeg zijn", {"veld": name})
        return self


class MaatregelOpleggen(ApiInput):
    """An intended measure that is imposed: the day, and what must be known by then."""

    opgelegd_op: Datum
    geldt_van: Datum
    geldt_tot: Datum | None = TOT
    begunstigingstermijn_tot: Datum | None = TERMIJN
    spoed: bool = False
    opvang: Opvang | None = OPVANG


class MaatregelBeeindigen(ApiInput):
    """A measure that ends: its last day."""

    geldt_tot: Datum = Field(description="Laatste dag waarop de maatregel gold.")


class MaatregelRead(ApiOutput):
    """A measure at an object."""

    id: UUID
    gemeentecode: str
    object_id: UUID
    soort: Maatregelsoort
    grondslag: str
    status: Maatregelstatus
    opgelegd_op: date
    geldt_van: date
    geldt_tot: date | None
    begunstigingstermijn_tot: date | None
    spoed: bool
    opvang: Opvang | None
    gericht_op: GerichtOp
    interventie: str | None
    afgestemd_op: date | None
    afstemming: Afstemverzoekstand | None = Field(
        description="'wacht op afstemming': hij kan nog niet worden opgelegd, om welke reden ook."
    )
    kenmerk: str
    opmerking: str | None
    bevinding_ids: list[UUID]
    versie: int


class MaatregelgebeurtenisRead(ApiOutput):
    """One change of a measure, and how it stood afterwards; the text of a remark is not repeated."""

    volgnummer: int
    tijdstip: datetime
    actor: UUID
    actie: Maatregelactie
    velden: list[str]
    stand: dict[str, Any]


class MaatregelInhoud(ApiOutput):
    """A measure in the history of a place, as other features show it: without reference, remark and findings."""

    object_id: UUID
    soort: Maatregelsoort
    grondslag: str
    opgelegd_op: date
    geldt_van: date
    geldt_tot: date | None
    begunstigingstermijn_tot: date | None
    aandachtspunt: str | None


class SignaalmaatregelCreate(ApiInput):
    """A measure that the AF counts to a signal."""

    maatregel_id: UUID
