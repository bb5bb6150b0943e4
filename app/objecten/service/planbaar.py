"""The stock as planning sees it: every active object of a municipality in four queries (CAD-06, CAD-19, REG-02).

A Bibob test that is due is desk work and does not show here (CAD-02). Without any establishment the list is just shorter.
"""

from datetime import date
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.objecten.repository import objecten as objects
from app.objecten.repository import risicoadressen as risks
from app.objecten.repository import vergunningen as permits
from app.objecten.rules.termijnen import Periode, renewal_chains, span_of
from app.objecten.schemas.objecten import PlanbaarFeit, PlanbaarObject, PlanbareVergunning, VerleendeVergunning
from app.objecten.service.vergunningen import grace_days
from app.objecten.service.wensen import Aanhouding, wishes_of
from app.objecten.status import Vergunningsoort
from app.objecten.tables import Vergunning
from geo.crs import Punt


def planbare_objecten(uow: UnitOfWork, gemeentecode: str) -> list[PlanbaarObject]:
    """All active objects with permits in force and the due date of an open risk address, in the order of number.

    A permit whose renewal is not published yet stays in force for the grace window of the municipality (B13).
    """
    due = risks.open_due_dates(uow.session, uow.caller, gemeentecode, uow.today)
    holds, wished = wishes_of(uow, gemeentecode)
    grace = grace_days(uow, gemeentecode)
    by_place: dict[UUID, dict[Vergunningsoort, list[VerleendeVergunning]]] = {}
    for permit in permits.granted_permits(uow.session, uow.caller, gemeentecode):
        by_place.setdefault(permit.object_id, {}).setdefault(permit.soort, []).append(permit)
    return [
        _plannable(
            row,
            tuple(
                _joined(chain)
                for kind in by_place.get(row.id, {}).values()
                for chain in renewal_chains(kind, period_of, grace)
                if span_of(period_of(permit) for permit in chain).holds_on(uow.today, grace)
            ),
            due,
            holds.get(row.id, Aanhouding()),
            wished.get(row.id),
        )
        for row in objects.plannable_objects(uow.session, uow.caller, gemeentecode)
    ]


def period_of(permit: Vergunning | VerleendeVergunning) -> Periode:
    """When a permit holds."""
    return Periode(permit.geldig_vanaf, permit.geldig_tot)


def _joined(chain: list[VerleendeVergunning]) -> PlanbareVergunning:
    """A permit with its renewals, under the number of the last."""
    return PlanbareVergunning(
        soort=chain[-1].soort, nummer=chain[-1].nummer, periode=span_of(period_of(permit) for permit in chain)
    )


def _plannable(
    row: PlanbaarFeit,
    held: tuple[PlanbareVergunning, ...],
    due: dict[UUID, date],
    hold: Aanhouding,
    wished: date | None,
) -> PlanbaarObject:
    return PlanbaarObject(
        id=row.id,
        gemeentecode=row.gemeentecode,
        type=row.type,
        naam=row.naam,
        punt=None if row.x is None or row.y is None else Punt(row.x, row.y),
        buurtcode=row.buurtcode,
        openingstijden=row.openingstijden,
        capaciteit=row.capaciteit,
        vergunningen=held,
        risicoadres_voor=due.get(row.id),
        seizoenen=row.seizoenen,
        niet_plannen_tot=hold.tot,
        norm_niet_tot=hold.norm_tot,
        gewenst_sinds=wished,
        adres_id=row.adres_id,
    )
