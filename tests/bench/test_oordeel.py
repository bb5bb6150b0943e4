"""The checker finds every hard rule that a plan breaks, counts as the rules say, and shares no code with what it judges."""

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bench.gegevens import (
    HORECA,
    RONDGANG,
    SEKS,
    TERMIJN,
    WONING,
    Actie,
    Bezoek,
    Dienst,
    Eis,
    Jaar,
    Partner,
    Plek,
    Stad,
    read_jaar,
    write,
)
from bench.gelijken import PEERS, run_year
from bench.jaar import Jaarloop
from bench.oordeel.cijfers import count_year
from bench.oordeel.raden import Beurt, guessability
from bench.oordeel.regels import violations
from bench.stad import MATEN, first_weeks, make_city, scaled

BENCH = Path(__file__).parents[2] / "bench"
MAANDAG = date(2029, 1, 1)
ALTIJD = tuple((day, 8 * 60, 27 * 60) for day in range(7))


def dag(n: int) -> date:
    return MAANDAG + timedelta(days=n)


def dienst(n: int, team: str = "A", van: int = 18 * 60, tot: int = 25 * 60, **more: object) -> Dienst:
    facts: dict[str, object] = {"pauze": 30, "bevoegd": (SEKS, HORECA, WONING), "bezetting": 2} | more
    return Dienst(f"{team}{n}", dag(n), team, van, tot, **facts)  # type: ignore[arg-type]


STAD = Stad(
    naam="proef",
    start=MAANDAG,
    eind=dag(59),
    plekken=(
        Plek(
            "S1", SEKS, 0.0, 0.0, "W1", 60, tuple((day, 14 * 60, 26 * 60) for day in range(7)), 2, (dag(-30), dag(-9))
        ),
        Plek("R1", WONING, 2_000.0, 0.0, "W1", 45, ALTIJD),
        *(Plek(f"H{i}", HORECA, 100.0 * i, 0.0, "W1" if i < 5 else "W2", 45, ALTIJD) for i in range(6)),
    ),
    eisen=(
        Eis("R1/0", "R1", TERMIJN, dag(3), dag(17), dag(3)),
        *(Eis(f"H{i}/0", f"H{i}", RONDGANG, dag(0), dag(40), dag(0)) for i in range(6)),
    ),
    diensten=(
        dienst(1),
        dienst(2),
        dienst(4),
        dienst(5, van=9 * 60, tot=16 * 60),
        dienst(6, van=9 * 60, tot=22 * 60),
        dienst(10, bezetting=1),
        dienst(11, vervalt=dag(11)),
        dienst(12, "C", bevoegd=(HORECA,)),
        dienst(20),
        dienst(40),
        dienst(50),
    ),
    partners=(
        Partner("politie", (dag(20), dag(40)), 9, True),
        Partner("brandweer", (dag(20), dag(40)), 1, False),
    ),
    acties=1,
    kans_dicht=0.0,
)
ACTIE = Actie("a", dag(20), "W1", ("A20",), ("politie",))
GOED = Jaar(
    "proef",
    (
        Bezoek("A1", "S1", 1080, 1140),
        Bezoek("A1", "H1", 1141, 1186),
        Bezoek("A4", "R1", 1080, 1125),
        Bezoek("A20", "H2", 1080, 1125, actie="a"),
        Bezoek("A20", "H3", 1126, 1171, actie="a"),
        Bezoek("A20", "H4", 1172, 1217, actie="a"),
        Bezoek("A40", "S1", 1080, 1140),
    ),
    (ACTIE,),
)


def plus(*bezoeken: Bezoek) -> Jaar:
    return replace(GOED, bezoeken=(*GOED.bezoeken, *bezoeken))


def met_actie(**anders: object) -> Jaar:
    return replace(GOED, acties=(replace(ACTIE, **anders),))  # type: ignore[arg-type]


def second_actie(n: int, *partners: str) -> Jaar:
    other = Actie("b", dag(n), "W1", (f"A{n}",), partners)
    stops = (Bezoek(f"A{n}", f"H{i}", 1080 + 60 * i, 1125 + 60 * i, actie="b") for i in range(2, 5))
    kept = tuple(b for b in GOED.bezoeken if b.dienst != f"A{n}")
    return replace(GOED, bezoeken=(*kept, *stops), acties=(ACTIE, other))


PLANTED: dict[str, Jaar] = {
    "ONBEKEND": plus(Bezoek("A9", "H1", 1080, 1125)),
    "BEZETTING": plus(Bezoek("A10", "H0", 1080, 1125)),
    "DIENST_WEG": plus(Bezoek("A11", "H0", 1080, 1125)),
    "DIENSTTIJD": plus(Bezoek("A4", "H0", 1470, 1515)),
    "DIENSTVOL": plus(*(Bezoek("A50", f"H{i}", 1080 + 70 * i, 1150 + 70 * i - 2) for i in range(6))),
    "OVERLAP": plus(Bezoek("A4", "H0", 1100, 1145)),
    "REISTIJD": plus(Bezoek("A4", "H0", 1130, 1175)),
    "DUUR": plus(Bezoek("A4", "H0", 1200, 1210)),
    "BEVOEGDHEID": plus(Bezoek("C12", "S1", 1080, 1140)),
    "OPENINGSTIJD": plus(Bezoek("A5", "S1", 780, 840)),
    "GRONDSLAG": plus(Bezoek("A1", "R1", 1300, 1345)),
    "DUBBEL": plus(Bezoek("A1", "H1", 1300, 1345)),
    "TUSSENTIJD": plus(Bezoek("A2", "S1", 1300, 1360)),
    "ATW": plus(Bezoek("A5", "H0", 600, 645)),
    "PARTNER_AFWEZIG": met_actie(datum=dag(21), partners=("politie",)),
    "PARTNER_VERPLICHT": met_actie(partners=("brandweer",)),
    "PARTNER_VAAK": second_actie(50, "politie", "brandweer"),
    "ACTIE_ALLEEN": met_actie(partners=()),
    "ACTIE_TUSSENTIJD": second_actie(40, "politie"),
    "ACTIE_ADRESSEN": replace(GOED, bezoeken=tuple(b for b in GOED.bezoeken if b.plek != "H4")),
    "ACTIE_GEBIED": plus(Bezoek("A20", "H5", 1300, 1345, actie="a")),
    "ACTIE_DIENST": plus(Bezoek("A20", "H0", 1300, 1345)),
    "ACTIE_SOORT": plus(Bezoek("A20", "R1", 1300, 1345, actie="a")),
    "ACTIE_ONBEKEND": plus(Bezoek("A4", "H0", 1300, 1345, actie="z")),
}
PLANTED["PARTNER_VAAK"] = replace(
    PLANTED["PARTNER_VAAK"],
    acties=tuple(replace(a, partners=("politie", "brandweer")) for a in PLANTED["PARTNER_VAAK"].acties),
)


def test_a_year_that_keeps_every_rule_breaks_none() -> None:
    assert violations(STAD, GOED) == []


@pytest.mark.parametrize("regel", sorted(PLANTED))
def test_a_planted_fault_is_found(regel: str) -> None:
    assert regel in {v.regel for v in violations(STAD, PLANTED[regel])}


def test_a_shift_longer_than_twelve_hours_and_a_date_outside_the_year_are_found() -> None:
    assert "ATW" in {v.regel for v in violations(STAD, plus(Bezoek("A6", "H0", 600, 645)))}
    assert "PERIODE" in {v.regel for v in violations(replace(STAD, eind=dag(30)), GOED)}


def test_a_closed_door_cannot_be_told_as_a_control() -> None:
    shut = replace(STAD, kans_dicht=1.0)
    assert {v.regel for v in violations(shut, GOED)} == {"DEUR"}


def test_every_rule_of_the_checker_has_a_planted_fault() -> None:
    source = (BENCH / "oordeel" / "regels.py").read_text(encoding="utf-8")
    made = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    named = {
        node.args[0].value
        for node in made
        if isinstance(node.func, ast.Name) and node.func.id == "Overtreding" and isinstance(node.args[0], ast.Constant)
    }
    assert named == {*PLANTED, "PERIODE", "DEUR"}


@pytest.mark.parametrize(
    "path", [BENCH / "gegevens.py", BENCH / "stad.py", BENCH / "gelijken.py", *(BENCH / "oordeel").glob("*.py")]
)
def test_checker_city_and_peers_import_nothing_of_the_service(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    own = {"bench.gegevens", "bench.oordeel", "bench.oordeel.cijfers", "bench.oordeel.raden", "bench.oordeel.regels"}
    assert not {name for name in names if name.split(".")[0] in {"app", "geo"}}
    assert {name for name in names if name.startswith("bench")} <= own


def test_demands_are_settled_once_and_late_ones_are_late() -> None:
    cijfers = count_year(STAD, plus(Bezoek("A50", "H0", 1080, 1125), Bezoek("A12", "H1", 1, 2)))
    assert (cijfers.seks.gedaan, cijfers.seks.gevraagd) == (2, 2)
    assert (cijfers.risico.op_tijd, cijfers.risico.gevraagd) == (1, 1)
    assert (cijfers.horeca.gevraagd, cijfers.horeca.gedaan, cijfers.horeca.op_tijd) == (6, 5, 4)
    assert cijfers.nooit == 1  # H5
    assert cijfers.diensten == 5
    assert cijfers.reis == 1 + 1 + 1  # S1 to H1, H2 to H3 to H4; nothing on shifts with one stop
    closed = replace(GOED, bezoeken=tuple(replace(b, binnen=b.plek != "R1") for b in GOED.bezoeken))
    assert count_year(STAD, closed).risico.gedaan == 0
    assert count_year(STAD, closed).pogingen == 1


def _turns(gap: Callable[[int, int], int]) -> list[Beurt]:
    found = []
    for p in range(40):
        last = dag(0)
        for k in range(6):
            last, before = last + timedelta(days=gap(p, k)), last
            found.append(Beurt(f"S{p}", before, last, k, None))
    return found


def test_a_fixed_rhythm_is_guessed_and_a_number_that_tells_the_gap_too() -> None:
    always = guessability(_turns(lambda _p, _k: 60))
    told = guessability(_turns(lambda _p, k: 20 + 15 * k))
    spread = guessability(_turns(lambda p, k: 3 + (p * 37 + k * 101) % 115))
    assert always is not None
    assert told is not None
    assert spread is not None
    assert (always.een_dag, always.zeven_dagen, always.entropie) == (100.0, 100.0, 0.0)
    assert told.een_dag == 100.0
    assert told.entropie > 2
    assert spread.zeven_dagen < 20
    assert guessability([]) is None


def test_the_same_seed_gives_the_same_city_whose_rosters_keep_the_rest(tmp_path: Path) -> None:
    small = scaled(MATEN["stad"], 0.1)
    stad = make_city(small, 3)
    assert stad == make_city(small, 3) != make_city(small, 4)
    eerste = stad.plekken[0]
    jaar = Jaar("x", tuple(Bezoek(d.sleutel, eerste.sleutel, d.van, d.van + 60) for d in stad.diensten), (ACTIE,))
    assert "ATW" not in {v.regel for v in violations(stad, jaar)}
    assert all(stad.start <= e.van <= e.tot <= stad.eind for e in stad.eisen)
    write(tmp_path / "jaar.json", jaar)
    assert read_jaar(tmp_path / "jaar.json") == jaar


def test_the_least_days_between_two_controls_are_allowed() -> None:
    assert violations(STAD, plus(Bezoek("A4", "S1", 1300, 1360))) == []


@pytest.mark.parametrize("planner", ["veldwacht", *PEERS])
def test_the_planner_and_its_peers_break_no_rule_in_the_first_weeks_of_a_small_municipality(planner: str) -> None:
    stad = make_city(MATEN["platteland"], 2)
    jaar = Jaarloop(stad, 2).run(6) if planner == "veldwacht" else run_year(stad, planner, PEERS[planner], 6)
    begin = first_weeks(stad, 6)
    assert violations(begin, jaar) == []
    assert count_year(begin, jaar).risico.op_tijd == count_year(begin, jaar).risico.gevraagd > 0
