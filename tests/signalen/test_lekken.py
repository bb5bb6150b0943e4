"""Secrets in every confidential field of a signal, and a search of all that may not hold them (table E, DAT-13, RTE-26)."""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.rules.rechten import RECHTEN
from app.gemeenten.status import Partnersoort
from tests.signalen.test_http import _whole_database
from tests.support.description import description
from tests.support.municipality import ACCOUNTS, STAD
from tests.support.service import Service
from tests.support.signaalstappen import TRIAGE, Walk, share, store_partners
from tests.support.signalen import Field, hit

SUBS = (
    "af", "buur-af", "toezichthouder", "teamleider", "planner", "hoofdplanner", "pandbrigade", "balie", "vergunningverlener",
    "ketenregisseur", "bestuur", "beheerder", "politie",
)  # fmt: skip
WORD = re.compile(r"PLANT-\d\d")


class Geheimen:
    """Words that are planted, each with the accounts that may read it, and the ids of where they are."""

    def __init__(self) -> None:
        self.readers: dict[str, set[str]] = {}
        self.plain: set[str] = set()
        self.ids: dict[str, list[str]] = {}
        self._numbers = count(11)

    def word(self, *also: str, af: bool = True, plain: bool = False) -> str:
        """A word for the AFs of the municipality and these accounts; `plain` is stored as it is."""
        made = f"PLANT-{next(self._numbers)}"
        self.readers[made] = {*(("af", "af-zorg") if af else ()), *also}
        if plain:
            self.plain.add(made)
        return made

    def leaks(self, sub: str, text: str) -> set[str]:
        """Those in a text that this account may not read."""
        return {word for word in WORD.findall(text) if sub not in self.readers[word]}

    def note(self, kind: str, *ids: str) -> None:
        """Records to look at."""
        self.ids.setdefault(kind, []).extend(ids)


@pytest.fixture
def geheimen(service: Service, field: Field, runtime: Runtime) -> Geheimen:
    g = Geheimen()
    partner = store_partners(runtime, Partnersoort.ARBEIDSINSPECTIE, Partnersoort.ZORGCOORDINATOR)["arbeidsinspectie"]
    walk = Walk(service, field.objects["HOR"], tekst=g.word())
    _steps(g, walk, partner)
    second = Walk(service, field.objects["HOR"]).triaged()
    second.closed(toelichting=g.word(), zcReden=g.word())
    assert second.step("verwijderen", {"reden": g.word()}).status_code == 202
    seen = service.as_("buur-af").post(f"/signalen/{walk.id}/_inzien", json={"reden": g.word("buur-af")})
    assert seen.status_code == 202, seen.text
    g.note("verzoek", seen.json()["id"])
    _intake(g, service, field)
    ref = field.control([hit("ENT-22", g.word()), hit("IDE-03", g.word())], redenen=[g.word()], send=True)
    g.note("signaal", walk.id, second.id, str(ref.id))
    g.note("object", str(field.objects["HOR"]), str(field.objects["MASS"]))
    _meeting(g, service, field)
    return g


def _steps(g: Geheimen, walk: Walk, partner: str) -> None:
    walk.done("ontvangen")
    walk.done("verrijken", {"doel": g.word()})
    walk.done("trieren", {**TRIAGE, "zcInlichten": False, "zcReden": g.word()})
    shares = {"overdrachten": [share(partner)]}
    asked = walk.step("uitzetten", {**shares, "zcReden": g.word(), "toelichting": g.word()}).json()["verzoek"]
    path, etag = f"/vierogenverzoeken/{asked['id']}/_weigeren", {"If-Match": '"1"'}
    assert walk.service.as_("af-zorg").post(path, json={"reden": g.word()}, headers=etag).status_code == 200
    g.note("verzoek", asked["id"])
    walk.care()
    walk.done("uitzetten", {**shares, "toelichting": g.word()})
    row = walk.service.as_("af").get(f"/overdrachten?signaalId={walk.id}").json()["resultaten"][0]
    g.note("overdracht", row["id"])
    walk.done("behandelen", {"overdrachtId": row["id"], "partnerkenmerk": g.word(plain=True)})
    walk.done("urgentie", {"urgentie": "spoed", "reden": g.word()})
    walk.done("vasthouden", {"reden": g.word()})
    walk.done("loslaten", {"reden": g.word()})
    walk.done("monitoren", {"herzienOp": _day(20), "toelichting": g.word()})
    walk.closed(toelichting=g.word())
    walk.done("heropenen", {"nieuwFeit": g.word()})


def _intake(g: Geheimen, service: Service, field: Field) -> None:
    object_id = str(field.objects["HOR"])
    closed = g.word("af-zorg", af=False)
    for sub, body in (
        ("balie", {"adres": {"postcode": "9999ZX", "huisnummer": 31}, "tekst": g.word()}),
        ("af", {"bron": "mma", "gemeentecode": STAD, "tekst": g.word()}),
        ("af", {"bron": "iko", "objectId": str(field.objects["WON"]), "bronkenmerk": g.word(plain=True)}),
        ("pandbrigade", {"objectId": object_id, "tekst": g.word(), "urgentie": "acuut"}),
        ("toezichthouder", {"objectId": object_id, "gaatOver": "collega", "tekst": closed}),
    ):
        made: dict[str, object] = {"id": str(new_id()), **body}
        assert service.as_(sub).post("/signalen", json=made).status_code == 201
        g.note("signaal", str(made["id"]))
        if sub == "balie":
            desk = Walk.__new__(Walk)
            desk.service, desk.id = service, str(made["id"])
            released = {"brpMarkering": True, "brief": False, "huisbezoek": False}
            desk.done("vrijgeven", {**released, "toelichting": g.word()})
    wish = {"objectId": str(field.objects["MASS"]), "soort": "niet-plannen-tot", "tot": _day(20)}
    answer = service.as_("af").post("/planningswensen", json={**wish, "reden": g.word("hoofdplanner")})
    g.note("wens", answer.json()["id"])


def _meeting(g: Geheimen, service: Service, field: Field) -> None:
    leden = [str(field.accounts[one]) for one in ("af", "ketenregisseur")]
    series = {"soort": "drieluik", "naam": "Drieluik", "eersteDatum": _day(-20), "leden": leden}
    reeks = service.as_("beheerder").post("/overlegreeksen", json=series).json()["id"]
    overleg = service.as_("beheerder").post("/overleggen", json={"reeksId": reeks, "datum": _day(0)}).json()["id"]
    walk = Walk(service, field.objects["HOR"]).triaged()
    point = service.as_("af").post(f"/overleggen/{overleg}/agendapunten", json={"signaalId": walk.id})
    decision = {"besluitcode": "opvolgen", "toelichting": g.word("ketenregisseur")}
    etag = {"If-Match": point.headers["ETag"]}
    path = f"/agendapunten/{point.json()['id']}/_besluiten"
    assert service.as_("af").post(path, json=decision, headers=etag).status_code == 200
    g.note("overleg", overleg)
    g.note("signaal", walk.id)


def _day(ahead: int) -> str:
    return (datetime.now(UTC) + timedelta(days=ahead)).date().isoformat()


def _urls(g: Geheimen) -> Iterator[tuple[str, str]]:
    """Every reading operation, with the ids that fit."""
    for path, methods in description()["paths"].items():
        operation = methods.get("get", {}).get("operationId")
        names = re.findall(r"\{([^}]+)\}", path)
        if operation is None:
            continue
        if not names:
            yield operation, path
        kind = next((kind for kind in g.ids if names and kind in names[0].lower()), None)
        for nr in g.ids.get(kind or "", []):
            yield operation, re.sub(r"\{[^}]+\}", nr, path)


def test_no_secret_reaches_who_may_not_read_it(
    geheimen: Geheimen, service: Service, field: Field, caplog: pytest.LogCaptureFixture
) -> None:
    """Bodies, headers and errors of every reading operation for one account of each role; log lines; all that is stored."""
    caplog.set_level(logging.DEBUG)
    leaks, seen = set(), set()
    for operation, url in _urls(geheimen):
        for sub in SUBS:
            if RECHTEN[operation].rollen.isdisjoint(ACCOUNTS[sub][1]):
                continue
            query: dict[str, str] = {"objectId": geheimen.ids["object"][0]} if operation == "bevindingen_lijst" else {}
            answer = service.as_(sub).get(url, params={**query, **({"jaar": "2026"} if "rapportages" in url else {})})
            assert answer.status_code < 500, (operation, sub)
            text = answer.text + str(answer.headers)
            leaks |= {(operation, sub, word) for word in geheimen.leaks(sub, text)}
            seen |= set(WORD.findall(text))
    assert leaks == set()
    assert len(geheimen.readers) >= 28
    assert len(geheimen.readers) - len(seen) <= 4, "who may read them does"
    assert geheimen.leaks("", caplog.text) == set()
    stored = _whole_database(field)
    assert {word for word in geheimen.readers if word in stored} == geheimen.plain
