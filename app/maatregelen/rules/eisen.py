"""What must be told of a measure before it may stand (INS-02 to INS-04, INS-06, HLP-05)."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.maatregelen.status import Maatregelsoort, Maatregelstatus, Opvang
from app.objecten.status import Objecttype

SLUITINGEN = frozenset({Maatregelsoort.SLUITING, Maatregelsoort.TIJDELIJKE_SLUITING})
LASTEN = frozenset({Maatregelsoort.LAST_DWANGSOM, Maatregelsoort.LAST_BESTUURSDWANG})
ONTRUIMEND = SLUITINGEN | {Maatregelsoort.LAST_BESTUURSDWANG}
"""Measures by which people may lose the place where they sleep."""

SLAAPPLAATSEN = frozenset({Objecttype.WON, Objecttype.LOG, Objecttype.HOT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Feiten:
    """What the rules look at.

    Attributes:
        geldt_tot: last day on which it holds; a closed place opens the day after.
        begunstigingstermijn_tot: last day on which the order can be met without consequence (Awb 5:24, 5:32a).
        spoed: there was no time for a decision beforehand (Awb 5:31; Gemeentewet 174 and 174a).
        opvang: the answer on shelter; None when it was not asked.
    """

    soort: Maatregelsoort
    status: Maatregelstatus
    objecttype: Objecttype
    opgelegd_op: date
    geldt_van: date
    geldt_tot: date | None
    begunstigingstermijn_tot: date | None
    spoed: bool
    opvang: Opvang | None


def asks_shelter(soort: Maatregelsoort, objecttype: Objecttype, *, spoed: bool) -> bool:
    """Whether 'opvang geregeld?' must be answered: where people sleep, and always when it is urgent (INS-04, HLP-05)."""
    return soort in ONTRUIMEND and (spoed or objecttype in SLAAPPLAATSEN)


def faults(feiten: Feiten) -> list[tuple[str, str]]:
    """What is missing or does not fit, as field and Dutch sentence; empty when the measure may stand.

    A measure that was told as ended long ago is not asked what nobody can answer any more.
    """
    found = []
    if feiten.geldt_tot is not None and feiten.geldt_tot < feiten.geldt_van:
        found.append(("geldtTot", "ligt voor geldtVan"))
    if feiten.begunstigingstermijn_tot is not None:
        if feiten.soort not in LASTEN:
            found.append(("begunstigingstermijnTot", "hoort alleen bij een last"))
        elif feiten.begunstigingstermijn_tot < feiten.opgelegd_op:
            found.append(("begunstigingstermijnTot", "ligt voor opgelegdOp"))
    if feiten.soort is Maatregelsoort.TIJDELIJKE_SLUITING and feiten.geldt_tot is None:
        found.append(("geldtTot", "ontbreekt; een tijdelijke sluiting heeft een laatste dag"))
    if feiten.status is not Maatregelstatus.OPGELEGD:
        return found
    if feiten.opvang is None and asks_shelter(feiten.soort, feiten.objecttype, spoed=feiten.spoed):
        found.append(("opvang", "ontbreekt: is er opvang geregeld voor wie hier verblijft?"))
    if feiten.soort in LASTEN and feiten.begunstigingstermijn_tot is None and not feiten.spoed:
        found.append(("begunstigingstermijnTot", "ontbreekt; een last heeft een termijn, behalve bij spoed"))
    return found


def recheck_day(
    soort: Maatregelsoort, status: Maatregelstatus, geldt_tot: date | None, begunstigingstermijn_tot: date | None
) -> date | None:
    """The day from which the place is to be controlled again: when it opens (INS-03), or when the term is over (INS-06)."""
    last = None
    if soort in SLUITINGEN and status in {Maatregelstatus.OPGELEGD, Maatregelstatus.BEEINDIGD}:
        last = geldt_tot
    elif soort in LASTEN and status is Maatregelstatus.OPGELEGD:
        last = begunstigingstermijn_tot
    return None if last is None else last + timedelta(days=1)
