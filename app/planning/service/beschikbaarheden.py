"""Capacity: shifts of teams and dates of partners, added in bulk; overlaps are refused, all faults at once."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from app.core.clock import time_of_day
from app.core.errors import Fout
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.partners import partners_valid_on
from app.gemeenten.service.teams import list_teams, team_members
from app.planning.errors import InvalidBeschikbaarheden
from app.planning.repository import beschikbaarheden as repository
from app.planning.rules.diensten import Tijdvak, find_overlaps
from app.planning.rules.rust import without_rest
from app.planning.schemas.beschikbaarheden import BeschikbaarhedenCreate, BeschikbaarheidCreate
from app.planning.service.rooster import RONDOM, require_roster_rules
from app.planning.status import Beschikbaarheidsoort
from app.planning.tables import Beschikbaarheid

MEESTE_TEAMS = 10_000


def list_beschikbaarheden(
    uow: UnitOfWork, filters: repository.Beschikbaarheidfilter, paging: Paging
) -> Sequence[Beschikbaarheid]:
    """Capacity of the caller's municipalities by date: one page and one row more."""
    return repository.page(uow.session, uow.caller, filters, paging)


def team_names(uow: UnitOfWork, gemeentecode: str) -> dict[UUID, str]:
    """The teams of a municipality by id."""
    found = list_teams(uow, Paging(limit=MEESTE_TEAMS, after=None), gemeentecode)
    return {team.id: team.naam for team in found if team.gemeentecode == gemeentecode}


def add_beschikbaarheden(uow: UnitOfWork, data: BeschikbaarhedenCreate) -> tuple[int, int]:
    """Stores shifts and partner dates in the caller's municipality: all of them, or none.

    Returns:
        How many were added and how many stood there already under their id.

    Raises:
        InvalidBeschikbaarheden: an unknown team or partner, an id in use, or an overlap; every fault by position.
    """
    gemeentecode = uow.caller.gemeentecode
    require_gemeente(uow, gemeentecode, lock=True)  # two planners who add at one moment see each other's rows
    stored = repository.with_ids(uow.session, [regel.id for regel in data.regels])
    faults = _unknown(uow, gemeentecode, data.regels)
    crews = repository.crews(uow.session, list(stored))
    rows: dict[int, Beschikbaarheid] = {}
    seen: set[UUID] = set()
    for position, regel in enumerate(data.regels):
        row = _row(gemeentecode, regel)
        if regel.id in seen or (
            regel.id in stored
            and (_content(stored[regel.id]), crews.get(regel.id, frozenset()))
            != (_content(row), frozenset(regel.leden))
        ):
            faults.append(Fout(f"body.regels.{position}.id", "dit kenmerk hoort al bij een andere regel"))
        elif regel.id not in stored:
            rows[position] = row
        seen.add(regel.id)
    faults += _overlaps(uow, gemeentecode, rows)
    named = {position: frozenset(data.regels[position].leden) for position in rows if data.regels[position].leden}
    if named and not faults:
        faults += _rest(uow, gemeentecode, rows, named)
    if faults:
        raise InvalidBeschikbaarheden(sorted(faults, key=lambda fault: int(fault.veld.split(".")[2])))
    repository.add_all(uow.session, list(rows.values()))
    repository.add_crews(
        uow.session, [(rows[position].id, account) for position, crew in named.items() for account in sorted(crew)]
    )
    uow.audit("beschikbaarheid", None, gemeentecode)
    return len(rows), len(data.regels) - len(rows)


def _row(gemeentecode: str, regel: BeschikbaarheidCreate) -> Beschikbaarheid:
    soort = Beschikbaarheidsoort.DIENST if regel.team_id else Beschikbaarheidsoort.PARTNER
    return Beschikbaarheid(gemeentecode=gemeentecode, soort=soort, **regel.model_dump(exclude={"leden"}))


def _content(row: Beschikbaarheid) -> dict[str, object]:
    return row.model_dump(exclude={"versie"})


def _unknown(uow: UnitOfWork, gemeentecode: str, regels: Sequence[BeschikbaarheidCreate]) -> list[Fout]:
    """Rows of a team or partner that the municipality does not have; a partner must be valid on that date (REG-16)."""
    teams = team_names(uow, gemeentecode)
    dates = {regel.datum for regel in regels if regel.partner_id}
    partners = {dag: {partner.id for partner in partners_valid_on(uow, gemeentecode, dag)} for dag in dates}
    asked = {r.team_id for r in regels if r.team_id in teams and (r.trekker_id is not None or r.leden)}
    found = team_members(uow, [team for team in asked if team is not None]) if asked else {}
    members = {team: frozenset(accounts) for team, accounts in found.items()}
    faults = []
    for position, regel in enumerate(regels):
        if regel.team_id and regel.team_id not in teams:
            faults.append(Fout(f"body.regels.{position}.teamId", "is geen team van uw gemeente"))
        elif regel.team_id and regel.trekker_id and regel.trekker_id not in members[regel.team_id]:
            faults.append(Fout(f"body.regels.{position}.trekkerId", "is geen lid van dit team"))
        elif regel.team_id and not members.get(regel.team_id, frozenset()).issuperset(regel.leden):
            faults.append(Fout(f"body.regels.{position}.leden", "is niet allemaal lid van dit team"))
        if regel.partner_id and regel.partner_id not in partners[regel.datum]:
            faults.append(Fout(f"body.regels.{position}.partnerId", "is op die datum geen partner van uw gemeente"))
    return faults


def _overlaps(uow: UnitOfWork, gemeentecode: str, rows: dict[int, Beschikbaarheid]) -> list[Fout]:
    if not rows:
        return []
    dates = [row.datum for row in rows.values()]
    # A shift may pass midnight, so the days beside the first and last one count as well.
    standing = repository.between(
        uow.session, gemeentecode, min(dates) - timedelta(days=1), max(dates) + timedelta(days=1)
    )
    positions = list(rows)
    found = find_overlaps([_span(row) for row in standing], [_span(row) for row in rows.values()])
    return [
        Fout(
            f"body.regels.{positions[index]}.van",
            f"overlapt met een andere regel op {met.datum:%d-%m-%Y} van {time_of_day(met.van)} tot {time_of_day(met.tot)}",
        )
        for index, met in found.items()
    ]


def _rest(
    uow: UnitOfWork, gemeentecode: str, rows: dict[int, Beschikbaarheid], named: dict[int, frozenset[UUID]]
) -> list[Fout]:
    """Refuses a shift for somebody who would lack rest on it (PLN-16)."""
    dates = [rows[position].datum for position in named]
    rules = require_roster_rules(uow, gemeentecode, min(dates))
    standing = repository.between(
        uow.session, gemeentecode, min(dates) - RONDOM, max(dates) + RONDOM, soort=Beschikbaarheidsoort.DIENST
    )
    crews = repository.crews(uow.session, [row.id for row in standing])
    spans: dict[UUID, list[tuple[Tijdvak, int | None]]] = {}
    for row in standing:
        for account in crews.get(row.id, ()):
            spans.setdefault(account, []).append((_span(row), None))
    for position, crew in named.items():
        for account in crew:
            spans.setdefault(account, []).append((_span(rows[position]), position))
    return [
        Fout(
            f"body.regels.{position}.leden",
            f"iemand heeft op {met.datum:%d-%m-%Y} van {time_of_day(met.van)} tot {time_of_day(met.tot)} ook dienst; "
            "de rusttijd is dan te kort",
        )
        for position, met in without_rest(spans, rules).items()
    ]


def _span(row: Beschikbaarheid) -> Tijdvak:
    return Tijdvak(row.team_id or row.partner_id or row.id, row.datum, row.van, row.tot)
