"""Rest between the shifts of one inspector, so that nobody is planned the morning after a late evening (PLN-16; Arbeidstijdenwet 5:3, 5:8).

The hours are dated settings of the municipality. Within one working stretch (so short that the rest still fits in the same
24 hours) two shifts may follow each other, as the law has it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.core.clock import real_minute
from app.planning.rules.diensten import DAG, Tijdvak
from app.planning.rules.planinstellingen import SettingsMissing

RUST, RUST_NA_NACHT, BEZETTING = "PLAN_RUST_UREN", "PLAN_RUST_NA_NACHT_UREN", "PLAN_BEZETTING"
_NACHT = 6 * 60
_LAAT = 2 * 60
_UUR = 60


@dataclass(frozen=True, slots=True)
class Roosterregels:
    """Dated settings of a roster.

    Attributes:
        rust: Minutes of unbroken rest in 24 hours.
        rust_na_nacht: Minutes of rest after a night shift that ends after 02:00.
        bezetting: Inspectors that go at least (PLN-02).
    """

    rust: int
    rust_na_nacht: int
    bezetting: int


def read_roster_rules(table: Mapping[str, float]) -> Roosterregels:
    """The settings of a roster on one day.

    Raises:
        SettingsMissing: the norm table lacks some of them; all are named.
    """
    missing = [key for key in (RUST, RUST_NA_NACHT, BEZETTING) if key not in table]
    if missing:
        raise SettingsMissing(missing)
    return Roosterregels(round(table[RUST] * _UUR), round(table[RUST_NA_NACHT] * _UUR), max(1, round(table[BEZETTING])))


def is_night_shift(span: Tijdvak) -> bool:
    """More than an hour between 00:00 and 06:00, and not over by 02:00."""
    return any(
        real_minute(span.datum, min(span.tot, night + _NACHT)) - real_minute(span.datum, max(span.van, night)) > _UUR
        and span.tot > night + _LAAT
        for night in (0, DAG, 2 * DAG)
    )


def lacks_rest(one: Tijdvak, other: Tijdvak, rules: Roosterregels) -> bool:
    """Whether one inspector cannot do both: they overlap, or the rest in between is too short."""
    first, second = sorted((one, other), key=lambda span: (span.begin, span.einde))
    gap = second.begin - first.einde
    if gap < 0:
        return True
    if is_night_shift(first):
        return gap < rules.rust_na_nacht
    return gap < rules.rust and second.einde - first.begin > DAG - rules.rust


def without_rest(
    spans: Mapping[UUID, Sequence[tuple[Tijdvak, int | None]]], rules: Roosterregels
) -> dict[int, Tijdvak]:
    """New shifts on which somebody would lack rest, with a shift that stands too near.

    Args:
        spans: Per inspector all shifts, each with its position when it is new.
        rules: Rest.
    """
    found: dict[int, Tijdvak] = {}
    for own in spans.values():
        ordered = sorted(own, key=lambda item: (item[0].begin, item[0].einde))
        for number, (first, position) in enumerate(ordered):
            for second, later in ordered[number + 1 :]:
                if second.begin - first.einde > 2 * DAG:
                    break
                fault, near = (later, first) if later is not None else (position, second)
                if fault is not None and lacks_rest(first, second, rules):
                    found.setdefault(fault, near)
    return found
