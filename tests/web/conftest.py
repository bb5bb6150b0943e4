"""The browser's tests come first: a run with several workers gives the first of them the first tests, so the others never wait for the browser."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keeps the order of the other tests."""
    items.sort(key=lambda item: item.path.name != "test_browser.py")
