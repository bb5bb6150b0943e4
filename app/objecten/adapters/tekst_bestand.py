"""Told by its bytes: what a file is, and in which encoding its text stands."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from app.objecten.adapters.bestand import UnreadableFile
from app.objecten.status import Bestandsformaat

_PART = 1 << 20
_BOM16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOT_OURS = (
    (
        b"\xd0\xcf\x11\xe0",
        "Dit is een oude Excel (.xls) of een Excel met een wachtwoord. Bewaar het als .xlsx zonder wachtwoord.",
    ),
    (b"%PDF", "Dit is een pdf. Vraag de bron om een CSV, XLSX, GeoJSON of GeoPackage."),
    (b"\x1f\x8b", "Dit bestand is ingepakt. Pak het uit en stuur het bestand dat erin zit."),
    (b"7z\xbc\xaf", "Dit bestand is ingepakt. Pak het uit en stuur het bestand dat erin zit."),
    (b"Rar!", "Dit bestand is ingepakt. Pak het uit en stuur het bestand dat erin zit."),
    (b"<", "Dit is XML of een webpagina. Stuur een CSV, XLSX, GeoJSON of GeoPackage."),
)


@dataclass(frozen=True)
class Tekst:
    """How a file is to be read as text.

    Attributes:
        fouten: how to treat a letter that the file breaks off in.
        regels: number of lines.
    """

    codering: str
    fouten: str
    regels: int


def kind_of(path: Path) -> Bestandsformaat:
    """The container of a file; JSON may turn out to be GeoJSON.

    Raises:
        UnreadableFile: empty, or a kind that is not read.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK\x03\x04"):
        return Bestandsformaat.XLSX
    if head.startswith(b"SQLite format 3\x00"):
        return Bestandsformaat.GPKG
    plain = head.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n\x1e")
    if not plain:
        raise UnreadableFile("Het bestand is leeg.")
    for start, sentence in _NOT_OURS:
        if plain.startswith(start):
            raise UnreadableFile(sentence)
    if head.startswith(_BOM16):
        plain = head.decode("utf-16", errors="ignore").lstrip().encode()
    return Bestandsformaat.JSON if plain[:1] in {b"{", b"["} else Bestandsformaat.CSV


def inspect_text(path: Path) -> Tekst:
    """The encoding of a file: UTF-8 or UTF-16 with or without byte order mark, else cp1252; the file is read through in parts.

    Raises:
        UnreadableFile: no text in any of these.
    """
    with path.open("rb") as file:
        head = file.read(400)
    if head.startswith(_BOM16):
        candidates = ["utf-16"]
    elif head[1::2].count(0) > len(head) // 4:
        candidates = ["utf-16-le"]
    elif head[::2].count(0) > len(head) // 4:
        candidates = ["utf-16-be"]
    else:
        candidates = ["utf-8-sig", "cp1252"]
    for name in candidates:
        told = _try(path, name)
        if told is not None:
            return told
    raise UnreadableFile("Het bestand is geen leesbare tekst. Bewaar het als CSV (UTF-8) en stuur dat.")


def _try(path: Path, name: str) -> Tekst | None:
    decoder, lines = codecs.getincrementaldecoder(name)(), 0
    try:
        with path.open("rb") as file:
            while part := file.read(_PART):
                lines += decoder.decode(part).count("\n")
    except UnicodeDecodeError:
        return None
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return Tekst(name, "ignore", lines + 1)  # broke off within a letter
    return Tekst(name, "strict", lines + 1)
