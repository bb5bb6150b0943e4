"""CAD-06 and CAD-19: risk addresses that wait, by age, and horeca that comes round again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.planning.rules.kalender import Periode, merge, months_after
from app.planning.rules.normstand import Normstand, not_applicable
from app.planning.status import Normstatus, Wachtstatus


@dataclass(frozen=True, slots=True)
class Risicoadrestermijn:
    """A risk address with its term, as the register keeps it.

    Attributes:
        sleutel: Key of the risk address.
        in_beeld: Day on which it was added or activated.
        uiterste_datum: Last day for the visit.
        bezocht_op: Day of the completed visit, if any.
    """

    sleutel: str
    in_beeld: date
    uiterste_datum: date
    bezocht_op: date | None = None


@dataclass(frozen=True, slots=True)
class WachtendAdres:
    """A risk address that was not visited yet.

    Attributes:
        sleutel: Key of the risk address.
        dagen_in_beeld: Age in days.
        uiterste_datum: Last day for the visit.
        dagen_te_laat: Days past that day, else 0.
        status: 'wacht' up to and including the last day, 'te laat' after it.
    """

    sleutel: str
    dagen_in_beeld: int
    uiterste_datum: date
    dagen_te_laat: int
    status: Wachtstatus


def wachtende_risicoadressen(adressen: Iterable[Risicoadrestermijn], peildatum: date) -> list[WachtendAdres]:
    """Risk addresses without a visit, the oldest first (CAD-06, DH: "zodra in beeld")."""
    waiting = [
        WachtendAdres(
            sleutel=adres.sleutel,
            dagen_in_beeld=(peildatum - adres.in_beeld).days,
            uiterste_datum=adres.uiterste_datum,
            dagen_te_laat=max(0, (peildatum - adres.uiterste_datum).days),
            status=Wachtstatus.TE_LAAT if peildatum > adres.uiterste_datum else Wachtstatus.WACHT,
        )
        for adres in adressen
        if adres.in_beeld <= peildatum and (adres.bezocht_op is None or adres.bezocht_op > peildatum)
    ]
    return sorted(waiting, key=lambda w: (-w.dagen_in_beeld, w.uiterste_datum, w.sleutel))


def horeca_normstand(
    peildatum: date,
    maanden_tussen: int,
    vergunning: Iterable[Periode],
    gecontroleerd: Iterable[date],
    gepland: Iterable[date],
    verwacht: Iterable[date] = (),
) -> Normstand:
    """State of CAD-19 for one horeca licence: continuous supervision, once in a set number of months (GR).

    The next control is due that many months after the last completed one, or after the begin of the licence.

    Args:
        peildatum: Reference date.
        maanden_tussen: Months between two controls, from the norm table; 0 when the municipality sets none.
        vergunning: Periods in which the licence is in force.
        gecontroleerd: Dates of completed controls.
        gepland: Dates of planned controls.
        verwacht: Dates of planned controls from today up to a reference date in the future; they count as done.

    Returns:
        A state with norm 1: the control of the current interval.
    """
    current = next((p for p in merge(vergunning) if peildatum in p), None)
    if current is None:
        return not_applicable("Geen geldige vergunning op deze datum.")
    if maanden_tussen == 0:
        return not_applicable("Voor dit object geldt geen vaste termijn.")
    expected = [dag for dag in verwacht if current.van <= dag < peildatum]
    history = [*(dag for dag in gecontroleerd if current.van <= dag <= peildatum), *expected]
    due = months_after(max(history, default=current.van), maanden_tussen)
    planned = [dag for dag in gepland if dag >= peildatum]
    if history and peildatum <= due:
        plans = int(max(history) in expected)
        return Normstand(1, 1, len(planned), 0, due, Normstatus.GEHAALD, "Gecontroleerd binnen de termijn.", plans)
    if peildatum > due:
        text = f"De controle moest uiterlijk {due:%d-%m-%Y} gedaan zijn."
        return Normstand(1, 0, len(planned), 1, due, Normstatus.IN_GEVAAR, text)
    return Normstand(1, 0, len(planned), 1, due, Normstatus.OP_KOERS, f"Eerste controle uiterlijk {due:%d-%m-%Y}.")
