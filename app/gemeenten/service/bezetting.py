"""Who works at this moment: accounts of a role that are not away, and who is on call; each asked once per transaction (F21)."""

from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.service.abonnementen import away_at
from app.gemeenten.service.accounts import accounts_with_role
from app.gemeenten.service.gemeenten import region_of
from app.gemeenten.service.piket import current_piket
from app.gemeenten.tables import Piketdienst


class Bezetting:
    """Who can be reached in a municipality at the moment of one transaction."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._accounts: dict[tuple[str, Rol, bool], dict[UUID, str | None]] = {}
        self._shifts: dict[tuple[str, int], Piketdienst | None] = {}
        self._regions: dict[str, list[str]] = {}

    def accounts(self, gemeentecode: str, rol: Rol, *, also_away: bool = False) -> dict[UUID, str | None]:
        """Accounts of a role that work today and are not away (unless they are asked for), with their domain."""
        key = (gemeentecode, rol, also_away)
        if key not in self._accounts:
            found = accounts_with_role(self._uow, gemeentecode, rol, self._uow.today)
            ids = [] if also_away else [account.id for account in found]
            away = away_at(self._uow, ids, self._uow.now)
            self._accounts[key] = {account.id: account.domein for account in found if account.id not in away}
        return self._accounts[key]

    def shift(self, gemeentecode: str, rang: int) -> Piketdienst | None:
        """Who is on call, or None."""
        key = (gemeentecode, rang)
        if key not in self._shifts:
            self._shifts[key] = current_piket(self._uow, gemeentecode, self._uow.now, rang)
        return self._shifts[key]

    def region(self, gemeentecode: str) -> list[str]:
        """The municipalities of the region, this one included."""
        if gemeentecode not in self._regions:
            self._regions[gemeentecode] = region_of(self._uow, gemeentecode)
        return self._regions[gemeentecode]
