"""Alembic environment: the tables of all features, on SQLite and PostgreSQL alike."""

from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine, pool
from sqlmodel import SQLModel

import app.core.tables
import app.tables  # noqa: F401 - registers the tables

target_metadata = SQLModel.metadata


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Leaves the tables of the background work library alone; they have their own migrations."""
    return kind != "table" or name in target_metadata.tables


def run(connection: Connection) -> None:
    """Runs the migrations on an open connection."""
    context.configure(
        connection=connection,
        target_metadata=target_metadata,
        compare_type=True,
        include_name=include_name,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = create_engine(context.config.attributes["database_url"], poolclass=pool.NullPool)
    with engine.connect() as connection:
        run(connection)
