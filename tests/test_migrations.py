"""The migrations on both databases: one head, up and down, and exactly the tables of the code (pytest-alembic)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from pytest_alembic import MigrationContext, tests
from pytest_alembic.config import Config
from pytest_alembic.runner import runner

from app.core.settings import ROOT
from tests.support.databases import KINDS, POSTGRES


@pytest.fixture(params=KINDS)
def alembic_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield sa.create_engine(f"sqlite:///{tmp_path / 'migraties.db'}")
        return
    assert POSTGRES is not None
    admin = sa.create_engine(POSTGRES, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    name = f"vw_migrations_{abs(hash(tmp_path))}"
    with admin.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    engine = sa.create_engine(sa.make_url(POSTGRES).set(database=name))
    yield engine
    engine.dispose()
    with admin.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def migrations(alembic_engine: sa.Engine) -> Iterator[MigrationContext]:
    config = Config(config_options={"script_location": str(ROOT / "migrations")})
    with runner(config=config, engine=alembic_engine) as context:
        yield context


def test_there_is_one_head(migrations: MigrationContext) -> None:
    tests.test_single_head_revision(migrations)


def test_an_empty_database_reaches_the_head(migrations: MigrationContext) -> None:
    tests.test_upgrade(migrations)


def test_up_and_down_are_consistent(migrations: MigrationContext) -> None:
    tests.test_up_down_consistency(migrations)


def test_the_migrations_make_the_tables_of_the_code(migrations: MigrationContext) -> None:
    tests.test_model_definitions_match_ddl(migrations)
