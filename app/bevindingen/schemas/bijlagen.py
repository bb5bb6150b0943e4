"""Shapes of photos: the announcement of one, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import UUID7, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.bevindingen.status import Bijlagestatus, Fotogrond, Klasse
from app.core.http.schemas import ApiInput, ApiOutput, Apparaattijd
from app.core.shapes import shaped

Sha256 = Annotated[str, StringConstraints(pattern=shaped(r"^[0-9a-f]{64}$", "64 tekens van 0 tot 9 en a tot f"))]


VLAG = "VLAG"
"""Stands where a photo of a control has its item."""


class Bijlageaankondiging(ApiInput):
    """What the metadata of a new upload must hold, beside the length: a control and its photo question, or a flag and the ground."""

    id: UUID7 = Field(description="Door de tablet gemaakt; twee keer aankondigen is dan veilig.")
    controle_id: UUID | None = None
    item: (
        Annotated[
            str, StringConstraints(pattern=shaped(r"^[A-Z]{3}-\d{2}$", "de code van een vraag, bijvoorbeeld HUI-21"))
        ]
        | None
    ) = None
    vlag_id: UUID7 | None = None
    grond: Fotogrond | None = None
    sha256: Sha256 = Field(description="SHA-256 van de hele foto, hexadecimaal.")
    genomen_op: Apparaattijd

    @model_validator(mode="after")
    def _of_one_thing(self) -> "Bijlageaankondiging":
        of_control = self.controle_id is not None and self.item is not None
        of_flag = self.vlag_id is not None and self.grond is not None
        some = [name is not None for name in (self.controle_id, self.item, self.vlag_id, self.grond)]
        if of_control == of_flag or sum(some) != 2:
            raise PydanticCustomError(
                "vw_foto", "noem een controle met de fotovraag, of een vlag met de grond van de foto"
            )
        return self

    @property
    def over(self) -> UUID:
        """The control or flag that it belongs to."""
        found = self.controle_id or self.vlag_id
        if found is None:
            msg = "an announcement names a control or a flag"
            raise TypeError(msg)
        return found

    @property
    def plek(self) -> str:
        """The photo question, or that it is of a flag."""
        return self.item or VLAG


@dataclass(frozen=True)
class Bijlageplaats:
    """Where a photo belongs, as the control says; without the control it is treated as confidential."""

    gemeentecode: str
    klasse: Klasse


class BijlageRead(ApiOutput):
    """The receipt of a photo: how much arrived, and whether it is stored. Never the image."""

    id: UUID
    controle_id: UUID | None
    item: str | None
    vlag_id: UUID | None
    grond: Fotogrond | None
    sha256: str
    grootte: int
    ontvangen: int
    status: Bijlagestatus
    reden: str | None = Field(description="Waarom de foto is geweigerd.")
    genomen_op: datetime
