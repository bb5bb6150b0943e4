"""The layouts that are read row by row: their columns and who reads them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.objecten.adapters import amsterdam_horeca, den_haag_horeca, eigen_csv, kvk
from app.objecten.adapters.bestand import Record
from app.objecten.adapters.velden import canonical
from app.objecten.rules.importrij import GelezenRij
from app.objecten.status import Importindeling

_OTHER_NAMES = {
    "straatnaam": "straat",
    "huisnr": "huisnummer",
    "huisnummertoevoeging": "toevoeging",
    "plaats": "woonplaats",
    "plaatsnaam": "woonplaats",
    "woonplaatsnaam": "woonplaats",
}
"""What exports of other programs call the columns of an address; heard only where the column itself is not there."""


def _keep(values: Mapping[str, str]) -> Mapping[str, str]:
    return values


@dataclass(frozen=True)
class Indeling:
    """A layout.

    Attributes:
        needed: columns without which nothing can be read.
        columns: all that it reads, by the names that it gives them.
        read: reads one record.
        whole_register: a file names every permit of its source, so that one that is missing has disappeared from it.
        ignored: the beginning of column names that are known and not needed.
        keep: what of the values of a row may be kept for who mends it.
        opmerkingen: what to know of every file in this layout.
        place_field: the field that a fault of a geometry is about.
    """

    needed: tuple[str, ...]
    columns: tuple[str, ...]
    read: Callable[[Record], GelezenRij]
    whole_register: bool = False
    ignored: tuple[str, ...] = ()
    keep: Callable[[Mapping[str, str]], Mapping[str, str]] = _keep
    opmerkingen: tuple[str, ...] = ()
    place_field: str = "geometrie"

    def known(self, names: Sequence[str]) -> dict[str, str]:
        """The columns that are read of a header, by their canonical name in it."""
        ours = {canonical(name): name for name in self.columns}
        present = {canonical(name) for name in names}
        heard = {name: ours.get(name, "") for name in present}
        for other, name in _OTHER_NAMES.items():
            if other in present and other not in ours and name in ours and name not in present:
                heard[other] = ours[name]
        return {name: own for name, own in heard.items() if own}

    def missing(self, names: Sequence[str]) -> list[str]:
        """The needed columns that are not among these."""
        present = set(self.known(names).values())
        return [name for name in self.needed if name not in present]


INDELINGEN: dict[Importindeling, Indeling] = {
    Importindeling.OBJECTEN: Indeling(eigen_csv.OBJECT_NEEDED, eigen_csv.OBJECT_COLUMNS, eigen_csv.read_object),
    Importindeling.RISICOADRESSEN: Indeling(eigen_csv.RISICO_NEEDED, eigen_csv.RISICO_COLUMNS, eigen_csv.read_risk),
    Importindeling.VERGUNNINGEN: Indeling(
        eigen_csv.VERGUNNING_NEEDED, eigen_csv.VERGUNNING_COLUMNS, eigen_csv.read_permit_of_object
    ),
    Importindeling.AMSTERDAM_HORECA: Indeling(
        amsterdam_horeca.NEEDED,
        amsterdam_horeca.COLUMNS,
        amsterdam_horeca.read_permit,
        whole_register=True,
        ignored=("otijdenterras", "terras", "statustijdelijkterras", "toestemmingtijdelijk", "publbesluit", "tijdelijkterras",
                 "statusverleng", "verleng", "schema"),
        place_field="locatie",
    ),
    Importindeling.DEN_HAAG_HORECA: Indeling(
        den_haag_horeca.NEEDED,
        den_haag_horeca.COLUMNS,
        den_haag_horeca.read_permit,
        whole_register=True,
        ignored=("objectid", "globalid", "shape", "x", "y"),
        opmerkingen=(den_haag_horeca.REMARK,),
    ),
    Importindeling.KVK: Indeling(kvk.NEEDED, kvk.COLUMNS, kvk.read_business, keep=kvk.hide),
}  # fmt: skip
