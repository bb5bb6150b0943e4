"""The background map: passed on by the service, kept within a limit, for who is signed in; nothing else is fetched through it."""

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from app.core.settings import Settings
from app.gemeenten.adapters.achtergrondkaart import AT_ONCE, PNG, Kaartbron, KaartNietBereikbaar
from app.gemeenten.rules.kaarttegels import is_tile, tile_at
from tests.support.bronserver import Bronserver, hang_up, reply
from tests.support.service import Service

TILE = PNG + b"tegel"


@pytest.fixture
def source() -> Iterator[Bronserver]:
    made = Bronserver()
    made.will(reply(body=TILE, headers={"Content-Type": "image/png"}))
    yield made
    made.stop()


class TestService:
    """Over HTTP."""

    @pytest.fixture
    def settings(self, settings: Settings, source: Bronserver, tmp_path: Path) -> Settings:
        return settings.model_copy(
            update={
                "background_map_url": source.url + "/{z}/{x}/{y}.png",
                "background_map_folder": tmp_path / "kaart",
            }
        )

    def test_a_tile_comes_through_the_service_once(self, service: Service, source: Bronserver) -> None:
        x, y = tile_at(12, 5.27, 52.59)
        field = service.as_("toezichthouder")
        assert field.get("/achtergrondkaart").json()["aan"] is True
        answers = [field.get(f"/achtergrondkaart/12/{x}/{y}") for _ in range(3)]
        assert [(a.status_code, a.content) for a in answers] == [(200, TILE)] * 3
        assert answers[0].headers["Content-Type"] == "image/png"
        assert answers[0].headers["Cache-Control"] == "no-store"
        assert [path for path, _, _ in source.asked] == [f"/12/{x}/{y}.png"]
        assert not {"cookie", "authorization", "referer"} & source.asked[0][2].keys()

    def test_only_the_netherlands_and_only_signed_in(self, service: Service, source: Bronserver) -> None:
        x, y = tile_at(12, 5.27, 52.59)
        field = service.as_("toezichthouder")
        for path in ("12/0/0", "22/1/1", f"12/{x}/{y + 400}", "2/2/1"):
            assert field.get(f"/achtergrondkaart/{path}").status_code == 404
        assert service.anonymous().get(f"/v1/achtergrondkaart/12/{x}/{y}").status_code == 401
        assert source.asked == []


def test_off_unless_an_address_is_set(service: Service) -> None:
    x, y = tile_at(12, 5.27, 52.59)
    field = service.as_("toezichthouder")
    assert field.get("/achtergrondkaart").json()["aan"] is False
    assert field.get(f"/achtergrondkaart/12/{x}/{y}").status_code == 404


def _source(url: str, folder: Path, *, max_bytes: int = 1_000_000, age: float = 3600) -> Kaartbron:
    return Kaartbron(url + "/{z}/{x}/{y}.png", folder, max_bytes=max_bytes, max_age_s=age, seconds=10)


def test_what_is_no_tile_is_not_kept(source: Bronserver, tmp_path: Path) -> None:
    for answer in (
        reply({"fout": 1}),
        reply(body=TILE, status=404),
        reply(status=302, headers={"Location": "/elders"}),
    ):
        source.will(answer)
        with pytest.raises(KaartNietBereikbaar):
            _source(source.url, tmp_path).tile(12, 1, 1)
    assert not list(tmp_path.rglob("*.png"))


def test_an_old_tile_is_better_than_none_and_a_broken_source_rests(source: Bronserver, tmp_path: Path) -> None:
    kaart = _source(source.url, tmp_path, age=60)
    assert kaart.tile(12, 1, 1) == TILE
    os.utime(tmp_path / "12" / "1" / "1.png", (time.time() - 3600,) * 2)
    source.will(hang_up)
    assert kaart.tile(12, 1, 1) == TILE
    with pytest.raises(KaartNietBereikbaar):
        kaart.tile(12, 1, 2)
    assert len(source.asked) == 1  # the second was not asked: the source rests


def test_a_slow_source_takes_a_few_threads_and_no_more(source: Bronserver, tmp_path: Path) -> None:
    kaart, go_on = _source(source.url, tmp_path), threading.Event()
    tile = reply(body=TILE)

    def slow(handler: BaseHTTPRequestHandler) -> None:
        go_on.wait(10)
        tile(handler)

    source.will(slow)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = [pool.submit(kaart.tile, 12, 1, row) for row in range(AT_ONCE)]
        while len(source.asked) < AT_ONCE:
            time.sleep(0.01)
        with pytest.raises(KaartNietBereikbaar):
            kaart.tile(12, 2, 1)
        go_on.set()
        assert [one.result() for one in waiting] == [TILE] * AT_ONCE
    assert kaart.tile(12, 2, 1) == TILE


def test_the_folder_stays_below_its_limit(source: Bronserver, tmp_path: Path) -> None:
    source.will(reply(body=PNG + bytes(1000)))
    kaart = _source(source.url, tmp_path, max_bytes=20_000)
    for row in range(60):
        kaart.tile(12, 1, row)
    assert sum(file.stat().st_size for file in tmp_path.rglob("*.png")) <= 20_000
    assert (tmp_path / "12" / "1" / "59.png").exists()


def test_tiles_of_the_netherlands() -> None:
    assert is_tile(12, *tile_at(12, 4.9, 52.37))
    assert is_tile(16, *tile_at(16, 6.56, 53.21))
    assert not is_tile(12, *tile_at(12, 2.35, 48.85))
