"""What a team may visit on one day beside what stands on its route: risk addresses, norm visits in their window, horeca that is due.

Worth follows from dates and published terms only (design section 1): nothing that is confidential is looked at.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.controles.service.dagroutes import visit_days
from app.controles.service.planning import NormControle
from app.controles.status import Aanleiding, Controlestatus
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.normen import norm_table
from app.objecten.schemas.objecten import PlanbaarObject
from app.objecten.service.planbaar import planbare_objecten
from app.planning.errors import WrongStatus
from app.planning.repository.planrondes import confirmed_objects
from app.planning.rules.herplannen import read_replan_settings
from app.planning.rules.planinstellingen import Planinstellingen, SettingsMissing, read_norms, read_settings
from app.planning.service.bevoegdheid import team_powers
from app.planning.service.bezoeken import Bezoeken
from app.planning.service.gegevens import Stand
from app.planning.service.probleem import cycling_minutes, solver_settings
from app.planning.service.voorrangsfeiten import load_priority_facts
from app.planning.solver.dayroute import Halte
from app.planning.solver.index import Index
from app.planning.solver.problem import Problem, Slot
from app.planning.solver.urgency import worth_on

TERUG = timedelta(days=400)
"""A rolling year and its spacing; of what is older only the last visit counts."""


@dataclass(frozen=True)
class Kandidaat:
    """A place that may be visited today."""

    halte: Halte
    object_id: UUID
    aanleiding: Aanleiding
    norm: str


def plan_settings(uow: UnitOfWork, gemeentecode: str, datum: date) -> tuple[Planinstellingen, dict[str, float]]:
    """The settings of the planner on a day, and the norm table that they stand in.

    Raises:
        WrongStatus: the norm table lacks some.
    """
    table = norm_table(uow, gemeentecode, datum)
    try:
        read_replan_settings(table)  # a day list looks as far ahead
        return read_settings(table), table
    except SettingsMissing as missing:
        raise WrongStatus(
            f"In de normentabel ontbreken op die datum instellingen: {missing}. Vraag de beheerder ze in te vullen."
        ) from None


def candidates(uow: UnitOfWork, gemeentecode: str, dienst: Slot, zonder: Collection[UUID]) -> list[Kandidaat]:
    """Everything that a team may visit in a shift, without some objects and what a confirmed round holds; a fixed number of queries.

    Args:
        uow: The unit of work.
        gemeentecode: Where.
        dienst: The shift; its team is the id of a team.
        zonder: Objects that stand on the route already, or that were skipped.

    Raises:
        WrongStatus: the norm table lacks settings of the planner.
    """
    datum, team_id = dienst.date, UUID(dienst.team)
    settings, table = plan_settings(uow, gemeentecode, datum)
    # As far ahead as a replanning looks: what is due by then may be done today.
    last = datum + timedelta(days=read_replan_settings(table).venster_dagen - 1)
    places = planbare_objecten(uow, gemeentecode)
    stand = _state(uow, gemeentecode, datum, table, places)
    able = team_powers(uow, gemeentecode, [(team_id, datum)], settings.bezetting)[team_id, datum]
    busy = {*zonder, *(own.object_id for own in stand.all_controls() if own.datum == datum)}
    busy |= confirmed_objects(uow.session, gemeentecode, min(datum, uow.today), last)
    found, _ = Bezoeken(stand, settings, datum, last).all()
    types = {place.id: place.type for place in places}
    ready = [
        b
        for b in found
        if b.visit.earliest <= datum <= b.visit.latest and b.object_id not in busy and types[b.object_id] in able
    ]
    index = Index(
        Problem(
            datum,
            datum,
            (dienst,),
            tuple(b.visit for b in ready),
            settings=solver_settings(settings),
            travel=cycling_minutes,
        )
    )
    made: dict[UUID, Kandidaat] = {}
    for b in ready:
        windows = index.windows(b.visit, dienst)
        if windows:
            worth = worth_on(b.visit, datum, index.problem.settings)
            halte = Halte(b.visit.key, b.visit.point, b.visit.duration, windows, worth)
            standing = made.get(b.object_id)
            if standing is None or standing.halte.worth < worth:
                made[b.object_id] = Kandidaat(halte, b.object_id, b.aanleiding, b.visit.norm_clause)
    return sorted(made.values(), key=lambda k: (-k.halte.worth, k.halte.key))


def _state(
    uow: UnitOfWork, gemeentecode: str, datum: date, table: dict[str, float], places: Sequence[PlanbaarObject]
) -> Stand:
    """The state of the norms with what a day list needs of each control, and no more."""
    normen = read_norms(table)
    since, earlier = visit_days(uow, gemeentecode, datum - TERUG)
    types: Mapping[UUID, PlanbaarObject] = {place.id: place for place in places}
    per_object: dict[UUID, list[NormControle]] = {}

    def add(
        object_id: UUID, controle_id: UUID, on: date, status: Controlestatus, facts: tuple[bool, bool, bool]
    ) -> None:
        per_object.setdefault(object_id, []).append(
            NormControle(
                controle_id=controle_id,
                object_id=object_id,
                type=types[object_id].type,
                datum=on,
                status=status,
                aangekondigd=facts[0],
                binnen=facts[1],
                bedrijfsplan_beantwoord=facts[2],
                arbeid_beantwoord=False,
                integraal=False,
                actie_id=None,
                partners=0,
                partner_soorten=frozenset(),
                team_id=None,
                aanvang=None,
                duur=0,
            )
        )

    for object_id, last in earlier.items():
        if object_id in types:
            add(object_id, object_id, last, Controlestatus.AFGEROND, (False, True, False))
    for row in since:
        if row.object_id in types:
            facts = (row.aangekondigd, row.binnen, row.bedrijfsplan_beantwoord)
            add(row.object_id, row.controle_id, row.datum, row.status, facts)
    return Stand(
        gemeentecode=gemeentecode,
        peildatum=min(datum, uow.today),  # what is planned until that day counts too
        normen=normen,
        tabel=table,
        objecten=places,
        controles=per_object,
        register_vanaf=min(
            [datum, *earlier.values(), *(r.datum for r in since if r.status is Controlestatus.AFGEROND)]
        ),
        feiten=load_priority_facts(uow, gemeentecode, normen.vlag_dagen, places),
    )
