"""Who asks: the account behind a session or token, with its roles, teams and the municipalities it may work in."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

SYSTEM_ID = UUID(int=0)


@dataclass(frozen=True)
class Caller:
    """The caller of a request or the system itself in a job.

    Attributes:
        gemeentecode: the municipality that employs the account.
        gemeenten: municipalities whose ordinary records may be read; follows from role and designations (ROL-23).
        rollen: roles as named in the table of rights.
    """

    account_id: UUID
    sub: str
    gemeentecode: str
    gemeenten: frozenset[str]
    rollen: frozenset[str]
    teams: frozenset[UUID] = frozenset()
    domein: str | None = None
    herkomst: str = "onbekend"
    session_csrf: str | None = field(default=None, repr=False)

    def has(self, *rollen: str) -> bool:
        """Whether the caller has one of these roles."""
        return not self.rollen.isdisjoint(rollen)

    @property
    def is_system(self) -> bool:
        """Whether this is the service itself."""
        return self.account_id == SYSTEM_ID


class AccountSource(Protocol):
    """Where callers come from; the municipality's accounts implement it (gemeenten lies above the core)."""

    def find_caller(self, sub: str) -> Caller | None:
        """The active account with this subject, or None; may be up to 30 seconds old."""


def system_caller(gemeenten: frozenset[str] = frozenset()) -> Caller:
    """The service itself, for background work."""
    return Caller(
        account_id=SYSTEM_ID,
        sub="systeem",
        gemeentecode="",
        gemeenten=gemeenten,
        rollen=frozenset({"systeem"}),
        herkomst="systeem",
    )
