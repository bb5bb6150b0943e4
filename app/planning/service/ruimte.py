"""What the shifts of a municipality can still hold, read in four queries whatever the number of shifts (CAD-01, CAD-03, CAD-04)."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from app.controles.rules.bevoegdheid import WETTEN
from app.controles.service.normcontroles import Dagbelasting, planned_load
from app.core.clock import real_minute
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.aanwijzingen import designations_between
from app.gemeenten.service.teams import team_members
from app.gemeenten.status import Wet
from app.objecten.status import Objecttype
from app.planning.repository import beschikbaarheden as repository
from app.planning.rules.planinstellingen import Planinstellingen
from app.planning.rules.ruimte import ONBEKEND, Ruimte, Vrijedienst, known_until
from app.planning.status import Beschikbaarheidsoort
from app.planning.tables import Beschikbaarheid

Aanwijzing = tuple[UUID, Wet, date, date | None]


def load_room(uow: UnitOfWork, gemeentecode: str, van: date, tot: date, settings: Planinstellingen | None) -> Ruimte:
    """What is left of the shifts of a period, planned controls taken off; unknown without shifts or without settings.

    Args:
        uow: The unit of work.
        gemeentecode: The municipality.
        van: First day; before today nothing can be planned any more.
        tot: Last day.
        settings: Durations, break and occupation; None where the norm table lacks them.
    """
    first = max(van, uow.today)
    if settings is None or tot < first:
        return ONBEKEND
    shifts = repository.between(uow.session, gemeentecode, first, tot, soort=Beschikbaarheidsoort.DIENST)
    if not shifts:
        return ONBEKEND
    powers = _Powers(
        team_members(uow, sorted({row.team_id for row in shifts if row.team_id is not None})),
        designations_between(uow, gemeentecode, first, tot),
        max(1, settings.bezetting),
    )
    load = {(busy.team_id, busy.datum): busy for busy in planned_load(uow, gemeentecode, first, tot)}
    left = [_left(row, settings, powers, load) for row in shifts if row.team_id is not None]
    return Ruimte(
        [shift for shift in left if shift.minuten > 0],
        known_until({row.datum for row in shifts}),
        {soort: duur + settings.reistijd for soort, duur in settings.duur.items()},
    )


def _left(
    row: Beschikbaarheid,
    settings: Planinstellingen,
    powers: "_Powers",
    load: dict[tuple[UUID | None, date], Dagbelasting],
) -> Vrijedienst:
    """A team with two shifts on a day has its planned minutes on the first: what is left of the two together is the same."""
    minutes = real_minute(row.datum, row.tot) - real_minute(row.datum, row.van) - settings.pauze
    busy = load.get((row.team_id, row.datum))
    if busy is not None:
        taken = minutes if busy.in_actie else min(minutes, busy.minuten + busy.controles * settings.reistijd)
        minutes -= taken
        load[row.team_id, row.datum] = Dagbelasting(
            row.team_id, row.datum, 0, max(0, busy.minuten - taken), busy.in_actie
        )
    allowed = frozenset[Objecttype]() if row.team_id is None else powers.on(row.team_id, row.datum)
    return Vrijedienst(row.datum, minutes, allowed, busy is None)


class _Powers:
    """What a team may control on a day; counted once for all days between two changes of designations (REG-17)."""

    def __init__(self, members: Mapping[UUID, Collection[UUID]], rows: Sequence[Aanwijzing], occupation: int) -> None:
        self._members = members
        self._rows = rows
        self._occupation = occupation
        day = timedelta(days=1)
        self._changes = sorted({row[2] for row in rows} | {row[3] + day for row in rows if row[3] is not None})
        self._known: dict[tuple[UUID, int], frozenset[Objecttype]] = {}

    def on(self, team_id: UUID, dag: date) -> frozenset[Objecttype]:
        """The types that enough members are designated for."""
        key = (team_id, bisect_right(self._changes, dag))
        if key not in self._known:
            laws: dict[UUID, set[Wet]] = {}
            for account, law, first, last in self._rows:
                if first <= dag and (last is None or dag <= last):
                    laws.setdefault(account, set()).add(law)
            self._known[key] = frozenset(
                soort
                for soort, wetten in WETTEN.items()
                if sum(not laws.get(member, set()).isdisjoint(wetten) for member in self._members[team_id])
                >= self._occupation
            )
        return self._known[key]
