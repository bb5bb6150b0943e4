"""Table A holds for what is submitted and judged by hand as well, and merging loses nothing of what was told (A2, R6, table G)."""

import pytest

from tests.support.service import Service
from tests.support.signaalstappen import TRIAGE, Walk
from tests.support.signalen import Field

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
        == f"Signaal {other.id} is hiermee samengevoegd.\nTekst: Er stond een koffer klaar.\nGezien op 02-03-2026 om 22:00."
    )
