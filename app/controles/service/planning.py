"""What planning asks of the field: put controls and actions on the plan, release them, count for the norms."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.controles.errors import OvergangNietMogelijk
from app.controles.repository import controles as repository
from app.controles.rules import levensloop
from app.controles.service.aanmaken import default_trigger, facts_of_new
from app.controles.service.acties import services_of
from app.controles.service.briefing import set_moments
from app.controles.service.herkansingen import Herkansing, attempts_waiting
from app.controles.status import Aanleiding, Controlestatus
from app.controles.tables import Actie, Controle
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.objecten.errors import ObjectNotFound
from app.objecten.service.normobjecten import object_types
from app.objecten.service.objecten import objects_by_ids
from app.objecten.status import Objecttype

__all__ = [
    "ActiePlan",
    "ControlePlan",
    "Herkansing",
    "NormControle",
    "attempts_waiting",
    "controles_for_norm",
    "plan_acties",
    "plan_controles",
    "release_controles",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlePlan:
    """A control as a plan has it; releasing writes nothing more than its state.

    Attributes:
        aanvang: minutes after midnight, Europe/Amsterdam.
        duur: minutes.
        aanleiding: neutral trigger; None gives the default of the object type (PLN-03).
        geloot: chosen by lot; kept for the fairness audit and shown nowhere else (MON-13).
    """

    object_id: UUID
    team_id: UUID | None
    datum: date
    aanvang: int | None = None
    duur: int = 45
    volgorde: int = 0
    aanleiding: Aanleiding | None = None
    actie_id: UUID | None = None
    planronde_id: UUID | None = None
    integraal: bool = False
    geloot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiePlan:
    """An integral action as a plan has it.

    Attributes:
        aanvang: start in minutes after midnight; the briefing follows from it (PLN-18).
    """

    gemeentecode: str
    datum: date
    partner_ids: Sequence[UUID] = field(default=())
    gebied: str | None = None
    verzamelpunt: str = ""
    aanvang: int | None = None
    planronde_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NormControle:
    """A control as the norms look at it (CAD-01, CAD-03, CAD-04).

    Attributes:
        integraal: planned or held as integral; it counts as such with at least one of `partners`.
        partners: partner organisations that take part, those of its action included.
        team_id: the team that does it.
        aanvang: minutes after midnight, Europe/Amsterdam; None without a time.
        duur: minutes.
    """

    controle_id: UUID
    object_id: UUID
    type: Objecttype
    datum: date
    status: Controlestatus
    aangekondigd: bool
    binnen: bool
    bedrijfsplan_beantwoord: bool
    arbeid_beantwoord: bool
    integraal: bool
    actie_id: UUID | None
    partners: int
    partner_soorten: frozenset[str]
    team_id: UUID | None
    aanvang: int | None
    duur: int


def plan_controles(uow: UnitOfWork, plans: Sequence[ControlePlan]) -> list[UUID]:
    """Puts controls on the plan, all or none; answers their ids in the order of `plans`.

    Raises:
        ObjectNotFound: an object is unknown or not visible.
        OvergangNietMogelijk: a guard refuses.
    """
    plekken = objects_by_ids(uow, {plan.object_id for plan in plans})
    rows = []
    for plan in plans:
        plek = plekken.get(plan.object_id)
        if plek is None:
            raise ObjectNotFound
        row = Controle(
            id=new_id(),
            gemeentecode=plek.gemeentecode,
            object_id=plek.id,
            team_id=plan.team_id,
            actie_id=plan.actie_id,
            planronde_id=plan.planronde_id,
            status=Controlestatus.GEPLAND,
            datum=plan.datum,
            aanvang=plan.aanvang,
            duur=plan.duur,
            volgorde=plan.volgorde,
            aanleiding=default_trigger(plek.type, plan.aanleiding),
            integraal=plan.integraal,
            geloot=plan.geloot,
        )
        redenen = levensloop.refusals("plannen", facts_of_new(row, plek.type))
        if redenen:
            raise OvergangNietMogelijk(" ".join(redenen))
        rows.append(row)
    repository.add_all(uow.session, rows)
    return [row.id for row in rows]


def release_controles(uow: UnitOfWork, planronde_id: UUID, only: Collection[UUID] | None = None) -> list[UUID]:
    """Releases the planned controls of a round, or some of them; those released before stay as they are (PLN-01)."""
    overgang = levensloop.OVERGANGEN["vrijgeven"]
    released = []
    for controle in repository.of_round(uow.session, planronde_id, Controlestatus.GEPLAND):
        if only is None or controle.id in only:
            controle.status = overgang.naar
            controle.versie += 1
            released.append(controle.id)
    uow.session.flush()
    return released


def plan_acties(uow: UnitOfWork, plans: Sequence[ActiePlan]) -> list[UUID]:
    """Puts integral actions on the plan with the municipality and its partners; answers their ids in order.

    Raises:
        PartnerNietGeldig: a partner is not one on that day (REG-16).
    """
    acties = [
        Actie(
            id=new_id(),
            gemeentecode=plan.gemeentecode,
            datum=plan.datum,
            gebied=plan.gebied,
            verzamelpunt=plan.verzamelpunt,
            aanvang=plan.aanvang,
            planronde_id=plan.planronde_id,
        )
        for plan in plans
    ]
    set_moments(uow, acties)
    rows = [row for actie, plan in zip(acties, plans, strict=True) for row in services_of(uow, actie, plan.partner_ids)]
    uow.session.add_all(acties)
    uow.session.flush()
    uow.session.add_all(rows)
    uow.session.flush()
    return [actie.id for actie in acties]


def controles_for_norm(
    uow: UnitOfWork, gemeentecode: str, year: int, *, with_services: bool = False
) -> list[NormControle]:
    """The controls of a municipality in a calendar year as the norms look at them, in four queries.

    Planned ones included; not those that were dropped, nor those whose day passed without a start or an attempt. The caller answers for who may see the figures.

    Args:
        uow: The unit of work.
        gemeentecode: The municipality.
        year: The calendar year.
        with_services: Only those of an actie or with a partner: no other can be integral (CAD-05).
    """
    rows = repository.of_year(uow.session, gemeentecode, year, uow.today, with_services=with_services)
    types = object_types(uow, {row.object_id for row in rows})
    per_controle, per_actie = repository.partners_of_year(uow.session, gemeentecode, year)
    found = []
    for row in rows:
        if row.object_id not in types:
            continue
        partners = {*per_controle.get(row.id, {}).items()}
        if row.actie_id is not None:
            partners |= {*per_actie.get(row.actie_id, {}).items()}
        found.append(
            NormControle(
                controle_id=row.id,
                object_id=row.object_id,
                type=types[row.object_id],
                datum=row.datum,
                status=row.status,
                aangekondigd=row.aangekondigd,
                binnen=row.binnen,
                bedrijfsplan_beantwoord=row.bedrijfsplan_beantwoord,
                arbeid_beantwoord=row.arbeid_beantwoord,
                integraal=row.integraal,
                actie_id=row.actie_id,
                partners=len({partner for partner, _ in partners}),
                partner_soorten=frozenset(soort for _, soort in partners),
                team_id=row.team_id,
                aanvang=row.aanvang,
                duur=row.duur,
            )
        )
    return found
