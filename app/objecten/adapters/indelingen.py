"""One interface for all layouts: bytes in, rows out that are right or say what is wrong."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from app.objecten.adapters import amsterdam_horeca, eigen_csv
from app.objecten.adapters.bestand import Record, UnreadableFile, count_lines, decode, read_csv, read_features
from app.objecten.adapters.velden import canonical, personal_kind
from app.objecten.rules.formules import unguard
from app.objecten.rules.importrij import AfgewezenRij, GelezenRij, RijFout
from app.objecten.status import Importindeling


@dataclass(frozen=True)
class Indeling:
    """A layout.

    Attributes:
        needed: columns without which nothing can be read.
        is_known: whether a column belongs to the layout.
        read: reads one record.
        whole_register: a file names every permit of its source, so that one that is missing has disappeared from it.
    """

    needed: tuple[str, ...]
    is_known: Callable[[str], bool]
    read: Callable[[Record], GelezenRij]
    whole_register: bool = False


@dataclass(frozen=True)
class Bestand:
    """A file that could be opened.

    Attributes:
        kolommen: the kept columns, as the file names them.
        opmerkingen: what a person should know about the file.
        aantal: about how many rows it has, for progress.
    """

    kolommen: tuple[str, ...]
    rijen: Iterator[GelezenRij]
    opmerkingen: list[str]
    aantal: int


Gelezen = Bestand


def _known(columns: tuple[str, ...]) -> Callable[[str], bool]:
    plain = {canonical(column) for column in columns}
    return lambda name: canonical(name) in plain


INDELINGEN: dict[Importindeling, Indeling] = {
    Importindeling.OBJECTEN: Indeling(eigen_csv.OBJECT_NEEDED, _known(eigen_csv.OBJECT_COLUMNS), eigen_csv.read_object),
    Importindeling.RISICOADRESSEN: Indeling(
        eigen_csv.RISICO_NEEDED, _known(eigen_csv.RISICO_COLUMNS), eigen_csv.read_risk
    ),
    Importindeling.AMSTERDAM_HORECA: Indeling(
        amsterdam_horeca.NEEDED, amsterdam_horeca.is_known, amsterdam_horeca.read_permit, whole_register=True
    ),
}

_OWN_COLUMNS = {"veldwachtregel", "veldwachtreden"}  # of a file of rejected rows that was mended


def open_file(indeling: Importindeling, path: Path | bytes, bestandsnaam: str = "") -> Bestand:  # noqa: ARG001 - for formats that a name tells
    """Opens an upload; rows are read while they are asked for.

    Raises:
        UnreadableFile: the file as a whole cannot be read, now or further on.
    """
    layout = INDELINGEN[indeling]
    content = path if isinstance(path, bytes) else path.read_bytes()
    names, records = _open(content)
    missing = missing_columns(layout, names)
    if missing and names:
        raise UnreadableFile(
            f"Deze kolommen ontbreken: {', '.join(missing)}. Kies de juiste indeling of gebruik het sjabloon."
        )
    # The names of columns are not told: in a file without a header they are its first row.
    others = [name for name in names if not layout.is_known(name)]
    personal = {word for name in others if (word := personal_kind(name)) is not None}
    unknown = sum(1 for name in others if personal_kind(name) is None and canonical(name) not in _OWN_COLUMNS)
    remarks = []
    if personal:
        remarks.append(f"Kolommen over personen zijn niet gelezen: {', '.join(sorted(personal))}.")
    if unknown:
        remarks.append(f"Onbekende kolommen overgeslagen: {unknown}.")
    kept = _own_names(layout, names)
    return Bestand(tuple(kept.values()), _rows(layout, records, kept), remarks, count_lines(content))


def recognise(path: Path, bestandsnaam: str = "") -> Importindeling | None:  # noqa: ARG001 - for formats that a name tells
    """The layout whose needed columns are all there; with several, the one that knows most columns.

    Raises:
        UnreadableFile: the file as a whole cannot be read.
    """
    names = columns_of(path)
    fitting = [kind for kind, layout in INDELINGEN.items() if not missing_columns(layout, names)]
    return max(fitting, key=lambda kind: sum(map(INDELINGEN[kind].is_known, names)), default=None)


def columns_of(path: Path) -> list[str]:
    """The columns of a file.

    Raises:
        UnreadableFile: the file as a whole cannot be read.
    """
    return _open(path.read_bytes())[0]


def missing_columns(layout: Indeling, names: Iterable[str]) -> list[str]:
    """The columns without which a layout cannot be read and that a file has not."""
    present = {canonical(name) for name in names}
    return [name for name in layout.needed if canonical(name) not in present]


def _open(content: bytes) -> tuple[list[str], Iterator[Record]]:
    text = decode(content)
    return read_features(text) if text.lstrip()[:1] in {"{", "["} else read_csv(text)


def _own_names(layout: Indeling, names: list[str]) -> dict[str, str]:
    """Per column of the file that is read: its name in the templates; every other column is dropped here."""
    ours = {canonical(name): name for name in (*eigen_csv.OBJECT_COLUMNS, *eigen_csv.RISICO_COLUMNS)}
    return {name: ours.get(canonical(name), name) for name in names if layout.is_known(name)}


def _rows(layout: Indeling, records: Iterator[Record], names: dict[str, str]) -> Iterator[GelezenRij]:
    for record in records:
        kept = {names[name]: unguard(value) for name, value in record.waarden.items() if name in names}
        if record.fout is not None:
            yield AfgewezenRij(record.regel, (RijFout("rij", record.fout),), kept)
            continue
        yield replace(layout.read(Record(record.regel, kept, record.geometrie)), bron=kept)
