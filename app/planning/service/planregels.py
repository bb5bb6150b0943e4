"""What a round proposes: visits with their reasons, acties, what did not fit; and the changes that a planner makes by hand."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import UUID

from app.controles.service.planning import NormControle, controles_for_norm
from app.controles.status import Controlestatus
from app.core.errors import Fout
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.normen import norm_table
from app.objecten.service.objecten import objects_by_ids
from app.planning.errors import MoveRefused, PlanregelNotFound, WrongStatus
from app.planning.repository import beschikbaarheden, planrondes
from app.planning.rules.diensten import Tijdvak
from app.planning.rules.planinstellingen import Planinstellingen, SettingsMissing, read_settings
from app.planning.rules.verplaatsing import Plek, Stop, move_faults
from app.planning.schemas.planregels import (
    ObjectKort,
    PlanactieRead,
    PlanregelPatch,
    PlanregelRead,
    PlanrestRead,
    Redenen,
)
from app.planning.service.bevoegdheid import team_powers
from app.planning.service.gegevens import NOG_TE_DOEN
from app.planning.service.planrondes import note_step, require_round
from app.planning.service.waarschuwingen import Bezoekmoment, visit_warnings
from app.planning.status import Planrondestatus
from app.planning.tables import Planregel, Planronde

NIET_BEZOCHT = frozenset({Controlestatus.POGING, Controlestatus.VERVALLEN})
"""States of a control in which nobody was inside: they keep no distance to another visit (PLN-15)."""


def list_rules(uow: UnitOfWork, ronde_id: UUID, paging: Paging, datum: date | None) -> list[PlanregelRead]:
    """Proposed visits by date, team and order, with name, address and reasons: one page and one row more.

    Raises:
        PlanrondeNotFound: unknown or not visible.
    """
    ronde = require_round(uow, ronde_id)
    return with_warnings(
        uow, ronde.gemeentecode, _read(uow, planrondes.rules_page(uow.session, ronde_id, paging, datum))
    )


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
    shown = _objects(uow, {rest.object_id for rest in found})
    return [
        PlanrestRead(**rest.model_dump(exclude={"object_id", "planronde_id"}), object=shown[rest.object_id])
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
    return [
        PlanactieRead(
            id=actie.id,
            datum=actie.datum,
            gebied=actie.gebied,
            partner_ids=[UUID(partner) for partner in actie.partner_ids],
            adressen=sizes.get(actie.id, 0),
        )
        for actie in found
    ]


def change_rule(uow: UnitOfWork, rule_id: UUID, if_match: str | None, data: PlanregelPatch) -> PlanregelRead:
    """Fixes or frees a proposed visit, or moves it to another time, date or team.

    The round is held while this is checked and its version rises too, so that nobody confirms a plan that he has not seen.

    Raises:
        PlanregelNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
        WrongStatus: the round is no proposal any more.
        MoveRefused: it cannot stand there; all rules that it would break.
    """
    found = planrondes.find_rule(uow.session, uow.caller, rule_id)
    if found is None:
        raise PlanregelNotFound
    ronde = require_round(uow, found.planronde_id, lock=True)
    rule = planrondes.fresh_rule(uow.session, rule_id)
    check_version(if_match, rule.versie)
    if ronde.status is not Planrondestatus.VOORSTEL:
        raise WrongStatus("Alleen een voorstel kan worden gewijzigd; deze planronde is dat niet.")
    before = (rule.datum, rule.team_id, rule.aanvang)
    wanted = (
        data.datum or rule.datum,
        data.team_id or rule.team_id,
        rule.aanvang if data.aanvang is None else data.aanvang,
    )
    if wanted != before:
        if rule.vast and data.vast is not False:
            raise WrongStatus("Dit bezoek staat vast. Maak het eerst los en verplaats het dan.")
        _move(uow, ronde, rule, *wanted)
    if data.vast is not None:
        rule.vast = data.vast
    rule.versie += 1
    ronde.versie += 1
    what = "bezoek verplaatst" if wanted != before else "bezoek vastgezet" if rule.vast else "bezoek losgemaakt"
    note_step(uow, ronde, what, data.toelichting)
    uow.session.flush()
    return _read(uow, [rule])[0]


def _move(uow: UnitOfWork, ronde: Planronde, rule: Planregel, datum: date, team_id: UUID, aanvang: int) -> None:
    if rule.actie_id is not None:
        raise WrongStatus("Dit bezoek hoort bij een integrale actie en kan niet los worden verplaatst.")
    rules = planrondes.all_rules(uow.session, ronde.id)
    on_day = [other for other in rules if (other.datum, other.team_id) == (datum, team_id) and other.id != rule.id]
    old_place = (rule.datum, rule.team_id)
    objects = objects_by_ids(uow, [rule.object_id])
    settings = _settings(uow, ronde.gemeentecode, datum)
    shifts = beschikbaarheden.between(uow.session, ronde.gemeentecode, datum, datum, [team_id])
    powers = team_powers(uow, ronde.gemeentecode, [(team_id, datum)], settings.bezetting)
    redenen = Redenen.model_validate(rule.redenen)
    others = [other.datum for other in rules if other.object_id == rule.object_id and other.id != rule.id]
    place = objects.get(rule.object_id)
    known = _near_controls(uow, ronde.gemeentecode, datum, redenen.tussentijd)
    faults = move_faults(
        Plek(
            datum=datum,
            stop=Stop(aanvang, rule.duur, rule.reistijd),
            vandaag=uow.today,
            toegestaan=(max(redenen.toegestaan.eerste, ronde.van), min(redenen.toegestaan.laatste, ronde.tot)),
            tussentijd=redenen.tussentijd,
            andere_datums=[
                *others,
                *(c.datum for c in known if c.object_id == rule.object_id),
            ],
            diensten=[Tijdvak(team_id, shift.datum, shift.van, shift.tot) for shift in shifts],
            pauze=settings.pauze,
            buren=[
                *(Stop(other.aanvang, other.duur, other.reistijd) for other in on_day),
                *(Stop(c.aanvang, c.duur, 0) for c in known if _on_shift(c, team_id, datum) and c.aanvang is not None),
            ],
            bevoegd=place is not None and place.type in powers[team_id, datum],
            openingstijden=place.openingstijden if place else None,
        )
    )
    if any(other.actie_id is not None for other in on_day):
        faults.append(("datum", "die dienst is voor een integrale actie"))
    if faults:
        raise MoveRefused([Fout(f"body.{field}", text) for field, text in faults])
    rule.datum, rule.team_id, rule.aanvang = datum, team_id, aanvang
    for place_of in {old_place, (datum, team_id)}:
        shift_rules = [other for other in rules if (other.datum, other.team_id) == place_of]
        for position, other in enumerate(sorted(shift_rules, key=lambda other: (other.aanvang, other.id)), 1):
            other.volgorde = position


def _settings(uow: UnitOfWork, gemeentecode: str, datum: date) -> Planinstellingen:
    try:
        return read_settings(norm_table(uow, gemeentecode, datum))
    except SettingsMissing as missing:
        raise WrongStatus(
            f"In de normentabel ontbreken op die datum instellingen: {missing}. Vraag de beheerder ze in te vullen."
        ) from None


def _near_controls(uow: UnitOfWork, gemeentecode: str, datum: date, tussentijd: int) -> list[NormControle]:
    """Controls done and planned of the years that matter; an attempt keeps no distance."""
    near = timedelta(days=tussentijd)
    years = {(datum - near).year, (datum + near).year}
    found = [control for year in sorted(years) for control in controles_for_norm(uow, gemeentecode, year)]
    return [control for control in found if control.status not in NIET_BEZOCHT]


def _on_shift(control: NormControle, team_id: UUID, datum: date) -> bool:
    return control.status in NOG_TE_DOEN and (control.team_id, control.datum) == (team_id, datum)


def _read(uow: UnitOfWork, rules: Sequence[Planregel]) -> list[PlanregelRead]:
    shown = _objects(uow, {rule.object_id for rule in rules})
    return [
        PlanregelRead(
            **rule.model_dump(exclude={"object_id", "redenen"}), object=shown[rule.object_id], redenen=rule.redenen
        )
        for rule in rules
    ]


def _objects(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, ObjectKort]:
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
