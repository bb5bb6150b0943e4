"""The stock as the norms look at it, for any date and in a fixed number of queries (CAD-01, CAD-06, CAD-19, REG-02)."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.objecten.repository import normobjecten as repository
from app.objecten.rules.termijnen import renewal_chains, span_of
from app.objecten.schemas.normobjecten import NormObject, Risicotermijn
from app.objecten.schemas.objecten import PlanbareVergunning
from app.objecten.service.planbaar import period_of
from app.objecten.service.vergunningen import grace_days
from app.objecten.status import Objecttype, Vergunningsoort
from app.objecten.tables import Vergunning


def norm_objects(
    uow: UnitOfWork,
    gemeentecode: str,
    soorten: Collection[Objecttype],
    vanaf: date,
    *,
    object_id: UUID | None = None,
    paging: Paging | None = None,
) -> list[NormObject]:
    """Objects of these types by type and number, with their permits; one more than a page when a page is asked.

    A closed object is among them when its permit ended on or after `vanaf`: the norm held for it pro rata (CAD-01). One whose permit goes
    on is not: nobody can be controlled there, and no round plans it.
    """
    rows = repository.objects_with_norm(
        uow.session, uow.caller, gemeentecode, soorten, vanaf, uow.today, object_id=object_id, paging=paging
    )
    grace = grace_days(uow, gemeentecode)
    permits: dict[UUID, dict[Vergunningsoort, list[Vergunning]]] = {}
    for permit in repository.permits_of(uow.session, uow.caller, [row[0] for row in rows], uow.today):
        permits.setdefault(permit.object_id, {}).setdefault(permit.soort, []).append(permit)
    return [
        NormObject(found, soort, nummer, naam, tuple(_joined(permits.get(found, {}), grace)))
        for found, soort, nummer, naam in rows
    ]


def _joined(by_kind: dict[Vergunningsoort, list[Vergunning]], grace: int) -> Iterable[PlanbareVergunning]:
    for kind in by_kind.values():
        for chain in renewal_chains(kind, period_of, grace):
            yield PlanbareVergunning(chain[-1].soort, chain[-1].nummer, span_of(period_of(permit) for permit in chain))


def object_types(uow: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, Objecttype]:
    """The type of each of these objects that the caller may see, in one query of two columns."""
    wanted = sorted(set(ids))
    return repository.types_of(uow.session, uow.caller, wanted) if wanted else {}


def object_facets(uow: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, tuple[str | None, str | None]]:
    """Wijk and sector of each of these objects, in one query; for figures only."""
    wanted = sorted(set(ids))
    found = repository.facets_of(uow.session, uow.caller, wanted) if wanted else ()
    return {object_id: (wijk, sector) for object_id, wijk, sector in found}


def stock_by_facet(uow: UnitOfWork, gemeentecode: str) -> list[tuple[str | None, str | None, int]]:
    """Number of active objects of a municipality per wijk and sector; for figures only."""
    return list(repository.stock_by_facet(uow.session, uow.caller, gemeentecode))


def has_objects(uow: UnitOfWork, gemeentecode: str, soorten: Collection[Objecttype]) -> bool:
    """Whether the municipality has an active object of one of these types; without any a norm is 'n.v.t.' (REG-02)."""
    return repository.has_active(uow.session, uow.caller, gemeentecode, soorten)


def risk_terms(uow: UnitOfWork, gemeentecode: str, day: date) -> list[Risicotermijn] | None:
    """Risk addresses that wait on a day (CAD-06); None where the municipality never had one (REG-02)."""
    if not repository.has_risks(uow.session, uow.caller, gemeentecode):
        return None
    return [Risicotermijn(*row) for row in repository.risk_days(uow.session, uow.caller, gemeentecode, day)]
