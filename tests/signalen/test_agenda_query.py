"""The query that fills and shows agendas says the same as the pure rule, for every combination of what it looks at."""

from itertools import product

import pytest

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.unit_of_work import UnitOfWork
from app.signalen.repository import agenda
from app.signalen.rules.overleggen import Agendafeiten, comes_by_itself
from app.signalen.service.opvoeren import NOT_YET
from app.signalen.status import Bronsoort, JaNeeOnbekend, Overlegsoort, Overlegstatus, Signaalstatus, Urgentie
from app.signalen.tables import Overleg, Overlegreeks, Signaal
from tests.support.municipality import BUUR, STAD
from tests.support.signalen import MOMENT, Field

COMBINATIES = [
    Agendafeiten(status, getrieerd, gesloten_route, minor, ondermijning)
    for status, getrieerd, gesloten_route, minor, ondermijning in product(
        Signaalstatus, (True, False), (True, False), JaNeeOnbekend, (True, False)
    )
]


def _signal(field: Field, feiten: Agendafeiten, gemeentecode: str = STAD) -> Signaal:
    return Signaal(
        id=new_id(),
        gemeentecode=gemeentecode,
        bron=Bronsoort.TOEZICHT,
        indiener=field.accounts["toezichthouder"],
        status=feiten.status,
        urgentie=Urgentie.REGULIER,
        vormen=[],
        mogelijk_minderjarig=feiten.minderjarig,
        ontstaan_op=MOMENT,
        getrieerd_op=MOMENT if feiten.getrieerd else None,
        gesloten_route=feiten.gesloten_route,
        ondermijning=feiten.ondermijning,
        redenen=NOT_YET,
    )


def _meeting(uow: UnitOfWork, soort: Overlegsoort) -> tuple[Overlegreeks, Overleg]:
    reeks = Overlegreeks(gemeentecode=STAD, soort=soort, naam=soort, eerste_datum=uow.today)
    uow.session.add(reeks)
    uow.session.flush()
    overleg = Overleg(reeks_id=reeks.id, datum=uow.today, status=Overlegstatus.GEPLAND)
    uow.session.add(overleg)
    uow.session.flush()
    return reeks, overleg


@pytest.mark.requirement("RTE-03")
def test_the_query_and_the_rule_agree(field: Field, runtime: Runtime) -> None:
    with runtime.system_unit("test") as uow:
        stored = {}
        for feiten in COMBINATIES:
            row = _signal(field, feiten)
            stored[row.id] = feiten
            uow.session.add_all([row, _signal(field, feiten, BUUR)])
        uow.session.flush()
        for soort in Overlegsoort:
            reeks, overleg = _meeting(uow, soort)
            found = set(agenda.waiting_for(uow.session, overleg.id, reeks, [STAD], 10_000))
            assert found == {nr for nr, feiten in stored.items() if comes_by_itself(soort, feiten)}, soort
