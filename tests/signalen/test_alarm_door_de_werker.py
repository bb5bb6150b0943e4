"""The whole way of an alarm: a signal over HTTP, the worker as it is deployed, a real mail server and a real SMS gateway (ROL-24)."""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.settings import ROOT, Settings
from app.gemeenten.rules.berichten import TEKST
from app.gemeenten.tables import Berichtinstelling, Piketdienst
from tests.support.kanalen import free_port, mail_server, web_server
from tests.support.municipality import STAD
from tests.support.service import Service
from tests.support.signalen import Field


@pytest.mark.requirement("ROL-24")
def test_an_acute_signal_rings_and_mails_through_the_worker_process(
    field: Field, runtime: Runtime, settings: Settings, service: Service
) -> None:
    now, af = datetime.now(UTC), field.accounts["af"]
    with runtime.system_unit("test") as uow:
        uow.session.add(Berichtinstelling(account_id=af, kanalen=["e-mail"], postbus="af@voorbeeldstad.example"))
        van, tot = now - timedelta(hours=1), now + timedelta(hours=8)
        uow.session.add(
            Piketdienst(gemeentecode=STAD, account_id=af, rang=1, nummer="0800 0001", van=van, tot=tot, getest_op=now)
        )
    with mail_server(free_port()) as mail, web_server() as gateway:
        environment = {
            **os.environ,
            "VELDWACHT_STEMPEL": "demo",
            "VELDWACHT_DATABASE_URL": settings.database_url.get_secret_value(),
            "VELDWACHT_KEY_RING_FILE": str(settings.key_ring_file),
            "VELDWACHT_SMTP_HOST": "127.0.0.1",
            "VELDWACHT_SMTP_PORT": str(mail.port),
            "VELDWACHT_SMTP_TLS": "geen",
            "VELDWACHT_SMTP_FROM": "veldwacht@voorbeeldstad.example",
            "VELDWACHT_SMS_WEBHOOK_URL": f"http://127.0.0.1:{gateway.port}/sms",
            "VELDWACHT_SMS_WEBHOOK_SECRET": "geheim van de poort",
        }
        body = {"id": str(new_id()), "objectId": str(field.objects["HOR"]), "urgentie": "acuut"}
        assert service.as_("toezichthouder").post("/signalen", json=body).status_code == 201
        worker = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "werker"], env=environment, cwd=ROOT, stderr=subprocess.DEVNULL
        )
        try:
            until = time.monotonic() + 60
            while time.monotonic() < until and not (mail.mails and gateway.requests):
                time.sleep(0.1)
        finally:
            worker.terminate()
            worker.wait(20)
    assert [receiver for receiver, _ in mail.mails] == ["af@voorbeeldstad.example"]
    assert TEKST in mail.mails[0][1]
    told = [json.loads(content) for _, _, content in gateway.requests]
    assert [(row["aan"], row["tekst"], row["dringend"]) for row in told] == [("0800 0001", TEKST, True)]
