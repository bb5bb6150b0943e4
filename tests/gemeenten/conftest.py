"""Fixtures of the municipality's tests."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest

from app.core.runtime import Runtime
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.tables import Account
from tests.support.municipality import BUUR, Municipality

Change = Callable[[httpx.Client, str, dict[str, Any]], httpx.Response]


@pytest.fixture
def neighbour(runtime: Runtime, municipality: Municipality) -> UUID:  # noqa: ARG001 - the municipality must stand
    """A manager in the neighbouring municipality."""
    account = Account(
        sub="buur-beheerder",
        gemeentecode=BUUR,
        functie="Beheerder 2",
        rollen=[Rol.BEHEERDER],
        actief_vanaf=date(2024, 1, 1),
    )
    with runtime.system_unit("test") as uow:
        uow.session.add(account)
    return account.id


@pytest.fixture
def change() -> Change:
    def patch(client: httpx.Client, path: str, body: dict[str, Any]) -> httpx.Response:
        etag = client.get(path).headers["etag"]
        return client.patch(path, json=body, headers={"If-Match": etag})

    return patch
