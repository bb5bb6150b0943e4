"""What is confidential stands in no file, and its absence leaves no trace (DAT-13, DAT-14, RPT-01)."""

import json
import re
import zlib
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from app.core.identifiers import new_id
from app.core.printing.zetter import typeset
from app.core.runtime import Runtime
from app.gemeenten.adapters.bestanden import read_norm_seeds
from app.gemeenten.service.normen import seed_norms
from app.planning.tasks import calculate_round
from tests.controles.conftest import Field, Tablet, signals, today
from tests.objecten.stock import set_norm
from tests.planning.stad import INSTELLINGEN, NORMEN, Stad
from tests.support.municipality import STAD
from tests.support.service import Service
from tests.support.twee_klassen import (
    NALEVING,
    PLANT,
    VERTROUWELIJK,
    business,
    hidden_questions,
    hidden_words,
    term,
    visit,
)

READERS = ("toezichthouder", "teamleider", "planner", "hoofdplanner", "pandbrigade", "af", "vergunningverlener")


@pytest.fixture
def permit(service: Service, veld: Field, runtime: Runtime) -> tuple[UUID, str]:
    """A business with a permit; its id and that of the permit."""
    term(runtime, 14)
    place = business(runtime, 1)
    body = {
        "objectId": str(place), "soort": "overig", "nummer": "V-1", "geldigVanaf": "2024-01-01", "bron": "register",
    }  # fmt: skip
    made = service.as_("vergunningverlener").post("/vergunningen", json=body)
    assert made.status_code == 201, made.text
    veld.objecten["zaak"] = place
    return place, made.json()["id"]


def _round(runtime: Runtime, service: Service, veld: Field) -> str:
    """All texts of a planning round over the stock."""
    with runtime.system_unit("test") as uow:
        seed_norms(uow, "", read_norm_seeds(INSTELLINGEN).landelijk)
        for key in NORMEN.keys() - {"RISICOADRES_DAGEN"}:
            set_norm(uow, key, NORMEN[key])
        Stad(uow).shifts(veld.municipality.teams["toezicht"], today() + timedelta(days=1), 14, every=1)
    nr, planner = str(new_id()), service.as_("planner")
    body = {
        "id": nr, "naam": "Proef", "van": f"{today() + timedelta(days=1)}", "tot": f"{today() + timedelta(days=14)}",
        "teams": [str(veld.municipality.teams["toezicht"])], "acties": 0, "rekentijd": 0.05,
    }  # fmt: skip
    assert planner.post("/planrondes", json=body).status_code == 202
    calculate_round(runtime.system_unit, UUID(nr))
    parts = ("", "/planregels", "/planresten", "/planacties")
    return "".join(planner.get(f"/planrondes/{nr}{part}").text for part in parts)


@pytest.mark.requirement("RPT-01", "DAT-13")
def test_six_outputs_of_a_control_hold_nothing_confidential(
    runtime: Runtime, service: Service, veld: Field, tablet: Tablet, permit: tuple[UUID, str]
) -> None:
    place, vergunning = permit
    controle = visit(veld, tablet, place, today() - timedelta(days=9), {**NALEVING, **VERTROUWELIJK})
    assert signals(runtime)[0]["urgentie"] == "acuut"  # so there is something to hide
    veld.plan("zaak")
    risk = {"objectId": str(place), "reden": "analyse", "bron": "register", "inBeeldOp": f"{today()}"}
    review = f"{today() + timedelta(days=180)}"
    assert service.as_("planner").post("/risicoadressen", json={**risk, "herzienOp": review}).status_code == 201
    inspector, office, af = (service.as_(sub) for sub in ("toezichthouder", "vergunningverlener", "af"))
    report = office.get(f"/controles/{controle}/rapport")
    outputs = {
        "werkpakket": inspector.get(f"/werkpakketten/{today()}"),
        "rapport": report,
        "bibob": office.get(f"/vergunningen/{vergunning}/bibob-dossier"),
        "inzage": af.get(f"/objecten/{place}/inzage"),
        "werklijst": service.as_("planner").get("/naleving-werklijst"),
        **{f"dossier {sub}": service.as_(sub).get(f"/objecten/{place}/dossier") for sub in READERS},
    }
    assert {name: answer.status_code for name, answer in outputs.items()} == dict.fromkeys(outputs, 200)
    texts = {name: answer.text for name, answer in outputs.items()}
    wish = {"objectId": str(place), "soort": "controle-gewenst", "tot": review}
    assert service.as_("planner").post("/planningswensen", json=wish).status_code == 201
    texts["planning"] = _round(runtime, service, veld)
    assert str(place) in texts["planning"]  # it is on the plan, with its reasons
    words = hidden_words() | hidden_questions()
    own = {("planning", "uitkomst"), ("planning", "punten")}  # the outcome of a round, and the points of its objective
    assert {(name, word) for name, text in texts.items() for word in words if word in text} <= own
    assert all("ARB-01" in texts[name] for name in ("werkpakket", "werklijst", "dossier planner", "dossier af"))
    body = report.json()
    assert body["toezichthouders"] != []
    assert not any(char.islower() for number in body["toezichthouders"] for char in number)  # a number, never a name
    assert [row["antwoord"] for row in body["tekortkomingen"]] == ["ja", "ja"]
    assert body["overbewoning"] == {
        "m2": 30.0, "personen": 6, "m2PerPersoon": 5.0, "normM2": 12.0, "halveNormM2": 6.0, "onderNorm": True,
        "onderHalveNorm": True,
    }  # fmt: skip
    assert {row["antwoord"] for row in body["toelichtingen"]} == {"De nooduitgang is versperd."}


@pytest.mark.requirement("DAT-14")
def test_a_place_with_and_without_a_signal_look_alike_byte_for_byte(
    runtime: Runtime, service: Service, veld: Field, tablet: Tablet
) -> None:
    """Two businesses with the same compliance; at one of them also everything that is confidential, and a signal."""
    term(runtime, 14)
    places = [business(runtime, number) for number in (1, 2)]
    day = today() - timedelta(days=40)
    controls = [visit(veld, tablet, places[0], day, {**NALEVING, **VERTROUWELIJK, "ENT-21": "ja"})]
    controls.append(visit(veld, tablet, places[1], day, NALEVING))
    assert len(signals(runtime)) == 1
    for place in places:
        visit(veld, tablet, place, today() - timedelta(days=3), {**NALEVING, "ARB-01": "nee"})
    for sub, path in (
        ("af", "/objecten/{place}/inzage"),
        ("vergunningverlener", "/objecten/{place}/dossier"),
        ("planner", "/objecten/{place}/dossier?limiet=1"),
        ("af", "/controles/{control}/rapport"),
    ):
        answers = [
            service.as_(sub).get(path.format(place=place, control=control))
            for place, control in zip(places, controls, strict=True)
        ]
        headers = [{k for k in answer.headers if k != "content-length"} for answer in answers]
        assert headers[0] == headers[1]
        bodies = [json.dumps(_blank(answer.json())) for answer in answers]
        assert bodies[0] == bodies[1], path
        if path.endswith("rapport"):
            assert len(answers[0].content) == len(answers[1].content)
        if path.endswith("inzage"):
            printed = [
                typeset("rapportage/sjablonen/inzage.typ", today().isoformat(), json.loads(body)) for body in bodies
            ]
            assert printed[0] == printed[1]
    listed = [service.as_("planner").get("/bevindingen", params={"objectId": str(p)}).json() for p in places]
    assert [len(page["resultaten"]) for page in listed] == [3, 3]
    assert all(
        UUID(row["id"]).version == 4 for page in listed for row in page["resultaten"]
    )  # ids that do not count up


def _blank(value: Any) -> Any:  # noqa: ANN401 - walks any JSON value
    """A body without what differs between any two places: ids, numbers, and where they are."""
    if isinstance(value, dict):
        fixed = {"coordinates": [0, 0], "huisnummer": 0, "volgende": "x"}
        return {key: fixed[key] if key in fixed and item else _blank(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_blank(item) for item in value]
    if isinstance(value, str):
        value = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "0" * 36, value)
        return re.sub(r"(BEDR-0000|Zaak |Voorbeeldkade )\d", r"\g<1>0", value)
    return value


@pytest.mark.parametrize("sjabloon", ["rapport", "bibob", "inzage", "werklijst"])
def test_each_file_is_a_pdf_with_the_same_bytes_every_time(
    service: Service, veld: Field, tablet: Tablet, permit: tuple[UUID, str], sjabloon: str
) -> None:
    place, vergunning = permit
    controle = visit(veld, tablet, place, today() - timedelta(days=9), {**NALEVING, **VERTROUWELIJK})
    path = {
        "rapport": f"/controles/{controle}/rapport",
        "bibob": f"/vergunningen/{vergunning}/bibob-dossier",
        "inzage": f"/objecten/{place}/inzage",
        "werklijst": "/naleving-werklijst",
    }[sjabloon]
    first, second = (service.as_("vergunningverlener").get(path, params={"formaat": "pdf"}) for _ in range(2))
    assert (first.status_code, first.headers["content-type"]) == (200, "application/pdf")
    assert first.content == second.content
    assert first.content.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in first.content
    assert PLANT.encode() not in _unpacked(first.content)
    # The template prints what it is given and nothing else: what it does not know leaves the bytes as they are.
    given: Any = service.as_("vergunningverlener").get(path).json()
    if sjabloon == "werklijst":
        given = {"peildatum": today().isoformat(), "regels": given["resultaten"]}
    day = given.get("peildatum") or given["datum"]
    assert (
        typeset(f"rapportage/sjablonen/{sjabloon}.typ", day, given)
        == typeset(f"rapportage/sjablonen/{sjabloon}.typ", day, {**given, "score": PLANT})
        == first.content
    )


@pytest.mark.parametrize("naam", ["Massage 玉 & 🍕", "Zaak \x1b1\ufffe"])
def test_a_name_that_the_fonts_do_not_hold_is_printed_all_the_same(
    service: Service, permit: tuple[UUID, str], naam: str
) -> None:
    client, path = service.as_("planner"), f"/objecten/{permit[0]}"
    headers = {"If-Match": client.get(path).headers["ETag"]}
    assert client.patch(path, json={"naam": naam}, headers=headers).status_code == 200
    asked = {"Accept": "application/pdf"}
    first, second = (
        service.as_("vergunningverlener").get(f"{path}/inzage?formaat=pdf", headers=asked) for _ in range(2)
    )
    assert (first.status_code, first.headers["content-type"]) == (200, "application/pdf"), first.text
    assert first.content == second.content


def _unpacked(pdf: bytes) -> bytes:
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(_inflate(part) for part in parts)


def _inflate(part: bytes) -> bytes:
    try:
        return zlib.decompress(part)
    except zlib.error:
        return part


def test_a_report_is_there_only_of_what_took_place(service: Service, veld: Field, tablet: Tablet) -> None:
    planned = veld.plan("BEDR")
    planner = service.as_("planner")
    assert planner.get(f"/controles/{planned}/rapport").status_code == 404
    tablet.send(tablet.event("poging", planned, {"reden": "toegang-geweigerd"}))
    report = planner.get(f"/controles/{planned}/rapport")
    assert (report.json()["soort"], report.json()["reden"]) == ("poging", "toegang-geweigerd")
    assert service.as_("buur-planner").get(f"/controles/{planned}/rapport").status_code == 404
    assert service.as_("pandbrigade").get(f"/controles/{planned}/rapport").status_code == 403
    assert STAD in planner.get(f"/objecten/{veld.objecten['BEDR']}/dossier").text


@pytest.mark.requirement("REG-05")
def test_no_file_says_which_team_came_to_a_dwelling(
    runtime: Runtime, service: Service, veld: Field, tablet: Tablet
) -> None:
    term(runtime, 14)
    home, shop = veld.objecten["WON"], business(runtime, 40)
    answers = {code: value for code, value in NALEVING.items() if code not in {"ARB-01", "ARB-12"}}
    seen = {}
    for place in (home, shop):
        controle = visit(veld, tablet, place, today() - timedelta(days=2), answers)
        af = service.as_("af")
        lines = af.get("/naleving-werklijst").json()["resultaten"]
        seen[place] = {
            af.get(f"/controles/{controle}/rapport").json()["team"],
            *(row["team"] for row in af.get(f"/objecten/{place}/dossier").json()["geschiedenis"]["resultaten"]),
            *(row["team"] for row in lines if row["objectId"] == str(place)),
        }
        assert any(row["objectId"] == str(place) for row in lines)
    assert seen == {home: {None}, shop: {"Team toezicht"}}


def test_a_version_does_not_tell_of_an_alarm_or_a_confidential_answer(
    service: Service, veld: Field, tablet: Tablet
) -> None:
    controle = veld.plan("BEDR")

    def told() -> tuple[str, str, int, str]:
        desk = service.as_("planner").get(f"/controles/{controle}")
        field = service.as_("toezichthouder").get(f"/werkpakketten/{today()}")
        return desk.headers["etag"], desk.text, desk.json()["versie"], field.headers["etag"]

    def took(*events: dict[str, Any]) -> None:
        assert {row["status"] for row in tablet.send(*events)} == {"verwerkt"}

    took(tablet.event("controle-gestart", controle), tablet.answers(controle, {"ARB-01": "nee"}))
    before = told()
    took(tablet.event("acuut", controle))
    took(tablet.answers(controle, {"ENT-14": "ja", "IDE-04": "ja", "ENT-22": PLANT}))
    assert told() == before
    took(tablet.answers(controle, {"ARB-01": "ja"}))
    assert told()[2] == before[2] + 1


def test_what_was_seen_without_free_consent_serves_no_enforcement(
    runtime: Runtime, service: Service, veld: Field, tablet: Tablet
) -> None:
    answers = {
        "BEV-01": "woning of bewoond deel", "BEV-02": "ja", "BEV-03": "toestemming van een bewoner", "BEV-04": "nee",
        "HUI-26": "ja", "HUI-01": 40, "HUI-02": 9, "HUI-10": "ja", "ENT-21": "nee",
    }  # fmt: skip
    term(runtime, 14)
    controle = visit(veld, tablet, veld.objecten["WON"], today() - timedelta(days=2), answers)
    report = service.as_("af").get(f"/controles/{controle}/rapport").json()
    assert [row["antwoord"] for row in report["binnentreden"]][-1] == "nee"
    assert (report["metingen"], report["overbewoning"], report["tekortkomingen"]) == ([], None, [])
    assert service.as_("af").get("/naleving-werklijst").json()["resultaten"] == []
