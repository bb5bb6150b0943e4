"""What other registers bring to a control: earlier measures (REG-18) and certificates (REG-14), and the volume of a year (CAD-17)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert

from app.checklists.service import current_versions, get_catalogue
from app.controles.repository.controles import Controlefilter
from app.controles.service.controles import list_controles
from app.controles.status import Aanleiding, Controlestatus
from app.controles.tables import Controle
from app.core.http.paging import Paging, decode
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.accounts import Accounts
from tests.controles.conftest import Field, Tablet, signals, today
from tests.controles.test_werkpakket import confidential_codes
from tests.gemeenten.queries import counted
from tests.support.lijsten import LIJSTEN, seed_lists
from tests.support.municipality import STAD
from tests.support.service import Service


@pytest.fixture
def lists(runtime: Runtime, veld: Field) -> None:
    """The shipped lists."""
    assert veld.objecten
    seed_lists(runtime)


def measure(service: Service, object_id: UUID, soort: str, **changes: object) -> dict[str, Any]:
    data = {"objectId": str(object_id), "soort": soort, "grondslag": "opiumwet-13b", "kenmerk": "B-1"}
    dates = {"opgelegdOp": "2025-03-01", "geldtVan": "2025-03-01", **changes}
    made = service.as_("vergunningverlener").post("/maatregelen", json={**data, **dates})
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


@pytest.mark.requirement("REG-18")
@pytest.mark.usefixtures("lists")
def test_a_closure_shows_at_the_next_control_and_names_no_confidential_question(veld: Field, service: Service) -> None:
    place = veld.objecten["BEDR"]
    measure(service, place, "tijdelijke-sluiting", geldtTot="2025-09-01")
    measure(service, place, "sluiting", status="voorgenomen")
    withdrawn = measure(service, place, "waarschuwing")
    path = f"/maatregelen/{withdrawn['id']}/_intrekken"
    assert service.as_("vergunningverlener").post(path, headers={"If-Match": '"1"'}).status_code == 200
    measure(
        service,
        place,
        "bestuurlijke-boete",
        grondslag="apv",
        opgelegdOp="2025-05-01",
        gerichtOp="exploitant-of-eigenaar",
    )
    veld.plan("BEDR")
    veld.plan("HOR")
    package = service.as_("toezichthouder").get(f"/werkpakketten/{today()}")
    shown = {control["object"]["type"]: control["object"]["maatregelen"] for control in package.json()["controles"]}
    # Neither what is only intended (it would warn) nor what was withdrawn (it would blame an honest owner).
    assert [(row["soort"], row["geldtTot"], row["aandachtspunt"]) for row in shown["BEDR"]] == [
        ("bestuurlijke-boete", None, None),
        ("tijdelijke-sluiting", "2025-09-01", "eerdere-sluiting"),
    ]
    assert shown["HOR"] == []
    assert not {code for code in confidential_codes() if code in package.text}
    # The neutral word opens a question by way of a list that is the same for every place.
    points = service.as_("toezichthouder").get("/lijsten/aandachtspunten").json()["waarden"]
    assert {point["code"]: point["kenmerken"]["items"] for point in points} == {"eerdere-sluiting": ["ARB-22"]}


def test_every_question_that_a_list_opens_exists() -> None:
    regels = get_catalogue(current_versions(today())).regels
    opened = [item for row in LIJSTEN if row.lijst == "aandachtspunten" for item in row.kenmerken["items"]]
    assert opened
    assert set(opened) <= regels.keys()


def certificate(service: Service, object_id: UUID, last_day: date, nummer: str = "SNF-1") -> str:
    data = {"objectId": str(object_id), "soort": "snf", "nummer": nummer, "registernaam": "SNF-register"}
    dates = {"geldigTot": last_day.isoformat(), "nagekekenOp": today().isoformat()}
    made = service.as_("pandbrigade").post("/certificaten", json={**data, **dates})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def findings(service: Service, object_id: UUID) -> dict[str, str]:
    rows = service.as_("planner").get("/bevindingen", params={"objectId": str(object_id)}).json()["resultaten"]
    return {row["item"]: row["antwoord"] for row in rows if row["gecorrigeerdOp"] is None}


@pytest.mark.requirement("REG-14")
@pytest.mark.usefixtures("lists")
def test_an_expired_certificate_is_a_finding_when_the_control_is_finished(
    veld: Field, tablet: Tablet, service: Service, runtime: Runtime
) -> None:
    yesterday = today() - timedelta(days=1)
    house, firm = veld.objecten["LOG"], veld.objecten["BEDR"]
    certificate(service, house, yesterday)
    certificate(service, firm, today())  # its last day is today: still in force
    late = service.as_("planner").get("/certificaten", params={"verlooptVoor": today().isoformat()}).json()
    assert [row["objectId"] for row in late["resultaten"]] == [str(house)]
    control, other = veld.plan("LOG"), veld.plan("BEDR")
    package = service.as_("toezichthouder").get(f"/werkpakketten/{today()}").json()
    assert {c["id"]: c["object"]["certificaten"][0]["verlopen"] for c in package["controles"]} == {
        str(control): True,
        str(other): False,
    }
    events = tablet.whole(control, {"BEV-02": "ja", "ENT-21": "nee"})
    tablet.send(*events[:2])
    assert findings(service, house) == {}  # not before the control is finished
    tablet.send(events[2])
    tablet.send(*tablet.whole(other, {"BEV-02": "ja", "ENT-21": "nee", "HUI-26": "ja"}))
    assert findings(service, house) == {"HUI-20": f"certificaat verlopen op {yesterday:%d-%m-%Y}"}
    assert findings(service, firm) == {}
    assert signals(runtime) == []  # compliance only: no points, no signal

    # What the inspector saw goes before the register, and a certificate that was renewed is none.
    tablet.send(*tablet.whole(veld.plan("LOG", yesterday), {"ENT-21": "nee", "HUI-20": "nee"}))
    assert len(service.as_("planner").get("/bevindingen", params={"objectId": str(house)}).json()["resultaten"]) == 1
    certificate(service, house, today() + timedelta(days=300), "SNF-2")
    assert veld.plan("LOG") is not None
    renewed = service.as_("toezichthouder").get(f"/werkpakketten/{today()}").json()["controles"]
    assert [row["verlopen"] for row in renewed[-1]["object"]["certificaten"]] == [True, False]


@pytest.mark.usefixtures("lists")
def test_a_dwelling_has_no_certificate(veld: Field, service: Service) -> None:
    data = {"objectId": str(veld.objecten["WON"]), "soort": "snf", "nummer": "1", "registernaam": "x"}
    dates = {"geldigTot": "2026-01-01", "nagekekenOp": "2025-01-01"}
    refused = service.as_("planner").post("/certificaten", json={**data, **dates})
    assert (refused.status_code, refused.json()["fouten"][0]["veld"]) == (400, "objectId")


@pytest.fixture
def thousand(runtime: Runtime, veld: Field) -> int:
    """A year with a thousand controls of two teams, and some of another year."""
    teams = [veld.municipality.teams["toezicht"], veld.municipality.teams["pandbrigade"]]
    year = today().year - 1
    rows = [
        Controle(
            id=new_id(),
            gemeentecode=STAD,
            object_id=veld.objecten["HOR"],
            team_id=teams[nr % 4 == 0],
            status=Controlestatus.POGING if nr % 10 == 1 else Controlestatus.AFGEROND,
            datum=date(year if nr < 1000 else year - 1, 1, 1) + timedelta(days=nr % 365),
            aanleiding=Aanleiding.NORM,
        ).model_dump()
        for nr in range(1010)
    ]
    with runtime.system_unit("test") as uow:
        uow.session.execute(insert(Controle), rows)
    return year


@pytest.mark.requirement("CAD-17")
def test_a_thousand_controls_of_a_year_page_by_page_and_per_team(
    thousand: int, veld: Field, service: Service, runtime: Runtime
) -> None:
    client, seen = service.as_("planner"), []
    params: dict[str, Any] = {"van": f"{thousand}-01-01", "tot": f"{thousand}-12-31", "limiet": 100}
    page: dict[str, Any] = {"volgende": "", "resultaten": []}
    while page["volgende"] is not None:
        cursor = {"cursor": page["volgende"]} if page["volgende"] else {}
        page = client.get("/controles", params={**params, **cursor}).json()
        seen += [(row["datum"], row["id"]) for row in page["resultaten"]]
    assert seen == sorted(set(seen))
    assert len(seen) == 1000

    caller = Accounts(runtime.database, 0).find_caller("planner")
    assert caller is not None
    numbers = set()
    for after in (None, decode(client.get("/controles", params=params).json()["volgende"])):
        with runtime.unit(caller, "test", "1", write=False) as uow, counted(runtime) as statements:
            assert len(list_controles(uow, Controlefilter(), Paging(100, after))) == 101
        numbers.add(len(statements))
    assert numbers == {1}

    answer = service.as_("bestuur").get("/rapportages/controles-per-team", params={"jaar": thousand})
    teams = {row["team"]: (row["totaal"], row["afgerond"], row["pogingen"]) for row in answer.json()["teams"]}
    assert teams == {"Team pandbrigade": (250, 250, 0), "Team toezicht": (750, 650, 100)}
    own: dict[str, str | int] = {"jaar": thousand, "gemeentecode": STAD}
    assert service.as_("toezichthouder").get("/rapportages/controles-per-team", params=own).status_code == 403
    assert service.as_("buur-planner").get("/rapportages/controles-per-team", params=own).status_code == 404
    assert veld.objecten
