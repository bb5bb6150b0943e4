"""What may be kept for a time only: HUI-21 at a dwelling is gone six months after closing (REG-05, vector M32)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from app.bevindingen.tables import Bevinding
from app.controles.service.bewaren import forget_exploitation
from app.controles.tables import Antwoorden, Controle, Controlegebeurtenis
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.tables import Norm
from tests.controles.conftest import Field, Tablet

TERM = "EXPLOITATIE_DERDE_BEWAREN_MAANDEN"


def _closed(veld: Field, tablet: Tablet, answers: dict[str, object], key: str = "WON") -> UUID:
    controle = new_id()
    tablet.send(tablet.event("controle-aangemaakt", controle, {"objectId": str(veld.objecten[key])}))
    veld.release(controle)
    sent = tablet.send(
        tablet.event("controle-gestart", controle, {"grond": "toestemming van een bewoner"}),
        tablet.answers(controle, answers),
        tablet.event("controle-afgerond", controle),
    )
    assert all(result["status"].startswith("verwerkt") for result in sent), sent
    return controle


def _kept(uow: UnitOfWork, controle: UUID) -> str:
    """All that is stored about a control, readable."""
    session = uow.session
    row = session.get_one(Antwoorden, controle)
    texts = [str(row.naleving)]
    if row.vertrouwelijk is not None:
        texts.append(uow.unseal(controle, "vertrouwelijk", row.vertrouwelijk))
    for event in session.exec(
        select(Controlegebeurtenis).where(col(Controlegebeurtenis.controle_id) == controle)
    ).all():
        texts += [uow.unseal(controle, f"gebeurtenis.{event.id}", event.inhoud), str(event.oordeel)]
    found = session.exec(select(Bevinding.item).where(Bevinding.controle_id == controle)).all()
    return " ".join([*texts, *found])


def _age(uow: UnitOfWork, controle: UUID, days: int) -> None:
    row = uow.session.get_one(Controle, controle)
    assert row.afgerond_op is not None
    row.afgerond_op -= timedelta(days=days)
    uow.session.flush()


@pytest.fixture
def term(runtime: Runtime, veld: Field) -> None:  # noqa: ARG001 - the municipality must be stored
    with runtime.system_unit("test") as uow:
        uow.session.add(Norm(sleutel=TERM, waarde=6, eenheid="maanden", geldig_vanaf=date(2020, 1, 1), bron="proef"))


@pytest.mark.requirement("REG-05")
@pytest.mark.parametrize("answer", ["ja", "nee", "niet vastgesteld"])
@pytest.mark.usefixtures("term")
def test_after_six_months_the_answer_is_gone_and_nothing_else(
    veld: Field, tablet: Tablet, runtime: Runtime, answer: str
) -> None:
    controle = _closed(veld, tablet, {"HUI-21": answer, "HUI-02": 3, "ENT-12": "nee"})
    with runtime.system_unit("test") as uow:
        assert "HUI-21" in _kept(uow, controle)
        _age(uow, controle, 175)
        assert forget_exploitation(uow) == 0
        assert "HUI-21" in _kept(uow, controle)
        _age(uow, controle, 12)
        assert forget_exploitation(uow) == 1
    with runtime.system_unit("test") as uow:
        kept = _kept(uow, controle)
        assert "HUI-21" not in kept
        assert "HUI-02" in kept
        assert "ENT-12" in kept
        assert forget_exploitation(uow) == 0


@pytest.mark.usefixtures("term")
def test_what_stands_behind_a_signal_follows_the_term_of_the_signal(
    veld: Field, tablet: Tablet, runtime: Runtime
) -> None:
    controle = _closed(veld, tablet, {"HUI-21": "ja", "ENT-12": "ja"})
    with runtime.system_unit("test") as uow:
        _age(uow, controle, 400)
        assert forget_exploitation(uow) == 0
        assert "HUI-21" in _kept(uow, controle)


def test_without_a_term_nothing_is_removed(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    controle = _closed(veld, tablet, {"HUI-21": "ja"})
    with runtime.system_unit("test") as uow:
        _age(uow, controle, 4000)
        assert forget_exploitation(uow) == 0
        assert "HUI-21" in _kept(uow, controle)


@pytest.mark.usefixtures("term")
def test_other_places_keep_the_answer(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    controle = _closed(veld, tablet, {"HUI-21": "ja"}, "LOG")
    with runtime.system_unit("test") as uow:
        _age(uow, controle, 400)
        assert forget_exploitation(uow) == 0
        assert "HUI-21" in _kept(uow, controle)
