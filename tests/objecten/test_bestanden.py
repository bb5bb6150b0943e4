"""Files as they come: encodings, delimiters, broken ones, dirt; a reason never repeats a value."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.objecten.adapters.bestand import UnreadableFile
from app.objecten.adapters.eigen_csv import OBJECT_COLUMNS
from app.objecten.adapters.indelingen import Gelezen, open_file
from app.objecten.rules.dubbelen import EerdereRijen
from app.objecten.rules.importrij import AfgewezenRij, Importrij
from app.objecten.status import Importindeling, Objecttype, Vergunningsoort, Vergunningstatus

HORECA = (Path(__file__).parent / "data" / "horeca.geojson").read_bytes()
OBJECTEN, RISICO, AMSTERDAM = (
    Importindeling.OBJECTEN,
    Importindeling.RISICOADRESSEN,
    Importindeling.AMSTERDAM_HORECA,
)
ROW = {
    "objectnummer": "O-1",
    "type": "HOR",
    "naam": "Café ’t Höekje",
    "straat": "Voorbeeldkade",
    "huisnummer": "1",
    "postcode": "9901 AB",
    "woonplaats": "Voorbeeldstad",
    "x": "155000,5",
    "y": "463000",
}


def as_csv(*rows: dict[str, str], delimiter: str = ";", columns: tuple[str, ...] = OBJECT_COLUMNS) -> str:
    """Rows as the template, with extra columns behind it."""
    extra = tuple(dict.fromkeys(name for row in rows for name in row if name not in columns))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, (*columns, *extra), delimiter=delimiter, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _read(content: bytes, kind: Importindeling = OBJECTEN) -> tuple[list[Importrij], list[AfgewezenRij], Gelezen]:
    file = open_file(kind, content)
    rows = list(file.rijen)
    good = [row for row in rows if isinstance(row, Importrij)]
    return good, [row for row in rows if isinstance(row, AfgewezenRij)], file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_and_delimiters(encoding: str, delimiter: str) -> None:
    good, bad, _ = _read(as_csv(ROW, delimiter=delimiter).encode(encoding))
    assert bad == []
    assert [(row.naam, row.adres.x, row.adres.postcode) for row in good] == [("Café ’t Höekje", 155000.5, "9901AB")]


def test_double_encoded_text_and_formulas_are_text() -> None:
    good, bad, _ = _read(
        as_csv(ROW | {"naam": "Café".encode().decode("cp1252")}, ROW | {"naam": "=SOM(A1:A9)"}).encode()
    )
    assert bad == []
    assert [row.naam for row in good] == ["Café", "=SOM(A1:A9)"]


def test_every_fault_of_a_row_is_told_and_no_value() -> None:
    wrong = ROW | {
        "type": "WON",
        "kvkNummer": "99123456",
        "postcode": "geheim!",
        "x": "463000",
        "y": "155000",
        "capaciteit": "veel",
        "vergunningnummer": "V-1",
        "openingstijden": "_kies",
        "laatsteBibobToets": "31-02-2026",
    }
    _, (row,), _ = _read(as_csv(wrong).encode())
    assert {fault.veld for fault in row.fouten} == {
        "kvkNummer",
        "postcode",
        "x",
        "capaciteit",
        "vergunningsoort",
        "vergunningVanaf",
        "openingstijden",
        "laatsteBibobToets",
    }
    told = " ".join(fault.reden for fault in row.fouten)
    assert not any(value in told for value in ("99123456", "geheim", "veel", "31-02"))


def test_a_nul_byte_and_a_short_row_cost_their_row_only() -> None:
    text = as_csv(ROW, ROW | {"naam": "a\x00b", "objectnummer": "O-2"}) + "O-3;HOR;half"
    good, bad, _ = _read(text.encode())
    assert [row.nummer for row in good] == ["O-1"]
    assert [(row.regel, row.fouten[0].veld) for row in bad] == [(3, "naam"), (4, "rij")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "leeg"),
        (b"PK\x03\x04rest", "spreadsheet"),
        ("a;b".encode("utf-16"), "UTF-16"),
        (b"\x81\x8d\x8f;\x90", "leesbare tekst"),
        (b"een kolom\nx", "kolomnamen"),
        (b"Jan;de Tester\nx;y", "ontbreken"),
    ],
)
def test_a_file_that_is_none_gives_one_sentence(content: bytes, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told) as fault:
        open_file(OBJECTEN, content)
    assert "Tester" not in str(fault.value)


def test_a_quote_that_is_never_closed_stops_where_it_stands() -> None:
    text = as_csv(ROW) + '"O-2' + ";HOR;x\r\n" * 200
    rows = open_file(OBJECTEN, text.encode()).rijen
    assert isinstance(next(rows), Importrij)
    with pytest.raises(UnreadableFile, match="vanaf regel 3"):
        next(rows)


def test_the_dirty_register_lands() -> None:
    good, bad, file = _read(HORECA, AMSTERDAM)
    assert file.opmerkingen == ["Kolommen over personen zijn niet gelezen: aanvrager, telefoon."]
    assert [(row.regel, [fault.veld for fault in row.fouten]) for row in bad] == [
        (7, ["adres", "postcode"]),
        (8, ["locatie"]),
    ]
    by_line = {row.regel: row for row in good}
    first, odd = by_line[1], by_line[3]
    assert first.naam == "Eetzaal Eén"
    assert (first.adres.huisnummer, first.adres.toevoeging, first.adres.postcode) == (27, "H", "1099ZZ")
    assert first.openingstijden is not None
    assert first.openingstijden["7"] == [[420, 1500]]
    assert first.openingstijden["6"] == [[420, 1620]]
    assert by_line[5].nummer == first.nummer
    assert odd.openingstijden is None
    assert [remark.veld for remark in odd.opmerkingen] == [
        "openingstijdenZoDoVan",
        "openingstijdenZoDoTot",
        "openingstijdenVrZaVan",
    ]
    assert by_line[2].openingstijden is None
    assert by_line[2].opmerkingen == ()
    assert by_line[4].vergunning is not None
    assert by_line[4].vergunning.status is Vergunningstatus.INGETROKKEN
    assert (by_line[2].type, by_line[6].type) == (Objecttype.HOR, Objecttype.MASS)
    assert by_line[6].vergunning is not None
    assert by_line[6].vergunning.soort is Vergunningsoort.MASSAGE
    assert by_line[9].naam == '=HYPERLINK("x")'


def test_the_register_as_csv_in_rd_reads_the_same() -> None:
    document = json.loads(HORECA)
    rows: list[dict[str, Any]] = [
        {
            "".join(part.title() if at else part for at, part in enumerate(name.split("_"))): value
            for name, value in feature["properties"].items()
        }
        | {"locatie": "SRID=28992;POINT (121000.5 487000.5)"}
        for feature in document["features"][:6]
    ]
    columns = tuple(rows[1])
    good, bad, _ = _read(as_csv(*rows, delimiter=",", columns=columns).encode(), AMSTERDAM)
    assert bad == []
    assert [row.adres.x for row in good] == [121000.5] * 6
    assert [row.nummer for row in good] == [row.nummer for row in _read(HORECA, AMSTERDAM)[0][:6]]


@pytest.mark.parametrize("cut", [1, 200, 3000])
def test_a_half_written_register_gives_one_sentence(cut: int) -> None:
    with pytest.raises(UnreadableFile, match="afgebroken"):
        open_file(AMSTERDAM, HORECA[:-cut])


def test_rows_that_speak_of_the_same_object() -> None:
    permit = {"vergunningsoort": "alcohol", "vergunningnummer": "A-1", "vergunningVanaf": "2026-01-01"}
    rows = [
        ROW,
        ROW | permit,
        ROW | {"naam": "Anders"} | permit,
        ROW | {"type": "HOT"},
        ROW | permit | {"vergunningVanaf": "2025-01-01"},
    ]
    earlier = EerdereRijen()
    held = [earlier.hold(row) for row in open_file(OBJECTEN, as_csv(*rows).encode()).rijen]
    assert [type(row) for row in held] == [Importrij, Importrij, Importrij, AfgewezenRij, AfgewezenRij]
    assert [row.object_eerder for row in held if isinstance(row, Importrij)] == [False, False, True]
    assert "regel 2" in held[3].fouten[0].reden  # type: ignore[union-attr]  # a rejected row
    assert "regel 3" in held[4].fouten[0].reden  # type: ignore[union-attr]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(Importindeling))
def test_any_bytes_give_rows_or_one_sentence(content: bytes, kind: Importindeling) -> None:
    header = as_csv().encode()
    for file in (content, header + content):
        told = _told(kind, file)
        assert told is None or told.endswith(".")


def _told(kind: Importindeling, content: bytes) -> str | None:
    try:
        list(open_file(kind, content).rijen)
    except UnreadableFile as fault:
        return str(fault)
    return None
