"""A bound on how often one sign-in asks (design section 7)."""

from app.core.http.bounds import REMEMBERED, Bounds


def test_a_burst_then_a_pace_and_a_wait_that_is_enough() -> None:
    now = 1000.0
    bounds = Bounds(60, lambda: now)
    assert [bounds.wait(b"a") for _ in range(60)] == [0] * 60
    wait = bounds.wait(b"a")
    assert wait == 6  # a tenth of the bucket at one a second
    assert bounds.wait(b"b") == 0  # somebody else notices nothing
    now += wait
    assert [bounds.wait(b"a") for _ in range(7)] == [0] * 6 + [6]
    now += 3600
    assert [bounds.wait(b"a") for _ in range(61)] == [0] * 60 + [6]  # never more than one burst


def test_no_bound_and_no_growth() -> None:
    assert [Bounds(0).wait(b"a") for _ in range(10_000)] == [0] * 10_000
    now = 0.0
    bounds = Bounds(1, lambda: now)
    assert bounds.wait(b"first") == 0
    for number in range(REMEMBERED):
        bounds.wait(number.to_bytes(4))
    assert len(bounds._buckets) == REMEMBERED
