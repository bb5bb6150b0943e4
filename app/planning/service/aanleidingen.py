"""What waits for replanning: new risk addresses, attempts, shifts that fell out, permits that ended, re-checks.

Each is given in the form in which it can be asked. What police, OM or the AF hold back shows nowhere here (PLN-01, PLN-17).
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from uuid import UUID

from app.controles.service.planning import Herkansing, attempts_waiting
from app.controles.status import Aanleiding
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import require_gemeente
from app.objecten.status import Objecttype
from app.planning.schemas.herplanningen import AanleidingRead, Gebeurtenis
from app.planning.service.diensten import homeless_controls
from app.planning.service.gegevens import horeca_periods, seks_periods
from app.planning.service.hercontroletaken import rechecks_waiting
from app.planning.service.herplanningen import load_window
from app.planning.service.herplanvraag import Planvenster
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
    tried = {attempt.object_id for attempt in attempts}
    found = [*_risks(venster, tried), *_attempts(attempts, venster), *_shifts(uow, code, venster), *_permits(venster)]
    found += _rechecks(uow, code, venster)
    return sorted(found, key=lambda row: (row.voor or date.max, row.gebeurtenis.soort, row.tekst))


def _risks(venster: Planvenster, tried: Collection[UUID]) -> Iterator[AanleidingRead]:
    """Risk addresses that no round planned yet (CAD-06); where an attempt waits, that is the one visit to plan."""
    for place in venster.stand.objecten:
        due = place.risicoadres_voor
        if due is None or place.punt is None or place.id in tried:
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
    seen: dict[tuple[UUID, date], int] = {}
    for control in homeless_controls(uow, code, venster.van, venster.tot):
        key = (control.team_id, control.datum)
        seen[key] = seen.get(key, 0) + 1
    for (team_id, datum), number in seen.items():
        many = "1 controle staat" if number == 1 else f"{number} controles staan"
        text = f"{many} op {datum:%d-%m-%Y} zonder dienst met genoeg toezichthouders."
        yield _reason(Herplangebeurtenis.DIENST_UITGEVALLEN, datum, text, team_id=team_id, datum=datum)


def _permits(venster: Planvenster) -> Iterator[AanleidingRead]:
    """Objects with a norm visit on a day on which their permit has ended."""
    objects, seen = venster.objecten, set[UUID]()
    for control in venster.controles:
        place = objects.get(control.object_id)
        if control.vast or place is None or control.aanleiding is not Aanleiding.NORM or place.id in seen:
            continue
        if place.type not in {Objecttype.SEKS, Objecttype.HOR}:
            continue
        if not any(control.datum in period for period in [*seks_periods(place), *horeca_periods(place)]):
            seen.add(place.id)
            text = f"Op {control.datum:%d-%m-%Y} staat een controle, maar de vergunning geldt dan niet meer."
            yield _reason(Herplangebeurtenis.VERGUNNING_BEEINDIGD, control.datum, text, object_id=place.id)


def _rechecks(uow: UnitOfWork, code: str, venster: Planvenster) -> Iterator[AanleidingRead]:
    """Re-checks whose day lies in the window (INS-03, INS-06, PLN-12)."""
    for task in rechecks_waiting(uow, code):
        place = venster.objecten.get(task.object_id)
        if place is not None and place.punt is not None and task.vanaf <= venster.tot:
            text = f"Hercontrole vanaf {task.vanaf:%d-%m-%Y}."
            day = max(task.vanaf, venster.van)
            yield _reason(Herplangebeurtenis.HERCONTROLE, day, text, object_id=place.id, datum=day)


def _reason(soort: Herplangebeurtenis, voor: date | None, tekst: str, **what: object) -> AanleidingRead:
    return AanleidingRead(gebeurtenis=Gebeurtenis.model_validate({"soort": soort, **what}), voor=voor, tekst=tekst)
