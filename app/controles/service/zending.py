"""Reads one event of a batch: total, so that nothing a tablet sends can stop the rest of its batch (design section 5)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from app.controles.rules.gebeurtenissoorten import LOS
from app.controles.rules.ontvangstbewijs import digest, substitute_id
from app.controles.rules.samenvoegen import Stempel
from app.controles.schemas.synchronisaties import INHOUD, GebeurtenisInput
from app.controles.status import Gebeurtenissoort
from app.core.clock import plausible
from app.core.errors import Fout
from app.core.http.problems import validation_faults
from app.core.http.schemas import ApiInput

MAX_DEPTH = 12
TOO_DEEP = "(te diep genest)"


@dataclass(slots=True)
class Zending:
    """One event as it came in.

    Attributes:
        ruw: what was sent, without what cannot be stored.
        sha256: digest of what was sent.
        ontvangen_op: when it came in first.
        event: the event when its envelope can be read.
        inhoud: its content when that can be read as well.
        fouten: why not.
    """

    ruw: Any
    sha256: str
    ontvangen_op: datetime
    event: GebeurtenisInput | None = None
    inhoud: ApiInput | None = None
    fouten: list[Fout] = field(default_factory=list)

    @property
    def id(self) -> UUID:
        """The client's id, or one that follows from the content."""
        return self.event.gebeurtenis_id if self.event else substitute_id(self.sha256)

    @property
    def controle_id(self) -> UUID | None:
        """The control it is about, as far as that can be read; None for what is about none."""
        if self.event is not None:
            return self.event.controle_id
        return _uuid(self.ruw.get("controleId")) if isinstance(self.ruw, dict) else None

    @property
    def over(self) -> UUID:
        """What it is applied to: its control, or itself when it is a record of its own; only for a readable event."""
        return self.id if self.is_loose else self.readable.over

    @property
    def is_loose(self) -> bool:
        """Whether it is a record of its own, which no control waits for."""
        return self.event is not None and self.event.soort in LOS

    @property
    def is_signal(self) -> bool:
        """Whether it is a signal; that much is read even from an event that is otherwise unreadable."""
        return isinstance(self.ruw, dict) and self.ruw.get("soort") == Gebeurtenissoort.SIGNAAL

    @property
    def is_acute(self) -> bool:
        """Whether it is an acute call; that much is read even from an event that is otherwise unreadable."""
        return isinstance(self.ruw, dict) and self.ruw.get("soort") == Gebeurtenissoort.ACUUT

    @property
    def stempel(self) -> Stempel:
        """Where and when it was entered; only for a readable event."""
        event = self.readable
        moment = self.moment.isoformat(timespec="milliseconds")
        return Stempel(str(event.apparaat_id), event.volgnummer, moment)

    @property
    def moment(self) -> datetime:
        """When it was entered, by the clock of the service as far as that is known; only for a readable event."""
        event = self.readable
        return plausible(event.apparaat_tijd - timedelta(seconds=event.klok_verschil), self.ontvangen_op)

    @property
    def readable(self) -> GebeurtenisInput:
        """The event; only for one whose envelope could be read."""
        if self.event is None:
            msg = "an unreadable event has no envelope"
            raise TypeError(msg)
        return self.event


def read_event(raw: object, ontvangen_op: datetime) -> Zending:
    """Reads one event that came in at a moment; every fault is named, nothing is raised."""
    content = _storable(raw, MAX_DEPTH)
    sha256 = digest(content if isinstance(content, dict) else {"": content})
    zending = Zending(ruw=content, sha256=sha256, ontvangen_op=ontvangen_op)
    try:
        zending.event = GebeurtenisInput.model_validate(content)
    except ValidationError as error:
        zending.fouten = validation_faults(error.errors())
        return zending
    try:
        zending.inhoud = INHOUD[zending.event.soort].model_validate(zending.event.inhoud)
    except ValidationError as error:
        zending.fouten = [Fout(f"inhoud.{fout.veld}", fout.melding) for fout in validation_faults(error.errors())]
    return zending


def _storable(value: Any, depth: int) -> Any:  # noqa: ANN401 - any JSON value
    """The value with what no database can hold replaced, and cut where it is nested beyond use."""
    if isinstance(value, str):
        return "".join("�" if ch == "\x00" or "\ud800" <= ch <= "\udfff" else ch for ch in value)
    if isinstance(value, list | dict) and depth == 0:
        return TOO_DEEP
    if isinstance(value, list):
        return [_storable(item, depth - 1) for item in value]
    if isinstance(value, dict):
        return {_storable(key, 0): _storable(item, depth - 1) for key, item in value.items()}
    return value


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
