"""Fixtures: every test that takes `database_url` (or what builds on it) runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.runtime import Runtime
from app.core.settings import Settings
from tests.support.databases import KINDS, Templates, usual_settings
from tests.support.issuer import Issuer
from tests.support.municipality import Municipality
from tests.support.service import Service, running


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Templates]:
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    made = Templates(tmp_path_factory.mktemp("databases"), worker)
    yield made
    made.drop()


@pytest.fixture(scope="session")
def issuer() -> Iterator[Issuer]:
    made = Issuer()
    yield made
    made.stop()


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, templates: Templates) -> Iterator[str]:
    """The URL of a fresh, migrated database: empty, unless the test asks for the municipality."""
    with templates.database(request.param, filled="municipality" in request.fixturenames) as url:
        yield url


@pytest.fixture
def settings(database_url: str, tmp_path: Path, issuer: Issuer) -> Settings:
    return usual_settings(database_url, tmp_path, issuer.url)


@pytest.fixture
def runtime(settings: Settings) -> Iterator[Runtime]:
    """The parts of a process on a fresh database."""
    made = Runtime.start(settings)
    yield made
    made.stop()


@pytest.fixture
def municipality(database_url: str, templates: Templates) -> Municipality:
    """Voorbeeldstad and its neighbour, with an account for each role."""
    return templates.municipality("sqlite" if database_url.startswith("sqlite") else "postgresql")


@pytest.fixture
def service(settings: Settings, municipality: Municipality, issuer: Issuer) -> Iterator[Service]:  # noqa: ARG001 - the municipality must be stored
    """The service over real HTTP, with the municipality in its database."""
    with running(settings, issuer) as made:
        yield made
