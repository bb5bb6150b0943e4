"""Links between business objects (REG-19): by number, over municipalities where the caller works, never a dwelling."""

from typing import Any

import pytest
import sqlalchemy as sa

from app.core.crypto import KeyRing
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.objecten.status import Objecttype
from tests.objecten.stock import make_object
from tests.support.municipality import BUUR, STAD
from tests.support.service import Service

KVK = "12345678"


@pytest.fixture
def places(runtime: Runtime, service: Service) -> dict[str, str]:  # noqa: ARG001 - the municipality must be stored
    with runtime.system_unit("test") as uow:
        made = {
            "een": make_object(uow, Objecttype.BEDR, 1, kvk_nummer=KVK),
            "twee": make_object(uow, Objecttype.BEDR, 2, kvk_nummer=KVK),
            "drie": make_object(uow, Objecttype.HOR, 3),
            "buur": make_object(uow, Objecttype.BEDR, 4, BUUR, kvk_nummer=KVK),
            "woning": make_object(uow, Objecttype.WON, 5),
            "logies": make_object(uow, Objecttype.LOG, 5, kvk_nummer=KVK),
        }
        return {key: str(row.id) for key, row in made.items()}


def _body(**changes: object) -> dict[str, Any]:
    return {
        "rol": "verhuurder", "soort": "kvk", "nummer": KVK, "eenmanszaak": True, "bron": "register",
        "geldigVanaf": "2024-01-01", **changes,
    }  # fmt: skip


def _linked(service: Service, place: str, sub: str = "planner") -> list[str]:
    answer = service.as_(sub).get(f"/objecten/{place}/koppelingen")
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["gekoppeldeObjecten"]]


@pytest.mark.requirement("REG-19")
def test_two_businesses_with_one_kvk_number_are_linked_and_a_dwelling_never(
    runtime: Runtime, service: Service, places: dict[str, str]
) -> None:
    """The lodging stands at the address of a dwelling; the neighbour's business is none of the planner's business."""
    assert _linked(service, places["een"]) == [places["twee"]]
    assert _linked(service, places["twee"], "af") == [places["een"]]
    assert _linked(service, places["buur"], "buur-planner") == []
    assert _linked(service, places["logies"]) == _linked(service, places["woning"]) == []
    for key in ("woning", "logies"):
        refused = service.as_("vergunningverlener").post(f"/objecten/{places[key]}/koppelingen", json=_body())
        assert (refused.status_code, refused.json()["fouten"][0]["veld"]) == (400, "objectId")
    home = {"gemeentecode": STAD, "nummer": "W-9", "type": "WON", "naam": "x", "bron": "x", "kvkNummer": KVK}
    assert service.as_("planner").post("/objecten", json=home).status_code == 400
    file = service.as_("vergunningverlener").get(f"/objecten/{places['woning']}/dossier").json()
    assert (file["object"]["kvkNummer"], file["gekoppeldeObjecten"]) == (None, [])
    with pytest.raises(sa.exc.IntegrityError), runtime.system_unit("test") as uow:
        uow.session.connection().exec_driver_sql(
            f"update objecten set kvk_nummer = '{KVK}' where type = 'WON'"  # noqa: S608 - our own constant
        )


def test_a_link_by_hand_is_matched_by_hash_and_its_number_shown_to_few(
    runtime: Runtime, service: Service, places: dict[str, str]
) -> None:
    office, url = service.as_("vergunningverlener"), f"/objecten/{places['drie']}/koppelingen"
    body = _body(id=str(new_id()))
    made = office.post(url, json=body)
    assert (made.status_code, made.json()["nummer"]) == (201, KVK)
    assert office.post(url, json=body).json() == made.json()
    assert office.post(url, json={**body, "rol": "exploitant"}).status_code == 409
    assert office.post(url, json=_body(soort="vergunninghouder", nummer="Jan Jansen")).status_code == 400
    assert service.as_("planner").post(url, json=_body()).status_code == 403
    assert _linked(service, places["drie"]) == [places["een"], places["twee"]]
    assert _linked(service, places["een"]) == [places["twee"], places["drie"]]
    planner = service.as_("planner").get(url)
    assert (planner.json()["koppelingen"][0]["nummer"], KVK in planner.text) == (None, False)
    assert service.as_("af").get(url).json()["koppelingen"][0]["nummer"] == KVK
    for sub in ("toezichthouder", "ketenregisseur", "bestuur", "beheerder"):
        assert service.as_(sub).get(url).status_code == 403
    with runtime.database.session(write=False) as session:
        rows = session.connection().exec_driver_sql("select * from objectkoppelingen").all()
    assert KVK not in str(rows)
    ended = office.delete(f"{url}/{made.json()['id']}")
    assert (ended.status_code, ended.content) == (204, b"")
    assert office.delete(f"{url}/{made.json()['id']}").status_code == 204
    assert office.delete(f"{url}/{new_id()}").status_code == 404
    assert _linked(service, places["drie"]) == []
    assert len(service.as_("af").get(url).json()["koppelingen"]) == 1  # it stays as history


def test_links_survive_a_rotation_of_the_ring() -> None:
    old = KeyRing(current="a", keys={"a": b"a" * 32})
    new = KeyRing(current="b", keys={"a": b"a" * 32, "b": b"b" * 32})
    assert old.search_hash("koppeling.kvk", KVK) in new.search_hashes("koppeling.kvk", KVK)
    assert new.search_hash("koppeling.kvk", KVK) != old.search_hash("koppeling.kvk", KVK)
    assert old.search_hash("koppeling.kvk", KVK) != old.search_hash("koppeling.vergunninghouder", KVK)
