"""The reading process of the layouts `bag` and `adressen`: a file in, JSON lines out.

    python -m app.objecten.adapters.adressen_bestand '<order as JSON>'

Lines: `kop` (how many rows), blocks of rows, and at the end `einde`, or `fout` with one Dutch sentence.
"""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from app.objecten.adapters.adressen_rijen import Blok, Rijenlezer, Uitkomst
from app.objecten.adapters.bag_bestand import Adreslagen
from app.objecten.adapters.bestand import UnreadableFile
from app.objecten.adapters.bulkproces import serve
from app.objecten.adapters.geo_lagen import is_geopackage
from app.objecten.adapters.tabelbestand import Adrestabel
from app.objecten.status import Importindeling
from geo.boxes import Box


def read(order: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The answer to an order, line by line.

    Args:
        order: `pad`, `gemeentecode`, `indeling`, `grens` (four RD metres, or null when the municipality has no areas) and `overslaan`:
            how many rows were handled before.

    Raises:
        UnreadableFile: the file as a whole cannot be read, now or further on.
    """
    path, gemeentecode = Path(order["pad"]), str(order["gemeentecode"])
    grens = None if order["grens"] is None else Box(*order["grens"])
    is_bag = order["indeling"] == Importindeling.BAG
    alleen_eigen = is_bag and grens is None
    geo = is_geopackage(path) or _is_json(path)
    source = (
        Adreslagen(path, gemeentecode, grens if is_bag else None, alleen_eigen=alleen_eigen)
        if geo
        else Adrestabel(path)
    )
    reader = Rijenlezer(gemeentecode, alleen_eigen=alleen_eigen, eigen_zonder_punt=is_bag)
    yield {"kop": {"aantal": source.aantal, "elders": source.elders}}
    skip, first = int(order["overslaan"]), True
    for blok in source.blokken():
        if first and (wrong := _same_everywhere(list(blok.puntfouten.values()), len(blok.regels))):
            raise UnreadableFile(f"Geen enkel punt klopt. {wrong}")
        first = False
        result = reader.lees(blok)
        if skip >= len(blok.regels):
            skip -= len(blok.regels)
        else:
            yield _block(blok, result, skip)
            skip = 0
    yield {"einde": {"weggelaten": dict(reader.weggelaten)}}


def _block(blok: Blok, result: Uitkomst, skip: int) -> dict[str, Any]:
    """A block as a line, without its first `skip` rows: lines with tabs as one text, points as numbers of eight bytes."""
    before = sum(place < skip for place in result.plaatsen) if skip else 0
    kept = result.plaatsen[before:]
    xs, ys = blok.xs, blok.ys
    points = np.array([[xs[place] for place in kept], [ys[place] for place in kept]], dtype="<f8")  # none is NaN
    first = blok.regels[skip]
    return {
        "gelezen": len(blok.regels) - skip,
        "tekst": "\n".join(result.tekst[before:]),
        "punten": b64encode(points.tobytes()).decode(),
        "ingetrokken": [at - before for at in result.ingetrokken if at >= before],
        "afgewezen": [row for row in result.afgewezen if row[0] >= first],
    }


def _same_everywhere(faults: list[str], number: int) -> str | None:
    """The fault that every row of the first block has: then it is one of the file."""
    return faults[0] if number > 1 and len(faults) == number and len(set(faults)) == 1 else None


def _is_json(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(400).removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\x1e")[:1] in {b"{", b"["}


if __name__ == "__main__":
    serve(read)
