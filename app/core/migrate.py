"""Brings a database to the schema of this code: the service's own tables, then those of the background work library."""

import logging

from alembic import command
from dbos import DBOS

from app.core.db import alembic_config
from app.core.settings import Settings


def migrate(settings: Settings) -> None:
    """Runs all migrations; a repeat changes nothing."""
    command.upgrade(alembic_config(settings), "head")
    logging.getLogger("dbos").setLevel(logging.WARNING)
    DBOS.migrate(settings.database_url.get_secret_value())
