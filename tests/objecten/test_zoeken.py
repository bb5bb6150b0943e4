"""Search by words, numbers, filters and area (REG-05, REG-19, REG-20); the index keeps in step wherever objects are written."""

from typing import Any

import pytest
import sqlalchemy as sa

from app.cli.opzetten import rebuild_index
from app.core.runtime import Runtime
from app.objecten.rules.zoekwoorden import address_words, fold, name_words, read_text
from app.objecten.service import zoekindex
from app.objecten.status import Objecttype
from app.objecten.tables import Objectwoord
from tests.objecten.stock import RD, address_body, make_object, object_body
from tests.support.service import Service

SQUARE = [[155000, 462000], [156000, 462000], [156000, 464000], [155000, 464000], [155000, 462000]]


CASES: list[tuple[str, list[str]]] = [
    ("kalverstr 12", ["12"]),
    ("12-h KALVERSTRAAT", ["12"]),
    ("kalverstraat12", ["12"]),
    ("kalver straat 12", ["12"]),
    ("9901AB 12", ["12"]),
    ("12, 9901 ab", ["12"]),
    ("9901ab", ["12", "13", "14", "15"]),
    ("kalver", ["13", "12"]),  # Kalverhof before Kalverstraat: words in order
    ("cafe hoekje", ["12"]),
    ("hoek", ["12"]),
    ("hotel grand", ["13"]),
    ("sint jansplein", ["13"]),
    ("st jans", ["13"]),
    ("janvangalenstraat 14a", ["14"]),
    ("van galenstr", ["14"]),
    ("galenstraat 14-B", []),
    ("eerste dwarsstraat", ["15"]),
    ("1e dwarsstr 15", ["15"]),
    ("angstrom", ["15"]),
    ("o-00013", ["13"]),
    ("O00013", ["13"]),
    ("99123415", ["15"]),
    ("9912.3415", ["15"]),
    ("0990200000000001", ["15"]),
    ("bordeauxhuis", []),  # the name of a dwelling is no word
    ("kalverstraat 13", []),
    ("%%", []),
    ("_a", ["15"]),  # no wildcard: a word that begins with an a
    ("'; drop", []),
    ("de", []),
]


@pytest.fixture
def stocked(service: Service, runtime: Runtime) -> Service:
    """Four objects that words can tell apart."""
    with runtime.system_unit("test") as uow:
        for number, (soort, naam, adres) in enumerate(
            [
                (Objecttype.HOR, "Café 't Hoekje", {"straat": "Kalverstraat", "toevoeging": "H"}),
                (Objecttype.HOT, "Grand Hotel Kalverhof", {"straat": "St. Jansplein"}),
                (Objecttype.WON, "Bordeauxhuis", {"straat": "Jan van Galenstraat", "huisletter": "A"}),
                (Objecttype.BEDR, "Slagerij Ångström", {"straat": "1e Dwarsstr.", "bagId": "0990200000000001"}),
            ],
            start=12,
        ):
            kvk = None if soort is Objecttype.WON else f"991234{number}"
            changes: dict[str, Any] = {"naam": naam, "adres": address_body(number, **adres), "kvk_nummer": kvk}
            make_object(uow, soort, number, nummer=f"O-{number:05d}", **changes)
    return service


def _found(service: Service, **body: object) -> list[str]:
    answer = service.as_("toezichthouder").post("/objecten/_zoek", json=body, headers=RD)
    assert answer.status_code == 200, answer.text
    return [row["nummer"] for row in answer.json()["resultaten"]]


def test_words_and_numbers(stocked: Service) -> None:
    wrong = []
    for text, numbers in CASES:
        found = _found(stocked, tekst=text)
        if found != [f"O-000{number}" for number in numbers]:
            wrong.append((text, found))
    assert wrong == []


def test_filters_area_and_pages(stocked: Service) -> None:
    assert _found(stocked, type=["HOR", "BEDR"]) == ["O-00012", "O-00015"]
    assert _found(stocked, tekst="9901ab", type=["WON"]) == ["O-00014"]
    area = {"type": "Polygon", "coordinates": [[[x - (x == 155000) * -13, y] for x, y in SQUARE]]}
    assert _found(stocked, gebied=area) == ["O-00013", "O-00014", "O-00015"]  # 155013 lies on the edge
    assert _found(stocked, gebied=area, tekst="kalver") == ["O-00013"]
    assert _found(stocked, gebied=area, vergunningsoort="alcohol") == []
    assert _found(stocked, controleVoor="2026-01-01") == []
    assert _found(stocked, buitenGemeente=True) == []
    client = stocked.as_("planner")
    for body in ({}, {"tekst": "9901ab"}, {"gebied": area}, {"tekst": "9901ab", "gebied": area}, {"tekst": "o-00013"}):
        whole = client.post("/objecten/_zoek", json=body, headers=RD).json()["resultaten"]
        paged, cursor = [], None
        for _ in range(9):
            params = {"limiet": "1"} | ({"cursor": cursor} if cursor else {})
            page = client.post("/objecten/_zoek", params=params, json=body, headers=RD).json()
            paged += page["resultaten"]
            cursor = page["volgende"]
            if cursor is None:
                break
        assert cursor is None
        assert paged == whole


def test_faults_are_told_at_once_and_bibob_is_for_the_desk(stocked: Service) -> None:
    client = stocked.as_("toezichthouder")
    crossed = {"type": "Polygon", "coordinates": [[[5, 52], [5.1, 52.1], [5.1, 52], [5, 52.1], [5, 52]]]}
    body = {"gebied": crossed, "type": ["ESCORT"], "controleVoor": "ooit", "aanleiding": "woongebruik", "tekst": "x"}
    answer = client.post("/objecten/_zoek", json=body)
    assert answer.status_code == 400
    fields = {fault["veld"] for fault in answer.json()["fouten"]}
    assert fields == {"body.gebied", "body.type.0", "body.controleVoor", "body.aanleiding", "body.tekst"}
    in_rd = {"type": "Polygon", "coordinates": [SQUARE]}
    assert client.post("/objecten/_zoek", json={"gebied": in_rd}).status_code == 400
    many = {"type": "Polygon", "coordinates": [[[5 + at / 1e4, 52] for at in range(6000)]]}
    long = {"type": "Polygon", "coordinates": [[[3 + at % 2 * 4, 51 + at / 1e4] for at in range(100)] + [[3, 51]]]}
    for shape in (many, long, {"type": "Point", "coordinates": [5, 52]}, {}):
        assert client.post("/objecten/_zoek", json={"gebied": shape}).status_code == 400
    assert client.post("/objecten/_zoek", json={"bibobVoor": "2030-01-01"}).status_code == 403
    assert stocked.as_("planner").post("/objecten/_zoek", json={"bibobVoor": "2030-01-01"}).status_code == 200
    for cursor in (
        "WyJ3fDk5fGF8YiIsIjAxOTM5Y2U4LWEwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMCJd",
        "WyJ4IiwiMDE5MzljZTgtYTAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAwIl0",
        "WyJcdWQ4MDAiLCAiMDE5MzljZTgtYTAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAwIl0",  # half a pair of surrogates
    ):
        assert client.get("/teams", params={"cursor": cursor}).status_code in {200, 400}
        answer = client.post("/objecten/_zoek", params={"cursor": cursor}, json={"tekst": "kalver"})
        assert answer.status_code == 400


@pytest.mark.requirement("REG-19")
def test_words_follow_a_change_and_a_dwelling_has_those_of_its_place_only(stocked: Service, runtime: Runtime) -> None:
    planner = stocked.as_("planner")
    hotel = planner.post("/objecten/_zoek", json={"tekst": "kalverhof"}).json()["resultaten"][0]
    changed = planner.patch(
        f"/objecten/{hotel['id']}", json={"naam": "Nieuw Begin"}, headers={"If-Match": f'"{hotel["versie"]}"'}
    )
    assert changed.status_code == 200
    assert (_found(stocked, tekst="kalverhof"), _found(stocked, tekst="begin nieuw")) == ([], ["O-00013"])

    def words() -> list[Any]:
        with runtime.system_unit("test", write=False) as uow:
            return sorted(tuple(row) for row in uow.session.execute(sa.select(Objectwoord.__table__)))  # type: ignore[attr-defined]  # SQLModel does not declare it

    before = words()
    dwelling = planner.post("/objecten/_zoek", json={"tekst": "galenstraat"}).json()["resultaten"][0]
    assert {word for at, word, _ in before if str(at) == dwelling["id"]} == {
        "jan", "galenstraat", "janvangalenstraat", "vangalenstraat", "14", "14-a", "9901ab", "=o00014",
    }  # fmt: skip
    assert not any("9912341" in word for _, word, _ in before)  # no KvK number: it can belong to a person
    zoekindex.rebuild(runtime.system_unit, "test")
    assert words() == before
    with runtime.system_unit("test") as uow:
        uow.session.execute(sa.delete(Objectwoord))
    assert rebuild_index(stocked.settings, only_when_behind=True) == 4
    assert words() == before
    assert rebuild_index(stocked.settings, only_when_behind=True) is None


def test_a_search_costs_a_fixed_number_of_queries(stocked: Service) -> None:
    counted: list[str] = []

    def ask(limit: str) -> int:
        counted.clear()
        stocked.as_("planner").post("/objecten/_zoek", params={"limiet": limit}, json={"tekst": "9901ab"})
        return len(counted)

    sa.event.listen(sa.Engine, "before_cursor_execute", lambda *given: counted.append(given[2]))
    assert 0 < ask("4") <= ask("1") + 1 <= 10


def test_folding_and_reading() -> None:
    assert fold("  Café ’t Høekje/Zn. & Co-B ") == "cafe t hoekje/zn co-b"
    assert name_words("De Kat & Co.") == {"kat", "co", "dekatco"}
    assert address_words("Nw. Kerkstr", 5, "B", "2 hoog", "1234AB") >= {
        "nieuwe",
        "kerkstraat",
        "nieuwekerkstraat",
        "5-b2hoog",
    }
    assert object_body()["naam"] == "Zaak 1"
    assert read_text("12 345 678").cijfers == "12345678"
    assert [term[0].woord for term in read_text("a b c 1 2 3 4 5 6 7 8 9").termen] == [
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
    ]
