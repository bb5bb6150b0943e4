"""The proposal, the class of Veilig Thuis and the route profiles over real HTTP, on both databases."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from app.core.clock import business_date
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.status import Partnersoort
from app.gemeenten.tables import Partner
from app.signalen.service.routeprofielen import keep_profile, seed_base, seed_gemeente
from app.signalen.service.routeren import facts_of_many
from app.signalen.status import Actie, JaNeeOnbekend, Overdrachtkanaal, Termijnsoort, Urgentie, Vorm, VtKlasse
from app.signalen.tables import Overdracht, Routeprofiel, Signaal, Signaaltermijn
from tests.gemeenten.queries import counted
from tests.objecten.stock import set_norm
from tests.signalen.test_termijnen_rules import NORMS
from tests.support.municipality import BUUR, STAD
from tests.support.routes import profile, published_routes
from tests.support.service import Service
from tests.support.signaalstappen import Walk
from tests.support.signalen import Field, hit, store_terms

MOBIEL = "-".join(("06", "12345678"))  # in pieces: no file holds a mobile number


def today() -> date:
    """The day of this moment: a run may pass midnight."""
    return business_date(datetime.now(UTC))


@pytest.fixture
def signal(field: Field) -> str:
    """A signal of labour exploitation about a restaurant, raised by a control."""
    return str(field.control([hit("IDE-03"), hit("HUI-10", gewicht="N")], Urgentie.SPOED).id)


def _partner(field: Field, soort: Partnersoort, tot: date | None = None, gemeente: str = STAD) -> str:
    with field.runtime.system_unit("test") as uow:
        row = Partner(
            gemeentecode=gemeente,
            soort=soort,
            naam=f"Partner {soort}",
            aliassen=[],
            vormen=[],
            geldig_vanaf=date(2020, 1, 1),
            geldig_tot=tot,
        )
        uow.session.add(row)
        return str(row.id)


def _proposal(service: Service, signal: str, sub: str = "af") -> dict[str, Any]:
    answer = service.as_(sub).get(f"/signalen/{signal}/voorstel")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _change(field: Field, signal: str, **values: object) -> None:
    with field.runtime.system_unit("test") as uow:
        uow.session.execute(sa.update(Signaal).where(col(Signaal.id) == UUID(signal)).values(**values))


@pytest.mark.requirement("DAT-09", "REG-16")
def test_the_proposal_shows_partners_of_today_and_what_blocks_the_others(
    service: Service, field: Field, signal: str
) -> None:
    own = _partner(field, Partnersoort.ARBEIDSINSPECTIE, today())
    _partner(field, Partnersoort.ZORGCOORDINATOR, today() - timedelta(days=1))
    _partner(field, Partnersoort.BRANDWEER, None, BUUR)
    found = _proposal(service, signal)
    rows = {row["partnersoort"]: row for row in found["ontvangers"]}
    assert (rows["arbeidsinspectie"]["partnerId"], rows["arbeidsinspectie"]["blokkade"]) == (own, None)
    ended = rows["zorgcoordinator"]
    assert ended["partnerId"] is None
    assert ended["blokkade"] == f"afspraak verlopen op {today() - timedelta(days=1):%d-%m-%Y}"
    assert rows["brandweer"]["blokkade"] == "geen partner ingesteld"
    assert rows["arbeidsinspectie"]["regel"] == "B-arbeid-volwassen"
    assert found["urgentieregel"]["id"] == "A3"
    assert any("opvang geregeld" in notice["tekst"] for notice in found["meldingen"])
    assert any(notice["soort"] == "vraag" and "minderjarige" in notice["tekst"] for notice in found["meldingen"])


def test_only_the_af_of_the_municipality_sees_it(service: Service, signal: str) -> None:
    for sub, status in {
        "af-zorg": 200,
        "buur-af": 404,
        "teamleider": 403,
        "beheerder": 403,
        "toezichthouder": 403,
    }.items():
        assert service.as_(sub).get(f"/signalen/{signal}/voorstel").status_code == status, sub


@pytest.mark.requirement("RTE-14")
def test_minor_and_sexual_is_forced_over_http(service: Service, field: Field, signal: str) -> None:
    _change(field, signal, vormen=[Vorm.SEKSUEEL], mogelijk_minderjarig=JaNeeOnbekend.JA)
    rows = {row["partnersoort"]: row for row in _proposal(service, signal)["ontvangers"]}
    assert rows["veilig-thuis"]["verplicht"]
    assert rows["politie-mensenhandel"]["verplicht"]
    assert "acute onveiligheid" in rows["veilig-thuis"]["waarom"]


def _class(
    service: Service, signal: str, klasse: str, day: date | None = None, etag: str | None = None
) -> httpx.Response:
    client = service.as_("af")
    tag = etag or client.get(f"/signalen/{signal}").headers["ETag"]
    body = {"klasse": klasse, "datum": (day or today()).isoformat()}
    return client.post(f"/signalen/{signal}/_vtklasse", json=body, headers={"If-Match": tag})


@pytest.mark.requirement("RTE-09", "ROL-15", "RTE-11", "RTE-10")
def test_the_class_of_veilig_thuis(service: Service, signal: str, runtime: Runtime) -> None:
    """M10: only after Veilig Thuis has it; a fifth value is refused; the findings stay as they were."""
    assert _class(service, signal, VtKlasse.GEEN.value).status_code == 409
    with runtime.system_unit("test") as uow:
        row = uow.session.execute(sa.select(col(Signaal.id))).scalar_one()
        uow.session.add(
            Overdracht(
                signaal_id=row,
                gemeentecode=STAD,
                partnersoort="veilig-thuis",
                regel="B-x",
                grondslag="Wmo 2015, artikel 5.2.6",
                velden=["adres"],
                kanaal=Overdrachtkanaal.STEM,
                kenmerk="V-1",
                gemaakt_door=new_id(),
                gemaakt_op=uow.now,
            )
        )
    before = service.as_("af").get(f"/signalen/{signal}").json()["inhoud"]["bevindingen"]
    assert _class(service, signal, "misschien-mensenhandel").status_code in {400, 422}
    assert _class(service, signal, VtKlasse.GEEN.value, today() + timedelta(days=1)).status_code in {400, 422}
    assert _class(service, signal, VtKlasse.GEEN.value, etag='"99"').status_code == 412
    assert _class(service, signal, VtKlasse.RISICO.value).status_code == 200
    flagged = _proposal(service, signal)["meldingen"]
    assert any(notice["regel"] == "C-VT-zorgcoordinator" for notice in flagged)
    noted = _class(service, signal, VtKlasse.GEEN.value)
    assert noted.status_code == 200
    assert _class(service, signal, VtKlasse.GEEN.value, etag='"1"').status_code == 200, "the same again is safe"
    assert noted.json()["inhoud"]["bevindingen"] == before
    left = {row["partnersoort"] for row in _proposal(service, signal)["ontvangers"]}
    assert left == {"sociaal-team", "brandweer"}, "the building is no safer for what Veilig Thuis says"
    events = service.as_("af").get(f"/signalen/{signal}/gebeurtenissen").json()["resultaten"]
    assert [event["actie"] for event in events].count("klasse-veilig-thuis") == 2


def _content(regio: str = "basis") -> dict[str, Any]:
    return profile(regio).model_dump(mode="json", by_alias=True, exclude_none=True)


def _version(regio: str = "utrechtse-heuvelrug", start: date | None = None, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    body = {
        "id": str(new_id()),
        "gemeentecode": STAD,
        "geldigVanaf": (start or today()).isoformat(),
        "bron": "besluit college",
    }
    return {**body, "inhoud": _content(regio), **changes}


@pytest.mark.requirement("CAD-11")
def test_a_change_of_the_table_keeps_the_old_version_for_old_signals(
    service: Service, field: Field, signal: str
) -> None:
    with field.runtime.system_unit("test") as uow:
        old = uow.session.execute(sa.select(Signaal)).scalar_one()
        keep_profile(uow, old, Actie.TRIEREN)
        assert old.routeprofiel_id is not None
    added = service.as_("beheerder").post("/routeprofielen", json=_version())
    assert added.status_code == 201, added.text
    fresh = str(field.control([hit("IDE-03")], Urgentie.SPOED).id)
    forced = {
        key: {row["partnersoort"] for row in _proposal(service, key)["ontvangers"] if row["verplicht"]}
        for key in (signal, fresh)
    }
    assert forced == {signal: set(), fresh: {"veilig-thuis"}}
    shown = next(row for row in _proposal(service, fresh)["ontvangers"] if row["verplicht"])
    assert shown["nummer"] == "0800-2000"
    assert shown["voorWanneer"] == "zelfde-dag"
    history = service.as_("beheerder").get("/routeprofielen").json()["resultaten"]
    assert [row["regio"] for row in history] == ["basis", "utrechtse-heuvelrug"]
    assert service.as_("buur-af").get(f"/routeprofielen/{added.json()['id']}").status_code == 404


@pytest.mark.requirement("RTE-12")
def test_who_submits_is_shown_the_number_that_he_must_call(service: Service, field: Field) -> None:
    """M31: only where the region forces it; without any profile the signal goes on and no number is shown."""
    body = {"objectId": str(field.objects["HOR"]), "vormen": ["arbeid"]}
    client = service.as_("toezichthouder")
    assert client.post("/signalen", json={"id": str(new_id()), **body}).json()["zelfMelden"] == []
    with field.runtime.system_unit("test") as uow:
        set_norm(uow, "VT_INFORMEREN_DAGEN", 0)
    assert service.as_("beheerder").post("/routeprofielen", json=_version()).status_code == 201
    shown = client.post("/signalen", json={"id": str(new_id()), **body}).json()["zelfMelden"]
    assert [(row["regionaam"], row["nummer"]) for row in shown] == [("Veilig Thuis Utrecht", "0800-2000")]
    with field.runtime.system_unit("test", write=False) as uow:
        same_day = select(Signaaltermijn.signaal_id).where(Signaaltermijn.soort == Termijnsoort.VEILIG_THUIS)
        assert len(uow.session.exec(same_day).all()) == 1
    with field.runtime.system_unit("test") as uow:
        uow.session.execute(sa.delete(Routeprofiel))
    answer = client.post("/signalen", json={"id": str(new_id()), **body})
    assert (answer.status_code, answer.json()["zelfMelden"]) == (201, [])
    refused = service.as_("af").get(f"/signalen/{answer.json()['id']}/voorstel")
    assert (refused.status_code, "Vraag de beheerder" in refused.json()["detail"]) == (409, True)


def test_versions_are_added_and_changed_only_ahead(service: Service, field: Field) -> None:
    assert field
    client = service.as_("beheerder")
    ahead = _version(start=today() + timedelta(days=30))
    first = client.post("/routeprofielen", json=ahead)
    assert (first.status_code, client.post("/routeprofielen", json=ahead).status_code) == (201, 201)
    twice = client.post("/routeprofielen", json={**ahead, "id": str(new_id())})
    assert (twice.status_code, "al een versie" in twice.json()["detail"]) == (409, True)
    past = client.post("/routeprofielen", json=_version(start=today() - timedelta(days=1)))
    assert past.status_code == 409
    path = f"/routeprofielen/{ahead['id']}"
    body = {"bron": "raadsbesluit", "inhoud": _content("den-haag")}
    assert client.put(path, json=body).status_code == 428
    changed = client.put(path, json=body, headers={"If-Match": first.headers["ETag"]})
    assert (changed.status_code, changed.json()["regio"]) == (200, "den-haag")
    assert client.put(path, json=body, headers={"If-Match": first.headers["ETag"]}).status_code == 412
    now = client.post("/routeprofielen", json=_version()).json()["id"]
    assert client.put(f"/routeprofielen/{now}", json=body, headers={"If-Match": '"1"'}).status_code == 409
    base = client.get("/routeprofielen").json()["resultaten"][0]
    assert base["gemeentecode"] == ""
    assert client.put(f"/routeprofielen/{base['id']}", json=body, headers={"If-Match": '"1"'}).status_code == 409


def test_a_profile_with_a_fault_or_personal_data_is_refused(service: Service, field: Field) -> None:
    assert field
    bad = _content()
    bad["regels"][0]["ontvangers"][0]["verplicht"] = True
    answer = service.as_("beheerder").post("/routeprofielen", json=_version(inhoud=bad))
    assert answer.status_code in {400, 422}
    assert "een verplichte ontvanger heeft een reden" in answer.text
    for text in (f"Bel dan met {MOBIEL} als het nodig is.", "Schrijf naar iemand@voorbeeld.test over dit signaal."):
        bad = _content()
        bad["regels"][0]["waarom"] = text
        answer = service.as_("beheerder").post("/routeprofielen", json=_version(inhoud=bad))
        assert answer.status_code in {400, 422}, text


def test_a_trial_changes_nothing_and_tells_the_manager_no_numbers(service: Service, field: Field, signal: str) -> None:
    other = str(field.control([hit("IDE-03")], Urgentie.SPOED).id)
    body = {"gemeentecode": STAD, "inhoud": _content("utrechtse-heuvelrug")}
    before = _proposal(service, signal)
    shown = service.as_("beheerder").post("/routeprofielen/_proef", json=body)
    assert shown.status_code == 200, shown.text
    assert shown.json() == {
        "bekeken": "minder dan 10",
        "veranderd": "minder dan 10",
        "verplichtVervalt": "geen",
        "signalen": [],
    }
    lines = service.as_("af").post("/routeprofielen/_proef", json=body).json()["signalen"]
    assert {line["signaalId"] for line in lines} == {signal, other}
    assert all("R-UH-VT" in line["regelsErbij"] and line["verplichtErbij"] == 1 for line in lines)
    assert _proposal(service, signal) == before
    same = service.as_("beheerder").post("/routeprofielen/_proef", json={"gemeentecode": STAD, "inhoud": _content()})
    assert same.json()["veranderd"] == "geen"


@pytest.mark.requirement("ROL-05")
def test_the_team_of_who_submits_gives_the_default_route(service: Service, field: Field) -> None:
    """The team of Voorbeeldstad is one of prostitution: police, whatever the form."""
    found = field.control([hit("IDE-03")], Urgentie.REGULIER, send=True, vormen=[Vorm.ONBEKEND])
    rows = {row["partnersoort"]: row for row in _proposal(service, str(found.id))["ontvangers"]}
    assert "B-team-prostitutie" in rows["politie-mensenhandel"]["regels"]


@pytest.mark.requirement("RTE-12")
@pytest.mark.parametrize(("binnenlands", "runs"), [("nee", False), ("ja", True)])
def test_the_day_of_veilig_thuis_follows_the_judgement(
    service: Service, field: Field, runtime: Runtime, binnenlands: str, runs: bool
) -> None:
    """Utrecht region: compulsory as long as it may be binnenlands; nobody is called on it after it turned out not to be."""
    store_terms(runtime, NORMS)
    assert service.as_("beheerder").post("/routeprofielen", json=_version()).status_code == 201
    walk = Walk(service, field.objects["HOR"], vormen=["arbeid"])

    def waits() -> bool:
        rows = service.as_("af").get(f"/signalen/{walk.id}/termijnen").json()
        return any(row["soort"] == "veilig-thuis-inlichten" and row["status"] == "loopt" for row in rows)

    assert waits()
    walk.triaged(binnenlands=binnenlands)
    assert waits() is runs


def test_seeding_again_changes_nothing_and_a_municipality_gets_its_region(runtime: Runtime, field: Field) -> None:
    assert field
    with runtime.system_unit("test") as uow:
        assert seed_base(uow, published_routes()) == 0
        assert [seed_gemeente(uow, "GM1581", published_routes()) for _ in range(2)] == [1, 0]
        assert seed_gemeente(uow, STAD, published_routes()) == 0
        rows = uow.session.execute(sa.select(col(Routeprofiel.gemeentecode), col(Routeprofiel.regio))).all()
        assert sorted(map(tuple, rows)) == [("", "basis"), ("GM1581", "utrechtse-heuvelrug")]


def test_the_number_of_queries_does_not_grow_with_findings(service: Service, field: Field) -> None:
    """A proposal for many signals takes as many queries as for one."""
    for _ in range(4):
        field.control([hit("IDE-03"), hit("ARB-22")], Urgentie.SPOED)
    assert service
    counts = []
    for limit in (1, 4):
        with field.runtime.system_unit("test") as uow:
            rows = uow.session.execute(sa.select(Signaal).limit(limit)).scalars().all()
            with counted(field.runtime) as seen:
                assert len(facts_of_many(uow, rows)) == limit
            counts.append(len(seen))
    assert counts[0] == counts[1]
