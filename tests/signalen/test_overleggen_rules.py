"""Rhythm, agenda and decisions of meetings, without a database."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.core.clock import is_working_day
from app.signalen.rules.delen import OVERLEG_GEGEVENS, Gegeven
from app.signalen.rules.overleggen import (
    RITME_DAGEN,
    Agendafeiten,
    agenda_fault,
    comes_by_itself,
    decision_faults,
    meeting_day,
    names_somebody,
    quarters,
    rhythm,
)
from app.signalen.status import JaNeeOnbekend, Kwartaalstand, Middel, Overlegsoort, Signaalstatus

S = Overlegsoort
EERSTE = date(2026, 1, 8)  # a Thursday
FEITEN = Agendafeiten(Signaalstatus.GETRIEERD, getrieerd=True, gesloten_route=False, minderjarig=JaNeeOnbekend.JA)


@pytest.mark.requirement("CAD-08")
def test_the_lokaal_ondermijningsoverleg_is_every_42_days_and_never_drifts() -> None:
    days = list(rhythm(S.ONDERMIJNING, EERSTE, RITME_DAGEN[S.ONDERMIJNING], EERSTE, date(2026, 12, 31)))
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(days=42)}
    assert list(rhythm(S.ONDERMIJNING, EERSTE, 42, days[3], days[5])) == days[3:6]
    assert (RITME_DAGEN[S.DRIELUIK], RITME_DAGEN[S.CASUS_MINDERJARIG]) == (14, 56)


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2026, 5, 14), date(2026, 5, 13)),  # Ascension Day
        (date(2026, 12, 26), date(2026, 12, 24)),  # Boxing Day, a Saturday after Christmas Day
        (date(2026, 4, 27), date(2026, 4, 24)),  # King's Day, a Monday
        (date(2026, 6, 4), date(2026, 6, 4)),
    ],
)
def test_a_meeting_on_a_holiday_is_held_on_the_working_day_before(day: date, held: date) -> None:
    assert meeting_day(day) == held
    assert is_working_day(held)


def test_quarters_follow_the_calendar_and_a_meeting_without_rhythm_has_no_days() -> None:
    days = list(rhythm(S.KWARTAAL_AF_ZC, date(2026, 1, 31), None, date(2026, 1, 1), date(2026, 12, 31)))
    assert days == [date(2026, 1, 31), date(2026, 4, 30), date(2026, 7, 31), date(2026, 10, 31)]
    assert list(rhythm(S.EXPERT, EERSTE, None, EERSTE, date(2030, 1, 1))) == []


@pytest.mark.requirement("CAD-10")
def test_a_quarter_without_a_meeting_shows_as_missed() -> None:
    found = quarters(date(2025, 8, 1), date(2026, 5, 2), [date(2025, 9, 9), date(2026, 2, 3)])
    assert found == [
        (2025, 3, Kwartaalstand.GEHOUDEN),
        (2025, 4, Kwartaalstand.GEMIST),
        (2026, 1, Kwartaalstand.GEHOUDEN),
        (2026, 2, Kwartaalstand.OPEN),
    ]


@pytest.mark.parametrize("minor", [JaNeeOnbekend.NEE, JaNeeOnbekend.ONBEKEND])
def test_only_signals_about_a_minor_belong_in_the_casusoverleg(minor: JaNeeOnbekend) -> None:
    adult = Agendafeiten(Signaalstatus.GETRIEERD, getrieerd=True, gesloten_route=False, minderjarig=minor)
    assert agenda_fault(S.CASUS_MINDERJARIG, adult) is not None
    assert agenda_fault(S.CASUS_MINDERJARIG, FEITEN) is None
    assert comes_by_itself(S.DRIELUIK, adult)


@pytest.mark.parametrize("soort", list(S))
def test_the_closed_route_an_ended_or_untriaged_signal_stands_on_no_agenda(soort: Overlegsoort) -> None:
    closed_route = Agendafeiten(
        Signaalstatus.GETRIEERD, getrieerd=True, gesloten_route=True, minderjarig=JaNeeOnbekend.JA
    )
    ended = Agendafeiten(Signaalstatus.GESLOTEN, getrieerd=True, gesloten_route=False, minderjarig=JaNeeOnbekend.JA)
    fresh = Agendafeiten(Signaalstatus.ONTVANGEN, getrieerd=False, gesloten_route=False, minderjarig=JaNeeOnbekend.JA)
    for facts in (closed_route, ended, fresh):
        assert agenda_fault(soort, facts) is not None
        assert not comes_by_itself(soort, facts)


def test_a_table_gets_address_form_urgency_and_state_and_nothing_more() -> None:
    assert set(OVERLEG_GEGEVENS.values()) == {frozenset({Gegeven.MINIMAAL, Gegeven.STATUS})}
    for soort in set(S) - OVERLEG_GEGEVENS.keys():
        assert agenda_fault(soort, FEITEN) is not None


@pytest.mark.parametrize(
    ("soort", "day", "middel", "text", "faults"),
    [
        (S.ONDERMIJNING, EERSTE, Middel.BESTUURLIJK, "Last onder dwangsom.", 0),
        (S.ONDERMIJNING, EERSTE, None, None, 1),
        (S.DRIELUIK, EERSTE, Middel.STRAF, None, 1),
        (S.DRIELUIK, EERSTE + timedelta(days=1), None, None, 1),
        (S.DRIELUIK, EERSTE, None, "Gesproken met mevrouw Jansen.", 1),
    ],
)
def test_a_decision_asks_its_means_its_day_and_no_names(
    soort: Overlegsoort, day: date, middel: Middel | None, text: str | None, faults: int
) -> None:
    assert len(decision_faults(soort, day, EERSTE, middel, vervallen=False, toelichting=text)) == faults
    assert len(decision_faults(soort, day, EERSTE, middel, vervallen=True, toelichting=text)) == faults + 1


@pytest.mark.parametrize("text", ["dhr. Bakker belt terug", "J. de Wit", "P.J. Visser komt", "familie Smit"])
def test_a_text_that_names_somebody_is_seen(text: str) -> None:
    assert names_somebody(text) == (text != "J. de Wit")  # what it cannot know: the filter helps, it is no proof
    assert not names_somebody("Opvolgen met de brandweer. De gemeente belt de politie.")
