"""No signal is stuck: in every open state somebody can go on, whoever left and whatever it was merged into."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import col

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.status import Partnersoort
from app.gemeenten.tables import Account
from app.signalen.rules.overgangen import OPEN
from app.signalen.service.zonder_af import see_to_unattended
from app.signalen.status import Signaalstatus, Urgentie
from app.signalen.tables import Signaal
from tests.support.service import Service
from tests.support.signaalstappen import Walk, share, store_partners
from tests.support.signalen import Field, hit

S, SOORTEN = Signaalstatus, Partnersoort


def _leave(field: Field, *subs: str, back: bool = False) -> None:
    ids = [field.accounts[sub] for sub in subs]
    with field.runtime.system_unit("test") as uow:
        ended = None if back else datetime(2026, 1, 1, tzinfo=UTC).date()
        uow.session.exec(update(Account).where(col(Account.id).in_(ids)).values(actief_tot=ended))


def _look(field: Field) -> int:
    with field.runtime.system_unit("test") as uow:
        return see_to_unattended(uow)


def _tasks(service: Service) -> list[str]:
    return [row["soort"] for row in service.as_("beheerder").get("/taken").json()["resultaten"]]


@pytest.mark.requirement("ROL-02")
def test_in_every_open_state_a_neighbour_goes_on_when_the_last_af_left(service: Service, field: Field) -> None:
    walks = {status: Walk(service, field.objects["HOR"]) for status in sorted(OPEN)}
    assert _look(field) == 0
    with field.runtime.system_unit("test") as uow:
        for status, walk in walks.items():
            uow.session.exec(update(Signaal).where(col(Signaal.id) == UUID(walk.id)).values(status=status))
    _leave(field, "af", "af-zorg")
    assert _look(field) == len(OPEN)
    assert _look(field) == 0, "once"
    assert _tasks(service) == ["geen-aandachtsfunctionaris"]
    moment = datetime.now(UTC).replace(microsecond=0).isoformat()
    for status, walk in walks.items():
        found = service.as_("buur-af").get(f"/signalen/{walk.id}")
        assert (found.status_code, found.json()["status"]) == (200, status)
        step = walk.step("zorginlichten", {"geinformeerdOp": moment}, sub="buur-af", etag=found.headers["ETag"])
        assert step.status_code == 200, (status, step.text)
    _leave(field, "af", "af-zorg", back=True)
    assert (_look(field), _tasks(service)) == (0, [])


def test_the_only_af_who_submitted_it_himself_is_helped(service: Service, field: Field) -> None:
    body = {"id": str(new_id()), "objectId": str(field.objects["HOR"])}
    made = service.as_("af").post("/signalen", json=body).json()["id"]
    _leave(field, "af-zorg")
    assert service.as_("buur-af").get(f"/signalen/{made}").status_code == 404
    assert (_look(field), _tasks(service)) == (1, ["geen-aandachtsfunctionaris"])
    etag = {"If-Match": service.as_("buur-af").get(f"/signalen/{made}").headers["ETag"]}
    assert service.as_("buur-af").post(f"/signalen/{made}/_ontvangen", headers=etag).status_code == 200


@pytest.mark.requirement("PLN-05")
def test_what_a_tablet_brings_to_a_merged_or_closed_signal_is_not_lost(service: Service, field: Field) -> None:
    controle = new_id()
    ref = field.control([hit("ENT-21", gewicht="S")], Urgentie.REGULIER, controle_id=controle, send=True)
    leading = Walk(service, field.objects["HOR"])
    etag = service.as_("af").get(f"/signalen/{ref.id}").headers["ETag"]
    merged = service.as_("af").post(
        f"/signalen/{ref.id}/_samenvoegen", json={"leidendId": leading.id}, headers={"If-Match": etag}
    )
    assert merged.status_code == 200, merged.text
    both = [hit("ENT-21", gewicht="S"), hit("IDE-03", "bij werkgever")]
    assert field.control(both, Urgentie.SPOED, controle_id=controle).id == UUID(leading.id)
    now = leading.read()
    assert (now["urgentie"], {row["item"] for row in now["inhoud"]["bevindingen"]}) == ("spoed", {"ENT-21", "IDE-03"})
    leading.triaged(urgentie="spoed").care().closed()
    acute = [*both, hit("ENT-12", gewicht="A")]
    assert field.control(both, Urgentie.SPOED, controle_id=controle).id == UUID(leading.id), "nothing new"
    fresh = field.control(acute, Urgentie.ACUUT, controle_id=controle)
    assert (fresh.is_new, fresh.status, fresh.urgentie) == (True, S.VERZONDEN, Urgentie.ACUUT)
    assert field.control(acute, Urgentie.ACUUT, controle_id=controle).id == fresh.id, "and only one"
    assert leading.read()["urgentie"] == "spoed"


@pytest.mark.requirement("RTE-09")
def test_a_partner_answers_what_was_merged_meanwhile(service: Service, field: Field, runtime: Runtime) -> None:
    partners = store_partners(runtime, SOORTEN.VEILIG_THUIS)
    walk, leading = (Walk(service, field.objects["HOR"]) for _ in range(2))
    walk.triaged(mogelijkMinderjarig="ja").care()
    walk.done("uitzetten", {"overdrachten": [share(partners[SOORTEN.VEILIG_THUIS], "wmo-veilig-thuis")]})
    walk.done("samenvoegen", {"leidendId": leading.id})
    row: dict[str, Any] = next(
        one
        for one in service.as_("af").get(f"/overdrachten?signaalId={walk.id}").json()["resultaten"]
        if one["partnersoort"] == SOORTEN.VEILIG_THUIS
    )
    answer = {"reactiecode": "mogelijk-mensenhandel", "reactieOp": datetime.now(UTC).date().isoformat()}
    path, etag = f"/overdrachten/{row['id']}/_beantwoorden", {"If-Match": f'"{row["versie"]}"'}
    found = service.as_("af").post(path, json=answer, headers=etag)
    assert (found.status_code, found.json().get("status")) == (200, "beantwoord"), found.text
    assert leading.read()["inhoud"]["beoordeling"]["vtKlasse"] == "mogelijk-mensenhandel"


@pytest.mark.requirement("ROL-02")
def test_a_request_of_an_af_who_left_keeps_nobody_from_asking(service: Service, field: Field) -> None:
    walk = Walk(service, field.objects["HOR"]).triaged().care()
    asked = walk.step("sluiten", walk.closing(), sub="af-zorg")
    assert (asked.status_code, walk.step("sluiten", walk.closing()).status_code) == (202, 409)
    _leave(field, "af-zorg")
    again = walk.step("sluiten", walk.closing())
    assert again.status_code == 202, again.text
    assert walk.decide(again.json()["verzoek"], sub="buur-af").json()["status"] == "akkoord"
