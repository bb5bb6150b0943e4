"""One shift: look at it, change it, take it off the roster. What was planned on it then stands without a shift and is shown so."""

from collections.abc import Collection, Container, Sequence
from datetime import date, timedelta
from uuid import UUID

from app.controles.rules.uitvoering import NIET_BEGONNEN
from app.controles.service.planning import NormControle, controles_for_norm
from app.core.clock import time_of_day
from app.core.errors import Fout
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.teams import team_members
from app.planning.errors import BeschikbaarheidNotFound, InvalidBeschikbaarheden
from app.planning.repository import beschikbaarheden as repository
from app.planning.rules.diensten import find_overlaps
from app.planning.rules.rust import lacks_rest
from app.planning.schemas.beschikbaarheden import BeschikbaarheidDetail, BeschikbaarheidPatch, ControleZonderDienst
from app.planning.service.rooster import RONDOM, require_roster, require_roster_rules, span_of
from app.planning.service.waarschuwingen import warnings_between
from app.planning.status import Beschikbaarheidsoort
from app.planning.tables import Beschikbaarheid, Vervallendienst

GEEN_DIENST = "het team heeft dan geen dienst"
GEEN_AANWIJZING = "op de dienst zijn te weinig toezichthouders aangewezen voor dit soort object"
GEEN_PLOEG = "op de dienst zijn te weinig uitgeruste toezichthouders"


def get_shift(uow: UnitOfWork, row_id: UUID, *, lock: bool = False) -> Beschikbaarheid:
    """A shift or partner date.

    Raises:
        BeschikbaarheidNotFound: unknown or not visible.
    """
    row = repository.find(uow.session, uow.caller, row_id, lock=lock)
    if row is None:
        raise BeschikbaarheidNotFound
    return row


def show_shift(uow: UnitOfWork, row_id: UUID) -> BeschikbaarheidDetail:
    """A shift with who is on it and what it is warned for.

    Raises:
        BeschikbaarheidNotFound: unknown or not visible.
    """
    return _detail(uow, get_shift(uow, row_id))


def change_shift(
    uow: UnitOfWork, row_id: UUID, if_match: str | None, data: BeschikbaarheidPatch
) -> BeschikbaarheidDetail:
    """Changes time, crew, number or lead of a shift, or the time of a partner date.

    Raises:
        BeschikbaarheidNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
        InvalidBeschikbaarheden: it overlaps another, somebody on it is no member of the team, or has too little rest (PLN-16).
        WrongStatus: the settings of a roster are missing.
    """
    row = get_shift(uow, row_id)
    require_gemeente(uow, row.gemeentecode, lock=True)  # one at a time: rest depends on the shifts around it
    row = get_shift(uow, row_id, lock=True)
    check_version(if_match, row.versie)
    faults = _changed(uow, row, data)
    crew = frozenset(data.leden) if data.leden is not None else repository.crews(uow.session, [row.id]).get(row.id)
    if row.team_id is not None:
        faults += _membership(uow, row, crew or frozenset())
        if crew and not faults:
            faults += _rest(uow, row, crew)
    elif data.leden or row.trekker_id or row.bezetting is not None:
        faults.append(Fout("body.leden", "hoort alleen bij een dienst van een team"))
    if faults:
        raise InvalidBeschikbaarheden(faults)
    if data.leden is not None:
        repository.set_crew(uow.session, row.id, crew or ())
    row.versie += 1
    uow.session.flush()
    uow.audit("beschikbaarheid", row.id, row.gemeentecode)
    return _detail(uow, row)


def remove_shift(uow: UnitOfWork, row_id: UUID, if_match: str | None) -> list[ControleZonderDienst]:
    """Takes a shift off the roster, also with released controls on it: a team that is ill is a fact.

    Returns:
        The controls of that day that have no shift any more and must be planned anew.

    Raises:
        BeschikbaarheidNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
    """
    row = get_shift(uow, row_id, lock=True)
    check_version(if_match, row.versie)
    mark = Vervallendienst(
        **row.model_dump(exclude={"soort", "bezetting", "trekker_id", "versie"}),
        versie=row.versie + 1,
        vervallen_op=uow.now,
    )
    gemeentecode, team_id, datum = row.gemeentecode, row.team_id, row.datum
    repository.remove(uow.session, row, mark)
    uow.audit("beschikbaarheid", row_id, gemeentecode)
    if team_id is None:
        return []
    return homeless_controls(uow, gemeentecode, datum, datum, teams={team_id})


def homeless_controls(
    uow: UnitOfWork, gemeentecode: str, van: date, tot: date, teams: Collection[UUID] | None = None
) -> list[ControleZonderDienst]:
    """Planned and released controls of teams that have no manned shift at that time, or no powers for that place, by date and time.

    Raises:
        WrongStatus: the settings of a roster are missing.
    """
    roster = require_roster(uow, gemeentecode, van, tot, teams)
    able = {shift.id: powers for shift, powers in roster.usable()}
    found = []
    for control in _waiting(uow, gemeentecode, van, tot):
        if control.team_id is None or (teams is not None and control.team_id not in teams):
            continue
        shifts = [row for row in roster.diensten if _holds(row, control)]
        if any(control.type in able.get(row.id, ()) for row in shifts):
            continue
        found.append(
            ControleZonderDienst(
                controle_id=control.controle_id,
                object_id=control.object_id,
                team_id=control.team_id,
                datum=control.datum,
                aanvang=control.aanvang,
                duur=control.duur,
                status=control.status,
                reden=_lack(shifts, able),
            )
        )
    return sorted(found, key=lambda row: (row.datum, row.aanvang or 0, row.controle_id))


def _lack(shifts: Sequence[Beschikbaarheid], able: Container[UUID]) -> str:
    if not shifts:
        return GEEN_DIENST
    return GEEN_AANWIJZING if any(row.id in able for row in shifts) else GEEN_PLOEG


def _waiting(uow: UnitOfWork, gemeentecode: str, van: date, tot: date) -> list[NormControle]:
    return [
        control
        for year in range(van.year, tot.year + 1)
        for control in controles_for_norm(uow, gemeentecode, year)
        if control.status in NIET_BEGONNEN and van <= control.datum <= tot
    ]


def _holds(row: Beschikbaarheid, control: NormControle) -> bool:
    if (row.team_id, row.datum) != (control.team_id, control.datum):
        return False
    return control.aanvang is None or (row.van <= control.aanvang and control.aanvang + control.duur <= row.tot)


def _changed(uow: UnitOfWork, row: Beschikbaarheid, data: BeschikbaarheidPatch) -> list[Fout]:
    for name in ("van", "tot", "bezetting", "trekker_id"):
        if name in data.model_fields_set:
            setattr(row, name, getattr(data, name))
    if not row.van < row.tot <= row.van + 24 * 60:
        return [Fout("body.tot", "ligt niet na het begin, of de dienst duurt langer dan een etmaal")]
    near = repository.between(
        uow.session, row.gemeentecode, row.datum - timedelta(days=1), row.datum + timedelta(days=1)
    )
    met = find_overlaps([span_of(other) for other in near if other.id != row.id], [span_of(row)])
    return [Fout("body.van", f"overlapt met een andere regel op {span.datum:%d-%m-%Y}") for span in met.values()]


def _membership(uow: UnitOfWork, row: Beschikbaarheid, crew: Collection[UUID]) -> list[Fout]:
    members = set(team_members(uow, [row.team_id])[row.team_id]) if row.team_id else set()
    faults = []
    if not members.issuperset(crew):
        faults.append(Fout("body.leden", "is niet allemaal lid van dit team"))
    if row.trekker_id is not None and row.trekker_id not in (crew or members):
        faults.append(Fout("body.trekkerId", "is niet op deze dienst"))
    return faults


def _rest(uow: UnitOfWork, row: Beschikbaarheid, crew: Collection[UUID]) -> list[Fout]:
    """Refuses somebody who is on another shift without the rest in between (PLN-16)."""
    rules = require_roster_rules(uow, row.gemeentecode, row.datum)
    near = repository.between(
        uow.session, row.gemeentecode, row.datum - RONDOM, row.datum + RONDOM, soort=Beschikbaarheidsoort.DIENST
    )
    crews = repository.crews(uow.session, [other.id for other in near])
    return [
        Fout(
            "body.leden",
            f"iemand heeft op {other.datum:%d-%m-%Y} van {time_of_day(other.van)} tot {time_of_day(other.tot)} ook dienst; "
            "de rusttijd is dan te kort",
        )
        for other in near
        if other.id != row.id
        and not crews.get(other.id, frozenset()).isdisjoint(crew)
        and lacks_rest(span_of(row), span_of(other), rules)
    ]


def _detail(uow: UnitOfWork, row: Beschikbaarheid) -> BeschikbaarheidDetail:
    crew = repository.crews(uow.session, [row.id]).get(row.id, frozenset())
    texts: list[str] = []
    if row.team_id is not None:
        texts = warnings_between(uow, row.gemeentecode, row.datum, row.datum, {row.team_id}).get(row.id, [])
    return BeschikbaarheidDetail(**row.model_dump(), leden=sorted(crew), waarschuwingen=texts)
