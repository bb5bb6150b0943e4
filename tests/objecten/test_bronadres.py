"""Which address of a source is ours: the same in every part, never the neighbour; and when a waiting one is tried again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.objecten.rules.bronadres import Adresvraag, Bronadres, compare
from app.objecten.rules.geocodering import FIRST_WAIT_S, LONGEST_WAIT_S, geocode_status, next_try
from app.objecten.status import Geocodestatus
from geo.crs import Punt

AT = Punt(155000.0, 463000.0)
ASKED = Adresvraag("Voorbeeldkade", 12, "A", "", "9901AB")


def told(
    number: int = 12, letter: str = "A", toevoeging: str = "", straat: str = "Voorbeeldkade", **more: str
) -> Bronadres:
    """An address of a source."""
    postcode = more.pop("postcode", "9901AB")
    key = f"{number}|{letter}|{toevoeging}|{straat}|{postcode}"
    return Bronadres(straat, number, letter, toevoeging, postcode, "Voorbeeldstad", AT, bag_id=key, **more)  # type: ignore[arg-type]  # only text in the tests


@pytest.mark.parametrize(
    "same",
    [
        told(),
        told(letter="a"),
        told(straat="VOORBEELDKADE"),
        told(straat="Voorbeeld-kade"),
        told(straat="Kade van Voorbeeld", straat_kort="Voorbeeldkade"),
    ],
)
def test_the_same_address_is_taken(same: Bronadres) -> None:
    neighbours = [told(letter="B"), told(letter=""), told(number=13), told(toevoeging="2")]
    assert compare(ASKED, [*neighbours, same, same]).treffer == same


@pytest.mark.parametrize(
    ("asked", "near", "choices"),
    [
        (ASKED, [told(letter="B")], 0),
        (ASKED, [told(letter="")], 0),
        (ASKED, [told(number=14), told(number=1)], 0),
        (ASKED, [told(postcode="9901AC")], 0),
        (ASKED, [], 0),
        (ASKED, [told(letter="", toevoeging="A")], 1),
        (ASKED, [told(straat="Andere straat")], 1),
        (Adresvraag("Voorbeeldkade", 12, "", "", "9901AB"), [told(letter="A"), told(letter="B")], 2),
        (Adresvraag("", 12, "A", "", "9901AB"), [told(straat="")], 1),
    ],
)
def test_anything_else_is_left_to_a_person(asked: Adresvraag, near: list[Bronadres], choices: int) -> None:
    found = compare(asked, near)
    assert found.treffer is None
    assert found.melding
    assert len(found.keuzes) == choices


def test_the_same_address_twice_is_a_choice() -> None:
    twice = [told(), Bronadres("Voorbeeldkade", 12, "A", "", "9901AB", "Elders", AT, bag_id="ander")]
    assert len(compare(ASKED, twice).keuzes) == 2


PARTS = st.tuples(st.integers(1, 3), st.sampled_from(["", "A", "B"]), st.sampled_from(["", "1", "A"]))


@given(asked=PARTS, near=st.lists(PARTS, max_size=8))
def test_what_is_taken_is_always_equal(asked: tuple[int, str, str], near: list[tuple[int, str, str]]) -> None:
    question = Adresvraag("Voorbeeldkade", *asked, "9901AB")
    taken = compare(question, [told(*one) for one in near]).treffer
    assert (taken is not None) == (asked in near)
    assert taken is None or (taken.huisnummer, taken.huisletter, taken.toevoeging) == asked


@pytest.mark.parametrize(
    ("stored", "has_point", "outside", "shown"),
    [
        ("wacht", True, False, "gevonden"),
        ("niet-gevonden", True, True, "buiten-gemeente"),
        ("met-de-hand", True, True, "met-de-hand"),
        ("met-de-hand", False, False, "wacht"),
        ("gevonden", False, False, "wacht"),
        ("meerdere", False, False, "meerdere"),
    ],
)
def test_the_point_decides_how_an_address_stands(stored: str, has_point: bool, outside: bool, shown: str) -> None:
    assert geocode_status(Geocodestatus(stored), has_point=has_point, outside=outside) == shown


@given(tries=st.integers(1, 200), share=st.floats(0, 1), asked=st.none() | st.floats(0, 86400))
def test_a_wait_is_bounded_and_never_shorter_than_the_source_asked(
    tries: int, share: float, asked: float | None
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    wait = (next_try(now, tries, share, asked) - now) / timedelta(seconds=1)
    assert max(FIRST_WAIT_S, asked or 0) - 1e-6 <= wait <= 1.5 * max(LONGEST_WAIT_S, asked or 0) + 1e-6
