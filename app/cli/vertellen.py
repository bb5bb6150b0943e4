"""How the command line speaks: short Dutch lines, progress for what takes long, one sentence for what went wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from app.core.clock import AMSTERDAM
from app.core.errors import CannotGoOn

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


class Mislukt(CannotGoOn):
    """Something cannot go on; the message says in one Dutch sentence what is wrong and how to mend it."""


def vertel(text: str) -> None:
    """Says one line."""
    console.print(text, soft_wrap=True)


def klaag(text: str) -> None:
    """Says what went wrong."""
    errors.print(f"[bold red]Dat lukt niet:[/] {text}", soft_wrap=True)


def in_words(moment: str) -> str:
    """A date or time of the API as people write it here: 22-11-2026, or 22-11-2026 om 03.06 uur."""
    if len(moment) == len("2026-11-22"):
        return f"{date.fromisoformat(moment):%d-%m-%Y}"
    return f"{datetime.fromisoformat(moment).astimezone(AMSTERDAM):%d-%m-%Y om %H.%M uur}"


class Balk:
    """A running progress bar."""

    def __init__(self, progress: Progress, task: TaskID, what: str) -> None:
        self._progress = progress
        self._task = task
        self._what = what

    def stand(self, share: float, text: str = "") -> None:
        """Shows the share done (0 to 1) and what is going on."""
        self._progress.update(self._task, completed=min(1.0, share), description=text or self._what)


@contextmanager
def voortgang(what: str) -> Iterator[Balk]:
    """A progress bar for a long step; without a terminal one line at the begin and one at the end."""
    if not console.is_terminal:
        console.print(f"{what} …")
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=1.0)
        yield Balk(progress, task, what)
        progress.update(task, completed=1.0)
