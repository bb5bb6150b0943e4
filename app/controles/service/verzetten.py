"""Changing the released plan: controls move, go or come, all of them or none, and only as long as nobody touched them in between."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.controles.errors import NietVrijTeGeven, PlanGewijzigd
from app.controles.repository import controles as repository
from app.controles.repository import gemist
from app.controles.rules import levensloop
from app.controles.rules.uitvoering import NIET_BEGONNEN
from app.controles.service.planning import ControlePlan, plan_controles
from app.controles.service.vrijgave import after_moving, ask_for_visits, release_control
from app.controles.status import Aanleiding
from app.controles.tables import Controle
from app.core.errors import Fout
from app.core.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Geplandecontrole:
    """A control as it stands on the plan.

    Attributes:
        aanvang: minutes after midnight, Europe/Amsterdam; None without a time.
        vast: nobody may move it: started, announced, or of an integral action.
        aangekondigd: somebody was told the day.
        versie: what a change refers to.
    """

    id: UUID
    object_id: UUID
    team_id: UUID | None
    datum: date
    aanvang: int | None
    duur: int
    aanleiding: Aanleiding
    actie_id: UUID | None
    vast: bool
    aangekondigd: bool
    versie: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verzetting:
    """Where a control comes; date and team may be what they were."""

    controle_id: UUID
    team_id: UUID
    datum: date
    aanvang: int
    volgorde: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Uitgangspunt:
    """What a change rests on: every control on each touched shift, with the version that was seen.

    Attributes:
        diensten: team, date, first and last minute of each touched shift.
        versies: version per control that stood on one of them, or that the change names.
    """

    diensten: Collection[tuple[UUID, date, int, int]]
    versies: Mapping[UUID, int]


@dataclass(frozen=True, slots=True)
class Planwijziging:
    """What a change did.

    Attributes:
        toegevoegd: ids of the new controls in the order of the plans.
        wacht_op_vrijgave: new and moved controls that police and OM must agree with first (PLN-01).
    """

    toegevoegd: Sequence[UUID]
    wacht_op_vrijgave: Sequence[UUID]


def planned_between(uow: UnitOfWork, gemeentecode: str, van: date, tot: date) -> list[Geplandecontrole]:
    """The controls of a municipality that are still to be done or are being done, by date and time; one query."""
    return [on_plan(row) for row in repository.standing_between(uow.session, gemeentecode, van, tot)]


def missed_since(uow: UnitOfWork, gemeentecode: str, van: date) -> list[Geplandecontrole]:
    """The controls of a municipality from a day on that were not carried out on their day, by date; one query.

    Those of an integral action and announced ones too: on the day that they had nothing holds them any more.
    """
    return [on_plan(row) for row in gemist.missed_since(uow.session, van, uow.today, gemeentecode)]


def on_plan(row: Controle) -> Geplandecontrole:
    """A control as it stands on the plan."""
    return Geplandecontrole(
        id=row.id,
        object_id=row.object_id,
        team_id=row.team_id,
        datum=row.datum,
        aanvang=row.aanvang,
        duur=row.duur,
        aanleiding=row.aanleiding,
        actie_id=row.actie_id,
        vast=row.status not in NIET_BEGONNEN or row.aangekondigd or row.actie_id is not None,
        aangekondigd=row.aangekondigd,
        versie=row.versie,
    )


def change_plan(
    uow: UnitOfWork,
    gemeentecode: str,
    uitgangspunt: Uitgangspunt,
    verzet: Sequence[Verzetting],
    vervalt: Mapping[UUID, str],
    nieuw: Sequence[ControlePlan],
) -> Planwijziging:
    """Moves, drops and adds controls in one transaction; the caller holds the municipality, so that two changes never cross.

    A control that comes on another date keeps its release only if police and OM agreed with that date (PLN-01); a new one waits
    for release where its kind asks for that. A control of an integral action that comes on another date leaves the action, which is one
    date with its partners (CAD-04). A tablet learns of all this from its day package, which reads the controls.

    Args:
        uow: the unit of work.
        gemeentecode: the municipality.
        uitgangspunt: what the change rests on.
        verzet: controls with their new date, team, time and order.
        vervalt: reason per control that goes.
        nieuw: controls that come.

    Raises:
        PlanGewijzigd: a touched control changed, was started or is gone, or another stands on a touched shift; all reasons.
        OvergangNietMogelijk: a guard of planning refuses a new control.
    """
    touched = {*uitgangspunt.versies, *(v.controle_id for v in verzet), *vervalt}
    rows = {row.id: row for row in repository.with_ids(uow.session, touched, lock=True)}
    faults = [*_changed(uitgangspunt, rows), *_started(rows, [*(v.controle_id for v in verzet), *vervalt])]
    faults += _strangers(uow, gemeentecode, uitgangspunt)
    if faults:
        raise PlanGewijzigd(faults)
    redated, leaving = list[UUID](), list[Controle]()
    for move in verzet:
        row = rows[move.controle_id]
        if row.datum != move.datum:
            redated.append(row.id)
            if row.actie_id is not None:
                leaving.append(row)
        row.team_id, row.datum = move.team_id, move.datum
        row.aanvang, row.volgorde = move.aanvang, move.volgorde
        row.versie += 1
        uow.audit("controle", row.id, row.gemeentecode)
    _leave_action(uow, leaving)
    for controle_id, reden in vervalt.items():
        row = rows[controle_id]
        row.status, row.reden = levensloop.OVERGANGEN["vervallen"].naar, reden
        row.versie += 1
        uow.audit("controle", row.id, row.gemeentecode)
    uow.session.flush()
    held = after_moving(uow, redated)
    added = plan_controles(uow, nieuw)
    return Planwijziging(added, [*held, *_release(uow, gemeentecode, added)])


def _leave_action(uow: UnitOfWork, rows: Sequence[Controle]) -> None:
    """Takes controls out of their action; one with partners of its own stays integral (CAD-05)."""
    own = repository.participants(uow.session, controles=[row.id for row in rows]) if rows else ()
    joined = {deelname.controle_id for deelname in own if deelname.partner_id is not None}
    for row in rows:
        row.actie_id, row.integraal = None, row.id in joined


def _release(uow: UnitOfWork, gemeentecode: str, added: Sequence[UUID]) -> list[UUID]:
    """Releases new controls that may go out, asks about the others; answers those that wait."""
    rows = repository.with_ids(uow.session, added)
    ask_for_visits(uow, gemeentecode, [(r.object_id, r.datum, r.aanleiding, r.actie_id is not None) for r in rows])
    waiting = []
    for controle_id in added:
        try:
            release_control(uow, controle_id)
        except NietVrijTeGeven:
            waiting.append(controle_id)
    return waiting


def _changed(uitgangspunt: Uitgangspunt, rows: Mapping[UUID, Controle]) -> Iterator[Fout]:
    for controle_id, version in uitgangspunt.versies.items():
        row = rows.get(controle_id)
        if row is None or row.versie != version:
            yield Fout(f"controles.{controle_id}", "is na de berekening gewijzigd")


def _started(rows: Mapping[UUID, Controle], ids: Iterable[UUID]) -> Iterator[Fout]:
    for controle_id in ids:
        row = rows.get(controle_id)
        if row is None or row.status not in NIET_BEGONNEN:
            yield Fout(f"controles.{controle_id}", "is begonnen, gedaan of vervallen en kan niet meer wijzigen")


def _strangers(uow: UnitOfWork, gemeentecode: str, uitgangspunt: Uitgangspunt) -> Iterator[Fout]:
    """Controls that came on a touched shift since the change was calculated."""
    days = [datum for _, datum, _, _ in uitgangspunt.diensten]
    if not days:
        return
    for row in repository.standing_between(uow.session, gemeentecode, min(days), max(days)):
        for team_id, datum, van, tot in uitgangspunt.diensten:
            here = (row.team_id, row.datum) == (team_id, datum) and (row.aanvang is None or van <= row.aanvang < tot)
            if here and row.id not in uitgangspunt.versies:
                yield Fout(f"controles.{row.id}", f"staat sinds de berekening ook op {datum:%d-%m-%Y} bij dit team")


def places_of(uow: UnitOfWork, controles: Collection[UUID]) -> dict[UUID, tuple[UUID, date]]:
    """The object and the date of each of these controls; the caller answers for who may see them."""
    rows = repository.with_ids(uow.session, controles) if controles else ()
    return {row.id: (row.object_id, row.datum) for row in rows}
