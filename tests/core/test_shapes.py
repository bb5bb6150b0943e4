"""A field that is refused for its shape says which shape it wants."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

import app.main  # noqa: F401 - its routes register their words
from app.core.http.problems import validation_faults
from app.core.http.schemas import Gemeentecode
from app.core.settings import ROOT
from app.core.shapes import words_of


def _asked_patterns() -> Iterator[str]:
    """Every pattern of what the published API takes in: parameters and bodies with all they refer to."""
    described: dict[str, Any] = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))
    open_: list[Any] = [
        part
        for methods in described["paths"].values()
        for operation in methods.values()
        if isinstance(operation, dict)
        for part in (operation.get("parameters"), operation.get("requestBody"))
    ]
    seen: set[str] = set()
    while open_:
        part = open_.pop()
        if isinstance(part, list):
            open_ += part
        elif isinstance(part, dict):
            if "pattern" in part and isinstance(part["pattern"], str):
                yield part["pattern"]
            if (name := str(part.get("$ref", "")).rpartition("/")[2]) and name not in seen:
                seen.add(name)
                open_.append(described["components"]["schemas"][name])
            open_ += part.values()


def test_every_pattern_of_the_api_has_words() -> None:
    patterns = set(_asked_patterns())
    assert len(patterns) > 20
    assert sorted(pattern for pattern in patterns if words_of(pattern) is None) == []


def test_a_refusal_says_the_shape_and_not_the_value() -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(Gemeentecode).validate_python("Jansen")
    (fault,) = validation_faults(refused.value.errors())
    assert fault.melding == "heeft niet de juiste vorm; verwacht: GM en vier cijfers, bijvoorbeeld GM0518"
