"""What waits for replanning: new risk addresses, attempts, controls that were not done, shifts that fell out, permits that ended, re-checks.

Each is given in the form in which it can be asked. What police, OM or the AF hold back shows nowhere here (PLN-01, PLN-17).
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from uuid import UUID

from app.controles.service.planning import Herkansing, attempts_waiting
from app.controles.service.verzetten import Geplandecontrole
from app.controles.status import Aanleiding
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import require_gemeente
from app.objecten.schemas.objecten import PlanbaarObject
from app.objecten.status import Objecttype
from app.planning.rules.planinstellingen import SEKS
from app.planning.schemas.herplanningen import AanleidingRead, Gebeurtenis
from app.planning.service.bezoeken import Bezoeken
from app.planning.service.diensten import GEEN_AANWIJZING, homeless_controls
from app.planning.service.gegevens import horeca_periods, seks_periods
from app.planning.service.hercontroletaken import open_rechecks
from app.planning.service.herplanningen import load_window
from app.planning.service.herplanvraag import Planvenster, held_to
from app.planning.status import Herplangebeurtenis


def list_reasons(uow: UnitOfWork, gemeentecode: str | None) -> list[AanleidingRead]:
    """All that waits, the most urgent first, in the caller's own municipality unless he names another.

    Raises:
        GemeenteNotFound: the caller does not work there.
        WrongStatus: the norm table lacks settings.
    """
    code = gemeentecode or uow.caller.gemeentecode
    require_gemeente(uow, code)
    venster = load_window(uow, code)
    attempts = attempts_waiting(uow, code)
    missed = _missed(venster)
    # One visit answers whatever an object waits for: it is listed once, by what gives it its visit.
    again = {control.object_id for control in missed}
    attempts = [attempt for attempt in attempts if attempt.object_id not in again]
    named = again | {attempt.object_id for attempt in attempts}
    found = [*_attempts(attempts, venster), *_not_done(missed, venster), *_risks(venster, named)]
    found += [*_shifts(uow, code, venster), *_permits(venster), *_norms(venster, named)]
    found += _rechecks(uow, code, venster, named)
    return sorted(found, key=lambda row: (row.voor or date.max, row.gebeurtenis.soort, row.tekst))


def _missed(venster: Planvenster) -> list[Geplandecontrole]:
    """The last control of each object that was not carried out on its day, and that nothing took the place of since.

    What a planner holds back is not among them, whoever wished it (PLN-17).
    """
    last: dict[UUID, Geplandecontrole] = {}
    for control in venster.gemist:
        place = venster.objecten.get(control.object_id)
        if place is None or place.punt is None or held_to(place, control.aanleiding) >= venster.van:
            continue
        if control.aanleiding is Aanleiding.NORM and not _has_permit(place, venster.van):
            continue
        # A round that was calculated before that day counted on the control: what it holds takes no place of it.
        earlier = {one.regel.id for one in venster.staand if one.berekend is None or one.berekend <= control.datum}
        own = venster.stand.of_object(control.object_id)
        if not any(c.datum >= control.datum and c.controle_id not in earlier for c in own):
            last[control.object_id] = control
    return list(last.values())


def _not_done(missed: Sequence[Geplandecontrole], venster: Planvenster) -> Iterator[AanleidingRead]:
    """Controls of past days that nobody started or tried: they stand on the plan and nobody comes any more."""
    held = {control.actie_id for control in venster.stand.all_controls()}
    for control in missed:
        due = venster.objecten[control.object_id].risicoadres_voor
        what = "De aangekondigde controle" if control.aangekondigd else "De controle"
        text = f"{what} van {control.datum:%d-%m-%Y} is niet gedaan."
        if control.actie_id is not None:
            text += " Zij hoorde bij een integrale actie" + ("." if control.actie_id in held else " die niet doorging.")
        yield _reason(Herplangebeurtenis.NIET_GEDAAN, due, text, controle_id=control.id)


def _risks(venster: Planvenster, named: Collection[UUID]) -> Iterator[AanleidingRead]:
    """Risk addresses that no round planned yet (CAD-06); where an attempt waits, that is the one visit to plan."""
    for place in venster.stand.objecten:
        due = place.risicoadres_voor
        if due is None or place.punt is None or place.id in named:
            continue
        if not venster.stand.planned(place.id):
            yield _reason(Herplangebeurtenis.SPOED, due, "Risicoadres zonder geplande controle.", object_id=place.id)


def _attempts(attempts: Sequence[Herkansing], venster: Planvenster) -> Iterator[AanleidingRead]:
    """Visits at which nobody came in and that stand nowhere again (PLN-15); at a risk address before its own term (CAD-06)."""
    objects = venster.objecten
    for attempt in attempts:
        if not venster.stand.planned(attempt.object_id):
            part = f" Beste dagdeel: {attempt.dagdelen[0].naam.value}." if attempt.dagdelen else ""
            text = f"Poging op {attempt.datum:%d-%m-%Y} zonder nieuw bezoek.{part}"
            place = objects.get(attempt.object_id)
            due = None if place is None else place.risicoadres_voor
            yield _reason(Herplangebeurtenis.POGING, due, text, controle_id=attempt.controle_id)


def _shifts(uow: UnitOfWork, code: str, venster: Planvenster) -> Iterator[AanleidingRead]:
    """Teams and days on which controls stand without a manned shift."""
    seen = Counter(
        (control.team_id, control.datum, control.reden == GEEN_AANWIJZING)
        for control in homeless_controls(uow, code, venster.van, venster.tot)
    )
    for (team_id, datum, powerless), number in seen.items():
        many = "1 controle staat" if number == 1 else f"{number} controles staan"
        kind, lacks = Herplangebeurtenis.DIENST_UITGEVALLEN, "zonder dienst met genoeg toezichthouders"
        if powerless:
            kind, lacks = (
                Herplangebeurtenis.AANWIJZING_ONTBREEKT,
                "bij een team zonder aanwijzing voor dat soort object",
            )
        text = f"{many} op {datum:%d-%m-%Y} {lacks}."
        yield _reason(kind, datum, text, team_id=team_id, datum=datum)


def _norms(venster: Planvenster, named: Collection[UUID]) -> Iterator[AanleidingRead]:
    """Establishments for which the norm asks a visit in these weeks that stands nowhere (CAD-01)."""
    needed, _ = Bezoeken(venster.stand, venster.instellingen, venster.van, venster.tot).all()
    last: dict[UUID, date] = {}
    for bezoek in needed:
        if bezoek.normsleutel == SEKS and bezoek.visit.required and bezoek.object_id not in named:
            last[bezoek.object_id] = min(bezoek.visit.latest, last.get(bezoek.object_id, date.max))
    for object_id, day in last.items():
        text = f"De norm vraagt een controle uiterlijk {day:%d-%m-%Y}, en die staat nergens."
        yield _reason(Herplangebeurtenis.NORM, day, text, object_id=object_id)


def _permits(venster: Planvenster) -> Iterator[AanleidingRead]:
    """Objects with a norm visit on a day on which their permit has ended."""
    objects, seen = venster.objecten, set[UUID]()
    for control in venster.controles:
        place = objects.get(control.object_id)
        if control.vast or place is None or control.aanleiding is not Aanleiding.NORM or place.id in seen:
            continue
        if not _has_permit(place, control.datum):
            seen.add(place.id)
            text = f"Op {control.datum:%d-%m-%Y} staat een controle, maar de vergunning geldt dan niet meer."
            yield _reason(Herplangebeurtenis.VERGUNNING_BEEINDIGD, control.datum, text, object_id=place.id)


def _has_permit(place: PlanbaarObject, day: date) -> bool:
    """Whether a norm visit of the object has its permit on a day; other kinds of objects need none."""
    if place.type not in {Objecttype.SEKS, Objecttype.HOR}:
        return True
    return any(day in period for period in [*seks_periods(place), *horeca_periods(place)])


def _rechecks(uow: UnitOfWork, code: str, venster: Planvenster, named: Collection[UUID]) -> Iterator[AanleidingRead]:
    """Re-checks whose day lies in the window and for which no visit stands on the plan (INS-03, INS-06, PLN-12)."""
    for task in open_rechecks(uow, code):
        place = venster.objecten.get(task.object_id)
        if place is None or place.punt is None or task.vanaf > venster.tot or place.id in named:
            continue
        if all(day < task.vanaf for day in venster.stand.planned(place.id)):
            day = max(task.vanaf, venster.van)
            text = f"Hercontrole vanaf {day:%d-%m-%Y}."
            yield _reason(Herplangebeurtenis.HERCONTROLE, max(task.voor, day), text, object_id=place.id, datum=day)


def _reason(soort: Herplangebeurtenis, voor: date | None, tekst: str, **what: object) -> AanleidingRead:
    return AanleidingRead(gebeurtenis=Gebeurtenis.model_validate({"soort": soort, **what}), voor=voor, tekst=tekst)
