"""Pytest plugins of the whole repository; the fixtures stand in tests/conftest.py."""

pytest_plugins = ["tests.plugins.requirements", "tests.plugins.no_skips", "pytester"]
