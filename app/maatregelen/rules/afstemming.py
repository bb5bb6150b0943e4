"""When a measure waits for agreement before it binds anybody (INS-05, ROL-12, DEF-05).

Who may be a victim of coercion is not punished for what he was forced to do. So what is directed at whoever stays or works somewhere
always waits, at every place alike, just as what the public prosecutor must agree with: the wait itself tells nothing. Only the AF
sees what is known of a place and decides.
"""

from collections.abc import Collection
from datetime import date, timedelta

from app.maatregelen.status import Afstemreden, Afstemverzoekstand, GerichtOp, Maatregelstatus

HISTORIE = timedelta(days=365)
"""From this age on a measure that ended is history, and nobody is asked about it any more [E]."""


def grounds(gericht_op: GerichtOp, *, om: bool, dwang: bool) -> frozenset[Afstemreden]:
    """Why this measure needs agreement; empty when it needs none.

    Args:
        gericht_op: towards whom it works.
        om: the catalogue says that the public prosecutor must agree.
        dwang: at this place somebody may have been forced to commit offences (ARB-22, a signal of that form).
    """
    found = {Afstemreden.OM} if om else set()
    if gericht_op is GerichtOp.VERBLIJFT:
        found.add(Afstemreden.VERBLIJFT)
        if dwang:
            found.add(Afstemreden.DWANG)
    return frozenset(found)


def binds(status: Maatregelstatus, opgelegd_op: date, vandaag: date) -> bool:
    """Whether a measure of this state must be agreed on: one that is in force, or that ended only recently."""
    if status is Maatregelstatus.BEEINDIGD:
        return vandaag - opgelegd_op < HISTORIE
    return status is Maatregelstatus.OPGELEGD


def is_agreed(stand: Afstemverzoekstand | None, needed: frozenset[Afstemreden], known: Collection[Afstemreden]) -> bool:
    """Whether the agreement covers all that is known now: what became known after it was given asks for a new one."""
    return not needed or (stand is Afstemverzoekstand.AFGESTEMD and needed <= set(known))
