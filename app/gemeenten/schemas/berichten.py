"""API shapes of messages, push subscriptions and how an account wants to be woken. No field holds a message: its text is always the same."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.core.http.schemas import ApiInput, ApiOutput, Tijdstip
from app.core.shapes import shaped
from app.gemeenten.rules.contactgegevens import mail_address
from app.gemeenten.status import Berichtkanaal, Berichtstatus

ZELF_TE_KIEZEN = frozenset({Berichtkanaal.WEBPUSH, Berichtkanaal.EMAIL})


def _is_mailbox(value: str) -> str:
    if value and mail_address(value) != value:
        raise PydanticCustomError("vw_postbus", "is geen adres van een postbus")
    return value


Postbus = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(_is_mailbox)]


class BerichtRead(ApiOutput):
    """A message in the outbox; nothing of what it is about."""

    id: UUID
    gemeentecode: str
    kanaal: Berichtkanaal
    status: Berichtstatus
    dringend: bool
    gemaakt_op: datetime
    volgende_op: datetime | None
    verzonden_op: datetime | None
    pogingen: int
    fout: str | None


class PushabonnementCreate(ApiInput):
    """What a browser gives when somebody lets it be woken (Push API)."""

    endpoint: Annotated[
        str,
        StringConstraints(
            min_length=10,
            max_length=1000,
            pattern=shaped(r"^https?://[!-~]+$", "een webadres dat met http:// of https:// begint"),
        ),
    ]
    p256dh: Annotated[
        str, StringConstraints(pattern=shaped(r"^[A-Za-z0-9_-]{86,88}$", "de sleutel die de browser gaf, ongewijzigd"))
    ]
    auth: Annotated[
        str, StringConstraints(pattern=shaped(r"^[A-Za-z0-9_-]{22,24}$", "het geheim dat de browser gaf, ongewijzigd"))
    ]


class PushabonnementRead(ApiOutput):
    """A browser that is woken; where it is stays hidden."""

    id: UUID
    gemaakt_op: datetime


class BerichtinstellingUpdate(ApiInput):
    """How the caller wants to be woken, and when he is away."""

    kanalen: list[Berichtkanaal] = Field(max_length=4, description="webpush of e-mail; leeg is geen van beide.")
    postbus: Postbus = Field(default="", description="Postbus van een functie of team, nooit van een persoon.")
    afwezig_van: Tijdstip | None = None
    afwezig_tot: Tijdstip | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if not ZELF_TE_KIEZEN.issuperset(self.kanalen):
            raise PydanticCustomError("vw_kanaal", "alleen webpush en e-mail zijn zelf te kiezen")
        if Berichtkanaal.EMAIL in self.kanalen and not self.postbus:
            raise PydanticCustomError("vw_postbus", "e-mail vraagt een postbus")
        if (self.afwezig_van is None) != (self.afwezig_tot is None):
            raise PydanticCustomError("vw_afwezig", "een afwezigheid heeft een begin en een eind")
        if self.afwezig_van and self.afwezig_tot and self.afwezig_tot <= self.afwezig_van:
            raise PydanticCustomError("vw_volgorde", "eindigt voordat het begint; kies een later einde")
        return self


class BerichtinstellingRead(ApiOutput):
    """How the caller is woken."""

    kanalen: list[Berichtkanaal]
    postbus: str
    afwezig_van: datetime | None
    afwezig_tot: datetime | None
    push_sleutel: str | None = Field(description="Openbare sleutel voor een pushabonnement; leeg: geen webpush.")
