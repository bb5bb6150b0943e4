"""What a team may control on a day: it has enough members with a designation under a law that fits the object (REG-17, ROL-23)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from app.controles.rules.bevoegdheid import WETTEN
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.aanwijzingen import designations_by_day
from app.gemeenten.service.teams import team_members
from app.gemeenten.status import Wet
from app.objecten.status import Objecttype
from app.planning.repository import verlof
from app.planning.service.rooster import Afwezigheid


def team_powers(
    uow: UnitOfWork, gemeentecode: str, shifts: Iterable[tuple[UUID, date]], bezetting: int
) -> dict[tuple[UUID, date], frozenset[Objecttype]]:
    """The object types that each team may control on each of its days, with the members that are not on leave then.

    Args:
        uow: The unit of work.
        gemeentecode: The municipality in which it works.
        shifts: Teams and days.
        bezetting: Members that must be designated (at least two go, planning.md).
    """
    wanted = set(shifts)
    members = team_members(uow, sorted({team for team, _ in wanted}))
    found: dict[tuple[UUID, date], frozenset[Objecttype]] = {}
    days = sorted({day for _, day in wanted})
    away = Afwezigheid(verlof.between(uow.session, gemeentecode, days[0], days[-1]) if days else ())
    by_day = designations_by_day(uow, gemeentecode, days)
    for day in days:
        laws = by_day[day]
        for team in {team for team, on in wanted if on == day}:
            there = [member for member in members[team] if not away.is_away(team, member, day)]
            found[team, day] = frozenset(
                soort for soort in Objecttype if _designated(there, laws, soort) >= max(1, bezetting)
            )
    return found


def _designated(members: Collection[UUID], laws: Mapping[UUID, Collection[Wet]], soort: Objecttype) -> int:
    return sum(not set(WETTEN[soort]).isdisjoint(laws.get(member, ())) for member in members)
