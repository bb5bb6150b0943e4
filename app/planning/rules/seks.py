"""CAD-01: a set number of controls a year per licensed sex establishment (DH amb. 4, bijl. 3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.planning.rules.kalender import (
    Dagkeuze,
    Periode,
    clip,
    count_fitting,
    days,
    elke_dag,
    merge,
    years_after,
)
from app.planning.rules.normstand import Normstand, Rollend, not_applicable
from app.planning.status import Normstatus


@dataclass(frozen=True, slots=True)
class SeksControle:
    """One control of an establishment, as far as CAD-01 looks at it.

    Attributes:
        datum: Business date.
        afgerond: Completed; a closed door or a refusal is an attempt and not completed (PLN-15).
        aangekondigd: Announced beforehand (PLN-14).
        binnen: The inspectors were inside.
        bedrijfsplan_beantwoord: The items on the business plan are answered; 'niet vastgesteld' is no answer.
    """

    datum: date
    afgerond: bool
    aangekondigd: bool
    binnen: bool
    bedrijfsplan_beantwoord: bool

    @property
    def telt_mee(self) -> bool:
        """Whether the control counts for the norm (CAD-01, PLN-14)."""
        return self.afgerond and not self.aangekondigd and self.binnen and self.bedrijfsplan_beantwoord


@dataclass(frozen=True, slots=True)
class Seksnorm:
    """The dated norm of a municipality for its licensed sex establishments.

    Attributes:
        per_jaar: Controls in a full calendar year.
        min_dagen_tussen: Days between two controls of one establishment.
        telling_vanaf: Controls before this date are not in the register, so the rolling year starts here.
        kan_op: Days on which such a control can be done.
    """

    per_jaar: int
    min_dagen_tussen: int
    telling_vanaf: date | None = None
    kan_op: Dagkeuze = elke_dag


@dataclass(frozen=True, slots=True)
class Gemeentestand:
    """CAD-01 for a whole municipality: a count of establishments, never a sum that hides one of them.

    Attributes:
        objecten: Establishments to which the norm applies.
        gehaald: Of these, the norm is met.
        in_gevaar: Of these, the norm is in danger or was not met.
        percentage: Share that is met, whole percent rounded down; None when there are no establishments.
        status: The worst state among them, or 'n.v.t.' (REG-02).
    """

    objecten: int
    gehaald: int
    in_gevaar: int
    percentage: int | None
    status: Normstatus


def prorate(per_jaar: int, dagen: int, dagen_in_jaar: int) -> int:
    """Norm for part of a year: the yearly norm times the days in force, rounded to the nearest, half up.

    The source says "naar rato bij nieuwe vergunning" (DH) and gives 3 for a permit from 1 July; the way of
    rounding is our own inference. Rounding up would give 4 (184 of 365 days), rounding down would let a
    permit of a whole December go without any control; this way two halves of a year make the whole norm.
    """
    return (2 * per_jaar * dagen + dagen_in_jaar) // (2 * dagen_in_jaar)


def rolling_due(per_jaar: int, vanaf: date, geteld: Sequence[date]) -> date:
    """Last day for the next control so that every rolling year holds the norm.

    A control leaves the rolling year a year after it was done, so number n + norm is due a year after number
    n. An establishment that began less than a year ago is treated as if it came in at an even rhythm: number
    k is due at k/norm of the first year.

    Args:
        per_jaar: The norm, at least 1.
        vanaf: Begin of the permit or of the register, whichever is later.
        geteld: Dates of the counted controls.
    """
    history = sorted(dag for dag in geteld if dag >= vanaf)
    if len(history) >= per_jaar:
        return years_after(history[-per_jaar], 1)
    return vanaf + timedelta(days=(years_after(vanaf, 1) - vanaf).days * (len(history) + 1) // per_jaar)


def seks_normstand(
    jaar: int,
    peildatum: date,
    norm: Seksnorm,
    vergunning: Iterable[Periode],
    controles: Iterable[SeksControle],
    gepland: Iterable[date],
    verwacht: Iterable[date] = (),
) -> Normstand:
    """State of CAD-01 for one establishment: accounted per calendar year, planned on a rolling year.

    Args:
        jaar: Calendar year of the account.
        peildatum: Reference date; what lies after it is not counted as done.
        norm: The norm that holds for the municipality in that year.
        vergunning: Periods in which the permit is in force; renewals may touch or overlap.
        controles: Controls of this and the previous year, all kinds.
        gepland: Dates of planned, unannounced controls; those before the reference date are ignored.
        verwacht: Dates of planned, unannounced controls from today up to a reference date in the future; they count as done.

    Returns:
        The state. 'norm in gevaar' when what is not yet planned no longer fits in the rest of the permit year
        with the days between two controls, or when the due date passed and not everything is planned.
    """
    if norm.per_jaar == 0:
        return not_applicable("Voor deze gemeente geldt geen norm voor seksinrichtingen.")
    periodes = merge(vergunning)
    nieuwjaar, oudjaar = date(jaar, 1, 1), date(jaar, 12, 31)
    in_force = clip(periodes, nieuwjaar, oudjaar)
    vereist = prorate(norm.per_jaar, days(in_force), (oudjaar - nieuwjaar).days + 1)
    if not in_force:
        return not_applicable("Geen geldige vergunning in dit jaar.")
    if vereist == 0:
        return not_applicable("De vergunning geldt te kort in dit jaar voor een controle naar rato.")
    expected = [dag for dag in verwacht if dag < peildatum and any(dag in p for p in periodes)]
    done_dates = [
        c.datum for c in controles if c.telt_mee and c.datum <= peildatum and any(c.datum in p for p in periodes)
    ]
    counted = sorted([*done_dates, *expected])
    done = sum(dag.year == jaar for dag in counted)
    planned = sorted(
        dag for dag in gepland if dag >= peildatum and dag.year == jaar and any(dag in p for p in periodes)
    )
    rest = max(0, vereist - done)
    due = _due_date(peildatum, norm, periodes, counted)
    rolling = _rolling(peildatum, norm, periodes, counted, due)
    last_day = in_force[-1][1]
    if rest:
        # The account closes with the year (or the permit), whatever the rolling year allows.
        closing = last_day - timedelta(days=(rest - 1) * max(1, norm.min_dagen_tussen))
        due = closing if due is None else min(due, closing)
    unplanned = max(0, rest - len(planned))
    left = [(max(begin, peildatum), einde) for begin, einde in in_force if einde >= peildatum]
    fitting = count_fitting(left, [*counted, *planned], norm.min_dagen_tussen, norm.kan_op, unplanned)
    status, text = _judge(rest, unplanned, fitting, due, peildatum, last_day)
    plans = sum(dag.year == jaar for dag in expected)
    return Normstand(vereist, done, len(planned), rest, due, status, text, plans, rolling)


def _rolling(
    peildatum: date, norm: Seksnorm, periodes: Sequence[Periode], counted: Sequence[date], due: date | None
) -> Rollend:
    """The twelve months up to the reference date; what lies before the register is neither asked nor counted."""
    begin = years_after(peildatum, -1) + timedelta(days=1)
    since = begin if norm.telling_vanaf is None else max(begin, norm.telling_vanaf)
    in_force = clip(periodes, since, peildatum)
    asked = prorate(norm.per_jaar, days(in_force), (peildatum - begin).days + 1)
    return Rollend(begin, asked, sum(dag >= begin for dag in counted), due)


def _due_date(peildatum: date, norm: Seksnorm, periodes: Sequence[Periode], counted: Sequence[date]) -> date | None:
    """Rolling due date of the permit that is in force or comes next; None when it ends before that date."""
    current = next((p for p in periodes if p.tot_en_met is None or p.tot_en_met >= peildatum), None)
    if current is None:
        return None
    start = max(current.van, norm.telling_vanaf) if norm.telling_vanaf else current.van
    due = rolling_due(norm.per_jaar, start, counted)
    return due if current.tot_en_met is None or due <= current.tot_en_met else None


def _judge(
    rest: int, unplanned: int, fitting: int, due: date | None, peildatum: date, last_day: date
) -> tuple[Normstatus, str]:
    if rest == 0:
        return Normstatus.GEHAALD, "De norm van dit jaar is gehaald."
    if peildatum > last_day:
        return Normstatus.NIET_GEHAALD, f"Er zijn {rest} controles te weinig gedaan."
    if fitting < unplanned:
        return (
            Normstatus.IN_GEVAAR,
            f"Van de {unplanned} nog niet geplande controles passen er nog {fitting} in de dagen en diensten die er zijn.",
        )
    if unplanned and due is not None and peildatum > due:
        return Normstatus.IN_GEVAAR, f"De volgende controle moest uiterlijk {due:%d-%m-%Y} gedaan zijn."
    return Normstatus.OP_KOERS, f"Nog {rest} te doen, waarvan {rest - unplanned} gepland."


def seks_gemeentestand(standen: Iterable[Normstand]) -> Gemeentestand:
    """CAD-01 for the municipality; 'n.v.t.' without establishments, never 0 % (REG-02)."""
    counted = [stand for stand in standen if stand.status is not Normstatus.NIET_VAN_TOEPASSING]
    if not counted:
        return Gemeentestand(0, 0, 0, None, Normstatus.NIET_VAN_TOEPASSING)
    states = {stand.status for stand in counted}
    worst = next(
        s
        for s in (Normstatus.NIET_GEHAALD, Normstatus.IN_GEVAAR, Normstatus.OP_KOERS, Normstatus.GEHAALD)
        if s in states
    )
    met = sum(stand.status is Normstatus.GEHAALD for stand in counted)
    danger = sum(stand.status in {Normstatus.IN_GEVAAR, Normstatus.NIET_GEHAALD} for stand in counted)
    return Gemeentestand(len(counted), met, danger, 100 * met // len(counted), worst)
