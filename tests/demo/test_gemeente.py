"""The invented municipality: the same by seed, of any size, and nowhere near anything real (ADR 0010)."""

import csv
import io
from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from shapely import Point, union_all
from shapely.geometry import shape

from app.cli.geschiedenis import known_id
from app.core.clock import AMSTERDAM
from app.gemeenten.schemas.profiel import GemeenteProfiel
from demo.buurgemeente import generate_neighbour
from demo.gemeente import DIENSTEN, generate

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


def test_the_neighbour_is_small_and_lies_apart_in_the_same_region_with_two_afs_on_call() -> None:
    stad, buur = generate(3, 60_000, TODAY), generate_neighbour(3, TODAY)
    profile = GemeenteProfiel.model_validate(buur.profiel)
    assert (profile.regio.code, len(_rows(buur.objecten_csv)) < 20) == (stad.profiel["regio"]["code"], True)
    assert {row.sub for row in profile.accounts}.isdisjoint(row["sub"] for row in stad.profiel["accounts"])
    assert len({shift.account for shift in profile.piketdiensten[:2]}) == 2
    own, other = (
        union_all([shape(one["geometry"]) for one in areas["features"]])  # type: ignore[attr-defined]  # GeoJSON
        for areas in (buur.gebieden, stad.gebieden)
    )
    assert own.disjoint(other)
    for row in _rows(buur.objecten_csv):
        assert own.covers(Point(float(row["x"]), float(row["y"])))


def test_nothing_in_it_can_be_real() -> None:
    stad, buur = generate(3, 60_000, TODAY), generate_neighbour(3, TODAY)
    for row in [*_rows(stad.objecten_csv), *_rows(stad.risicoadressen_csv), *_rows(buur.objecten_csv)]:
        assert row["postcode"].startswith("100"), "a range of post-office boxes, where nobody lives"
        assert row.get("kvkNummer", "99").startswith("99"), "a range of numbers that was never given out"
    assert all(row["type"] == "WON" and "kvkNummer" not in row for row in _rows(stad.risicoadressen_csv))


@pytest.mark.parametrize("inwoners", [1_000, 60_000])
def test_a_year_of_work_lies_behind_it_on_days_on_which_the_team_worked(inwoners: int) -> None:
    stad = generate(5, inwoners, TODAY)
    assert stad.geschiedenis == generate(5, inwoners, TODAY).geschiedenis
    days: dict[str, list[date]] = defaultdict(list)
    for visit in stad.geschiedenis.bezoeken:
        begin, end = DIENSTEN[visit.team][visit.datum.weekday()]
        assert begin <= visit.minuut < visit.minuut + 40 <= end
        assert TODAY - timedelta(days=390) < visit.datum < TODAY
        days[visit.objectnummer].append(visit.datum)
    assert all(
        later - earlier >= timedelta(days=7) for own in days.values() for earlier, later in pairwise(sorted(own))
    )
    held = sorted(actie.datum for actie in stad.geschiedenis.acties)
    assert all(later - earlier >= timedelta(days=28) for earlier, later in pairwise(held))
    assert all(sum(v.actie == a.nummer for v in stad.geschiedenis.bezoeken) == 8 for a in stad.geschiedenis.acties)


def test_an_id_follows_from_what_it_stands_for() -> None:
    moment = datetime(2026, 3, 4, 17, 0, tzinfo=AMSTERDAM)
    one = known_id("controle", "SEKS-1", moment=moment)
    assert one == known_id("controle", "SEKS-1", moment=moment) != known_id("controle", "SEKS-2", moment=moment)
    assert (one.version, one.variant) == (7, "specified in RFC 4122")
    assert one.int >> 80 == int(moment.timestamp() * 1000)
