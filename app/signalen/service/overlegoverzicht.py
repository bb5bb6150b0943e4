"""The overview for the quarterly meeting of AF and zorgcoördinator, generated under its headings; counts only (CAD-10)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from itertools import pairwise
from uuid import UUID

from app.core.clock import AMSTERDAM, add_months
from app.core.unit_of_work import UnitOfWork
from app.signalen.errors import AgendaGeweigerd, OverlegNotFound
from app.signalen.repository import agenda as punten
from app.signalen.repository import overleggen as repository
from app.signalen.repository.agenda import Casus
from app.signalen.rules.overgangen import OPEN
from app.signalen.rules.overleggen import KWARTAAL_MAANDEN
from app.signalen.schemas.overleggen import (
    CasussenRead,
    KnelpuntRead,
    OntwikkelingRead,
    OverzichtRead,
    TrendRead,
)
from app.signalen.service.overlegreeksen import municipalities_of
from app.signalen.status import Overlegsoort, Termijnsoort, Vorm

PERIODEN = 4


def overview_of(uow: UnitOfWork, overleg_id: UUID) -> OverzichtRead:
    """The three months up to a meeting, with the periods before it. Signals on the closed route are not counted.

    Raises:
        OverlegNotFound: unknown, or the caller is no member.
        AgendaGeweigerd: another kind of meeting.
    """
    found = repository.find_overleg(uow.session, repository.is_member(uow.caller), overleg_id)
    if found is None:
        raise OverlegNotFound
    overleg, reeks = found
    if reeks.soort is not Overlegsoort.KWARTAAL_AF_ZC:
        raise AgendaGeweigerd(
            "Een overzicht hoort bij het kwartaaloverleg van aandachtsfunctionaris en zorgcoördinator."
        )
    codes = municipalities_of(uow, reeks)
    edges = [add_months(overleg.datum, -KWARTAAL_MAANDEN * back) for back in range(PERIODEN, -1, -1)]
    moments = [_start(day) for day in edges]
    rows = punten.cases(uow.session, codes, moments[0])
    new = [_sent(rows, van, tot) for van, tot in pairwise(moments)]
    van, tot = moments[-2], moments[-1]
    closed = sum(row.gesloten_op is not None and van <= row.gesloten_op < tot for row in rows)
    running = sum(row.verzonden_op < tot and (row.status in OPEN or _closed_after(row, tot)) for row in rows)
    late = punten.late_terms(uow.session, codes, van, min(tot, uow.now))
    uow.audit("overleg", overleg_id)
    return OverzichtRead(
        van=edges[-2],
        tot=edges[-1],
        stand_van_zaken=f"{len(new[-1])} nieuwe signalen, {running} lopend en {closed} afgerond in deze periode.",
        casussen=CasussenRead(gesignaleerd=len(new[-1]), lopend=running, afgerond=closed),
        ontwikkelingen=[
            OntwikkelingRead(vorm=vorm, nieuw=_of_form(new[-1], vorm), vorige_periode=_of_form(new[-2], vorm))
            for vorm in Vorm
        ],
        knelpunten=[
            KnelpuntRead(termijn=soort, aantal=late.count(soort)) for soort in Termijnsoort if late.count(soort)
        ],
        trends=[
            TrendRead(van=start, tot=end, nieuw=len(rows))
            for start, end, rows in zip(edges[:-1], edges[1:], new, strict=True)
        ],
    )


def _sent(rows: Sequence[Casus], van: datetime, tot: datetime) -> list[Casus]:
    return [row for row in rows if van <= row.verzonden_op < tot]


def _closed_after(row: Casus, moment: datetime) -> bool:
    return row.gesloten_op is not None and row.gesloten_op >= moment


def _of_form(rows: list[Casus], vorm: Vorm) -> int:
    return sum(vorm in (row.vormen or [Vorm.ONBEKEND]) for row in rows)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM).astimezone(UTC)
