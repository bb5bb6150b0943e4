"""The field of Voorbeeldstad: one object of each type, partners, norms, and a tablet that speaks the protocol."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlmodel import col, select

from app.controles.service.planning import ControlePlan, plan_controles, release_controles
from app.controles.status import Aanleiding, Controlestatus
from app.controles.tables import Controle
from app.core.clock import business_date, utc_now
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.status import Partnersoort
from app.gemeenten.tables import Norm, Partner
from app.objecten.status import Objecttype
from app.objecten.tables import Adres, Object
from app.signalen.service.opvoeren import read_reasons
from app.signalen.tables import Signaal
from tests.support.municipality import BUUR, STAD, Municipality
from tests.support.service import Service

LONG_AGO = date(2020, 1, 1)
KERN = {
    "SEKS": {"BEV-02": "ja", "BEV-11": "nvt", "BEV-13": "nee", "ENT-12": "nee", "ENT-13": "nee", "ENT-21": "nee"}
    | {"IDE-06": "nee", "IDE-07": "nee", "ARB-01": "nee", "ARB-02": "nee", "ARB-03": ["geen"], "ARB-04": "nee"}
    | {"ARB-05": "nee", "ARB-26": "nee", "ARB-27": "nee"},
}


def today() -> date:
    return business_date(utc_now())


@dataclass
class Field:
    """Ids of what is stored."""

    runtime: Runtime
    municipality: Municipality
    objecten: dict[str, UUID] = field(default_factory=dict)
    partners: dict[str, UUID] = field(default_factory=dict)

    def plan(self, key: str, datum: date | None = None, *, release: bool = True, **more: Any) -> UUID:  # noqa: ANN401 - whatever a test sends
        """A control on the plan of the team, released unless said otherwise."""
        ronde = new_id()
        plan = ControlePlan(
            object_id=self.objecten[key],
            team_id=more.pop("team_id", self.municipality.teams["toezicht"]),
            datum=datum or today(),
            planronde_id=ronde,
            aanleiding=more.pop("aanleiding", Aanleiding.NORM),
            **more,
        )
        with self.runtime.system_unit("test") as uow:
            made = plan_controles(uow, [plan])[0]
            if release:
                release_controles(uow, ronde)
        return made

    def release(self, controle_id: UUID) -> None:
        """Releases a control that a tablet made, as if police and OM had agreed."""
        with self.runtime.system_unit("test") as uow:
            uow.session.get_one(Controle, controle_id).status = Controlestatus.VRIJGEGEVEN


@dataclass
class Tablet:
    """One device: makes events and sends them."""

    client: httpx.Client
    apparaat: UUID = field(default_factory=uuid4)
    nr: int = 0
    clock: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(minutes=30))

    def event(self, soort: str, controle_id: UUID, inhoud: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a test sends
        self.nr += 1
        self.clock += timedelta(seconds=1)
        return {
            "gebeurtenisId": str(new_id()),
            "controleId": str(controle_id),
            "soort": soort,
            "apparaatId": str(self.apparaat),
            "volgnummer": self.nr,
            "apparaatTijd": self.clock.isoformat(),
            "klokVerschil": 0,
            "inhoud": inhoud or {},
            **more,
        }

    def answers(self, controle_id: UUID, antwoorden: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a test sends
        return self.event("antwoorden", controle_id, {"antwoorden": antwoorden, **more})

    def whole(self, controle_id: UUID, antwoorden: dict[str, Any]) -> list[dict[str, Any]]:
        """Start, with consent where that is asked, answers and the tap 'wij zijn vertrokken'."""
        return [
            self.event("controle-gestart", controle_id, {"grond": "toestemming van een bewoner"}),
            self.answers(controle_id, antwoorden),
            self.event("controle-afgerond", controle_id),
        ]

    def send(self, *events: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - whatever a test sends
        body = json.dumps({"gebeurtenissen": list(events)})  # escaped, so that half a surrogate pair can be sent too
        answer = self.client.post("/synchronisaties", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 200, answer.text
        results: list[dict[str, Any]] = answer.json()["resultaten"]
        assert len(results) == len(events)
        return results


@pytest.fixture
def veld(runtime: Runtime, municipality: Municipality) -> Field:
    made = Field(runtime, municipality)
    with runtime.system_unit("test") as uow:
        for gemeente in (STAD, BUUR):
            for nr, soort in enumerate(Objecttype, start=1):
                adres = Adres(
                    gemeentecode=gemeente,
                    straat="Teststraat",
                    huisnummer=nr,
                    postcode="9999ZZ",
                    woonplaats="Voorbeeldstad",
                )
                uow.session.add(adres)
                uow.session.flush()
                plek = Object(
                    gemeentecode=gemeente,
                    nummer=f"{soort}-{nr}",
                    type=soort,
                    naam=f"Object {soort}",
                    adres_id=adres.id,
                    bron="test",
                )
                uow.session.add(plek)
                made.objecten[soort.value if gemeente == STAD else f"buur-{soort.value}"] = plek.id
        for key, kind, tot in (
            ("politie", Partnersoort.POLITIE, None),
            ("nla", Partnersoort.ARBEIDSINSPECTIE, None),
            ("oud", Partnersoort.BELASTINGDIENST, LONG_AGO + timedelta(days=30)),
        ):
            partner = Partner(
                gemeentecode=STAD,
                soort=kind,
                naam=f"Partner {key}",
                aliassen=[],
                vormen=[],
                geldig_vanaf=LONG_AGO,
                geldig_tot=tot,
            )
            uow.session.add(partner)
            made.partners[key] = partner.id
        for sleutel, waarde in (("OVERBEWONING_WONING_M2", 12.0), ("RISICOADRES_DAGEN", 14.0)):
            uow.session.add(
                Norm(gemeentecode=STAD, sleutel=sleutel, waarde=waarde, eenheid="", geldig_vanaf=LONG_AGO, bron="test")
            )
    return made


@pytest.fixture
def tablet(service: Service, veld: Field) -> Tablet:  # noqa: ARG001 - the objects must be stored
    return Tablet(service.as_("toezichthouder"))


def signals(runtime: Runtime) -> list[dict[str, Any]]:
    """All signals, with their reasons readable."""
    with runtime.system_unit("test", write=False) as uow:
        rows = uow.session.exec(select(Signaal).order_by(col(Signaal.ontstaan_op))).all()
        return [{**row.model_dump(), "redenen": read_reasons(uow, row)} for row in rows]
