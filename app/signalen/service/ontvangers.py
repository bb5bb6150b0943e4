"""Who may receive a signal today: the partners with a valid agreement, and what the region proposes."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.schemas.partners import PartnerRead
from app.gemeenten.service.partners import partners_valid_on
from app.signalen.rules.routering import propose
from app.signalen.rules.wachters import always_forced
from app.signalen.service.routeprofielen import GeenRouteprofiel, profile_of
from app.signalen.service.routeren import facts_of_many, proposal_for
from app.signalen.status import Classificatie, JaNeeOnbekend, Vorm
from app.signalen.tables import Signaal

BUITEN_TABEL = "buiten de regiotabel"


@dataclass(frozen=True)
class Regiotabel:
    """What the region proposes for one signal.

    Attributes:
        regels: per kind of partner the rule that proposes it.
        verplicht: kinds of partner that one person cannot leave out.
        vervangers: per kind of partner the other kinds that may fill its place in this region.
    """

    regels: dict[str, str] = field(default_factory=dict)
    verplicht: frozenset[str] = frozenset()
    vervangers: dict[str, frozenset[str]] = field(default_factory=dict)

    def reached(self, kinds: Iterable[str]) -> frozenset[str]:
        """These kinds, with those whose place they fill."""
        found = frozenset(kinds)
        return found | {kind for kind, others in self.vervangers.items() if others & found}


def table_of(uow: UnitOfWork, signaal: Signaal) -> Regiotabel:
    """The proposal for a signal as it is triaged now.

    Without any profile every recipient counts as outside the table: a second person looks along, and nothing is held back that may
    not wait.
    """
    try:
        rows = proposal_for(uow, signaal).ontvangers
    except GeenRouteprofiel:
        return Regiotabel()
    rules = {kind.value: row.regel for row in reversed(rows) for kind in (*row.ook, row.partnersoort)}
    return Regiotabel(
        regels=rules,
        verplicht=frozenset(row.partnersoort.value for row in rows if row.verplicht),
        vervangers={row.partnersoort.value: frozenset(kind.value for kind in row.ook) for row in rows},
    )


def forced_by(
    uow: UnitOfWork,
    signaal: Signaal,
    *,
    vormen: frozenset[Vorm],
    minderjarig: JaNeeOnbekend,
    binnenlands: JaNeeOnbekend,
    classificatie: Classificatie,
) -> frozenset[str]:
    """The kinds of partner that one person could not leave out, were this the judgement."""
    always = always_forced(vormen, minderjarig)
    try:
        _, profiel = profile_of(uow, signaal)
    except GeenRouteprofiel:
        return always
    facts = replace(
        facts_of_many(uow, [signaal])[signaal.id],
        vormen=vormen,
        minderjarig=minderjarig,
        binnenlands=binnenlands,
        classificatie=classificatie,
    )
    return always | propose(profiel, facts).verplicht


def valid_partners(uow: UnitOfWork, gemeentecode: str) -> dict[UUID, PartnerRead]:
    """The partners of a municipality whose agreement holds today (DAT-09)."""
    return {partner.id: partner for partner in partners_valid_on(uow, gemeentecode, uow.today)}
