"""A second client, written from the protocol alone, works a day without network and delivers it exactly once (docs/synchronisatie.md)."""

import ast
import random
from functools import partial
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from PIL import Image
from sqlmodel import select

from app.bevindingen.adapters.fotoproces import remake
from app.bevindingen.service.fotocontrole import check_arrived
from app.controles.tables import Controle, Controlegebeurtenis, Quarantaine
from app.core.runtime import Runtime
from bench import tweede_client
from bench.tweede_client import Tablet, Verbinding
from tests.controles.conftest import Field, today, veld
from tests.support.service import Service

__all__ = ["veld"]
TYPES = ("SEKS", "MASS", "HOR", "BEDR", "LOG", "HOT")


def test_it_imports_nothing_of_the_service() -> None:
    tree = ast.parse(Path(tweede_client.__file__).read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {name for name in names if name.split(".")[0] in {"app", "tests", "bench", "geo"}}


@pytest.mark.parametrize("sealed", [False, True], ids=["signed-in", "sealed"])
def test_a_day_of_twelve_controls_arrives_exactly_once(
    veld: Field,
    service: Service,
    runtime: Runtime,
    tmp_path: Path,
    sealed: bool,
) -> None:
    controls = [veld.plan(key) for key in TYPES * 2]
    anonymous = httpx.Client(base_url=f"{service.url}/v1", trust_env=False, timeout=30)
    lossy = Verbinding(service.as_("toezichthouder"), anonymous, verlies=0.2)
    tablet = Tablet(lossy, tmp_path / "uit.jsonl")
    tablet.fetch_day(str(today()))
    photos = tablet.work(_photo)
    entered = tablet.outbox()
    feeling = tablet.enter("signaal", None, {"gemeentecode": "GM9901"})
    asked = tablet.deliver_sealed() if sealed else tablet.deliver()
    assert asked > 1
    assert (tablet.outbox(), tablet.geweigerd) == ([], [])
    for name in photos:
        tablet.send_photo(*name.split("/"))
    check_arrived(runtime.system_unit, partial(remake, settings=runtime.settings))
    with runtime.system_unit("test", write=False) as uow:
        stored = [str(row) for row in uow.session.exec(select(Controlegebeurtenis.id)).all()]
        assert sorted(stored) == sorted(event["gebeurtenisId"] for event in [*entered, feeling])
        assert {uow.session.get_one(Controle, nr).status for nr in controls} == {"afgerond"}
        assert uow.session.exec(select(Quarantaine)).all() == []
    receipts = [tablet.verbinding.get(f"/controles/{nr}/ontvangstbewijs") for nr in controls]
    assert {row["compleet"] for row in receipts} == {True}
    assert len(photos) == 2
    anonymous.close()


def _photo(name: str) -> bytes:
    out = BytesIO()
    chance = random.Random(name)
    Image.frombytes("RGB", (320, 240), chance.randbytes(320 * 240 * 3)).save(out, "JPEG", quality=90)
    return out.getvalue()
