"""Deadlines as pure rules: clock hours, Dutch working days and office hours, nights in which the clock is changed."""

from datetime import UTC, datetime, timedelta

import pytest
import yaml

from app.core.settings import ROOT
from app.signalen.rules.kantooruren import halfway
from app.signalen.rules.termijnen import DUUR, TRAPPEN, Ontvanger, due, step_at, steps
from app.signalen.rules.uurwerk import Uurwerk
from app.signalen.status import Termijnsoort, Urgentie

T, U = Termijnsoort, Urgentie


def _norms() -> dict[str, float]:
    rows = yaml.safe_load((ROOT / "checklists" / "termijnen-1.yaml").read_text(encoding="utf-8"))["landelijk"]
    return {row["sleutel"]: row["waarde"] for row in rows if row["waarde"] is not None}


NORMS = _norms()


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("soort", "urgentie", "sent", "expected"),
    [
        # The night in which summer time starts: 01:30 in Amsterdam, an hour by the clock of the sun.
        (T.BEVESTIGEN, U.SPOED, "2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00"),
        # The night in which it ends: the same hour comes twice.
        (T.BEVESTIGEN, U.SPOED, "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00"),
        (T.BEVESTIGEN, U.ACUUT, "2026-12-25T23:50+01:00", "2026-12-26T00:20+01:00"),
        # Thursday before Easter: the two working days are Tuesday and Wednesday.
        (T.BEVESTIGEN, U.REGULIER, "2026-04-02T16:00+02:00", "2026-04-08T17:00+02:00"),
        (T.PIKET, U.SPOED, "2026-03-02T02:00+01:00", "2026-03-02T02:15+01:00"),
        # ROL-04: the same night, whenever it is sent; who is told just before seven gets some time.
        (T.ZORGCOORDINATOR, U.SPOED, "2026-03-02T02:00+01:00", "2026-03-02T07:00+01:00"),
        (T.ZORGCOORDINATOR, U.ACUUT, "2026-03-02T20:30+01:00", "2026-03-03T07:00+01:00"),
        (T.ZORGCOORDINATOR, U.SPOED, "2026-03-02T06:50+01:00", "2026-03-02T10:50+01:00"),
        (T.ZORGCOORDINATOR, U.REGULIER, "2026-03-06T12:00+01:00", "2026-03-13T17:00+01:00"),
        (T.VEILIG_THUIS, U.REGULIER, "2026-03-02T10:00+01:00", "2026-03-03T00:00+01:00"),
        (T.BEOORDELEN, U.SPOED, "2026-10-24T12:00+02:00", "2026-10-25T11:00+01:00"),
        (T.OVERDRAGEN, U.REGULIER, "2026-12-21T10:00+01:00", "2027-01-06T17:00+01:00"),
        # Days keep the time of the Dutch clock.
        (T.AGENDA, U.ACUUT, "2026-03-20T10:00+01:00", "2026-04-03T10:00+02:00"),
        (T.PARTNERREACTIE, U.SPOED, "2026-03-27T10:00+01:00", "2026-03-30T10:00+02:00"),
        (T.EERSTE_TERUGKOPPELING, U.ACUUT, "2026-03-06T23:00+01:00", "2026-03-09T17:00+01:00"),
        (T.BRP_VRIJGAVE, U.REGULIER, "2026-03-02T10:00+01:00", "2026-03-09T17:00+01:00"),
    ],
)
def test_table_f(soort: Termijnsoort, urgentie: Urgentie, sent: str, expected: str) -> None:
    assert due(soort, urgentie, _at(sent), NORMS) == _at(expected)


def test_every_deadline_has_a_norm_and_steps_and_an_absent_norm_makes_none() -> None:
    asked = {duur.sleutel for row in DUUR.values() for duur in row.values()}
    assert asked <= NORMS.keys()
    assert set(DUUR) | {T.BEVESTIGEN, T.PIKET} == set(T)
    assert set(TRAPPEN) | {T.BEVESTIGEN} == set(T)
    now = _at("2026-03-02T10:00+01:00")
    assert [due(soort, U.REGULIER, now, {}) for soort in DUUR] == [None] * len(DUUR)
    assert due(T.PIKET, U.REGULIER, now, NORMS) is None, "nobody is woken for a regular signal"


def test_a_silent_on_call_goes_to_the_stand_in_and_then_to_the_police() -> None:
    start = _at("2026-03-02T02:00+01:00")
    moments, taken = [], start
    for trap in steps(T.PIKET, U.SPOED):
        found = step_at(trap, start, start, taken, NORMS)
        assert found is not None
        taken = found
        moments.append((trap.naar, found - start))
    quarter = timedelta(minutes=15)
    assert moments == [
        ((Ontvanger.PIKET,), quarter * 0),
        ((Ontvanger.VERVANGER,), quarter),
        ((Ontvanger.POLITIE, Ontvanger.BELLIJST, Ontvanger.TEAMLEIDER), quarter * 2),
    ]


def test_half_of_a_regular_term_is_half_of_the_office_hours() -> None:
    friday, tuesday = _at("2026-03-06T13:00+01:00"), _at("2026-03-10T17:00+01:00")
    # 4 hours on Friday, 8 on Monday, 8 on Tuesday: half is after 10.
    assert halfway(friday, tuesday, NORMS) == _at("2026-03-09T15:00+01:00")
    saturday, sunday = _at("2026-03-07T10:00+01:00"), _at("2026-03-08T10:00+01:00")
    assert halfway(saturday, sunday, NORMS) == _at("2026-03-07T22:00+01:00")


def test_a_clock_that_is_moved_makes_nothing_late_and_new_deadlines_keep_their_time() -> None:
    wall, hour = datetime(2026, 3, 2, 2, 0, tzinfo=UTC), timedelta(hours=1)
    clock = Uurwerk()
    old = ("old", wall + timedelta(minutes=15))
    assert clock.due([old], wall, 0.0) == []
    # Five minutes later the clock is put back an hour, and a new deadline of fifteen minutes is made.
    moved = wall + timedelta(minutes=5) - hour
    new = ("new", moved + timedelta(minutes=15))
    assert clock.due([old, new], moved, 300.0) == []
    assert clock.due([old, new], moved + timedelta(minutes=10), 900.0) == ["old"]
    assert clock.due([new], moved + timedelta(minutes=15), 1200.0) == ["new"]
    assert clock.due([("far", wall + hour)], wall + 2 * hour, 1300.0) == ["far"], "forward is followed at once"
