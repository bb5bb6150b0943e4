"""Problems for the tests of the planner: a small municipality and random tiny ones."""

import random
from datetime import date, timedelta

from app.planning.solver.problem import (
    ActieObject,
    IntegralActies,
    Lock,
    Opening,
    Partner,
    Point,
    Problem,
    Settings,
    Slot,
    Visit,
)
from app.planning.solver.terms import Term, TermCode

START = date(2026, 1, 5)


def dag(n: int) -> date:
    return START + timedelta(days=n)


def dienst(n: int, start: int = 17 * 60, end: int = 25 * 60, **more: object) -> Slot:
    feiten: dict[str, object] = {
        "key": f"d{n:03}",
        "team": "team",
        "competences": frozenset({"APV"}),
        "capacity": end - start,
    }
    return Slot(date=dag(n), start=start, end=end, **(feiten | more))  # type: ignore[arg-type]


def bezoek(key: str, first: int, last: int, **more: object) -> Visit:
    feiten: dict[str, object] = {
        "object_key": key,
        "point": Point(80000, 450000),
        "area": "west",
        "duration": 40,
        "competences": frozenset({"APV"}),
        "norm_key": "RISICO",
        "norm_clause": "Risicoadres binnen de termijn",
        "required": True,
    }
    return Visit(key=key, earliest=dag(first), latest=dag(last), **(feiten | more))  # type: ignore[arg-type]


def gemeente(seed: int = 1, days: int = 182, seks: int = 4, horeca: int = 12, acties: int = 2) -> Problem:
    """Half a year of a small municipality with every kind of rule in it."""
    rng = random.Random(seed)
    evening = tuple(Opening(d, 18 * 60, 26 * 60) for d in range(7))
    day_and_night = tuple(Opening(d, 12 * 60, 25 * 60) for d in range(7))

    def somewhere() -> Point:
        return Point(rng.uniform(78000, 82000), rng.uniform(448000, 452000))

    base = Point(80000, 450000)
    slots = [
        dienst(
            n,
            start,
            end,
            key=f"{n:03}-{team}",
            team=team,
            competences=skills,
            capacity=end - start - 30,
            base=base,
        )
        for n in range(days)
        for weekday, start, end, team, skills in (
            (1, 17 * 60, 25 * 60, "laat", frozenset({"APV"})),
            (4, 18 * 60, 26 * 60, "nacht", frozenset({"APV", "HUIS"})),
        )
        if n % 7 == weekday
    ]
    visits = [
        bezoek(
            f"s{i}-{k}",
            0,
            days - 1,
            object_key=f"s{i}",
            point=point,
            openings=evening,
            min_days_between=14,
            draw_window=True,
            norm_key="SEKS",
            norm_clause="Zes controles per jaar",
            terms=(Term(TermCode.TERMIJN, 5),),
        )
        for i in range(seks)
        for point in [somewhere()]
        for k in range(3)
    ]
    visits += [
        bezoek(f"r{i}", first, first + 14, point=somewhere(), competences=frozenset({"HUIS"}))
        for i in range(3)
        for first in [rng.randint(0, days - 15)]
    ]
    visits += [
        bezoek(
            f"h{i}",
            0,
            days - 1,
            point=somewhere(),
            openings=day_and_night,
            required=False,
            norm_key="HORECA",
            norm_clause="Doorlopend toezicht op horeca",
            area=f"wijk{i % 2}",
            terms=(Term(TermCode.LAATSTE_CONTROLE, rng.randint(0, 20)),),
        )
        for i in range(horeca)
    ]
    chosen = [v for v in visits if v.norm_key == "HORECA"]
    candidates = tuple(ActieObject(v.object_key, v.point, v.area, 25, terms=v.terms, visit_key=v.key) for v in chosen)
    partners = tuple(
        Partner(key, key.title(), frozenset(dag(n) for n in range(days) if rng.random() < 0.5), limit)
        for key, limit in (("politie", None), ("belastingdienst", 1), ("nla", None))
    )
    integral = IntegralActies(
        acties, 28, partners, candidates, "ACTIES", "Integrale acties", min_objects=2, max_objects=3
    )
    return Problem(dag(0), dag(days - 1), tuple(slots), tuple(visits), integral if acties else None)


def tiny(rng: random.Random, *, acties: bool) -> Problem:
    """A few visits and shifts with tight rules, often too tight."""
    skills = [frozenset({"A"}), frozenset({"A", "B"}), frozenset({"B"})]
    slots = tuple(
        dienst(
            rng.randint(0, 9),
            start := rng.choice([9, 17, 22]) * 60,
            end := start + rng.choice([60, 120, 300]),
            key=f"d{i}",
            competences=rng.choice(skills),
            capacity=rng.randint(50, end - start),
            base=rng.choice([None, Point(80000, 450000)]),
        )
        for i in range(rng.randint(0, 4))
    )

    def openings() -> tuple[Opening, ...] | None:
        if rng.random() < 0.3:
            return None
        opens = rng.choice([0, 9, 18, 23]) * 60
        return tuple(Opening(d, opens, opens + rng.choice([1, 4, 8]) * 60) for d in range(7) if rng.random() < 0.8)

    visits = tuple(
        bezoek(
            f"v{i}",
            first := rng.randint(0, 9),
            first + rng.randint(0, 9),
            object_key=f"o{rng.randint(0, 2)}",
            point=Point(80000 + rng.randint(0, 3000), 450000),
            duration=rng.choice([20, 40, 60]),
            competences=frozenset(rng.choice(["A", "B"])),
            openings=openings(),
            required=rng.random() < 0.7,
            min_days_between=rng.choice([1, 2, 5]),
            spacing_exempt=rng.random() < 0.2,
            draw_window=rng.random() < 0.5,
        )
        for i in range(rng.randint(0, 5))
    )
    keys = rng.sample([v.key for v in visits], min(len(visits), rng.randint(0, 2))) if slots else []
    locks = tuple(Lock(key, rng.choice(slots).key) for key in keys)
    integral = None
    if acties:
        candidates = tuple(
            ActieObject(f"c{i}", Point(80000, 450000 + 500 * i), rng.choice("xy"), 20, openings())
            for i in range(rng.randint(0, 5))
        )
        partners = tuple(
            Partner(
                f"p{i}",
                f"P{i}",
                frozenset(dag(n) for n in range(10) if rng.random() < 0.6),
                rng.choice([None, 1]),
            )
            for i in range(rng.randint(1, 2))
        )
        integral = IntegralActies(rng.randint(0, 3), rng.randint(0, 4), partners, candidates, "ACTIES", "Acties")
    settings = Settings(window_days=3, random_share=rng.choice([0.0, 0.5, 1.0]), travel_allowance=rng.choice([0, 8]))
    return Problem(dag(0), dag(9), slots, visits, integral, locks, settings)
