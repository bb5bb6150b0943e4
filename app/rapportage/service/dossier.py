"""Joins the file of an object in a constant number of queries (design section 4)."""

from uuid import UUID

from app.controles.service.historie import GeweestControle, history_of_object
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.teams import team_names_of
from app.objecten.schemas.dossier import Objectstukken
from app.objecten.schemas.koppelingen import GekoppeldObject
from app.objecten.service.dossier import may, papers_of_object
from app.objecten.service.koppelingen import get_koppelingen
from app.objecten.status import Objecttype
from app.rapportage.schemas.naleving import DossierControle, DossierTekortkoming
from app.rapportage.service.naleving import kind_of, shortcomings_of, team_told


def papers_with_links(uow: UnitOfWork, object_id: UUID) -> tuple[Objectstukken, list[GekoppeldObject]]:
    """What the stock knows of an object, and what is linked to it when the caller's role may see that.

    Raises:
        ObjectNotFound: unknown or not visible.
    """
    papers = papers_of_object(uow, object_id)
    uow.audit("dossier", object_id, papers.object.gemeentecode)
    links = get_koppelingen(uow, object_id).gekoppelde_objecten if may(uow, "koppelingen_lijst") else []
    return papers, links


def history(uow: UnitOfWork, object_id: UUID, soort: Objecttype, page: Paging) -> list[DossierControle]:
    """Controls and attempts at an object as far as the caller may see them, newest first; one more than a page."""
    rows = history_of_object(uow, object_id, page)
    teams = team_names_of(uow, (row.team_id for row in rows))
    found = shortcomings_of(uow, rows)
    return [_shown(row, team_told(soort, teams, row.team_id), found) for row in rows]


def _shown(row: GeweestControle, team: str | None, found: dict[UUID, list[DossierTekortkoming]]) -> DossierControle:
    return DossierControle(
        id=row.id,
        datum=row.datum,
        soort=kind_of(row),
        reden=row.reden,
        team=team,
        bedrijfsplan_versie=row.bedrijfsplan_versie,
        tekortkomingen=found[row.id],
    )
