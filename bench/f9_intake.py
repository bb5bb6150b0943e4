"""F9: complete controls of 30 answers accepted durably per second, one control per request, at 8 and 32 connections."""

import json
import sys

from bench import load
from bench.intake import ANSWERS, Bench, service

GOALS = {8: (400.0, 40.0), 32: (400.0, 120.0)}
PEER = {8: (149.0, 75.0), 32: (146.0, 255.0)}  # ODK Central 2026.2.2, measured elsewhere on two cores (figures.md)
CONTROLS = 2_000
WARM_UP = 100


def measure(bench: Bench, connections: int, controls: int) -> load.Measured:
    """Sends `controls` whole controls and checks that each was taken in."""
    requests = [bench.request(dict(ANSWERS)) for _ in range(controls)]
    result = load.run(bench.port, requests, connections)
    taken = sum(
        event["status"].startswith("verwerkt") for body in result.bodies for event in json.loads(body)["resultaten"]
    )
    assert result.statuses == {200: controls}, result.statuses
    assert taken == controls * 3, f"{taken} events of {controls * 3} were taken in"
    return result


def main() -> None:
    """Prints a line per database and number of connections, with the goal and the peer."""
    kinds = sys.argv[1:] or ["postgresql", "sqlite"]
    print("database    conn  controls/s  (goal, peer)   p95 ms (goal, peer)   CPU ms/control (goal 5)   MB (goal 150)")
    for kind in kinds:
        with service(kind, 2 * CONTROLS + WARM_UP + 10) as bench:
            measure(bench, 4, WARM_UP)
            for connections, (rate, p95) in GOALS.items():
                before = bench.cpu_seconds()
                result = measure(bench, connections, CONTROLS)
                cpu = (bench.cpu_seconds() - before) * 1000 / CONTROLS
                peer_rate, peer_p95 = PEER[connections]
                print(
                    f"{kind:<11} {connections:>4}  {result.rate:>10.0f}  ({rate:.0f}, {peer_rate:.0f})"
                    f"  {result.percentile(0.95):>12.1f} ({p95:.0f}, {peer_p95:.0f})"
                    f"  {cpu:>12.1f}  {bench.memory_mb():>22.0f}"
                )


if __name__ == "__main__":
    main()
