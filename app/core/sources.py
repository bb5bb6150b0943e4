"""How often an outside source may be asked, and when it rests; counted in the database, so that all processes share it (ADR 0014).

Before each call a `Gate` is entered, in a short transaction of its own. No transaction is open while the call is on its way.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from app.core.clock import AMSTERDAM, business_date, utc_now
from app.core.jobs import UnitFactory
from app.core.tables import Bronstand
from app.core.upsert import insert_or_skip

LONGEST_REST = timedelta(minutes=30)
PROBE = timedelta(
    seconds=60
)  # after a rest one call tries whether the source is back; the others wait at most this long


@dataclass(frozen=True)
class Limits:
    """What a source may be asked.

    Attributes:
        per_second: calls, spread evenly, of all processes together.
        per_day: calls in a day of the Netherlands; None is no limit.
        failures: failures in a row after which the source rests.
        rest_seconds: the first rest; each further failure doubles it, up to half an hour.
    """

    per_second: float
    per_day: int | None
    failures: int
    rest_seconds: float


class SourceResting(Exception):
    """The source is not asked before `until`: it failed, its quota is used up, or too many others wait for it."""

    def __init__(self, until: datetime, *, quota: bool = False) -> None:
        super().__init__("source rests")
        self.until = until
        self.quota = quota


@dataclass(frozen=True)
class Gate:
    """The gate before one source."""

    units: UnitFactory
    source: str
    limits: Limits

    def enter(self, patience: float) -> bool:
        """Counts a call and waits for its turn.

        Args:
            patience: seconds that it may wait for its turn.

        Returns:
            Whether the source failed before, so that `succeeded` must be told.

        Raises:
            SourceResting: the call may not be made now; nothing was counted.
        """
        with self.units("bron_gebruik") as uow:
            now = utc_now()
            state = _locked(uow.session, self.source, now)
            broken = state.fouten >= self.limits.failures
            if state.rust_tot is not None and state.rust_tot > now:
                raise SourceResting(state.rust_tot)
            today = business_date(now)
            if state.dag != today:
                state.dag, state.aantal = today, 0
            if self.limits.per_day is not None and state.aantal >= self.limits.per_day:
                raise SourceResting(_midnight_after(now), quota=True)
            turn = max(now, state.vrij_op)
            wait = (turn - now).total_seconds()
            if wait > patience:
                raise SourceResting(turn)
            state.vrij_op = turn + timedelta(seconds=1 / self.limits.per_second)
            state.aantal += 1
            if broken:
                state.rust_tot = now + PROBE
            failed_before = state.fouten > 0
        time.sleep(wait)
        return failed_before

    def succeeded(self) -> None:
        """The source works again."""
        with self.units("bron_gebruik") as uow:
            state = _locked(uow.session, self.source, utc_now())
            state.fouten, state.rust_tot = 0, None

    def failed(self) -> None:
        """One more failure; after enough of them the source rests, longer each time."""
        with self.units("bron_gebruik") as uow:
            now = utc_now()
            state = _locked(uow.session, self.source, now)
            state.fouten += 1
            beyond = state.fouten - self.limits.failures
            if beyond >= 0:
                rest = timedelta(seconds=self.limits.rest_seconds * 2 ** min(beyond, 16))
                state.rust_tot = now + min(rest, LONGEST_REST)

    def rest(self, seconds: float) -> None:
        """The source itself said how long to leave it alone, or refuses our key."""
        with self.units("bron_gebruik") as uow:
            now = utc_now()
            state = _locked(uow.session, self.source, now)
            until = now + timedelta(seconds=seconds)
            state.rust_tot = until if state.rust_tot is None else max(state.rust_tot, until)


def _locked(session: Session, source: str, now: datetime) -> Bronstand:
    fresh = {"bron": source, "vrij_op": now, "dag": business_date(now), "aantal": 0, "fouten": 0, "rust_tot": None}
    insert_or_skip(session, Bronstand, [fresh], Bronstand.bron)
    return session.exec(select(Bronstand).where(Bronstand.bron == source).with_for_update()).one()


def _midnight_after(now: datetime) -> datetime:
    day = business_date(now) + timedelta(days=1)
    return datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM)
