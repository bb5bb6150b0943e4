"""The AF's steps over real HTTP: each guard of table G, the log of shares, closing, merging, transfer."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.core.runtime import Runtime
from app.gemeenten.status import Partnersoort
from app.gemeenten.tables import Norm
from app.signalen.schemas.stappen import Kenmerk
from tests.objecten.stock import set_norm
from tests.support.lijsten import seed_lists
from tests.support.municipality import BUUR
from tests.support.service import Service
from tests.support.signaalstappen import TRIAGE, Walk, share, store_partners
from tests.support.signalen import Field

P = Partnersoort
PHONE = f"06-{12345678}"  # put together, so that no number stands in the repository


@pytest.fixture
def walk(field: Field, service: Service) -> Walk:
    return Walk(service, field.objects["HOR"])


@pytest.mark.requirement("INS-15")
@pytest.mark.requirement("INS-16")
@pytest.mark.requirement("DEF-06")
@pytest.mark.requirement("HLP-03")
def test_enrichment_needs_a_purpose_and_triage_stores_the_judgement(walk: Walk, service: Service) -> None:
    walk.done("ontvangen")
    early = service.as_("af").get(f"/signalen/{walk.id}/verrijking")
    assert early.status_code == 409
    walk.done("verrijken", {"doel": "Nagaan of er eerder iets was."})
    known = service.as_("af").get(f"/signalen/{walk.id}/verrijking").json()
    assert known["eerdereSignalen"] == known["historie"] == []
    wrong = walk.step("trieren", {**TRIAGE, "vormen": [], "zcInlichten": False})
    assert wrong.status_code == 409
    assert walk.step("trieren", {k: v for k, v in TRIAGE.items() if k != "acuteOnveiligheid"}).status_code == 400
    found = walk.done("trieren", {**TRIAGE, "meldcodeStappen": [1, 2], "zorgGemeente": "GM9902"})["signaal"]
    assert found["status"] == "getrieerd"
    judged = found["inhoud"]["beoordeling"]
    assert (judged["acuteOnveiligheid"], judged["structureleOnveiligheid"]) == (False, True)
    assert judged["binnenlands"] is None
    assert judged["zorgGemeente"] == "GM9902"


def test_a_judgement_keeps_what_it_leaves_out(field: Field, service: Service) -> None:
    walk = Walk(service, field.objects["HOR"], mogelijkSlachtoffer="ja").triaged(binnenlands="nee", ondermijning=True)
    days = datetime.now(UTC).date() + timedelta(days=5)
    walk.done("monitoren", {"herzienOp": days.isoformat()})
    content = walk.done("trieren", {**TRIAGE, "aantalMogelijkeSlachtoffers": 2})["signaal"]["inhoud"]
    judged = content["beoordeling"]
    assert (content["mogelijkSlachtoffer"], judged["binnenlands"], judged["ondermijning"]) == ("ja", "nee", True)
    again = walk.done("monitoren", {"herzienOp": days.isoformat()})["signaal"]["inhoud"]["beoordeling"]
    assert again["aantalMogelijkeSlachtoffers"] == 2
    undone = walk.done("trieren", {**TRIAGE, "mogelijkSlachtoffer": "onbekend", "binnenlands": None})["signaal"][
        "inhoud"
    ]
    assert (undone["mogelijkSlachtoffer"], undone["beoordeling"]["binnenlands"]) == ("onbekend", None), "said is said"


@pytest.mark.requirement("RTE-04")
@pytest.mark.requirement("DAT-03")
def test_a_hand_over_is_logged_with_ground_fields_and_recipient(walk: Walk, runtime: Runtime, service: Service) -> None:
    partners = store_partners(runtime, P.ARBEIDSINSPECTIE, P.ZORGCOORDINATOR)
    walk.triaged()
    body = {"overdrachten": [share(partners[P.ARBEIDSINSPECTIE], "publieke-taak-opsporing", "antwoorden-naleving")]}
    refused = walk.step("uitzetten", body)
    assert refused.status_code == 409
    assert "zorgcoördinator" in refused.json()["detail"]
    walk.care()
    assert walk.step("uitzetten", {"overdrachten": [{**body["overdrachten"][0], "velden": []}]}).status_code == 400
    no_ground = {k: v for k, v in body["overdrachten"][0].items() if k != "grond"}
    assert walk.step("uitzetten", {"overdrachten": [no_ground]}).status_code == 400
    done = walk.done("uitzetten", body)
    assert done["signaal"]["status"] == "uitgezet"
    assert done["signaal"]["inhoud"]["beoordeling"]["zcGeinformeerdOp"] is not None
    shares = service.as_("af").get(f"/overdrachten?signaalId={walk.id}").json()["resultaten"]
    labour, care = shares
    assert (labour["grondslag"], labour["velden"]) == ("publieke-taak-opsporing", ["antwoorden-naleving"])
    assert labour["kenmerk"] != care["kenmerk"]
    assert (care["partnersoort"], care["velden"]) == ("zorgcoordinator", ["adres-vorm-urgentie"])
    assert service.as_("buur-af").get(f"/overdrachten/{labour['id']}").status_code == 404
    assert walk.step("uitzetten", body).status_code == 409  # the same partner twice
    taken = walk.done("behandelen", {"overdrachtId": labour["id"], "partnerkenmerk": "NLA-12"})
    assert taken["signaal"]["status"] == "in_behandeling"


@pytest.mark.requirement("DAT-09")
def test_an_expired_agreement_and_a_field_or_ground_that_does_not_fit_block_sharing(
    walk: Walk, runtime: Runtime
) -> None:
    partners = store_partners(runtime, P.ZORGCOORDINATOR, P.RIEC, P.ARBEIDSINSPECTIE)
    ended = store_partners(runtime, P.POLITIE, tot=date.today() - timedelta(days=1))  # noqa: DTZ011 - any day before
    walk.triaged().care()
    expired = walk.step("uitzetten", {"overdrachten": [share(ended[P.POLITIE])]})
    assert expired.status_code == 409
    wrong = walk.step(
        "uitzetten",
        {
            "overdrachten": [
                share(partners[P.RIEC], "convenant"),
                share(partners[P.ARBEIDSINSPECTIE], "wmo-zorgcoordinatie"),
            ]
        },
    )
    assert wrong.status_code == 409
    assert len(wrong.json()["fouten"]) == 2
    assert walk.read()["status"] == "getrieerd"


@pytest.mark.requirement("RTE-09")
def test_veilig_thuis_answers_with_one_of_four_classes(walk: Walk, runtime: Runtime, service: Service) -> None:
    """M10: class 1 leads to the sociaal team, and the signal may be closed C7 with a second person."""
    partners = store_partners(runtime, P.VEILIG_THUIS)
    walk.triaged(mogelijkMinderjarig="ja").care()
    walk.done("uitzetten", {"overdrachten": [share(partners[P.VEILIG_THUIS], "wmo-veilig-thuis")]})
    row = service.as_("af").get(f"/overdrachten?signaalId={walk.id}").json()["resultaten"][0]
    answer = {"reactiecode": "onderzocht", "reactieOp": "2026-01-02"}
    path, etag = f"/overdrachten/{row['id']}/_beantwoorden", {"If-Match": f'"{row["versie"]}"'}
    assert service.as_("af").post(path, json=answer, headers=etag).json()["status"] == "beantwoord"
    assert service.as_("af").post(path, json=answer, headers=etag).status_code == 412
    klasse = {"datum": datetime.now(UTC).date().isoformat()}
    assert walk.step("vtklasse", {**klasse, "klasse": "vijfde"}).status_code == 400
    walk.done("vtklasse", {**klasse, "klasse": "sprake-van-mensenhandel"})
    assert walk.step("sluiten", walk.closing()).status_code == 409
    walk.done("vtklasse", {**klasse, "klasse": "geen-mensenhandel"})
    proposed = service.as_("af").get(f"/signalen/{walk.id}/voorstel").json()["ontvangers"]
    assert "sociaal-team" in {one["partnersoort"] for one in proposed}
    assert walk.closed().read()["status"] == "gesloten"


@pytest.mark.requirement("RTE-09")
def test_the_class_and_the_answer_of_veilig_thuis_are_one_thing(walk: Walk, runtime: Runtime, service: Service) -> None:
    partners = store_partners(runtime, P.VEILIG_THUIS)
    with runtime.system_unit("test") as uow:
        uow.session.add(
            Norm(
                sleutel="PARTNER_HERINNERING_REGULIER_DAGEN",
                waarde=14,
                eenheid="",
                geldig_vanaf=date(2020, 1, 1),
                bron="t",
            )
        )
    walk.triaged(mogelijkMinderjarig="ja").care()
    walk.done("uitzetten", {"overdrachten": [share(partners[P.VEILIG_THUIS], "wmo-veilig-thuis")]})
    af = service.as_("af")

    def handover() -> dict[str, Any]:
        rows: list[dict[str, Any]] = af.get(f"/overdrachten?signaalId={walk.id}").json()["resultaten"]
        return next(row for row in rows if row["partnersoort"] == P.VEILIG_THUIS)

    def waits() -> set[str]:
        rows = af.get(f"/signalen/{walk.id}/termijnen").json()
        return {row["status"] for row in rows if row["soort"] == "reactie-partner"}

    today = datetime.now(UTC).date().isoformat()
    before = handover()
    answer = {"reactiecode": "mogelijk-mensenhandel", "reactieOp": today}
    path = f"/overdrachten/{before['id']}/_beantwoorden"
    assert af.post(path, json=answer, headers={"If-Match": f'"{before["versie"]}"'}).status_code == 200
    assert walk.read()["inhoud"]["beoordeling"]["vtKlasse"] == "mogelijk-mensenhandel"
    assert waits() == {"gehaald"}
    walk.done("vtklasse", {"klasse": "geen-mensenhandel", "datum": today})
    assert (handover()["reactiecode"], handover()["status"]) == ("geen-mensenhandel", "beantwoord")
    events = [row["actie"] for row in af.get(f"/signalen/{walk.id}/gebeurtenissen").json()["resultaten"]]
    assert events.count("klasse-veilig-thuis") == 2


@pytest.mark.requirement("INS-12")
def test_what_a_partner_did_is_a_code_from_a_list_and_nothing_else(
    walk: Walk, runtime: Runtime, service: Service
) -> None:
    seed_lists(runtime)
    partners = store_partners(runtime, P.VEILIG_THUIS)
    walk.triaged(mogelijkMinderjarig="ja").care()
    walk.done("uitzetten", {"overdrachten": [share(partners[P.VEILIG_THUIS], "wmo-veilig-thuis")]})
    row = service.as_("af").get(f"/overdrachten?signaalId={walk.id}").json()["resultaten"][0]
    path, etag = f"/overdrachten/{row['id']}/_beantwoorden", {"If-Match": f'"{row["versie"]}"'}
    answer = {"reactiecode": "werk-stilgelegd", "reactieOp": "2026-01-02"}
    for wrong in ({"reactiecode": "zegt-dat-het-klopt"}, {"toelichting": "Zij vertelden veel."}):
        assert service.as_("af").post(path, json={**answer, **wrong}, headers=etag).status_code == 400
    assert service.as_("af").post(path, json=answer, headers=etag).json()["reactiecode"] == "werk-stilgelegd"


@pytest.mark.requirement("RTE-15")
@pytest.mark.requirement("RTE-20")
@pytest.mark.requirement("RTE-22")
def test_closing_asks_code_consult_feedback_and_the_zorgcoordinator_at_once(walk: Walk) -> None:
    """M12: without the zorgcoördinator it is refused unless there is a reason and a second person."""
    walk.triaged()
    refused = walk.step("sluiten", {"sluitcode": "C7"})
    assert refused.status_code == 409
    assert len(refused.json()["fouten"]) == 3
    assert walk.step("sluiten", {"sluitcode": "werkt vrijwillig"}).status_code == 400
    assert walk.step("sluiten", walk.closing(zcReden="Niet nodig", sluitcode="C11")).status_code == 409
    for code in ("C8", "C9"):
        assert walk.step("sluiten", walk.closing(zcReden="Niet nodig", sluitcode=code)).status_code == 409
    waits = walk.step("sluiten", walk.closing(zcReden="Geen mogelijk slachtoffer gezien"))
    assert waits.status_code == 202
    assert waits.json()["verzoek"]["handeling"] == "zorgcoordinator-overslaan"
    assert walk.read()["status"] == "getrieerd"
    assert walk.decide(waits.json()["verzoek"]).json()["status"] == "akkoord"
    event = walk.service.as_("af").get(f"/signalen/{walk.id}/gebeurtenissen").json()["resultaten"][-1]
    assert event["actie"] == "sluiten"
    assert event["tweedePersoon"] not in {None, event["actor"]}
    assert event["toelichting"].startswith("C7: Geen mensenhandel")


@pytest.mark.requirement("RTE-21")
@pytest.mark.requirement("PLN-06")
@pytest.mark.parametrize(("code", "nieuw"), [("C4", 1), ("C5", 0), ("C12", 1), ("C14", 0)])
def test_other_outcomes_than_a_criminal_case(walk: Walk, service: Service, code: str, nieuw: int) -> None:
    """M17 and M21: a measure, the RIEC (apart), bad employment (not detection) and smuggling (not trafficking)."""
    kind = "slecht-werkgeverschap" if code == "C12" else "mensenhandel-vermoeden"
    walk.triaged(classificatie=kind).care().closed(sluitcode=code)
    year = datetime.now(UTC).year
    figures = service.as_("ketenregisseur").get(f"/rapportages/monitor/signalen?jaar={year}").json()
    assert figures["nieuw"] == nieuw
    assert walk.read()["inhoud"]["beoordeling"]["sluitcode"] == code


def test_parking_at_most_ninety_days_and_on_again(walk: Walk) -> None:
    walk.triaged()
    today = datetime.now(UTC).date()
    assert walk.step("monitoren", {"herzienOp": (today + timedelta(days=92)).isoformat()}).status_code == 409
    assert walk.done("monitoren", {"herzienOp": (today + timedelta(days=80)).isoformat()})["gedaan"]
    assert walk.done("trieren", TRIAGE)["signaal"]["status"] == "getrieerd"


def test_merging_keeps_the_highest_urgency_and_only_the_same_case(field: Field, service: Service) -> None:
    first = Walk(service, field.objects["HOR"], urgentie="spoed")
    second, other = Walk(service, field.objects["HOR"]), Walk(service, field.objects["MASS"])
    assert first.step("samenvoegen", {"leidendId": other.id}).status_code == 409
    assert first.step("samenvoegen", {"leidendId": first.id}).status_code == 409
    assert first.done("samenvoegen", {"leidendId": second.id})["signaal"]["status"] == "samengevoegd"
    assert second.read()["urgentie"] == "spoed"
    assert second.step("samenvoegen", {"leidendId": first.id}).status_code == 409
    assert first.read()["inhoud"]["beoordeling"]["leidendId"] == second.id


@pytest.mark.requirement("RTE-25")
def test_transfer_makes_one_new_signal_there_with_the_least(walk: Walk, service: Service) -> None:
    walk.triaged(urgentie="spoed")
    assert walk.step("overdragen", {"gemeentecode": "GM0001"}).status_code == 409
    assert [row["code"] for row in service.as_("af").get("/overdrachtgemeenten").json()] == [BUUR]
    assert service.as_("toezichthouder").get("/overdrachtgemeenten").status_code == 403
    walk.done("overdragen", {"gemeentecode": BUUR})
    assert walk.step("overdragen", {"gemeentecode": BUUR}).status_code == 409
    there = service.as_("buur-af").get("/signalen").json()["resultaten"]
    assert [(row["status"], row["urgentie"]) for row in there] == [("verzonden", "spoed")]
    content = service.as_("buur-af").get(f"/signalen/{there[0]['id']}").json()["inhoud"]
    assert content["vormen"] == ["arbeid"]
    assert content["tekst"] is None
    assert content["bevindingen"] == []
    assert any("Voorbeeldstraat 3" in reden for reden in content["redenen"])
    assert service.as_("buur-af").get(f"/signalen/{walk.id}").status_code == 404
    assert service.as_("af").get(f"/signalen/{there[0]['id']}").status_code == 404
    walk.care().closed(sluitcode="C9")


def test_a_step_needs_the_version_and_nobody_else_takes_it(walk: Walk, service: Service) -> None:
    path = f"/signalen/{walk.id}/_monitoren"
    body = {"herzienOp": (datetime.now(UTC).date() + timedelta(days=5)).isoformat()}
    assert service.as_("af").post(path, json=body).status_code == 428
    assert walk.step("monitoren", body, etag='"99"').status_code == 412
    assert walk.step("monitoren", body, sub="teamleider").status_code == 403
    assert walk.step("monitoren", body, sub="buur-af").status_code == 404
    refused = walk.step("verrijken", {"doel": f"Bel {PHONE}"})
    assert refused.status_code == 400
    assert PHONE not in refused.text


@pytest.mark.parametrize("kenmerk", ["NLA-2026-77", "VT-2026-13872", "2026-75151", "PL1500-2026656171", "Z/26/000123"])
def test_the_number_of_a_case_is_no_number_of_a_person(kenmerk: str) -> None:
    assert TypeAdapter(Kenmerk).validate_python(kenmerk) == kenmerk


@pytest.mark.parametrize("kenmerk", ["123456782", "1234.56.782", "NXR1A1B23", PHONE])
def test_the_number_of_a_person_is_no_number_of_a_case(kenmerk: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Kenmerk).validate_python(kenmerk)


def test_a_transfer_takes_an_address_along_that_is_no_object(service: Service, field: Field) -> None:
    walk = Walk(service, field.objects["HOR"], objectId=None, adres={"postcode": "9999ZX", "huisnummer": 31})
    walk.done("ontvangen")
    walk.done("overdragen", {"gemeentecode": BUUR})
    (there,) = service.as_("buur-af").get("/signalen").json()["resultaten"]
    assert "Adres: 9999ZX 31." in there["inhoud"]["redenen"]


def test_the_reasons_to_close_with_the_terms_of_today(service: Service, runtime: Runtime, field: Field) -> None:
    del field
    with runtime.system_unit("test") as uow:
        set_norm(uow, "SIGNAAL_ONBEVESTIGD_BEWAREN_MAANDEN", 9)
    for sub in ("af", "beheerder"):
        codes = {row["code"]: row for row in service.as_(sub).get("/sluitcodes").json()}
        assert list(codes) == [f"C{number}" for number in range(1, 15)]
        assert (codes["C13"]["bewaarMaanden"], codes["C1"]["bewaarMaanden"], codes["C9"]["bewaarMaanden"]) == (
            9,
            None,
            0,
        )
        assert [code for code, row in codes.items() if not row["vierOgen"] or not row["kiezen"]] == ["C8"]
        assert [code for code, row in codes.items() if row["zcConsultNodig"]] == ["C11"]
        assert not any("vrijwillig" in row["reden"].lower() for row in codes.values())
    assert service.as_("teamleider").get("/sluitcodes").status_code == 403
