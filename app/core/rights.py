"""The table of rights: what a row says and how a request is held against it. The rows themselves stand in `gemeenten`."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Recht:
    """One row: the roles that may call an operation.

    Attributes:
        rollen: roles; empty means every signed-in account.
        openbaar: needs no sign-in at all.
        gevoelig: every read writes an audit row (a write always does), and so does a refusal of a record.
        leest: a POST that only reads (a search with words in the body); runs in a read transaction.
    """

    rollen: frozenset[str] = frozenset()
    openbaar: bool = False
    gevoelig: bool = False
    leest: bool = False


Rechten = Mapping[str, Recht]
