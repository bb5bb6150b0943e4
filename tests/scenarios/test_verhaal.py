"""The main job, from the first import to the acknowledged signal, in real processes over real HTTP."""

import os
import subprocess
import sys

from app.core.settings import ROOT


def test_the_story_of_the_demo_holds() -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("VELDWACHT_")}
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "demo", "--verhaal"],
        cwd=ROOT,
        env={**environment, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Het hele verhaal klopt." in done.stdout
    for step in range(1, 12):
        assert f"\n{step}. " in done.stdout
