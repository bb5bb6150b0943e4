"""What every container of rows gives: tables to choose from, and their rows as text.

What is wrong with a file as a whole gives one Dutch sentence; what is wrong with a row is for its layout.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.objecten.adapters.plaatsen import Plaats
from app.objecten.status import Bestandsformaat

GEOMETRIE = "geometrie"  # the column in which a geometry is told as WKT


class UnreadableFile(ValueError):
    """A file that cannot be read, or no further than where it broke off; the text is Dutch and fit for a screen."""


@dataclass(frozen=True)
class Tafel:
    """A sheet, a layer, or the file itself.

    Attributes:
        naam: name of the sheet or layer; empty when the file holds one table.
        eerste: the first rows with their line, in which the header stands.
        stelsel: coordinate system of its geometry: `EPSG:<code>`, `CRS84`, `onbekend`, or empty when the file does not tell.
    """

    naam: str
    eerste: Sequence[tuple[int, Sequence[str]]]
    stelsel: str = ""
    met_geometrie: bool = False


@dataclass(frozen=True)
class Record:
    """One row of a file: its line (or its place in a list, from 1) and its values as text, by the names of the layout.

    Attributes:
        plaats: where it says that it is.
        getallen: the columns that the file holds as a quantity, so without leading zeros.
        fout: why the row is none.
    """

    regel: int
    waarden: Mapping[str, str]
    plaats: Plaats = field(default_factory=Plaats)
    getallen: frozenset[str] = frozenset()
    fout: str | None = None


@dataclass(frozen=True)
class Ruwerij:
    """One row as the container gives it: the values of the asked columns, in that order."""

    regel: int
    waarden: Sequence[str]
    geometrie: str = ""
    getallen: frozenset[int] = frozenset()
    fout: str | None = None


class Bron(Protocol):
    """An opened container.

    Attributes:
        afgekapt: its source says that there is more than the file holds.
    """

    formaat: Bestandsformaat
    tafels: list[Tafel]
    aantal: int
    afgekapt: bool

    def rijen(self, tafel: int, kop: int, kolommen: Sequence[int]) -> Iterator[Ruwerij]:
        """The rows of a table under its header (a place in `eerste`); of each only these columns."""

    def sluit(self) -> None:
        """Lets go of the file; what reads it ends."""
