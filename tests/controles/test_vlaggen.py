"""Flags of the Pandbrigade (REG-09, ROL-07)."""

import base64
import hashlib
from typing import Any
from uuid import UUID

import httpx
import pytest

from app.bevindingen.tables import Bijlage
from app.controles.rules.overbewoning import ratio
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.objecten.tables import Adres, Object
from tests.controles.conftest import Field
from tests.controles.test_bijlagen import TUS, check, photo, send
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


@pytest.mark.requirement("REG-09")
def test_a_photo_with_a_flag_comes_before_or_after_it_and_few_see_it(
    service: Service, veld: Field, runtime: Runtime
) -> None:
    brigade, raw = service.as_("pandbrigade"), photo(300)
    sent = flag()

    def try_photo(client: httpx.Client, **names: str) -> httpx.Response:
        values = {
            "id": str(new_id()),
            "sha256": hashlib.sha256(raw).hexdigest(),
            "genomenOp": "2026-11-20T10:00:00Z",
        } | names
        text = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items())
        return client.post("/bijlagen", headers=TUS | {"Upload-Length": str(len(raw)), "Upload-Metadata": text})

    early = try_photo(brigade, vlagId=sent["id"], grond="toestemming")
    assert (early.status_code, early.json()["vlagId"], early.json()["controleId"]) == (201, sent["id"], None)
    first = early.json()["id"]
    assert send(brigade, first, 0, raw).status_code == 204
    assert brigade.post("/vlaggen", json=sent).json()["fotos"] == []
    assert check(runtime, runtime.settings) == 1
    assert try_photo(brigade, vlagId=sent["id"], grond="van-buiten").status_code == 201

    path = f"/bijlagen/{first}/inhoud"
    may = {sub: service.as_(sub).get(path).status_code for sub in ("pandbrigade", "pandbrigade-2", "af", "buur-af")}
    assert may == {"pandbrigade": 200, "pandbrigade-2": 200, "af": 200, "buur-af": 404}
    shut = {sub: service.as_(sub).get(path).status_code for sub in ("toezichthouder", "teamleider", "planner")}
    assert shut == {"toezichthouder": 404, "teamleider": 404, "planner": 403}
    shown = {
        sub: service.as_(sub).get(f"/vlaggen/{sent['id']}").json()["fotos"]
        for sub in ("pandbrigade-2", "af", "planner")
    }
    assert shown == {"pandbrigade-2": [first], "af": [first], "planner": []}

    # without a ground inside, of two things at once, of somebody else's, of a control, by an inspector, and too many
    nothing = try_photo(brigade, vlagId=sent["id"])
    assert (nothing.status_code, "grond" in nothing.text) == (400, True)
    assert try_photo(brigade, vlagId=sent["id"], grond="gezien").status_code == 400
    both = try_photo(brigade, vlagId=sent["id"], grond="gevaar", controleId=str(new_id()), item="HUI-24")
    assert both.status_code == 400
    control = veld.plan("WON")
    assert try_photo(brigade, controleId=str(control), item="HUI-24").status_code == 403
    assert try_photo(service.as_("toezichthouder"), vlagId=sent["id"], grond="gevaar").status_code == 403
    assert [try_photo(brigade, vlagId=sent["id"], grond="gevaar").status_code for _ in range(4)] == [201, 201, 201, 400]


@pytest.mark.requirement("REG-09")
def test_no_photo_with_a_flag_at_a_sex_establishment(service: Service, veld: Field, runtime: Runtime) -> None:
    brigade, raw = service.as_("pandbrigade"), photo(300)
    with runtime.system_unit("test", write=False) as uow:
        plek = uow.session.get_one(Object, veld.objecten["SEKS"])
        adres = uow.session.get_one(Adres, plek.adres_id)
        where = {name: getattr(adres, name) for name in ("straat", "huisnummer", "postcode", "woonplaats")}
    sent = flag(adres=where)
    values = {
        "id": str(new_id()),
        "vlagId": sent["id"],
        "grond": "van-buiten",
        "sha256": hashlib.sha256(raw).hexdigest(),
    }
    values["genomenOp"] = "2026-11-20T10:00:00Z"
    text = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items())
    headers = TUS | {"Upload-Length": str(len(raw)), "Upload-Metadata": text}
    assert brigade.post("/bijlagen", headers=headers).status_code == 201  # the place is not known yet
    assert send(brigade, values["id"], 0, raw).status_code == 204
    assert brigade.post("/vlaggen", json=sent).status_code == 201
    told = brigade.get(f"/bijlagen/{values['id']}").json()
    assert (told["status"], told["reden"]) == ("geweigerd", "hier geen foto")
    with runtime.system_unit("test", write=False) as uow:
        assert uow.session.get_one(Bijlage, UUID(values["id"])).bestand_id is None
    again = text.replace(
        base64.b64encode(values["id"].encode()).decode(), base64.b64encode(str(new_id()).encode()).decode()
    )
    refused = brigade.post("/bijlagen", headers=headers | {"Upload-Metadata": again})
    assert (refused.status_code, refused.json()["fouten"][0]["veld"]) == (400, "vlagId")
