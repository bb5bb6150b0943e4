"""F27: from the answer to a finding until its signal stands in the AF's inbox, under the load of F9 at 8 connections."""

import json
import sys
import threading
import time

import httpx

from bench import load
from bench.intake import ANSWERS, service

GOAL_MS = 100.0
FLAGS = 100
LOAD = 1_500
RED = {**ANSWERS, "IDE-03": "bij werkgever, bureau, verhuurder of exploitant"}


def main() -> None:
    """Prints the 50th and 99th percentile per database."""
    for kind in sys.argv[1:] or ["postgresql", "sqlite"]:
        with service(kind, FLAGS + LOAD + 10) as bench:
            reds = [bench.request(dict(RED)) for _ in range(FLAGS)]
            ordinary = [bench.request(dict(ANSWERS)) for _ in range(LOAD)]
            background = threading.Thread(target=load.run, args=(bench.port, ordinary, 8))
            waits: list[float] = []
            headers = {"Authorization": f"Bearer {bench.af_token}"}
            with httpx.Client(
                base_url=f"http://127.0.0.1:{bench.port}/v1", headers=headers, trust_env=False, timeout=30
            ) as inbox:
                background.start()
                under_load = 0
                for number, request in enumerate(reds, start=1):
                    answer = load.run(bench.port, [request], 1)
                    assert json.loads(answer.bodies[0])["resultaten"][1]["status"].startswith("verwerkt")
                    answered = time.perf_counter()
                    under_load += background.is_alive()
                    while len(inbox.get("/signalen", params={"limiet": 500}).json()["resultaten"]) < number:
                        assert time.perf_counter() - answered < 10, "the signal never came"
                    waits.append((time.perf_counter() - answered) * 1000)
                background.join()
            waits.sort()
            print(
                f"{kind:<11} p50 {waits[len(waits) // 2]:.0f} ms, p99 {waits[int(len(waits) * 0.99) - 1]:.0f} ms "
                f"(goal {GOAL_MS:.0f}); {under_load} of {FLAGS} measured under load; includes reading the inbox itself"
            )


if __name__ == "__main__":
    main()
