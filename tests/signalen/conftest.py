"""Fixtures of signals."""

import pytest

from app.core.runtime import Runtime
from tests.support.municipality import Municipality
from tests.support.signalen import Field, store_stock


@pytest.fixture
def field(runtime: Runtime, municipality: Municipality) -> Field:
    """A municipality with objects and norms, and the intake at the level of services."""
    with runtime.system_unit("test") as uow:
        objects = store_stock(uow)
    return Field(runtime, objects, municipality.accounts)
