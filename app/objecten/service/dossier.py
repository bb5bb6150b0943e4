"""What the stock knows of one object, in a constant number of queries; the caller's role decides on parts (design section 4)."""

from collections.abc import Iterable
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rechten import RECHTEN
from app.gemeenten.rules.rollen import Rol
from app.objecten.repository import dossier as repository
from app.objecten.repository.certificaten import certificates_of
from app.objecten.rules.termijnen import Periode, renewal_chains, span_of
from app.objecten.schemas.dossier import (
    DossierBedrijfsplan,
    DossierBibobToets,
    DossierCertificaat,
    DossierObject,
    DossierRisicoadres,
    DossierVergunning,
    DossierVergunningstuk,
    Objectstukken,
)
from app.objecten.service.objecten import get_object
from app.objecten.service.vergunningen import grace_days
from app.objecten.tables import Vergunning

ZIET_KVK = (Rol.VERGUNNINGVERLENER, Rol.AF)
"""The KvK number of a one-person business is about a person; which business is one is not known, so few see any (REG-19)."""


def papers_of_object(uow: UnitOfWork, object_id: UUID) -> Objectstukken:
    """The object with its permits, plans, tests and terms, as far as the caller's role may see each part.

    A part that the role may not see is empty, as it is for an object that has none.

    Raises:
        ObjectNotFound: unknown or not visible.
    """
    place = get_object(uow, object_id)
    shown = place.model_dump(exclude={"kvk_nummer"})
    kvk = place.kvk_nummer if uow.caller.has(*ZIET_KVK) else None
    permits = repository.permits(uow.session, uow.caller, object_id)
    plans = repository.plans(uow.session, uow.caller, object_id)
    tests = repository.tests(uow.session, uow.caller, object_id) if may(uow, "bibob_toetsen_lijst") else ()
    certificates = certificates_of(uow.session, uow.caller, [object_id])
    risks = repository.risks(uow.session, uow.caller, object_id) if may(uow, "risicoadressen_lijst") else ()
    return Objectstukken(
        object=DossierObject(**shown, kvk_nummer=kvk),
        vergunningen=_with_renewals(permits, grace_days(uow, place.gemeentecode)),
        bedrijfsplannen=[DossierBedrijfsplan.model_validate(row) for row in plans],
        bibob_toetsen=[
            DossierBibobToets(vergunningnummer=nummer, getoetst_op=row.getoetst_op, kenmerk=row.kenmerk)
            for nummer, row in tests
        ],
        certificaten=[DossierCertificaat.model_validate(row) for row in certificates],
        risicoadressen=[DossierRisicoadres.model_validate(row) for row in risks],
    )


def may(uow: UnitOfWork, operation: str) -> bool:
    """Whether the caller's role may call another operation: what he cannot list he does not see in a file either."""
    return uow.caller.has(*RECHTEN[operation].rollen)


def _with_renewals(permits: Iterable[Vergunning], grace: int) -> list[DossierVergunning]:
    per_kind: dict[str, list[Vergunning]] = {}
    for permit in permits:
        per_kind.setdefault(permit.soort, []).append(permit)
    shown = []
    for _, rows in sorted(per_kind.items()):
        for chain in renewal_chains(rows, _period, grace):
            whole = span_of(_period(row) for row in chain)
            parts = [DossierVergunningstuk.model_validate(row) for row in chain]
            shown.append(
                DossierVergunning(soort=chain[0].soort, geldig_vanaf=whole.vanaf, geldig_tot=whole.tot, stukken=parts)
            )
    return shown


def _period(row: Vergunning) -> Periode:
    return Periode(row.geldig_vanaf, row.geldig_tot)
