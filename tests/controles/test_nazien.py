"""What judges the fault figures finds each kind of fault itself: a checker that cannot fail proves nothing."""

from typing import Any
from uuid import UUID

from app.controles.tables import Controlegebeurtenis, Ronde
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from bench.nazien import event_faults, told
from tests.controles.conftest import Field, Tablet


def test_the_checker_of_the_fault_figures_finds_what_is_wrong(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    controle = veld.plan("HOR")
    ronde = {"gebied": "Teststraat", "van": "2026-11-20T10:00:00Z", "tot": "2026-11-20T11:00:00Z"}

    def loose(soort: str, inhoud: dict[str, Any]) -> dict[str, Any]:
        return {**tablet.event(soort, new_id(), inhoud), "controleId": None}

    events = [
        tablet.answers(controle, {"ARB-04": "ja"}),
        tablet.answers(controle, {"ARB-04": "nee"}),
        loose("ronde", ronde),
        loose("signaal", {"gemeentecode": "GM9901"}),
        loose("acuut", {}),
    ]
    tablet.send(*events)
    entered = {event["gebeurtenisId"]: event for event in events}

    def faults() -> set[str]:
        return {name for name, number in event_faults(runtime, entered, entered.keys()).items() if number}

    assert (faults(), told({"photos lost": 0})) == (set(), "0 lost, 0 double, all as it was sent")
    never_sent = tablet.answers(controle, {"ARB-04": "ja"})
    entered[never_sent["gebeurtenisId"]] = never_sent
    assert faults() == {"acknowledged lost", "other answers"}
    del entered[never_sent["gebeurtenisId"]]
    for soort, name in ((2, "rounds lost or double"), (3, "signals lost or double"), (4, "acute signals double")):
        kept = entered.pop(events[soort]["gebeurtenisId"])
        assert faults() == {name, "from nowhere"}
        entered[kept["gebeurtenisId"]] = kept
    with runtime.system_unit("test") as uow:
        uow.session.delete(uow.session.get_one(Ronde, UUID(events[2]["gebeurtenisId"])))
        uow.session.get_one(Controlegebeurtenis, UUID(events[0]["gebeurtenisId"])).sha256 = "0" * 64
    assert faults() == {"rounds lost or double", "with another digest"}
    tablet.send({**events[1], "inhoud": {"antwoorden": {}}})
    assert "in quarantine" in faults()
