"""The outcome that every norm rule gives, and what counts as integral."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.planning.status import Normstatus


@dataclass(frozen=True, slots=True)
class Rollend:
    """The twelve months up to and including the reference date, beside the calendar year (CAD-01: plan on a rolling year).

    Attributes:
        vanaf: First day of the twelve months.
        norm: Number required in them, pro rata for the days in force and in the register.
        gedaan: Number that counts in them.
        uiterste_datum: Last day for the next one so that every twelve months hold the norm; None when nothing is due.
    """

    vanaf: date
    norm: int
    gedaan: int
    uiterste_datum: date | None

    @property
    def breuk(self) -> str:
        """As `Normstand.breuk`."""
        return f"{self.gedaan}/{self.norm}" if self.norm else Normstatus.NIET_VAN_TOEPASSING.value


@dataclass(frozen=True, slots=True)
class Normstand:
    """Where one norm stands for one object or one municipality.

    Attributes:
        norm: Number required in the period; 0 when the norm does not apply.
        gedaan: Number that counts.
        gepland: Number planned from the reference date until the end of the period.
        nog_nodig: What is still to be done, planned or not.
        volgende_uiterste_datum: Last day for the next one; None when nothing is due.
        status: The state.
        toelichting: Dutch sentence for the screen.
        verwacht: How many of `gedaan` are still a plan: on a date in the future what is planned before it counts as done.
        rollend: The last twelve months, where the norm is planned on a rolling year.
    """

    norm: int
    gedaan: int
    gepland: int
    nog_nodig: int
    volgende_uiterste_datum: date | None
    status: Normstatus
    toelichting: str
    verwacht: int = 0
    rollend: Rollend | None = None

    @property
    def breuk(self) -> str:
        """`done/norm` for the screen, or `n.v.t.`; never a percentage of nothing (REG-02)."""
        return f"{self.gedaan}/{self.norm}" if self.norm else Normstatus.NIET_VAN_TOEPASSING.value


@dataclass(frozen=True, slots=True, order=True)
class Dienst:
    """A service that takes part in a control or actie (CAD-05).

    Attributes:
        code: Its code in the register of partners.
        van_gemeente: True for a service of the municipality itself, such as its own inspection teams.
    """

    code: str
    van_gemeente: bool


def not_applicable(toelichting: str) -> Normstand:
    """The state of a norm that does not apply (REG-02)."""
    return Normstand(0, 0, 0, 0, None, Normstatus.NIET_VAN_TOEPASSING, toelichting)


def is_integraal(diensten: Iterable[Dienst]) -> bool:
    """Whether a control or actie is integral: the municipality with at least one partner (CAD-05, GR)."""
    met_gemeente = {dienst.van_gemeente for dienst in diensten}
    return met_gemeente == {True, False}
