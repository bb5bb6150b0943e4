"""Risk areas: a reason with a published figure, no person, no priority (REG-12)."""

from typing import Any

import httpx
import pytest

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.status import Gebiedsoort
from app.gemeenten.tables import Gebied
from app.objecten.service.planbaar import planbare_objecten
from app.objecten.status import Objecttype
from tests.objecten.stock import make_object
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service

HEADER = "gebiedcode;jaar;reden;bron;url;kerngetal;waarde;geldigTot"
ROW = "BU99010101;2026;Veel wisselende bedrijven;Zicht op Ondermijning;https://www.zichtopondermijning.nl/kaart;Verhuizingen;12,5;2027-12-31"


@pytest.fixture
def area(runtime: Runtime, municipality: Municipality) -> str:
    """A neighbourhood of the division of 2026."""
    assert municipality.accounts
    with runtime.system_unit("test") as uow:
        make_object(uow, Objecttype.HOR)
        uow.session.add(
            Gebied(
                gemeentecode=STAD,
                soort=Gebiedsoort.BUURT,
                code="BU99010101",
                naam="Centrum",
                jaar=2026,
                geometrie="{}",
                bron="CBS",
            )
        )
    return "BU99010101"


def upload(service: Service, *lines: str, sub: str = "planner") -> httpx.Response:
    files = {"bestand": ("gebieden.csv", "\n".join(lines).encode(), "text/csv")}
    return service.as_(sub).post("/risicogebieden/_inlezen", data={"gemeentecode": STAD}, files=files)


def shown(service: Service, **filters: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = service.as_("af").get("/risicogebieden", params=filters).json()["resultaten"]
    return rows


@pytest.mark.requirement("REG-12")
def test_a_file_with_a_column_about_persons_is_refused_as_a_whole(service: Service, area: str) -> None:
    refused = upload(service, f"{HEADER};Geboorte_Datum;naam bewoner", f"{ROW};1-1-1980;X")
    assert refused.status_code == 400
    assert [(fault["veld"], "persone" in fault["melding"]) for fault in refused.json()["fouten"]] == [
        ("kolom 9", True),
        ("kolom 10", True),
    ]
    assert "1980" not in refused.text
    other = upload(service, f"{HEADER};betrokkene", f"{ROW};X")  # a name that we do not know is no reason to take it in
    assert [fault["veld"] for fault in other.json()["fouten"]] == ["kolom 9"]
    wrong = upload(
        service, HEADER, ROW, ROW.replace("BU99010101", "BU99020101"), ROW.replace("Veel", "Thuisprostitutie")
    )
    assert sorted(fault["veld"] for fault in wrong.json()["fouten"]) == ["regel 3: gebiedcode", "regel 4: reden"]
    assert shown(service) == []  # nothing of it landed
    assert upload(service, HEADER, ROW, sub="buur-planner").status_code == 404
    assert area


def test_a_good_file_lands_once_and_counts_in_no_priority(service: Service, runtime: Runtime, area: str) -> None:
    with runtime.system_unit("test", write=False) as uow:
        before = planbare_objecten(uow, STAD)
    assert upload(service, HEADER, ROW).json() == {"nieuw": 1, "gewijzigd": 0, "ongewijzigd": 0}
    assert upload(service, HEADER, ROW).json() == {"nieuw": 0, "gewijzigd": 0, "ongewijzigd": 1}
    newer = upload(service, HEADER, ROW.replace("12,5", "13"))
    assert newer.json() == {"nieuw": 0, "gewijzigd": 1, "ongewijzigd": 0}
    rows = shown(service, gebiedcode=area, geldigOp="2027-01-01")
    assert [(row["gebiednaam"], row["waarde"]) for row in rows] == [("Centrum", 13.0)]
    assert shown(service, geldigOp="2028-01-01") == []
    body = {"id": str(new_id()), "gemeentecode": STAD, "gebiedcode": area, "jaar": 2026, "bron": "Driehoek"}
    whole = {**body, "reden": "Veel leegstand", "geldigTot": "2027-06-30"}
    answers = [service.as_("planner").post("/risicogebieden", json=whole) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    other = service.as_("planner").post("/risicogebieden", json={**whole, "reden": "Iets anders"})
    assert other.status_code == 409
    assert service.as_("buur-planner").get("/risicogebieden").json()["resultaten"] == []
    with runtime.system_unit("test", write=False) as uow:
        assert planbare_objecten(uow, STAD) == before
    assert service.as_("planner").get("/taken").json()["resultaten"] == []
