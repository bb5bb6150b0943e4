"""Many ids in one condition: sent as one value, since a condition with thousands of values takes longer to write than to answer."""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.dialects import postgresql
from sqlmodel import Session


def among(session: Session, column: Any, ids: Collection[UUID]) -> ColumnElement[bool]:  # noqa: ANN401 - a column of ids
    """Whether the column holds one of these ids."""
    ordered = sorted(ids)
    if session.get_bind().dialect.name == "sqlite":
        texts = sa.func.json_each(json.dumps([one.hex for one in ordered])).table_valued("value")
        found: ColumnElement[bool] = column.in_(sa.select(texts.c.value))
        return found
    listed: Any = sa.bindparam(None, ordered, postgresql.ARRAY(sa.Uuid()), unique=True)
    is_one: ColumnElement[bool] = column == sa.any_(listed)
    return is_one
