"""What planning knows of a municipality over a period, gathered from the lower features in a fixed number of questions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.controles.service.normcontroles import Objectcontrole
from app.controles.service.planning import NormControle, controles_for_norm
from app.controles.status import Controlestatus
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.normen import norm_table
from app.objecten.schemas.normobjecten import NormObject
from app.objecten.schemas.objecten import PlanbaarObject
from app.objecten.service.planbaar import planbare_objecten
from app.objecten.status import Objecttype, Vergunningsoort
from app.planning.rules.kalender import Periode
from app.planning.rules.planinstellingen import Normen, read_norms
from app.planning.rules.seks import SeksControle, Seksnorm
from app.planning.service.voorrangsfeiten import Voorrangsfeiten, load_priority_facts

NOG_TE_DOEN = frozenset({Controlestatus.GEPLAND, Controlestatus.VRIJGEGEVEN, Controlestatus.BEZIG})
HORECAVERGUNNINGEN = frozenset({Vergunningsoort.HORECA, Vergunningsoort.ALCOHOL})


@dataclass(frozen=True)
class Stand:
    """Stock, norms and controls of a municipality.

    Attributes:
        gemeentecode: The municipality.
        peildatum: The day from which is looked.
        normen: The norms that are planned by.
        tabel: The norm table that they stand in.
        objecten: All active objects.
        controles: Controls of the years that matter, per object by date; dropped ones are left out.
        register_vanaf: First control in the register; what came before it is not known.
        feiten: Open re-checks and flags per object.
    """

    gemeentecode: str
    peildatum: date
    normen: Normen
    tabel: dict[str, float]
    objecten: Sequence[PlanbaarObject]
    controles: dict[UUID, list[NormControle]] = field(repr=False)
    register_vanaf: date
    feiten: Voorrangsfeiten = field(default_factory=Voorrangsfeiten, repr=False)

    @property
    def seksnorm(self) -> Seksnorm:
        """The norm of CAD-01."""
        return Seksnorm(self.normen.seks_per_jaar, self.normen.tussentijd_dagen, telling_vanaf=self.register_vanaf)

    def of_object(self, object_id: UUID) -> Sequence[NormControle]:
        """The controls of an object by date."""
        return self.controles.get(object_id, ())

    def all_controls(self) -> list[NormControle]:
        """The controls of all objects."""
        return [control for own in self.controles.values() for control in own]

    def visited(self, object_id: UUID) -> list[date]:
        """Dates on which the object was controlled; an attempt is no control (PLN-15)."""
        return [c.datum for c in self.of_object(object_id) if c.status is Controlestatus.AFGEROND]

    def planned(self, object_id: UUID) -> list[date]:
        """Dates from the reference date on which a control of the object is planned."""
        return [c.datum for c in self.of_object(object_id) if c.status in NOG_TE_DOEN and c.datum >= self.peildatum]


def load_state(
    uow: UnitOfWork, gemeentecode: str, peildatum: date, jaren: Collection[int], *, normen_op: date | None = None
) -> Stand:
    """Norms, stock and controls of a municipality; the number of queries does not depend on their number.

    Args:
        uow: The unit of work.
        gemeentecode: The municipality.
        peildatum: The day from which is looked.
        jaren: Calendar years of the controls.
        normen_op: The day whose norms and settings count; the reference date without one.
    """
    table = norm_table(uow, gemeentecode, normen_op or peildatum)
    per_object: dict[UUID, list[NormControle]] = {}
    first = peildatum
    for jaar in sorted(set(jaren)):
        for control in controles_for_norm(uow, gemeentecode, jaar):
            if control.status is Controlestatus.VERVALLEN:
                continue
            per_object.setdefault(control.object_id, []).append(control)
            if control.status is Controlestatus.AFGEROND:
                first = min(first, control.datum)
    for own in per_object.values():
        own.sort(key=lambda control: (control.datum, control.controle_id))
    places, normen = planbare_objecten(uow, gemeentecode), read_norms(table)
    return Stand(
        gemeentecode=gemeentecode,
        peildatum=peildatum,
        normen=normen,
        tabel=table,
        objecten=places,
        controles=per_object,
        register_vanaf=first,
        feiten=load_priority_facts(uow, gemeentecode, normen.vlag_dagen, places),
    )


def permit_periods(place: PlanbaarObject | NormObject, soorten: Collection[Vergunningsoort]) -> list[Periode]:
    """Periods in which the object has a permit of one of these kinds."""
    return [Periode(v.periode.vanaf, v.periode.tot) for v in place.vergunningen if v.soort in soorten]


def seks_periods(place: PlanbaarObject | NormObject) -> list[Periode]:
    """Periods in which the norm of CAD-01 applies to the object."""
    return permit_periods(place, {Vergunningsoort.SEKSINRICHTING}) if place.type is Objecttype.SEKS else []


def horeca_periods(place: PlanbaarObject | NormObject) -> list[Periode]:
    """Periods in which the object is licensed horeca (CAD-19)."""
    return permit_periods(place, HORECAVERGUNNINGEN) if place.type is Objecttype.HOR else []


def seks_controls(controls: Sequence[NormControle | Objectcontrole]) -> list[SeksControle]:
    """Controls as the rule of CAD-01 looks at them."""
    return [
        SeksControle(
            datum=c.datum,
            afgerond=c.status is Controlestatus.AFGEROND,
            aangekondigd=c.aangekondigd,
            binnen=c.binnen,
            bedrijfsplan_beantwoord=c.bedrijfsplan_beantwoord,
        )
        for c in controls
    ]


def unannounced_plans(controls: Sequence[NormControle | Objectcontrole], vanaf: date) -> list[date]:
    """Dates of planned controls that can count for CAD-01: an announced one never does (PLN-14)."""
    return [c.datum for c in controls if c.status in NOG_TE_DOEN and not c.aangekondigd and c.datum >= vanaf]
