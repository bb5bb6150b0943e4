"""Open re-checks and flags count for the priority, by name and rule version; nothing confidential does (PLN-10, PLN-12, DAT-13)."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.controles.status import Controlestatus, Vlagsoort
from app.controles.tables import Vlag
from app.core.clock import AMSTERDAM
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.adapters.bestanden import read_list_seeds
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.service.lijsten import seed_list_values
from app.gemeenten.service.taken import add_taak, close_taak_of
from app.objecten.status import Objecttype
from app.objecten.tables import Object
from app.planning.service.hercontroletaken import NA_CONTROLE, NA_NALEVING
from tests.planning.kalender import VANDAAG
from tests.planning.stad import INSTELLINGEN, Stad
from tests.planning.test_planrondes import VAN, all_of, calculated, question
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service

HERCONTROLE, VLAG = ("openstaande hercontrole", 80), ("vlag", 60)


def flag(stad: Stad, object_id: UUID, days: int, soort: Vlagsoort = Vlagsoort.WOONOVERLAST) -> None:
    """A flag of some days ago at the address of an object; of overbewoning one that stays above the norm."""
    moment = datetime.combine(VANDAAG - timedelta(days=days), time(12), tzinfo=AMSTERDAM)
    stad.session.add(
        Vlag(
            gemeentecode=STAD,
            adres_id=stad.session.get_one(Object, object_id).adres_id,
            soort=soort,
            m2=90.0,
            bedden=3,
            personen=3,
            m2_per_persoon=30.0,
            norm_m2=12.0,
            onder_norm=False,
            onder_halve_norm=False,
            account_id=new_id(),
            gemeld_op=moment,
            sha256="0",
        )
    )
    stad.session.flush()


def recheck(stad: Stad, uow: Any, object_id: UUID, days: int, soort: str = NA_NALEVING) -> UUID:  # noqa: ANN401 - as Stad takes it
    """An open re-check task of a control of long ago, which may be done from some days from now on."""
    control = stad.control(object_id, VANDAAG - timedelta(days=800))
    day = VANDAAG + timedelta(days=days)
    add_taak(
        uow,
        TaakCreate(
            gemeentecode=STAD,
            soort=soort,
            omschrijving="Plan een hercontrole.",
            voor_rol=Rol.PLANNER,
            onderwerp_soort="controle",
            onderwerp_id=control,
            voor_datum=day,
        ),
    )
    return control


def asked_for(rows: list[dict[str, Any]]) -> dict[str, set[tuple[str, int]]]:
    """Per object the terms of these two kinds with their points."""
    found: dict[str, set[tuple[str, int]]] = {}
    for row in rows:
        terms = row["redenen"]["termen"] if "redenen" in row else row["termen"]
        held = {(term["code"], term["punten"]) for term in terms} & {HERCONTROLE, VLAG}
        found[row["object"]["id"]] = found.get(row["object"]["id"], set()) | held
    return found


@pytest.fixture
def equals(runtime: Runtime, municipality: Municipality) -> dict[str, UUID]:
    """Equal businesses and a shift a week that holds one of them: only re-check and flag tell them apart."""
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        names = ("gewoon", "vertrouwelijk", "te laat gevlagd", "boven de norm", "gezien", "vlag", "hercontrole")
        made = {name: stad.place(Objecttype.BEDR) for name in names}
        for name in ("gewoon", "te laat gevlagd", "boven de norm", "vlag"):
            stad.control(made[name], VANDAAG - timedelta(days=800))
        recheck(stad, uow, made["vertrouwelijk"], -3, NA_CONTROLE)
        recheck(stad, uow, made["hercontrole"], -3)
        recheck(stad, uow, made["gezien"], -300)
        flag(stad, made["gezien"], 310)
        stad.control(made["gezien"], VANDAAG - timedelta(days=290))  # answers both
        stad.control(made["vlag"], VANDAAG - timedelta(days=1), status=Controlestatus.POGING, binnen=False)
        flag(stad, made["vlag"], 200)
        flag(stad, made["vlag"], 20)  # a second one adds nothing
        flag(stad, made["te laat gevlagd"], 400)
        flag(stad, made["boven de norm"], 5, Vlagsoort.OVERBEWONING)
        stad.shifts(municipality.teams["toezicht"], VAN, 21, every=7, van=600, tot=700)
    return made


@pytest.mark.requirement("PLN-10", "DAT-13")
def test_a_recheck_and_a_flag_go_first_with_their_rule_and_nothing_confidential_counts(
    service: Service, runtime: Runtime, municipality: Municipality, equals: dict[str, UUID]
) -> None:
    body = question(municipality, acties=0, aandeelWillekeurig=0, tot=(VAN + timedelta(days=20)).isoformat())
    calculated(runtime, service, body)
    planner, path = service.as_("planner"), f"/planrondes/{body['id']}"
    rules, rests = all_of(planner, f"{path}/planregels"), all_of(planner, f"{path}/planresten")
    names = {str(object_id): name for name, object_id in equals.items()}
    order = [names[rule["object"]["id"]] for rule in rules]
    assert order[:2] == ["hercontrole", "vlag"], order
    terms = asked_for([*rules, *rests])
    assert {names[key]: held for key, held in terms.items() if held} == {"hercontrole": {HERCONTROLE}, "vlag": {VLAG}}
    assert set(terms) == set(names)  # what was left out has its reasons too
    for row in (*rules, *rests):
        shown = row["redenen"]
        assert shown["prioriteit"] == sum(term["punten"] for term in shown["termen"])
        assert all(
            term["versie"] == 2 for term in shown["termen"] if (term["code"], term["punten"]) in {HERCONTROLE, VLAG}
        )
    assert [row["aanleiding"] for row in rules[:2]] == ["hercontrole", "eigen-analyse"]

    # A team leader sees the plan and no flags of another team: neither the term nor its points (ROL-07).
    leader = service.as_("teamleider")
    assert leader.get("/vlaggen").status_code == 403
    seen = {row["id"]: row["redenen"] for row in all_of(leader, f"{path}/planregels")}
    for row in rules:
        shown = row["redenen"]
        flags = [term for term in shown["termen"] if term["code"] == "vlag"]
        assert seen[row["id"]]["termen"] == [term for term in shown["termen"] if term not in flags]
        assert seen[row["id"]]["prioriteit"] == shown["prioriteit"] - sum(term["punten"] for term in flags)
    assert all(
        ("vlag" in text) == (client is planner)
        for client in (planner, leader)
        for text in [str(all_of(client, f"{path}/planregels"))]
    )


def candidates(service: Service, path: str) -> dict[str, set[tuple[str, int]]]:
    rows = service.as_("planner").post(f"{path}/_kandidaten", json={}, params={"limiet": 100}).json()["resultaten"]
    return asked_for(rows)


@pytest.mark.requirement("INS-03", "PLN-12")
def test_measures_flags_and_terms_are_counted_as_they_come_and_go(
    service: Service, runtime: Runtime, municipality: Municipality
) -> None:
    with runtime.system_unit("test") as uow:
        stad = Stad.with_norms(uow)
        seed_list_values(uow, "", read_list_seeds(INSTELLINGEN.parent / "lijsten-1.yaml"))
        shop, closed, opens, home = (
            stad.place(soort) for soort in (Objecttype.BEDR, Objecttype.HOT, Objecttype.LOG, Objecttype.WON)
        )
        stad.shifts(municipality.teams["toezicht"], VAN, 21, every=7)
        found = recheck(stad, uow, home, 4)
    for place, last in ((closed, -2), (opens, 30)):
        measure = {
            "id": str(new_id()),
            "objectId": str(place),
            "soort": "tijdelijke-sluiting",
            "grondslag": "opiumwet-13b",
            "status": "opgelegd",
            "opgelegdOp": (VANDAAG - timedelta(days=90)).isoformat(),
            "geldtVan": (VANDAAG - timedelta(days=90)).isoformat(),
            "geldtTot": (VANDAAG + timedelta(days=last)).isoformat(),
            "opvang": "niet-nodig",
            "kenmerk": "B-2026-001",
        }
        made = service.as_("vergunningverlener").post("/maatregelen", json=measure)
        assert made.status_code == 201, made.text
    body = question(municipality, acties=0, tot=(VAN + timedelta(days=20)).isoformat())
    calculated(runtime, service, body)
    path = f"/planrondes/{body['id']}"
    held = candidates(service, path)
    assert held[str(closed)] == {HERCONTROLE}  # it may open again (INS-03)
    assert held[str(opens)] == set()  # still closed for all of the period
    assert held[str(home)] == {HERCONTROLE}  # nothing else asks for a dwelling
    (visit,) = [row for row in all_of(service.as_("planner"), f"{path}/planregels") if row["object"]["id"] == str(home)]
    assert visit["datum"] >= (VANDAAG + timedelta(days=4)).isoformat()

    with runtime.system_unit("test") as uow:
        close_taak_of(uow, NA_NALEVING, found)
        number = uow.session.get_one(Object, shop).naam.split()[-1]
    address = {
        "straat": "Voorbeeldkade",
        "huisnummer": int(number),
        "postcode": "1234AB",
        "woonplaats": "Voorbeeldstad",
    }
    sent = {
        "id": str(new_id()),
        "soort": "malafide-kamerverhuur",
        "adres": address,
        "m2": 60,
        "bedden": 9,
        "personen": 11,
    }
    assert held[str(shop)] == set()
    assert service.as_("pandbrigade").post("/vlaggen", json=sent).status_code == 201
    held = candidates(service, path)
    assert held[str(shop)] == {VLAG}
    assert sorted(map(len, held.values())) == [
        0,
        1,
        1,
        1,
    ]  # the dwelling at that address came into view, flagged as well
    assert str(home) not in held
