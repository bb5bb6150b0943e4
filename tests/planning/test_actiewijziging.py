"""An integral action that a planner moves or adds: every rule that it breaks is told at once (CAD-04, CAD-05)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from app.planning.rules.actiewijziging import Actievoorstel, actie_faults

DAG = date(2027, 3, 3)
POLITIE, NLA, VREEMD = UUID(int=1), UUID(int=2), UUID(int=3)
GOED = Actievoorstel(
    datum=DAG,
    partners=[POLITIE],
    beschikbaar={POLITIE: {DAG}, NLA: set()},
    namen={POLITIE: "politie", NLA: "NLA"},
    andere=[DAG - timedelta(days=28), DAG + timedelta(days=28)],
    tussentijd=28,
    adressen=3,
    grenzen=(3, 8),
    vandaag=DAG,
    periode=(DAG, DAG + timedelta(days=30)),
)


def test_what_keeps_every_rule_is_allowed_to_the_day() -> None:
    assert actie_faults(GOED) == []
    assert [field for field, _ in actie_faults(replace(GOED, tussentijd=29))] == ["datum"]
    assert [field for field, _ in actie_faults(replace(GOED, adressen=9))] == ["objectIds"]
    assert [field for field, _ in actie_faults(replace(GOED, vandaag=DAG + timedelta(days=1)))] == ["datum"]


def test_all_faults_come_at_once_and_name_the_partner() -> None:
    wrong = replace(
        GOED,
        datum=DAG - timedelta(days=1),
        partners=[POLITIE, NLA, VREEMD, POLITIE],
        andere=[DAG],
        adressen=2,
    )
    faults = actie_faults(wrong)
    assert [field for field, _ in faults] == [
        "datum",
        "datum",
        "datum",
        "partnerIds.0",
        "partnerIds.1",
        "partnerIds.2",
        "partnerIds.3",
        "objectIds",
    ]
    texts = dict(faults)
    assert (
        texts["partnerIds.1"] == "NLA is niet beschikbaar op 02-03-2027; in deze periode is er geen dag die dat wel kan"
    )
    moved = replace(GOED, datum=DAG - timedelta(days=1), andere=[])
    assert dict(actie_faults(moved))["partnerIds.0"].endswith(f"; wel bijvoorbeeld op {DAG:%d-%m-%Y}")
    assert "geen partner" in texts["partnerIds.2"]
    assert texts["partnerIds.3"] == "staat er twee keer in"
    assert [field for field, _ in actie_faults(replace(GOED, partners=[]))] == ["partnerIds"]
