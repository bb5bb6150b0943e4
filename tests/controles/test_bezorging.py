"""Sealed delivery, the PIN half and what goes back to a tablet, over real HTTP (design sections 5 and 7)."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from joserfc import jwe
from joserfc.jwk import ECKey
from sqlmodel import select

from app.controles.rules.ontvangstbewijs import digest
from app.controles.service.tabletsleutels import renew
from app.controles.tables import Controle, Quarantaine, Tabletsleutel
from app.core.runtime import Runtime
from app.gemeenten.tables import Account
from tests.controles.conftest import KERN, Field, Tablet, signals, today
from tests.support.service import Service

RED = {"IDE-03": "bij werkgever, bureau, verhuurder of exploitant"}


class Sealer:
    """What a locked tablet has: the public key and the proof, no session."""

    def __init__(self, client: httpx.Client, apparaat: UUID) -> None:
        found = client.get("/synchronisaties/sleutel").json()
        assert (found["alg"], found["enc"], found["jwk"]["crv"]) == ("ECDH-ES", "A256GCM", "P-256")
        self.kid, self.key = found["sleutelId"], ECKey.import_key(found["jwk"])
        self.bewijs = client.post(f"/apparaten/{apparaat}/_bezorgbewijs").json()["bezorgbewijs"]

    def seal(self, event: dict[str, Any], **more: str) -> dict[str, str]:
        content = {"bezorgbewijs": self.bewijs, "gebeurtenis": event} | more
        head = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": self.kid}
        return {
            "gebeurtenisId": event["gebeurtenisId"],
            "jwe": jwe.encrypt_compact(head, json.dumps(content).encode(), self.key),
        }


def deliver(service: Service, *sealed: dict[str, str]) -> list[dict[str, Any]]:
    answer = service.anonymous().post("/v1/synchronisaties/_verzegeld", json={"zendingen": list(sealed)})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["resultaten"]
    return found


def test_a_control_is_delivered_without_a_session(
    veld: Field, tablet: Tablet, service: Service, runtime: Runtime
) -> None:
    controle = veld.plan("SEKS")
    sealer = Sealer(tablet.client, tablet.apparaat)
    events = tablet.whole(controle, KERN["SEKS"] | {"ARB-27": "ja"})
    sealed = [sealer.seal(event) for event in events]
    for _ in range(2):
        found = deliver(service, *sealed)
        assert [row["status"] for row in found] == ["verwerkt"] * 3
        assert [row["ontvangst"] for row in found] == [{"sha256": digest(event)} for event in events]
        assert [sorted(row) for row in found] == [["gebeurtenisId", "ontvangst", "status"]] * 3  # and nothing else
    assert tablet.client.get(f"/controles/{controle}").json()["status"] == "afgerond"
    assert [row["urgentie"] for row in signals(runtime)] == ["spoed"]
    # the proof is not readable on the disk of the tablet, and sealing the same again gives other bytes
    assert sealer.bewijs not in json.dumps(sealed)
    assert sealer.seal(events[0])["jwe"] != sealed[0]["jwe"]


def test_the_proof_may_be_sealed_itself(veld: Field, tablet: Tablet, service: Service) -> None:
    """A locked tablet holds no proof that it could read: it puts in the one that it sealed when it got it."""
    sealer = Sealer(tablet.client, tablet.apparaat)
    plain = sealer.bewijs
    head = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": sealer.kid}
    for inside, status in (
        ({"bezorgbewijs": plain}, "verwerkt"),
        ({"bezorgbewijs": 1}, "quarantaine"),
        ([], "quarantaine"),
    ):
        sealer.bewijs = jwe.encrypt_compact(head, json.dumps(inside).encode(), sealer.key)
        start = tablet.event("controle-gestart", veld.plan("SEKS"))
        assert deliver(service, sealer.seal(start))[0]["status"] == status


def test_what_may_not_be_applied_waits_and_danger_in_it_goes_on(
    veld: Field, tablet: Tablet, service: Service, runtime: Runtime
) -> None:
    controle = veld.plan("SEKS")
    sealer = Sealer(tablet.client, tablet.apparaat)
    other = Tablet(tablet.client)
    start = tablet.event("controle-gestart", controle)
    wrong = deliver(service, sealer.seal(other.event("controle-gestart", controle)))[0]
    assert (wrong["status"], wrong["ontvangst"] is not None) == ("quarantaine", True)  # of another tablet
    broken = sealer.seal(start)
    broken["jwe"] = broken["jwe"][:-8] + "AAAAAAAA"
    unknown = sealer.seal(start)
    sealer.kid = str(uuid4())
    unknown["jwe"] = sealer.seal(start)["jwe"]
    forged = sealer.seal(start)
    for sealed in (broken, unknown, forged, broken):
        # the tablet is not told that it arrived, so that it keeps its own
        assert deliver(service, sealed) == [
            {"gebeurtenisId": start["gebeurtenisId"], "status": "quarantaine", "ontvangst": None}
        ]
    with runtime.system_unit("test") as uow:
        rows = uow.session.exec(select(Quarantaine).where(Quarantaine.reden == "niet-te-openen")).all()
        assert [uow.unseal(row.id, "inhoud", row.inhoud) for row in rows] == [broken["jwe"]]
    sealer = Sealer(service.as_("toezichthouder-2"), tablet.apparaat)
    assert deliver(service, sealer.seal(start))[0]["status"] == "verwerkt"


def test_an_account_that_ended_and_a_proof_that_ended(
    veld: Field, tablet: Tablet, service: Service, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    controle = veld.plan("SEKS")
    leaver = Tablet(service.as_("toezichthouder-2"))
    sealer = Sealer(leaver.client, leaver.apparaat)
    with runtime.system_unit("test") as uow:
        account = uow.session.get_one(Account, veld.municipality.accounts["toezichthouder-2"])
        account.actief_tot = today() - timedelta(days=1)
    answers, danger = leaver.answers(controle, {"ARB-04": "ja"}), leaver.event("acuut", controle)
    found = deliver(service, sealer.seal(answers), sealer.seal(danger))
    assert [row["status"] for row in found] == ["quarantaine"] * 2
    assert [row["ontvangst"]["sha256"] for row in found] == [digest(answers), digest(danger)]
    assert [(row["urgentie"], row["object_id"]) for row in signals(runtime)] == [("acuut", veld.objecten["SEKS"])]
    waiting = service.as_("teamleider").get("/quarantaine").json()["resultaten"]
    assert {row["gebeurtenisId"] for row in waiting} == {answers["gebeurtenisId"], danger["gebeurtenisId"]}
    sealer = Sealer(tablet.client, tablet.apparaat)
    late, loose = (
        tablet.answers(controle, {"ARB-01": "ja"}),
        tablet.event("signaal", controle, {"gemeentecode": "GM9901"}),
    )
    with monkeypatch.context() as patched:
        patched.setattr("app.controles.service.bezorging.read_proof", _ended)
        found = deliver(service, sealer.seal(late), sealer.seal({**loose, "controleId": None}))
    assert [row["status"] for row in found] == ["quarantaine"] * 2
    # the same account signs in on the same tablet: now it is applied
    tablet.client.post(f"/apparaten/{tablet.apparaat}/_bezorgbewijs")
    assert tablet.send(late)[0]["status"] == "al-verwerkt"


def _ended(token: str, geheim: Any) -> Any:  # noqa: ANN401 - as the original
    from dataclasses import replace  # noqa: PLC0415 - only here

    from app.controles.rules.verzegeling import read_proof  # noqa: PLC0415 - the original, before it was replaced

    proof = read_proof(token, geheim)
    return replace(proof, tot=proof.tot - timedelta(days=15))


def test_old_keys_open_until_nothing_can_arrive(
    veld: Field, tablet: Tablet, service: Service, runtime: Runtime
) -> None:
    sealer = Sealer(tablet.client, tablet.apparaat)
    controle = veld.plan("SEKS")
    with runtime.system_unit("test") as uow:
        row = uow.session.exec(select(Tabletsleutel)).one()
        row.gemaakt_op, row.geldig_tot = uow.now - timedelta(days=25), uow.now + timedelta(days=5)
    with runtime.system_unit("test") as uow:
        assert renew(uow, days=30, keep_days=400)
        assert not renew(uow, days=30, keep_days=400)
    assert Sealer(tablet.client, tablet.apparaat).kid != sealer.kid
    assert deliver(service, sealer.seal(tablet.event("controle-gestart", controle)))[0]["status"] == "verwerkt"
    with runtime.system_unit("test") as uow:
        uow.session.get_one(Tabletsleutel, UUID(sealer.kid)).gemaakt_op = uow.now - timedelta(days=431)
    with runtime.system_unit("test") as uow:
        renew(uow, days=30, keep_days=400)
        assert [str(row.id) for row in uow.session.exec(select(Tabletsleutel)).all()] != [sealer.kid]
    assert deliver(service, sealer.seal(tablet.event("uitgecheckt", controle)))[0]["ontvangst"] is None


def test_the_half_is_given_for_the_pin_and_destroyed_after_five_wrong_tries(tablet: Tablet, service: Service) -> None:
    path, right, wrong = f"/apparaten/{tablet.apparaat}", "a" * 43, "b" * 43
    half = tablet.client.put(f"{path}/sleutelhelft", json={"bewijs": right}).json()["helft"]
    assert len(half) == 43

    def ask(bewijs: str, sub: str = "toezichthouder") -> httpx.Response:
        return service.as_(sub).post(f"{path}/_sleutelhelft", json={"bewijs": bewijs})

    assert [ask(wrong).status_code for _ in range(4)] == [403] * 4
    assert ask(right).json() == {"helft": half}  # in a row: a right one begins anew
    assert ask(right, "toezichthouder-2").status_code == 404
    codes = [ask(wrong).json()["detail"] for _ in range(5)]
    assert "Nog 4 keer" in codes[0]
    assert "vernietigd" in codes[4]
    assert ask(right).status_code == 404
    assert tablet.client.put(f"{path}/sleutelhelft", json={"bewijs": right}).json()["helft"] != half
    assert tablet.client.delete(f"{path}/sleutelhelft").status_code == 204
    assert ask(right).status_code == 404
    # a wipe order destroys it, and what is sealed can still be delivered
    report = {"appversie": "1.0.0", "wachtrij": 0}
    assert tablet.client.put(path, json=report).json()["bijwerken"] is False
    tablet.client.put(f"{path}/sleutelhelft", json={"bewijs": right})
    sealer = Sealer(tablet.client, tablet.apparaat)
    boss = service.as_("teamleider")
    seen = boss.get(path).headers["ETag"]
    assert boss.post(f"{path}/_wissen", headers={"If-Match": seen}).status_code == 200
    assert ask(right).status_code == 404
    event = tablet.event("signaal", uuid4(), {"gemeentecode": "GM9901"})
    assert deliver(service, sealer.seal({**event, "controleId": None}))[0]["status"] == "verwerkt"


def test_changes_go_back_and_tell_nothing_confidential(
    veld: Field, tablet: Tablet, service: Service, runtime: Runtime
) -> None:
    controle, other = veld.plan("SEKS"), Tablet(service.as_("toezichthouder-2"))

    def changes(cursor: str | None) -> dict[str, Any]:
        answer = other.client.get("/synchronisaties/wijzigingen", params={"vanaf": cursor} if cursor else {})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    first = changes(None)
    assert first["controles"] == []
    tablet.send(tablet.event("controle-gestart", controle), tablet.answers(controle, {"ARB-04": "ja"}))
    second = changes(first["cursor"])
    assert [row["status"] for row in second["controles"]] == ["bezig"]
    assert second["controles"][0]["antwoorden"] == [
        {"item": "ARB-04", "waarde": "ja", "apparaatId": str(tablet.apparaat), "volgnummer": 2, "verschilt": False}
    ]
    # a confidential answer, its signal and a count of either show nowhere
    tablet.send(tablet.answers(controle, RED), tablet.answers(controle, {"ENT-12": "nee"}))
    third = changes(second["cursor"])
    assert (third["controles"], third["nietMeer"], third["cursor"]) == ([], [], second["cursor"])
    other.clock = tablet.clock
    other.send(other.answers(controle, {"ARB-04": "nee"}))
    fourth = changes(third["cursor"])["controles"][0]["antwoorden"]
    assert [(row["waarde"], row["apparaatId"], row["verschilt"]) for row in fourth] == [
        ("nee", str(other.apparaat), True)
    ]
    with runtime.system_unit("test") as uow:
        uow.session.get_one(Controle, controle).datum = today() + timedelta(days=9)
    assert changes(third["cursor"])["nietMeer"] == [str(controle)]
    wrong = other.client.get("/synchronisaties/wijzigingen", params={"vanaf": "AQAA"})
    assert (wrong.status_code, wrong.json()["detail"]) == (400, "De cursor klopt niet. Begin zonder 'vanaf'.")


def test_a_late_commit_is_not_skipped(veld: Field, service: Service, runtime: Runtime) -> None:
    """A change that began before a cursor was given and is committed after it comes with the next one."""
    if "sqlite" in runtime.settings.database_url.get_secret_value():
        return  # one writer at a time: there is no such moment
    controle = veld.plan("SEKS")
    client = service.as_("toezichthouder")
    with runtime.system_unit("test") as uow:
        uow.session.get_one(Controle, controle).volgorde = 7
        uow.session.flush()
        cursor = client.get("/synchronisaties/wijzigingen").json()["cursor"]
    late = client.get("/synchronisaties/wijzigingen", params={"vanaf": cursor}).json()["controles"]
    assert [row["volgorde"] for row in late] == [7]


def test_answered_codes_are_for_who_answered_while_it_runs(veld: Field, tablet: Tablet, service: Service) -> None:
    controle = veld.plan("SEKS")
    path = f"/controles/{controle}/antwoordstand"
    start, answers, end = tablet.whole(controle, KERN["SEKS"] | RED)
    tablet.send(start, answers, tablet.answers(controle, {"ARB-27": None}))
    codes = sorted((KERN["SEKS"] | RED).keys() - {"ARB-27"})
    assert tablet.client.get(path).json() == {"controleId": str(controle), "codes": codes}
    assert tablet.client.get(path, params={"apparaatId": str(uuid4())}).json()["codes"] == []
    assert service.as_("toezichthouder-2").get(path).json()["codes"] == []
    assert service.as_("teamleider").get(path).json()["codes"] == []
    assert service.as_("buur-toezichthouder").get(path).status_code == 404
    tablet.send(end)
    assert tablet.client.get(path).status_code == 409


def test_a_locked_tablet_without_a_session_hears_an_order_to_wipe_and_tells_that_it_obeyed(
    veld: Field, tablet: Tablet, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/apparaten/{tablet.apparaat}"
    tablet.client.put(path, json={"appversie": "1.0.0", "wachtrij": 0})
    sealer = Sealer(tablet.client, tablet.apparaat)
    head = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": sealer.kid}

    def sealed(bewijs: str) -> str:
        return jwe.encrypt_compact(head, json.dumps({"bezorgbewijs": bewijs}).encode(), sealer.key)

    def ask(**body: Any) -> httpx.Response:  # noqa: ANN401 - JSON
        return service.anonymous().post("/v1/synchronisaties/_verzegeld", json=body)

    mine = sealed(sealer.bewijs)
    assert ask(bewijs=mine).json() == {"resultaten": [], "wissen": []}
    # without an order nobody can make the office believe that it was wiped
    assert ask(bewijs=mine, gewist=True).json()["wissen"] == []
    boss = service.as_("teamleider")
    assert boss.get(path).json()["gewistOp"] is None
    assert boss.post(f"{path}/_wissen", headers={"If-Match": boss.get(path).headers["ETag"]}).status_code == 200

    own, other = str(tablet.apparaat), Sealer(tablet.client, uuid4())
    assert ask(bewijs=mine).json()["wissen"] == [own]
    with monkeypatch.context() as patched:  # also when the proof has ended long ago: it is the tablet that is asked for
        patched.setattr("app.controles.service.bezorging.read_proof", _ended)
        assert ask(bewijs=mine).json()["wissen"] == [own]
    start = tablet.event("controle-gestart", veld.plan("SEKS"))
    delivered = ask(zendingen=[sealer.seal(start)]).json()
    assert (delivered["resultaten"][0]["status"], delivered["wissen"]) == ("verwerkt", [own])
    # another tablet, a proof that somebody made himself, one that is broken, and none at all
    forged = sealed(sealer.bewijs[:-6] + "AAAAAA")
    for proof in (sealed(other.bewijs), forged, mine[:-8] + "AAAAAAAA"):
        assert ask(bewijs=proof).json()["wissen"] == []
        assert ask(bewijs=proof, gewist=True).status_code == 200
    assert (ask().status_code, ask(gewist=True, zendingen=[sealer.seal(start)]).status_code) == (400, 400)
    neighbour = Sealer(service.as_("buur-toezichthouder"), tablet.apparaat)  # anybody can ask a proof for any id
    ask(bewijs=sealed(neighbour.bewijs), gewist=True)
    assert boss.get(path).json()["gewistOp"] is None

    assert ask(bewijs=mine, gewist=True).json()["wissen"] == []
    assert boss.get(path).json()["gewistOp"] is not None
