"""F21: 1,000 deadlines come due while workers are killed and the clock is moved an hour back and forth: each escalated once, in time.

The wall clock of the worker processes is replaced by one that this command moves; this process keeps the true time and looks four times a
second which steps were taken. A hundred signals are acknowledged through the service's own code at least three seconds before their deadline.
"""

import os
import random
import sys
import time
from datetime import date, timedelta
from resource import RUSAGE_CHILDREN, getrusage
from uuid import UUID

from sqlmodel import select

from app.core.clock import utc_now
from app.core.columns import SealedText
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.tables import Norm
from app.signalen.service.gebeurtenissen import add_event
from app.signalen.status import Actie, Bronsoort, Signaalstatus, Termijnsoort, Urgentie
from app.signalen.tables import Signaal, Signaalgebeurtenis, Signaaltermijn
from bench.werkers import database
from tests.support.municipality import STAD, store_municipality

TERMS, ACKNOWLEDGED = 1_000, 100
FIRST_SECONDS, SPREAD_SECONDS, GRACE_SECONDS = 40.0, 60.0, 15.0
GOAL_SECONDS = 10.0
SCRIPT = """
import os, time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from app import worker
from app.core import unit_of_work
from app.core.settings import get_settings
from app.signalen.service import escaleren

def moved() -> datetime:
    return datetime.now(UTC) + timedelta(hours=float(Path(os.environ["BENCH_CLOCK"]).read_text() or 0))

unit_of_work.utc_now = escaleren.utc_now = moved
worker.run(get_settings(), lambda: time.sleep(600))
"""
# Seconds after the start, and what happens. While the clock is wrong one worker stays alive: it remembers.
KILLS = 3
STORY = [
    (30.0, "kill werker-2"),
    (58.0, "clock -1"),
    (64.0, "kill werker-2"),
    (88.0, "clock 0"),
    (94.0, "kill werker-1"),
]


def _store(runtime: Runtime) -> dict[UUID, float]:
    """Stores signals that wait for an answer; the second step of each comes due in the given number of seconds."""
    chance = random.Random(21)
    due: dict[UUID, float] = {}
    with runtime.system_unit("bench") as uow:
        municipality = store_municipality(uow)
        uow.session.add(
            Norm(sleutel="AF_PIKET_ANTWOORD_MIN", waarde=120, eenheid="min", geldig_vanaf=date(2020, 1, 1), bron="b")
        )
        uow.session.flush()
        tomorrow = uow.now + timedelta(days=1)
        for _ in range(TERMS):
            signaal = Signaal(
                id=new_id(),
                gemeentecode=STAD,
                bron=Bronsoort.TOEZICHT,
                indiener=municipality.accounts["toezichthouder"],
                status=Signaalstatus.VERZONDEN,
                urgentie=Urgentie.SPOED,
                vormen=[],
                ontstaan_op=uow.now,
                verzonden_op=uow.now,
                redenen=SealedText(b""),
            )
            seconds = FIRST_SECONDS + chance.random() * SPREAD_SECONDS
            moment = uow.now + timedelta(seconds=seconds)
            uow.session.add(signaal)
            due[signaal.id] = seconds
            uow.session.flush()
            # A signal without a deadline for acknowledging it is one of before the service kept them, and would be given one.
            for soort, voor, trap in ((Termijnsoort.BEVESTIGEN, tomorrow, 0), (Termijnsoort.PIKET, moment, 1)):
                uow.session.add(
                    Signaaltermijn(
                        signaal_id=signaal.id,
                        gemeentecode=STAD,
                        soort=soort,
                        onderwerp_id=signaal.id,
                        vanaf=uow.now,
                        voor=voor,
                        trap=trap,
                        volgende_op=voor,
                    )
                )
    return due


def _acknowledge(runtime: Runtime, signaal_id: UUID) -> None:
    with runtime.system_unit("bench") as uow:
        signaal = uow.session.exec(select(Signaal).where(Signaal.id == signaal_id).with_for_update()).one()
        signaal.ontvangen_op = utc_now()
        add_event(uow, signaal, Actie.ONTVANGEN, Signaalstatus.ONTVANGEN)


def _taken(runtime: Runtime) -> set[UUID]:
    with runtime.system_unit("bench", write=False) as uow:
        return set(uow.session.exec(select(Signaaltermijn.signaal_id).where(Signaaltermijn.trap > 1)).all())


def main() -> None:
    """Prints how often each deadline was escalated and how late, per database."""
    for kind in sys.argv[1:] or ["postgresql", "sqlite"]:
        with database(kind, SCRIPT, moved_clock=True) as (runtime, workers):
            begun, used = time.monotonic(), getrusage(RUSAGE_CHILDREN)
            due = _store(runtime)  # counts from here, storing included
            for name in ("werker-1", "werker-2"):
                workers.start(name)
            story, seen = list(STORY), dict[UUID, float]()
            to_acknowledge = sorted(random.Random(1).sample(sorted(due), ACKNOWLEDGED), key=due.__getitem__)
            acknowledged: set[UUID] = set()
            while (passed := time.monotonic() - begun) < FIRST_SECONDS + SPREAD_SECONDS + GRACE_SECONDS:
                while story and story[0][0] <= passed:
                    what, argument = story.pop(0)[1].split(" ")
                    if what == "clock":
                        workers.move_clock(int(argument))
                    else:
                        workers.kill(argument)
                        workers.start(argument)
                while to_acknowledge and due[to_acknowledge[0]] - passed < 8:
                    signaal_id = to_acknowledge.pop(0)
                    if due[signaal_id] - passed >= 3:
                        _acknowledge(runtime, signaal_id)
                        acknowledged.add(signaal_id)
                for signaal_id in _taken(runtime) - seen.keys():
                    seen[signaal_id] = time.monotonic() - begun
                time.sleep(0.25)
            with runtime.system_unit("bench", write=False) as uow:
                events = uow.session.exec(
                    select(Signaalgebeurtenis.signaal_id).where(
                        Signaalgebeurtenis.actie == Actie.TERMIJN_VERSTREKEN.value
                    )
                ).all()
            workers.stop()
            spent = getrusage(RUSAGE_CHILDREN)
            seconds = spent.ru_utime + spent.ru_stime - used.ru_utime - used.ru_stime
            assert seen, "no worker took a step"
            late = sorted(seen[one] - due[one] for one in seen)
            never = due.keys() - seen.keys() - acknowledged
            print(
                f"{kind:<11} {len(seen)} escalated, {len(never)} never, {len(events) - len(set(events))} twice, "
                f"{len(acknowledged & set(events))} of {len(acknowledged)} acknowledged ones; late: p50 "
                f"{late[len(late) // 2]:.1f} s, at most {late[-1]:.1f} s (goal {GOAL_SECONDS:.0f}), earliest {late[0]:.1f} s; "
                f"{KILLS} kills, clock an hour back and forth; the workers used {seconds:.0f} s of processor time, their starts and "
                f"messages included, load {os.getloadavg()[0]:.1f}"
            )


if __name__ == "__main__":
    main()
