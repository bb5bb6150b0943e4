"""Two peers that plan the same year day by day: earliest deadline first, and the list rule of Amsterdam's TOP.

Both know on the day itself what is due, which is more than a planner of whole weeks knows. Both ask a sex establishment once in every
sixth of the year, and keep what is late on the list until it was done. What does not fit a shift, by opening, travel or the days
between two controls, is skipped.

The rule of TOP (github.com/Amsterdam/top-backend, read in its published form): every candidate is tried as the centre of a list; each other
candidate scores 0.25 times its nearness (1 at the centre, 0 for the farthest) plus 0.3 times its priority; the eight best make the list of
that centre; the list with the highest sum wins and is walked in order of distance from its centre. TOP has no deadlines:
its priority is here the share of the time between the first and the last date that has passed, 1 when late. What is left of a
shift after the eight goes to the next of its twenty suggestions, as its users may do by hand.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from bench.gegevens import NORM, WONING, Bezoek, Dienst, Eis, Jaar, Plek, Stad, travel_minutes

_SCAN = 60
"""Candidates that earliest deadline first looks at for one shift."""
_LIJST, _SUGGESTIES = 8, 20
_W_AFSTAND, _W_PRIORITEIT = 0.25, 0.3


@dataclass(frozen=True, slots=True)
class Kandidaat:
    """Something that can be visited on a day."""

    eis: Eis
    plek: Plek
    vensters: tuple[tuple[int, int], ...]


Regel = Callable[[Stad, Dienst, Sequence[Kandidaat]], list[tuple[Kandidaat, int]]]
"""Chooses the visits of one shift with their first minutes."""


def run_year(stad: Stad, naam: str, regel: Regel, weken: int = 52) -> Jaar:
    """The year of a peer, or its first weeks, shift by shift."""
    return _Peer(stad, regel).run(naam, stad.start + timedelta(days=7 * weken - 1))


@dataclass
class _Peer:
    stad: Stad
    regel: Regel
    bezoeken: list[Bezoek] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.plekken = {p.sleutel: p for p in self.stad.plekken}
        self.inside = {p.sleutel: list(p.bezocht) for p in self.stad.plekken}
        self.tried: dict[str, date] = {}
        self.open = {e.sleutel: e for e in (*self.stad.eisen, *self._sixths())}

    def _sixths(self) -> list[Eis]:
        length = (self.stad.eind - self.stad.start).days + 1
        found = []
        for plek in self.stad.plekken:
            for k in range(plek.per_jaar):
                van, tot = (self.stad.start + timedelta(days=length * n // plek.per_jaar) for n in (k, k + 1))
                found.append(Eis(f"{plek.sleutel}/{k}", plek.sleutel, NORM, van, tot - timedelta(days=1), van))
        return found

    def run(self, naam: str, eind: date) -> Jaar:
        for dienst in sorted(self.stad.diensten, key=lambda d: (d.datum, d.van, d.sleutel)):
            if dienst.vervalt is None and dienst.datum <= eind:
                for kandidaat, start in self.regel(self.stad, dienst, self._candidates(dienst)):
                    self._visit(kandidaat, dienst, start)
        return Jaar(naam, tuple(self.bezoeken))

    def _candidates(self, dienst: Dienst) -> list[Kandidaat]:
        """What is due, open and allowed on a shift, the first deadline of each place only."""
        today, found, seen = dienst.datum, [], set()
        for eis in sorted(self.open.values(), key=lambda e: (e.tot, e.sleutel)):
            plek = self.plekken[eis.plek]
            if max(eis.van, eis.bekend) > today or eis.plek in seen or plek.soort not in dienst.bevoegd:
                continue
            apart = 1 if plek.soort == WONING else self.stad.tussentijd
            if self.tried.get(eis.plek) == today or any((today - d).days < apart for d in self.inside[eis.plek]):
                continue
            windows = _windows(plek, dienst)
            if windows:
                seen.add(eis.plek)
                found.append(Kandidaat(eis, plek, windows))
        return found

    def _visit(self, kandidaat: Kandidaat, dienst: Dienst, start: int) -> None:
        plek = kandidaat.plek
        open_door = not self.stad.door_is_shut(plek.sleutel, dienst.datum)
        self.bezoeken.append(Bezoek(dienst.sleutel, plek.sleutel, start, start + plek.duur, open_door))
        self.tried[plek.sleutel] = dienst.datum
        if open_door:
            self.inside[plek.sleutel].append(dienst.datum)
            del self.open[kandidaat.eis.sleutel]


def _windows(plek: Plek, dienst: Dienst) -> tuple[tuple[int, int], ...]:
    """Minutes of a shift during which the place is open for long enough."""
    found = []
    for day, opens, closes in plek.open:
        for shift in (-1, 0, 1):
            if (dienst.datum.weekday() + shift) % 7 == day:
                low, high = max(dienst.van, opens + 1440 * shift), min(dienst.tot, closes + 1440 * shift)
                if high - low >= plek.duur:
                    found.append((low, high))
    return tuple(sorted(found))


def _starts(
    stad: Stad, dienst: Dienst, order: Sequence[Kandidaat], *, skip: bool
) -> list[tuple[Kandidaat, int]] | None:
    """First minutes in a given order; what does not fit is skipped, or makes the whole order impossible."""
    clock, work, laid = dienst.van, 0, list[tuple[Kandidaat, int]]()
    for one in order:
        way = travel_minutes(stad, laid[-1][0].plek, one.plek) if laid else 0
        ready = clock + way
        start = next((max(ready, low) for low, high in one.vensters if max(ready, low) + one.plek.duur <= high), None)
        if start is None or work + way + one.plek.duur > dienst.tot - dienst.van - dienst.pauze:
            if skip:
                continue
            return None
        clock, work = start + one.plek.duur, work + way + one.plek.duur
        laid.append((one, start))
    return laid


def earliest_deadline(stad: Stad, dienst: Dienst, kandidaten: Sequence[Kandidaat]) -> list[tuple[Kandidaat, int]]:
    """Takes what is due first as long as a nearest-neighbour walk holds it."""
    chosen: list[Kandidaat] = []
    laid: list[tuple[Kandidaat, int]] = []
    room = dienst.tot - dienst.van - dienst.pauze
    for one in kandidaten[:_SCAN]:
        if sum(c.plek.duur for c in chosen) + one.plek.duur > room:
            break
        tried = _starts(stad, dienst, _nearest_neighbour(stad, dienst, [*chosen, one]), skip=False)
        if tried is not None:
            chosen.append(one)
            laid = tried
    return laid


def _nearest_neighbour(stad: Stad, dienst: Dienst, chosen: Sequence[Kandidaat]) -> list[Kandidaat]:
    """The nearest place that is open on arrival, else the one that opens first; begins at the one due first."""
    left, order, clock = list(chosen), list[Kandidaat](), dienst.van
    while left:

        def rank(
            one: Kandidaat, now: int = clock, here: Kandidaat | None = order[-1] if order else None
        ) -> tuple[int, int]:
            way = travel_minutes(stad, here.plek, one.plek) if here else 0
            opens = next((low for low, high in one.vensters if now + way + one.plek.duur <= high), dienst.tot)
            return max(0, opens - now - way), way

        nearest = min(left, key=rank)
        wait, way = rank(nearest)
        left.remove(nearest)
        order.append(nearest)
        clock += wait + way + nearest.plek.duur
    return order


def top_list(stad: Stad, dienst: Dienst, kandidaten: Sequence[Kandidaat]) -> list[tuple[Kandidaat, int]]:
    """The best list over all centres, walked in order of distance from its centre."""
    if not kandidaten:
        return []
    xy = np.array([(k.plek.x, k.plek.y) for k in kandidaten])
    distance = np.hypot(xy[:, None, 0] - xy[None, :, 0], xy[:, None, 1] - xy[None, :, 1])
    farthest = np.maximum(distance.max(axis=1, keepdims=True), 1.0)
    score = _W_AFSTAND * (farthest - distance) / farthest + _W_PRIORITEIT * _passed(dienst, kandidaten)[None, :]
    ranked = np.argsort(-score, axis=1, kind="stable")[:, :_SUGGESTIES]
    sums = np.take_along_axis(score, ranked[:, :_LIJST], axis=1).sum(axis=1)
    centre = int(sums.argmax())
    best = ranked[centre]
    parts = (best[:_LIJST], best[_LIJST:])
    order = [int(i) for part in parts for i in sorted(part, key=lambda i: (distance[centre, i], i))]
    return _starts(stad, dienst, [kandidaten[i] for i in order], skip=True) or []


def _passed(dienst: Dienst, kandidaten: Sequence[Kandidaat]) -> NDArray[np.float64]:
    shares = [min(1.0, (dienst.datum - k.eis.van).days / max(1, (k.eis.tot - k.eis.van).days)) for k in kandidaten]
    return np.array(shares, dtype=np.float64)


PEERS: dict[str, Regel] = {"eerste termijn eerst": earliest_deadline, "lijst van TOP": top_list}
