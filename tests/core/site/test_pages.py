"""The pages of the site: readable without script, safe under the strict policy, and true to the API."""

import re
from html.parser import HTMLParser

import httpx
import pytest

from app.core.caller import Caller
from app.core.identifiers import new_id
from app.core.rights import Recht
from app.core.site import documentation
from app.main import create_api
from tests.support.service import Service

OPENAPI = {
    "paths": {
        "/dingen/{id}": {
            "post": {
                "operationId": "ding_wijzigen",
                "tags": ["Dingen & meer"],
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Ding"}}},
                },
                "responses": {"204": {"description": "Gewijzigd"}},
            },
            "get": {
                "operationId": "ding_lezen",
                "tags": ["Dingen & meer"],
                "responses": {"200": {"description": "Het ding", "content": {}}},
            },
        }
    }
}
SECRET = "wat iemand typte"
BROWSER = {"Accept": "text/html,application/xhtml+xml"}
RECHTEN = {"ding_wijzigen": Recht(rollen=frozenset({"planner"})), "ding_lezen": Recht()}


class Checker(HTMLParser):
    """Collects what a page may not have or must have."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if tag in {"script", "style", "iframe"} or name == "style" or name.startswith("on"):
                self.faults.append(f"{tag} {name}")
            if name in {"src", "href", "action"} and value is not None:
                if re.match(r"(?:[a-z]+:)?//", value):
                    self.faults.append(value)
                self.links.append(value)
            if name == "id" and value is not None:
                self.ids.append(value)


def checked(page: httpx.Response) -> Checker:
    assert page.headers["content-type"].startswith("text/html")
    assert '<html lang="nl">' in page.text
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "object-src 'none'" in policy
    assert "base-uri 'none'" in policy
    assert page.headers["strict-transport-security"].startswith("max-age=31536000; includeSubDomains")
    assert page.headers["x-content-type-options"] == "nosniff"
    checker = Checker()
    checker.feed(page.text)
    assert checker.faults == []
    assert checker.tags.count("h1") == 1
    assert checker.tags.count("main") == 1
    assert len(checker.ids) == len(set(checker.ids))
    return checker


def test_every_page_is_clean_and_every_link_on_it_leads_somewhere(service: Service) -> None:
    client = service.anonymous()
    seen: set[str] = set()
    waiting = {"/"}
    ids: dict[str, list[str]] = {}
    links: list[str] = []
    while waiting:
        path = waiting.pop()
        seen.add(path)
        page = client.get(path)
        assert page.status_code == 200, path
        found = checked(page)
        ids[path] = found.ids
        for link in found.links:
            target, _, fragment = link.partition("#")
            links.append(f"{target or path}#{fragment}")
            if target.startswith(("/api", "/#")) and target not in seen:
                waiting.add(target)
    assert {"/", "/api", "/api/gegevens", "/api/sessie"} <= seen
    for link in links:
        target, _, fragment = link.partition("#")
        assert not fragment or target not in ids or fragment in ids[target], link
    assert client.get("/statisch/veldwacht.css").headers["content-type"].startswith("text/css")


def test_the_description_names_every_operation(service: Service) -> None:
    document = service.anonymous().get("/v1/openapi.json").json()
    pages = documentation.groups(document, create_api().state.rechten)
    shown = {h.kenmerk for group in pages for h in group.handelingen}
    operations = {o["operationId"] for methods in document["paths"].values() for o in methods.values()}
    assert shown == operations
    for group in pages:
        text = service.anonymous().get(f"/api/{group.plek}").text
        for operation in group.handelingen:
            assert f'id="{operation.kenmerk}"' in text


def test_an_unknown_page_is_a_dutch_page(service: Service) -> None:
    page = service.anonymous().get("/api/bestaat-niet", headers=BROWSER)
    assert page.status_code == 404
    checked(page)
    assert "Deze pagina bestaat niet" in page.text
    wrong = service.anonymous().post("/aanmelden", headers=BROWSER)
    assert wrong.status_code == 405
    checked(wrong)
    program = service.anonymous().get("/api/bestaat-niet")
    assert (program.status_code, program.headers["content-type"]) == (404, "application/problem+json")


def test_our_own_mistake_is_a_page_without_content(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError(SECRET)

    monkeypatch.setattr(documentation, "shapes", fail)
    page = service.anonymous().get("/api/gegevens", headers=BROWSER)
    assert page.status_code == 500
    checked(page)
    assert SECRET not in page.text


@pytest.mark.parametrize(
    ("rollen", "expected"),
    [
        ({"planner"}, (["ding_wijzigen"], ["ding_lezen"])),
        ({"bestuur"}, ([], ["ding_lezen"])),
        (set(), ([], ["ding_lezen"])),
    ],
)
def test_a_start_page_shows_what_the_role_may_do(rollen: set[str], expected: tuple[list[str], list[str]]) -> None:
    caller = Caller(new_id(), "sub", "GM9901", frozenset({"GM9901"}), frozenset(rollen))
    groups = documentation.groups(OPENAPI, RECHTEN)
    mine = documentation.allowed(caller, groups, RECHTEN)
    assert tuple([h.kenmerk for group in part for h in group.handelingen] for part in mine) == expected
    assert documentation.allowed(caller, groups, {}) == ([], [])  # no row, no right
    assert groups[0].plek == "dingen-meer"


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"$ref": "#/components/schemas/Ding"}, "Ding"),
        ({"type": ["string", "null"], "format": "date"}, "datum of leeg"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Ding"}}, "lijst van Ding"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "heel getal of leeg"),
        ({"enum": ["a", "b"]}, "een van: a, b"),
        ({"const": "Point"}, "altijd Point"),
        ({}, "elke waarde"),
    ],
)
def test_kinds_in_dutch(schema: dict[str, object], text: str) -> None:
    assert documentation.kind(schema).tekst == text
