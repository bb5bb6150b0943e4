"""A signal walked through its steps over HTTP, as the AF's screen does."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.status import Partnersoort
from app.gemeenten.tables import Partner
from tests.support.municipality import STAD
from tests.support.service import Service

TRIAGE = {
    "vormen": ["arbeid"],
    "urgentie": "regulier",
    "mogelijkMinderjarig": "nee",
    "zcInlichten": True,
    "acuteOnveiligheid": False,
    "structureleOnveiligheid": True,
}
GEEN_TERUGKOPPELING = {"nietMogelijk": "anoniem"}


def store_partners(runtime: Runtime, *soorten: Partnersoort, tot: date | None = None) -> dict[str, str]:
    """A partner of each kind in Voorbeeldstad; answers their ids by kind."""
    made = {}
    with runtime.system_unit("test") as uow:
        for soort in soorten:
            partner = Partner(
                gemeentecode=STAD, soort=soort, naam=soort.value, aliassen=[], vormen=[], grondslag="convenant",
                geldig_vanaf=date(2020, 1, 1), geldig_tot=tot,
            )  # fmt: skip
            uow.session.add(partner)
            made[soort.value] = str(partner.id)
    return made


class Walk:
    """One signal and the AF who works on it."""

    def __init__(self, service: Service, object_id: UUID, **changes: object) -> None:
        self.service = service
        body = {"id": str(new_id()), "objectId": str(object_id), **changes}
        answer = service.as_("toezichthouder").post("/signalen", json=body)
        assert answer.status_code == 201, answer.text
        self.id = answer.json()["id"]

    def read(self, sub: str = "af") -> dict[str, Any]:
        """The signal now."""
        answer = self.service.as_(sub).get(f"/signalen/{self.id}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def etag(self) -> str:
        """The ETag of the present version."""
        return self.service.as_("af").get(f"/signalen/{self.id}").headers["ETag"]

    def step(self, name: str, body: dict[str, Any] | None = None, sub: str = "af", etag: str = "") -> httpx.Response:
        """One step, at the present version unless told otherwise."""
        headers = {"If-Match": etag or self.etag()}
        return self.service.as_(sub).post(f"/signalen/{self.id}/_{name}", json=body or {}, headers=headers)

    def done(self, name: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """One step that must be done at once."""
        answer = self.step(name, body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def triaged(self, **changes: object) -> "Walk":
        """Received, triaged."""
        self.done("ontvangen")
        self.done("trieren", {**TRIAGE, **changes})
        return self

    def care(self) -> "Walk":
        """The zorgcoördinator was informed a minute ago."""
        moment = datetime.now(UTC) - timedelta(minutes=1)
        self.done("zorginlichten", {"geinformeerdOp": moment.isoformat(), "kanaal": "mondeling"})
        return self

    def closing(self, **changes: object) -> dict[str, Any]:
        """What closing asks."""
        today = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
        return {"sluitcode": "C7", "overlegOp": today, "terugkoppeling": GEEN_TERUGKOPPELING, **changes}

    def decide(self, verzoek: dict[str, Any], how: str = "akkoord", sub: str = "af-zorg") -> httpx.Response:
        """The answer of a second person."""
        headers = {"If-Match": f'"{verzoek["versie"]}"'}
        body = {"reden": "Eerst nog navragen."} if how == "weigeren" else None
        return self.service.as_(sub).post(f"/vierogenverzoeken/{verzoek['id']}/_{how}", json=body, headers=headers)

    def closed(self, **changes: object) -> "Walk":
        """Closed by two."""
        asked = self.step("sluiten", self.closing(**changes))
        assert asked.status_code == 202, asked.text
        answer = self.decide(asked.json()["verzoek"])
        assert answer.status_code == 200, answer.text
        assert answer.json()["status"] == "akkoord"
        return self


def share(partner_id: str, grond: str = "publieke-taak-opsporing", *velden: str) -> dict[str, Any]:
    """One recipient of a hand-over."""
    return {"partnerId": partner_id, "grond": grond, "velden": list(velden or ("adres-vorm-urgentie",))}
