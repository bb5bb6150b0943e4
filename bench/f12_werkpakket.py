"""F12: the work package of a day with 20 controls: p95 at 32 connections, size compressed, 304 when unchanged.

A full day: every place has permits, earlier findings to check again and inspectors; sex establishments their business plan, places that
house workers their certificate, some places a measure. Requests are kept-alive and closed: each connection asks anew as soon as it was answered,
so that 32 connections are 32 requests at work all the time, which no team of tablets does.
"""

import gzip
import json
import sys
from datetime import date, timedelta
from uuid import UUID

import httpx
from sqlmodel import col, select

from app.bevindingen.schemas.bevindingen import BevindingCreate, ControleRef
from app.bevindingen.service.bevindingen import record_hits
from app.bevindingen.status import Barriere, Klasse
from app.controles.tables import Controle, Inzet
from app.core.clock import business_date, utc_now
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.settings import Settings
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.tables import Account
from app.maatregelen.status import Maatregelsoort, Maatregelstatus
from app.maatregelen.tables import Maatregel
from app.objecten.status import Objecttype, Vergunningsoort, Vergunningstatus
from app.objecten.tables import Bedrijfsplan, Certificaat, Object, Vergunning
from bench import load
from bench.intake import Bench, service_with, store_controls
from tests.support.municipality import STAD

CONTROLS = 20
GOAL_MS, GOAL_BYTES = 50.0, 200_000
REQUESTS, WARM_UP = {1: 200, 8: 600, 32: 2_000}, 40
FINDINGS = ("ARB-04", "ARB-01", "HUI-10")


def measure(kind: str) -> bool:
    """One database: size, then full answers and unchanged ones at rising numbers of connections."""
    with service_with(kind, _full_day) as bench:
        path = f"/v1/werkpakketten/{business_date(utc_now())}"
        host = f"127.0.0.1:{bench.port}"
        headers = {"Authorization": f"Bearer {bench.token}"}
        first = httpx.get(f"http://{host}{path}", headers=headers, trust_env=False)
        tag, packed = first.headers["ETag"], len(gzip.compress(first.content))
        _check_whole(first.content)
        print(
            f"{kind:<11} {CONTROLS} controls: {len(first.content) / 1000:.0f} kB, {packed / 1000:.0f} kB compressed (goal {GOAL_BYTES // 1000})"
        )
        good = packed <= GOAL_BYTES
        for known, status in ((None, 200), (tag, 304)):
            request = load.get(host, path, bench.token, known)
            load.run(bench.port, [request] * WARM_UP, 4)
            for connections, number in REQUESTS.items():
                p95 = _run(kind, bench, [request] * number, connections, status)
                good = good and (connections < max(REQUESTS) or p95 <= GOAL_MS)
    return good


def _run(kind: str, bench: Bench, requests: list[bytes], connections: int, status: int) -> float:
    before = bench.cpu_seconds()
    result = load.run(bench.port, requests, connections)
    cpu = (bench.cpu_seconds() - before) * 1000 / len(requests)
    assert result.statuses == {status: len(requests)}, result.statuses
    p95 = result.percentile(0.95)
    print(
        f"{kind:<11} {status} at {connections:>2} connections: p50 {result.percentile(0.5):>6.1f} ms, p95 {p95:>6.1f} ms "
        f"(goal {GOAL_MS:.0f} at {max(REQUESTS)}, ratio {p95 / GOAL_MS:.2f}); {result.rate:>5.0f}/s, CPU {cpu:.1f} ms each"
    )
    return p95


def _check_whole(content: bytes) -> None:
    """The day is as full as it should be: an empty package would be quick."""
    controles = json.loads(content)["controles"]
    assert len(controles) == CONTROLS
    for name in ("vergunningen", "bevindingen"):
        assert all(controle["object"][name] for controle in controles), name
    assert all(controle["inzet"] for controle in controles)
    assert any(controle["object"]["certificaten"] for controle in controles)
    assert any(controle["object"]["maatregelen"] for controle in controles)


def _full_day(settings: Settings) -> list[UUID]:
    ids = store_controls(settings, CONTROLS)
    runtime = Runtime.start(settings)
    with runtime.system_unit("bench") as uow:
        today = business_date(uow.now)
        inspectors = uow.session.exec(
            select(Account.id).where(col(Account.sub).in_(("toezichthouder", "toezichthouder-2")))
        ).all()
        rows = uow.session.exec(select(Controle, Object).join(Object, col(Object.id) == col(Controle.object_id))).all()
        for number, (controle, plek) in enumerate(rows):
            plek.type = (Objecttype.HOR, Objecttype.HOR, Objecttype.SEKS, Objecttype.LOG)[number % 4]
            uow.session.add_all(Inzet(controle_id=controle.id, account_id=nr) for nr in inspectors)
            _registers(uow, plek, number, today)
            _findings(uow, plek, today)
    runtime.stop()
    return ids


def _registers(uow: UnitOfWork, plek: Object, number: int, today: date) -> None:
    since, until = today - timedelta(days=400), today + timedelta(days=300)
    for soort in (Vergunningsoort.HORECA, Vergunningsoort.ALCOHOL):
        uow.session.add(
            Vergunning(
                gemeentecode=STAD,
                object_id=plek.id,
                soort=soort,
                nummer=f"{soort}-{number}",
                status=Vergunningstatus.VERLEEND,
                geldig_vanaf=since,
                geldig_tot=until,
                bron="bench",
            )
        )
    if plek.type is Objecttype.SEKS:
        uow.session.add(
            Bedrijfsplan(
                gemeentecode=STAD, object_id=plek.id, versienaam="3", goedgekeurd_op=since, onderdelen=["hygiene"]
            )
        )
    if plek.type is Objecttype.LOG:
        uow.session.add(
            Certificaat(
                gemeentecode=STAD,
                object_id=plek.id,
                soort="snf",
                nummer=f"C-{number}",
                geldig_tot=until,
                registernaam="register",
                nagekeken_op=since,
            )
        )
    if number % 5 == 0:
        uow.session.add(
            Maatregel(
                gemeentecode=STAD,
                object_id=plek.id,
                soort=Maatregelsoort.WAARSCHUWING,
                grondslag="apv",
                status=Maatregelstatus.OPGELEGD,
                opgelegd_op=since,
                geldt_van=since,
                kenmerk=f"Z-{number}",
                inhoud_hash="bench",
            )
        )


def _findings(uow: UnitOfWork, plek: Object, today: date) -> None:
    found = ControleRef(new_id(), STAD, plek.id, uow.now - timedelta(days=60))
    uow.session.flush()
    record_hits(
        uow,
        found,
        [
            BevindingCreate(Barriere.ARBEID, item, "ARB-1", Klasse.NALEVING, "N", "nee", today + timedelta(days=20))
            for item in FINDINGS
        ],
        first=True,
    )


def main() -> None:
    """Prints what is reached per database."""
    reached = [measure(kind) for kind in sys.argv[1:] or ["postgresql", "sqlite"]]
    sys.exit(not all(reached))


if __name__ == "__main__":
    main()
