"""What of the municipality itself an import looks at and writes: for a trial run on a copy of what stands."""

from sqlmodel import SQLModel

from app.gemeenten.tables import Gebied, Gemeente, Norm, Taak


def tables_for_trial() -> tuple[type[SQLModel], ...]:
    """The tables that a trial run needs besides its own: the municipality, its areas and norms, and the tasks that follow."""
    return Gemeente, Gebied, Norm, Taak
