"""The invented municipality: the same by seed, of any size, and nowhere near anything real (ADR 0010)."""

import csv
import io
from datetime import date

import pytest
from shapely import Point, union_all

from app.gemeenten.schemas.profiel import GemeenteProfiel
from demo.gemeente import generate

TODAY = date(2026, 11, 22)


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode()), delimiter=";"))


def test_the_same_seed_gives_the_same_municipality_and_another_seed_another() -> None:
    one, same, other = generate(7, 20_000, TODAY), generate(7, 20_000, TODAY), generate(8, 20_000, TODAY)
    assert (one.objecten_csv, one.risicoadressen_csv, one.gebieden) == (
        same.objecten_csv,
        same.risicoadressen_csv,
        same.gebieden,
    )
    assert one.objecten_csv != other.objecten_csv


@pytest.mark.parametrize("inwoners", [1_000, 60_000, 600_000])
def test_any_size(inwoners: int) -> None:
    stad = generate(1, inwoners, TODAY)
    GemeenteProfiel.model_validate(stad.profiel)
    rows = _rows(stad.objecten_csv)
    assert {row["type"] for row in rows} == {"SEKS", "MASS", "HOR", "BEDR", "LOG", "HOT"}
    assert len(rows) == pytest.approx(27.2 * inwoners / 10_000, rel=0.1, abs=7)
    assert len({row["objectnummer"] for row in rows}) == len(rows)


def test_it_lies_in_its_own_neighbourhoods_which_share_borders_and_overlap_nowhere() -> None:
    stad = generate(3, 60_000, TODAY)
    whole = union_all([buurt.vlak for buurt in stad.buurten])
    assert sum(buurt.vlak.area for buurt in stad.buurten) == pytest.approx(whole.area, rel=1e-9)
    for row in [*_rows(stad.objecten_csv), *_rows(stad.risicoadressen_csv)]:
        assert whole.covers(Point(float(row["x"]), float(row["y"])))


def test_nothing_in_it_can_be_real() -> None:
    stad = generate(3, 60_000, TODAY)
    for row in [*_rows(stad.objecten_csv), *_rows(stad.risicoadressen_csv)]:
        assert row["postcode"].startswith("100"), "a range of post-office boxes, where nobody lives"
        assert row.get("kvkNummer", "99").startswith("99"), "a range of numbers that was never given out"
    assert all(row["type"] == "WON" and "kvkNummer" not in row for row in _rows(stad.risicoadressen_csv))
