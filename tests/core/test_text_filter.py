"""The text filter finds what must not be stored, and leaves ordinary observations alone."""

import json
import re
import time
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from app.core.text_filter import Filteroordeel, Filterreden, Treffer, check_text, refuse_or_warn

VECTORS = json.loads(Path("checklists/tekstfilter.json").read_text())
"""Shared with the tablet, which runs the same texts (web/src/regels/tekstfilter.test.ts)."""
YEAR: int = VECTORS["jaar"]
FOUND: dict[str, list[str]] = VECTORS["gevonden"]
INNOCENT: list[str] = VECTORS["onschuldig"]


@pytest.mark.parametrize(("soort", "text"), [(soort, text) for soort, texts in FOUND.items() for text in texts])
def test_finds(soort: str, text: str) -> None:
    text = text.replace("#", "6")  # no mobile number may stand in the repository, not even an invented one
    hits = check_text(text, this_year=YEAR)
    assert soort in [hit.soort for hit in hits]
    assert all(text not in hit.melding for hit in hits)


@pytest.mark.parametrize("text", INNOCENT)
def test_leaves_alone(text: str) -> None:
    assert check_text(text, this_year=YEAR) == []


@pytest.mark.parametrize("case", VECTORS["vrij"])
def test_numbers_of_the_object_itself_are_exempt(case: dict[str, Any]) -> None:
    hits = check_text(case["tekst"], frozenset(case["vrij"]), this_year=YEAR)
    assert [hit.soort for hit in hits] == case["soorten"]


def test_the_tablet_knows_the_same_account_numbers() -> None:
    lines = files("stdnum").joinpath("iban.dat").read_text().splitlines()
    known = {
        m[1]: m[2].replace("!", "") for m in (re.match(r'([A-Z]{2}) .*bban="([^"]*)"', line) for line in lines) if m
    }
    assert json.loads(Path("web/src/regels/iban-landen.json").read_text()) == known


def test_strict_places_refuse_and_others_warn_until_a_reason_is_given() -> None:
    hits = check_text("bel 070 123 45 67")
    assert refuse_or_warn([], strict=True) is Filteroordeel.GOED
    assert refuse_or_warn(hits, strict=True) is Filteroordeel.WEIGEREN
    assert refuse_or_warn(hits, strict=True, reden=Filterreden.VALS_ALARM) is Filteroordeel.WEIGEREN
    assert refuse_or_warn(hits, strict=False) is Filteroordeel.WAARSCHUWEN
    assert refuse_or_warn(hits, strict=False, reden=Filterreden.GEGEVEN_VAN_BEDRIJF) is Filteroordeel.GOED


@given(st.integers(0, 99_999_999), st.sampled_from(["", " ", ".", "-", "\u200b", " - "]))
def test_every_mobile_number_is_found_however_it_is_spaced(number: int, separator: str) -> None:
    digits = f"06{number:08}"
    if digits[2] in "079":
        digits = digits[:2] + "1" + digits[3:]
    assert "telefoonnummer" in [hit.soort for hit in check_text(f"tel {separator.join(digits)} gezien")]


@given(st.integers(10_000_000, 99_999_999))
def test_every_valid_bsn_of_nine_digits_is_found(stem: int) -> None:
    for last in range(10):
        number = f"{stem}{last}"
        assert bsn.is_valid(number) == ("bsn" in [hit.soort for hit in check_text(number)])


@given(st.text(max_size=300))
def test_takes_any_text_and_never_repeats_it(text: str) -> None:
    for hit in check_text(text):
        assert isinstance(hit, Treffer)
        assert len(text) < 12 or text not in hit.melding


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "12 ",
        "1234 ",
        "a.",
        "a-",
        "a@",
        "a1 ",
        "AB12 ",
        "een ",
        "kenteken a ",
        "paspoort nr ",
        "1:",
        "(",
        "€ 1",
        "N L 9 1 ",
    ],
)
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    started = time.process_time()
    check_text(piece * (4000 // len(piece)), this_year=YEAR)
    assert time.process_time() - started < 1.0
