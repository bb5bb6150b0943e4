"""Role × operation × record over real HTTP: who sees which signal, and how much of it (table E, ROL-03, ROL-21, M41)."""

import re
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import col

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.rules.rechten import RECHTEN
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.tables import Account
from app.signalen.status import Signaalstatus
from app.signalen.tables import Signaal
from tests.support.description import description
from tests.support.municipality import ACCOUNTS, STAD
from tests.support.service import Service
from tests.support.signalen import Field, hit

PLANT = "PLANT-7c1e"
SEES = {  # record: who finds it in the inbox; content for an AF, status and urgency for a team leader
    "own": {"af", "af-zorg", "teamleider"},
    "elsewhere": {"buur-af"},
    "watched": {"af", "af-zorg", "teamleider", "buur-af"},
    "closed": {"af-zorg"},
    "draft": set[str](),
}


@pytest.fixture
def records(field: Field, runtime: Runtime, service: Service) -> dict[str, str]:
    """One signal of each kind."""
    made = {key: str(field.control([hit("IDE-03", PLANT)]).id) for key in ("own", "watched", "draft")}
    made["elsewhere"] = str(field.control([hit("IDE-03", PLANT)], place="BUUR", sub="buur-toezichthouder").id)
    body = {"id": str(new_id()), "objectId": str(field.objects["HOR"]), "gaatOver": "collega", "tekst": PLANT}
    assert service.as_("toezichthouder").post("/signalen", json=body).status_code == 201
    made["closed"] = body["id"]
    with runtime.system_unit("test") as uow:
        for key, values in (
            ("watched", {"waarnemer": field.accounts["buur-af"]}),
            ("draft", {"status": Signaalstatus.CONCEPT}),
        ):
            uow.session.exec(update(Signaal).where(col(Signaal.id) == UUID(made[key])).values(**values))
    return made


def test_each_role_on_each_operation_of_each_record(service: Service, records: dict[str, str]) -> None:
    paths = description()["paths"]
    of_one = {
        item["get"]["operationId"]: path
        for path, item in paths.items()
        if path.startswith("/signalen/{signaalId}")
        or path == "/signalen/{signaal_id}"
        or re.match(r"/signalen/\{", path)
        if "get" in item
    }
    assert {"signalen_lezen", "signaalgebeurtenissen_lijst", "signaaltermijnen_lijst", "signalen_voorstel"} <= set(
        of_one
    )
    wrong = []
    for sub, (_, rollen, _) in ACCOUNTS.items():
        listed = service.as_(sub).get("/signalen").text
        for record, signaal_id in records.items():
            mine = sub in SEES[record]
            if (signaal_id in listed) != mine:
                wrong.append(f"{sub} list {record}")
            for operation, path in of_one.items():
                status = service.as_(sub).get(re.sub(r"\{[^}]+\}", signaal_id, path)).status_code
                called = not RECHTEN[operation].rollen.isdisjoint(rollen)
                expected = {403} if not called else {200, 409} if mine else {404}
                if status not in expected:
                    wrong.append(f"{sub} {operation} {record}: {status}")
            step = service.as_(sub).post(
                f"/signalen/{signaal_id}/_monitoren", json={"herzienOp": "2027-01-01"}, headers={"If-Match": '"999"'}
            )
            expected = {403} if Rol.AF not in rollen else {412} if mine else {404}
            if step.status_code not in expected:
                wrong.append(f"{sub} step {record}: {step.status_code}")
    assert wrong == []


def test_m41_content_is_for_the_af_and_the_team_leader_sees_status_and_urgency(
    service: Service, records: dict[str, str]
) -> None:
    for sub in ACCOUNTS:
        found = service.as_(sub).get("/signalen").text + service.as_(sub).get(f"/signalen/{records['own']}").text
        assert (PLANT in found) == (sub in {"af", "af-zorg", "buur-af"}), sub
    leader = service.as_("teamleider").get(f"/signalen/{records['own']}").json()
    assert (leader["status"], leader["urgentie"], leader["inhoud"]) == ("verzonden", "spoed", None)
    neighbour = {row["id"]: row for row in service.as_("buur-af").get("/signalen").json()["resultaten"]}
    assert set(neighbour) == {records["elsewhere"], records["watched"]}
    assert neighbour[records["watched"]]["inhoud"]["object"]["adres"].startswith("Voorbeeldstraat")


@pytest.mark.requirement("ROL-03")
def test_a_ketenregisseur_sees_handed_over_signals_of_the_region_without_text_or_place(
    service: Service, runtime: Runtime, field: Field, records: dict[str, str]
) -> None:
    assert service.as_("ketenregisseur").get("/regiosignalen").json()["resultaten"] == []
    with runtime.system_unit("test") as uow:
        uow.session.exec(
            update(Signaal).where(col(Signaal.status) != Signaalstatus.CONCEPT).values(
                status=Signaalstatus.UITGEZET, uitgezet_op=uow.now
            )
        )  # fmt: skip
    shown = service.as_("ketenregisseur").get("/regiosignalen")
    rows = shown.json()["resultaten"]
    assert {row["id"] for row in rows} == {records[key] for key in ("own", "watched", "elsewhere")}
    assert {row["gemeentecode"] for row in rows} == {STAD, "GM9902"}
    assert {frozenset(row) for row in rows} == {
        frozenset({"id", "gemeentecode", "status", "urgentie", "vormen", "uitgezetOp"})
    }
    for secret in (PLANT, "Voorbeeldstraat", *map(str, field.objects.values())):
        assert secret not in shown.text
    figures = service.as_("ketenregisseur").get("/rapportages/monitor/signalen", params={"jaar": _year(runtime)}).json()
    assert {one["gemeentecode"]: one["aantal"] for one in figures["gemeenten"]}["GM9902"] == 1
    for operation, recht in RECHTEN.items():
        if operation.startswith(("signalen_", "signaal", "overdrachten", "vierogen")):
            assert Rol.KETENREGISSEUR not in recht.rollen, operation
    with runtime.system_unit("test") as uow:  # a region without one works all the same
        uow.session.exec(update(Account).where(col(Account.sub) == "ketenregisseur").values(rollen=["bestuur"]))
    body = {"id": str(new_id()), "objectId": str(field.objects["HOR"])}
    assert service.as_("toezichthouder").post("/signalen", json=body).status_code == 201
    assert body["id"] in service.as_("af").get("/signalen").text


@pytest.mark.requirement("ROL-21")
def test_the_board_sees_no_single_signal(service: Service, records: dict[str, str]) -> None:
    reading = {"signalen", "eigen", "signaalgebeurtenissen", "signaaltermijnen", "overdrachten", "vierogenverzoeken"}
    reading |= {"regiosignalen", "adresonderzoeken", "inzagen", "signaalformulieren"}
    mine = [name for name in RECHTEN if name.split("_")[0] in reading]
    assert len(mine) > 20
    assert [name for name in mine if Rol.BESTUUR in RECHTEN[name].rollen or not RECHTEN[name].rollen] == []
    for path in ("/signalen", "/regiosignalen", "/eigen-signalen", "/overdrachten", f"/signalen/{records['own']}"):
        assert service.as_("bestuur").get(path).status_code == 403, path


def _year(runtime: Runtime) -> int:
    with runtime.system_unit("test", write=False) as uow:
        return uow.today.year
