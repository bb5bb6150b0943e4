"""Runs a command, its children and their database at another moment: what hangs on the day shows before that day comes.

    python -m tools.klok 2026-12-31T23:30 python -m tools.toets -n 2 --ignore=tests/web tests

The clock goes on from that moment, in Dutch time. Linux only, with a C compiler; the files on the disk keep the true time, so a test that looks
at the age of a file can fail by it. `faketime` does the same, but makes `time.sleep` of Python fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

_SOURCE = Path(__file__).with_suffix(".c")


def main(arguments: list[str]) -> int:
    """Run the command and give its exit code.

    Args:
        arguments: the moment (ISO, Dutch time), and the command with its arguments.
    """
    compiler = shutil.which("cc")
    if len(arguments) < 2 or compiler is None:
        print(__doc__ if compiler else "Hiervoor is een C-compiler (cc) nodig.", file=sys.stderr)
        return 2
    moment = datetime.fromisoformat(arguments[0]).replace(tzinfo=ZoneInfo("Europe/Amsterdam"))
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "klok.so"
        subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", str(library), str(_SOURCE)], check=True)
        # The database runs as another user.
        Path(folder).chmod(0o755)
        moved = {"LD_PRELOAD": str(library), "VELDWACHT_KLOK_SECONDEN": str(round(moment.timestamp() - time.time()))}
        return subprocess.run(arguments[1:], env={**os.environ, **moved}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
