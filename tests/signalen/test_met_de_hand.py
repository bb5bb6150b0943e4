"""Table A holds for what is submitted and judged by hand as well, and merging loses nothing of what was told (A2, R6, table G)."""

import pytest

from app.core.runtime import Runtime
from app.gemeenten.status import Partnersoort
from tests.signalen.test_termijnen_rules import NORMS
from tests.support.service import Service
from tests.support.signaalstappen import TRIAGE, Walk, share, store_partners
from tests.support.signalen import Field, store_terms

P = Partnersoort
JONG = {"vormen": ["seksueel"], "mogelijkMinderjarig": "ja"}


@pytest.mark.requirement("RTE-14")
def test_a_possible_minor_in_a_sexual_setting_is_acute_whoever_says_so(service: Service, field: Field) -> None:
    by_hand = Walk(service, field.objects["SEKS"], **JONG)
    assert by_hand.read()["urgentie"] == "acuut"
    found = service.as_("af").get(f"/signalen/{by_hand.id}/voorstel").json()
    assert (found["urgentieregel"]["id"], "112 alleen bij gevaar" in found["urgentieregel"]["eersteActie"]) == (
        "A2",
        True,
    )
    assert {row["partnersoort"] for row in found["ontvangers"] if row["verplicht"]} == {
        "politie-mensenhandel",
        "veilig-thuis",
    }
    judged = Walk(service, field.objects["HOR"])
    judged.done("ontvangen")
    lower = judged.step("trieren", {**TRIAGE, **JONG})
    assert (lower.status_code, lower.json()["verzoek"]["handeling"]) == (202, "urgentie-verlagen"), "not by one person"
    judged.done("trieren", {**TRIAGE, **JONG, "urgentie": "acuut"})
    assert judged.step("urgentie", {"urgentie": "spoed", "reden": "Bij nader inzien minder."}).status_code == 202


def test_merging_keeps_what_was_told_and_asks_what_the_two_ask_together(service: Service, field: Field) -> None:
    leading = Walk(service, field.objects["SEKS"], vormen=["seksueel"])
    other = Walk(
        service,
        field.objects["SEKS"],
        mogelijkMinderjarig="ja",
        tekst="Er stond een koffer klaar.",
        tijdstip="2026-03-02T21:00:00Z",
    )
    other.done("samenvoegen", {"leidendId": leading.id})
    assert leading.read()["urgentie"] == "acuut"
    events = service.as_("af").get(f"/signalen/{leading.id}/gebeurtenissen").json()["resultaten"]
    assert (
        events[-1]["toelichting"]
        == f"Signaal {other.id} is hiermee samengevoegd.\nTekst: Er stond een koffer klaar.\nGezien op 02-03-2026 om 22:00.\nMogelijk minderjarig.\nUrgentie verhoogd van regulier naar acuut."
    )


@pytest.mark.requirement("RTE-14")
def test_what_a_merged_signal_brings_is_judged_again_and_forces_its_recipients(
    service: Service, field: Field, runtime: Runtime
) -> None:
    store_terms(runtime, NORMS)
    partners = store_partners(runtime, P.ARBEIDSINSPECTIE, P.POLITIE, P.VEILIG_THUIS)
    leading = Walk(service, field.objects["SEKS"]).triaged().care()
    leading.done("uitzetten", {"overdrachten": [share(partners[P.ARBEIDSINSPECTIE])]})
    other = Walk(service, field.objects["SEKS"], **JONG)
    other.done("samenvoegen", {"leidendId": leading.id})
    now = leading.read()
    assert (now["status"], now["urgentie"], now["inhoud"]["vormen"]) == ("uitgezet", "acuut", ["arbeid", "seksueel"])
    af = service.as_("af")
    assert _running(service, leading) >= {"beoordelen", "overdragen", "veilig-thuis-inlichten"}
    assert "signaal-opnieuw-beoordelen" in {row["soort"] for row in af.get("/taken").json()["resultaten"]}
    (event,) = (
        row
        for row in af.get(f"/signalen/{leading.id}/gebeurtenissen").json()["resultaten"]
        if row["actie"] == "aanvullen"
    )
    assert event["toelichting"].endswith(
        "Vorm erbij: seksueel.\nMogelijk minderjarig.\nUrgentie verhoogd van regulier naar acuut.\nBeoordeel het signaal opnieuw."
    )
    lower = leading.step("trieren", {**TRIAGE, **JONG})
    assert (lower.status_code, lower.json()["verzoek"]["handeling"]) == (202, "urgentie-verlagen")
    again = leading.done("trieren", {**TRIAGE, **JONG, "vormen": ["arbeid", "seksueel"], "urgentie": "acuut"})
    assert again["signaal"]["status"] == "uitgezet"
    assert "signaal-opnieuw-beoordelen" not in {row["soort"] for row in af.get("/taken").json()["resultaten"]}
    assert "beoordelen" not in _running(service, leading)
    assert "overdragen" in _running(service, leading)
    both = [share(partners[P.POLITIE]), share(partners[P.VEILIG_THUIS], "wmo-veilig-thuis")]
    leading.done("uitzetten", {"overdrachten": both})
    assert _running(service, leading).isdisjoint({"overdragen", "veilig-thuis-inlichten"})


@pytest.mark.parametrize(("urgentie", "uren"), [("spoed", 24), ("acuut", 0.5)])
def test_the_hand_over_is_due_by_the_urgency_of_the_judgement(
    service: Service, field: Field, runtime: Runtime, urgentie: str, uren: float
) -> None:
    """Table F: submitted as regular, judged as more: the ten working days do not stand any more."""
    store_terms(runtime, NORMS)
    walk = Walk(service, field.objects["HOR"]).triaged(urgentie=urgentie)
    rows = service.as_("af").get(f"/signalen/{walk.id}/termijnen").json()
    (left,) = (row["resterendeSeconden"] for row in rows if row["soort"] == "overdragen")
    assert uren * 3600 - 60 < left <= uren * 3600


def test_reopening_asks_again_what_closing_let_go(service: Service, field: Field, runtime: Runtime) -> None:
    """Table F and R6: Veilig Thuis never heard of the minor, and is due the same day once the signal goes on."""
    store_terms(runtime, NORMS)
    walk = Walk(service, field.objects["HOR"], mogelijkMinderjarig="ja").triaged(mogelijkMinderjarig="ja").care()
    assert "veilig-thuis-inlichten" in _running(service, walk)
    walk.closed()
    assert _running(service, walk) == set()
    walk.done("heropenen", {"nieuwFeit": "Een nieuwe melding over deze plek."})
    assert _running(service, walk) >= {"veilig-thuis-inlichten", "beoordelen", "overdragen"}


def _running(service: Service, walk: Walk) -> set[str]:
    rows = service.as_("af").get(f"/signalen/{walk.id}/termijnen").json()
    return {row["soort"] for row in rows if row["status"] == "loopt"}
