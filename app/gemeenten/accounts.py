"""Accounts as the source of callers: what somebody may do today, remembered for at most 30 seconds (design section 7)."""

import threading
import time
from dataclasses import dataclass

from app.core.caller import Caller
from app.core.clock import business_date, utc_now
from app.core.db import Database
from app.gemeenten.repository import aanmelding, accounts
from app.gemeenten.rules.rollen import REGIONAAL, VELDROLLEN, Rol

CACHE_SIZE = 10_000


class Accounts:
    """Finds the caller behind a subject; ending an account or a designation works within the cache time."""

    def __init__(self, database: Database, cache_seconds: float) -> None:
        self._database = database
        self._cache_seconds = cache_seconds
        self._cache: dict[str, tuple[float, Caller | None]] = {}
        self._guard = threading.Lock()

    def find_caller(self, sub: str) -> Caller | None:
        """The active account with this subject, or None."""
        now = time.monotonic()
        with self._guard:
            known = self._cache.get(sub)
        if known is not None and now - known[0] < self._cache_seconds:
            return known[1]
        caller = self._load(sub)
        with self._guard:
            if len(self._cache) >= CACHE_SIZE:
                self._cache.clear()
            self._cache[sub] = (now, caller)
        return caller

    def _load(self, sub: str) -> Caller | None:
        today = business_date(utc_now())
        with self._database.session(write=False) as session:
            account = aanmelding.account_with_sub(session, sub)
            if (
                account is None
                or account.actief_vanaf > today
                or (account.actief_tot is not None and account.actief_tot < today)
            ):
                return None
            rollen = frozenset(Rol(rol) for rol in account.rollen)
            gemeenten = {account.gemeentecode}
            if rollen & VELDROLLEN:
                # A field worker's rights follow from a designation only (ROL-23), the own municipality included.
                gemeenten = set(aanmelding.designated_municipalities(session, account, today))
                if rollen - VELDROLLEN:
                    gemeenten.add(account.gemeentecode)
            if rollen & REGIONAAL:
                gemeenten.update(aanmelding.municipalities_of_region(session, account.gemeentecode))
            teams = frozenset(lid.team_id for lid in aanmelding.team_ids(session, account))
        return Caller(
            account_id=account.id,
            sub=sub,
            gemeentecode=account.gemeentecode,
            gemeenten=frozenset(gemeenten),
            rollen=frozenset(rollen),
            teams=teams,
            domein=account.domein,
        )


@dataclass(frozen=True)
class Functie:
    """A function account as the demo's sign-in page shows it."""

    sub: str
    functie: str
    rollen: tuple[str, ...]


def active_functions(database: Database, gemeentecode: str) -> list[Functie]:
    """The active accounts of a municipality."""
    with database.session(write=False) as session:
        rows = accounts.active_accounts(session, gemeentecode, business_date(utc_now()))
        return [Functie(row.sub, row.functie, tuple(row.rollen)) for row in rows]
