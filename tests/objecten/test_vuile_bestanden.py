"""Dirt of real lists that once landed in the wrong place, twice, or not at all."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlmodel import SQLModel, select

from app.core.runtime import Runtime
from app.objecten.adapters.indelingen import explain, recognise
from app.objecten.rules.adressen import Huisnummer, loose_part, parse_huisnummer, split_address_line
from app.objecten.rules.gemeentekolom import Vergelijking, compare
from app.objecten.status import Importindeling
from app.objecten.tables import Adres, Import, Object, Vergunning
from tests.objecten.bestanden import PLACELESS, ROW, as_csv, features, read, table, write_xlsx
from tests.objecten.imports import counts, record_of, run

Row = TypeVar("Row", bound=SQLModel)
OBJECTEN, AMSTERDAM = Importindeling.OBJECTEN, Importindeling.AMSTERDAM_HORECA
PERMIT: dict[str, Any] = {
    "zaaknummer": 5001,
    "zaaknaam": "Zaal",
    "adres": "Voorbeeldkade 12-H",
    "begindatum": "2023-07-01",
    "einddatum": "2026-07-01",
    "postcode": "9901AB",
    "status_vergunning": "Verleend",
}


def all_of(runtime: Runtime, table: type[Row]) -> Sequence[Row]:
    """Every record of a table."""
    with runtime.system_unit("test", write=False) as uow:
        return uow.session.exec(select(table)).all()


@pytest.mark.parametrize("text", ["123456", "12.", "12,5", "2026-12-02", "2-dec", "12-2-2026", "2026-02-12 00:00"])
def test_a_number_that_a_spreadsheet_broke_is_no_house_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"huisnummer|datum"):
        parse_huisnummer(text)


@pytest.mark.parametrize("text", ["12 t/m 16", "12 - 16", "12,0", "12.00"])
def test_of_a_range_the_first_number_counts(text: str) -> None:
    assert parse_huisnummer(text) == Huisnummer(12)


@pytest.mark.parametrize(
    ("line", "street", "number"),
    [
        ("Damrak 9, 1e etage", "Damrak", Huisnummer(9, "", "1E ETAGE")),
        ("Damrak 1 - 5", "Damrak", Huisnummer(1)),
        ("Nes 27 3 hoog", "Nes", Huisnummer(27, "", "3 HOOG")),
        ("Plein 1940-1945 7", "Plein 1940-1945", Huisnummer(7)),
        ("Plein 1945 7-2", "Plein 1945", Huisnummer(7, "", "2")),
        ("Eerste 2e straat 5", "Eerste 2e straat", Huisnummer(5)),
    ],
)
def test_a_floor_is_no_house_number(line: str, street: str, number: Huisnummer) -> None:
    assert split_address_line(line) == (street, number)


def test_spellings_of_letter_and_addition() -> None:
    assert {loose_part("A", "2"), loose_part("", "A-2"), loose_part("", "A 2")} == {"A2"}
    assert loose_part("", "1-1") != loose_part("", "11")


@pytest.mark.usefixtures("municipality")
def test_an_address_in_another_spelling_is_the_address_that_stands(runtime: Runtime) -> None:
    risk = {name: ROW[name] for name in ("straat", "postcode", "woonplaats")} | {
        "reden": "melding van overlast", "bron": "balie", "inBeeldOp": "2026-11-01", "herzienOp": "2027-05-01"}  # fmt: skip
    run(runtime, as_csv(PLACELESS | {"huisnummer": "12a"}).encode())
    lines = [risk | {"huisnummer": number} for number in ("12-A", "12 A", "12 A bis", "12A-bis", "12-1-1", "12-11")]
    done = run(runtime, as_csv(*lines, columns=tuple(lines[0])).encode(), Importindeling.RISICOADRESSEN)
    assert done.afgewezen == 0
    found = {(row.huisletter, row.toevoeging) for row in all_of(runtime, Adres)}
    assert found == {("A", ""), ("", "A BIS"), ("", "1-1"), ("", "11")}
    again = run(runtime, as_csv(*lines, columns=tuple(lines[0])).encode(), Importindeling.RISICOADRESSEN)
    assert counts(again) == (0, 0, 6, 0)


@pytest.mark.usefixtures("municipality")
def test_a_register_that_spells_an_address_otherwise_makes_no_second_object(runtime: Runtime) -> None:
    run(runtime, features([PERMIT], [None]), AMSTERDAM)
    other = PERMIT | {"zaaknummer": 5002, "adres": "Voorbeeldkade 12H", "begindatum": "2026-07-10", "einddatum": None}
    run(runtime, features([PERMIT, other], [None, None]), AMSTERDAM)
    assert len(all_of(runtime, Object)) == len(all_of(runtime, Adres)) == 1
    assert {permit.nummer for permit in all_of(runtime, Vergunning)} == {"5001", "5002"}


@pytest.mark.usefixtures("municipality")
def test_a_row_of_another_municipality_does_not_land(runtime: Runtime) -> None:
    rows = [ROW | {"objectnummer": f"O-{at}", "Gemeente code": code, "gemeente": naam} for at, (code, naam) in enumerate(
        [("GM9901", "Voorbeeldstad"), ("9901", "gemeente Voorbeeldstad"), ("9902", ""), ("", "Buurdorp"), ("", "")])]  # fmt: skip
    done = run(runtime, as_csv(*rows).encode())
    assert counts(done) == (4, 0, 0, 1)
    assert {row.nummer for row in all_of(runtime, Object)} == {"O-0", "O-1", "O-3", "O-4"}
    assert compare("Buurdorp", "GM9901", "Voorbeeldstad") is Vergelijking.ANDERE_NAAM


@pytest.mark.usefixtures("municipality")
def test_a_cut_off_answer_of_a_register_marks_nothing(runtime: Runtime) -> None:
    many = [PERMIT | {"zaaknummer": 6000 + at} for at in range(10)]
    run(runtime, features(many, [None] * 10), AMSTERDAM)
    for told in ({"exceededTransferLimit": True}, {"numberMatched": 10}, {"links": [{"rel": "next", "href": "x"}]}):
        done = run(runtime, features(many[:9], [None] * 9, **told), AMSTERDAM)
        assert "afgekapt" in (done.melding or "")
        assert done.te_bevestigen == 0
    assert [permit.nummer for permit in all_of(runtime, Vergunning) if permit.verdwenen_op] == []


def test_a_second_sheet_with_rows_is_told(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ("2025", table(ROW)), ("2026", table(ROW | {"objectnummer": "O-2"})))
    good, _, file = read(OBJECTEN, path)
    assert [row.nummer for row in good] == ["O-1"]
    assert any("nog 1 bladen" in remark for remark in file.opmerkingen)


def test_cells_that_say_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a"
    empty = PLACELESS | {"huisletter": "-", "toevoeging": "<Null>", "kvkNummer": "NULL", "capaciteit": "n.v.t."}
    permit = {"vergunningsoort": "alcohol", "vergunningnummer": "1", "vergunningVanaf": "2026-01-01"}
    lines = [empty, *(PLACELESS | permit | {"vergunningTot": end} for end in ("9999-12-31", "onbepaalde tijd"))]
    path.write_text(as_csv(*lines, delimiter="|"))
    good, bad, _ = read(OBJECTEN, path)
    assert bad == []
    assert good[0].adres.key == ("9901AB", 1, "", "")
    assert [row.vergunning.tot for row in good[1:] if row.vergunning] == [None, None]


def test_a_place_that_is_none_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(features([PLACELESS] * 2, [[0, 0], []]))
    good, bad, _ = read(OBJECTEN, path)
    assert (len(good), bad) == (2, [])
    assert all(row.adres.punt is None for row in good)
    esri = {"geometryType": "esriGeometryPoint", "features": [{"attributes": PLACELESS, "geometry": {"x": "NaN"}}]}
    path.write_text(json.dumps(esri))
    assert read(OBJECTEN, path)[1] == []


@pytest.mark.usefixtures("municipality")
def test_a_file_without_rows_says_so(runtime: Runtime, tmp_path: Path) -> None:
    done: Import = record_of(runtime, run(runtime, as_csv().encode()).id)
    assert done.melding == "Het bestand heeft geen rijen."
    (tmp_path / "a").write_bytes(features([], []))
    assert explain(tmp_path / "a") == "Het bestand heeft geen rijen."


def test_address_columns_under_the_names_of_other_programs(tmp_path: Path) -> None:
    names = {"straat": "Straatnaam", "huisnummer": "huisnr", "woonplaats": "Plaats"}
    path = tmp_path / "a"
    path.write_text(as_csv({names.get(name, name): value for name, value in ROW.items()}, columns=()))
    assert recognise(path) is OBJECTEN
    good, bad, _ = read(OBJECTEN, path)
    assert (bad, [row.adres.straat for row in good]) == ([], ["Voorbeeldkade"])
    both = ROW | {"straatnaam": "Elders"}
    path.write_text(as_csv(both, columns=()))
    assert [row.adres.straat for row in read(OBJECTEN, path)[0]] == ["Voorbeeldkade"]
