"""An address beside the BAG and a business beside KVK: what differs is shown, what is shielded or a person's is not (B4, B5, B11)."""

import json
import logging
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from app.core import logs
from app.core.runtime import Runtime
from app.core.settings import Settings
from app.core.tables import Auditregel
from app.gemeenten.tables import Lijstwaarde
from app.objecten.schemas.objecten import AdresInput
from app.objecten.service.adressen import ensure_adres
from app.objecten.status import Objecttype
from geo.crs import Crs
from tests.objecten.bronnen import KEY, at, bag_address, hal, recorded
from tests.objecten.stock import address_body, make_object
from tests.support.bronserver import Bronserver, hang_up, reply
from tests.support.issuer import Issuer
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service, running

KVK = "69599084"


@pytest.fixture(scope="module")
def server() -> Iterator[Bronserver]:
    made = Bronserver()
    yield made
    made.stop()


@pytest.fixture
def city(settings: Settings, server: Bronserver, municipality: Municipality, issuer: Issuer) -> Iterator[Service]:  # noqa: ARG001 - the municipality must be stored
    """The service with keys for both sources, on loopback."""
    with running(at(settings, server, bag_api_key=KEY), issuer) as made:
        yield made


def _address(runtime: Runtime, number: int = 1, **changes: object) -> UUID:
    with runtime.system_unit("test") as uow:
        return ensure_adres(uow, STAD, AdresInput.model_validate(address_body(number, **changes)), Crs.RD).id


def _check(city: Service, adres: UUID) -> dict[str, Any]:
    answer = city.as_("planner").post(f"/adressen/{adres}/_controleren", json={})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_an_address_of_the_bag_is_kept_up_to_date(city: Service, runtime: Runtime, server: Bronserver) -> None:
    adres = _address(runtime)
    research = {"oppervlakte": True, "toelichting": []}
    server.will(reply(hal(bag_address(inonderzoek=research, indicatieNevenadres=True))))
    told = _check(city, adres)
    assert (told["bestaat"], told["inOnderzoek"], told["nevenadres"], told["oppervlakte"]) == (True, True, True, 48)
    assert told["verschillen"] == []
    assert set(told["bewaard"]) == {
        *("bagId", "adresseerbaarObjectId", "pandId", "gebruiksdoelen", "oppervlakte", "statusBag")
    }
    assert told["adres"]["punt"] is not None
    server.will(reply(bag_address(woonplaatsNaam="'s-Voorbeeldstad", oppervlakte=60)))
    again = _check(city, adres)  # now by identification
    assert [path for path, _, _ in server.asked] == ["/adressenuitgebreid/9901200000000001"]
    assert (again["bewaard"], again["adres"]["oppervlakte"]) == (["oppervlakte"], 60)
    assert [one["veld"] for one in again["verschillen"]] == ["woonplaats"]
    assert again["adres"]["woonplaats"] == "Voorbeeldstad"


def test_an_identification_of_another_place_is_shown_and_nothing_is_kept(
    city: Service, runtime: Runtime, server: Bronserver
) -> None:
    adres = _address(runtime, bagId="9901200000000002")
    server.will(reply(bag_address(2)))
    told = _check(city, adres)
    assert told["verschillen"] == [{"veld": "huisnummer", "onzeWaarde": "1", "bronwaarde": "2"}]
    assert (told["bewaard"], told["adres"]["statusBag"]) == ([], None)


def test_gone_from_the_bag_or_no_answer_are_two_things(city: Service, runtime: Runtime, server: Bronserver) -> None:
    adres = _address(runtime, bagId="9901200000000001")
    server.will(reply({"status": 404, "title": "Not found"}, 404))
    assert _check(city, adres)["bestaat"] is False
    server.will(hang_up)
    told = _check(city, adres)
    assert (told["bestaat"], told["bron"]["stand"]) == (None, "onbereikbaar")


def _business(
    runtime: Runtime,
    soort: Objecttype = Objecttype.HOR,
    kvk_nummer: str | None = KVK,
    **changes: Any,  # noqa: ANN401 - whatever a test sets
) -> UUID:
    with runtime.system_unit("test") as uow:
        return make_object(uow, soort, kvk_nummer=kvk_nummer, **changes).id


def _compare(city: Service, place: UUID) -> dict[str, Any]:
    answer = city.as_("vergunningverlener").post(f"/objecten/{place}/_kvkcontrole", json={})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def _profile(rechtsvorm: str = "Besloten Vennootschap", shielded: object = "Nee", **changes: object) -> dict[str, Any]:
    """The recorded profile as a company at Voorbeeldkade."""
    made = recorded("kvk-eenmanszaak")
    made["_embedded"]["eigenaar"]["rechtsvorm"] = rechtsvorm
    (address,) = made["_embedded"]["hoofdvestiging"]["adressen"]
    address.pop("huisletter")
    address |= {"straatnaam": "Voorbeeldkade", "huisnummer": 1, "postcode": "9901AB", "indAfgeschermd": shielded}
    return {**made, "naam": "Zaak 1", **changes}


def _fields(told: dict[str, Any]) -> dict[str, Any]:
    return {one["veld"]: one["bronwaarde"] for one in told["verschillen"]}


def test_a_business_that_is_the_same(city: Service, runtime: Runtime, server: Bronserver) -> None:
    place = _business(runtime)
    server.will(reply(_profile(), headers={"Content-Type": "application/hal+json"}))
    told = _compare(city, place)
    assert (told["bekend"], told["opgeheven"], told["verschillen"]) == (True, False, [])
    assert told["hoofdactiviteit"].startswith("10110 Verwerking")
    ((path, query, headers),) = server.asked
    assert (path, query, headers["apikey"]) == (f"/v1/basisprofielen/{KVK}", [], KEY)
    with runtime.system_unit("test", write=False) as uow:
        rows = uow.session.exec(select(Auditregel).where(Auditregel.actie == "objecten_kvkcontrole")).all()
    assert [row.object_id for row in rows] == [str(place)]


def test_differences_are_shown_and_nothing_is_changed(city: Service, runtime: Runtime, server: Bronserver) -> None:
    with runtime.system_unit("test") as uow:
        uow.session.add(Lijstwaarde(lijst="sectoren", code="horeca", naam="Horeca", kenmerken={"sbi": ["56"]}))
    place = _business(runtime, naam="Andere naam", sector="horeca")
    before = city.as_("planner").get(f"/objecten/{place}").json()
    server.will(reply(_profile(materieleRegistratie={"datumAanvang": "20150828", "datumEinde": "20260131"})))
    told = _compare(city, place)
    assert told["opgeheven"] is True
    fields = _fields(told)
    assert fields["status"] == "opgeheven op 31-01-2026"
    assert fields["naam"].startswith("Zaak 1; ")
    assert fields["sector"].startswith("10110")
    assert city.as_("planner").get(f"/objecten/{place}").json() == before
    server.will(reply(_profile(materieleRegistratie={"datumEinde": "20260000"})))
    assert _fields(_compare(city, place))["status"] == "opgeheven"


def test_of_a_one_person_business_name_and_address_stay_with_kvk(
    city: Service, runtime: Runtime, server: Bronserver
) -> None:
    place = _business(runtime, naam="Andere naam")
    server.will(reply(recorded("kvk-eenmanszaak")))
    told = _compare(city, place)
    assert told["eenmanszaak"] is True
    assert _fields(told) == {"naam": None, "adres": None}
    for secret in (KVK, "Dagobert", "Bikilalaan"):
        assert secret not in json.dumps(told)


def test_a_shielded_address_is_neither_shown_nor_compared(city: Service, runtime: Runtime, server: Bronserver) -> None:
    place = _business(runtime)
    for shielded in ("Ja", "ja", True, "J", 1):
        made = _profile(shielded=shielded)
        made["_embedded"]["hoofdvestiging"]["adressen"][0]["straatnaam"] = "Schuilplaats"
        server.will(reply(made))
        told = _compare(city, place)
        assert (told["afgeschermd"], told["verschillen"]) == (True, [])
        assert "Schuilplaats" not in json.dumps(told)


def test_a_legal_entity_without_a_branch_is_at_its_own_address(
    city: Service, runtime: Runtime, server: Bronserver
) -> None:
    place = _business(runtime, kvk_nummer="90000749", naam="GLOBAL  Conron")
    server.will(reply(recorded("kvk-vereniging")))
    assert _fields(_compare(city, place)) == {"adres": "Blaauwweg 163, 3328XD Dordrecht"}


def test_unknown_to_kvk_broken_and_another_business(city: Service, runtime: Runtime, server: Bronserver) -> None:
    place = _business(runtime)
    server.will(reply(recorded("kvk-404"), 404))
    assert _compare(city, place)["bekend"] is False
    for answer in (reply({"fout": [{"code": "IPD1002"}]}, 400), reply({**_profile(), "kvkNummer": "11112222"})):
        server.will(answer)
        told = _compare(city, place)
        assert (told["bekend"], told["bron"]["stand"]) == (None, "onbegrijpelijk")


def test_a_dwelling_is_never_asked_about(city: Service, runtime: Runtime, server: Bronserver) -> None:
    server.will(reply(_profile()))
    dwelling = _business(runtime, Objecttype.WON, kvk_nummer=None)
    unnumbered = _business(runtime, Objecttype.BEDR, kvk_nummer=None, nummer="BEDR-2")
    permits = city.as_("vergunningverlener")
    for place in (dwelling, unnumbered):
        assert permits.post(f"/objecten/{place}/_kvkcontrole", json={}).status_code == 409
    business = _business(runtime, Objecttype.BEDR, nummer="BEDR-3")
    for role, status in (("toezichthouder", 403), ("buur-planner", 404)):
        assert city.as_(role).post(f"/objecten/{business}/_kvkcontrole", json={}).status_code == status
    assert server.asked == []


def test_without_a_key_a_source_is_off_and_says_so(
    settings: Settings, server: Bronserver, runtime: Runtime, municipality: Municipality, issuer: Issuer
) -> None:
    assert municipality.teams
    adres, place = _address(runtime), _business(runtime)
    server.will(hang_up)
    with running(at(settings, server, kvk_api_key=""), issuer) as city:
        assert _check(city, adres)["bron"]["stand"] == "uit"
        assert _compare(city, place)["bron"]["melding"] == "Het Handelsregister van KVK is hier niet ingesteld."
    assert server.asked == []


def test_nothing_of_a_question_or_answer_is_logged(
    city: Service, runtime: Runtime, server: Bronserver, capfd: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    adres, place = _address(runtime, straat="Geheimekade", punt=None), _business(runtime)
    try:
        logs.configure("DEBUG")
        for answer in (reply(hal(bag_address())), reply(_profile()), reply(status=500), reply(body=b"Geheimekade")):
            server.will(answer)
            _check(city, adres)
            _compare(city, place)
            search = {"postcode": "9901AB", "huisnummer": 1, "ookLandelijk": True}
            city.as_("planner").post("/adressen/_zoek", json=search)
            city.as_("planner").post(f"/adressen/{adres}/_geocodeer", json={})
    finally:
        root.handlers, root.level = handlers, level
    out, err = capfd.readouterr()
    # the client of this test and its own traffic are no part of the service
    own = [line for line in (out + err).splitlines() if "httpcore" not in line]
    assert any("source kvk" in line for line in own)
    for secret in (KEY, KVK, "Geheimekade", "9901AB", "Voorbeeldkade", "Zaak 1", "adressenuitgebreid", "postcode"):
        assert secret not in "\n".join(own), secret
