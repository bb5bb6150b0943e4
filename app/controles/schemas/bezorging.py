"""Shapes of sealed delivery: the key to seal to, the proof that travels inside, and what is answered without a sign-in."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import UUID7, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.core.http.schemas import ApiInput, ApiOutput
from app.core.shapes import shaped

MAX_SEALED = 200
Jwe = Annotated[
    str,
    StringConstraints(
        min_length=20,
        max_length=400_000,
        pattern=shaped(
            r"^[A-Za-z0-9_-]+\.\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$",
            "een verzegeld bericht (compacte JWE) zoals de tablet het maakt",
        ),
    ),
]
Helft = Annotated[str, StringConstraints(min_length=32, max_length=128, pattern=r"^[A-Za-z0-9_-]+$")]


class JwkRead(ApiOutput):
    """A public key (RFC 7517)."""

    kty: Literal["EC"] = "EC"
    crv: Literal["P-256"] = "P-256"
    x: str
    y: str
    kid: str
    use: Literal["enc"] = "enc"


class TabletsleutelRead(ApiOutput):
    """The key to which a tablet seals its outbox."""

    sleutel_id: UUID
    jwk: JwkRead
    alg: Literal["ECDH-ES"] = "ECDH-ES"
    enc: Literal["A256GCM"] = "A256GCM"
    geldig_tot: datetime = Field(description="Haal daarna een nieuwe op; wat met deze is verzegeld, blijft te openen.")


class BezorgbewijsRead(ApiOutput):
    """The proof of account and tablet, to put inside each sealed event."""

    bezorgbewijs: str
    geldig_tot: datetime


class Verzegeld(ApiInput):
    """One sealed event: a compact JWE of `{"bezorgbewijs": ..., "gebeurtenis": {...}}`."""

    gebeurtenis_id: UUID7
    jwe: Jwe


class VerzegeldInput(ApiInput):
    """A batch of sealed events, or none and the question whether an order waits for this tablet."""

    zendingen: list[Verzegeld] = Field(default_factory=list, max_length=MAX_SEALED)
    bewijs: Jwe | None = Field(
        default=None, description="Het verzegelde bezorgbewijs van deze tablet, om te horen of hij zich moet wissen."
    )
    gewist: bool = Field(default=False, description="Met 'bewijs': de tablet heeft zich gewist, zoals gevraagd.")

    @model_validator(mode="after")
    def _something(self) -> "VerzegeldInput":
        if self.bewijs is None and (self.gewist or not self.zendingen):
            raise PydanticCustomError("vw_zending", "stuur zendingen, of het bewijs van deze tablet")
        return self


class DigestRead(ApiOutput):
    """The digest of the event as it was sealed."""

    sha256: str


class VerzegeldResultaat(ApiOutput):
    """What became of one sealed event; nothing of what it says."""

    gebeurtenis_id: UUID
    status: Literal["verwerkt", "quarantaine"]
    ontvangst: DigestRead | None = Field(
        description="Leeg als de zending niet te openen was: bewaar haar dan op de tablet."
    )


class VerzegeldRead(ApiOutput):
    """One result per sealed event, in the order of the batch."""

    resultaten: list[VerzegeldResultaat]
    wissen: list[UUID] = Field(
        description="Tablets waarvan een geldig bewijs meekwam en die zich moeten wissen: verstuur wat kan, wis daarna alles."
    )


class SleutelhelftInput(ApiInput):
    """What a tablet derives from the PIN and a salt of its own (never the PIN)."""

    bewijs: Helft = Field(description="Base64url van ten minste 24 bytes, op de tablet afgeleid van de pincode.")


class SleutelhelftRead(ApiOutput):
    """The half of the wrapping key that the disk of the tablet does not hold."""

    helft: str = Field(description="32 bytes, base64url.")
