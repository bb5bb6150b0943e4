"""Runs the Python tests once, on SQLite and on PostgreSQL.

Without `VELDWACHT_TEST_POSTGRES` a private PostgreSQL is started for the run. A machine without PostgreSQL
tests SQLite only and says so; where `CI` is set that is an error, because both databases must hold
(docs/adr/0002).
"""

from __future__ import annotations

import os
import sys

from tools import postgres

_WITHOUT = "Geen PostgreSQL gevonden: alleen SQLite getest; CI staat dit niet toe"
# Many tests wait for a process or a clock, so three workers keep two cores busy.
_WORKERS = ["-n", "3", "--durations=25"]


def main(arguments: list[str]) -> int:
    """Run pytest and give its exit code.

    Args:
        arguments: passed to pytest as they are; without any, everything is run by three workers.
    """
    command = [sys.executable, "-m", "pytest", *(arguments or _WORKERS)]
    environment = dict(os.environ)
    postgres.clean_exit_on_sigterm()
    if environment.get(postgres.VARIABLE):
        return postgres.run(command, environment)
    try:
        with postgres.private_server(durable=False) as url:
            return postgres.run(command, {**environment, postgres.VARIABLE: url})
    except postgres.PostgresNotFound:
        if environment.get("CI", "").lower() in {"1", "true"}:
            print(f"{_WITHOUT}.", file=sys.stderr)
            return 1
        code = postgres.run(command, environment)
        print(f"{_WITHOUT}.", file=sys.stderr)
        return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
