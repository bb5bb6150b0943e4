"""The API of this process and its description, each made once: they cost seconds and cannot change."""

from functools import cache
from typing import Any

from fastapi import FastAPI

from app.main import create_api


@cache
def the_api() -> FastAPI:
    """The API that the first server of this process uses too (see tests/support/service.py)."""
    return create_api()


def description() -> dict[str, Any]:
    """The OpenAPI document; whoever changes it makes a copy."""
    document: dict[str, Any] = the_api().state.describe()
    return document


@cache
def operations() -> dict[str, tuple[str, str]]:
    """Method and path by operation id."""
    return {
        operation["operationId"]: (method, path)
        for path, methods in description()["paths"].items()
        for method, operation in methods.items()
    }
