"""What the inspectors of the invented municipality did before today: a year of controls, some closed doors, and integral actions."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

Row = dict[str, str]
DAGEN = 364
MET_ACTIES = "HOR"
# type -> team, weekdays (Monday is 0) and minutes after midnight on which both shift and door are open
WERK: dict[str, tuple[str, tuple[int, ...], tuple[int, int]]] = {
    "SEKS": ("prostitutie", (1, 3, 5), (1020, 1380)),
    "MASS": ("prostitutie", (1, 3), (960, 1200)),
    "HOR": ("toezicht", (2, 4), (960, 1320)),
    "BEDR": ("malafide", (0, 2), (540, 960)),
    "LOG": ("malafide", (0, 2), (540, 960)),
    "HOT": ("toezicht", (0, 1), (540, 960)),
}
PER_JAAR = 6
BEZOCHT = {"HOR": 0.9}
OVERIG_BEZOCHT = 0.35
GESLOTEN, TEKORT = 0.04, 0.05
ACTIES_GELEDEN = (255, 165, 70)
"""Days before today around which the actions were; 28 days and more lie between two."""
ADRESSEN = 8
AVOND, ACTIETEAM, ACTIEDAG = 960, "prostitutie", 1


@dataclass(frozen=True)
class Geweest:
    """A control or attempt that was done.

    Attributes:
        minuut: Local minute of the day at which it began.
        poging: The door stayed closed.
        tekort: A shortcoming was found.
        actie: Number of the integral action that it was part of.
    """

    objectnummer: str
    type: str
    team: str
    datum: date
    minuut: int
    poging: bool = False
    tekort: bool = False
    actie: int | None = None


@dataclass(frozen=True)
class OudeActie:
    """An integral action that was held."""

    nummer: int
    datum: date
    partner: str


@dataclass(frozen=True)
class Geschiedenis:
    """A year of work, by date."""

    bezoeken: list[Geweest]
    acties: list[OudeActie]


def make_history(rng: random.Random, stock: list[Row], partner: str, today: date) -> Geschiedenis:
    """What was done in the year before `today`.

    Establishments were visited every two months on days that nobody could guess, most licensed horeca once, a third of the rest.

    Args:
        rng: source of every draw.
        stock: rows of the template `objecten`.
        partner: name of the partner of the actions.
        today: the day on which the history ends.
    """
    acties, done = _actions(rng, stock, partner, today)
    in_action = {visit.objectnummer for visit in done}
    for row in stock:
        if row["objectnummer"] in in_action:
            continue
        for ago in _days_ago(rng, row["type"]):
            done += _visit(rng, row, today - timedelta(days=ago))
    done = [visit for visit in done if visit.actie is not None or _was_there(visit, stock_start(stock), today)]
    return Geschiedenis(sorted(done, key=lambda v: (v.datum, v.minuut, v.objectnummer)), acties)


def stock_start(stock: list[Row]) -> dict[str, str]:
    """Begin of the permit by object, for those that have one."""
    return {row["objectnummer"]: row["vergunningVanaf"] for row in stock if row.get("vergunningVanaf")}


def _was_there(visit: Geweest, started: dict[str, str], today: date) -> bool:
    return visit.datum < today and visit.datum.isoformat() > started.get(visit.objectnummer, "")


def _days_ago(rng: random.Random, soort: str) -> list[int]:
    if soort == "SEKS":
        rhythm = DAGEN // PER_JAAR
        return [rhythm * number + rng.randint(8, rhythm - 10) for number in range(PER_JAAR)]
    return [rng.randint(8, DAGEN - 10)] if rng.random() < BEZOCHT.get(soort, OVERIG_BEZOCHT) else []


def _visit(rng: random.Random, row: Row, around: date) -> list[Geweest]:
    team, weekdays, (opens, closes) = WERK[row["type"]]
    day = next(around - timedelta(days=n) for n in range(7) if (around - timedelta(days=n)).weekday() in weekdays)
    minute = rng.randrange(opens, closes - 45, 15)
    done = Geweest(row["objectnummer"], row["type"], team, day, minute, tekort=rng.random() < TEKORT)
    if rng.random() >= GESLOTEN:
        return [done]
    return [Geweest(row["objectnummer"], row["type"], team, day - timedelta(days=7), minute, poging=True), done]


def _actions(rng: random.Random, stock: list[Row], partner: str, today: date) -> tuple[list[OudeActie], list[Geweest]]:
    """Evenings at the addresses around one place; nobody gets two."""
    left = [row for row in stock if row["type"] == MET_ACTIES]
    acties: list[OudeActie] = []
    visits: list[Geweest] = []
    for number, ago in enumerate(ACTIES_GELEDEN, 1):
        around = today - timedelta(days=ago + rng.randint(-15, 15))
        day = around - timedelta(days=(around.weekday() - ACTIEDAG) % 7)
        if len(left) < 2 * ADRESSEN:
            break
        middle = rng.choice(left)
        left.sort(key=lambda row: (_squared(row, middle), row["objectnummer"]))
        chosen, left = left[:ADRESSEN], left[ADRESSEN:]
        acties.append(OudeActie(number, day, partner))
        visits += [
            Geweest(row["objectnummer"], row["type"], ACTIETEAM, day, AVOND + 50 * order, actie=number)
            for order, row in enumerate(chosen)
        ]
    return acties, visits


def _squared(one: Row, other: Row) -> float:
    return (float(one["x"]) - float(other["x"])) ** 2 + (float(one["y"]) - float(other["y"])) ** 2
