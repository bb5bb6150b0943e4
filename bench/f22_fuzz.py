"""F22: schema-driven fuzz, at least 20,000 cases on each database: 0 answers of 500 and up, 0 undocumented statuses.

Takes about ten minutes per database. `./run bench F22 60` tries 60 cases per operation instead.
"""

import os
import subprocess
import sys

from app.core.settings import ROOT
from app.gemeenten.rules.rechten import RECHTEN
from tools.postgres import VARIABLE, private_server

GOAL = 20_000


def main() -> None:
    """Runs the fuzz of the test run with more cases per operation."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else -(-GOAL // len(RECHTEN))
    print(
        f"{cases} cases for each of {len(RECHTEN)} operations on each database: about {cases * len(RECHTEN)} (goal {GOAL})"
    )
    with private_server(durable=False) as url:
        environment = {**os.environ, VARIABLE: url, "VELDWACHT_FUZZ_CASES": str(cases)}
        command = [sys.executable, "-m", "pytest", "tests/test_fuzz.py", "-q", "-n", "2", "-p", "no:cacheprovider"]
        sys.exit(subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode)


if __name__ == "__main__":
    main()
