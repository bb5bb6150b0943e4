"""What can be tested on this machine."""

import contextlib

from tools import postgres

# Without PostgreSQL programs there is no server to start. CI always has them: `tools.toets` insists there.
collect_ignore = ["test_postgres.py"]
with contextlib.suppress(postgres.PostgresNotFound):
    postgres.find_programs()
    collect_ignore = []
