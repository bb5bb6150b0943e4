"""Generates a city as in the planner's prototype, and three other stocks; the same seed gives the same city.

Sources: the stock, norms and shifts of planning.md (120 sex establishments at 6 controls a year, 2,500 horeca at 2, 1, 1/3 and 1/5
a year, 600 risk addresses with terms of 14 or 30 days, 12 team-shifts a week). Everything else (opening hours, places, minutes on
the spot, leave) is invented: no data of a real city is used.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bench.gegevens import HORECA, RONDGANG, SEKS, TERMIJN, WONING, Dienst, Eis, Partner, Plek, Stad

START = date(2029, 1, 1)
"""A Monday on the first of January, so that weeks and the calendar year begin together."""
_VROEG, _MIDDEN, _LAAT = (9 * 60, 16 * 60), (14 * 60, 21 * 60), (18 * 60, 25 * 60)
_WIJK_M = 1_500
_JAAR = 364


@dataclass(frozen=True, slots=True)
class Maat:
    """What a stock is made of.

    Attributes:
        seks: Sex establishments.
        horeca: Horeca places per number a year.
        risico: Risk addresses that come into view over the year.
        teams: Teams with the kinds of place that they may control.
        per_team: Shifts a week of each.
        breedte: Side of the square in which everything lies, metres.
        kernen: Number of centres around which places lie.
    """

    naam: str
    seks: int
    horeca: tuple[tuple[float, int], ...]
    risico: int
    teams: tuple[tuple[str, tuple[str, ...]], ...]
    per_team: int
    breedte: int = 9_000
    kernen: int = 12
    omweg: float = 1.3
    km_per_uur: float = 15.0
    acties: int = 4


_TEAMS = (
    ("A", (SEKS, HORECA)),
    ("B", (SEKS, HORECA, WONING)),
    ("C", (HORECA, WONING)),
)
_HORECA = ((2.0, 290), (1.0, 680), (1 / 3, 830), (1 / 5, 700))
STAD = Maat("stad", 120, _HORECA, 600, _TEAMS, 4)
MATEN = {
    "stad": STAD,
    "platteland": Maat(
        "platteland",
        0,
        ((1.0, 60), (1 / 3, 60)),
        60,
        (("A", (HORECA, WONING)), ("B", (HORECA, WONING))),
        1,
        breedte=18_000,
        kernen=6,
        omweg=1.4,
        km_per_uur=25.0,
    ),
    "dubbel": Maat(
        "dubbel",
        240,
        tuple((rate, 2 * number) for rate, number in _HORECA),
        1_200,
        tuple((name + twin, kinds) for twin in "12" for name, kinds in _TEAMS),
        4,
        breedte=12_700,
        kernen=24,
    ),
    "halve-ploeg": Maat("halve-ploeg", 120, _HORECA, 600, _TEAMS, 2),
}


def scaled(maat: Maat, schaal: float) -> Maat:
    """A smaller stock with the same mix, for short runs; shifts shrink by dropping teams' shifts, never below one each."""
    if schaal == 1:
        return maat
    return Maat(
        maat.naam,
        round(maat.seks * schaal),
        tuple((rate, round(number * schaal)) for rate, number in maat.horeca),
        round(maat.risico * schaal),
        maat.teams,
        max(1, round(maat.per_team * schaal)),
        round(maat.breedte * schaal**0.5),
        max(1, round(maat.kernen * schaal)),
        maat.omweg,
        maat.km_per_uur,
        maat.acties,
    )


def make_city(maat: Maat, seed: int) -> Stad:
    """A city with its year of 52 weeks."""
    eind = START + timedelta(days=_JAAR - 1)
    bouw = _Bouw(maat, random.Random(f"{maat.naam}|{seed}"))
    seks = [bouw.sex_place(i) for i in range(maat.seks)]
    ronde = list(bouw.horeca(eind))
    risico = list(bouw.risk_addresses(eind))
    return Stad(
        naam=f"{maat.naam}-{seed}",
        start=START,
        eind=eind,
        plekken=(*seks, *(plek for plek, _ in ronde), *(plek for plek, _ in risico)),
        eisen=(*(eis for _, own in ronde for eis in own), *(eis for _, eis in risico)),
        diensten=tuple(bouw.shifts()),
        partners=tuple(bouw.partners(eind)),
        acties=maat.acties,
        omweg=maat.omweg,
        km_per_uur=maat.km_per_uur,
    )


def first_weeks(stad: Stad, weken: int) -> Stad:
    """The part of a year that has ended after some weeks: for judging a short run, in which a yearly norm cannot be judged."""
    eind = min(stad.eind, stad.start + timedelta(days=7 * weken - 1))
    if eind == stad.eind:
        return stad
    return replace(
        stad,
        eind=eind,
        plekken=tuple(replace(plek, per_jaar=0) for plek in stad.plekken),
        diensten=tuple(dienst for dienst in stad.diensten if dienst.datum <= eind),
    )


class _Bouw:
    """Builds the parts of one city from one source of chance."""

    def __init__(self, maat: Maat, rng: random.Random) -> None:
        self.maat = maat
        self.rng = rng
        rand = maat.breedte * 0.12
        self.kernen = [
            (rng.uniform(rand, maat.breedte - rand), rng.uniform(rand, maat.breedte - rand), rng.uniform(250, 700))
            for _ in range(maat.kernen)
        ]

    def _point(self, close: float) -> tuple[float, float]:
        """Near a centre with the given chance, else anywhere."""
        rng, width = self.rng, self.maat.breedte
        x, y = rng.uniform(0, width), rng.uniform(0, width)
        if rng.random() < close:
            cx, cy, spread = rng.choice(self.kernen)
            x, y = rng.gauss(cx, spread), rng.gauss(cy, spread)
        return round(75_000 + min(max(x, 0), width), 1), round(450_000 + min(max(y, 0), width), 1)

    @staticmethod
    def _wijk(x: float, y: float) -> str:
        return f"WK{int(x - 75_000) // _WIJK_M:02}{int(y - 450_000) // _WIJK_M:02}"

    def _place(
        self, sleutel: str, soort: str, duur: int, openings: tuple[tuple[int, int, int], ...], close: float
    ) -> Plek:
        x, y = self._point(close)
        return Plek(sleutel, soort, x, y, self._wijk(x, y), duur, openings)

    def sex_place(self, number: int) -> Plek:
        """An establishment with its openings and the six controls of the year before, on days that nobody could guess."""
        rng = self.rng
        opens, closes = rng.choice([(12 * 60, 26 * 60), (10 * 60, 24 * 60), (14 * 60, 27 * 60), (16 * 60, 26 * 60)])
        shut = rng.choice([None, None, 0, 6])
        openings = tuple((day, opens, closes) for day in range(7) if day != shut)
        plek = self._place(f"S{number:04}", SEKS, 60, openings, 0.8)
        slack = _JAAR - 1 - 3 * 5
        steps = sorted(rng.randint(0, slack) for _ in range(6))
        before = tuple(START - timedelta(days=_JAAR - step - 3 * i) for i, step in enumerate(steps))
        return Plek(plek.sleutel, SEKS, plek.x, plek.y, plek.wijk, 60, openings, 6, before[:6])

    def horeca(self, eind: date) -> Iterator[tuple[Plek, list[Eis]]]:
        """Horeca with the demands of the year: each asks for one control within a quarter of its interval round the due date."""
        rng, number = self.rng, 0
        for rate, count in self.maat.horeca:
            interval = round(_JAAR / rate)
            for _ in range(count):
                kind = rng.choice([(9, 17), (11, 22), (11, 22), (15, 25), (16, 26)])
                shut = rng.choice([None, None, None, 0, 1])
                openings = tuple((day, kind[0] * 60, kind[1] * 60) for day in range(7) if day != shut)
                plek = self._place(f"H{number:04}", HORECA, 45, openings, 0.75)
                number += 1
                due = START + timedelta(days=rng.randrange(interval))
                last = due - timedelta(days=interval)
                known = Plek(
                    plek.sleutel,
                    HORECA,
                    plek.x,
                    plek.y,
                    plek.wijk,
                    45,
                    openings,
                    bezocht=(last,) if last < START else (),
                )
                yield known, list(self._round(plek.sleutel, due, interval, eind))

    @staticmethod
    def _round(plek: str, due: date, interval: int, eind: date) -> Iterator[Eis]:
        margin, k = timedelta(days=interval // 4), 0
        while due <= eind:
            van, tot = max(START, due - margin), min(eind, due + margin)
            yield Eis(f"{plek}/{k}", plek, RONDGANG, van, tot, START)
            due, k = due + timedelta(days=interval), k + 1

    def risk_addresses(self, eind: date) -> Iterator[tuple[Plek, Eis]]:
        """Risk addresses that come into view over the year with a term of 14 or 30 days that ends within it."""
        rng = self.rng
        length = (eind - START).days
        daily = tuple((day, 8 * 60, 22 * 60) for day in range(7))
        number = round(self.maat.risico * (length + 1) / _JAAR)
        for i in range(number):
            term = rng.choice([14, 30])
            seen = START + timedelta(days=rng.randrange(max(1, length - term + 1)))
            plek = self._place(f"R{i:04}", WONING, 45, daily, 0.3)
            yield plek, Eis(f"{plek.sleutel}/0", plek.sleutel, TERMIJN, seen, seen + timedelta(days=term), seen)

    def shifts(self) -> Iterator[Dienst]:
        """Rosters that change every week, so that no weekday is a team's; about one shift in twelve falls away."""
        rng = self.rng
        late: dict[str, date] = {}
        for week in range(_JAAR // 7):
            for team, kinds in self.maat.teams:
                for day in sorted(rng.sample(range(7), self.maat.per_team)):
                    datum = START + timedelta(days=7 * week + day)
                    times = rng.choice([_VROEG, _MIDDEN, _LAAT])
                    if late.get(team) == datum - timedelta(days=1):
                        # Eleven hours of rest after a late shift (ATW 5:3).
                        times = _LAAT
                    if times is _LAAT:
                        late[team] = datum
                    chance = rng.random()
                    gone = None
                    if chance < 0.07:
                        gone = max(START, datum - timedelta(days=28))
                    elif chance < 0.085:
                        gone = datum
                    yield Dienst(f"{datum}/{team}", datum, team, *times, 30, kinds, rng.choice([2, 2, 3]), gone)

    def partners(self, eind: date) -> Iterator[Partner]:
        """Five services with their days; the police must be there, two come twice a year at most."""
        for name, share, most, needed in (
            ("politie", 0.5, 12, True),
            ("arbeidsinspectie", 0.2, 2, False),
            ("belastingdienst", 0.2, 2, False),
            ("brandweer", 0.3, 6, False),
            ("omgevingsdienst", 0.3, 6, False),
        ):
            days = (START + timedelta(days=n) for n in range((eind - START).days + 1))
            yield Partner(name, tuple(day for day in days if self.rng.random() < share), most, needed)
