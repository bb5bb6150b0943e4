"""Each kind of event beside a control's own: one way in, once, with the rules of its form (design section 5)."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.controles.service.quarantaine import apply_quarantine
from app.controles.tables import Controle, Controlegebeurtenis, Exploitantgesprek, Ronde, Vlag
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.objecten.tables import Adres, Object
from app.signalen.tables import Signaal
from tests.controles.conftest import KERN, Field, Tablet, signals, today
from tests.support.service import Service

MOBIEL = "-".join(("06", "12345678"))
ADRES = {"straat": "Nieuwestraat", "huisnummer": 7, "postcode": "1234AB", "woonplaats": "Voorbeeldstad"}
IN_NEDERLAND = {"type": "Point", "coordinates": [4.3, 52.07]}


def loose(tablet: Tablet, soort: str, inhoud: dict[str, Any]) -> dict[str, Any]:
    return {**tablet.event(soort, new_id(), inhoud), "controleId": None}


def statuses(results: list[dict[str, Any]]) -> list[str]:
    return [result["status"] for result in results]


def test_records_of_their_own_are_stored_once(veld: Field, tablet: Tablet, service: Service, runtime: Runtime) -> None:
    begin = datetime.now(UTC) - timedelta(hours=1)
    events = [
        loose(tablet, "ronde", {"gebied": "BU99", "van": begin.isoformat(), "tot": datetime.now(UTC).isoformat()}),
        loose(
            tablet,
            "exploitantgesprek",
            {"objectId": str(veld.objecten["SEKS"]), "datum": str(today()), "onderwerp": "arbeid"},
        ),
        loose(tablet, "signaal", {"punt": IN_NEDERLAND, "gemeentecode": "GM9901"}),
    ]
    assert statuses(tablet.send(*events)) == ["verwerkt"] * 3
    assert statuses(tablet.send(*reversed(events), *events)) == ["al-verwerkt"] * 6
    with runtime.system_unit("test", write=False) as uow:
        stored = [
            *uow.session.exec(select(Ronde.id)).all(),
            *uow.session.exec(select(Exploitantgesprek.id)).all(),
            *uow.session.exec(select(Signaal.id)).all(),
        ]
        receipts = uow.session.exec(select(Controlegebeurtenis)).all()
    assert sorted(map(str, stored)) == sorted(event["gebeurtenisId"] for event in events)
    assert {row.inhoud.blob for row in receipts} == {b""}  # what was said stands in the record alone
    assert service.as_("toezichthouder").get("/controles").json()["resultaten"] == []  # a round is no control
    changed = {**events[0], "inhoud": {**events[0]["inhoud"], "gebied": "BU98"}}
    assert statuses(tablet.send(changed)) == ["quarantaine"]


def test_a_flag_of_the_pandbrigade_in_the_same_way(veld: Field, service: Service, runtime: Runtime) -> None:
    brigade = Tablet(service.as_("pandbrigade"))
    given = {"soort": "overbewoning", "adres": ADRES, "m2": 60.0, "bedden": 11, "personen": 11}
    plain = loose(brigade, "vlag", given)
    worded = loose(brigade, "vlag", {**given, "toelichting": f"bel {MOBIEL}"})
    found = brigade.send(plain, worded)
    assert statuses(found) == ["verwerkt", "verwerkt-met-fouten"]
    assert found[1]["oordelen"][0]["item"] == "toelichting"
    assert MOBIEL not in str(found)
    with runtime.system_unit("test", write=False) as uow:
        rows = uow.session.exec(select(Vlag).order_by(col(Vlag.gemeld_op))).all()
        assert [(round(row.m2_per_persoon or 0, 2), row.onder_halve_norm) for row in rows] == [(5.45, True)] * 2
        assert [row.toelichting for row in rows] == [None, None]
    # what a role may not send waits, and so does a control that is not of its role
    assert statuses(Tablet(service.as_("toezichthouder")).send(loose(brigade, "vlag", given))) == ["quarantaine"]
    assert statuses(brigade.send(brigade.event("controle-gestart", veld.plan("WON")))) == ["quarantaine"]
    assert len(service.as_("pandbrigade").get("/quarantaine").json()["resultaten"]) == 1  # his own, not that of another


def test_a_gut_feeling_always_reaches_the_af(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    wrong = loose(tablet, "signaal", {"objectId": str(veld.objecten["HOR"]), "waarnemingen": ["bestaat-niet"]})
    broken = loose(tablet, "signaal", {"objectId": "nergens", "urgentie": 7})
    elsewhere = loose(tablet, "signaal", {"objectId": str(new_id()), "urgentie": "spoed"})
    nameless = {**broken, "gebeurtenisId": "x"}  # not even an id that can be read
    for _ in range(2):
        assert statuses(tablet.send(wrong, broken, elsewhere, nameless)) == ["quarantaine"] * 4
    found = {(row["object_id"], row["urgentie"], row["gemeentecode"]) for row in signals(runtime)}
    assert found == {
        (veld.objecten["HOR"], "regulier", "GM9901"),
        (None, "regulier", "GM9901"),
        (None, "spoed", "GM9901"),
    }
    assert len(signals(runtime)) == 4


def test_the_call_goes_with_the_danger_in_whatever_order(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    controle, unknown, called = veld.plan("HOT"), new_id(), "2026-11-20T10:00:00+00:00"
    call = {"gebeldOp": called, "gebeldNaar": "112"}
    assert statuses(tablet.send(tablet.event("belmoment", controle, call))) == ["verwerkt"]
    assert statuses(tablet.send(tablet.event("acuut", controle))) == ["verwerkt"]
    early = tablet.event("belmoment", unknown, call)
    assert statuses(tablet.send(early)) == ["quarantaine"]
    assert statuses(tablet.send(tablet.event("acuut", unknown))) == ["verwerkt"]
    feeling = loose(tablet, "signaal", {"gemeentecode": "GM9901", "urgentie": "acuut"})
    about = loose(tablet, "belmoment", {"gebeldOp": called, "signaalId": feeling["gebeurtenisId"]})
    assert statuses(tablet.send(about)) == ["quarantaine"]
    assert statuses(tablet.send(feeling)) == ["verwerkt"]
    assert statuses(tablet.send(loose(tablet, "acuut", {}))) == ["verwerkt"]
    with runtime.system_unit("test") as uow:
        assert apply_quarantine(uow) == 2
    assert statuses(tablet.send(early, about)) == ["al-verwerkt"] * 2
    times = sorted(str(row["gebeld_op"]) for row in signals(runtime))
    assert times == [str(datetime.fromisoformat(called))] * 3 + ["None"]
    nowhere = loose(tablet, "antwoorden", {"antwoorden": {"ARB-04": "ja"}})
    assert tablet.send(nowhere)[0]["oordelen"][0]["reden"] == "noem bij deze soort gebeurtenis de controle"


def test_the_list_closes_and_help_is_told_apart(veld: Field, tablet: Tablet, service: Service) -> None:
    controle, other = veld.plan("SEKS"), Tablet(service.as_("toezichthouder-2"))
    tablet.send(tablet.event("controle-gestart", controle), tablet.answers(controle, KERN["SEKS"]))
    assert statuses(tablet.send(tablet.event("sfeerovergang", controle))) == ["verwerkt"]
    other.clock = tablet.clock + timedelta(minutes=1)
    late = other.send(other.answers(controle, {"ARB-04": "ja", "ENT-21": "nee"}))[0]
    assert {row["item"]: row["oordeel"] for row in late["oordelen"]} == {"ARB-04": "fout", "ENT-21": "geldig"}
    assert "gesloten" in late["oordelen"][0]["reden"]
    tablet.clock += timedelta(minutes=2)
    path = f"/controles/{controle}/hulpaanbod"
    yes, no = (
        tablet.event("hulpaanbod", controle, {"hulpaanbod": True}),
        tablet.event("hulpaanbod", controle, {"hulpaanbod": False}),
    )
    assert statuses(tablet.send(no, tablet.event("controle-afgerond", controle), yes)) == ["verwerkt"] * 3
    assert service.as_("af").get(path).json() == {"hulpaanbod": False}  # the last by number, however they came
    assert statuses(tablet.send(tablet.event("hulpaanbod", controle, {"hulpaanbod": "aan iemand"}))) == ["quarantaine"]


def test_a_control_at_any_address_or_point(tablet: Tablet, runtime: Runtime) -> None:
    made: dict[str, dict[str, Any]] = {
        "adres": {"adres": ADRES},
        "punt": {"punt": IN_NEDERLAND, "omschrijving": "caravan achter de kas", "objecttype": "LOG"},
        "weer": {"punt": IN_NEDERLAND, "omschrijving": "een andere naam", "objecttype": "LOG"},
        "zaak": {"adres": ADRES, "objecttype": "BEDR"},
    }
    events = {key: tablet.event("controle-aangemaakt", new_id(), inhoud) for key, inhoud in made.items()}
    worded = tablet.event(
        "controle-aangemaakt",
        new_id(),
        {"punt": {**IN_NEDERLAND, "coordinates": [4.31, 52.07]}, "omschrijving": f"bel {MOBIEL}"},
    )
    found = tablet.send(*events.values(), worded)
    assert statuses(found) == ["verwerkt"] * 4 + ["verwerkt-met-fouten"]
    with runtime.system_unit("test", write=False) as uow:
        places = {}
        for key, event in events.items():
            plek = uow.session.get_one(Object, uow.session.get_one(Controle, UUID(event["controleId"])).object_id)
            places[key] = (plek.type.value, plek.naam, plek.id)
        texts = [row.straat for row in uow.session.exec(select(Adres)).all()]
    assert [places[key][:2] for key in ("adres", "punt", "zaak")] == [
        ("WON", "Nieuwestraat 7"),
        ("LOG", "caravan achter de kas"),
        ("BEDR", "Nieuwestraat 7"),
    ]
    assert places["weer"] == places["punt"]  # the same metre is the same place
    assert not [text for text in texts if "06" in text]
    refused: list[dict[str, Any]] = [
        {"adres": ADRES, "objecttype": "SEKS"},
        {"punt": {"type": "Point", "coordinates": [52.07, 4.3]}},
        {},
    ]
    assert (
        statuses(tablet.send(*(tablet.event("controle-aangemaakt", new_id(), one) for one in refused)))
        == ["quarantaine"] * 3
    )
