"""F4: a day list of 8 stops out of 1,000 candidates, through the API; its order against the shortest path, and the same list every time.

`python -m bench.f4_daglijst [postgresql] [sqlite]`. Peer: the planner of Amsterdam's TOP alone needs 170 s, and its order is 1.39 to 1.46 times
the shortest path through the same stops.
"""

import math
import os
import random
import sys
import time
from datetime import timedelta
from functools import cache
from uuid import UUID

import httpx
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from app.controles.status import Aanleiding, Controlestatus
from app.controles.tables import Controle
from app.core.clock import business_date, utc_now
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.settings import Settings
from app.objecten.status import Objecttype, Risicostatus, Vergunningsoort, Vergunningstatus
from app.objecten.tables import Adres, Object, Risicoadres, Vergunning
from bench.intake import service_with
from tests.planning.stad import AVOND, Stad
from tests.support.municipality import STAD, store_municipality

CANDIDATES, CALLS, STOPS = 1_000, 100, 8
GOAL_SECONDS, GOAL_ORDER = 0.5, 1.01
TODAY = business_date(utc_now())


def store(settings: Settings) -> list[UUID]:
    """1,000 places that may be visited today: horeca that is due, risk addresses, lodgings; each with two controls in the past."""
    rng = random.Random(4)
    rows: dict[type[SQLModel], list[dict[str, object]]] = {
        Adres: [],
        Object: [],
        Vergunning: [],
        Risicoadres: [],
        Controle: [],
    }
    for number in range(CANDIDATES):
        soort = Objecttype.WON if number % 8 == 0 else Objecttype.LOG if number % 8 == 1 else Objecttype.HOR
        x, y = round(rng.gauss(81_000, 2_500), 1), round(rng.gauss(454_000, 2_500), 1)
        adres, place = new_id(), new_id()
        common = {"gemeentecode": STAD, "bron": "bench"}
        rows[Adres].append(
            {
                "id": adres, "gemeentecode": STAD, "straat": "Kade", "huisnummer": number + 1, "huisletter": "", "toevoeging": "",
                "postcode": "1001AB", "woonplaats": "Voorbeeldstad", "x": x, "y": y, "buiten_gemeente": False,
            }
        )  # fmt: skip
        rows[Object].append(
            {
                **common, "id": place, "nummer": f"O-{number}", "type": soort, "naam": f"Plek {number}", "adres_id": adres, "x": x, "y": y,
                "status": "actief", "versie": 1, "openingstijden": AVOND if number % 3 else None,
            }
        )  # fmt: skip
        if soort is Objecttype.HOR:
            rows[Vergunning].append(
                {
                    **common, "id": new_id(), "object_id": place, "soort": Vergunningsoort.HORECA, "nummer": f"V-{number}",
                    "status": Vergunningstatus.VERLEEND, "geldig_vanaf": TODAY - timedelta(days=1_500), "versie": 1,
                }
            )  # fmt: skip
        if soort is Objecttype.WON:
            seen = TODAY - timedelta(days=rng.randint(1, 12))
            rows[Risicoadres].append(
                {
                    **common, "id": new_id(), "adres_id": adres, "object_id": place, "reden": "melding van overlast", "in_beeld_op": seen,
                    "herzien_op": seen + timedelta(days=180), "controle_voor": seen + timedelta(days=14), "status": Risicostatus.OPEN,
                    "versie": 1,
                }
            )  # fmt: skip
        for days in (rng.randint(200, 390), rng.randint(420, 900)):
            rows[Controle].append(
                {
                    "id": new_id(), "gemeentecode": STAD, "object_id": place, "status": Controlestatus.AFGEROND, "duur": 45, "volgorde": 1,
                    "datum": TODAY - timedelta(days=days), "aanleiding": Aanleiding.NORM, "aangekondigd": False, "integraal": False,
                    "checklistversies": {}, "normen": {}, "bedrijfsplan_beantwoord": True, "arbeid_beantwoord": True, "binnen": True,
                    "versie": 1,
                }
            )  # fmt: skip
    runtime = Runtime.start(settings)
    with runtime.system_unit("bench") as uow:
        made = store_municipality(uow)
        stad = Stad.with_norms(uow)
        stad.shifts(made.teams["toezicht"], TODAY + timedelta(days=1), 1, van=17 * 60, tot=26 * 60)
        for table, own in rows.items():
            uow.session.execute(sa.insert(table), own)
    runtime.stop()
    return []


def shortest(points: list[tuple[float, float]]) -> int:
    """Minutes of the shortest path through all points, by dynamic programming of its own."""

    def minutes(a: int, b: int) -> int:
        return math.ceil(math.dist(points[a], points[b]) * 1.3 * 60 / 15_000)

    @cache
    def rest(here: int, left: frozenset[int]) -> int:
        return min((minutes(here, n) + rest(n, left - {n}) for n in left), default=0)

    everything = frozenset(range(len(points)))
    return min(rest(start, everything - {start}) for start in everything)


def main() -> None:
    """Prints a line per database."""
    for kind in sys.argv[1:] or ["postgresql", "sqlite"]:
        with service_with(kind, store) as bench:
            headers = {"Authorization": f"Bearer {bench.token}"}
            body = {"datum": (TODAY + timedelta(days=1)).isoformat(), "aantal": STOPS}
            with httpx.Client(
                base_url=f"http://127.0.0.1:{bench.port}/v1", headers=headers, trust_env=False, timeout=60
            ) as client:
                times, answers = [], []
                for _ in range(CALLS + 1):
                    began = time.perf_counter()
                    answer = client.post("/dagroutes/_samenstellen", json=body)
                    times.append(time.perf_counter() - began)
                    assert answer.status_code == 200, answer.text
                    answers.append(answer.json())
            cold, warm = times[0], sorted(times[1:])
            stops = answers[0]["stops"]
            runtime = Runtime.start(bench.settings)
            with Session(runtime.database.engine) as session:
                place = {str(o.id): (o.x, o.y) for o in session.exec(sa.select(Object)).scalars()}  # type: ignore[call-overload]  # a Core select
            runtime.stop()
            best = shortest([place[stop["objectId"]] for stop in stops])
            travel = sum(stop["reistijd"] for stop in stops)
            same = sum(answer == answers[0] for answer in answers[1:])
            print(
                f"{kind:<11} {len(stops)} of {CANDIDATES}: p50 {warm[CALLS // 2]:.2f} s, p95 {warm[int(CALLS * 0.95) - 1]:.2f} s, "
                f"cold {cold:.2f} s (goal {GOAL_SECONDS}, ratio {warm[int(CALLS * 0.95) - 1] / GOAL_SECONDS:.2f}); "
                f"order {travel} min, shortest {best} min, ratio {travel / max(1, best):.3f} (goal {GOAL_ORDER}); "
                f"same list {same} of {CALLS}; load {os.getloadavg()[0]:.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
