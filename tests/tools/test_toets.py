"""The run of the tests on a machine without PostgreSQL."""

import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_a_machine_without_postgresql_says_so(tmp_path: Path, ci: str, code: int) -> None:
    (tmp_path / "test_iets.py").write_text("def test_iets(): pass\n")
    # The search for installed programs is emptied in the child, as on a machine that has none.
    script = (
        "import sys; from tools import postgres, toets; postgres._INSTALLED = (); "
        f"sys.exit(toets.main([{str(tmp_path / 'test_iets.py')!r}, '-q', '--rootdir', {str(tmp_path)!r},"
        " '-c', '/dev/null']))"
    )
    environment = {"PATH": "/nergens", "CI": ci, "PYTHONPATH": str(_ROOT)}
    result = subprocess.run(  # noqa: S603 - our own tool
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == code
    assert "Geen PostgreSQL gevonden: alleen SQLite getest; CI staat dit niet toe" in result.stderr
    assert ("1 passed" in result.stdout) is (ci == "")
