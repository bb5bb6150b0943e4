"""Space per person of a flag against the dated norm of the municipality (REG-09; checklists section 14)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verhouding:
    """Square metres per person, unrounded; None when there is nobody or no norm to hold it against."""

    m2_per_persoon: float | None
    onder_norm: bool
    onder_halve_norm: bool


def ratio(m2: float, personen: int, norm_m2: float | None) -> Verhouding:
    """The ratio of a flag; exactly the norm is not below it.

    Args:
        m2: usable floor area in square metres.
        personen: people who live or sleep there; a count, never who.
        norm_m2: OVERBEWONING_WONING_M2 on that date; None when the municipality has none.
    """
    if personen == 0:
        return Verhouding(None, onder_norm=False, onder_halve_norm=False)
    per_persoon = m2 / personen
    if norm_m2 is None:
        return Verhouding(per_persoon, onder_norm=False, onder_halve_norm=False)
    return Verhouding(per_persoon, onder_norm=per_persoon < norm_m2, onder_halve_norm=per_persoon < norm_m2 / 2)
