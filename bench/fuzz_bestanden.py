"""Mutated files through the readers: only rows or one sentence come out, and never more than the memory limit.

`python -m bench.fuzz_bestanden [cases] [seed]`, 5,000 cases and seed 1 unless told. Every file is made from a good one by flipping, cutting,
doubling and inserting bytes; a tenth is a spreadsheet and a tenth a GeoPackage, each read by a process of its own, half of these
changed inside the archive or at the level of pages, so that they are not all refused at the door.
"""

import io
import random
import resource
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import shapely

from app.objecten.adapters.bestand import UnreadableFile
from app.objecten.adapters.indelingen import INDELINGEN, open_file, recognise
from app.objecten.adapters.leesproces import MAX_MEMORY
from app.objecten.rules.importrij import AfgewezenRij, Importrij
from app.objecten.status import Importindeling
from tests.objecten.bestanden import PLACELESS, ROW, as_csv, features, table, write_gpkg, write_xlsx

CASES = 5_000
_SLOW = ("xlsx", "gpkg")
_BITS = (
    b"", b"\x00", b"\xff", b'"', b";", b"\n", b"{", b"[", b"]", b"}", b"null", b"1e999", b"NaN", b"-1", b"\xc3\x83", b"</c>", b"<v>", b"&x;",
    b"999999999", b"POINT", b"EPSG:1", b'"crs":', b"\xef\xbb\xbf", b"\xed\xa0\x80", b"'=1",
)  # fmt: skip


def main() -> None:
    """Runs the cases and prints what came out."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    told: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    began = time.monotonic()
    with TemporaryDirectory() as folder:
        seeds = make_seeds(Path(folder))
        path = Path(folder) / "case"
        for _ in range(cases):
            kind = rng.choices(list(seeds), [1 if name in _SLOW else 2 for name in seeds])[0]
            path.write_bytes(mutate(rng, seeds[kind]))
            told[f"{kind}: {run(rng, path, rows)}"] += 1
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for name, number in sorted(told.items()):
        print(f"{name:24} {number:6}")
    print(f"rows: {rows['good']} good, {rows['rejected']} rejected")
    print(
        f"{cases} files in {time.monotonic() - began:.0f} s; highest memory {own:.0f} MB here, {children:.0f} MB in a reading process"
    )
    limit = MAX_MEMORY / 1024**2 + 100  # the limit is of data; the code of the libraries comes on top
    assert children < limit, f"a reading process took {children:.0f} MB"


def run(rng: random.Random, path: Path, rows: Counter[str]) -> str:
    """Reads one file in some layout; any other exception than `UnreadableFile` ends the run."""
    layout = rng.choice(list(INDELINGEN)) if rng.random() < 0.3 else (recognise(path) or Importindeling.OBJECTEN)
    fault = ""
    try:
        for row in open_file(layout, path).rijen:
            assert isinstance(row, Importrij | AfgewezenRij)
            rows["good" if isinstance(row, Importrij) else "rejected"] += 1
    except UnreadableFile as told:
        fault = str(told)
    assert not fault or fault.endswith("."), fault
    return "one sentence" if fault else "rows"


def make_seeds(folder: Path) -> dict[str, bytes]:
    """The good files."""
    many = [ROW | {"objectnummer": f"O-{at}", "naam": "CafÃ© é", "kvkNummer": "90000001"} for at in range(12)]
    place = PLACELESS | {"type": "BEDR"}
    points = [shapely.Point(155000 + at, 463000) for at in range(12)]
    register = Path(__file__).resolve().parents[1] / "tests" / "objecten" / "data" / "horeca.geojson"
    return {
        "csv": as_csv(*many).encode(),
        "utf-16": as_csv(*many).encode("utf-16"),
        "geojson": features([place] * 12, [[5.38, 52.15]] * 6 + [[155000, 463000]] * 6),
        "register": register.read_bytes(),
        "xlsx": write_xlsx(folder / "a.xlsx", ("Blad", [["titel"], *table(*many)])).read_bytes(),
        "gpkg": write_gpkg(folder / "a.gpkg", "zaken", [place] * 12, points).read_bytes(),
    }


def mutate(rng: random.Random, content: bytes) -> bytes:
    """A changed file; of an archive sometimes one part inside it."""
    if content[:2] == b"PK" and rng.random() < 0.6:
        return _mutate_part(rng, content)
    changed = bytearray(content)
    if rng.random() < (0.7 if content[:6] == b"SQLite" or content[:5] == b"<?xml" else 0.1):
        return _swap_signs(rng, changed)
    for _ in range(rng.choice((1, 1, 2, 4, 30))):
        at = rng.randrange(len(changed) + 1)
        what = rng.random()
        if what < 0.4 and at < len(changed):
            changed[at] = rng.randrange(256)
        elif what < 0.7:
            changed[at:at] = rng.choice(_BITS)
        elif what < 0.85:
            del changed[at : at + rng.randrange(1, 60)]
        elif what < 0.95:
            changed[at:at] = changed[at : at + rng.randrange(1, 400)]
        else:
            del changed[at:]
    return bytes(changed)


def _swap_signs(rng: random.Random, content: bytearray) -> bytes:
    """Letters and digits in the place of others: what a file says changes, its form hardly."""
    places = [at for at, sign in enumerate(content) if chr(sign).isalnum()]
    for at in rng.sample(places, min(len(places), rng.choice((1, 3, 20)))):
        content[at] = rng.choice(b"0123456789aZ")
    return bytes(content)


def _mutate_part(rng: random.Random, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = rng.choice(list(parts))
    parts[chosen] = mutate(rng, parts[chosen])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


if __name__ == "__main__":
    main()
