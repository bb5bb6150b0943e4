"""Files as they come: containers, encodings, headers, dirt; a reason never repeats a value."""

import json
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.objecten.adapters.bestand import UnreadableFile
from app.objecten.adapters.indelingen import INDELINGEN, explain, open_file, recognise
from app.objecten.rules.dubbelen import EerdereRijen
from app.objecten.rules.importrij import AfgewezenRij, Importrij
from app.objecten.status import Bestandsformaat, Importindeling
from tests.objecten.bestanden import PLACELESS, ROW, as_csv, features, read, table, write_gpkg, write_xlsx

HORECA = (Path(__file__).parent / "data" / "horeca.geojson").read_bytes()
OBJECTEN, RISICO, VERGUNNINGEN = Importindeling.OBJECTEN, Importindeling.RISICOADRESSEN, Importindeling.VERGUNNINGEN
POINT = shapely.Point(155000.5, 463000)


def kept(path: Path, content: bytes | str) -> Path:
    """A file with this content."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _xlsx(folder: Path) -> Path:
    return write_xlsx(folder / "a.xlsx", ("Blad1", table({**ROW, "x": 155000.5, "y": 463000, "huisnummer": 1.0})))


def _in_degrees(folder: Path) -> Path:
    return kept(folder / "a.bin", features([PLACELESS], [[5.387206, 52.155172]]))


CONTAINERS: dict[str, tuple[Bestandsformaat, Callable[[Path], Path]]] = {
    "csv": (Bestandsformaat.CSV, lambda folder: kept(folder / "zonder naam", as_csv(ROW))),
    "xlsx": (Bestandsformaat.XLSX, _xlsx),
    "gpkg": (Bestandsformaat.GPKG, lambda folder: write_gpkg(folder / "a.gpkg", "zaken", [PLACELESS], [POINT])),
    "geojson": (Bestandsformaat.GEOJSON, _in_degrees),
    "geojson in RD": (
        Bestandsformaat.GEOJSON,
        lambda folder: kept(folder / "a.json", features([PLACELESS], [[155000.5, 463000]])),
    ),
}


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_layout_reads_the_same_from_every_container(tmp_path: Path, container: str) -> None:
    formaat, make = CONTAINERS[container]
    path = make(tmp_path)
    good, bad, file = read(OBJECTEN, path)
    assert bad == []
    assert file.formaat is formaat
    assert recognise(path) is OBJECTEN
    (row,) = good
    assert (row.nummer, row.naam, row.adres.postcode, row.adres.huisnummer) == ("O-1", ROW["naam"], "9901AB", 1)
    assert row.adres.x == pytest.approx(155000.5, abs=0.5)
    assert row.adres.y == pytest.approx(463000, abs=0.5)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = as_csv(ROW, delimiter=delimiter)
    good, bad, _ = read(OBJECTEN, kept(tmp_path / "a", text.encode(encoding)))
    assert bad == []
    assert [(row.naam, row.adres.x, row.regel) for row in good] == [("Café ’t Höekje", 155000.5, 2)]


def test_titles_above_the_header_and_empty_rows_below(tmp_path: Path) -> None:
    text = "sep=;\r\nVoorraad van de gemeente;;\r\n;;\r\n" + as_csv(ROW) + ";;;;\r\n\r\n"
    good, bad, _ = read(OBJECTEN, kept(tmp_path / "a", text))
    assert ([row.regel for row in good], bad) == ([5], [])
    data: list[list[object]] = [["Voorraad"], [], *table(ROW), [None], [""]]
    path = write_xlsx(tmp_path / "a.xlsx", ("Toelichting", [["Over dit bestand"]]), ("Data", data))
    good, bad, _ = read(OBJECTEN, path)
    assert ([row.regel for row in good], bad) == ([4], [])


def test_values_as_a_spreadsheet_stores_them(tmp_path: Path) -> None:
    row: dict[str, Any] = ROW | {
        "huisnummer": 12.0,
        "kvkNummer": 1234567,
        "capaciteit": 4.0,
        "vergunningsoort": "alcohol",
        "vergunningnummer": 20260017,
        "vergunningVanaf": datetime(2026, 3, 1),  # noqa: DTZ001 - a spreadsheet knows no zones
        "vergunningTot": date(2028, 3, 1),
        "naam": "=1+1",
        "sector": "horeca\u00a0 \u200bcafé\r\n",
        "BSN": "x",
        "e-mail": "x",
    }
    good, bad, file = read(OBJECTEN, write_xlsx(tmp_path / "a.xlsx", ("Blad1", table(row))))
    assert bad == []
    (one,) = good
    assert (one.adres.huisnummer, one.kvk_nummer, one.capaciteit, one.sector) == (12, "01234567", 4, "horeca café")
    assert one.naam == ""  # the outcome that was stored with the formula: none
    assert one.vergunning is not None
    assert (one.vergunning.nummer, one.vergunning.vanaf, one.vergunning.tot) == (
        "20260017",
        date(2026, 3, 1),
        date(2028, 3, 1),
    )
    assert file.opmerkingen == ["Kolommen over personen zijn niet gelezen: bsn, email."]
    assert set(one.bron) == set(row) - {"BSN", "e-mail"}


def test_text_is_not_completed_and_an_error_is_no_value(tmp_path: Path) -> None:
    wrong = ROW | {"kvkNummer": "1234567", "postcode": "1234.0", "capaciteit": "#N/A", "vergunningVanaf": "1 maart 26"}
    _, (row,), _ = read(OBJECTEN, kept(tmp_path / "a", as_csv(wrong)))
    told = {fault.veld: fault.reden for fault in row.fouten}
    assert "nul" in told["kvkNummer"]
    assert "letters" in told["postcode"]
    assert "formule" in told["capaciteit"]
    assert "datum" in told["vergunningVanaf"]


def test_hours_of_a_spreadsheet(tmp_path: Path) -> None:
    hours = {f"openingstijden{part}": value for part, value in zip(
        ("ZoDoVan", "ZoDoTot", "VrZaVan", "VrZaTot"), (time(7), time(1), "7 uur", "24:00"), strict=True)}  # fmt: skip
    row = {"zaaknummer": 7, "zaaknaam": "Zaal", "adres": "1e Voorbeelddwarsstraat 3 bg", "begindatum": date(2026, 1, 1)}
    row |= {"postcode": "1099zz", "statusVergunning": "Verleend", "zaakCategorie": "Café"} | hours
    good, bad, _ = read(Importindeling.AMSTERDAM_HORECA, write_xlsx(tmp_path / "a.xlsx", ("Blad1", table(row))))
    assert bad == []
    assert good[0].openingstijden is not None
    assert (good[0].openingstijden["1"], good[0].openingstijden["5"]) == ([[420, 1500]], [[420, 1440]])
    assert (good[0].adres.straat, good[0].adres.toevoeging) == ("1e Voorbeelddwarsstraat", "BG")


def test_every_fault_of_a_row_is_told_and_no_value(tmp_path: Path) -> None:
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
    _, (row,), _ = read(OBJECTEN, kept(tmp_path / "a", as_csv(wrong)))
    assert {fault.veld for fault in row.fouten} == {
        "kvkNummer", "postcode", "x", "capaciteit", "vergunningsoort", "vergunningVanaf", "openingstijden", "laatsteBibobToets",
    }  # fmt: skip
    told = " ".join(fault.reden for fault in row.fouten)
    assert not any(value in told for value in ("99123456", "geheim", "veel", "31-02"))
    assert "99123456" not in repr(row)  # what may be mended is kept, and never shown by accident
    assert row.bron["kvkNummer"] == "99123456"


def test_a_nul_byte_and_a_short_row_cost_their_row_only(tmp_path: Path) -> None:
    text = as_csv(ROW, ROW | {"naam": "a\x00b", "objectnummer": "O-2"}) + "O-3;HOR;half"
    good, bad, _ = read(OBJECTEN, kept(tmp_path / "a", text))
    assert [row.nummer for row in good] == ["O-1"]
    assert [(row.regel, row.fouten[0].veld) for row in bad] == [(3, "naam"), (4, "rij")]
    assert dict(bad[1].bron) == {}  # a value may stand under the wrong name


def test_a_rejected_row_can_be_mended_and_sent_again(tmp_path: Path) -> None:
    rows = [PLACELESS | {"postcode": "fout", "naam": "Zaak", "telefoon": "geheim"}, PLACELESS | {"objectnummer": "O-2"}]
    path = write_gpkg(tmp_path / "a.gpkg", "zaken", rows, [POINT, POINT])
    _, (bad,), file = read(OBJECTEN, path)
    assert set(bad.bron) == set(file.kolommen) == {*PLACELESS, "geometrie"}
    mended = {
        **bad.bron,
        "postcode": "9901 AB",
        "naam": "'=Zaak",
        "veldwachtRegel": "1",
        "veldwachtReden": "postcode is fout",
    }
    good, bad_again, again = read(OBJECTEN, kept(tmp_path / "b.csv", "\ufeff" + as_csv(mended, columns=tuple(mended))))
    assert (bad_again, again.opmerkingen) == ([], [])
    assert (good[0].naam, good[0].adres.x, good[0].adres.y) == ("=Zaak", 155000.5, 463000)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "leeg"),
        (b" \r\n", "leeg"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"SQLite format 3\x00rest", "GeoPackage"),
        (b"\xd0\xcf\x11\xe0rest", "oude Excel"),
        (b"<html><body>Fout 500", "webpagina"),
        (b"\x81\x8d\x8f;\x90", "leesbare tekst"),
        (b"een kolom\nx", "kolomnamen"),
        (b"Jan;de Tester\nx;y", "ontbreken"),
        (b'{"type": "FeatureCollection", "features": [{"type": "Feature"', "afgebroken"),
        (b"[" * 100_000, "te groot"),
        (b'{"x": 1}', "geen GeoJSON"),
        (b'{"type": "FeatureCollection", "features": []}', "geen rijen"),
        (as_csv(ROW, columns=(*ROW, "Naam")).encode(), "twee keer"),
    ],
)
def test_a_file_that_is_none_gives_one_sentence(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told) as fault:
        open_file(OBJECTEN, kept(tmp_path / "a", content))
    assert "Tester" not in str(fault.value)


def test_a_quote_that_is_never_closed_stops_where_it_stands(tmp_path: Path) -> None:
    text = as_csv(ROW) + '"O-2' + ";HOR;x\r\n" * 200
    rows = open_file(OBJECTEN, kept(tmp_path / "a", text)).rijen
    assert isinstance(next(rows), Importrij)
    with pytest.raises(UnreadableFile, match="vanaf regel 3"):
        next(rows)


def test_rows_that_speak_of_the_same_object(tmp_path: Path) -> None:
    permit = {"vergunningsoort": "alcohol", "vergunningnummer": "A-1", "vergunningVanaf": "2026-01-01"}
    rows = [
        ROW,
        ROW | permit,
        ROW | {"naam": "Anders"} | permit,
        ROW | {"type": "HOT"},
        ROW | permit | {"vergunningVanaf": "2025-01-01"},
    ]
    earlier = EerdereRijen()
    held = [earlier.hold(row) for row in open_file(OBJECTEN, kept(tmp_path / "a", as_csv(*rows))).rijen]
    assert [type(row) for row in held] == [Importrij, Importrij, Importrij, AfgewezenRij, AfgewezenRij]
    assert [row.object_eerder for row in held if isinstance(row, Importrij)] == [False, False, True]
    assert "regel 2" in held[3].fouten[0].reden  # type: ignore[union-attr]  # a rejected row
    assert "regel 3" in held[4].fouten[0].reden  # type: ignore[union-attr]
    assert held[4].bron["objectnummer"] == "O-1"


def test_a_layout_is_recognised_by_its_columns_or_explained(tmp_path: Path) -> None:
    for kind, layout in INDELINGEN.items():
        names = (*layout.needed, *(("objectnummer",) if kind is VERGUNNINGEN else ()))
        assert recognise(kept(tmp_path / "a", ";".join(names) + "\n")) is kind
    others: dict[str, Importindeling | None] = {
        "openbare_ruimte_naam,huisnummer,postcode,identificatie": Importindeling.BAG,
        "buurtcode,buurtnaam,gemeentecode": Importindeling.CBS_GEBIEDEN,
        "straat,huisnummer,postcode,woonplaats,bagId": Importindeling.ADRESSEN,
        "een,twee": None,
    }
    for header, other in others.items():
        assert recognise(kept(tmp_path / "a", header + "\n")) is other
    areas = {"buurtcode": "BU99990101", "buurtnaam": "Buurt", "gemeentecode": "GM9999"}
    assert recognise(kept(tmp_path / "a", features([areas], [None]))) is Importindeling.CBS_GEBIEDEN
    told = explain(kept(tmp_path / "a", "objectnummer;type;straat;huisnummer\n"))
    assert "objecten" in told
    assert told.endswith("ontbreken: postcode, woonplaats.")


def test_a_table_is_found_among_layers(tmp_path: Path) -> None:
    path = write_gpkg(tmp_path / "a.gpkg", "wegen", [{"naam": "weg"}], [shapely.LineString([(1, 1), (2, 2)])])
    write_gpkg(path, "zaken", [PLACELESS], None)
    good, bad, file = read(OBJECTEN, path)
    assert ([row.nummer for row in good], bad, "geometrie" in file.kolommen) == (["O-1"], [], False)
    with pytest.raises(UnreadableFile, match=r"reden, bron.*2 bladen of lagen"):
        open_file(RISICO, path)


def test_lines_of_features_and_the_json_of_arcgis(tmp_path: Path) -> None:
    one = json.loads(features([PLACELESS], [[5.387206, 52.155172]]))["features"][0]
    lines = b"\x1e" + b"\n\x1e".join([json.dumps(one).encode()] * 3)
    assert len(read(OBJECTEN, kept(tmp_path / "a", lines))[0]) == 3
    esri = {"features": [{"attributes": PLACELESS, "geometry": {"x": 155000.5, "y": 463000}}]}
    for system in ({"wkid": 28992}, {"wkid": 28992, "latestWkid": 28992}):
        good, bad, file = read(OBJECTEN, kept(tmp_path / "a", json.dumps(esri | {"spatialReference": system})))
        assert (good[0].adres.x, bad, file.formaat) == (155000.5, [], Bestandsformaat.GEOJSON)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.sampled_from(list(INDELINGEN)), st.booleans())
def test_any_bytes_give_rows_or_one_sentence(
    tmp_path: Path, content: bytes, kind: Importindeling, headed: bool
) -> None:
    header = (
        as_csv().encode() if headed else b'{"type":"FeatureCollection","features":[' if content[:1] < b"\x80" else b""
    )
    path = kept(tmp_path / "a", header + content)
    told = sentence_of(kind, path)
    assert told is None or told.endswith(".")
    recognise(path)


def sentence_of(kind: Importindeling, path: Path) -> str | None:
    """Why a file cannot be read; None when it was read to its end."""
    try:
        list(open_file(kind, path).rijen)
    except UnreadableFile as fault:
        return str(fault)
    return None
