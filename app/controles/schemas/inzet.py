"""Shapes of inspectors at a control: function accounts and moments, never a name (PLN-02)."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from app.core.http.schemas import ApiInput, ApiOutput


class InzetCreate(ApiInput):
    """An inspector on a control."""

    account_id: UUID
    was_erbij: bool = Field(
        default=False, description="Was erbij toen de controle begon; wat daarop wachtte, gaat dan door."
    )


class InzetRead(ApiOutput):
    """An inspector on a control."""

    id: UUID
    account_id: UUID
    ingecheckt_op: datetime | None
    uitchecken_voor: datetime | None
    uitgecheckt_op: datetime | None


class Aanwezigen(ApiInput):
    """Who checks in or out besides the caller; at a check-out an empty list is everybody."""

    toezichthouders: list[UUID] = Field(default_factory=list, max_length=20)


class StartvoorwaardenRead(ApiOutput):
    """Whether a control can start now, and what is missing."""

    kan_starten: bool
    redenen: list[str]
