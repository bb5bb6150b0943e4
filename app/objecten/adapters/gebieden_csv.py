"""The CSV template for figures per area, such as those of the dashboard Zicht op Ondermijning (REG-12).

Stricter than other imports: a column about persons, or one that the template has not, refuses the file as a whole, since a file
of aggregates has no use for it. Columns are told by their place and our own word for them, never by what stands in the file.
"""

from dataclasses import dataclass
from pathlib import Path

from app.objecten.adapters.bestand import Record, UnreadableFile
from app.objecten.adapters.csv_bestand import CsvBron
from app.objecten.adapters.velden import Velden, canonical, personal_kind
from app.objecten.rules.importrij import RijFout

COLUMNS = ("gebiedcode", "jaar", "reden", "bron", "url", "kerngetal", "waarde", "geldigTot")
NEEDED = ("gebiedcode", "jaar", "reden", "bron", "geldigTot")
MAX_ROWS = 5000


@dataclass(frozen=True)
class Gebiedsregel:
    """One row as text; what it may hold is judged by the API shape that it must fit."""

    regel: int
    waarden: dict[str, str]


@dataclass(frozen=True)
class Gebiedenlezing:
    """A file that was read: its rows, or every reason to refuse it."""

    regels: tuple[Gebiedsregel, ...]
    fouten: tuple[RijFout, ...]


def read_areas_csv(path: Path) -> Gebiedenlezing:
    """Reads a file of at most `MAX_ROWS` rows.

    Raises:
        UnreadableFile: the file as a whole cannot be read.
    """
    source = CsvBron(path)
    names = list(source.tafels[0].eerste[0][1])
    known = {canonical(column): column for column in COLUMNS}
    faults = [fault for place, name in enumerate(names, start=1) if (fault := _column_fault(place, name, set(known)))]
    present = {canonical(name) for name in names}
    faults += [RijFout(column, "ontbreekt als kolom") for column in NEEDED if canonical(column) not in present]
    if faults:
        return Gebiedenlezing((), tuple(faults))
    rows: list[Gebiedsregel] = []
    own = [known[canonical(name)] for name in names]
    for row in source.rijen(0, 0, range(len(names))):
        if len(rows) == MAX_ROWS:
            raise UnreadableFile(f"Het bestand heeft meer dan {MAX_ROWS} regels. Verdeel het in delen.")
        if row.fout is not None:
            faults.append(RijFout(f"regel {row.regel}", row.fout))
            continue
        fields = Velden(Record(row.regel, dict(zip(own, row.waarden, strict=True))))
        rows.append(Gebiedsregel(row.regel, {name: fields.text(name, 500) for name in COLUMNS}))
        faults += [RijFout(f"regel {row.regel}", f"{fault.veld} {fault.reden}") for fault in fields.fouten]
    if not rows and not faults:
        faults.append(RijFout("bestand", "heeft geen enkele regel met gegevens"))
    return Gebiedenlezing(tuple(rows), tuple(faults))


def _column_fault(place: int, name: str, known: set[str]) -> RijFout | None:
    if canonical(name) in known:
        return None
    kind = personal_kind(name)
    if kind is not None:
        return RijFout(f"kolom {place}", f"gaat over personen ('{kind}'); haal deze kolom uit het bestand")
    return RijFout(f"kolom {place}", "hoort niet in dit bestand; haal deze kolom weg of gebruik het sjabloon")
