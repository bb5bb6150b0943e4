"""Dated versions of what a municipality sets for its signals: added for a day to come, changed until that day, never afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

from app.core.errors import Conflict, NotFound
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import require_gemeente
from app.signalen.repository import versies as repository
from app.signalen.repository.versies import NATIONAL
from app.signalen.tables import Routeprofiel, Sluitcodeversie

Versie = TypeVar("Versie", Routeprofiel, Sluitcodeversie)
WEINIG = 10


@dataclass(frozen=True)
class Versiesoort(Generic[Versie]):
    """A kind of dated version.

    Attributes:
        tabel: where it is stored; also its name in the audit log.
        onbekend: unknown, or of a municipality in which the caller does not work.
        bezet: it cannot be added or changed so.
    """

    tabel: type[Versie]
    onbekend: type[NotFound]
    bezet: type[Conflict]

    def on_day(self, uow: UnitOfWork, gemeentecode: str, day: date) -> Versie | None:
        """The version that holds in a municipality on a day."""
        return repository.on_day(uow.session, self.tabel, gemeentecode, day)

    def page(self, uow: UnitOfWork, gemeentecode: str | None, paging: Paging) -> Sequence[Versie]:
        """Those of the caller's municipalities and those for all, history included."""
        return repository.versions_page(uow.session, uow.caller, self.tabel, gemeentecode, paging)

    def get(self, uow: UnitOfWork, versie_id: UUID) -> Versie:
        """One version.

        Raises:
            NotFound: unknown or not readable.
        """
        row = repository.find_readable(uow.session, uow.caller, self.tabel, versie_id)
        if row is None:
            raise self.onbekend
        return row

    def add(self, uow: UnitOfWork, row: Versie) -> Versie:
        """Stores a new version; the one before it stays as history. Sending the same again is safe.

        Raises:
            GemeenteNotFound: the caller does not work there.
            Conflict: it would start in the past, or another version starts on that day.
        """
        require_gemeente(uow, row.gemeentecode, lock=True)
        row.vastgesteld_door = uow.caller.account_id
        stored = repository.with_id(uow.session, self.tabel, row.id)
        if stored is not None:
            if stored.model_dump(exclude={"versie"}) != row.model_dump(exclude={"versie"}):
                raise self.bezet("Onder dit kenmerk staat al iets anders. Kies een nieuw kenmerk.")
            return stored
        if row.geldig_vanaf < uow.today:
            raise self.bezet("Een versie begint vandaag of later; wat voorbij is, verandert niet meer.")
        if not repository.add(uow.session, row):
            raise self.bezet(
                f"Er is al een versie vanaf {row.geldig_vanaf:%d-%m-%Y}. Wijzig die, of kies een andere dag."
            )
        uow.audit(self.tabel.__name__, row.id, row.gemeentecode)
        return self.get(uow, row.id)

    def lock_unbegun(self, uow: UnitOfWork, versie_id: UUID, if_match: str | None) -> Versie:
        """A version that does not hold yet, locked; one that holds is only ended by a newer one.

        Raises:
            NotFound: unknown or not readable.
            PreconditionFailed: somebody else changed it.
            Conflict: it holds already.
        """
        row = repository.find_readable(uow.session, uow.caller, self.tabel, versie_id, lock=True)
        if row is None:
            raise self.onbekend
        check_version(if_match, row.versie)
        if row.geldig_vanaf <= uow.today or row.gemeentecode == NATIONAL:
            raise self.bezet(GELDT_AL)
        return row

    def changed(self, uow: UnitOfWork, row: Versie) -> Versie:
        """Stores what was changed of a locked version, by whom, under a new number."""
        row.vastgesteld_door = uow.caller.account_id
        row.versie += 1
        uow.session.flush()
        uow.audit(self.tabel.__name__, row.id, row.gemeentecode)
        return row


GELDT_AL = "Deze versie geldt al en verandert niet meer. Maak een nieuwe versie met een latere dag."


def band(number: int) -> str:
    """A number that tells of no single signal, for who manages rules and sees no signals."""
    return "geen" if number == 0 else f"minder dan {WEINIG}" if number < WEINIG else f"{WEINIG} of meer"
