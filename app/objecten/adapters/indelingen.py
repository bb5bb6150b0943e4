"""One interface for all layouts: bytes in, rows out that are right or say what is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.objecten.adapters import amsterdam_horeca, eigen_csv
from app.objecten.adapters.bestand import Record, UnreadableFile, decode, read_csv, read_features
from app.objecten.adapters.velden import canonical, personal_kind
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
class Gelezen:
    """A file that could be opened: its rows, and what a person should know about its columns."""

    rijen: Iterator[GelezenRij]
    opmerkingen: tuple[str, ...]


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


def open_file(kind: Importindeling, content: bytes) -> Gelezen:
    """Opens an upload; rows are read while they are asked for.

    Raises:
        UnreadableFile: the file as a whole cannot be read, now or further on.
    """
    layout = INDELINGEN.get(kind)
    if layout is None:
        raise UnreadableFile("Bestanden van deze indeling worden in hun geheel ingelezen, niet rij voor rij.")
    text = decode(content)
    is_json = kind is Importindeling.AMSTERDAM_HORECA and text.lstrip()[:1] in {"{", "["}
    names, records = read_features(text) if is_json else read_csv(text)
    present = {canonical(name) for name in names}
    missing = [name for name in layout.needed if canonical(name) not in present]
    if missing and names:
        raise UnreadableFile(
            f"Deze kolommen ontbreken: {', '.join(missing)}. Kies de juiste indeling of gebruik het sjabloon."
        )
    # The names of columns are not told: in a file without a header they are its first row.
    others = [name for name in names if not layout.is_known(name)]
    personal = {word for name in others if (word := personal_kind(name)) is not None}
    unknown = sum(1 for name in others if personal_kind(name) is None)
    remarks = []
    if personal:
        remarks.append(f"Kolommen over personen zijn niet gelezen: {', '.join(sorted(personal))}.")
    if unknown:
        remarks.append(f"Onbekende kolommen overgeslagen: {unknown}.")
    return Gelezen(_rows(layout, records, _own_names(layout, names)), tuple(remarks))


def _own_names(layout: Indeling, names: list[str]) -> dict[str, str]:
    """Per column of the file that is read: its name in the templates; every other column is dropped here."""
    ours = {canonical(name): name for name in (*eigen_csv.OBJECT_COLUMNS, *eigen_csv.RISICO_COLUMNS)}
    return {name: ours.get(canonical(name), name) for name in names if layout.is_known(name)}


def _rows(layout: Indeling, records: Iterator[Record], names: dict[str, str]) -> Iterator[GelezenRij]:
    for record in records:
        if record.fout is not None:
            yield AfgewezenRij(record.regel, (RijFout("rij", record.fout),))
            continue
        kept = {names[name]: value for name, value in record.waarden.items() if name in names}
        yield layout.read(Record(record.regel, kept, record.geometrie))
