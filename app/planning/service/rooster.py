"""Who is there on which shift: the roster with leave, rest and designations, in a fixed number of questions (PLN-02, PLN-16, REG-17)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from app.controles.rules.bevoegdheid import WETTEN
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.aanwijzingen import designations_by_day
from app.gemeenten.service.normen import norm_table
from app.gemeenten.service.teams import team_members
from app.gemeenten.status import Wet
from app.objecten.status import Objecttype
from app.planning.errors import WrongStatus
from app.planning.repository import beschikbaarheden
from app.planning.repository import verlof as verlof_repository
from app.planning.rules.bezetting import Ploeg, Roosterdienst, man_shifts
from app.planning.rules.diensten import Tijdvak
from app.planning.rules.planinstellingen import SettingsMissing
from app.planning.rules.rust import Roosterregels, read_roster_rules
from app.planning.status import Beschikbaarheidsoort
from app.planning.tables import Beschikbaarheid, Verlofperiode

RONDOM = timedelta(days=3)
"""Shifts this far before and after count for rest."""


@dataclass(frozen=True)
class Afwezigheid:
    """Leave of teams and accounts around the asked days."""

    perioden: Sequence[Verlofperiode]

    def is_away(self, team_id: UUID, account_id: UUID, day: date) -> bool:
        """Whether a member of a team is on leave, or the whole team."""
        return any(
            row.van <= day <= row.tot and (row.team_id == team_id or row.account_id == account_id)
            for row in self.perioden
        )


@dataclass(frozen=True)
class Rooster:
    """The shifts of a municipality over some days, with their crews.

    Attributes:
        diensten: Shifts by date, those of the asked teams only.
        ploegen: Crew per shift; of a shift elsewhere on the roster as well.
    """

    diensten: Sequence[Beschikbaarheid]
    ploegen: Mapping[UUID, Ploeg]
    regels: Roosterregels
    afwezig: Afwezigheid
    leden: Mapping[UUID, Collection[UUID]]
    _wetten: Mapping[date, Mapping[UUID, Collection[Wet]]] = field(repr=False)

    def powers(self, shift: Beschikbaarheid) -> frozenset[Objecttype]:
        """The object types for which enough designated inspectors can be on this shift (REG-17)."""
        crew, laws = self.ploegen[shift.id], self._wetten.get(shift.datum, {})
        return frozenset(
            soort
            for soort, wanted in WETTEN.items()
            if crew.available([member for member in crew.leden if not set(wanted).isdisjoint(laws.get(member, ()))])
            >= self.regels.bezetting
        )

    def usable(self) -> list[tuple[Beschikbaarheid, frozenset[Objecttype]]]:
        """The shifts on which enough inspectors can be, with what they may control; the others have no capacity (PLN-16)."""
        return [
            (shift, self.powers(shift))
            for shift in self.diensten
            if self.ploegen[shift.id].available() >= self.regels.bezetting
        ]


def load_roster(
    uow: UnitOfWork, gemeentecode: str, van: date, tot: date, teams: Collection[UUID] | None = None
) -> Rooster:
    """The roster of a municipality over some days.

    Args:
        uow: The unit of work.
        gemeentecode: The municipality.
        van: First day.
        tot: Last day.
        teams: Only the shifts of these teams; the rest of the roster still counts for who is rested.

    Raises:
        SettingsMissing: the norm table lacks the settings of a roster.
    """
    rules = read_roster_rules(norm_table(uow, gemeentecode, van))
    rows = [
        row
        for row in beschikbaarheden.between(
            uow.session, gemeentecode, van - RONDOM, tot + RONDOM, soort=Beschikbaarheidsoort.DIENST
        )
        if row.team_id is not None
    ]
    members = team_members(uow, sorted({row.team_id for row in rows if row.team_id is not None}))
    crews = beschikbaarheden.crews(uow.session, [row.id for row in rows])
    away = Afwezigheid(verlof_repository.between(uow.session, gemeentecode, van - RONDOM, tot + RONDOM))
    laws = designations_by_day(uow, gemeentecode, {row.datum for row in rows})

    def is_missing(team_id: UUID, account_id: UUID, day: date) -> bool:
        """Away, or no inspector at all that day: who has no designation is not counted among those who go (REG-17)."""
        return account_id not in laws[day] or away.is_away(team_id, account_id, day)

    ploegen = man_shifts(
        [Roosterdienst(row.id, span_of(row), crews.get(row.id, frozenset()), row.bezetting) for row in rows],
        members,
        is_missing,
        rules,
    )
    asked = [row for row in rows if van <= row.datum <= tot and (teams is None or row.team_id in teams)]
    return Rooster(asked, ploegen, rules, away, members, laws)


def require_roster_rules(uow: UnitOfWork, gemeentecode: str, day: date) -> Roosterregels:
    """The settings of a roster on a day, for a question of a person.

    Raises:
        WrongStatus: some are missing.
    """
    try:
        return read_roster_rules(norm_table(uow, gemeentecode, day))
    except SettingsMissing as missing:
        raise WrongStatus(
            f"In de normentabel ontbreken op die datum instellingen: {missing}. Vraag de beheerder ze in te vullen."
        ) from None


def require_roster(
    uow: UnitOfWork, gemeentecode: str, van: date, tot: date, teams: Collection[UUID] | None = None
) -> Rooster:
    """As `load_roster`, for a question of a person.

    Raises:
        WrongStatus: the settings of a roster are missing.
    """
    require_roster_rules(uow, gemeentecode, van)
    return load_roster(uow, gemeentecode, van, tot, teams)


def span_of(row: Beschikbaarheid) -> Tijdvak:
    """A shift as the rules look at it."""
    return Tijdvak(row.team_id or row.partner_id or row.id, row.datum, row.van, row.tot)
