"""Rules of the house that no other checker knows, over the files that git tracks.

Sizes, forbidden names, where a query may start, personal data, and traces of the machine that wrote a file.
Each rule is a function that takes a path and a text and gives what is wrong, so that each has a test of its
own.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

MAX_LINES = 400
MAX_TEST_LINES = 500

_CODE = {".py", ".ts", ".tsx", ".js", ".mjs", ".css", ".sh"}
_LOCKS = re.compile(r"(^|/)(package-lock\.json|requirements.*\.lock)$")
_NAMES = {"models", "model", "utils", "util", "helpers", "helper", "common"}

# Written in pieces: this file is checked too.
_HOSTS = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in [
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("yarnpkg", "com"),
            ("npmmirror", "com"),
            ("proxy", "golang", "org"),
        ]
    )
)
_REGISTRY_SETTING = re.compile(
    r"^\s*(?:--(?:extra-)?index-url|--find-links|registry\s*=|\"resolved\":\s*\"http)", re.MULTILINE
)
_MACHINE_PATH = re.compile(r"(?<![\w.~*/$}-])/(?:" + "|".join(["work", "root", "home", "Users"]) + r")/[\w.]")
# A Dutch mobile number: 06, +31 6 or 0031 6 and eight digits, with or without blanks and hyphens.
_MOBILE = re.compile(r"(?<![\w.+])(?:(?:\+|00)31[ -]?(?:\(0\)[ -]?)?6|06)(?:[ -]?\d){8}(?![\w.]\w)(?!\d)")


def check_size(path: PurePosixPath, text: str) -> Iterator[str]:
    """A file of code has at most 400 lines, a test 500. Migrations are history and may not be reshaped."""
    if path.suffix not in _CODE or "versions" in path.parts or "dist" in path.parts:
        return
    is_test = path.parts[0] == "tests" or ".test." in path.name
    limit = MAX_TEST_LINES if is_test else MAX_LINES
    lines = text.count("\n")
    if lines > limit:
        yield f"{lines} regels; het hoogste is {limit}"


def check_name(path: PurePosixPath, _text: str) -> Iterator[str]:
    """A name says what is inside; 'models', 'utils', 'helpers' and 'common' say nothing."""
    if path.suffix not in _CODE:
        return
    for part in (*path.parts[:-1], path.name.split(".")[0]):
        if part.lower() in _NAMES:
            yield f"'{part}' zegt niet wat erin staat"


def check_queries(path: PurePosixPath, text: str) -> Iterator[str]:
    """A query starts in a repository, where `readable_by(caller)` is; core reads the tables that it owns."""
    if path.suffix != ".py" or path.parts[0] != "app" or path.parts[1] == "core":
        return
    if path.stem == "repository" or "repository" in path.parts:
        return
    tree = ast.parse(text)
    names, modules = _query_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _starts_query(node.func, names, modules):
            yield f"regel {node.lineno}: een query hoort in repository.py"


def _query_names(tree: ast.Module) -> tuple[set[str], set[str]]:
    """The local names of `select` and `text`, and of the modules that hold them."""
    names: set[str] = set()
    modules: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in {
            "sqlalchemy",
            "sqlmodel",
        }:
            names |= {alias.asname or alias.name for alias in node.names if alias.name in {"select", "text"}}
        elif isinstance(node, ast.Import):
            modules |= {
                alias.asname or alias.name.split(".")[0]
                for alias in node.names
                if alias.name.split(".")[0] in {"sqlalchemy", "sqlmodel"}
            }
    return names, modules


def _starts_query(function: ast.expr, names: set[str], modules: set[str]) -> bool:
    if isinstance(function, ast.Name):
        return function.id in names
    return (
        isinstance(function, ast.Attribute)
        and function.attr in {"select", "text"}
        and isinstance(function.value, ast.Name)
        and function.value.id in modules
    )


def check_demo(path: PurePosixPath, text: str) -> Iterator[str]:
    """Only the command line knows the demo (docs/adr/0010); the service runs without it."""
    if path.suffix != ".py" or path.parts[0] not in {"app", "geo"} or path.parts[:2] == ("app", "cli"):
        return
    for node in ast.walk(ast.parse(text)):
        modules = (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom) and node.level == 0
            else []
        )
        if any(module.split(".")[0] == "demo" for module in modules):
            yield f"regel {getattr(node, 'lineno', 0)}: de dienst kent de demo niet"


def check_personal_data(path: PurePosixPath, text: str) -> Iterator[str]:
    """No mobile number stands in the repository (DAT-08); a test makes its numbers while it runs."""
    if _LOCKS.search(str(path)):
        return
    for match in _MOBILE.finditer(text):
        yield f"regel {_line(text, match)}: een mobiel nummer"


def check_machine(_path: PurePosixPath, text: str) -> Iterator[str]:
    """No package registry and no folder of one machine: they break on any other machine."""
    for pattern, what in [
        (_HOSTS, "de naam van een pakketregister"),
        (_REGISTRY_SETTING, "een instelling voor een pakketregister"),
        (_MACHINE_PATH, "een pad van een machine"),
    ]:
        for match in pattern.finditer(text):
            yield f"regel {_line(text, match)}: {what}"


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1


RULES = [check_size, check_name, check_queries, check_demo, check_personal_data, check_machine]


def tracked_files(root: Path) -> list[PurePosixPath]:
    """What git tracks or would track: new files count, ignored ones do not."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
        text=True,
    )
    return [PurePosixPath(name) for name in sorted(listed.stdout.split("\0")) if name]


def check_tree(root: Path) -> Iterator[str]:
    """Hold every tracked text file against every rule."""
    for path in tracked_files(root):
        file = root / path
        if not file.is_file():
            continue
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or another binary file
        for rule in RULES:
            for complaint in rule(path, text):
                yield f"{path}: {complaint}"


def main() -> int:
    """Print what breaks a rule; exit code 1 when something does."""
    complaints = list(check_tree(Path(__file__).resolve().parent.parent))
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
