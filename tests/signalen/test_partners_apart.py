"""RIEC, ZVH and CoMensha: counted apart, reference only, no feed; and the lists for licence decisions and the help card."""

from dataclasses import fields
from typing import Any

import pytest

from app.core.clock import business_date, utc_now
from app.core.runtime import Runtime
from app.gemeenten.service.lijsten import seed_list_values
from app.gemeenten.status import Partnersoort
from app.signalen.rules.sluitcodes import Telling
from app.signalen.rules.telling import TelbaarSignaal, count
from app.signalen.service.tellen import count_new
from app.signalen.status import Bronsoort, Signaalstatus
from tests.support.description import description
from tests.support.lijsten import LIJSTEN
from tests.support.municipality import STAD
from tests.support.service import Service
from tests.support.signaalstappen import Walk, share, store_partners
from tests.support.signalen import MOMENT, Field

TODAY = business_date(utc_now())
WGS = "wet-gegevensverwerking-door-samenwerkingsverbanden"
GEHEIM = "Vier matrassen achter de keuken."


@pytest.mark.requirement("ROL-13", "ROL-14", "MON-05")
def test_a_signal_at_the_riec_is_counted_apart_and_a_hand_over_keeps_a_reference_only(
    service: Service, field: Field, runtime: Runtime
) -> None:
    partners = store_partners(runtime, Partnersoort.RIEC, Partnersoort.ZORG_EN_VEILIGHEIDSHUIS)
    walk = Walk(service, field.objects["HOR"], tekst=GEHEIM).triaged(ondermijning=True).care()
    Walk(service, field.objects["MASS"])
    assert _figures(runtime) == (2, 0)
    asked = walk.step("uitzetten", {"overdrachten": [share(partner, WGS) for partner in partners.values()]})
    assert asked.status_code == 202, asked.text
    assert walk.decide(asked.json()["verzoek"]).status_code == 200
    assert _figures(runtime) == (1, 1)
    assert walk.read()["status"] == "uitgezet"  # M17: the state is kept
    log = service.as_("af").get("/overdrachten", params={"signaalId": walk.id})
    stored = {one["partnersoort"]: one for one in log.json()["resultaten"]}
    assert {"riec", "zorg-en-veiligheidshuis"} <= stored.keys()
    assert GEHEIM not in log.text
    assert "Voorbeeldstraat" not in log.text
    assert stored["zorg-en-veiligheidshuis"]["kenmerk"].startswith("VW-")
    walk.closed(sluitcode="C1")
    assert _figures(runtime) == (1, 1)


def _figures(runtime: Runtime) -> tuple[int, int]:
    with runtime.system_unit("test", write=False) as uow:
        found = count_new(uow, TODAY.year, [STAD])
    return found.nieuw, found.riec


@pytest.mark.parametrize(
    ("code", "telling"), [(None, Telling.RIEC), ("C1", Telling.RIEC), ("C10", Telling.NIET), ("C9", Telling.ELDERS)]
)
def test_what_is_not_counted_stays_so_at_the_riec(code: str | None, telling: Telling) -> None:
    values: dict[str, Any] = {
        "herkomst": STAD, "vormen": ["arbeid"], "status": Signaalstatus.UITGEZET, "sluitcode": code, "riec": True,
        "bron": Bronsoort.TOEZICHT, "verzonden_op": MOMENT,
    }  # fmt: skip
    row = TelbaarSignaal(**{one.name: values[one.name] for one in fields(TelbaarSignaal)})
    assert row.telling is telling
    assert count([row], [STAD]).nieuw == 0


@pytest.mark.requirement("ROL-16")
def test_nothing_goes_to_comensha_but_a_note_that_the_care_worker_reported(
    service: Service, field: Field, runtime: Runtime
) -> None:
    assert "comensha" not in str(description()).casefold()
    assert not [soort for soort in Partnersoort if "comensha" in soort]
    store_partners(runtime, Partnersoort.ZORGCOORDINATOR)
    walk = Walk(service, field.objects["HOR"]).triaged().care()
    row = service.as_("af").get("/overdrachten", params={"signaalId": walk.id}).json()["resultaten"][0]
    answer = service.as_("af").post(
        f"/overdrachten/{row['id']}/_beantwoorden",
        json={"reactiecode": "door-zc-gemeld", "reactieOp": TODAY.isoformat()},
        headers={"If-Match": f'"{row["versie"]}"'},
    )
    assert answer.json()["reactiecode"] == "door-zc-gemeld"


@pytest.mark.requirement("INS-07", "INS-17")
def test_refusal_grounds_and_the_help_card_are_lists(service: Service, runtime: Runtime) -> None:
    with runtime.system_unit("test") as uow:
        seed_list_values(uow, "", LIJSTEN)
    grounds = service.as_("vergunningverlener").get("/lijsten/weigeringsgronden").json()["waarden"]
    assert {one["code"] for one in grounds} == {"veroordeling-mensenhandel", "aanwijzing-slachtoffers"}
    card = service.as_("toezichthouder").get("/lijsten/hulpkaart").json()["waarden"][0]
    assert "DUUP" in card["naam"]
    assert "RUPS" not in card["kenmerken"]["tekst"]
    assert card["kenmerken"]["voorheen"] == ["RUPS"]
