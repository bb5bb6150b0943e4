"""The bytes of an upload as text and records: encoding, delimiter, half-written files.

What is wrong with the file as a whole gives one Dutch sentence; what is wrong with a row is for its layout.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_MAX_LINES_PER_ROW = 50
_BOM16 = (b"\xff\xfe", b"\xfe\xff")
_ARCHIVE = b"PK\x03\x04"


class UnreadableFile(ValueError):
    """A file that cannot be read, or no further than where it broke off; the text is Dutch and fit for a screen."""


@dataclass(frozen=True)
class Record:
    """One record of a file: its line (or its place in a GeoJSON list, from 1) and its values as text."""

    regel: int
    waarden: Mapping[str, str]
    geometrie: object = None
    fout: str | None = None


def decode(content: bytes) -> str:
    """The text of a file in UTF-8 (with or without byte order mark) or else cp1252, as spreadsheets write it.

    Raises:
        UnreadableFile: empty, a spreadsheet, or another encoding.
    """
    if not content.strip():
        raise UnreadableFile("Het bestand is leeg.")
    if content.startswith(_ARCHIVE):
        raise UnreadableFile("Dit is een spreadsheet. Bewaar het als CSV (UTF-8) en stuur dat.")
    if content.startswith(_BOM16):
        raise UnreadableFile("Het bestand is in UTF-16 geschreven. Bewaar het als CSV (UTF-8) en stuur dat.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        if fault.end == len(content) and fault.reason == "unexpected end of data":
            return content[: fault.start].decode("utf-8-sig")  # broke off within a letter
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise UnreadableFile("Het bestand is geen leesbare tekst. Bewaar het als CSV (UTF-8) en stuur dat.") from None


def count_lines(content: bytes) -> int:
    """About how many rows a file has, for the progress that is shown."""
    return max(content.count(b"\n") - 1, 0) + (0 if content.endswith(b"\n") else 1)


def read_csv(text: str) -> tuple[list[str], Iterator[Record]]:
    """The header and the records of a CSV file with `;`, `,` or tab between the values.

    Raises:
        UnreadableFile: no header; while reading: a quote that is never closed.
    """
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = [name.strip() for name in next(reader, [])]
    if len(header) < 2:
        raise UnreadableFile("De eerste regel bevat geen kolomnamen met ; of , ertussen. Gebruik het sjabloon.")
    return header, _records(reader, header)


def _records(reader: Any, header: list[str]) -> Iterator[Record]:  # noqa: ANN401 - the csv module does not export its reader type
    started = reader.line_num
    while True:
        try:
            values = next(reader, None)
        except csv.Error:
            raise UnreadableFile(_broken(started + 1)) from None
        if values is None:
            return
        if reader.line_num - started > _MAX_LINES_PER_ROW:
            raise UnreadableFile(_broken(started + 1))
        line, started = started + 1, reader.line_num
        if not any(value.strip() for value in values):
            continue
        wrong = None
        if len(values) != len(header):
            wrong = f"heeft {len(values)} kolommen in plaats van {len(header)}; de rij is niet volledig of heeft een teken te veel"
        yield Record(line, dict(zip(header, values, strict=False)), fout=wrong)


def _broken(line: int) -> str:
    return f"Het bestand is vanaf regel {line} niet te lezen: er mist een aanhalingsteken. Herstel dat en stuur het bestand opnieuw."


def read_features(text: str) -> tuple[list[str], Iterator[Record]]:
    """The property names and the features of a GeoJSON FeatureCollection.

    Raises:
        UnreadableFile: broke off, or no FeatureCollection.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableFile(
            "Het bestand is geen volledige GeoJSON; waarschijnlijk is het halverwege afgebroken."
        ) from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        raise UnreadableFile("Het bestand is geen GeoJSON met een FeatureCollection.")
    names: dict[str, None] = {}
    for feature in features:
        if isinstance(feature, dict) and isinstance(feature.get("properties"), dict):
            names.update(dict.fromkeys(feature["properties"]))
    return list(names), _features(features)


def _features(features: list[Any]) -> Iterator[Record]:
    for place, feature in enumerate(features, start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            yield Record(place, {}, fout="is geen feature met eigenschappen")
            continue
        values = {name: "" if value is None else str(value) for name, value in properties.items()}
        yield Record(place, values, feature.get("geometry"))
