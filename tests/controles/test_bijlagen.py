"""Photos over real HTTP: in pieces, resumed at the byte, made anew without metadata, seen by who may see the control."""

import base64
import hashlib
import socket
import time
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image

from app.bevindingen.adapters.fotoproces import remake
from app.bevindingen.service.fotocontrole import check_arrived
from app.bevindingen.tables import Bijlage
from app.controles.service.onafgemaakt import clean_unfinished
from app.core.bestanden import arrived
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.settings import Settings
from app.gemeenten.tables import Norm
from tests.controles.conftest import Field, Tablet
from tests.support.service import Service

TUS = {"Tus-Resumable": "1.0.0"}
WOON = "HUI-24"


def photo(side: int = 900, **more: Any) -> bytes:  # noqa: ANN401 - what Pillow takes
    """A JPEG with a place, a maker and a comment in it."""
    image = Image.effect_noise((side, side // 2), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "GEHEIMEMAKER"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (52.0, 4.0, 11.0)
    out = BytesIO()
    image.save(out, "JPEG", quality=90, exif=exif, comment=b"GEHEIMCOMMENTAAR", **more)
    return out.getvalue()


def metadata(controle_id: UUID, raw: bytes, **more: str) -> tuple[str, str]:
    values = {
        "id": str(new_id()),
        "controleId": str(controle_id),
        "item": WOON,
        "sha256": hashlib.sha256(raw).hexdigest(),
        "genomenOp": datetime.now(UTC).isoformat(),
    } | more
    text = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items())
    return values["id"], text


def announce(client: httpx.Client, controle_id: UUID, raw: bytes, **more: str) -> str:
    bijlage_id, text = metadata(controle_id, raw, **more)
    headers = TUS | {"Upload-Length": str(len(raw)), "Upload-Metadata": text}
    answer = client.post("/bijlagen", headers=headers)
    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"] == f"/v1/bijlagen/{bijlage_id}"
    return bijlage_id


def send(client: httpx.Client, bijlage_id: str, offset: int, piece: bytes) -> httpx.Response:
    headers = TUS | {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    return client.patch(f"/bijlagen/{bijlage_id}", headers=headers, content=piece)


def offset_of(client: httpx.Client, bijlage_id: str) -> int:
    answer = client.head(f"/bijlagen/{bijlage_id}", headers=TUS)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return int(answer.headers["Upload-Offset"])


def check(runtime: Runtime, settings: Settings) -> int:
    return check_arrived(runtime.system_unit, partial(remake, settings=settings))


@pytest.fixture
def client(service: Service) -> httpx.Client:
    return service.as_("toezichthouder")


@pytest.fixture
def controle(veld: Field) -> UUID:
    return veld.plan("WON")


def test_a_photo_arrives_in_pieces_and_holds_nothing_but_pixels(
    client: httpx.Client, controle: UUID, runtime: Runtime, settings: Settings
) -> None:
    raw = photo()
    bijlage = announce(client, controle, raw)
    half = len(raw) // 2
    assert send(client, bijlage, 0, raw[:half]).headers["Upload-Offset"] == str(half)
    assert offset_of(client, bijlage) == half
    assert send(client, bijlage, half, raw[half:]).status_code == 204
    assert client.get(f"/bijlagen/{bijlage}/inhoud").status_code == 404  # not before the check
    assert check(runtime, settings) == 1
    receipt = client.get(f"/bijlagen/{bijlage}").json()
    assert (receipt["status"], receipt["ontvangen"], receipt["sha256"]) == (
        "opgeslagen",
        len(raw),
        hashlib.sha256(raw).hexdigest(),
    )
    shown = client.get(f"/bijlagen/{bijlage}/inhoud")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert b"GEHEIM" not in shown.content
    with Image.open(BytesIO(shown.content)) as image:
        assert not image.getexif()
        assert "comment" not in image.info
        assert image.size == (450, 900)  # upright, as the camera was held


def test_a_connection_that_breaks_costs_no_byte_that_had_arrived(
    service: Service, client: httpx.Client, controle: UUID
) -> None:
    raw = photo()
    bijlage = announce(client, controle, raw)
    half = len(raw) // 2
    url = urlsplit(service.url)
    lines = (
        f"PATCH /v1/bijlagen/{bijlage} HTTP/1.1",
        f"Host: {url.netloc}",
        f"Authorization: {client.headers['Authorization']}",
        "Tus-Resumable: 1.0.0",
        "Upload-Offset: 0",
        "Content-Type: application/offset+octet-stream",
        f"Content-Length: {len(raw)}",
        "",
        "",
    )
    with socket.create_connection((url.hostname, url.port)) as line:
        line.sendall("\r\n".join(lines).encode() + raw[:half])
        time.sleep(0.2)
    deadline = time.monotonic() + 10
    while (arrived := offset_of(client, bijlage)) < half:
        assert time.monotonic() < deadline, arrived
        time.sleep(0.05)
    assert arrived == half
    assert send(client, bijlage, half, raw[half:]).status_code == 204
    assert client.get(f"/bijlagen/{bijlage}").json()["status"] == "wordt gecontroleerd"


def test_sending_again_is_safe_and_a_wrong_place_is_told(client: httpx.Client, controle: UUID) -> None:
    raw = photo(400)
    bijlage, text = metadata(controle, raw)
    headers = TUS | {"Upload-Length": str(len(raw)), "Upload-Metadata": text}
    assert client.post("/bijlagen", headers=headers).status_code == 201
    assert send(client, bijlage, 0, raw[:100]).status_code == 204
    again = client.post("/bijlagen", headers=headers)
    assert (again.status_code, again.headers["Upload-Offset"]) == (201, "100")
    wrong = send(client, bijlage, 0, raw[:100])
    assert (wrong.status_code, wrong.headers["Upload-Offset"]) == (409, "100")
    assert send(client, bijlage, 100, raw[100:] + b"x").status_code == 400
    other = client.post("/bijlagen", headers=headers | {"Upload-Length": str(len(raw) + 1)})
    assert other.status_code == 409
    assert offset_of(client, bijlage) == 100


def test_damaged_bytes_start_anew_and_never_count(client: httpx.Client, controle: UUID) -> None:
    raw = photo(400)
    bijlage = announce(client, controle, raw)
    broken = raw[:50] + bytes([raw[50] ^ 1]) + raw[51:]
    answer = send(client, bijlage, 0, broken)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "0")
    assert "beschadigd" in answer.json()["detail"]
    assert client.get(f"/bijlagen/{bijlage}").json()["status"] == "wordt ontvangen"
    assert send(client, bijlage, 0, raw).status_code == 204


@pytest.mark.parametrize(
    ("raw", "reden"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"0" * 200, "geen foto"),
        (b"GIF89a" + b"\x00" * 100, "geen foto"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "geen foto"),
    ],
)
def test_what_is_no_photo_is_refused_with_the_reason(
    client: httpx.Client, controle: UUID, runtime: Runtime, settings: Settings, raw: bytes, reden: str
) -> None:
    bijlage = announce(client, controle, raw)
    assert send(client, bijlage, 0, raw).status_code == 204
    check(runtime, settings)
    receipt = client.get(f"/bijlagen/{bijlage}").json()
    assert (receipt["status"], receipt["reden"]) == ("geweigerd", reden)


def test_a_bomb_is_refused_from_its_header(
    client: httpx.Client, controle: UUID, runtime: Runtime, settings: Settings
) -> None:
    out = BytesIO()
    Image.new("1", (12_000, 12_000)).save(out, "PNG")
    raw = out.getvalue()
    bijlage = announce(client, controle, raw)
    send(client, bijlage, 0, raw)
    check(runtime, settings)
    assert client.get(f"/bijlagen/{bijlage}").json()["reden"] == "te veel beeldpunten"


def test_a_scanner_that_finds_something_refuses_and_one_that_is_away_is_waited_for(
    client: httpx.Client, controle: UUID, runtime: Runtime, settings: Settings
) -> None:
    raw = photo(400)
    found, waits = announce(client, controle, raw), announce(client, controle, raw)
    send(client, found, 0, raw)
    check(runtime, settings.model_copy(update={"virus_scan_command": ["sh", "-c", "cat >/dev/null; exit 1"]}))
    assert client.get(f"/bijlagen/{found}").json()["reden"] == "virus"
    with runtime.system_unit("test", write=False) as uow:  # in quarantine: its bytes are kept, and nobody gets them
        row = uow.session.get_one(Bijlage, UUID(found))
        assert row.bestand_id is not None
        assert arrived(uow, row.bestand_id) == raw
    assert client.get(f"/bijlagen/{found}/inhoud").status_code == 404
    send(client, waits, 0, raw)
    check(runtime, settings.model_copy(update={"virus_scan_command": ["/bestaat/niet"]}))
    assert client.get(f"/bijlagen/{waits}").json()["status"] == "wordt gecontroleerd"
    assert check(runtime, settings) == 0  # not before its time


def test_pieces_that_nobody_finishes_go_after_their_term_unless_a_tablet_names_them(
    client: httpx.Client, controle: UUID, runtime: Runtime, settings: Settings
) -> None:
    raw, tablet = photo(400), f"/apparaten/{uuid4()}"
    taken = datetime.now(UTC) - timedelta(days=100)
    bijlage = announce(client, controle, raw, genomenOp=taken.isoformat())
    send(client, bijlage, 0, raw[:1000])
    with runtime.system_unit("test") as uow:
        uow.session.add(
            Norm(sleutel="FOTO_ONVOLLEDIG_DAGEN", waarde=90.0, eenheid="", geldig_vanaf=date(2020, 1, 1), bron="test")
        )
    assert clean_unfinished(runtime.system_unit) == 0  # the term is not over
    with runtime.system_unit("test") as uow:
        uow.session.get_one(Bijlage, UUID(bijlage)).gemaakt_op = taken
    waiting = {"appversie": "1", "wachtrij": 0, "fotos": 1, "oudsteFotoOp": taken.isoformat()}
    assert client.put(tablet, json=waiting).status_code == 200
    assert clean_unfinished(runtime.system_unit) == 0  # the tablet still has it
    assert client.put(tablet, json={"appversie": "1", "wachtrij": 0}).status_code == 200
    assert clean_unfinished(runtime.system_unit) == 1
    assert clean_unfinished(runtime.system_unit) == 0
    assert offset_of(client, bijlage) == 0  # and it can be sent all the same
    send(client, bijlage, 0, raw)
    check(runtime, settings)
    assert client.get(f"/bijlagen/{bijlage}").json()["status"] == "opgeslagen"


def test_all_faults_of_an_announcement_come_at_once(client: httpx.Client, controle: UUID) -> None:
    _, text = metadata(controle, b"x", sha256="kort", item="hui24", controleId="geen kenmerk")
    answer = client.post("/bijlagen", headers=TUS | {"Upload-Length": "10", "Upload-Metadata": text})
    assert answer.status_code == 400
    assert {fout["veld"].rsplit(".", 1)[-1] for fout in answer.json()["fouten"]} == {"sha256", "item", "controleId"}
    assert client.post("/bijlagen", headers={"Upload-Length": "10", "Upload-Metadata": text}).status_code == 412
    nonsense = client.post("/bijlagen", headers=TUS | {"Upload-Length": "10", "Upload-Metadata": "id ###"})
    assert nonsense.status_code == 400
    huge = client.post("/bijlagen", headers=TUS | {"Upload-Length": str(10**9), "Upload-Metadata": text})
    assert huge.status_code == 413


def test_no_photo_where_the_checklist_forbids_it(client: httpx.Client, veld: Field, controle: UUID) -> None:
    for controle_id, item, what in ((controle, "HUI-01", "geen foto"), (veld.plan("SEKS"), WOON, "dit soort object")):
        _, text = metadata(controle_id, b"x", item=item)
        answer = client.post("/bijlagen", headers=TUS | {"Upload-Length": "1", "Upload-Metadata": text})
        assert answer.status_code == 400
        assert what in answer.json()["fouten"][0]["melding"]


def test_the_receipt_of_a_control_waits_for_the_photos_that_its_answers_name(
    service: Service, client: httpx.Client, controle: UUID, runtime: Runtime, settings: Settings
) -> None:
    raw, tablet = photo(400), Tablet(client)
    bijlage = announce(client, controle, raw)
    never = str(new_id())
    answers = {"BEV-01": "woning of bewoond deel", "BEV-03": "toestemming van een bewoner", "BEV-04": "ja"}
    tablet.send(
        tablet.event("controle-gestart", controle),
        tablet.answers(controle, {**answers, "HUI-10": "ja", WOON: [bijlage, never]}),
    )
    send(client, bijlage, 0, raw)
    before = client.get(f"/controles/{controle}/ontvangstbewijs").json()
    assert (before["compleet"], sorted(before["wachtOp"])) == (False, sorted([bijlage, never]))
    check(runtime, settings)
    after = client.get(f"/controles/{controle}/ontvangstbewijs").json()
    assert (after["compleet"], after["wachtOp"]) == (False, [never])
    tablet.send(tablet.answers(controle, {WOON: [bijlage]}))
    assert client.get(f"/controles/{controle}/ontvangstbewijs").json()["compleet"] is True
    assert [
        row["id"]
        for row in service.as_("af").get("/bijlagen", params={"controleId": str(controle)}).json()["resultaten"]
    ] == [bijlage]


def test_a_photo_ahead_of_its_control_is_confidential_until_that_is_there(
    service: Service, client: httpx.Client, veld: Field, runtime: Runtime, settings: Settings
) -> None:
    raw, controle_id, tablet = photo(400), uuid4(), Tablet(client)
    bijlage = announce(client, controle_id, raw)
    send(client, bijlage, 0, raw)
    check(runtime, settings)
    lead = service.as_("teamleider")
    assert lead.get(f"/bijlagen/{bijlage}/inhoud").status_code == 404
    tablet.send(tablet.event("controle-aangemaakt", controle_id, {"objectId": str(veld.objecten["WON"])}))
    assert lead.get(f"/bijlagen/{bijlage}/inhoud").status_code == 200


def test_only_who_sent_it_goes_on_and_only_who_may_see_the_control_looks(
    service: Service, client: httpx.Client, controle: UUID, runtime: Runtime, settings: Settings
) -> None:
    raw = photo(400)
    bijlage = announce(client, controle, raw)
    neighbour = service.as_("buur-toezichthouder")
    assert neighbour.head(f"/bijlagen/{bijlage}").status_code == 404
    assert send(neighbour, bijlage, 0, raw).status_code == 404
    send(client, bijlage, 0, raw)
    check(runtime, settings)
    assert service.as_("af").get(f"/bijlagen/{bijlage}/inhoud").status_code == 200
    for sub in ("buur-toezichthouder", "buur-af", "pandbrigade"):  # the brigade sees photos of its flags only
        assert service.as_(sub).get(f"/bijlagen/{bijlage}/inhoud").status_code == 404
    for sub in ("planner", "bestuur"):
        assert service.as_(sub).get(f"/bijlagen/{bijlage}/inhoud").status_code == 403
    assert service.as_("teamleider").delete(f"/bijlagen/{bijlage}").status_code == 404
    for _ in range(2):
        assert client.delete(f"/bijlagen/{bijlage}").status_code == 204
    assert service.as_("af").get(f"/bijlagen/{bijlage}/inhoud").status_code == 404
    assert send(client, bijlage, 0, raw).status_code == 409
