"""The facts behind norm states on one day: norms, room in the shifts, and the controls of objects; a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.controles.service.normcontroles import Objectcontrole, controls_of_objects, register_start
from app.controles.status import Controlestatus
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.normen import norm_table
from app.objecten.schemas.normobjecten import NormObject
from app.objecten.status import Objecttype
from app.planning.rules.kalender import elke_dag
from app.planning.rules.normstand import Normstand
from app.planning.rules.planinstellingen import Normen, Planinstellingen, SettingsMissing, read_norms, read_settings
from app.planning.rules.ruimte import Ruimte
from app.planning.rules.seks import Seksnorm, seks_normstand
from app.planning.rules.wachtlijst import horeca_normstand
from app.planning.service.gegevens import NOG_TE_DOEN, horeca_periods, seks_controls, seks_periods, unannounced_plans
from app.planning.service.ruimte import load_room


@dataclass(frozen=True)
class Normfeiten:
    """What norm states of a municipality are counted from.

    Attributes:
        gemeentecode: The municipality.
        peildatum: The day whose state is asked; past, today or to come.
        vandaag: Today; what is planned from here up to a later reference date counts as done.
        normen: The norms that hold on the reference date.
        instellingen: Settings of the planner; None where the norm table lacks some.
        register_vanaf: First control in the register; what came before it is not known.
        ruimte: What the shifts can still hold from the reference date until the end of its year.
    """

    gemeentecode: str
    peildatum: date
    vandaag: date
    normen: Normen
    instellingen: Planinstellingen | None
    register_vanaf: date
    ruimte: Ruimte

    @property
    def jaar(self) -> int:
        """The calendar year of the account."""
        return self.peildatum.year

    @property
    def vanaf(self) -> date:
        """First day whose controls and permits matter: the rolling year reaches into the year before."""
        return date(self.jaar - 1, 1, 1)

    def is_expected(self, status: Controlestatus, datum: date) -> bool:
        """Whether a control is a plan that will be done before the reference date."""
        return status in NOG_TE_DOEN and self.vandaag <= datum < self.peildatum

    def state_of(self, place: NormObject, controls: Sequence[Objectcontrole]) -> Normstand:
        """CAD-01 of a sex establishment, or CAD-19 of any other object by its horeca licence."""
        planned = unannounced_plans(controls, self.peildatum)
        expected = [c.datum for c in controls if self.is_expected(c.status, c.datum)]
        if place.type is not Objecttype.SEKS:
            done = [c.datum for c in controls if c.status is Controlestatus.AFGEROND]
            to_do = [c.datum for c in controls if c.status in NOG_TE_DOEN]
            months = self.normen.horeca_maanden
            return horeca_normstand(self.peildatum, months, horeca_periods(place), done, to_do, expected)
        norm = Seksnorm(
            self.normen.seks_per_jaar,
            self.normen.tussentijd_dagen,
            telling_vanaf=self.register_vanaf,
            kan_op=self.ruimte.days_for(Objecttype.SEKS, elke_dag),
        )
        unannounced = [c.datum for c in controls if not c.aangekondigd and self.is_expected(c.status, c.datum)]
        periods = seks_periods(place)
        return seks_normstand(self.jaar, self.peildatum, norm, periods, seks_controls(controls), planned, unannounced)


def load_facts(uow: UnitOfWork, gemeentecode: str | None, peildatum: date | None) -> Normfeiten:
    """The facts of a municipality on a day, today by default.

    Raises:
        GemeenteNotFound: the caller does not work there.
    """
    code = require_gemeente(uow, gemeentecode or uow.caller.gemeentecode).code
    day = peildatum or uow.today
    table = norm_table(uow, code, day)
    settings = _settings(table)
    first = register_start(uow, code, date(day.year - 1, 1, 1))
    return Normfeiten(
        gemeentecode=code,
        peildatum=day,
        vandaag=uow.today,
        normen=read_norms(table),
        instellingen=settings,
        register_vanaf=day if first is None else min(first, day),
        ruimte=load_room(uow, code, day, date(day.year, 12, 31), settings),
    )


def states_of(uow: UnitOfWork, feiten: Normfeiten, places: Sequence[NormObject]) -> list[Normstand]:
    """The state of each of these objects, in order; one query for all their controls."""
    controls: Mapping[UUID, Sequence[Objectcontrole]] = controls_of_objects(
        uow, [place.id for place in places], feiten.vanaf, date(feiten.jaar, 12, 31)
    )
    return [feiten.state_of(place, controls.get(place.id, ())) for place in places]


def _settings(table: Mapping[str, float]) -> Planinstellingen | None:
    try:
        return read_settings(table)
    except SettingsMissing:  # a municipality that does not plan here yet has norm states all the same
        return None
