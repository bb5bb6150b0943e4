"""The zorgkaart and its gaps (REG-15, HLP-01, HLP-02), and the rules of municipalities beside each other (INS-14)."""

from datetime import date
from typing import Any

import pytest

from app.core.http.paging import Paging
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.service.zorgaanbod import find_gaps, list_zorgaanbod
from app.gemeenten.status import Partnersoort
from app.gemeenten.tables import Gemeente, Lijstwaarde, Norm, Partner
from tests.gemeenten.queries import counted
from tests.support.lijsten import seed_lists
from tests.support.municipality import BUUR, STAD, Municipality
from tests.support.service import Service


@pytest.fixture
def lists(runtime: Runtime, municipality: Municipality) -> None:
    """The shipped lists."""
    assert municipality.accounts
    seed_lists(runtime)


def offer(service: Service, organisatie: str, groepen: list[str], **changes: object) -> dict[str, Any]:
    data = {"id": str(new_id()), "gemeentecode": STAD, "organisatie": organisatie, "hulpsoort": "ambulante-hulp"}
    more = {"groepen": groepen, "gesubsidieerd": True, "geldigVanaf": "2020-01-01", **changes}
    made = service.as_("beheerder").post("/zorgaanbod", json={**data, **more})
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


@pytest.mark.requirement("REG-15", "HLP-01", "HLP-02")
@pytest.mark.usefixtures("lists")
def test_the_directory_by_group_who_pays_and_the_gaps(service: Service) -> None:
    cosm = offer(service, "Opvang A", ["vrouwen", "volwassenen"], hulpsoort="cosm", bereik="landelijk")
    assert cosm["financier"] == "rijk"  # follows from the kind of shelter
    youth = offer(service, "Jeugdhulp B", ["minderjarigen"], bereik="regio")
    offer(service, "Hulp C", ["mannen"], geldigTot="2024-12-31", capaciteit="vier plekken")
    assert youth["financier"] == "gemeente"

    def names(sub: str, **filters: str) -> list[str]:
        rows = service.as_(sub).get("/zorgaanbod", params=filters).json()["resultaten"]
        return [row["organisatie"] for row in rows]

    assert names("toezichthouder") == ["Hulp C", "Jeugdhulp B", "Opvang A"]
    assert names("toezichthouder", groep="mannen") == ["Hulp C"]
    assert names("toezichthouder", groep="mannen", geldigOp="2026-01-01") == []
    assert names("buur-af", groep="minderjarigen") == ["Jeugdhulp B"]  # of the same region
    assert names("buur-af") == ["Jeugdhulp B", "Opvang A"]

    def gaps(sub: str, **params: str) -> set[str]:
        report = service.as_(sub).get("/rapportages/zorgkaart-hiaten", params=params).json()
        assert len(report["groepen"]) == 9
        return {row["groep"] for row in report["groepen"] if row["hiaat"]}

    uncovered = {"transgender", "lvb", "buiten-eu", "zonder-verblijf", "grote-groepen"}
    assert gaps("bestuur", op="2024-06-01") == uncovered
    assert gaps("bestuur", op="2026-01-01") == uncovered | {"mannen"}
    assert gaps("buur-af", gemeentecode=BUUR) == uncovered | {"mannen"}
    assert service.as_("toezichthouder").get("/rapportages/zorgkaart-hiaten").status_code == 403
    again = {name: cosm[name] for name in cosm if name != "versie"}
    assert service.as_("beheerder").post("/zorgaanbod", json=again).status_code == 201
    assert service.as_("beheerder").post("/zorgaanbod", json={**again, "groepen": ["lvb"]}).status_code == 409
    path, etag = f"/zorgaanbod/{cosm['id']}", {"If-Match": '"1"'}
    changed = service.as_("ketenregisseur").patch(path, json={"groepen": ["vrouwen", "lvb"]}, headers=etag)
    assert (changed.status_code, changed.json()["groepen"]) == (200, ["lvb", "vrouwen"])
    assert "lvb" not in gaps("bestuur")
    unknown = service.as_("beheerder").patch(path, json={"groepen": ["x"]}, headers={"If-Match": '"2"'})
    assert unknown.status_code == 400


@pytest.mark.requirement("INS-14")
def test_the_report_shows_where_rules_differ(service: Service, runtime: Runtime, municipality: Municipality) -> None:
    assert municipality.accounts
    start, end = date(2020, 1, 1), date(2024, 12, 31)

    def norm(gemeentecode: str, sleutel: str, waarde: float | None, tot: date | None = None) -> Norm:
        return Norm(
            gemeentecode=gemeentecode,
            sleutel=sleutel,
            waarde=waarde,
            eenheid="jaar",
            geldig_vanaf=start,
            geldig_tot=tot,
            bron="E",
        )

    with runtime.system_unit("test") as uow:
        uow.session.add(Gemeente(code="GM9903", naam="Ver weg"))
        uow.session.add_all(
            [
                norm("", "BIBOB_TOETS_JAREN", 4),
                norm(BUUR, "BIBOB_TOETS_JAREN", 5, end),
                norm(STAD, "APV_LEEFTIJD_SEKSWERK", 21),
                norm("", "DRIELUIK_DAGEN", 14),
                Lijstwaarde(gemeentecode=BUUR, lijst="sectoren", code="visserij", naam="Visserij"),
                Partner(
                    gemeentecode=STAD, soort=Partnersoort.RIEC, naam="RIEC", aliassen=[], vormen=[], geldig_vanaf=start
                ),
            ]
        )

    def differences(sub: str, day: str, **more: object) -> dict[str, list[str | None]]:
        params: dict[str, Any] = {"gemeenten": f"{STAD},{BUUR}", "op": day, **more}
        answer = service.as_(sub).get("/rapportages/regelverschillen", params=params)
        assert answer.status_code == 200, answer.text
        return {row["sleutel"]: [value["waarde"] for value in row["waarden"]] for row in answer.json()["regels"]}

    expected = {
        "APV_LEEFTIJD_SEKSWERK": ["21 jaar", None],
        "BIBOB_TOETS_JAREN": ["4 jaar", "5 jaar"],
        "riec": ["ingesteld", None],
        "sectoren": [None, "eigen waarden: visserij"],
    }
    assert differences("ketenregisseur", "2024-06-01") == expected
    assert differences("planner", "2024-06-01") == expected  # policy of the region, no record of a case
    del expected["BIBOB_TOETS_JAREN"]
    assert differences("bestuur", "2025-06-01") == expected
    alike = differences("beheerder", "2025-06-01", alleenVerschillen=False)
    assert alike["BIBOB_TOETS_JAREN"] == ["4 jaar", "4 jaar"]
    assert alike["DRIELUIK_DAGEN"] == ["14 jaar", "14 jaar"]
    far = {"gemeenten": f"{STAD},GM9903"}
    assert service.as_("planner").get("/rapportages/regelverschillen", params=far).status_code == 404
    assert service.as_("af").get("/rapportages/regelverschillen", params=far).status_code == 403
    assert service.as_("planner").get("/rapportages/regelverschillen", params={"gemeenten": STAD}).status_code == 400


@pytest.mark.usefixtures("lists")
def test_gaps_take_a_constant_number_of_queries(service: Service, runtime: Runtime) -> None:
    def queries() -> int:
        with runtime.system_unit("test", write=False) as uow, counted(runtime) as statements:
            find_gaps(uow, STAD, uow.today)
            list_zorgaanbod(uow, Paging(50, None))
        return len(statements)

    offer(service, "A", ["mannen"])
    one = queries()
    for nr in range(6):
        offer(service, f"B{nr}", ["mannen", "lvb", "vrouwen"])
    assert queries() == one
