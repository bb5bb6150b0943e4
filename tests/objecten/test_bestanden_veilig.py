"""Files that are made to harm: they end the process that reads them, give one sentence, and nothing else happens."""

import io
import os
import sqlite3
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely

from app.objecten.adapters import proces_bron
from app.objecten.adapters.bestand import UnreadableFile
from app.objecten.adapters.indelingen import open_file, recognise
from app.objecten.status import Bestandsformaat, Importindeling
from tests.objecten.bestanden import PLACELESS, ROW, read, table, write_gpkg, write_xlsx

OBJECTEN = Importindeling.OBJECTEN
POINT = shapely.Point(155000.5, 463000)
_SHEET = "xl/worksheets/sheet1.xml"


def _with_part(path: Path, name: str, content: bytes) -> Path:
    """A spreadsheet with one part replaced or added."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, old in (parts | {name: content}).items():
            archive.writestr(part, old if part != name else content)
    return path


def _sheet(folder: Path) -> Path:
    return write_xlsx(folder / "a.xlsx", ("Blad1", table(ROW)))


def _entities(folder: Path) -> Path:
    lol = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><worksheet><sheetData>&l9;</sheetData></worksheet>'
    return _with_part(_sheet(folder), _SHEET, bomb.encode())


def _outside(folder: Path) -> Path:
    xml = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet><sheetData>&f;</sheetData></worksheet>'
    return _with_part(_sheet(folder), _SHEET, xml)


def _zeros(folder: Path) -> Path:
    """A cell of 40 MB that packs to less than one."""
    path = _sheet(folder)
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist() if part != _SHEET}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, old in parts.items():
            archive.writestr(part, old)
        with archive.open(_SHEET, "w", force_zip64=True) as out:
            out.write(
                b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c t="str"><v>'
            )
            for _ in range(40):
                out.write(b"0" * (1 << 20))
    return path


def _lying_size(folder: Path) -> Path:
    """Says that a part unpacks to 3.9 GB."""
    path = _sheet(folder)
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (0xE8000000).to_bytes(4, "little")
    path.write_bytes(content)
    return path


def _many_entries(folder: Path) -> Path:
    path = folder / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for at in range(6_000):
            archive.writestr(f"xl/{at}", b"")
    return path


def _nested(folder: Path) -> Path:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.csv", "0" * 1_000_000)
    with zipfile.ZipFile(folder / "a.xlsx", "w") as archive:
        archive.writestr("a.zip", inner.getvalue())
    return folder / "a.xlsx"


def _cut(folder: Path) -> Path:
    path = _sheet(folder)
    path.write_bytes(path.read_bytes()[:-700])
    return path


def _far_row(folder: Path) -> Path:
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return _with_part(
        _sheet(folder), _SHEET, sheet + b'<row r="999999999"><c t="str"><v>x</v></c></row></sheetData></worksheet>'
    )


BOMBS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "entities": (_entities, "geen leesbare spreadsheet"),
    "a file of the machine": (_outside, "geen leesbare spreadsheet"),
    "zeros": (_zeros, "uitgepakt te groot"),
    "a lying size": (_lying_size, "groot|geen leesbare"),
    "many entries": (_many_entries, "uitgepakt te groot"),
    "an archive in it": (_nested, "geen XLSX"),
    "cut off": (_cut, "geen leesbare spreadsheet"),
    "a row far away": (_far_row, "kolommen ontbreken|meer dan 1048576 regels|geen rijen"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_gives_one_sentence(tmp_path: Path, bomb: str) -> None:
    make, told = BOMBS[bomb]
    path = make(tmp_path)
    with pytest.raises(UnreadableFile, match=told) as fault:
        list(open_file(OBJECTEN, path).rijen)
    assert "root:" not in str(fault.value)
    assert recognise(path) is None


def _gpkg(folder: Path, statement: str) -> Path:
    path = write_gpkg(folder / "a.gpkg", "zaken", [PLACELESS], [POINT])
    database = sqlite3.connect(path)
    database.executescript(statement)
    database.close()
    return path


def test_a_geopackage_with_triggers_is_read_and_its_views_are_not(tmp_path: Path) -> None:
    path = _gpkg(
        tmp_path,
        "CREATE TRIGGER t AFTER INSERT ON zaken BEGIN DELETE FROM zaken; END;"
        "CREATE VIEW loop AS WITH RECURSIVE r(objectnummer) AS (SELECT 1 UNION ALL SELECT objectnummer FROM r) SELECT * FROM r;"
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('loop', 'attributes', 'loop', 0);",
    )
    before = path.read_bytes()
    good, bad, _ = read(OBJECTEN, path)
    assert ([row.nummer for row in good], bad) == (["O-1"], [])
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.gpkg"]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("CREATE VIRTUAL TABLE f USING fts5(x);", "niet veilig"),
        ("PRAGMA application_id = 0;", "geen GeoPackage"),
        ("DROP TABLE gpkg_contents;", "geen GeoPackage"),
    ],
)
def test_a_database_that_is_no_plain_geopackage_is_never_opened(tmp_path: Path, statement: str, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        open_file(OBJECTEN, _gpkg(tmp_path, statement))


def test_a_broken_database_gives_one_sentence(tmp_path: Path) -> None:
    path = write_gpkg(tmp_path / "a.gpkg", "zaken", [PLACELESS], [POINT])
    content = bytearray(path.read_bytes())
    for at in range(5000, len(content), 97):
        content[at] ^= 0x5A
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"GeoPackage|kolommen"):
        list(open_file(OBJECTEN, path).rijen)


@pytest.mark.parametrize(
    "content",
    [
        b"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        b'{"type": "FeatureCollection", "features": "/vsicurl/http://127.0.0.1:1/x"}',
        b"GPKG:/etc/passwd",
    ],
)
def test_what_points_elsewhere_is_not_followed(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.geojson"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile):
        open_file(OBJECTEN, path)


def test_the_process_ends_with_the_rows_and_has_no_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VELDWACHT_SECRET", "geheim")
    path = write_xlsx(tmp_path / "a.xlsx", ("Blad1", table(*[ROW | {"objectnummer": f"O-{at}"} for at in range(3000)])))
    source = proces_bron.ProcesBron(path, Bestandsformaat.XLSX)
    pid = source._process.pid
    if sys.platform == "linux":
        assert b"geheim" not in Path(f"/proc/{pid}/environ").read_bytes()
    rows = source.rijen(0, 0, [0])
    assert next(rows).waarden == ["O-0"]
    source.sluit()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_process_that_falls_silent_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proces_bron, "SILENCE_SECONDS", 0.01)
    with pytest.raises(UnreadableFile, match="groot of te ingewikkeld"):
        open_file(OBJECTEN, _sheet(tmp_path))
