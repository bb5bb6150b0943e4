"""Continuous supervision without a number never shows a norm (CAD-18)."""

from datetime import date, timedelta

import pytest

from app.core.runtime import Runtime
from app.objecten.status import Objecttype
from tests.planning.kalender import VANDAAG
from tests.planning.stad import Stad
from tests.support.service import Service

NIEUWJAAR = date(VANDAAG.year, 1, 1)


@pytest.mark.requirement("CAD-18")
@pytest.mark.usefixtures("municipality")
def test_without_a_number_there_is_no_norm_to_miss(runtime: Runtime, service: Service) -> None:
    with runtime.system_unit("test") as uow:
        stad = Stad(uow)
        for soort in (Objecttype.SEKS, Objecttype.HOR, Objecttype.WON):
            stad.control(stad.place(soort), VANDAAG)
    planner = service.as_("planner")

    def made(**body: object) -> dict[str, object]:
        answer = planner.post("/toezichtplannen", json={"geldigVanaf": NIEUWJAAR.isoformat(), **body})
        assert answer.status_code == 201, answer.text
        found: dict[str, object] = answer.json()
        return found

    open_ended = made(naam="Vergunde seksbranche", objecttypen=["SEKS"])
    assert (open_ended["status"], open_ended["gedaan"], open_ended["nogNodig"]) == ("doorlopend", 1, None)
    home = made(naam="Illegale prostitutie")  # counts nothing: no figure may point at dwellings
    assert (home["status"], home["gedaan"], home["nogNodig"]) == ("doorlopend", None, None)
    numbered = made(naam="Massage", objecttypen=["SEKS", "HOR"], aantalPerJaar=3)
    assert (numbered["status"], numbered["gedaan"], numbered["nogNodig"]) == ("nog te doen", 2, 1)
    refused = planner.post(
        "/toezichtplannen", json={"naam": "Thuis", "objecttypen": ["WON"], "geldigVanaf": NIEUWJAAR.isoformat()}
    )
    assert refused.status_code == 400
    assert service.as_("buur-planner").get("/toezichtplannen").json()["resultaten"] == []
    listed = service.as_("bestuur").get("/toezichtplannen").text
    assert "norm" not in listed
    ended = planner.patch(
        f"/toezichtplannen/{numbered['id']}",
        json={"geldigTot": (NIEUWJAAR - timedelta(days=1)).isoformat()},
        headers={"If-Match": '"1"'},
    )
    assert ended.status_code == 400
