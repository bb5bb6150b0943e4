"""F15: exports of 10,000 controls in each format: seconds, time to the first byte, and memory at 10,000 against 100,000 rows.

    python -m bench.f15_export [postgresql] [sqlite]

The first GeoJSON is asked of a service that just started ("cold"). Peer: ODK Central 2026.2.2 with 10,000 submissions of 31
questions, measured elsewhere on two cores: CSV 2.0 to 2.3 s, GeoJSON 10.7 s.
"""

import http.client
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.intake import Bench, service

GOALS = {"csv": 0.5, "geojson": 0.3}
PEER = {"csv": "2.0 to 2.3 s", "geojson": "10.7 s"}
ROUNDS = 5


@dataclass
class Taken:
    """One export: seconds to the first byte and in all, bytes, and the highest memory of the service and its children in MB."""

    first: float
    whole: float
    size: int
    service_mb: float
    child_mb: float


def main() -> None:
    """Prints a line per format and database."""
    for kind in sys.argv[1:] or ["postgresql", "sqlite"]:
        for rows in (10_000, 100_000):
            with service(kind, rows) as bench:
                for formaat in ("geojson", "csv", "xlsx", "gpkg"):
                    rounds = [_export(bench, formaat) for _ in range(ROUNDS if rows == 10_000 else 1)]
                    _tell(kind, rows, formaat, rounds)


def _tell(kind: str, rows: int, formaat: str, rounds: list[Taken]) -> None:
    cold, best = rounds[0], min(rounds, key=lambda taken: taken.whole)
    middle = sorted(taken.whole for taken in rounds)[len(rounds) // 2]
    goal = f"goal {GOALS[formaat]} s, peer {PEER[formaat]}" if formaat in GOALS and rows == 10_000 else ""
    print(
        f"{kind:<11} {rows:>7} {formaat:<8} first asked {cold.whole:6.2f} s, median {middle:6.2f} s, best {best.whole:6.2f} s, "
        f"first byte {best.first:6.3f} s, {best.size / 1e6:6.1f} MB, "
        f"service {max(t.service_mb for t in rounds):.0f} MB, child {max(t.child_mb for t in rounds):.0f} MB  {goal}",
        flush=True,
    )


def _export(bench: Bench, formaat: str) -> Taken:
    connection = http.client.HTTPConnection("127.0.0.1", bench.port, timeout=300)
    headers = {"Authorization": f"Bearer {bench.planner_token}"}
    with _highest(bench.service_pid) as highest:
        begun = time.perf_counter()
        connection.request("GET", f"/v1/exporten/controles?formaat={formaat}", headers=headers)
        answer = connection.getresponse()
        size = len(answer.read(1))
        first = time.perf_counter() - begun
        while piece := answer.read(1 << 20):
            size += len(piece)
        whole = time.perf_counter() - begun
    assert answer.status == 200, answer.status
    connection.close()
    return Taken(first, whole, size, highest[0], highest[1])


@contextmanager
def _highest(pid: int) -> Iterator[list[float]]:
    """The highest memory of the process and of its children while the block runs, looked at every 20 ms."""
    highest = [0.0, 0.0]
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.02):
            highest[0] = max(highest[0], _memory(pid))
            highest[1] = max(highest[1], *map(_memory, _children(pid)), 0.0)

    watch = threading.Thread(target=look)
    watch.start()
    try:
        yield highest
    finally:
        done.set()
        watch.join()


def _memory(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            found += map(int, (task / "children").read_text().split())
        except (FileNotFoundError, ProcessLookupError):
            continue
    return [child for child in found if _is_writer(child)]


def _is_writer(pid: int) -> bool:
    """Whether the child runs its own program already: until then it shows the memory of the service."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return b"werkblad" in command or b"geopakket" in command


if __name__ == "__main__":
    main()
