"""Less garbage collection: modules, routes and collected tests live as long as the process, yet each full collection walked them all.

That was a sixth of the processor time of a run. Collection stays on, so that what a test leaves behind is still found.
"""

import gc

import pytest


def pytest_configure() -> None:
    """While modules are imported and tests collected, next to nothing becomes garbage."""
    gc.set_threshold(20_000, 20, 100)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What stands now is not looked at again."""
    gc.collect()
    gc.freeze()
