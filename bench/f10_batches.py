"""F10: the same in batches of 20 controls, as a tablet that comes back online; controls per second."""

import json
import sys

from bench import load
from bench.intake import ANSWERS, service

GOAL = 1_200.0
BATCH = 20
BATCHES = 100


def main() -> None:
    """Prints a line per database."""
    for kind in sys.argv[1:] or ["postgresql", "sqlite"]:
        with service(kind, (BATCHES + 2) * BATCH) as bench:
            load.run(bench.port, [bench.request(dict(ANSWERS), BATCH)], 1)
            requests = [bench.request(dict(ANSWERS), BATCH) for _ in range(BATCHES)]
            before = bench.cpu_seconds()
            result = load.run(bench.port, requests, 8)
            cpu = (bench.cpu_seconds() - before) * 1000 / (BATCHES * BATCH)
            events = [event["status"] for body in result.bodies for event in json.loads(body)["resultaten"]]
            assert result.statuses == {200: BATCHES}, result.statuses
            assert all(status.startswith("verwerkt") for status in events), set(events)
            rate = result.rate * BATCH
            print(
                f"{kind:<11} {rate:>6.0f} controls/s (goal {GOAL:.0f}, ratio {rate / GOAL:.2f}); CPU {cpu:.1f} ms a control; "
                f"p95 {result.percentile(0.95):.0f} ms a batch"
            )


if __name__ == "__main__":
    main()
