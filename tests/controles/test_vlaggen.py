"""Flags of the Pandbrigade (REG-09, ROL-07)."""

from typing import Any

import pytest

from app.controles.rules.overbewoning import ratio
from app.core.identifiers import new_id
from tests.support.service import Service


def flag(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a test sends
    adres = {"straat": "Teststraat", "huisnummer": 77, "postcode": "9999ZZ", "woonplaats": "Voorbeeldstad"}
    return {
        "id": str(new_id()),
        "soort": "overbewoning",
        "adres": adres,
        "m2": 60.0,
        "bedden": 11,
        "personen": 11,
        **changes,
    }


def test_ratio() -> None:
    assert ratio(96, 8, 12.0).onder_norm is False  # exactly the norm is not below it
    assert ratio(60, 0, 12.0).m2_per_persoon is None
    assert ratio(60, 11, None).onder_norm is False
    below = ratio(96, 14, 12.0)
    assert (below.onder_norm, below.onder_halve_norm) == (True, False)


@pytest.mark.requirement("REG-09")
@pytest.mark.usefixtures("veld")
def test_a_flag_in_one_go(service: Service) -> None:
    sent = flag(toelichting="elf matrassen in twee kamers")
    brigade, af = service.as_("pandbrigade"), service.as_("af")
    made = brigade.post("/vlaggen", json=sent)
    assert made.status_code == 201
    vlag = made.json()
    assert round(vlag["m2PerPersoon"], 2) == 5.45
    assert (vlag["onderNorm"], vlag["onderHalveNorm"], vlag["toelichting"]) == (True, True, sent["toelichting"])
    assert vlag["risicoadresId"] is not None
    again = brigade.post("/vlaggen", json=sent)
    assert (again.status_code, again.json()) == (200, vlag)
    assert brigade.post("/vlaggen", json={**sent, "m2": 61.0}).status_code == 409
    assert af.get(f"/vlaggen/{vlag['id']}").json()["toelichting"] == sent["toelichting"]
    assert service.as_("planner").get(f"/vlaggen/{vlag['id']}").json()["toelichting"] is None
    risks = af.get("/risicoadressen").json()["resultaten"]
    assert [(risk["id"], risk["bron"]) for risk in risks] == [(vlag["risicoadresId"], "Pandbrigade")]
    assert af.get("/vlaggen").json()["resultaten"][0]["id"] == vlag["id"]
    assert service.as_("buur-af").get("/vlaggen").json()["resultaten"] == []


@pytest.mark.usefixtures("veld")
def test_above_the_norm_stays_out_of_view_and_other_kinds_do_not(service: Service) -> None:
    brigade = service.as_("pandbrigade")
    assert brigade.post("/vlaggen", json=flag(m2=132.0)).json()["risicoadresId"] is None
    assert brigade.post("/vlaggen", json=flag(personen=0)).json()["m2PerPersoon"] is None
    assert brigade.post("/vlaggen", json=flag(m2=500.0, soort="malafide-kamerverhuur")).json()["risicoadresId"]


@pytest.mark.usefixtures("veld")
def test_a_flag_holds_no_persons(service: Service) -> None:
    brigade = service.as_("pandbrigade")
    refused = brigade.post("/vlaggen", json=flag(toelichting="bel de huurder op 070-0001234"))
    assert refused.status_code == 400
    assert "0001234" not in refused.text
    assert brigade.post("/vlaggen", json=flag(naam="Jansen")).status_code == 400
    assert brigade.get("/vlaggen").json()["resultaten"] == []


@pytest.mark.requirement("ROL-07")
@pytest.mark.usefixtures("veld")
def test_the_brigade_sees_its_own_flags_and_no_signal(service: Service) -> None:
    brigade = service.as_("pandbrigade")
    vlag = brigade.post("/vlaggen", json=flag()).json()
    assert service.as_("pandbrigade-2").get(f"/vlaggen/{vlag['id']}").status_code == 200
    for other in ("toezichthouder", "balie"):
        assert service.as_(other).get(f"/vlaggen/{vlag['id']}").status_code == 403
    assert brigade.get("/signalen").status_code == 403
    assert brigade.get(f"/signalen/{new_id()}").status_code == 403
    assert brigade.get(f"/signalen/{new_id()}/gebeurtenissen").status_code == 403
    assert service.as_("af").post("/vlaggen", json=flag()).status_code == 403
