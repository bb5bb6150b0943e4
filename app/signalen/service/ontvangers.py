"""Who may receive a signal today: the partners with a valid agreement, and what the region proposes."""

from dataclasses import dataclass
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.schemas.partners import PartnerRead
from app.gemeenten.service.partners import partners_valid_on
from app.signalen.rules.basistabel import base_recipients
from app.signalen.rules.veilig_thuis import ROUTE
from app.signalen.status import JaNeeOnbekend, Vorm
from app.signalen.tables import Signaal

BUITEN_TABEL = "buiten de regiotabel"
BASIS = "basistabel"


@dataclass(frozen=True)
class Regiotabel:
    """What the region proposes for one signal.

    Attributes:
        regels: per kind of partner the rule that proposes it.
        verplicht: kinds of partner that one person cannot leave out.
    """

    regels: dict[str, str]
    verplicht: frozenset[str]


def table_of(_uow: UnitOfWork, signaal: Signaal) -> Regiotabel:
    """The proposal for a signal as it is triaged now."""
    kinds = base_recipients(
        {Vorm(vorm) for vorm in signaal.vormen}, signaal.mogelijk_minderjarig is JaNeeOnbekend.JA, signaal.classificatie
    )
    if signaal.vt_klasse is not None and signaal.vt_klasse in ROUTE:
        kinds |= {ROUTE[signaal.vt_klasse]}
    return Regiotabel(dict.fromkeys(kinds, BASIS), frozenset())


def valid_partners(uow: UnitOfWork, gemeentecode: str) -> dict[UUID, PartnerRead]:
    """The partners of a municipality whose agreement holds today (DAT-09)."""
    return {partner.id: partner for partner in partners_valid_on(uow, gemeentecode, uow.today)}
