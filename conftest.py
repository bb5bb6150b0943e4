"""Pytest plugins of the whole repository; the fixtures stand in tests/conftest.py."""

import os

# No process that a test starts may reach the internet; before anything reads the settings.
for source in ("LOCATIESERVER", "BAG_API", "KVK_API"):
    os.environ[f"VELDWACHT_{source}_URL"] = "http://127.0.0.1:9"

pytest_plugins = ["tests.plugins.requirements", "tests.plugins.no_skips", "tests.plugins.garbage", "pytester"]
