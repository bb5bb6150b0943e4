"""F20: 1,000 background jobs, two workers, five kills (kill -9): none lost, the database effect of each exactly once."""

import sys
import time

import sqlalchemy as sa

from app.core.identifiers import new_id
from bench.werkers import database

JOBS, KILLS = 1_000, 5
LIMIT_SECONDS = 240
SCRIPT = """
import time
from uuid import UUID
from app import worker
from app.core.jobs import UnitFactory, task
from app.core.settings import get_settings
from app.core.tables import Kenmerk
from app.core.upsert import insert_or_skip

@task("bench.taak")
def work(unit: UnitFactory, reference: UUID) -> None:
    with unit("bench") as uow:
        uow.session.add(Kenmerk(naam=f"poging {time.time_ns()} {reference}", waarde="1"))
    time.sleep(0.02)
    with unit("bench") as uow:
        row = {"naam": f"klaar {reference}", "waarde": "1"}
        if insert_or_skip(uow.session, Kenmerk, [row], Kenmerk.naam):
            uow.session.add(Kenmerk(naam=f"effect {time.time_ns()} {reference}", waarde="1"))

worker.run(get_settings(), lambda: time.sleep(600))
"""


def main() -> None:
    """Prints lost jobs, effects and kills per database."""
    for kind in sys.argv[1:] or ["postgresql", "sqlite"]:
        with database(kind, SCRIPT) as (runtime, workers):
            jobs = [new_id() for _ in range(JOBS)]
            for start in range(0, JOBS, 100):
                with runtime.system_unit("bench") as uow:
                    for job in jobs[start : start + 100]:
                        uow.enqueue("bench.taak", job)
            begun = time.monotonic()
            for name in ("werker-1", "werker-2"):
                workers.start(name)
            done = 0
            while done < JOBS and time.monotonic() - begun < LIMIT_SECONDS:
                time.sleep(0.3)
                with runtime.database.engine.connect() as connection:
                    query = sa.text("SELECT count(*) FROM kenmerken WHERE naam LIKE 'klaar %'")
                    done = connection.execute(query).scalar() or 0
                if workers.kills < KILLS and done > (workers.kills + 1) * JOBS // (KILLS + 2):
                    name = f"werker-{workers.kills % 2 + 1}"
                    workers.kill(name)
                    workers.start(name)
            seconds = time.monotonic() - begun
            with runtime.database.engine.connect() as connection:
                names = connection.execute(sa.text("SELECT naam FROM kenmerken")).scalars().all()
            effects = [name.rsplit(" ", 1)[1] for name in names if name.startswith("effect ")]
            tries = sum(name.startswith("poging ") for name in names)
            print(
                f"{kind:<11} {JOBS - len(set(effects))} lost, {len(effects) - len(set(effects))} effects twice, "
                f"{workers.kills} kills, {tries} tries for {JOBS} jobs, {seconds:.0f} s"
            )


if __name__ == "__main__":
    main()
