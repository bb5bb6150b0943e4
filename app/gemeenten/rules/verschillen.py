"""Compares the rules of municipalities (INS-14): per key the value of each, and whether they differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Regelsoort(StrEnum):
    """Kinds of rule that a municipality sets itself."""

    NORM = "norm"
    LIJST = "lijst"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Waarde:
    """A rule in one municipality.

    Attributes:
        tekst: the value as it is shown; None where there is no such rule.
        eigen: set by the municipality itself, not the national value.
    """

    tekst: str | None
    eigen: bool


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """One rule in all municipalities that are compared."""

    soort: Regelsoort
    sleutel: str
    waarden: Mapping[str, Waarde]

    @property
    def verschilt(self) -> bool:
        """Whether at least two municipalities have another value; to have none is a value too."""
        return len({waarde.tekst for waarde in self.waarden.values()}) > 1


NIETS = Waarde(None, eigen=False)


def compare(
    gemeenten: Iterable[str], rules: Mapping[tuple[Regelsoort, str], Mapping[str, Waarde]]
) -> list[Vergelijking]:
    """All rules by kind and key, each with a value for every municipality.

    Args:
        gemeenten: codes of the municipalities.
        rules: per kind and key the value of each municipality; under an empty code the national one.
    """
    codes = list(dict.fromkeys(gemeenten))
    return [
        Vergelijking(soort, sleutel, {code: values.get(code, values.get("", NIETS)) for code in codes})
        for (soort, sleutel), values in sorted(rules.items())
    ]


def number_text(value: float | None, unit: str) -> str | None:
    """A norm as text: without a trailing zero, with its unit."""
    if value is None:
        return None
    return f"{value:g} {unit}".strip()
