"""One gut feeling, one signal: what a locked tablet delivers too late is announced, and completed when its account signs in (RTE-24)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from app.controles.rules.verzegeling import Bewijs, sign_proof
from app.controles.service.tabletsleutels import secrets_of
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.status import Wet
from app.gemeenten.tables import Aanwijzing
from app.signalen.tables import Signaal
from tests.controles.conftest import LONG_AGO, Field, Tablet, signals
from tests.controles.test_bezorging import Sealer, deliver
from tests.support.municipality import BUUR, STAD
from tests.support.service import Service


def _late(sealer: Sealer, tablet: Tablet, runtime: Runtime, veld: Field) -> Sealer:
    """The same tablet, whose proof ended yesterday: signed by the very key of the service."""
    key = UUID(sealer.kid)
    with runtime.system_unit("test", write=False) as uow:
        made, ends = uow.now - timedelta(days=15), uow.now - timedelta(days=1)
        account = veld.municipality.accounts["toezichthouder"]
        proof = Bewijs("toezichthouder", account, STAD, tablet.apparaat, ends)
        sealer.bewijs = sign_proof(key, secrets_of(uow, {key})[key], proof, made)
    return sealer


def _signal(tablet: Tablet, **inhoud: object) -> dict[str, Any]:
    return {**tablet.event("signaal", tablet.apparaat, inhoud), "controleId": None}


@pytest.mark.requirement("RTE-24")
def test_a_late_signal_is_announced_and_completed(
    veld: Field, tablet: Tablet, service: Service, runtime: Runtime
) -> None:
    sealer = _late(Sealer(tablet.client, tablet.apparaat), tablet, runtime, veld)
    here = _signal(
        tablet, objectId=str(veld.objecten["HOR"]), urgentie="spoed", vormen=["arbeid"], tekst="Koffers in de gang."
    )
    for _ in range(2):
        assert deliver(service, sealer.seal(here))[0]["status"] == "quarantaine"
    (announced,) = signals(runtime)
    assert (str(announced["id"]), announced["urgentie"], announced["object_id"]) == (
        here["gebeurtenisId"],
        "spoed",
        None,
    )
    af = service.as_("af")
    path = f"/signalen/{announced['id']}"
    assert af.post(f"{path}/_ontvangen", headers={"If-Match": af.get(path).headers["ETag"]}).status_code == 200
    tablet.client.post(f"/apparaten/{tablet.apparaat}/_bezorgbewijs")  # signs in: what waited is applied
    (signal,) = signals(runtime)
    content = af.get(path).json()["inhoud"]
    assert (content["object"]["id"], content["tekst"]) == (str(veld.objecten["HOR"]), "Koffers in de gang.")
    assert (content["vormen"], signal["status"], len(content["redenen"])) == (["arbeid"], "ontvangen", 2)
    assert "signaal-aangevuld" in {row["soort"] for row in af.get("/taken").json()["resultaten"]}
    assert tablet.send(here)[0]["status"] == "al-verwerkt"
    # the same id with another content: neither is lost, and there is no second signal
    other = {**here, "inhoud": {**here["inhoud"], "tekst": "Iets anders."}}
    assert tablet.send(other)[0]["status"] == "quarantaine"
    assert deliver(service, sealer.seal({**other, "volgnummer": 99}))[0]["status"] == "quarantaine"
    assert len(signals(runtime)) == 1
    events = af.get(f"{path}/gebeurtenissen").json()["resultaten"]
    assert sum("iets anders binnen" in (row["toelichting"] or "") for row in events) == 2
    # another account under that id: its feeling reaches the AF as well
    colleague = Tablet(service.as_("toezichthouder-2"))
    assert (
        colleague.send({**_signal(colleague, gemeentecode=STAD), "gebeurtenisId": here["gebeurtenisId"]})[0]["status"]
        == "quarantaine"
    )
    assert len(signals(runtime)) == 2


@pytest.mark.requirement("ROL-23")
def test_what_was_announced_and_belongs_elsewhere_or_ended_makes_one_of_its_own(
    veld: Field, tablet: Tablet, service: Service, runtime: Runtime
) -> None:
    sealer = _late(Sealer(tablet.client, tablet.apparaat), tablet, runtime, veld)
    there = _signal(tablet, objectId=str(veld.objecten["buur-BEDR"]))
    unknown = _signal(tablet, objectId=str(new_id()), tekst="Hier klopt iets niet.")
    with runtime.system_unit("test") as uow:
        account = veld.municipality.accounts["toezichthouder"]
        uow.session.add(Aanwijzing(account_id=account, gemeentecode=BUUR, wet=Wet.APV, geldig_vanaf=LONG_AGO))
    ended = _signal(tablet, objectId=str(veld.objecten["SEKS"]))
    first = _signal(tablet, objectId=str(veld.objecten["HOR"]))
    for event in (there, ended, first, unknown):
        assert deliver(service, sealer.seal(event))[0]["status"] == "quarantaine"
    with runtime.system_unit("test") as uow:
        row = uow.session.get_one(Signaal, UUID(ended["gebeurtenisId"]))
        row.status, row.sluitcode, row.gesloten_op = row.status.GESLOTEN, "C13", uow.now
    signed_in = tablet.client.post(f"/apparaten/{tablet.apparaat}/_bezorgbewijs")
    assert signed_in.status_code == 200, signed_in.text
    assert [tablet.send(event)[0]["status"] for event in (there, ended, first, there)] == ["al-verwerkt"] * 4
    rows = signals(runtime)
    found = {row["object_id"]: row for row in rows if row["object_id"]}
    assert len(rows) == 6, "four announced, and two that have their content apart"
    neighbour = found[veld.objecten["buur-BEDR"]]
    assert (neighbour["gemeentecode"] != STAD, str(neighbour["komt_van_id"])) == (True, there["gebeurtenisId"])
    again = found[veld.objecten["SEKS"]]
    assert (again["status"], again["komt_van_id"]) == ("verzonden", None)
    usable = service.as_("af").get(f"/signalen/{unknown['gebeurtenisId']}").json()["inhoud"]
    assert (usable["object"], usable["tekst"]) == (None, "Hier klopt iets niet."), "what could be used of it"
    assert str(found[veld.objecten["HOR"]]["id"]) == first["gebeurtenisId"]
