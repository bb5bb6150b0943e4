"""Alembic environment: the tables of all features, on SQLite and PostgreSQL alike."""

from typing import Any

from alembic import context
from sqlalchemy import Connection, Enum, create_engine, pool
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import app.bevindingen.tables
import app.controles.tables
import app.core.tables
import app.gemeenten.tables
import app.maatregelen.tables
import app.objecten.tables
import app.planning.tables
import app.signalen.tables
from app.core.columns import EncryptedText, UtcDateTime

target_metadata = SQLModel.metadata
REGISTERED = (  # importing the modules registers their tables
    app.bevindingen.tables,
    app.controles.tables,
    app.core.tables,
    app.gemeenten.tables,
    app.maatregelen.tables,
    app.objecten.tables,
    app.planning.tables,
    app.signalen.tables,
)


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Leaves the tables of the background work library alone; they have their own migrations."""
    return kind != "table" or name in target_metadata.tables


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Writes our own column types as the plain types they are in the database, so that a migration stands alone."""
    if kind != "type":
        return False
    if isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, EncryptedText):
        return "sa.LargeBinary()"
    if isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


def compare_type(_context: Any, _inspected: Any, column: Any, _database_type: Any, our_type: Any) -> bool | None:
    """Leaves the types that `render_item` writes differently out of the comparison by class."""
    return False if isinstance(our_type, AutoString | UtcDateTime | EncryptedText | Enum) else None


def run(connection: Connection) -> None:
    """Runs the migrations on an open connection."""
    context.configure(
        connection=connection,
        target_metadata=target_metadata,
        compare_type=compare_type,
        render_item=render_item,
        include_name=include_name,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
        context.run_migrations()


# Either the address of the database, or an engine that the migration tests hand over.
given = context.config.attributes.get("connection")
engine = given or create_engine(context.config.attributes["database_url"], poolclass=pool.NullPool)
with engine.connect() as open_connection:
    run(open_connection)
