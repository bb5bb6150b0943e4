"""Who may write to a control: his team, and a designation in that municipality under a law that fits (REG-17, ROL-23)."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.controles.rules.bevoegdheid import WETTEN
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service import aanwijzingen
from app.gemeenten.status import Wet
from app.objecten.status import Objecttype


@dataclass(frozen=True, slots=True)
class Indiener:
    """Who entered something in the field.

    Attributes:
        gemeentecode: the municipality that employs the account; a signal without a known place goes there.
        teams: his teams; None when they were checked already.
    """

    account_id: UUID
    gemeentecode: str
    teams: frozenset[UUID] | None


@dataclass(slots=True)
class Toegang:
    """Answers the same question once per batch."""

    uow: UnitOfWork
    indiener: Indiener
    _known: dict[tuple[str, Objecttype, date], bool] = field(default_factory=dict)
    _inspectors: dict[tuple[str, date], dict[UUID, set[Wet]]] = field(default_factory=dict)

    def in_team(self, team_id: UUID | None) -> bool:
        """Whether the control is of one of his teams."""
        return self.indiener.teams is None or team_id is None or team_id in self.indiener.teams

    def is_designated(self, gemeentecode: str, objecttype: Objecttype, datum: date) -> bool:
        """Whether he has a designation that fits on that date."""
        key = (gemeentecode, objecttype, datum)
        if key not in self._known:
            self._known[key] = any(
                aanwijzingen.has_designation(self.uow, gemeentecode, wet, self.indiener.account_id, datum)
                for wet in WETTEN[objecttype]
            )
        return self._known[key]

    def inspectors(self, gemeentecode: str, datum: date) -> dict[UUID, set[Wet]]:
        """All accounts with a designation in a municipality on a date, with the laws; one query."""
        key = (gemeentecode, datum)
        if key not in self._inspectors:
            self._inspectors[key] = aanwijzingen.designated_accounts(self.uow, gemeentecode, datum)
        return self._inspectors[key]

    def is_power(self, account_id: UUID, gemeentecode: str, objecttype: Objecttype, datum: date) -> bool:
        """Whether an account counts as an inspector at this type of object on that date (PLN-02, REG-17)."""
        laws = self.inspectors(gemeentecode, datum).get(account_id, set())
        return not laws.isdisjoint(WETTEN[objecttype])


def sender(uow: UnitOfWork) -> Indiener:
    """The caller as sender."""
    return Indiener(uow.caller.account_id, uow.caller.gemeentecode, uow.caller.teams)
