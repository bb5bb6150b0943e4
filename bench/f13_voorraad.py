"""F13: lists, search, map and objects at 10,000 and at 1,000,000 objects: p50 and p95 over HTTP, their ratio, queries a page.

python -m bench.f13_voorraad [postgresql] [sqlite] [--groot 1000000]
"""

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import sqlalchemy as sa

from app.controles.tables import Controle
from app.core.clock import business_date, utc_now
from app.core.runtime import Runtime
from app.core.settings import Settings
from app.objecten.service import zoekindex
from app.objecten.tables import Adres, Object, Risicoadres, Vergunning
from bench import load, voorraad
from bench.intake import Bench, service_with
from tests.support.municipality import store_municipality
from tests.support.service import running

SMALL, LARGE = 10_000, 1_000_000
GOAL = 1.5
TIMES = 200
WARM_UP = 20
CONNECTIONS = 1
SECOND = 1000.0
RD = "http://www.opengis.net/def/crs/EPSG/0/28992"


@dataclass(frozen=True)
class Question:
    """A request: a path with its query, and a body when it is a search."""

    path: str
    body: dict[str, Any] | None = None

    def prepared(self, host: str, token: str) -> bytes:
        """The bytes to send."""
        if self.body is None:
            return load.get(host, self.path, token)
        return load.post(host, self.path, token, json.dumps(self.body).encode())


@dataclass(frozen=True)
class Outcome:
    """What one kind of question gave; times in milliseconds."""

    p50: float
    p95: float
    queries: tuple[int, int]
    rows: float


class Stock:
    """A stored stock, with samples to ask for."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.chance = random.Random(7)
        self.sample: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self.today = business_date(utc_now())

    def store(self, settings: Settings) -> list[UUID]:
        """Fills the database; the words and the map are made by the service's own rebuild."""
        runtime = Runtime.start(settings)
        with runtime.system_unit("bench") as uow:
            made = store_municipality(uow)
        for adressen, objecten in voorraad.rows(self.count):
            permits, risks = voorraad.permits_and_risks(objecten, self.today)
            with runtime.system_unit("bench") as uow:
                uow.session.flush()
                for table, values in (
                    (Adres, adressen),
                    (Object, objecten),
                    (Vergunning, permits),
                    (Risicoadres, risks),
                ):
                    voorraad.store(uow.session, table, values)
            whole = list(zip(adressen, objecten, strict=True))
            self.sample += self.chance.sample(whole, min(len(whole), max(10, 4000 * len(whole) // self.count)))
        with runtime.system_unit("bench") as uow:
            places = [place for _, place in self.sample[:1000]]
            rows = voorraad.controls(places, made.teams["toezicht"], self.today, 1000)
            uow.session.execute(sa.insert(Controle), rows)
        zoekindex.rebuild(runtime.system_unit, "bench")
        if not runtime.database.is_sqlite:
            with runtime.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(sa.text("VACUUM ANALYZE"))
        runtime.stop()
        return []

    def questions(self) -> Iterator[tuple[str, list[Question]]]:
        """Each kind of question by name, the questions drawn by seed."""
        picked = self.chance.choices(self.sample, k=TIMES + WARM_UP)

        def many(make: Any) -> list[Question]:  # noqa: ANN401 - a function of an address and an object
            return [make(adres, place) for adres, place in picked]

        def listed(**query: object) -> Question:
            return Question("/v1/objecten?" + urlencode(query))

        def found(**body: object) -> Question:
            return Question("/v1/objecten/_zoek", body)

        def mapped(west: float, south: float, side: float) -> Question:
            box = f"{max(west, 0)},{max(south, 290_000)},{min(west + side, 299_000)},{min(south + side, 628_000)}"
            return Question("/v1/objecten/_kaart?" + urlencode({"bbox": box, "bbox-crs": RD}))

        def around(adres: dict[str, Any], side: float) -> Question:
            return mapped(adres["x"] - side / 2, adres["y"] - side / 2, side)

        day = self.today.isoformat()
        yield "list, first page", many(lambda _a, _o: listed())
        yield "list, deep page", many(lambda _a, o: Question("/v1/objecten?" + urlencode({"cursor": _cursor(o)})))
        yield (
            "list, type and deep",
            many(lambda _a, o: Question("/v1/objecten?" + urlencode({"type": o["type"], "cursor": _cursor(o)}))),
        )
        yield "list, rare type", many(lambda _a, _o: listed(type="SEKS"))
        yield (
            "list, two types",
            many(
                lambda _a, _o: listed(type="LOG") if _o["type"] == "LOG" else Question("/v1/objecten?type=LOG&type=HOT")
            ),
        )
        yield "list, closed", many(lambda _a, _o: listed(status="gesloten"))
        yield "list, quarter", many(lambda _a, o: listed(wijkcode=o["wijkcode"]))
        yield "list, neighbourhood", many(lambda _a, o: listed(buurtcode=o["buurtcode"]))
        yield "list, outside", many(lambda _a, _o: listed(buitenGemeente="true"))
        yield "list, permit", many(lambda _a, _o: listed(vergunningsoort="horeca-exploitatie"))
        yield "list, to be controlled", many(lambda _a, _o: listed(controleVoor=day))
        yield "list, window of 500 m", many(lambda a, _o: listed(**{"bbox": _box(a, 500), "bbox-crs": RD}))
        yield "list, window of 20 km", many(lambda a, _o: listed(**{"bbox": _box(a, 20_000), "bbox-crs": RD}))
        yield "risk addresses", many(lambda _a, _o: Question("/v1/risicoadressen?status=open"))
        yield "map, 300 m", many(lambda a, _o: around(a, 300))
        yield "map, 3 km", many(lambda a, _o: around(a, 3_000))
        yield "map, city of 15 km", many(lambda a, _o: around(a, 15_000))
        yield "map, province of 80 km", many(lambda a, _o: around(a, 80_000))
        yield "map, country", many(lambda _a, _o: mapped(0, 290_000, 340_000))
        yield "map, country in degrees", many(lambda _a, _o: Question("/v1/objecten/_kaart?bbox=3.3,50.7,7.2,53.6"))
        yield (
            "map, country, one type",
            many(lambda _a, o: Question(f"/v1/objecten/_kaart?bbox=3.3,50.7,7.2,53.6&type={o['type']}")),
        )
        yield "search, street and number", many(lambda a, _o: found(tekst=f"{a['straat'].lower()} {a['huisnummer']}"))
        yield "search, part of a street", many(lambda a, _o: found(tekst=f"{a['straat'][:4]} {a['huisnummer']}"))
        yield "search, two letters", many(lambda a, _o: found(tekst=a["straat"][:2]))
        yield (
            "search, postcode and number",
            many(lambda a, _o: found(tekst=f"{a['huisnummer']} {a['postcode'][:4]} {a['postcode'][4:]}")),
        )
        yield "search, name", many(lambda _a, o: found(tekst=o["naam"][:80]))
        yield "search, common word", many(lambda _a, _o: found(tekst="restaurant"))
        yield "search, two common words", many(lambda _a, _o: found(tekst="cafe 12"))
        yield "search, common words, no hit", many(lambda _a, _o: found(tekst="hotel restaurant"))
        yield "search, object number", many(lambda _a, o: found(tekst=o["nummer"]))
        yield "search, permit number", many(lambda _a, o: found(tekst=f"V-{o['nummer'][2:]}"))
        yield "search, KvK number", many(lambda _a, o: found(tekst=o["kvk_nummer"] or "10000001"))
        yield "search, BAG id", many(lambda a, _o: found(tekst=a["bag_id"]))
        yield "search, word and type", many(lambda a, _o: found(tekst=a["straat"][:5], type=["HOR"]))
        yield "area of 500 m", many(lambda a, _o: found(gebied=_diamond(a, 0.0035)))
        yield "area of 30 km", many(lambda a, _o: found(gebied=_diamond(a, 0.2)))
        yield "an object", many(lambda _a, o: Question(f"/v1/objecten/{o['id']}"))
        yield (
            "controls of a year",
            many(lambda _a, _o: Question(f"/v1/controles?van={_year_ago(self.today)}&limiet=100")),
        )


def _cursor(place: dict[str, Any]) -> str:
    from app.core.http.paging import encode  # noqa: PLC0415 - beside its one use

    return encode(f"{place['gemeentecode']}|{place['nummer']}", place["id"])


def _box(adres: dict[str, Any], side: float) -> str:
    return f"{adres['x'] - side / 2},{adres['y'] - side / 2},{adres['x'] + side / 2},{adres['y'] + side / 2}"


def _diamond(adres: dict[str, Any], size: float) -> dict[str, Any]:
    """A square on its point around an address, in degrees."""
    from geo.crs import rd_to_wgs84  # noqa: PLC0415 - beside its one use

    lon, lat = rd_to_wgs84(adres["x"], adres["y"])
    lon, lat = min(max(lon, 3.4), 7.0), min(max(lat, 50.9), 53.4)
    ring = [[lon - size, lat], [lon, lat - size * 0.6], [lon + size, lat], [lon, lat + size * 0.6], [lon - size, lat]]
    return {"type": "Polygon", "coordinates": [ring]}


def _year_ago(today: date) -> str:
    return today.replace(year=today.year - 1, day=min(today.day, 28)).isoformat()


def measure(bench: Bench, stock: Stock) -> dict[str, Outcome]:
    """Asks every kind of question `TIMES` times, and counts the queries of some in this process."""
    host = f"127.0.0.1:{bench.port}"
    asked = dict(stock.questions())
    outcomes = {}
    queries = _count_queries(bench, asked)
    for name, questions in asked.items():
        requests = [question.prepared(host, bench.token) for question in questions]
        load.run(bench.port, requests[:WARM_UP], CONNECTIONS)
        result = load.run(bench.port, requests[WARM_UP:], CONNECTIONS)
        assert set(result.statuses) == {200}, (name, result.statuses, result.bodies[0][:300])
        bodies = [json.loads(body) for body in result.bodies[:20]]
        rows = sum(len(body.get("resultaten", body.get("features", [body]))) for body in bodies) / len(bodies)
        outcomes[name] = Outcome(result.percentile(0.5), result.percentile(0.95), queries[name], rows)
    return outcomes


def _count_queries(bench: Bench, asked: dict[str, list[Question]]) -> dict[str, tuple[int, int]]:
    """The lowest and highest number of queries of five questions of each kind, sign-in included."""
    counted: list[str] = []

    def note(*given: Any) -> None:  # noqa: ANN401 - what the event gives
        counted.append(given[2])

    found = {}
    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        with running(bench.settings, bench.issuer) as service:
            client = service.as_("toezichthouder")
            for name, questions in asked.items():
                numbers = []
                for question in questions[:5]:
                    counted.clear()
                    method = "GET" if question.body is None else "POST"
                    answer = client.request(method, question.path.removeprefix("/v1"), json=question.body)
                    assert answer.status_code == 200, (name, answer.text)
                    numbers.append(len(counted))
                found[name] = (min(numbers), max(numbers))
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    return found


def main() -> None:
    """Prints a line per kind of question and database."""
    arguments = sys.argv[1:]
    large = int(arguments[arguments.index("--groot") + 1]) if "--groot" in arguments else LARGE
    kinds = [name for name in arguments if name in {"postgresql", "sqlite"}] or ["postgresql", "sqlite"]
    for kind in kinds:
        measured = {}
        for count in (SMALL, large):
            stock = Stock(count)
            with service_with(kind, stock.store) as bench:
                measured[count] = measure(bench, stock)
                size = _megabytes(bench.settings)
            print(f"{kind}: {count:,} objects, database of {size:,.0f} MB", flush=True)
        print(
            f"{'':<32} {'p50 small':>9} {'large':>7} {'p95 small':>9} {'large':>7} {'ratio':>6} {'queries':>9} {'rows':>6}"
        )
        for name, at_large in measured[large].items():
            at_small = measured[SMALL][name]
            ratio = at_large.p95 / at_small.p95
            lowest, highest = (pick(at_small.queries + at_large.queries) for pick in (min, max))
            print(
                f"{name:<32} {at_small.p50:>9.1f} {at_large.p50:>7.1f} {at_small.p95:>9.1f} {at_large.p95:>7.1f} {ratio:>6.1f}"
                f"{' ' if ratio <= GOAL else '!'} {f'{lowest}-{highest}':>8} {at_large.rows:>6.0f}"
                f"{'' if at_large.p95 < SECOND else '  over a second'}"
            )


def _megabytes(settings: Settings) -> float:
    url = settings.database_url.get_secret_value()
    if url.startswith("sqlite"):
        return Path(url.removeprefix("sqlite:///")).stat().st_size / 1e6
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        size = connection.scalar(sa.text("SELECT pg_database_size(current_database())"))
    engine.dispose()
    return float(size or 0) / 1e6


if __name__ == "__main__":
    main()
