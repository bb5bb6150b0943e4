"""Two tablets with one id (a copied profile, or one put back from a backup): nothing lost, both kept, told once (design section 5)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from app.controles.rules.samenvoegen import Stand, Stempel
from app.controles.service import werkset
from app.controles.service.toegang import sender
from app.controles.tables import Controlegebeurtenis
from app.core.runtime import Runtime
from app.gemeenten.tables import Taak
from tests.controles.conftest import Field, Tablet, signals
from tests.support.service import Service

REPORT: dict[str, Any] = {"appversie": "1.0.0", "wachtrij": 0}


def stand(runtime: Runtime, controle_id: UUID) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """The answers that stand, and those that differ."""
    with runtime.system_unit("test", write=False) as uow:
        found = werkset.load(uow, sender(uow), [controle_id]).gevallen[controle_id].stand
        return found.values(), found.conflicts()


def tasks(runtime: Runtime, soort: str) -> list[Taak]:
    with runtime.system_unit("test", write=False) as uow:
        return list(uow.session.exec(select(Taak).where(Taak.soort == soort)).all())


def test_two_copies_differ_and_both_answers_stay(
    veld: Field, tablet: Tablet, service: Service, runtime: Runtime
) -> None:
    controle, url = veld.plan("HOR"), f"/apparaten/{tablet.apparaat}"
    tablet.send(tablet.event("controle-gestart", controle))
    told = tablet.client.put(url, json=REPORT).json()
    assert told["nieuwKenmerk"] is False
    copy = replace(tablet, client=service.as_("toezichthouder-2"), clock=tablet.clock + timedelta(minutes=1))
    copy.send(copy.answers(controle, {"ARB-04": "ja", "ENT-01": 4}))
    assert tasks(runtime, "tablet-gekopieerd") == []
    tablet.send(tablet.event("uitgecheckt", controle))  # the number is used twice, for something else
    tablet.send(
        tablet.answers(controle, {"ARB-04": "nee"})
    )  # a later number, entered earlier: not a correction of the copy
    assert stand(runtime, controle) == ({"ARB-04": "ja", "ENT-01": 4}, {"ARB-04": ["nee"]})
    assert len(tasks(runtime, "antwoorden-verschillen")) == 1
    again = copy.answers(controle, {"ENT-01": 9})
    copy.send(again)
    copy.send(again)
    [task] = tasks(runtime, "tablet-gekopieerd")
    assert (task.onderwerp_id, task.voor_rol, task.gemeentecode) == (tablet.apparaat, "teamleider", "GM9901")
    shown = service.as_("teamleider").get("/taken").json()["resultaten"]
    assert [row["omschrijving"][:38] for row in shown if row["soort"] == "tablet-gekopieerd"] == [
        "Twee tablets gebruiken hetzelfde kenme"
    ]
    assert tablet.client.put(url, json=REPORT).json()["nieuwKenmerk"] is True
    assert service.as_("teamleider").get(url).json()["kopieOp"] is not None
    changed = tablet.client.get("/synchronisaties/wijzigingen").json()["controles"][0]["antwoorden"]
    assert {row["apparaatId"] for row in changed} == {str(tablet.apparaat)}  # how it stands apart is not told


def test_the_order_of_arrival_decides_nothing(veld: Field, service: Service, runtime: Runtime) -> None:
    """The copy writes at two controls; its twin at one: whatever comes first, the same stands and differs."""
    outcomes = []
    for order in ((0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2), (2, 0, 3, 1)):
        first, second = veld.plan("HOR"), veld.plan("SEKS")
        one = Tablet(service.as_("toezichthouder"), nr=50)
        two = replace(one, clock=one.clock + timedelta(minutes=5))
        events = [
            two.answers(first, {"ARB-04": "ja"}),
            one.answers(second, {"ARB-04": "ja"}),
            one.answers(first, {"ARB-04": "nee"}),
            two.answers(second, {"ARB-01": "nee"}),
        ]
        for nr in order:
            one.send(events[nr])
        outcomes.append([stand(runtime, first), stand(runtime, second)])
    assert outcomes == [[({"ARB-04": "ja"}, {"ARB-04": ["nee"]}), ({"ARB-04": "ja", "ARB-01": "nee"}, {})]] * 4


def test_a_tablet_put_back_from_a_backup(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    """It counts again from where the backup was made: what is entered now is no earlier answer, and danger goes on."""
    controle = veld.plan("HOR")
    back = tablet.nr
    tablet.send(*[tablet.answers(controle, {"ARB-04": answer}) for answer in ("ja", "nee", "ja")])
    tablet.nr = back
    tablet.send(tablet.answers(controle, {"ARB-04": "nee"}), tablet.event("acuut", controle))
    values, differ = stand(runtime, controle)
    assert (values, "ja" in differ["ARB-04"]) == ({"ARB-04": "nee"}, True)
    assert [row["urgentie"] for row in signals(runtime)] == ["acuut"]


def test_an_answer_that_a_copy_took_back_is_told(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    controle = veld.plan("HOR")
    copy = replace(tablet)
    tablet.send(tablet.answers(controle, {"ARB-04": "ja"}), tablet.answers(controle, {"ARB-04": None}))
    assert stand(runtime, controle) == ({}, {})
    copy.send(copy.answers(controle, {"ARB-01": "nee"}), copy.answers(controle, {"ARB-01": "nee"}))
    values, differ = stand(runtime, controle)
    assert (values["ARB-04"], differ) == ("ja", {"ARB-04": [None]})  # nobody knows whose it was: a person looks


@pytest.mark.parametrize("known", [True, False])
def test_copies_that_did_not_see_each_other_are_found_at_a_report(
    veld: Field, tablet: Tablet, runtime: Runtime, known: bool
) -> None:
    controle, url = veld.plan("HOR"), f"/apparaten/{tablet.apparaat}"
    if known:
        tablet.client.put(url, json=REPORT)
    tablet.send(tablet.answers(controle, {"ARB-04": "ja"}))
    other = tablet.answers(controle, {"ARB-04": "nee"})
    tablet.send(other)
    with runtime.system_unit("test") as uow:  # as two deliveries that were committed at one moment leave it
        uow.session.get_one(Controlegebeurtenis, UUID(other["gebeurtenisId"])).volgnummer = 1
    assert tablet.client.put(url, json=REPORT).json()["nieuwKenmerk"] is True
    assert len(tasks(runtime, "tablet-gekopieerd")) == 1
    assert stand(runtime, controle) == ({"ARB-04": "nee"}, {"ARB-04": ["ja"]})


def test_an_answer_under_a_number_of_its_own_that_takes_back_one_that_stands_apart_is_told() -> None:
    stand, later = Stand(), "2026-11-22T10:00:07.000+00:00"
    stand.answer(Stempel("tablet", 10, "2026-11-22T10:00:00.000+00:00").apart("een"), {"ARB-04": "ja"})
    stand.answer(Stempel("tablet", 20, later), {"ARB-04": None})
    assert stand.values() == {"ARB-04": "ja"}
    assert stand.conflicts() == {"ARB-04": [None]}
    stand.answer(Stempel("ander", 1, later), {"ARB-01": None})
    stand.answer(Stempel("tablet", 21, later), {"ARB-01": "nee"})
    assert "ARB-01" not in stand.conflicts()
