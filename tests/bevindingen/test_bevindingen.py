"""Findings: the same again changes nothing, nothing is deleted, and only compliance is ever listed."""

from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import select

from app.bevindingen.schemas.bevindingen import BevindingCreate, ControleRef
from app.bevindingen.service.bevindingen import record_hits
from app.bevindingen.status import Barriere, Klasse
from app.bevindingen.tables import Bevinding
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from tests.support.municipality import STAD
from tests.support.service import Service
from tests.support.signalen import MOMENT, Field, hit

NALEVING = {"klasse": Klasse.NALEVING, "gewicht": "N"}


def _record(field: Field, controle: ControleRef, hits: list[BevindingCreate]) -> list[UUID]:
    with field.runtime.system_unit("test") as uow:
        return record_hits(uow, controle, hits)


def _stored(runtime: Runtime) -> dict[str, tuple[UUID, str, bool]]:
    with runtime.system_unit("test", write=False) as uow:
        return {
            row.item: (
                row.id,
                uow.unseal(row.controle_id, f"bevinding.{row.item}", row.antwoord),
                row.gecorrigeerd_op is not None,
            )
            for row in uow.session.exec(select(Bevinding))
        }


@pytest.fixture
def controle(field: Field) -> ControleRef:
    return ControleRef(new_id(), STAD, field.objects["HOR"], MOMENT)


def test_the_same_again_changes_nothing_and_what_changed_keeps_its_row(field: Field, controle: ControleRef) -> None:
    ids = _record(field, controle, [hit("IDE-03"), hit("ARB-13", gewicht="Z")])
    before = _stored(field.runtime)
    assert _record(field, controle, [hit("ARB-13", gewicht="Z"), hit("IDE-03")]) == ids[::-1]
    assert _stored(field.runtime) == before
    assert _record(field, controle, [hit("IDE-03", "bij werkgever"), hit("ARB-13", gewicht="Z")]) == ids
    assert _stored(field.runtime)["IDE-03"] == (ids[0], "bij werkgever", False)


def test_a_hit_that_vanished_is_marked_and_one_that_comes_back_is_not(field: Field, controle: ControleRef) -> None:
    ids = _record(field, controle, [hit("IDE-03"), hit("ARB-13")])
    assert _record(field, controle, [hit("ARB-13")]) == ids[1:]
    assert _stored(field.runtime)["IDE-03"] == (ids[0], "ja", True)
    assert _record(field, controle, [hit("IDE-03")]) == ids[:1]
    assert _stored(field.runtime) == {"IDE-03": (ids[0], "ja", False), "ARB-13": (ids[1], "ja", True)}


def test_few_statements_however_many_hits(field: Field, controle: ControleRef) -> None:
    statements: list[str] = []
    with field.runtime.system_unit("test") as uow:
        uow.seal(controle.controle_id, "antwoorden", "x")  # the control's own answers made the data key
        uow.session.flush()
        engine = field.runtime.database.engine
        sa.event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
        record_hits(uow, controle, [hit(f"ARB-{number:02}") for number in range(40)])
        assert len(statements) == 2


def test_the_list_shows_compliance_only_and_no_trace_of_the_rest(field: Field, service: Service) -> None:
    """The finding side of it: whoever asks, a confidential finding leaves no gap, count or code."""
    url = f"/bevindingen?objectId={field.objects['HOR']}&limiet=2"
    twin = f"/bevindingen?objectId={field.objects['MASS']}&limiet=2"
    for place, hits in (
        ("HOR", [hit("ARB-02", **NALEVING), hit("IDE-03", "GEHEIM-1"), hit("ARB-04", **NALEVING)]),
        ("MASS", [hit("ARB-02", **NALEVING), hit("ARB-04", **NALEVING)]),
    ):
        _record(field, ControleRef(new_id(), STAD, field.objects[place], MOMENT), hits)
    for sub in ("toezichthouder", "teamleider", "planner", "af", "vergunningverlener"):
        answer = service.as_(sub).get(url)
        other = service.as_(sub).get(twin).json()
        assert answer.status_code == 200
        assert {row["item"] for row in answer.json()["resultaten"]} == {"ARB-02", "ARB-04"}
        assert answer.json()["volgende"] is other["volgende"] is None
        assert "GEHEIM" not in answer.text
        assert "IDE-03" not in answer.text
        assert "gewicht" not in answer.text
    assert service.as_("buur-planner").get(url).json()["resultaten"] == []
    assert service.as_("pandbrigade").get(url).status_code == 403


def test_pages_follow_each_other(field: Field, service: Service) -> None:
    for number in range(5):
        _record(
            field,
            ControleRef(new_id(), STAD, field.objects["HOR"], MOMENT.replace(minute=number // 2)),
            [hit(f"ARB-{number:02}", **NALEVING)],
        )
    client, url, seen = service.as_("planner"), f"/bevindingen?objectId={field.objects['HOR']}&limiet=2", []
    cursor: str | None = ""
    while cursor is not None:
        page = client.get(url + (f"&cursor={cursor}" if cursor else "")).json()
        seen += [row["item"] for row in page["resultaten"]]
        cursor = page["volgende"]
    assert sorted(seen) == [f"ARB-{number:02}" for number in range(5)]
    assert client.get(url + "&cursor=WyIyMDI2IiwgIngiXQ").status_code == 400


@pytest.mark.requirement("INS-01")
def test_a_finding_can_carry_barriers_without_a_list(field: Field, controle: ControleRef, service: Service) -> None:
    hits = [
        hit("VRV-01", barriere=Barriere.VERVOER, hersteltermijn=date(2026, 4, 1), **NALEVING),
        hit("FIN-01", barriere=Barriere.FINANCIEN, **NALEVING),
    ]
    _record(field, controle, hits)
    answer = service.as_("planner").get(f"/bevindingen?objectId={field.objects['HOR']}").json()
    assert {row["barriere"] for row in answer["resultaten"]} == {"vervoer", "financien"}
    barriers = {barriere.value for barriere in Barriere} - {"voorblok"}
    assert barriers == {"werving", "entree", "huisvesting", "identiteit", "vervoer", "arbeid", "financien"}


@pytest.mark.requirement("DAT-05")
def test_no_column_for_a_name_and_no_readable_answer(field: Field, controle: ControleRef) -> None:
    _record(field, controle, [hit("IDE-03", "PLANT-7f3a")])
    columns = {column["name"] for column in sa.inspect(field.runtime.database.engine).get_columns("bevindingen")}
    assert not any("naam" in column or "persoon" in column for column in columns)
    with field.runtime.database.session(write=False) as session:
        blob = session.connection().exec_driver_sql("select antwoord from bevindingen").scalar_one()
    assert b"PLANT" not in bytes(blob)
