"""Terms, numbers, addresses, hours and texts, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.objecten.rules.adressen import Huisnummer, own_number, parse_huisnummer, split_address_line
from app.objecten.rules.nummers import may_have_kvk, parse_bag_id, parse_kvk, parse_postcode
from app.objecten.rules.openingstijden import check_openingstijden, parse_openingstijden, parse_time, span
from app.objecten.rules.teksten import join_once, names_sex_work, repair_double_encoding
from app.objecten.rules.termijnen import (
    Periode,
    bibob_due,
    control_due,
    is_expired,
    is_late,
    merge_period,
    renewal_chains,
    span_of,
)
from app.objecten.status import Objecttype

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_bibob_is_due_years_after_the_last_test_and_at_once_without_one() -> None:
    due = bibob_due(date(2022, 3, 1), date(2015, 1, 1), 4)
    assert due == date(2026, 3, 1)
    assert not is_late(due, date(2026, 3, 1))
    assert is_late(due, date(2026, 3, 2))
    assert bibob_due(None, date(2026, 1, 10), 4) == date(2026, 1, 10)
    assert bibob_due(date(2024, 2, 29), date(2015, 1, 1), 4) == date(2028, 2, 29)
    assert bibob_due(date(2024, 2, 29), date(2015, 1, 1), 3) == date(2027, 2, 28)


@given(DAYS, DAYS, st.integers(1, 10))
def test_a_later_test_is_never_due_earlier(one: date, other: date, years: int) -> None:
    first, last = sorted((one, other))
    assert bibob_due(first, first, years) <= bibob_due(last, first, years)


def test_a_risk_address_is_late_after_its_days_and_expires_after_its_last_day() -> None:
    due = control_due(date(2026, 3, 1), 14)
    assert due == date(2026, 3, 15)
    assert not is_late(due, due)
    assert is_late(due, due + timedelta(days=1))
    assert not is_expired(None, due)
    assert not is_expired(due, due)
    assert is_expired(due, due + timedelta(days=1))


def test_a_renewal_within_the_grace_window_is_one_permit() -> None:
    first = Periode(date(2023, 7, 1), date(2026, 7, 1))
    weeks_later = Periode(date(2026, 7, 29), date(2029, 7, 1))
    much_later = Periode(date(2030, 1, 1), None)
    assert merge_period(first, weeks_later, 42) == Periode(date(2023, 7, 1), date(2029, 7, 1))
    assert merge_period(first, weeks_later, 14) == weeks_later
    merged = merge_period(first, weeks_later, 42)
    assert merge_period(merged, weeks_later, 42) == merged
    chains = renewal_chains([much_later, weeks_later, first], lambda period: period, 42)
    assert chains == [[first, weeks_later], [much_later]]
    assert span_of(chains[0]) == Periode(date(2023, 7, 1), date(2029, 7, 1))
    assert first.holds_on(date(2026, 7, 20), 42)
    assert not first.holds_on(date(2026, 7, 20))


def test_kvk_bag_and_postcode() -> None:
    assert parse_kvk("9912 3456") == "99123456"
    assert parse_bag_id("0518200000000001") == "0518200000000001"
    assert parse_postcode("1234 ab") == "1234AB"
    for parse, wrong in (
        (parse_kvk, "1234567"),
        (parse_kvk, "١٢٣٤٥٦٧٨"),
        (parse_bag_id, "518200000000001"),
        (parse_bag_id, "0518010000000001"),
        (parse_postcode, "0123 AB"),
        (parse_postcode, "1234 SS"),
    ):
        with pytest.raises(ValueError, match="is geen") as fault:
            parse(wrong)
        assert wrong not in str(fault.value)
    assert [kind for kind in Objecttype if not may_have_kvk(kind)] == [Objecttype.WON]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", Huisnummer(12)),
        ("12A", Huisnummer(12, "A")),
        ("27-H", Huisnummer(27, "", "H")),
        ("12 bis", Huisnummer(12, "", "BIS")),
        ("12a-2", Huisnummer(12, "A", "2")),
        ("12-14", Huisnummer(12, "", "14")),
    ],
)
def test_house_numbers_as_people_write_them(text: str, number: Huisnummer) -> None:
    assert parse_huisnummer(text) == number
    assert split_address_line(f"2e Voorbeeldstraat {text}") == ("2e Voorbeeldstraat", number)


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_a_plain_refusal(text: str) -> None:
    try:
        street, number = split_address_line(text)
    except ValueError as fault:
        told = str(fault)
    else:
        told = "bijvoorbeeld" if street and 1 <= number.nummer <= 99_999 else ""
    assert "bijvoorbeeld" in told


def test_opening_hours_may_pass_midnight() -> None:
    hours = parse_openingstijden("1-5 10:00-02:00, 6-7 10:00-03:00")
    assert hours["1"] == [[600, 1560]]
    assert hours["7"] == [[600, 1620]]
    assert parse_openingstijden("1 00:00-24:00") == {"1": [[0, 1440]]}
    assert [parse_time(text) for text in ("07:00", "07.00", "0700", "7.00")] == [420] * 4
    assert span(420, 60) == [420, 1500]
    for wrong in (
        "_kies",
        "-",
        "1 uur voor eerste activiteit",
        "25:00",
        "8-9 10:00-11:00",
        "1 10:00-12:00, 1 11:00-13:00",
    ):
        with pytest.raises(ValueError, match=r"\w"):
            parse_openingstijden(wrong)
    with pytest.raises(ValueError, match="overlappen"):
        check_openingstijden({"1": [[600, 700], [650, 800]]})


def test_double_encoded_text_is_repaired_and_good_text_left_alone() -> None:
    good = "Café ’t Höekje"
    once = good.encode().decode("cp1252")
    assert once != good
    assert repair_double_encoding(once) == good
    assert repair_double_encoding(once.encode().decode("cp1252", errors="ignore")) != once
    assert repair_double_encoding(good) == good
    assert repair_double_encoding("Plaça Â") == "Plaça Â"


@pytest.mark.parametrize(
    "text",
    [
        "Mogelijk thuisprostitutie",
        "sekswerk in woning",
        "Escort",
        "woongebruik",
        "HUI-21",
        "hui 21",
        "sèks",
        "s\u200beks",
        "S.E.K.S",
        "ｓｅｋｓ",
        "erotische dienst",
    ],
)
def test_words_about_sex_work_are_known(text: str) -> None:
    assert names_sex_work(text)


def test_neutral_words_stay() -> None:
    assert not any(names_sex_work(text) for text in ("overbewoning", "melding van omwonenden", "sectie 4", "Essex"))


def test_saying_it_again_adds_nothing() -> None:
    twice = join_once(join_once("overlast", "leegstand", 100), "leegstand", 100)
    assert twice == "overlast | leegstand"
    assert own_number(Objecttype.HOR, "1234AB-1", "Zaak één") == own_number(Objecttype.HOR, "1234AB-1", "Zaak één")
