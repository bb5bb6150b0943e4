"""Messages: neutral, each at least once on its channel, kept while the other side is away, shown when they are given up."""

import base64
import hashlib
import hmac
import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread
from uuid import UUID

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwt
from joserfc.jwk import ECKey
from sqlmodel import select

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.settings import Settings, Smtptls
from app.gemeenten.adapters.bezorging import Onbezorgd, Zending
from app.gemeenten.adapters.cloudevents import send_cloudevent
from app.gemeenten.adapters.mail import send_mail
from app.gemeenten.adapters.sms import send_sms
from app.gemeenten.adapters.webpush import send_push
from app.gemeenten.rules.berichten import HOOGSTE_POGINGEN, HOOGSTE_POGINGEN_DRINGEND, LEASE, wait_before_retry
from app.gemeenten.service import bezorgen
from app.gemeenten.service.berichten import notify, notify_partner, notify_shift
from app.gemeenten.status import Berichtkanaal, Berichtstatus, Partnersoort
from app.gemeenten.tables import Bericht, Berichtinstelling, Partner, Piketdienst, Pushabonnement
from tests.support.kanalen import free_port, mail_server, web_server
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service

K = Berichtkanaal
SECRET = "geheim van de poort"


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _rows(runtime: Runtime, kanaal: Berichtkanaal) -> list[Bericht]:
    with runtime.system_unit("test", write=False) as uow:
        return list(uow.session.exec(select(Bericht).where(Bericht.kanaal == kanaal)).all())


def _due_now(runtime: Runtime) -> None:
    with runtime.system_unit("test") as uow:
        for row in uow.session.exec(select(Bericht).where(Bericht.status == Berichtstatus.WACHT)):
            row.volgende_op = datetime.now(UTC) - timedelta(seconds=1)


def _mailbox(runtime: Runtime, account_id: UUID, postbus: str) -> None:
    with runtime.system_unit("test") as uow:
        uow.session.add(Berichtinstelling(account_id=account_id, kanalen=["e-mail"], postbus=postbus))


def test_a_mail_server_that_is_away_for_a_day_costs_no_mail(
    runtime: Runtime, settings: Settings, municipality: Municipality
) -> None:
    _mailbox(runtime, municipality.accounts["af"], "af-piket@voorbeeldstad.example")
    port = free_port()
    changed = settings.model_copy(
        update={"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_tls": Smtptls.GEEN, "smtp_from": "dienst@v.example"}
    )
    things = [new_id() for _ in range(3)]
    for thing in [*things, things[0]]:
        with runtime.system_unit("test") as uow:
            notify(uow, STAD, [municipality.accounts["af"]], thing, "verzonden")
    for _ in range(26):  # a try an hour
        assert bezorgen.deliver(runtime.system_unit, K.EMAIL, send_mail, changed) == 3
        assert bezorgen.deliver(runtime.system_unit, K.EMAIL, send_mail, changed) == 0, "not before its time"
        _due_now(runtime)
    assert {(row.status, row.pogingen) for row in _rows(runtime, K.EMAIL)} == {(Berichtstatus.WACHT, 26)}
    with runtime.system_unit("test") as uow:
        for _ in range(4):
            notify(uow, STAD, [municipality.accounts["af"]], new_id(), "alarm", dringend=True)
    assert bezorgen.deliver(runtime.system_unit, K.EMAIL, send_mail, changed) == 7
    _due_now(runtime)
    with mail_server(port) as taken:
        assert bezorgen.deliver(runtime.system_unit, K.EMAIL, send_mail, changed) == 7
    assert [to for to, _ in taken.mails] == ["af-piket@voorbeeldstad.example"], "one for all that waited: no storm"
    for _, mail in taken.mails:
        head, _, body = mail.partition("\r\n\r\n")
        assert body.strip() == "nieuw bericht"
        assert "Subject: nieuw bericht" in head
        assert not any(str(thing) in mail for thing in things)
    assert {row.status for row in _rows(runtime, K.EMAIL)} == {Berichtstatus.VERZONDEN}


def test_a_server_that_is_away_is_asked_once_a_sweep_and_urgent_mail_survives_the_day(
    runtime: Runtime, service: Service, settings: Settings, municipality: Municipality
) -> None:
    _mailbox(runtime, municipality.accounts["af"], "af-piket@voorbeeldstad.example")
    with runtime.system_unit("test") as uow:
        for _ in range(30):
            notify(uow, STAD, [municipality.accounts["af"]], new_id(), "alarm", dringend=True)
    asked = []

    def away(zending: Zending, _settings: Settings) -> None:
        asked.append(zending)
        raise Onbezorgd("De mailserver was niet te bereiken.", onbereikbaar=True)

    assert bezorgen.deliver(runtime.system_unit, K.EMAIL, away, settings) == bezorgen.BATCH
    assert len(asked) == 1, "the others of the batch do not wait for a server that is away"
    waits = [wait_before_retry(number, 0.0, dringend=True) for number in range(1, HOOGSTE_POGINGEN_DRINGEND)]
    assert sum((wait for wait in waits if wait is not None), timedelta()) > timedelta(hours=26)
    with runtime.system_unit("test") as uow:
        for row in uow.session.exec(select(Bericht).where(Bericht.kanaal == K.EMAIL)):
            row.pogingen, row.volgende_op = HOOGSTE_POGINGEN_DRINGEND - 1, datetime.now(UTC)
    bezorgen.deliver(runtime.system_unit, K.EMAIL, away, settings)
    tasks = service.as_("beheerder").get("/taken").json()["resultaten"]
    assert [row["soort"] for row in tasks] == ["berichten-niet-bezorgd"], "one task, however many were given up"
    given_up = [row for row in _rows(runtime, K.EMAIL) if row.status is Berichtstatus.DODE_BRIEF]
    assert len(given_up) == bezorgen.BATCH


def test_alarms_that_waited_ring_a_number_once_and_only_an_alarm_settles_an_alarm(
    runtime: Runtime, settings: Settings, municipality: Municipality
) -> None:
    now, af = datetime.now(UTC), municipality.accounts["af"]
    _mailbox(runtime, af, "af-piket@voorbeeldstad.example")
    with runtime.system_unit("test") as uow:
        shifts = [
            Piketdienst(
                gemeentecode=STAD, account_id=af, nummer=f"0800 000{nr}", rang=nr, van=now, tot=now + timedelta(hours=1)
            )
            for nr in (1, 2)
        ]
        uow.session.add_all(shifts)
        uow.session.flush()
        for shift in [*shifts, *shifts, shifts[0]]:
            notify_shift(uow, shift, new_id(), "piket")
    rung: list[Zending] = []

    def away(_zending: Zending, _settings: Settings) -> None:
        raise Onbezorgd("De andere kant was niet te bereiken.", onbereikbaar=True)

    for kanaal in (K.SMS, K.EMAIL):
        assert bezorgen.deliver(runtime.system_unit, kanaal, away, settings) == 5
    _due_now(runtime)
    bezorgen.deliver(runtime.system_unit, K.SMS, lambda zending, _: rung.append(zending), settings)
    assert sorted(zending.adressen[0].waarde for zending in rung) == ["0800 0001", "0800 0002"]
    assert {row.status for row in _rows(runtime, K.SMS)} == {Berichtstatus.VERZONDEN}
    with runtime.system_unit("test") as uow:
        for row in uow.session.exec(select(Bericht).where(Bericht.kanaal == K.EMAIL)):
            row.volgende_op = datetime.now(UTC) + timedelta(hours=1)
        notify(uow, STAD, [af], new_id(), "verzonden")
    assert bezorgen.deliver(runtime.system_unit, K.EMAIL, lambda _z, _s: None, settings) == 1
    waiting = [row for row in _rows(runtime, K.EMAIL) if row.status is Berichtstatus.WACHT]
    assert len(waiting) == 5, "an ordinary mail does not stand for an alarm"


@pytest.mark.usefixtures("municipality")
def test_workers_that_bring_at_one_moment_bring_each_message_once(runtime: Runtime, settings: Settings) -> None:
    with runtime.system_unit("test") as uow:
        for _ in range(60):
            notify(uow, STAD, [], new_id(), "verzonden")
    sent: list[UUID] = []

    def bring() -> None:
        bezorgen.deliver(runtime.system_unit, K.CLOUDEVENT, lambda zending, _: sent.append(zending.id), settings)

    workers = [Thread(target=bring) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(sent) == len(set(sent)) == 60
    assert {(row.status, row.pogingen) for row in _rows(runtime, K.CLOUDEVENT)} == {(Berichtstatus.VERZONDEN, 1)}


def test_the_same_moment_told_by_two_processes_is_one_message(runtime: Runtime, municipality: Municipality) -> None:
    thing = new_id()

    def tell() -> None:
        with runtime.system_unit("test") as uow:
            notify(uow, STAD, [municipality.accounts["af"]], thing, "verzonden")

    processes = [Thread(target=tell) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [len(_rows(runtime, kanaal)) for kanaal in (K.WEBPUSH, K.CLOUDEVENT)] == [1, 1]


@pytest.mark.parametrize("taken_over", [False, True])
def test_a_worker_that_dies_after_sending_sends_again_and_counts_once(
    runtime: Runtime, settings: Settings, municipality: Municipality, *, taken_over: bool
) -> None:
    with runtime.system_unit("test") as uow:
        notify(uow, STAD, [municipality.accounts["af"]], new_id(), "verzonden")
    with web_server() as gateway:
        changed = _cloud(settings, gateway.port)
        with runtime.system_unit("test") as uow:
            claimed = bezorgen._claim(uow, K.CLOUDEVENT)
        send_cloudevent(claimed[0], changed)  # and then it died, before it could note it
        assert bezorgen.deliver(runtime.system_unit, K.CLOUDEVENT, send_cloudevent, changed) == 0, "the lease runs"
        _due_now(runtime)
        assert bezorgen.deliver(runtime.system_unit, K.CLOUDEVENT, send_cloudevent, changed) == 1
        if taken_over:  # or it was only slow, and notes its outcome after another did
            with runtime.system_unit("test") as uow:
                bezorgen._settle(uow, claimed[0], bezorgen.Uitkomst("te laat"))
    assert len(gateway.requests) == 2
    assert len({headers["idempotency-key"] for _, headers, _ in gateway.requests}) == 1, "the other side sees a repeat"
    (row,) = _rows(runtime, K.CLOUDEVENT)
    assert (row.status, row.fout, row.pogingen) == (Berichtstatus.VERZONDEN, None, 2)


def _cloud(settings: Settings, port: int) -> Settings:
    url = f"http://127.0.0.1:{port}/gebeurtenissen"
    return settings.model_copy(
        update={"cloudevents_url": url, "cloudevents_secret": _secret(), "cloudevents_oin": "00000001234567890000"}
    )


def _secret() -> object:
    return Settings.model_validate({"sms_webhook_secret": SECRET}).sms_webhook_secret


def test_an_event_and_an_sms_tell_that_there_is_something_and_nothing_more(
    runtime: Runtime, settings: Settings, municipality: Municipality
) -> None:
    thing, now = new_id(), datetime.now(UTC)
    with runtime.system_unit("test") as uow:
        shift = Piketdienst(
            gemeentecode=STAD,
            account_id=municipality.accounts["af"],
            nummer="0800 0000",
            van=now,
            tot=now + timedelta(hours=1),
        )
        uow.session.add(shift)
        uow.session.flush()
        notify(uow, STAD, [], thing, "verzonden")
        notify_shift(uow, shift, thing, "piket")
    with web_server() as gateway:
        changed = _cloud(settings, gateway.port).model_copy(
            update={"sms_webhook_url": f"http://127.0.0.1:{gateway.port}/sms", "sms_webhook_secret": _secret()}
        )
        bezorgen.deliver(runtime.system_unit, K.CLOUDEVENT, send_cloudevent, changed)
        bezorgen.deliver(runtime.system_unit, K.SMS, send_sms, changed)
    events = {path: (headers, body) for path, headers, body in gateway.requests}
    headers, body = events["/gebeurtenissen"]
    event = json.loads(body)
    assert headers["content-type"] == "application/cloudevents+json"
    assert set(event) == {"specversion", "id", "source", "type", "time", "dataref"}
    assert event["source"] == "urn:nld:oin:00000001234567890000:systeem:veldwacht"
    assert event["type"] == "nl.veldwacht.signaal.gewijzigd"
    assert event["dataref"].endswith(f"/v1/signalen/{thing}")
    headers, body = events["/sms"]
    assert json.loads(body)["aan"] == "0800 0000"
    assert json.loads(body)["tekst"] == "nieuw bericht"
    assert str(thing) not in body.decode()
    signed = hmac.new(SECRET.encode(), headers["veldwacht-moment"].encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers["veldwacht-handtekening"] == f"sha256={signed}"


def _read_push(body: bytes, private: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """What a browser reads (RFC 8291 from the receiving side)."""
    salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
    sender = body[21 : 21 + length]
    assert size >= len(body) - 21 - length
    own = private.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    shared = private.exchange(ec.ECDH(), point)
    secret = HKDF(hashes.SHA256(), 32, auth, b"WebPush: info\x00" + own + sender).derive(shared)
    key = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\x00").derive(secret)
    nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\x00").derive(secret)
    return AESGCM(key).decrypt(nonce, body[21 + length :], None)


@pytest.fixture
def vapid(settings: Settings, tmp_path: Path) -> Settings:
    """Settings with a VAPID key, and this machine as a push service."""
    path = tmp_path / "vapid.pem"
    key = ec.generate_private_key(ec.SECP256R1())
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    extra = {"vapid_private_key_file": path, "vapid_contact": "mailto:dienst@v.example", "push_hosts": ["127.0.0.1"]}
    return settings.model_copy(update=extra)


def test_a_push_is_exactly_the_neutral_text_and_a_browser_that_is_gone_is_forgotten(
    runtime: Runtime, service: Service, vapid: Settings, municipality: Municipality
) -> None:
    browser, auth = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
    point = browser.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    with web_server() as pushes, runtime.system_unit("test") as uow:
        row_id = new_id()
        uow.session.add(
            Pushabonnement(
                id=row_id,
                account_id=municipality.accounts["af"],
                vingerafdruk="x",
                adres=uow.seal(row_id, "adres", f"http://127.0.0.1:{pushes.port}/push/1"),
                sleutels=uow.seal(row_id, "sleutels", json.dumps({"p256dh": _b64(point), "auth": _b64(auth)})),
                gemaakt_op=uow.now,
            )
        )
    with web_server() as pushes:
        with runtime.system_unit("test") as uow:
            row = uow.session.exec(select(Pushabonnement)).one()
            row.adres = uow.seal(row.id, "adres", f"http://127.0.0.1:{pushes.port}/push/1")
            notify(uow, STAD, [municipality.accounts["af"]], new_id(), "verzonden", dringend=True)
        assert bezorgen.deliver(runtime.system_unit, K.WEBPUSH, send_push, vapid) == 1
        _, headers, body = pushes.requests[0]
        assert _read_push(body, browser, auth) == b"nieuw bericht\x02"
        token, _, public = headers["authorization"].removeprefix("vapid t=").partition(", k=")
        number = base64.urlsafe_b64decode(public + "==")
        point_of_service: dict[str, str | list[str]] = {
            "kty": "EC",
            "crv": "P-256",
            "x": _b64(number[1:33]),
            "y": _b64(number[33:65]),
        }
        claims = jwt.decode(token, ECKey.import_key(point_of_service)).claims
        assert claims["aud"] == f"http://127.0.0.1:{pushes.port}"
        assert headers["urgency"] == "high"
        pushes.status = 410
        with runtime.system_unit("test") as uow:
            notify(uow, STAD, [municipality.accounts["af"]], new_id(), "verzonden", dringend=True)
        bezorgen.deliver(runtime.system_unit, K.WEBPUSH, send_push, vapid)
    with runtime.system_unit("test", write=False) as uow:
        assert uow.session.exec(select(Pushabonnement)).all() == []
    shown = service.as_("beheerder").get("/berichten").json()["resultaten"]
    assert [row["fout"] for row in shown] == ["Geen van de browsers bestaat nog."]


def test_what_is_given_up_is_shown_to_the_manager_and_can_be_sent_again(
    runtime: Runtime, service: Service, settings: Settings
) -> None:
    with runtime.system_unit("test") as uow:
        partner = Partner(
            gemeentecode=STAD,
            soort=Partnersoort.POLITIE,
            naam="Team",
            aliassen=[],
            vormen=[],
            kanaal="team@politie.example",
            geldig_vanaf=date(2020, 1, 1),
        )
        uow.session.add(partner)
        uow.session.flush()
        thing = new_id()
        assert notify_partner(uow, STAD, Partnersoort.POLITIE, thing, "politie")
        assert not notify_partner(uow, STAD, Partnersoort.VEILIG_THUIS, thing, "vt")
    with mail_server(free_port()) as taken:
        taken.unknown.add("team@politie.example")
        changed = settings.model_copy(
            update={
                "smtp_host": "127.0.0.1",
                "smtp_port": taken.port,
                "smtp_tls": Smtptls.GEEN,
                "smtp_from": "dienst@v.example",
            }
        )
        bezorgen.deliver(runtime.system_unit, K.EMAIL, send_mail, changed)
        manager = service.as_("beheerder")
        (shown,) = manager.get("/berichten").json()["resultaten"]
        assert (shown["status"], shown["kanaal"], shown["pogingen"]) == ("niet-bezorgd", "e-mail", 1)
        assert "politie" not in json.dumps(shown)
        assert str(thing) not in json.dumps(shown)
        assert service.as_("af").get("/berichten").status_code == 403
        taken.unknown.clear()
        assert manager.post(f"/berichten/{shown['id']}/_opnieuw").json()["status"] == "wacht"
        assert manager.post(f"/berichten/{shown['id']}/_opnieuw").status_code == 409
        bezorgen.deliver(runtime.system_unit, K.EMAIL, send_mail, changed)
        assert len(taken.mails) == 1


def test_own_settings_and_browsers_only(service: Service) -> None:
    af = service.as_("af")
    standard = af.get("/berichtinstellingen").json()
    assert (standard["kanalen"], standard["pushSleutel"]) == (["webpush"], None)
    assert af.put("/berichtinstellingen", json={"kanalen": ["e-mail"]}).status_code == 400
    assert af.put("/berichtinstellingen", json={"kanalen": ["sms"]}).status_code == 400
    chosen = {"kanalen": ["e-mail", "webpush"], "postbus": "af@voorbeeldstad.example"}
    assert af.put("/berichtinstellingen", json=chosen).json()["kanalen"] == ["e-mail", "webpush"]
    keys = {"p256dh": "B" * 87, "auth": "a" * 22}
    known = {"endpoint": "https://updates.push.services.mozilla.com/wpush/v2/abc", **keys}
    for elsewhere in (
        "https://example.org/x",
        "http://127.0.0.1:5432/x",
        "https://push.apple.com.example.org/x",
        "http://fcm.googleapis.com/x",
        "https://user@fcm.googleapis.com/x",
        "https://fcm.googleapis.com:22/x",
    ):
        assert af.post("/pushabonnementen", json={**known, "endpoint": elsewhere}).status_code == 400
    first = af.post("/pushabonnementen", json=known)
    assert first.status_code == 201
    assert "mozilla" not in first.text
    assert af.post("/pushabonnementen", json=known).json()["id"] == first.json()["id"]
    path = f"/pushabonnementen/{first.json()['id']}"
    assert service.as_("af-zorg").delete(path).status_code == 404
    assert af.delete(path).status_code == 204
    assert af.delete(path).status_code == 404


def test_waiting_grows_and_a_day_is_survived() -> None:
    waits = [wait_before_retry(number, 0.5, dringend=False) for number in range(1, HOOGSTE_POGINGEN)]
    known = [wait for wait in waits if wait is not None]
    assert known == sorted(known)
    assert sum(known, timedelta()) > timedelta(hours=26)
    assert wait_before_retry(HOOGSTE_POGINGEN, 0.5, dringend=False) is None
    urgent = wait_before_retry(30, 0.999, dringend=True)
    assert urgent is not None
    assert urgent <= timedelta(minutes=3)
    assert timedelta(minutes=1) < LEASE


def test_mail_without_tls_never_leaves_the_machine(settings: Settings) -> None:
    changed = settings.model_copy(
        update={"smtp_host": "mail.example", "smtp_tls": Smtptls.GEEN, "smtp_from": "dienst@v.example"}
    )
    zending = Zending(new_id(), K.EMAIL, new_id(), datetime.now(UTC), dringend=False, poging=1, adressen=())
    with pytest.raises(Onbezorgd, match="zonder TLS"):
        send_mail(zending, changed)
