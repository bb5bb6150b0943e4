"""All tests of planning play on one day of the year."""

import pytest

from app.controles.repository import briefing
from app.core import unit_of_work
from tests.planning import kalender


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (unit_of_work, briefing):
        monkeypatch.setattr(module, "utc_now", kalender.now)
