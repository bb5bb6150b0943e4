"""Releasing a round writes onto each control whether the lot chose it, for the fairness audit (MON-13)."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from app.controles.tables import Controle
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.objecten.status import Objecttype
from app.planning.schemas.planregels import Datumbereik, Redenen, TermRead
from app.planning.solver.terms import TERMS, TermCode
from app.planning.status import Planrondestatus
from app.planning.tables import Planregel, Planronde
from tests.planning.kalender import VANDAAG, now
from tests.planning.stad import Stad
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service

DAG = VANDAAG + timedelta(days=7)


def _reasons(*codes: TermCode) -> dict[str, object]:
    terms = [
        TermRead(
            code=code.value,
            omschrijving=TERMS[code].omschrijving,
            punten=10,
            versie=TERMS[code].versie,
            geldig_vanaf=TERMS[code].geldig_vanaf,
        )
        for code in codes
    ]
    window = Datumbereik(eerste=DAG, laatste=DAG)
    shown = Redenen(
        norm="Eigen keuze",
        toegestaan=window,
        geloot=window,  # the window is drawn for every norm visit; that is not the lot that chose the object
        termen=terms,
        prioriteit=10 * len(terms),
        tussentijd=1,
        vast=False,
    )
    return shown.model_dump(mode="json", by_alias=True)


@pytest.mark.requirement("MON-13")
def test_a_released_control_keeps_whether_the_lot_chose_it(
    runtime: Runtime, service: Service, municipality: Municipality
) -> None:
    ronde = Planronde(
        id=new_id(),
        gemeentecode=STAD,
        naam="Week",
        van=DAG,
        tot=DAG,
        status=Planrondestatus.VASTGESTELD,
        parameters={
            "teams": [str(municipality.teams["toezicht"])],
            "aandeel_willekeurig": None,
            "acties": None,
            "vast_uit": None,
            "rekentijd": 1.0,
        },
        seed=1,
        gemaakt_op=now(),
        gemaakt_door=new_id(),
    )
    ronde_id = ronde.id
    wanted: dict[UUID, bool] = {}
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        stad.shifts(municipality.teams["toezicht"], DAG, 1, van=9 * 60, tot=15 * 60)
        uow.session.add(ronde)
        uow.session.flush()
        for number, codes in enumerate(
            [(TermCode.LAATSTE_CONTROLE, TermCode.ASELECT), (TermCode.LAATSTE_CONTROLE,), ()]
        ):
            place = stad.place(Objecttype.LOG)
            wanted[place] = TermCode.ASELECT in codes
            uow.session.add(
                Planregel(
                    planronde_id=ronde_id,
                    object_id=place,
                    team_id=municipality.teams["toezicht"],
                    datum=DAG,
                    aanvang=600 + 60 * number,
                    duur=45,
                    volgorde=number,
                    normsleutel=None,
                    aanleiding="eigen-analyse",
                    redenen=_reasons(*codes),
                )
            )
    released = service.as_("hoofdplanner").post(
        f"/planrondes/{ronde_id}/_vrijgeven", json={"toelichting": "besproken"}, headers={"If-Match": '"1"'}
    )
    assert released.status_code == 200, released.text
    with runtime.system_unit("test", write=False) as uow:
        made = uow.session.exec(select(Controle).where(Controle.planronde_id == ronde_id)).all()
        assert {row.object_id: row.geloot for row in made} == wanted
