"""How much one tablet and one account may deliver sealed in a day: nobody who floods may fill the disk or keep the others out (ADR 0023).

A flood is slowed down: it hears when to come back, and keeps what it has. Danger and signals go on out of a reserve that nothing else may use;
only when that is gone too they wait as well, and the office was told long before. Kept in the memory of each process, as `core/http/bounds.py`.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

DAG = 86_400.0
TEKENS = 10_000
"""Of one sealed event, on average over a day; one with a whole checklist takes some six thousand."""
RESERVE = 0.25
"""As a share of that: kept for danger and signals."""
ACCOUNT = 3
"""An account may use some tablets, and get a proof for any number of ids."""
REMEMBERED = 20_000
LONGEST = 3_600


@dataclass(slots=True)
class _Verbruik:
    zendingen: float
    tekens: float
    sinds: float
    gemeld: float | None = None


@dataclass(frozen=True, slots=True)
class Besluit:
    """What a delivery hears.

    Attributes:
        wacht: seconds to wait; 0 when it may go on.
        melden: the office must be told now; once a day for each tablet.
    """

    wacht: int
    melden: bool = False


class Bezorgmaat:
    """What was delivered lately, of one process.

    Args:
        zendingen: sealed events of one tablet in a day.
        clock: seconds that only go up.
    """

    def __init__(self, zendingen: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._zendingen, self._tekens, self._clock = float(zendingen), float(zendingen * TEKENS), clock
        self._bekend: OrderedDict[str, _Verbruik] = OrderedDict()

    def take(self, delen: Mapping[str, float], zendingen: int, tekens: int, *, dringend: bool) -> Besluit:
        """Takes a delivery into account, or says how long it has to wait.

        Args:
            delen: whom it is of, each with how many times the bound of one tablet it may use.
            zendingen: sealed events in it.
            tekens: their length together.
            dringend: danger or a signal is in it.
        """
        now, room = self._clock(), 1 + RESERVE if dringend else 1.0
        lopend = {key: self._lopend(key, deel, now) for key, deel in delen.items()}
        over = max(
            max(
                (one.zendingen + zendingen) / (self._zendingen * delen[key]),
                (one.tekens + tekens) / (self._tekens * delen[key]),
            )
            for key, one in lopend.items()
        )
        if over > room:
            melden = any(one.gemeld is None or now - one.gemeld >= DAG for one in lopend.values())
            for one in lopend.values():
                one.gemeld = now if melden else one.gemeld
            return Besluit(min(LONGEST, max(1, math.ceil((over - room) * DAG))), melden)
        for one in lopend.values():
            one.zendingen, one.tekens = one.zendingen + zendingen, one.tekens + tekens
        return Besluit(0)

    def _lopend(self, key: str, deel: float, now: float) -> _Verbruik:
        """What is still counted of somebody: it wears off evenly over a day."""
        one = self._bekend.pop(key, None) or _Verbruik(0.0, 0.0, now)
        worn = (now - one.sinds) / DAG * deel
        one.zendingen = max(0.0, one.zendingen - worn * self._zendingen)
        one.tekens = max(0.0, one.tekens - worn * self._tekens)
        one.sinds = now
        self._bekend[key] = one
        if len(self._bekend) > REMEMBERED:
            self._bekend.popitem(last=False)
        return one
