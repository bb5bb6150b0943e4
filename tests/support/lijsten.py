"""The shipped lists in a test database."""

from app.core.runtime import Runtime
from app.core.settings import ROOT
from app.gemeenten.adapters.bestanden import read_seeds
from app.gemeenten.service.lijsten import seed_list_values

LIJSTEN = read_seeds(ROOT / "checklists")[1]


def seed_lists(runtime: Runtime) -> None:
    """Stores the national values of all shared lists."""
    with runtime.system_unit("test") as uow:
        seed_list_values(uow, "", LIJSTEN)
