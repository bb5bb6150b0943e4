"""The fairness audit of a closed year (MON-13): shares, areas, sectors, teams; nothing small, nothing of signals, nothing of the planner."""

import ast
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from app.bevindingen.status import Barriere, Klasse
from app.bevindingen.tables import Bevinding
from app.controles.schemas.controles import ControleRead
from app.controles.status import Controlestatus
from app.core.clock import business_date, utc_now
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.unit_of_work import UnitOfWork
from app.objecten.status import Objecttype
from app.objecten.tables import Object
from app.rapportage.rules.eerlijkheid import Telling, hide_small, may_be_chance, share_range
from tests.planning.stad import Stad
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service

ROOT = Path(__file__).parents[2]
JAAR = business_date(utc_now()).year - 1
MAANDAG = next(day for number in range(7) if (day := date(JAAR, 3, 1) + timedelta(days=number)).weekday() == 0)


def finding(uow: UnitOfWork, control: UUID, object_id: UUID, klasse: Klasse, term: date | None) -> None:
    uow.session.add(
        Bevinding(
            gemeentecode=STAD,
            object_id=object_id,
            controle_id=control,
            barriere=Barriere.ARBEID,
            item="ARB-01",
            checklistversie="ARB-1",
            klasse=klasse,
            gewicht="N",
            antwoord=uow.seal(control, "bevinding.ARB-01", "nee"),
            vastgesteld_op=datetime(JAAR, 3, 2, 12, tzinfo=UTC),
            hersteltermijn=term,
        )
    )


@pytest.fixture
def jaar(runtime: Runtime, municipality: Municipality) -> None:
    """Of one round: 8 drawn (6 hit), 12 ranked (5 hit); 2 without a round; one attempt. Two areas, one of them small."""
    ronde, team = new_id(), municipality.teams["toezicht"]
    with runtime.system_unit("test") as uow:
        stad = Stad(uow)
        for number in range(22):
            place = stad.place(Objecttype.BEDR)
            row = uow.session.get_one(Object, place)
            row.sector = "bouw"
            row.wijkcode = "WK990102" if number in {0, 8, 9} else "WK990101"
            drawn, ranked = number < 8, 8 <= number < 20
            control = stad.control(
                place,
                MAANDAG + timedelta(days=number % 7),
                team_id=team,
                aanvang=(20 if number % 7 == 1 else 10) * 60,
                planronde_id=ronde if drawn or ranked else None,
                geloot=drawn,
            )
            hit = number < 6 or 8 <= number < 13
            klasse = Klasse.NALEVING if hit else Klasse.VERTROUWELIJK
            finding(uow, control, place, klasse, date(JAAR, 4, 1))
        stad.control(place, MAANDAG, status=Controlestatus.POGING, team_id=team)
        finding(uow, stad.control(stad.place(Objecttype.WON), MAANDAG, team_id=team), place, Klasse.NALEVING, None)


def audit(service: Service, rol: str = "bestuur", year: int = JAAR) -> dict[str, Any]:
    answer = service.as_(rol).get("/rapportages/eerlijkheid", params={"jaar": year})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.requirement("MON-13", "MON-08")
@pytest.mark.usefixtures("jaar")
def test_the_audit_of_a_closed_year_runs_without_the_planner(service: Service) -> None:
    read = audit(service)
    assert (read["totaal"], read["pogingen"], read["kleinsteCel"]) == (
        {"bezoeken": 23, "treffers": 11, "marge": {"van": 29, "totEnMet": 68}},
        1,
        5,
    )
    assert read["verschil"].startswith("Er zijn te weinig bezoeken")
    shares = {row["aandeel"]: (row["telling"]["treffers"], row["telling"]["bezoeken"]) for row in read["aandelen"]}
    # Three without a round is too few to show, and with the total it could be found: the next smallest goes too.
    assert shares == {"loting": (None, None), "voorrang en normen": (5, 12), "zonder planronde": (None, None)}
    (sector,) = (row for row in read["sectoren"] if row["sleutel"] == "bouw")
    found = [(sector[part]["bezoeken"], sector[part]["treffers"]) for part in ("totaal", "loting", "voorrang")]
    assert found == [(22, 11), (8, 6), (12, 5)]
    none = {"bezoeken": 0, "treffers": 0, "marge": None}
    assert all(row["totaal"] == none for row in read["sectoren"] if row is not sector)
    hidden = {"bezoeken": None, "treffers": None, "marge": None}
    assert [(row["sleutel"], row["totaal"], row["loting"]) for row in read["gebieden"]] == [
        (code, hidden, hidden) for code in ("WK990101", "WK990102")
    ]
    (team,) = (row for row in read["teams"] if row["bezoeken"])
    assert (team["bezoeken"], team["dagen"], team["avonden"], team["weekenddagen"]) == (23, 7, 1, 2)


def test_a_share_of_few_visits_is_no_finding() -> None:
    # Published values: Wilson 1927 for 0 of 20 and 15 of 148 (Newcombe 1998, table I); 56/70 against 48/80 (table II, method 10).
    assert share_range(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    assert share_range(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert may_be_chance(Telling(70, 56), Telling(80, 48)) is False
    assert may_be_chance(Telling(8, 6), Telling(12, 5)) is True
    assert may_be_chance(Telling(0, 0), Telling(80, 48)) is None
    assert Telling(5, 0).marge is not None


def test_for_whom_and_for_which_year(service: Service) -> None:
    for rol, status in (
        ("ketenregisseur", 200),
        ("beheerder", 200),
        ("planner", 403),
        ("hoofdplanner", 403),
        ("af", 403),
    ):
        assert service.as_(rol).get("/rapportages/eerlijkheid", params={"jaar": JAAR}).status_code == status, rol
    open_year = service.as_("bestuur").get("/rapportages/eerlijkheid", params={"jaar": JAAR + 1})
    assert (open_year.status_code, open_year.json()["fouten"][0]["veld"]) == (400, "query.jaar")
    assert service.as_("bestuur").get(f"/rapportages/eerlijkheid?jaar={JAAR}&gemeentecode=GM9902").status_code == 404


@given(st.lists(st.integers(0, 30), max_size=12), st.integers(1, 10))
def test_a_small_number_is_neither_shown_nor_found_by_subtraction(numbers: list[int], smallest: int) -> None:
    shown = hide_small(numbers, smallest)
    assert all(number is None or number == 0 or number >= smallest for number in shown)
    hidden = [number for number, seen in zip(numbers, shown, strict=True) if seen is None]
    assert len(hidden) != 1 or sum(number > 0 for number in numbers) == 1


@pytest.mark.requirement("MON-13")
def test_the_audit_and_the_planner_do_not_know_each_other() -> None:
    for path in (ROOT / "app" / "rapportage").rglob("eerlijkheid.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith("app.planning"), path
    names = {
        name
        for path in (ROOT / "app" / "planning").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (getattr(node, field, None) for field in ("id", "attr", "arg", "name"))
        if isinstance(name, str)
    }
    assert "punten_termijn" in names
    assert [name for name in names if "sector" in name.casefold()] == []


def test_who_controls_or_plans_never_sees_what_the_lot_chose(runtime: Runtime, service: Service) -> None:
    assert "geloot" not in ControleRead.model_fields
    with runtime.system_unit("test") as uow:
        stad = Stad(uow)
        for drawn in (True, False):
            stad.control(stad.place(Objecttype.BEDR), MAANDAG, geloot=drawn, planronde_id=UUID(int=7))
        assert len(uow.session.exec(select(Object)).all()) == 2
    for path in ("/controles", "/exporten/controles?formaat=csv"):
        answer = service.as_("planner").get(path)
        assert answer.status_code == 200
        assert "geloot" not in answer.text
