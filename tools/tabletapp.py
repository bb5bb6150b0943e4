"""Builds the tablet app (`web/dist`) when it is not what the sources say; `python -m tools.tabletapp [--mag-ontbreken]`.

Needs Node, npm and nothing of the Python environment. A stamp beside the packages remembers what the last build was made of, so that a
second start takes no time.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("src", "public", "index.html", "vite.config.ts", "tsconfig.json", "package.json", "package-lock.json")
MADE = {"schema.d.ts"}
LOWEST_NODE = 20
HOW = (
    "Installeer Node 20 of nieuwer met npm (Debian: pakket nodejs en npm; macOS: 'brew install node') en start opnieuw."
)


class CannotBuild(Exception):
    """The app cannot be built here; the message says why and what to do, in Dutch."""


def digest(paths: Iterator[Path], root: Path) -> str:
    """One digest of files by name and content."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(f"{path.relative_to(root)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def sources(root: Path) -> Iterator[Path]:
    """All files that the build depends on."""
    yield root / "openapi.json"
    for name in SOURCES:
        place = root / "web" / name
        yield from [place] if place.is_file() else (p for p in place.rglob("*") if p.is_file() and p.name not in MADE)


def check_node() -> None:
    """Whether Node and npm are there.

    Raises:
        CannotBuild: not, or too old.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise CannotBuild(f"Node of npm ontbreekt. {HOW}")
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    if not told.startswith("v") or int(told[1:].split(".")[0]) < LOWEST_NODE:
        raise CannotBuild(f"Node is hier {told.strip() or 'stuk'}. {HOW}")


def install(root: Path) -> None:
    """The packages as the lock file names them; no package runs a script of its own.

    Raises:
        CannotBuild: they could not be fetched.
    """
    stamp = root / "web" / "node_modules" / ".veldwacht"
    wanted = digest(iter([root / "web" / "package-lock.json"]), root)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    print("Node-pakketten installeren in web ...", file=sys.stderr, flush=True)
    _npm(root, "de Node-pakketten konden niet worden opgehaald", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    stamp.write_text(wanted, encoding="utf-8")


def build(root: Path) -> bool:
    """Builds when needed; answers whether it did.

    Raises:
        CannotBuild: it could not.
    """
    stamp = root / "web" / "node_modules" / ".veldwacht-bouw"
    wanted = digest(sources(root), root)
    done = (root / "web" / "dist" / "index.html").is_file() and stamp.is_file()
    if done and stamp.read_text(encoding="utf-8") == wanted:
        return False
    check_node()
    install(root)
    print("De tabletapp wordt gebouwd ...", file=sys.stderr, flush=True)
    _npm(root, "de tabletapp kon niet worden gebouwd", "run", "--silent", "bouw")
    stamp.write_text(wanted, encoding="utf-8")
    return True


def _npm(root: Path, otherwise: str, *arguments: str) -> None:
    command = [shutil.which("npm") or "npm", "--prefix", str(root / "web"), *arguments]
    environment = {**os.environ, "npm_config_update_notifier": "false", "npm_config_loglevel": "error"}
    done = subprocess.run(command, cwd=root / "web", env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print((done.stdout + done.stderr)[-4000:], file=sys.stderr)
        raise CannotBuild(f"{otherwise}. Controleer de internetverbinding en probeer het opnieuw.")


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Builds; without Node that is an error, unless the app may be absent."""
    parser = argparse.ArgumentParser(prog="tools.tabletapp", description="Bouwt de tabletapp als dat nodig is.")
    parser.add_argument("--mag-ontbreken", action="store_true", help="ga door zonder app als Node ontbreekt")
    chosen = parser.parse_args(arguments)
    try:
        build(root)
    except CannotBuild as error:
        if not chosen.mag_ontbreken:
            print(f"Dit lukt niet: {error}", file=sys.stderr)
            return 1
        print(f"De tabletapp doet nu niet mee: {error}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
