"""What a round proposes: visits with their reasons, acties, and what did not fit."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.controles.service.vlaggen import may_know_flags
from app.core.caller import Caller
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.objecten.service.objecten import objects_by_ids
from app.planning.errors import PlanactieNotFound, PlanregelNotFound
from app.planning.repository import planrondes
from app.planning.schemas.planregels import ObjectKort, PlanactieRead, PlanregelRead, PlanrestRead, Redenen
from app.planning.service.planrondes import require_round
from app.planning.service.waarschuwingen import Bezoekmoment, visit_warnings
from app.planning.solver.terms import TermCode
from app.planning.tables import Planactie, Planregel


def list_rules(uow: UnitOfWork, ronde_id: UUID, paging: Paging, datum: date | None) -> list[PlanregelRead]:
    """Proposed visits by date, team and order, with name, address and reasons: one page and one row more.

    Raises:
        PlanrondeNotFound: unknown or not visible.
    """
    ronde = require_round(uow, ronde_id)
    return with_warnings(
        uow, ronde.gemeentecode, read_rules(uow, planrondes.rules_page(uow.session, ronde_id, paging, datum))
    )


def get_rule(uow: UnitOfWork, rule_id: UUID) -> PlanregelRead:
    """One proposed visit.

    Raises:
        PlanregelNotFound: unknown or not visible.
    """
    rule = planrondes.find_rule(uow.session, uow.caller, rule_id)
    if rule is None:
        raise PlanregelNotFound
    return shown_rule(uow, rule)


def shown_rule(uow: UnitOfWork, rule: Planregel) -> PlanregelRead:
    """A proposed visit with what it is warned for."""
    gemeentecode = require_round(uow, rule.planronde_id).gemeentecode
    return with_warnings(uow, gemeentecode, read_rules(uow, [rule]))[0]


def get_actie(uow: UnitOfWork, actie_id: UUID) -> PlanactieRead:
    """One proposed actie.

    Raises:
        PlanactieNotFound: unknown or not visible.
    """
    actie = planrondes.find_actie(uow.session, uow.caller, actie_id)
    if actie is None:
        raise PlanactieNotFound
    return read_actie(actie, planrondes.action_sizes(uow.session, actie.planronde_id).get(actie.id, 0))


def with_warnings(uow: UnitOfWork, gemeentecode: str, rules: list[PlanregelRead]) -> list[PlanregelRead]:
    """Adds what each visit is warned for; the number of queries does not grow with the visits."""
    visits = [Bezoekmoment(rule.id, rule.team_id, rule.datum, rule.aanvang, rule.object.type) for rule in rules]
    found = visit_warnings(uow, gemeentecode, visits)
    return [rule.model_copy(update={"waarschuwingen": found[rule.id]}) for rule in rules]


def list_leftovers(uow: UnitOfWork, ronde_id: UUID, paging: Paging) -> list[PlanrestRead]:
    """What is not in the plan and why: one page and one row more.

    Raises:
        PlanrondeNotFound: unknown or not visible.
    """
    require_round(uow, ronde_id)
    found = planrondes.leftovers_page(uow.session, ronde_id, paging)
    shown = short_objects(uow, {rest.object_id for rest in found})
    return [
        PlanrestRead(
            **rest.model_dump(exclude={"object_id", "planronde_id", "redenen"}),
            object=shown[rest.object_id],
            redenen=None if rest.redenen is None else readable_reasons(uow.caller, rest.redenen),
        )
        for rest in found
    ]


def list_acties(uow: UnitOfWork, ronde_id: UUID) -> list[PlanactieRead]:
    """The proposed acties of a round by date.

    Raises:
        PlanrondeNotFound: unknown or not visible.
    """
    require_round(uow, ronde_id)
    found = planrondes.acties(uow.session, ronde_id)
    sizes = planrondes.action_sizes(uow.session, ronde_id)
    return [read_actie(actie, sizes.get(actie.id, 0)) for actie in found]


def read_actie(actie: Planactie, adressen: int) -> PlanactieRead:
    """An actie with its number of addresses, as the API shows it."""
    return PlanactieRead(
        id=actie.id,
        datum=actie.datum,
        gebied=actie.gebied,
        partner_ids=[UUID(partner) for partner in actie.partner_ids],
        adressen=adressen,
        vast=actie.vast,
        versie=actie.versie,
    )


def read_rules(uow: UnitOfWork, rules: Sequence[Planregel]) -> list[PlanregelRead]:
    """Proposed visits with name, address and reasons, in a constant number of queries."""
    shown = short_objects(uow, {rule.object_id for rule in rules})
    return [
        PlanregelRead(
            **rule.model_dump(exclude={"object_id", "redenen"}),
            object=shown[rule.object_id],
            redenen=readable_reasons(uow.caller, rule.redenen),
        )
        for rule in rules
    ]


def readable_reasons(caller: Caller, stored: Mapping[str, Any]) -> Redenen:
    """The reasons that a caller may read: a team leader sees plans and no flags of another team, so no trace of one in a sum (ROL-07)."""
    redenen = Redenen.model_validate(stored)
    if may_know_flags(caller):
        return redenen
    terms = [term for term in redenen.termen if term.code != TermCode.VLAG]
    return redenen.model_copy(update={"termen": terms, "prioriteit": sum(term.punten for term in terms)})


def short_objects(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, ObjectKort]:
    """Name and address of objects, in one query."""
    shown = {}
    for key, place in objects_by_ids(uow, ids).items():
        adres = place.adres
        number = f"{adres.huisnummer}{adres.huisletter}{'-' if adres.toevoeging else ''}{adres.toevoeging}"
        shown[key] = ObjectKort(
            id=key,
            type=place.type,
            naam=place.naam,
            adres=f"{adres.straat} {number}, {adres.postcode} {adres.woonplaats}",
        )
    return shown


def sort_key(rule: PlanregelRead) -> tuple[str, UUID]:
    """The cursor of a proposed visit in the list."""
    return planrondes.rule_key(rule.datum, rule.team_id, rule.volgorde), rule.id
