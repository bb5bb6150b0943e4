"""F14: the import of 270,000 addresses (a city's BAG), beside GDAL copying the same file into the same database.

    python -m bench.f14_adressen [postgresql] [sqlite] [--rijen 270000]

Makes the file by seed, in the layout of bag-light.gpkg, with the division of the municipality. The import runs in a process of its own
that holds all that a worker holds. GDAL is `ogr2ogr` (Debian: gdal-bin). PostgreSQL without PostGIS has no geometry, so there GDAL stores
x and y in two columns.
"""

import argparse
import contextlib
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import numpy as np
import pyogrio
import shapely
import sqlalchemy as sa

from app.core.clock import utc_now
from app.core.identifiers import new_id
from app.core.migrate import migrate
from app.core.runtime import Runtime
from app.core.settings import ROOT, Settings
from app.gemeenten.service.gebieden import store_areas
from app.objecten.status import Importindeling
from app.objecten.tables import Import
from demo.gebieden import Buurt, as_geojson, make_buurten
from tests.support.databases import settings_for
from tests.support.municipality import STAD, store_municipality
from tools.postgres import private_server

GOAL, GOAL_MB = 2.0, 500.0
SEED, BUURTEN, STRAAL = 14, 110, 7_000.0
ROUNDS = 3
_LETTERS = "ABCDEGHJKLMNPRTVWXZ"


@dataclass(frozen=True)
class Meting:
    """What one copy or import took: seconds, processor time of its processes and of the database, and the most memory of the former (MB)."""

    seconds: float
    cpu: float
    memory: float = 0.0


def make_file(path: Path, number: int, buurten: list[Buurt]) -> None:
    """A city in the layout of bag-light.gpkg: every street its own postcodes, every point inside the municipality."""
    rng = np.random.default_rng(SEED)
    city = shapely.union_all(np.array([buurt.vlak for buurt in buurten], dtype=object))
    min_x, min_y, max_x, max_y = city.bounds
    x, y = np.empty(0), np.empty(0)
    while len(x) < number:
        more = rng.uniform((min_x, min_y), (max_x, max_y), (number, 2)).round(1)
        inside = shapely.contains_xy(city, more[:, 0], more[:, 1])
        x, y = np.append(x, more[inside, 0]), np.append(y, more[inside, 1])
    digits, at, order = STAD.removeprefix("GM"), np.arange(number), rng.permutation(number)
    street = order // 90
    postcodes = [
        f"{1000 + n // len(_LETTERS) ** 2}{_LETTERS[n // len(_LETTERS) % len(_LETTERS)]}{_LETTERS[n % len(_LETTERS)]}"
        for n in range(number // 30 + 1)
    ]
    text = {
        "identificatie": [f"{digits}01{n:010d}" for n in at],
        "status": [
            "Verblijfsobject in gebruik" if n % 50 else "Verblijfsobject in gebruik (niet ingemeten)" for n in at
        ],
        "gebruiksdoel": [
            ("woonfunctie", "winkelfunctie", "kantoorfunctie,winkelfunctie")[0 if n % 5 else 1 + n % 2] for n in at
        ],
        "openbare_ruimte_naam": [f"Voorbeeldstraat {n}" for n in street],
        "openbare_ruimte_naam_kort": [f"Voorbeeldstr {n}" for n in street],
        "huisletter": [None if n % 7 else "A" for n in order],
        "toevoeging": [None if n % 3 else str(n % 9) for n in order],
        "postcode": [postcodes[n // 30] for n in order],
        "woonplaats_naam": ["Voorbeeldstad"] * number,
        "pand_identificatie": [f"{digits}10{n // 3:010d}" for n in at],
        "pandstatus": ["Pand in gebruik"] * number,
        "nummeraanduiding_hoofdadres_identificatie": [f"{digits}20{n:010d}" for n in at],
        "openbare_ruimte_identificatie": [f"{digits}30{n:010d}" for n in street],
        "woonplaats_identificatie": [digits] * number,
        "bronhouder_identificatie": [digits] * number,
    }
    whole = {
        "oppervlakte": rng.integers(20, 300, number).astype(np.int32),
        "huisnummer": (order % 30 + 1).astype(np.int32),
        "bouwjaar": rng.integers(1800, 2024, number).astype(np.int32),
    }
    columns = {name: np.array(values, dtype=object) for name, values in text.items()} | whole
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapely.points(x[:number], y[:number])),
        list(columns.values()),
        list(columns),
        layer="verblijfsobject",
        driver="GPKG",
        geometry_type="Point",
        crs="EPSG:28992",
    )


def measure_gdal(path: Path, url: str, folder: Path, server: int | None) -> Meting:
    """What ogr2ogr takes to copy the layer into the database of `url`."""
    parsed = sa.make_url(url)
    before, started = _cpu_of(server) + _cpu_of_children(), time.perf_counter()
    if parsed.get_backend_name() == "sqlite":
        target = folder / "gdal.sqlite"
        target.unlink(missing_ok=True)
        command = ["ogr2ogr", "-f", "SQLite", str(target), str(path), "-gt", "65536"]
    else:
        place = f"PG:host={parsed.host} port={parsed.port} user={parsed.username} password={parsed.password} dbname={parsed.database}"
        command = [
            "ogr2ogr", "-f", "PostgreSQL", place, str(path), "-overwrite", "-nln", "gdal_adressen", "-nlt", "NONE", "-dialect", "SQLite",
            "-sql", "SELECT *, ST_X(geom) AS x, ST_Y(geom) AS y FROM verblijfsobject", "--config", "PG_USE_COPY", "YES",
        ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return Meting(time.perf_counter() - started, _cpu_of(server) + _cpu_of_children() - before)


def measure(settings: Settings, import_id: UUID, path: Path, server: int | None) -> Meting:
    """Runs one import in a process as a worker has it, started up before the clock runs."""
    environment = {
        **os.environ,
        "VELDWACHT_STEMPEL": "demo",
        "VELDWACHT_DATABASE_URL": settings.database_url.get_secret_value(),
        "VELDWACHT_KEY_RING_FILE": str(settings.key_ring_file),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.f14_adressen", "--werk", str(import_id), str(path)],
        cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "klaar om te beginnen\n"
    highest, done = [0.0], threading.Event()
    watch = threading.Thread(target=_watch, args=(process.pid, highest, done))
    watch.start()
    before, started = _cpu_of(server) + _cpu_of(process.pid), time.perf_counter()
    process.stdin.write("begin\n")
    process.stdin.flush()
    said = process.stdout.readline()
    seconds = time.perf_counter() - started
    cpu = _cpu_of(server) + _cpu_of(process.pid) - before
    done.set()
    watch.join()
    process.communicate()
    assert process.returncode == 0, said
    return Meting(seconds, cpu, highest[0])


def _cpu_of(pid: int | None) -> float:
    """Processor time of a process and all below it, those that ended included."""
    total = 0.0
    for one in [] if pid is None else _tree(pid):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
            total += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return total


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def server_of(url: str) -> int | None:
    """The main process of a PostgreSQL on this machine; None for SQLite."""
    if url.startswith("sqlite"):
        return None
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        backend = connection.scalar(sa.text("SELECT pg_backend_pid()"))
        parent = int(Path(f"/proc/{backend}/stat").read_text().rsplit(")", 1)[1].split()[1])
    engine.dispose()
    return parent


def _watch(pid: int, highest: list[float], done: threading.Event) -> None:
    while not done.wait(0.02):
        highest[0] = max(highest[0], sum(_resident_mb(one) for one in _tree(pid)))


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _tree(int(child))


def _resident_mb(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)


def work(import_id: UUID, path: Path) -> None:
    """The process that is measured: a worker's code, and one import."""
    import app.worker  # noqa: F401, PLC0415 - for its memory: a worker holds the planner too
    from app.core.settings import get_settings  # noqa: PLC0415 - only here
    from app.objecten.service.adressen_inlezen import read_addresses  # noqa: PLC0415 - as above

    runtime = Runtime.start(get_settings())
    with runtime.system_unit("bench", write=False) as uow:
        uow.session.connection()
    print("klaar om te beginnen", flush=True)
    sys.stdin.readline()
    remarks = read_addresses(runtime.system_unit, import_id, path)
    print(remarks, flush=True)
    runtime.stop()


def add_import(settings: Settings, number: int, *, empty: bool) -> UUID:
    """A new import; without addresses before it when `empty`."""
    runtime = Runtime.start(settings)
    with runtime.system_unit("bench") as uow:
        if empty:
            # A fresh table, not one full of dead rows.
            is_sqlite = settings.database_url.get_secret_value().startswith("sqlite")
            empty_it = "DELETE FROM adressen" if is_sqlite else "TRUNCATE adressen CASCADE"
            uow.session.connection().exec_driver_sql(empty_it)
        record = Import(
            id=new_id(), gemeentecode=STAD, indeling=Importindeling.BAG, bestandsnaam="bag-light.gpkg", sha256="0" * 64, bron="BAG",
            gemaakt_op=utc_now(), regels=number,
        )  # fmt: skip
        uow.session.add(record)
    runtime.stop()
    return record.id


def check(settings: Settings, import_id: UUID, number: int) -> None:
    """Every row must stand, with its areas."""
    engine = sa.create_engine(settings.database_url.get_secret_value())
    with engine.connect() as connection:
        standing = connection.scalar(
            sa.text("SELECT count(*) FROM adressen WHERE buurtcode IS NOT NULL AND NOT buiten_gemeente")
        )
        query = sa.text("SELECT verwerkt, nieuw, gewijzigd, ongewijzigd, afgewezen FROM importen WHERE id = :id")
        counts = connection.execute(query.bindparams(sa.bindparam("id", import_id, sa.Uuid()))).one()
    engine.dispose()
    assert counts.verwerkt == counts.nieuw + counts.ongewijzigd == standing == number, (counts, standing)


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The URL of a fresh database of this kind, durable as in production."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'bench.db'}"
    else:
        with private_server(durable=True) as url:
            yield url


def main() -> None:
    """Prints a line per database: seconds, GDAL's seconds beside them, the ratio and the memory."""
    parser = argparse.ArgumentParser()
    parser.add_argument("soorten", nargs="*", default=["postgresql", "sqlite"])
    parser.add_argument("--rijen", type=int, default=270_000)
    parser.add_argument("--werk", nargs=2)
    asked = parser.parse_args()
    if asked.werk:
        work(UUID(asked.werk[0]), Path(asked.werk[1]))
        return
    if shutil.which("ogr2ogr") is None:
        sys.exit("ogr2ogr is not here; install gdal-bin")
    buurten = make_buurten(random.Random(SEED), STAD, BUURTEN, STRAAL)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "bag-light.gpkg"
        make_file(path, asked.rijen, buurten)
        for kind in asked.soorten:
            run(kind, Path(name), path, asked.rijen, buurten)


def run(kind: str, folder: Path, path: Path, number: int, buurten: list[Buurt]) -> None:
    """Measures on one database: GDAL and the import in turn, then the same file again."""
    with database(kind, folder) as url:
        settings = settings_for(url, folder)
        migrate(settings)
        runtime = Runtime.start(settings)
        with runtime.system_unit("bench") as uow:
            store_municipality(uow)
            store_areas(uow, STAD, utc_now().year, as_geojson(STAD, "Voorbeeldstad", buurten), "bench")
        runtime.stop()
        server, pairs = server_of(url), []
        for _ in range(ROUNDS):
            peer = measure_gdal(path, url, folder, server)
            import_id = add_import(settings, number, empty=True)
            pairs.append((peer, measure(settings, import_id, path, server)))
            check(settings, import_id, number)
        peer, mine = sorted(pairs, key=lambda pair: pair[1].seconds / pair[0].seconds)[len(pairs) // 2]
        again_id = add_import(settings, number, empty=False)
        again = measure(settings, again_id, path, server)
        check(settings, again_id, number)
        memory = max(one.memory for pair in pairs for one in pair)
        told = ", ".join(f"{one.seconds:.1f}/{other.seconds:.1f}" for other, one in pairs)
        print(
            f"{kind:<11} {number} addresses: {mine.seconds:.1f} s; GDAL {peer.seconds:.1f} s; ratio {mine.seconds / peer.seconds:.2f} "
            f"(goal {GOAL:.1f}); pairs {told}; CPU {mine.cpu:.1f} s, GDAL {peer.cpu:.1f} s, ratio {mine.cpu / peer.cpu:.2f}; "
            f"the same file again {again.seconds:.1f} s, CPU {again.cpu:.1f} s; memory {memory:.0f} MB (goal {GOAL_MB:.0f}); "
            f"load {os.getloadavg()[0]:.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
