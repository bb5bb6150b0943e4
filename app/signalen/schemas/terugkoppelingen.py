"""API shapes of feedback: codes of standard texts; nothing of a signal's content."""

from datetime import datetime

from pydantic import Field

from app.core.http.schemas import ApiOutput
from app.signalen.rules.terugkoppelteksten import Moment


class TerugkoppelingRead(ApiOutput):
    """What was told about a signal."""

    moment: str = Field(
        description="Eerste, of bij het sluiten; met een nummer erachter als het signaal daarna is heropend."
    )
    tekstcode: str | None
    niet_mogelijk: str | None = Field(description="Waarom terugkoppeling niet kon.")
    buiten: bool = Field(description="Gegeven buiten deze dienst om, aan een andere organisatie.")
    gegeven_op: datetime
    gelezen_op: datetime | None


class TekstkeuzeRead(ApiOutput):
    """A standard text that fits a signal."""

    code: str
    tekst: str
    momenten: list[Moment]


class RedenRead(ApiOutput):
    """A reason why feedback is not possible."""

    code: str
    reden: str


class TerugkoppelingenRead(ApiOutput):
    """What was told about a signal, and what can be chosen."""

    gegeven: list[TerugkoppelingRead]
    teksten: list[TekstkeuzeRead]
    redenen: list[RedenRead]
