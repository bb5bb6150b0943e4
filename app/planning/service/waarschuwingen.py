"""Warnings at shifts and visits: too few inspectors, an untrained lead, nobody who knows this kind of place (PLN-02, TRN-04)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.controles.rules.uitvoering import NIET_BEGONNEN
from app.controles.service.acties import list_deelnames
from app.controles.service.controles import get_controle
from app.controles.service.normcontroles import controls_of_objects
from app.controles.status import Aanleiding, Controlestatus
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.rules.opleidingen import Geschoold
from app.gemeenten.service.normen import norm_table
from app.gemeenten.service.opleidingen import trainings_of
from app.gemeenten.service.partners import partners_valid_on
from app.objecten.rules.seizoenen import in_season
from app.objecten.service.objecten import objects_by_ids
from app.objecten.status import Objecttype
from app.planning.rules.planinstellingen import SettingsMissing
from app.planning.rules.waarschuwingen import (
    BUITEN_SEIZOEN,
    GEEN_AANWIJZING,
    GEEN_DIENST,
    TREKKER_AFWEZIG,
    crew_warning,
    knowledge_warning,
    lead_warnings,
    partner_warning,
    too_near_warning,
)
from app.planning.schemas.beschikbaarheden import DienstwaarschuwingRead
from app.planning.service.rondewaarschuwingen import Plek, round_warnings
from app.planning.service.rooster import Rooster, load_roster, require_roster
from app.planning.tables import Beschikbaarheid

TYPES = frozenset(Objecttype)
ZONDER_TUSSENTIJD = frozenset({Aanleiding.RISICOADRES, Aanleiding.HERCONTROLE})
"""Triggers that only ask for another day than that of the last visit (CAD-06, PLN-12)."""
Kennis = Mapping[UUID, Sequence[Geschoold]]


@dataclass(frozen=True, slots=True)
class Bezoekmoment:
    """A visit as the warnings look at it."""

    id: UUID
    team_id: UUID
    datum: date
    aanvang: int | None
    soort: Objecttype


def warnings_between(
    uow: UnitOfWork, gemeentecode: str, van: date, tot: date, teams: Collection[UUID] | None = None
) -> dict[UUID, list[str]]:
    """What each shift of some days is warned for; nothing where the settings of a roster are missing."""
    try:
        roster = load_roster(uow, gemeentecode, van, tot, teams)
    except SettingsMissing:
        return {}
    known = _knowledge(uow, roster, roster.diensten)
    return {row.id: _of_shift(roster, row, known) for row in roster.diensten}


def list_warnings(
    uow: UnitOfWork, gemeentecode: str, van: date, tot: date, team_id: UUID | None
) -> list[DienstwaarschuwingRead]:
    """The shifts that are warned for something, by date.

    Raises:
        WrongStatus: the settings of a roster are missing.
    """
    roster = require_roster(uow, gemeentecode, van, tot, None if team_id is None else {team_id})
    known = _knowledge(uow, roster, roster.diensten)
    found = [(row, _of_shift(roster, row, known)) for row in roster.diensten]
    return [
        DienstwaarschuwingRead(
            beschikbaarheid_id=row.id,
            team_id=row.team_id,
            datum=row.datum,
            van=row.van,
            tot=row.tot,
            waarschuwingen=texts,
        )
        for row, texts in found
        if texts and row.team_id is not None
    ]


def visit_warnings(uow: UnitOfWork, gemeentecode: str, visits: Sequence[Bezoekmoment]) -> dict[UUID, list[str]]:
    """What each visit is warned for: its shift, and who on it knows this kind of place.

    A municipality without the settings of a roster gets no warnings: it has no roster to hold them against.
    """
    if not visits:
        return {}
    try:
        roster = load_roster(
            uow,
            gemeentecode,
            min(visit.datum for visit in visits),
            max(visit.datum for visit in visits),
            {visit.team_id for visit in visits},
        )
    except SettingsMissing:
        return {visit.id: [] for visit in visits}
    known = _knowledge(uow, roster, roster.diensten)
    shifts: dict[tuple[UUID | None, date], list[Beschikbaarheid]] = {}
    for row in roster.diensten:
        shifts.setdefault((row.team_id, row.datum), []).append(row)
    able = {row.id: powers for row, powers in roster.usable()}  # of a shift without a crew that is told already
    found = {}
    for visit in visits:
        on_day = shifts.get((visit.team_id, visit.datum), ())
        shift = next((row for row in on_day if visit.aanvang is None or row.van <= visit.aanvang < row.tot), None)
        if shift is None:
            found[visit.id] = [GEEN_DIENST]
            continue
        crew = [known.get(member, ()) for member in roster.ploegen[shift.id].leden]
        found[visit.id] = [
            *_of_shift(roster, shift, known),
            *([] if visit.soort in able.get(shift.id, TYPES) else [GEEN_AANWIJZING]),
            *knowledge_warning(crew, visit.soort, visit.datum),
        ]
    return found


def control_warnings(uow: UnitOfWork, controle_id: UUID) -> list[str]:
    """What a control on the plan is warned for: other visits of the object too near, confirmed rounds, and its shift when it has a team.

    Raises:
        ControleNotFound: unknown or not visible.
    """
    controle = get_controle(uow, controle_id)
    place = objects_by_ids(uow, [controle.object_id]).get(controle.object_id)
    if place is None:
        return []
    table = norm_table(uow, controle.gemeentecode, controle.datum)
    least = (
        1 if controle.aanleiding in ZONDER_TUSSENTIJD else int(table.get(Normsleutel.MINIMUM_TUSSEN_CONTROLES_DAGEN, 1))
    )
    near = _near(uow, controle.object_id, controle.datum, max(1, least))
    if controle.status in NIET_BEGONNEN:
        near += round_warnings(
            uow,
            Plek(
                gemeentecode=controle.gemeentecode,
                object_id=controle.object_id,
                team_id=controle.team_id,
                datum=controle.datum,
                aanvang=controle.aanvang,
                duur=controle.duur,
            ),
        )
    near += _partners_gone(uow, controle.id, controle.gemeentecode, controle.datum)
    if not in_season(place.seizoenen, controle.datum):
        near.append(BUITEN_SEIZOEN)
    if controle.team_id is None:
        return near
    visit = Bezoekmoment(controle.id, controle.team_id, controle.datum, controle.aanvang, place.type)
    return near + visit_warnings(uow, controle.gemeentecode, [visit])[controle.id]


def _partners_gone(uow: UnitOfWork, controle_id: UUID, gemeentecode: str, datum: date) -> list[str]:
    joined = {one.partner_id: one.dienst for one in list_deelnames(uow, controle_id) if one.partner_id is not None}
    valid = {partner.id for partner in partners_valid_on(uow, gemeentecode, datum)} if joined else ()
    return [partner_warning(naam) for partner_id, naam in joined.items() if partner_id not in valid]


def _near(uow: UnitOfWork, object_id: UUID, datum: date, least: int) -> list[str]:
    """Other visits of the object that lie too near to that of a day, done or planned; an attempt is none (PLN-15)."""
    span = timedelta(days=least - 1)
    found = controls_of_objects(uow, [object_id], datum - span, datum + span).get(object_id, [])
    days = [other.datum for other in found if other.status is not Controlestatus.POGING]
    if datum in days:
        days.remove(datum)  # its own
    return [too_near_warning(day, least) for day in days]


def _knowledge(uow: UnitOfWork, roster: Rooster, shifts: Iterable[Beschikbaarheid]) -> Kennis:
    accounts: set[UUID] = set()
    for row in shifts:
        accounts |= roster.ploegen[row.id].leden
        if row.trekker_id is not None:
            accounts.add(row.trekker_id)
    return trainings_of(uow, accounts)


def _of_shift(roster: Rooster, row: Beschikbaarheid, known: Kennis) -> list[str]:
    crew = roster.ploegen[row.id]
    texts = crew_warning(crew.available(), roster.regels.bezetting)
    if row.trekker_id is not None and not _leads(roster, row, row.trekker_id):
        texts.append(TREKKER_AFWEZIG)
    lead = None if row.trekker_id is None else known.get(row.trekker_id, ())
    return texts + lead_warnings(lead, row.datum)


def _leads(roster: Rooster, row: Beschikbaarheid, account_id: UUID) -> bool:
    """Whether the lead is of the team and there; a team leader may lead without a designation of his own."""
    team = row.team_id
    return (
        team is not None
        and account_id in roster.leden[team]
        and not roster.afwezig.is_away(team, account_id, row.datum)
    )
