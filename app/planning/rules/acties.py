"""CAD-04 and CAD-05: integral administrative acties, a set number per municipality and year (GR amb. 4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.planning.rules.kalender import Dagkeuze, count_fitting
from app.planning.rules.normstand import Dienst, Normstand, is_integraal, not_applicable
from app.planning.status import Normstatus


@dataclass(frozen=True, slots=True)
class Actie:
    """An integral administrative actie: one date, several services, any number of addresses.

    Attributes:
        datum: Business date.
        afgerond: Held; otherwise it is a plan.
        diensten: Services that took part, or that agreed to take part.
        adressen: Number of addresses visited or planned.
    """

    datum: date
    afgerond: bool
    diensten: frozenset[Dienst]
    adressen: int


@dataclass(frozen=True, slots=True)
class Actienorm:
    """The dated norm of a municipality for its integral acties.

    Attributes:
        per_jaar: Acties in a calendar year.
        min_dagen_tussen: Days between two acties.
        voorbereiding_werkdagen: Working days that partners need to make room in their rosters. With six
            weeks (30) nothing new can be arranged after the middle of November. No source gives a
            number, so it is a setting; CAD-04 needs at least 23 for its warning on 1 December.
        is_werkdag: Working days of the Dutch calendar.
        kan_op: Days on which there are shifts enough for an actie, where the shifts are known; working days otherwise.
    """

    per_jaar: int
    min_dagen_tussen: int
    voorbereiding_werkdagen: int
    is_werkdag: Dagkeuze
    kan_op: Dagkeuze | None = None


def acties_normstand(jaar: int, peildatum: date, norm: Actienorm, acties: Iterable[Actie]) -> Normstand:
    """State of CAD-04 for a municipality.

    The unit is a date: seven addresses, or two teams on the same evening, make one actie. Without the
    municipality or without a partner it does not count (CAD-05).

    Args:
        jaar: Calendar year.
        peildatum: Reference date.
        norm: The norm that holds in that year.
        acties: Held and planned acties; a planned one before the reference date does not count any more.

    Returns:
        The state; 'norm in gevaar' when acties that are neither held nor planned do not fit in the rest of
        the year, given the preparation and the days between two acties.
    """
    if norm.per_jaar == 0:
        return not_applicable("Voor deze gemeente geldt geen norm voor integrale acties.")
    counted = [a for a in acties if a.datum.year == jaar and a.adressen > 0 and is_integraal(a.diensten)]
    done = {a.datum for a in counted if a.afgerond and a.datum <= peildatum}
    planned = {a.datum for a in counted if not a.afgerond and a.datum >= peildatum} - done
    rest = max(0, norm.per_jaar - len(done))
    unplanned = max(0, rest - len(planned))
    end = date(jaar, 12, 31)
    first = _after_preparation(max(peildatum, date(jaar, 1, 1)), norm, end)
    fitting = count_fitting(
        [(first, end)], [*done, *planned], norm.min_dagen_tussen, norm.kan_op or norm.is_werkdag, unplanned
    )
    # The last day for the next one if the others follow as closely as is allowed.
    due = end - timedelta(days=(rest - 1) * max(1, norm.min_dagen_tussen)) if rest else None
    if rest == 0:
        status, text = Normstatus.GEHAALD, "De norm van dit jaar is gehaald."
    elif peildatum > end:
        status, text = Normstatus.NIET_GEHAALD, f"Er zijn {rest} acties te weinig gehouden."
    elif fitting < unplanned:
        status = Normstatus.IN_GEVAAR
        text = f"Van de {unplanned} nog niet geplande acties passen er nog {fitting} in dit jaar."
    else:
        status, text = Normstatus.OP_KOERS, f"Nog {rest} te houden, waarvan {rest - unplanned} gepland."
    return Normstand(norm.per_jaar, len(done), len(planned), rest, due, status, text)


def _after_preparation(start: date, norm: Actienorm, end: date) -> date:
    """First day on which an actie that is still to be arranged can be held; past `end` when there is none."""
    dag, left = start, norm.voorbereiding_werkdagen
    while left and dag <= end:
        dag += timedelta(days=1)
        left -= norm.is_werkdag(dag)
    return dag
