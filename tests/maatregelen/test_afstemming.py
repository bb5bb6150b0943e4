"""What a measure waits for: nobody who may be coerced is punished without the AF, and nobody else can tell (INS-05, DEF-05, ROL-12)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from app.bevindingen.schemas.bevindingen import BevindingCreate, ControleRef
from app.bevindingen.service.bevindingen import record_hits
from app.bevindingen.status import Barriere, Klasse
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.settings import ROOT
from app.gemeenten.adapters.bestanden import read_seeds
from app.maatregelen.status import Maatregelsoort
from app.maatregelen.tasks import reopen_overtaken_agreements
from app.objecten.status import Objecttype
from tests.maatregelen.test_maatregelen import body, fields, post, step, tasks
from tests.objecten.stock import make_object
from tests.support.lijsten import seed_lists
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service

VERBLIJFT = "wie-er-verblijft-of-werkt"
DATES = {"opgelegdOp": "2026-03-05", "geldtVan": "2026-03-05"}


@pytest.fixture
def homes(runtime: Runtime, municipality: Municipality) -> list[str]:
    """Two dwellings."""
    assert municipality.accounts
    seed_lists(runtime)
    with runtime.system_unit("test") as uow:
        return [str(make_object(uow, Objecttype.WON, nr).id) for nr in (1, 2)]


def hit(runtime: Runtime, object_id: str, item: str = "ARB-22", gewicht: str = "R") -> UUID:
    """A finding at a place; ARB-22 is coercion to commit offences."""
    klasse = Klasse.VERTROUWELIJK if gewicht == "R" else Klasse.NALEVING
    with runtime.system_unit("test") as uow:
        ref = ControleRef(new_id(), STAD, UUID(object_id), uow.now)
        lijst, barriere = ("ARB-1", Barriere.ARBEID) if item == "ARB-22" else ("HUI-1", Barriere.HUISVESTING)
        return record_hits(uow, ref, [BevindingCreate(barriere, item, lijst, klasse, gewicht, "ja")])[0]


def warning(object_id: str, **changes: object) -> dict[str, Any]:
    """An intended warning to who stays there."""
    return body(object_id, "waarschuwing", status="voorgenomen", gerichtOp=VERBLIJFT, **changes)


def request_of(service: Service, maatregel: str) -> dict[str, Any]:
    [found] = [
        row for row in service.as_("af").get("/afstemverzoeken").json()["resultaten"] if row["maatregelId"] == maatregel
    ]
    read: dict[str, Any] = service.as_("af").get(f"/afstemverzoeken/{found['id']}").json()
    return read


def answer(service: Service, verzoek: dict[str, Any], how: str = "_afstemmen", **data: object) -> Any:  # noqa: ANN401 - an HTTP answer
    etag = {"If-Match": f'"{verzoek["versie"]}"'}
    return service.as_("af").post(f"/afstemverzoeken/{verzoek['id']}/{how}", json=data, headers=etag)


def everything(service: Service, maatregel: dict[str, Any]) -> Iterator[object]:
    """All that who prepares a measure sees of it, without what every measure has of its own."""
    desk = service.as_("vergunningverlener")
    read = desk.get(f"/maatregelen/{maatregel['id']}")
    yield {name: value for name, value in read.json().items() if name not in {"id", "objectId"}}
    yield read.headers["ETag"]
    events = desk.get(f"/maatregelen/{maatregel['id']}/gebeurtenissen").json()["resultaten"]
    yield [(row["actie"], row["velden"], row["actor"]) for row in events]
    yield [task[0] for task in tasks(service, "vergunningverlener") if task[1] == maatregel["id"]]
    refused = step(service, read.json(), "_opleggen", DATES)
    told = refused.json()
    yield refused.status_code, {name: told.get(name) for name in ("title", "detail", "type", "fouten")}


@pytest.mark.requirement("INS-05")
def test_nobody_is_punished_for_what_he_was_forced_to_and_the_wait_tells_nothing(
    service: Service, runtime: Runtime, homes: list[str]
) -> None:
    coerced, ordinary = homes
    hit(runtime, coerced)
    at_once = post(service, body(coerced, "bestuurlijke-boete", grondslag="huisvestingswet", gerichtOp=VERBLIJFT))
    assert at_once.status_code == 409
    assert fields(post(service, body(coerced, "bestuurlijke-boete"))) == ["body"]  # a fine says towards whom
    made = [post(service, warning(place)).json() for place in homes]
    assert [row["afstemming"] for row in made] == ["wacht op afstemming"] * 2
    seen = [list(everything(service, row)) for row in made]
    assert seen[0] == seen[1]
    assert (seen[0][-1][0], "wacht op afstemming" in seen[0][-1][1]["detail"]) == (409, True)  # type: ignore[index]  # as yielded
    # A fine that waits for the public prosecutor alone reads the same.
    om = body(
        ordinary,
        "bestuurlijke-boete",
        status="voorgenomen",
        grondslag="huisvestingswet",
        gerichtOp="exploitant-of-eigenaar",
    )
    assert list(everything(service, post(service, om).json()))[-1] == seen[0][-1]

    found = [request_of(service, row["id"]) for row in made]
    assert [row["redenen"] for row in found] == [
        ["gericht-op-wie-er-verblijft-of-werkt", "mogelijk-gedwongen"],
        found[1]["redenen"],
    ]
    assert ("mogelijk slachtoffer" in found[0]["slachtofferblik"], found[1]["slachtofferblik"]) == (True, None)
    for row in found:
        assert answer(service, row, "_weigeren", toelichting="Eerst overleg.").json()["stand"] == "geen overeenstemming"
    refused = [list(everything(service, row)) for row in made]
    assert refused[0] == refused[1]
    assert (refused[0][-1][0], "Eerst overleg" in str(refused)) == (409, False)  # type: ignore[index]  # as yielded
    for sub in ("vergunningverlener", "teamleider", "hoofdplanner", "planner", "beheerder", "toezichthouder"):
        assert service.as_(sub).get(f"/afstemverzoeken/{found[0]['id']}").status_code == 403, sub
    assert service.as_("buur-af").get(f"/afstemverzoeken/{found[0]['id']}").status_code == 404
    assert "afstemverzoek" not in str(tasks(service, "vergunningverlener"))


def test_agreement_covers_what_was_known_and_not_what_came_after(
    service: Service, runtime: Runtime, homes: list[str]
) -> None:
    made = post(service, warning(homes[0])).json()
    verzoek = request_of(service, made["id"])
    assert answer(service, {**verzoek, "versie": 9}).status_code == 412
    assert answer(service, verzoek).json()["stand"] == "afgestemd"
    assert answer(service, {**verzoek, "versie": 2}).status_code == 409
    made = service.as_("vergunningverlener").get(f"/maatregelen/{made['id']}").json()
    assert (made["afstemming"], made["afgestemdOp"] is None) == ("afgestemd", False)

    hit(runtime, homes[0])  # seen after the agreement
    assert step(service, made, "_opleggen", DATES).status_code == 409
    for _ in range(2):
        reopen_overtaken_agreements(runtime.system_unit)
    again = request_of(service, made["id"])
    assert (again["versie"], "mogelijk-gedwongen" in again["redenen"]) == (3, True)
    assert answer(service, again).status_code == 200
    made = service.as_("vergunningverlener").get(f"/maatregelen/{made['id']}").json()
    done = step(service, made, "_opleggen", DATES)
    assert done.json()["status"] == "opgelegd"
    # In force it cannot become a fine on another ground without being asked again.
    etag = {"If-Match": done.headers["ETag"]}
    moved = service.as_("vergunningverlener").patch(
        f"/maatregelen/{made['id']}", json={"grondslag": "apv"}, headers=etag
    )
    assert moved.status_code == 409


@pytest.mark.requirement("ROL-12")
def test_what_needs_the_public_prosecutor_is_not_final_without_the_day_of_agreement(
    service: Service, runtime: Runtime, homes: list[str]
) -> None:
    assert homes
    with runtime.system_unit("test") as uow:
        horeca = str(make_object(uow, Objecttype.HOR, 7).id)
    bibob = body(horeca, "intrekking-vergunning", grondslag="bibob-3")
    assert post(service, bibob).status_code == 409
    made = post(service, {**bibob, "status": "voorgenomen"}).json()
    assert step(service, made, "_opleggen", DATES).status_code == 409
    verzoek = request_of(service, made["id"])
    assert verzoek["redenen"] == ["openbaar-ministerie"]
    assert answer(service, verzoek).status_code == 400  # the day on which OM agreed
    assert answer(service, verzoek, omAkkoordOp="2199-01-01").status_code == 400
    assert answer(service, verzoek, omAkkoordOp="2026-03-01").status_code == 200
    made = service.as_("vergunningverlener").get(f"/maatregelen/{made['id']}").json()
    assert made["afgestemdOp"] is not None
    assert step(service, made, "_opleggen", DATES).json()["status"] == "opgelegd"
    # The same measure on a ground that needs nobody goes at once; told as long ago it asks nothing.
    assert post(service, body(horeca, "intrekking-vergunning", grondslag="apv")).status_code == 201
    old = {"status": "beeindigd", "opgelegdOp": "2019-01-01", "geldtVan": "2019-01-01", "geldtTot": "2019-06-30"}
    assert post(service, body(horeca, "intrekking-vergunning", grondslag="bibob-3", **old)).status_code == 201


@pytest.mark.requirement("INS-13")
def test_a_signal_has_more_measures_and_the_measure_does_not_show_it(service: Service, homes: list[str]) -> None:
    signaal = {"id": str(new_id()), "objectId": homes[0], "bron": "gemeente-overig", "nietPluis": True}
    assert service.as_("af").post("/signalen", json=signaal).status_code == 201
    made = [post(service, body(homes[0], "waarschuwing", kenmerk=f"B-{nr}")).json() for nr in (1, 2)]
    before = [list(everything(service, row)) for row in made]
    path = f"/signalen/{signaal['id']}/maatregelen"
    for row in made:
        assert service.as_("af").post(path, json={"maatregelId": row["id"]}).status_code == 201
    assert service.as_("af").post(path, json={"maatregelId": made[0]["id"]}).status_code == 200
    assert {row["id"] for row in service.as_("af").get(path).json()} == {row["id"] for row in made}
    assert [list(everything(service, row)) for row in made] == before
    assert service.as_("vergunningverlener").get(path).status_code == 403
    assert service.as_("buur-af").get(path).status_code == 404


@pytest.mark.requirement("INS-11")
def test_a_finding_proposes_interventions_from_the_catalogue(
    service: Service, runtime: Runtime, homes: list[str]
) -> None:
    fire, secret = hit(runtime, homes[0], "HUI-10", "N"), hit(runtime, homes[0])
    found = service.as_("toezichthouder").get(f"/bevindingen/{fire}/interventies").json()
    assert [row["code"] for row in found][:2] == ["waarschuwing", "last-dwangsom-gebruik"]
    dwang = next(row for row in found if row["code"] == "last-bestuursdwang-brandveiligheid")
    assert (dwang["maatregel"], dwang["orgaan"], dwang["afstemmenMetOm"]) == (
        "last-onder-bestuursdwang",
        "college",
        False,
    )
    assert all(dwang[name] for name in ("gronden", "voorwaarden", "stappen"))
    assert "intrekken-vergunning" not in [row["code"] for row in found]  # no licence at a dwelling
    assert service.as_("af").get(f"/bevindingen/{secret}/interventies").status_code == 404
    assert service.as_("buur-planner").get(f"/bevindingen/{fire}/interventies").status_code == 404
    lists = read_seeds(ROOT / "checklists")[1]
    grounds = {row.code for row in lists if row.lijst == "maatregelgronden"}
    for row in lists:
        if row.lijst == "interventies":
            assert row.kenmerken["maatregel"] in set(Maatregelsoort)
            assert set(row.kenmerken["gronden"]) <= grounds
            assert isinstance(row.kenmerken["om"], bool)


def test_the_outcomes_of_an_address_investigation_are_a_shared_list(service: Service, homes: list[str]) -> None:
    assert homes
    rows = service.as_("balie").get("/lijsten/adresonderzoekuitkomsten").json()
    assert {"geweigerd-identiteitsfraude", "aangepast"} <= {row["code"] for row in rows["waarden"]}


def test_what_was_seen_without_free_consent_carries_no_measure(
    service: Service, runtime: Runtime, homes: list[str]
) -> None:
    """Vector M46."""
    with runtime.system_unit("test") as uow:
        ref = ControleRef(new_id(), STAD, UUID(homes[0]), uow.now)
        seen, _ = record_hits(
            uow,
            ref,
            [
                BevindingCreate(Barriere.HUISVESTING, "HUI-10", "HUI-1", Klasse.NALEVING, "N", "ja"),
                BevindingCreate(Barriere.VOORBLOK, "BEV-04", "BEV-1", Klasse.NALEVING, "N", "nee"),
            ],
        )
    assert fields(post(service, body(homes[0], "waarschuwing", bevindingIds=[str(seen)]))) == ["bevindingIds"]
