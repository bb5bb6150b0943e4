"""State × action × role over real HTTP: what table G allows works, all else is refused in Dutch, never with an error of the service."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import col

from app.core.runtime import Runtime
from app.gemeenten.status import Partnersoort
from app.signalen.rules.overgangen import find_transition
from app.signalen.status import Actie, Overdrachtkanaal, Overdrachtstatus, Signaalstatus
from app.signalen.tables import Overdracht, Signaal
from tests.support.municipality import BUUR, STAD
from tests.support.service import Service
from tests.support.signaalstappen import TRIAGE, Walk, share, store_partners
from tests.support.signalen import Field

S, A = Signaalstatus, Actie
STATES = [status for status in S if status is not S.CONCEPT]
ROLES = {"af": True, "teamleider": False, "toezichthouder": False, "planner": False, "beheerder": False}
PATHS = {
    A.ONTVANGEN: "ontvangen",
    A.VERRIJKEN: "verrijken",
    A.TRIEREN: "trieren",
    A.UITZETTEN: "uitzetten",
    A.IN_BEHANDELING_NEMEN: "behandelen",
    A.MONITOREN: "monitoren",
    A.SLUITEN: "sluiten",
    A.SAMENVOEGEN: "samenvoegen",
    A.HEROPENEN: "heropenen",
    A.URGENTIE_WIJZIGEN: "urgentie",
    A.ZC_INLICHTEN: "zorginlichten",
    A.OVERDRAGEN_AF: "overdragen",
    A.VERWIJDEREN_VOOR_TERMIJN: "verwijderen",
    A.VRIJGEVEN: "vrijgeven",
    A.AFSCHERMEN: "afschermen",
}


@pytest.mark.requirement("ROL-01")
@pytest.mark.parametrize("status", STATES)
def test_each_action_in_each_state(field: Field, service: Service, runtime: Runtime, status: Signaalstatus) -> None:
    partners = store_partners(runtime, Partnersoort.ARBEIDSINSPECTIE)
    walk, other = (Walk(service, field.objects["HOR"]) for _ in range(2))
    for actie, path in PATHS.items():
        handed = _put(runtime, walk, status)
        body = _body(actie, walk, other, partners[Partnersoort.ARBEIDSINSPECTIE], handed)
        for sub, may in ROLES.items():
            if not may:
                assert walk.step(path, body, sub=sub).status_code == 403, (actie, sub)
        answer = walk.step(path, body)
        allowed = find_transition(status, actie) is not None
        assert answer.status_code in ({200, 202} if allowed else {409}), (status, actie, answer.text)
        if not allowed:
            assert status in answer.json()["detail"]
            assert walk.read()["status"] == status


def _put(runtime: Runtime, walk: Walk, status: Signaalstatus) -> str:
    """Puts the signal in this state as if it came there by the ordinary road; answers the id of its hand-over."""
    with runtime.system_unit("test") as uow:
        values: dict[str, Any] = {
            "status": status,
            "vormen": ["arbeid"],
            "urgentie": "acuut",
            "getrieerd_op": None,
            "zc_geinformeerd_op": uow.now,
            "gesloten_op": uow.now if status is S.GESLOTEN else None,
            "sluitcode": "C7" if status is S.GESLOTEN else None,
        }
        row = uow.session.get(Signaal, UUID(walk.id))
        assert row is not None
        uow.session.exec(update(Signaal).where(col(Signaal.id) == row.id).values(**values))
        handed = Overdracht(
            signaal_id=row.id, gemeentecode=STAD, partnersoort="overig", regel="test", grondslag="convenant", velden=[],
            kanaal=Overdrachtkanaal.STEM, kenmerk="VW-1", status=Overdrachtstatus.VERZONDEN, gemaakt_door=row.indiener,
            gemaakt_op=uow.now,
        )  # fmt: skip
        uow.session.add(handed)
        return str(handed.id)


def _body(actie: Actie, walk: Walk, other: Walk, partner: str, handed: str) -> dict[str, Any]:
    today = datetime.now(UTC).date()
    bodies: dict[Actie, dict[str, Any]] = {
        A.VERRIJKEN: {"doel": "Nagaan wat bekend is."},
        A.TRIEREN: {**TRIAGE, "urgentie": "acuut"},
        A.UITZETTEN: {"overdrachten": [share(partner)]},
        A.IN_BEHANDELING_NEMEN: {"overdrachtId": handed, "partnerkenmerk": "P-12"},
        A.MONITOREN: {"herzienOp": (today + timedelta(days=30)).isoformat()},
        A.SLUITEN: walk.closing(),
        A.SAMENVOEGEN: {"leidendId": other.id},
        A.HEROPENEN: {"nieuwFeit": "Een nieuwe melding."},
        A.URGENTIE_WIJZIGEN: {"urgentie": "acuut", "reden": "Gevaar."},
        A.ZC_INLICHTEN: {"geinformeerdOp": (datetime.now(UTC) - timedelta(minutes=1)).isoformat()},
        A.OVERDRAGEN_AF: {"gemeentecode": BUUR},
        A.AFSCHERMEN: {"gaatOver": "bestuurder", "betrokkenDomein": "zorg"},
        A.VRIJGEVEN: {"brpMarkering": True, "brief": False, "huisbezoek": False},
        A.VERWIJDEREN_VOOR_TERMIJN: {"reden": "Onjuist vastgelegd."},
    }
    return bodies.get(actie, {})
