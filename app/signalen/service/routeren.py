"""The proposal of recipients for a signal, with the partners that are valid today (tables A to C; REG-16, DAT-09)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.bevindingen.service.bevindingen import items_behind
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.perioden import Periode
from app.gemeenten.service.lijsten import characteristics
from app.gemeenten.service.partners import partners_of_kinds
from app.gemeenten.service.teams import team_kinds
from app.gemeenten.status import Partnersoort
from app.objecten.service.objecten import objects_by_ids
from app.signalen.repository import routeprofielen as repository
from app.signalen.repository import signalen
from app.signalen.rules.partnerkeuze import Partnerafspraak, VoorgesteldeOntvanger, choose
from app.signalen.rules.routering import Routefeiten, Voorstel, propose
from app.signalen.schemas.routering import (
    InterneStapRead,
    MeldingRead,
    OntvangerRead,
    UrgentieregelRead,
    VoorstelRead,
)
from app.signalen.schemas.signalen import ZelfMelden
from app.signalen.service.bron import BRONNEN
from app.signalen.service.routeprofielen import GeenRouteprofiel, profile_of
from app.signalen.service.vastleggen import read_one
from app.signalen.status import Classificatie, JaNeeOnbekend, Vorm
from app.signalen.tables import Signaal

NALEVING = "N"
"""The weight of compliance: it scores nothing."""


def proposal_for(uow: UnitOfWork, signaal: Signaal) -> Voorstel:
    """Who should receive a signal, by the profile that it keeps or else the one of today.

    Raises:
        GeenRouteprofiel: none was set up.
    """
    _, profiel = profile_of(uow, signaal)
    return propose(profiel, facts_of_many(uow, [signaal])[signaal.id])


def resolve(uow: UnitOfWork, signaal: Signaal, voorstel: Voorstel) -> list[VoorgesteldeOntvanger]:
    """The partner behind each proposed recipient, in one query; what is missing or ended is shown and blocked."""
    kinds = {kind for row in voorstel.ontvangers for kind in (row.partnersoort, *row.ook)}
    partners = [
        Partnerafspraak(one.id, one.soort, one.naam, frozenset(one.vormen), Periode(one.geldig_vanaf, one.geldig_tot))
        for one in partners_of_kinds(uow, signaal.gemeentecode, kinds)
    ]
    return [choose(row, partners, signaal.vormen, uow.today) for row in voorstel.ontvangers]


def get_proposal(uow: UnitOfWork, signaal_id: UUID) -> VoorstelRead:
    """The proposal for a signal as its AF sees it.

    Raises:
        SignaalNotFound: unknown or not readable.
        GeenRouteprofiel: none was set up.
    """
    signaal = read_one(uow, signaal_id)
    profiel_id, profiel = profile_of(uow, signaal)
    voorstel = propose(profiel, facts_of_many(uow, [signaal])[signaal.id])
    row = voorstel.urgentieregel
    return VoorstelRead(
        routeprofiel_id=profiel_id,
        leidend=voorstel.leidend,
        urgentieregel=None if row is None else UrgentieregelRead.model_validate(row),
        ontvangers=[_shown(one) for one in resolve(uow, signaal, voorstel)],
        intern=[InterneStapRead.model_validate(step) for step in voorstel.intern],
        meldingen=[MeldingRead.model_validate(notice) for notice in voorstel.meldingen],
    )


def numbers_for_submitter(uow: UnitOfWork, signaal_id: UUID) -> list[ZelfMelden]:
    """Whom the submitter of this signal must call himself, with the public number (RTE-12). It never holds a signal back."""
    signaal = signalen.with_id(uow.session, signaal_id)
    if signaal is None or signaal.indiener != uow.caller.account_id:
        return []
    try:
        found = proposal_for(uow, signaal)
    except GeenRouteprofiel:
        return []
    return [
        ZelfMelden(regionaam=row.naam, nummer=row.nummer, waarom=row.waarom)
        for row in found.ontvangers
        if row.nummer is not None and row.verplicht
    ]


def is_forced(uow: UnitOfWork, signaal: Signaal, soort: Partnersoort) -> bool:
    """Whether the region lets this signal go nowhere without this kind of partner (RTE-12, RTE-14); without a profile nothing is forced."""
    try:
        return soort.value in proposal_for(uow, signaal).verplicht
    except GeenRouteprofiel:
        return False


def facts_of_many(uow: UnitOfWork, rows: Sequence[Signaal]) -> dict[UUID, Routefeiten]:
    """What the rules look at, for many signals in a constant number of queries; no answer of a question is opened."""
    behind = repository.findings_of(uow.session, [row.id for row in rows])
    controls = {row.controle_id for row in rows if row.controle_id is not None}
    found = items_behind(uow, {nr for ids in behind.values() for nr in ids}, controls)
    places = objects_by_ids(uow, {row.object_id for row in rows if row.object_id is not None})
    teams = team_kinds(uow, {row.indiener for row in rows})
    sources = _partners_of_sources(uow, rows)
    facts = {}
    for row in rows:
        linked = set(behind[row.id])
        own = [hit for hit in found if hit.id in linked or (row.controle_id and hit.controle_id == row.controle_id)]
        place = None if row.object_id is None else places.get(row.object_id)
        facts[row.id] = Routefeiten(
            vormen=frozenset(Vorm(vorm) for vorm in row.vormen),
            minderjarig=row.mogelijk_minderjarig,
            urgentie=row.urgentie,
            objecttype=None if place is None else place.type,
            treffers=frozenset(hit.item for hit in own if hit.gewicht != NALEVING),
            naleving=frozenset(hit.item for hit in own if hit.gewicht == NALEVING),
            ondermijning=row.ondermijning,
            binnenlands=row.binnenlands or JaNeeOnbekend.ONBEKEND,
            classificatie=row.classificatie or Classificatie.MENSENHANDEL,
            teams=teams.get(row.indiener, frozenset()),
            bron=row.bron,
            bronpartner=sources.get((row.gemeentecode, row.bron_code or "")),
            vt_klasse=row.vt_klasse,
            zc_geinformeerd=row.zc_geinformeerd_op is not None,
            gesloten_route=row.gesloten_route,
        )
    return facts


def _partners_of_sources(uow: UnitOfWork, rows: Sequence[Signaal]) -> Mapping[tuple[str, str], Partnersoort]:
    """Who takes over at a listed source when it is no trafficking (ROL-19), per municipality."""
    kinds: dict[tuple[str, str], Partnersoort] = {}
    for town in {row.gemeentecode for row in rows if row.bron_code is not None}:
        for code, kenmerken in characteristics(uow, BRONNEN, town).items():
            kind = kenmerken.get("geenMensenhandel")
            if kind in set(Partnersoort):
                kinds[town, code] = Partnersoort(kind)
    return kinds


def _shown(one: VoorgesteldeOntvanger) -> OntvangerRead:
    row = one.ontvanger
    return OntvangerRead(
        partnersoort=row.partnersoort,
        regionaam=row.naam,
        partner_id=one.partner_id,
        partner=one.partner_naam,
        blokkade=one.blokkade,
        verplicht=row.verplicht,
        regel=row.regel,
        regels=list(row.regels),
        waarom=row.waarom,
        voor_wanneer=row.voor_wanneer,
        nummer=row.nummer,
        via=row.via,
    )
