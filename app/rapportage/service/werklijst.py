"""The enforcement worklist: shortcomings that nobody found put right yet, past their term first (RPT-04)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from app.bevindingen.schemas.bevindingen import NalevingRef
from app.bevindingen.service.bevindingen import compliance_of_controls, standing_compliance
from app.checklists.rules.content import Item
from app.controles.service.historie import GeweestControle, finished_at, next_visit_of
from app.core.clock import add_working_days
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.teams import team_names_of
from app.objecten.service.objecten import objects_by_ids
from app.rapportage.rules.herstel import found_again, repaired_on
from app.rapportage.schemas.rapporten import Werkregel
from app.rapportage.service.naleving import look_back, shortcoming, team_told

TERUGKIJKEN = timedelta(days=730)
"""How long an open shortcoming stays on the list, as in the day package of the field."""


@dataclass(frozen=True, slots=True)
class Openstaand:
    """A shortcoming that waits for repair."""

    ref: NalevingRef
    item: Item
    controle: GeweestControle

    @property
    def key(self) -> str:
        """Sorts by term, those without one last."""
        return f"{self.ref.hersteltermijn or date.max}|{self.ref.item}"


def open_shortcomings(uow: UnitOfWork, gemeentecode: str | None, page: Paging) -> list[Werkregel]:
    """Open shortcomings by term, those past it first, those without one last; one more than a page, in at most nine queries.

    A shortcoming is open until a later control answers the same question without it; one that was found again stands once,
    with its newest control. The caller sees a planned visit only when he may see the plan; otherwise the first working day after
    the term stands there.

    Raises:
        GemeenteNotFound: the caller does not work there.
    """
    if gemeentecode is not None:
        require_gemeente(uow, gemeentecode)
    since = uow.today - TERUGKIJKEN
    start = datetime.combine(since, time(), tzinfo=UTC)
    refs = standing_compliance(uow, start, gemeentecode=gemeentecode)
    rows = sorted(still_open(uow, refs, since), key=lambda row: (row.key, row.controle.id))
    shown = [row for row in rows if page.after is None or (row.key, row.controle.id) > page.after][: page.limit + 1]
    return _shown(uow, shown)


def cursor_of(row: Werkregel) -> tuple[str, UUID]:
    """Where a line stands on the list."""
    return f"{row.hersteltermijn or date.max}|{row.item}", row.controle_id


def still_open(uow: UnitOfWork, refs: Sequence[NalevingRef], since: date) -> list[Openstaand]:
    """Those of the shortcomings that no later control saw put right or found again, and that nobody closed.

    Args:
        uow: the unit of work.
        refs: all compliance findings that stand at the objects since that day: those of later controls tell of earlier ones.
        since: how far to look back.
    """
    controles = {c.id: c for c in finished_at(uow, {ref.object_id for ref in refs}, since) if not c.verzegeld}
    visits = look_back(controles.values(), refs)
    rows = []
    for ref in refs:
        controle = controles.get(ref.controle_id)
        item = shortcoming(controle.checklistversies, ref.item) if controle else None
        if controle is None or item is None:
            continue
        later = visits[controle.object_id]
        if ref.afgesloten_op is not None:
            continue
        if repaired_on(ref.item, controle.datum, later) is None and not found_again(ref.item, controle.datum, later):
            rows.append(Openstaand(ref, item, controle))
    return rows


def _shown(uow: UnitOfWork, rows: Sequence[Openstaand]) -> list[Werkregel]:
    objects = {row.controle.object_id for row in rows}
    places = objects_by_ids(uow, objects)
    planned = next_visit_of(uow, objects, uow.today)
    teams = team_names_of(uow, (row.controle.team_id for row in rows))
    answers = {
        (finding.controle_id, finding.item): finding.antwoord
        for finding in compliance_of_controls(uow, sorted({row.controle.id for row in rows}))
    }
    lines = []
    for row in rows:
        place, term = places[row.controle.object_id], row.ref.hersteltermijn
        visit = planned.get(place.id)
        lines.append(
            Werkregel(
                gemeentecode=place.gemeentecode,
                object_id=place.id,
                objectnummer=place.nummer,
                objectnaam=place.naam,
                adres=place.adres,
                controle_id=row.controle.id,
                vastgesteld_op=row.controle.datum,
                item=row.item.code,
                vraag=row.item.vraag,
                antwoord=answers[row.controle.id, row.ref.item],
                grondslag=row.item.grondslag,
                hersteltermijn=term,
                te_laat=term is not None and term < uow.today,
                hercontrole_op=visit or (None if term is None else add_working_days(term, 1)),
                hercontrole_gepland=visit is not None,
                team=team_told(place.type, teams, row.controle.team_id),
            )
        )
    return lines
