"""CAD-03: a set number of integral business controls per municipality and year (DH, HEIT)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.planning.rules.kalender import Dagkeuze
from app.planning.rules.normstand import Dienst, Normstand, is_integraal, not_applicable
from app.planning.status import Normstatus


@dataclass(frozen=True, slots=True)
class BedrijfControle:
    """One control, as far as CAD-03 looks at it.

    Attributes:
        datum: Business date.
        objecttype: Type of the object.
        afgerond: Completed; otherwise it is a plan.
        diensten: Services that took part, or that are to take part.
        arb_kern_beantwoord: All core items on labour of the object type are answered.
    """

    datum: date
    objecttype: str
    afgerond: bool
    diensten: frozenset[Dienst]
    arb_kern_beantwoord: bool


@dataclass(frozen=True, slots=True)
class Bedrijvennorm:
    """The dated norm of a municipality for integral business controls.

    Attributes:
        per_jaar: Controls in a calendar year.
        objecttypen: Types that count (DH: BEDR, HOR, MASS, HOT and LOG).
        haalbaar_per_werkdag: Most of these controls that the teams can do on a working day.
        is_werkdag: Working days of the Dutch calendar.
        bekend_tot: Last day up to which the shifts are known; None when none are.
        bekende_ruimte: Controls that fit in those shifts from the reference date; they go before the calendar.
    """

    per_jaar: int
    objecttypen: frozenset[str]
    haalbaar_per_werkdag: int
    is_werkdag: Dagkeuze
    bekend_tot: date | None = None
    bekende_ruimte: int = 0


def bedrijven_normstand(
    jaar: int, peildatum: date, norm: Bedrijvennorm, controles: Iterable[BedrijfControle]
) -> Normstand:
    """State of CAD-03 for a municipality: integral controls whose core items on labour are answered.

    Args:
        jaar: Calendar year.
        peildatum: Reference date.
        norm: The norm that holds in that year.
        controles: Controls of the year, completed and planned.

    Returns:
        The state; 'norm in gevaar' when the known shifts and the working days after them cannot hold what is not yet planned.
    """
    if norm.per_jaar == 0:
        return not_applicable("Voor deze gemeente geldt geen norm voor integrale bedrijfscontroles.")
    counted = [
        c for c in controles if c.datum.year == jaar and c.objecttype in norm.objecttypen and is_integraal(c.diensten)
    ]
    done = sum(c.afgerond and c.arb_kern_beantwoord and c.datum <= peildatum for c in counted)
    planned = sum(not c.afgerond and c.datum >= peildatum for c in counted)
    rest = max(0, norm.per_jaar - done)
    unplanned = max(0, rest - planned)
    begin, end = max(peildatum, date(jaar, 1, 1)), date(jaar, 12, 31)
    unknown = begin if norm.bekend_tot is None else max(begin, norm.bekend_tot + timedelta(days=1))
    working_days = sum(norm.is_werkdag(unknown + timedelta(days=n)) for n in range((end - unknown).days + 1))
    room = norm.bekende_ruimte + working_days * norm.haalbaar_per_werkdag
    if rest == 0:
        status, text = Normstatus.GEHAALD, "De norm van dit jaar is gehaald."
    elif peildatum > end:
        status, text = Normstatus.NIET_GEHAALD, f"Er zijn {rest} controles te weinig gedaan."
    elif room < unplanned:
        status = Normstatus.IN_GEVAAR
        text = f"Er zijn nog {unplanned} controles niet gepland en er passen er nog {room} in dit jaar."
    else:
        status, text = Normstatus.OP_KOERS, f"Nog {rest} te doen, waarvan {rest - unplanned} gepland."
    return Normstand(norm.per_jaar, done, planned, rest, end if rest else None, status, text)
