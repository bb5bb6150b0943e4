"""The built tablet app at `/app/`: what may be kept, what may not be reached, and what stands there without a build."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from app.core.site import tabletapp

Get = Callable[[str], httpx.Response]
PAGE = "<!doctype html><title>Veldwacht</title>"


@pytest.fixture
def get(tmp_path: Path) -> Get:
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (tmp_path / "geheim.txt").write_text("geheim", encoding="utf-8")
    for name, text in (
        ("index.html", PAGE),
        ("assets/app-1a2b.js", "1"),
        ("dienstwerker.js", "2"),
        ("manifest.webmanifest", "{}"),
    ):
        (dist / name).write_text(text, encoding="utf-8")
    site = Starlette(routes=tabletapp.routes(dist))

    async def ask(path: str) -> httpx.Response:
        transport = httpx.ASGITransport(site, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get(path)

    return lambda path: asyncio.run(ask(path))


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/app/", tabletapp.ASK_FIRST),
        ("/app/controle/01a2", tabletapp.ASK_FIRST),
        ("/app/dienstwerker.js", tabletapp.ASK_FIRST),
        ("/app/manifest.webmanifest", tabletapp.ASK_FIRST),
        ("/app/assets/app-1a2b.js", tabletapp.FOR_EVER),
    ],
)
def test_only_what_has_a_digest_in_its_name_is_kept(get: Get, path: str, kept: str) -> None:
    answer = get(path)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == kept
    assert answer.headers["content-security-policy"] == tabletapp.CSP
    assert answer.headers["permissions-policy"] == "camera=(self), geolocation=(self), microphone=()"
    assert "unsafe" not in tabletapp.CSP


def test_a_screen_gets_the_page_and_a_missing_file_does_not(get: Get) -> None:
    assert get("/app/object/01a2").text == PAGE
    assert get("/app/assets/weg-9f.js").status_code == 404
    assert get("/app").headers["location"] == "/app/"


@pytest.mark.parametrize(
    "path",
    ["../geheim.txt", "%2e%2e/geheim.txt", "..%2fgeheim.txt", "assets/..%2f..%2fgeheim.txt", "%5c..%5cgeheim.txt"],
)
def test_nothing_outside_the_build_can_be_read(get: Get, path: str) -> None:
    assert "geheim" not in get(f"/app/{path}").text


def test_without_a_build_there_is_no_app(tmp_path: Path) -> None:
    assert tabletapp.routes(tmp_path / "dist") == []
