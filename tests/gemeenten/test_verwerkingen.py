"""The register of processing: served with the terms of today, and the same as its document (design section 4)."""

from datetime import date

from sqlmodel import SQLModel

from app.core.runtime import Runtime
from app.core.settings import ROOT
from app.gemeenten.adapters.bestanden import read_seeds
from app.gemeenten.rules.verwerkingen import VERWERKINGEN, ZONDER_VERWERKING, Recordsoort
from app.gemeenten.rules.verwerkingentekst import document
from app.gemeenten.tables import Norm
from tests.support.municipality import STAD
from tests.support.service import Service


def test_the_document_is_made_from_the_register_and_every_term_has_a_first_value() -> None:
    norms, _ = read_seeds(ROOT / "checklists")
    first = {row.sleutel: (row.waarde, row.eenheid) for row in norms.landelijk}
    assert (ROOT / "docs" / "verwerkingen.md").read_text(encoding="utf-8") == document(first)
    assert [
        key for row in VERWERKINGEN for _, key in row.termijnen if first.get(key.value, (None, ""))[0] is None
    ] == []
    assert {soort for row in VERWERKINGEN for soort in row.soorten} == set(Recordsoort)


def test_every_table_stands_in_the_register_or_is_named_as_one_that_need_not() -> None:
    registered = {table for row in VERWERKINGEN for table in row.tabellen}
    assert registered | ZONDER_VERWERKING == set(SQLModel.metadata.tables)
    assert registered & ZONDER_VERWERKING == set()


def test_the_term_of_the_municipality_goes_before_the_national_one(service: Service, runtime: Runtime) -> None:
    with runtime.system_unit("test") as uow:
        for code, value in (("", 12), (STAD, 9)):
            uow.session.add(
                Norm(
                    gemeentecode=code,
                    sleutel="FOTO_BEWAREN_MAANDEN",
                    waarde=value,
                    eenheid="maanden",
                    geldig_vanaf=date(2020, 1, 1),
                    bron="test",
                )
            )
    told = {}
    for sub in ("toezichthouder", "buur-planner"):
        rows = service.as_(sub).get("/verwerkingen").json()["resultaten"]
        told[sub] = {row["code"]: row["termijnen"] for row in rows}
    assert told["toezichthouder"]["fotos"][0]["termijn"] == "9 maanden"
    assert told["buur-planner"]["fotos"][0]["termijn"] == "12 maanden"
    assert told["buur-planner"]["controles"][0]["termijn"] == "geen termijn: wordt niet verwijderd"
