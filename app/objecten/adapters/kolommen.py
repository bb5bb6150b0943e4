"""Which columns of a file are read, and what is made of a row: columns about people go here, before anything is looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.core.formules import unguard
from app.objecten.adapters.bestand import GEOMETRIE, Record, Ruwerij, Tafel, UnreadableFile
from app.objecten.adapters.kvk import one_person
from app.objecten.adapters.lijst import Indeling
from app.objecten.adapters.plaatsen import Plaats, place_of_numbers, place_of_wkt
from app.objecten.adapters.velden import canonical, personal_kind
from app.objecten.rules.gemeentekolom import COLUMNS as MUNICIPALITY
from app.objecten.rules.importrij import AfgewezenRij, GelezenRij, RijFout
from app.objecten.rules.nummers import restore_zeros
from app.objecten.rules.teksten import clean_cell, repair_double_encoding

_GEOMETRIES = frozenset({"geometrie", "geometry", "geom", "wkt", "wktgeom", "thegeom", "shape", "locatie"})
_OURS = frozenset({"veldwachtregel", "veldwachtreden"})  # columns of the list of rejected rows
_LEGAL_FORM = "rechtsvorm"
_NOTHING = frozenset(
    {"null", "<null>", "(null)", "nan", "n.v.t.", "nvt", "--"}
)  # how programs and people write an empty cell
_MAX_GEOMETRY = 2_000


@dataclass(frozen=True)
class Kolom:
    """A column that is read.

    Attributes:
        plaats: where it stands in the file.
        eigen: its name in the file.
        naam: its name in the layout; `_geometrie`, `_rechtsvorm` and `_gemeente:...` are looked at for every layout.
    """

    plaats: int
    eigen: str
    naam: str


_WKT, _VORM, _GEMEENTE = "_geometrie", "_rechtsvorm", "_gemeente:"


@dataclass
class Kolommen:
    """The columns of one file, and the reading of its rows.

    Attributes:
        opmerkingen: what a person should know of the columns, and after the last row of the text.
    """

    layout: Indeling
    gekozen: list[Kolom]
    tafel: Tafel
    opmerkingen: list[str]
    _hersteld: int = field(default=0)

    @property
    def plaatsen(self) -> list[int]:
        """Where the columns stand that are read."""
        return [column.plaats for column in self.gekozen]

    @property
    def kolommen(self) -> tuple[str, ...]:
        """The columns that are kept, as the file names them."""
        names = tuple(column.eigen for column in self.gekozen if column.naam != _VORM)
        return (*names, GEOMETRIE) if self.tafel.met_geometrie else names

    def read(self, row: Ruwerij) -> GelezenRij:
        """One row: cleaned, placed, read by its layout, and with what may be kept of it.

        Of a row that is not whole nothing is kept: a value may stand under the wrong name, and be personal.
        """
        if row.fout is not None:
            return AfgewezenRij(row.regel, (RijFout("rij", row.fout),))
        cells = {
            column.naam: restore_zeros(canonical(column.naam), value) if at in row.getallen else value
            for at, (column, value) in enumerate(zip(self.gekozen, map(self._clean, row.waarden), strict=True))
        }
        geometry = row.geometrie or cells.pop(_WKT, "")
        cells.pop(_WKT, None)
        elsewhere = [value for name, value in cells.items() if name.startswith(_GEMEENTE) and value]
        remarks = _hide_number(self.layout, cells)
        place = self._place(cells, geometry)
        made = self.layout.read(Record(row.regel, cells, place))
        bron = self.layout.keep(self._told(cells, geometry))
        if isinstance(made, AfgewezenRij):
            return replace(made, bron=bron, verwisseld=place.verwisseld)
        return replace(made, bron=bron, gemeente=tuple(elsewhere), opmerkingen=(*made.opmerkingen, *remarks))

    def finish(self) -> None:
        """Adds what can only be told after the last row."""
        if self._hersteld:
            self.opmerkingen.append(f"Tekst met verkeerde tekens (zoals Ã©) is hersteld in {self._hersteld} velden.")

    def _clean(self, text: str) -> str:
        """The cell, cleaned; one with a NUL stays as it is, so that its row is refused for it."""
        if "\x00" in text:
            return text
        if not text.isascii() and repair_double_encoding(text) != text:
            self._hersteld += 1
        cleaned = unguard(clean_cell(text))
        return "" if cleaned.lower() in _NOTHING else cleaned

    def _place(self, cells: Mapping[str, str], geometry: str) -> Plaats:
        x, y = cells.get("x", ""), cells.get("y", "")
        if x or y:
            return place_of_numbers(x, y)
        if geometry:
            return place_of_wkt(geometry, self.tafel.stelsel, self.layout.place_field)
        return Plaats(veld="x" if "x" in self.layout.columns else self.layout.place_field)

    def _told(self, cells: Mapping[str, str], geometry: str) -> dict[str, str]:
        """The row as it is kept; a geometry with the system of the file, so that it can be read again without it."""
        told = {column.eigen: cells[column.naam].replace("\x00", "") for column in self.gekozen if column.naam in cells}
        if geometry:
            own = next((column.eigen for column in self.gekozen if column.naam == _WKT), GEOMETRIE)
            code = self.tafel.stelsel.removeprefix("EPSG:")
            plain = geometry[:5].upper() == "SRID=" or not code.isdigit()
            told[own] = (geometry if plain else f"SRID={code};{geometry}")[:_MAX_GEOMETRY]
        return told


def choose_columns(layout: Indeling, header: Sequence[str], tafel: Tafel) -> Kolommen:
    """The columns of a header that a layout reads.

    Raises:
        UnreadableFile: a column that is read stands there twice.
    """
    ours = layout.known(header)
    chosen: dict[str, Kolom] = {}
    personal: set[str] = set()
    unknown = 0
    for place, eigen in enumerate(header):
        plain = canonical(eigen)
        name = _WKT if plain in _GEOMETRIES else _VORM if plain == _LEGAL_FORM else ours.get(plain)
        if name is None and plain in MUNICIPALITY:
            name = _GEMEENTE + plain
        if name == _WKT and (tafel.met_geometrie or _WKT in chosen):
            continue
        if name is not None and name in chosen:
            raise UnreadableFile(f"De kolom {ours.get(plain, plain)} staat er twee keer. Verwijder of hernoem er een.")
        if name is not None:
            chosen[name] = Kolom(place, eigen, name)
        word = personal_kind(eigen) if name in {None, _VORM} else None
        if word is not None:
            personal.add(word)
        elif name is None and plain and plain not in _OURS and not plain.startswith(layout.ignored or ("\x00",)):
            unknown += 1
    # The names of other columns are not told: in a file without a header they are its first row.
    remarks = [f"Kolommen over personen zijn niet gelezen: {', '.join(sorted(personal))}."] if personal else []
    remarks += [f"Onbekende kolommen overgeslagen: {unknown}."] if unknown else []
    return Kolommen(layout, list(chosen.values()), tafel, remarks)


def _hide_number(layout: Indeling, cells: dict[str, str]) -> tuple[RijFout, ...]:
    """The KvK number of a one-person business is personal data, also in a file that only has the legal form beside it."""
    told = one_person(cells.pop(_VORM, ""))
    if "eenmanszaak" in layout.columns:
        cells["eenmanszaak"] = cells.get("eenmanszaak") or told
    elif told == "Ja" and cells.get("kvkNummer"):
        cells["kvkNummer"] = ""
        return (RijFout("kvkNummer", "is niet bewaard: bij een eenmanszaak is het een persoonsgegeven"),)
    return ()
