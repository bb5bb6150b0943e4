"""What waits keeps what counts of it, and one row that cannot be read never stops the rest (design section 5)."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, delete, select

from app.controles.service.quarantainebewaren import forget_what_waited
from app.controles.service.tabletbewaren import forget_of_tablets
from app.controles.tables import Apparaat, Controle, Controlegebeurtenis, Quarantaine, Sleutelhelft, Tabletsleutel
from app.controles.tasks import apply_what_waited
from app.core.caller import SYSTEM_ID
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.tables import Datasleutel, Kenmerk
from app.core.text_filter import check_text
from app.gemeenten.service.bewaarklok import LAATST
from app.gemeenten.tables import Vernietigingsverslag
from tests.controles.conftest import Field, Tablet, signals
from tests.objecten.stock import set_norm
from tests.support.municipality import Municipality

NUMBER = 12345678
PHONE = f"bel 06-{NUMBER}"  # put together, so that no number stands in the repository


def waiting(runtime: Runtime) -> list[dict[str, Any]]:
    with runtime.system_unit("test", write=False) as uow:
        rows = uow.session.exec(select(Quarantaine).where(col(Quarantaine.opgelost_op).is_(None))).all()
        return [json.loads(uow.unseal(row.id, "inhoud", row.inhoud)) for row in rows]


def plan_version(runtime: Runtime, controle: UUID) -> str | None:
    with runtime.system_unit("test", write=False) as uow:
        return uow.session.exec(select(Controle.bedrijfsplan_versie).where(Controle.id == controle)).one()


def test_a_choice_that_waited_counts_although_its_words_were_refused(
    veld: Field, tablet: Tablet, runtime: Runtime
) -> None:
    controle = new_id()
    choice = tablet.event("keuze", controle, {"keuze": "signaal", "reden": PHONE})
    start = tablet.event("controle-gestart", controle)
    finish = tablet.event("controle-afgerond", controle, {"bedrijfsplanVersie": PHONE})
    assert {result["status"] for result in tablet.send(start, choice, finish)} == {"quarantaine"}
    assert "12345678" not in json.dumps(waiting(runtime))
    tablet.send(tablet.event("controle-aangemaakt", controle, {"objectId": str(veld.objecten["SEKS"])}))
    assert waiting(runtime) == []
    made = signals(runtime)
    assert [(s["controle_id"], s["urgentie"]) for s in made] == [(controle, "regulier")]
    assert "12345678" not in str(made)


def test_nothing_of_a_waiting_event_is_cut_off(tablet: Tablet, runtime: Runtime, veld: Field) -> None:  # noqa: ARG001 - the field must stand
    long_text = "De keuken was schoon. " * 6_000
    big = tablet.answers(new_id(), {"ENT-22": long_text})
    newer = {**tablet.event("controle-gestart", new_id()), "antwoorden": {"BEV-13": "ja"}, "notitie": PHONE}
    assert [result["status"] for result in tablet.send(big, newer)] == ["quarantaine"] * 2
    kept = {row["gebeurtenisId"]: row for row in waiting(runtime)}
    assert kept[big["gebeurtenisId"]]["inhoud"]["antwoorden"]["ENT-22"] == long_text
    assert kept[newer["gebeurtenisId"]]["antwoorden"] == {"BEV-13": "ja"}
    assert kept[newer["gebeurtenisId"]]["notitie"] == {"geweigerd": ["telefoonnummer"]}


def test_a_row_that_cannot_be_read_does_not_stop_the_sweep(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    lost, found = new_id(), new_id()
    answers = [tablet.answers(controle, {"ARB-27": "ja"}) for controle in (lost, found)]
    tablet.send(*answers)
    rows = [Controle(**_control(veld, controle)) for controle in (lost, found)]
    with runtime.system_unit("test") as uow:
        row = uow.session.exec(select(Quarantaine).where(Quarantaine.controle_id == lost)).one()
        uow.session.exec(delete(Datasleutel).where(col(Datasleutel.record_id) == row.id))
        uow.session.add_all(rows)
    apply_what_waited(runtime.system_unit)
    assert [s["controle_id"] for s in signals(runtime)] == [found]


def _control(veld: Field, controle: UUID) -> dict[str, Any]:
    planned = veld.plan("SEKS")
    with veld.runtime.system_unit("test", write=False) as uow:
        row = uow.session.exec(select(Controle).where(Controle.id == planned)).one().model_dump()
    return {**row, "id": controle, "planronde_id": None}


@pytest.mark.parametrize("key", ["SEKS", "HOR"])
def test_the_version_of_a_business_plan_holds_no_phone_number(
    veld: Field, tablet: Tablet, runtime: Runtime, key: str
) -> None:
    controle = veld.plan(key)
    start = tablet.event("controle-gestart", controle)
    finish = tablet.event("controle-afgerond", controle, {"bedrijfsplanVersie": PHONE})
    result = tablet.send(start, finish)[1]
    assert (result["status"], result["controle"]["status"]) == ("verwerkt-met-fouten", "afgerond")
    assert [(o["item"], o["oordeel"]) for o in result["oordelen"]] == [("bedrijfsplanVersie", "fout")]
    assert plan_version(runtime, controle) is None


def test_a_long_story_or_an_empty_field_holds_nothing_back(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    controle = veld.plan("SEKS")
    results = tablet.send(
        tablet.event("controle-gestart", controle),
        tablet.event("keuze", controle, {"keuze": "signaal", "reden": "Het rook er vreemd. " * 100}),
        tablet.event("controle-afgerond", controle, {"bedrijfsplanVersie": ""}),
    )
    assert [result["status"] for result in results] == ["verwerkt"] * 3
    assert [(s["controle_id"], s["urgentie"]) for s in signals(runtime)] == [(controle, "regulier")]
    assert plan_version(runtime, controle) is None


def test_acute_danger_does_not_wait_with_the_answers_that_tell_of_it(
    veld: Field, tablet: Tablet, runtime: Runtime
) -> None:
    controle = new_id()
    danger = tablet.answers(controle, {"BEV-13": "ja"})
    calm = tablet.answers(new_id(), {"BEV-13": "nee", "ARB-27": "ja", "X-1": ["?"]})
    for _ in range(2):
        assert [result["status"] for result in tablet.send(danger, calm)] == ["quarantaine"] * 2
    assert [(s["controle_id"], s["urgentie"], s["status"]) for s in signals(runtime)] == [
        (controle, "acuut", "verzonden")
    ]
    tablet.send(tablet.event("controle-aangemaakt", controle, {"objectId": str(veld.objecten["HOR"])}))
    assert [(s["controle_id"], s["object_id"]) for s in signals(runtime)] == [(controle, veld.objecten["HOR"])]


def test_what_was_solved_goes_with_its_key_and_what_was_not_stays_as_long_as_a_control(
    veld: Field, tablet: Tablet, runtime: Runtime
) -> None:
    known, unknown = new_id(), new_id()
    tablet.send(tablet.event("controle-gestart", known), tablet.event("controle-gestart", unknown))
    tablet.send(tablet.event("controle-aangemaakt", known, {"objectId": str(veld.objecten["HOR"])}))

    def forget(months: int) -> int:
        with runtime.system_unit("test") as uow:
            moved = timedelta(days=31 * months)
            for row in uow.session.exec(select(Quarantaine)):
                row.ontvangen_op -= moved
                row.opgelost_op = None if row.opgelost_op is None else row.opgelost_op - moved
        return forget_what_waited(runtime.system_unit)

    with runtime.system_unit("test") as uow:
        uow.session.add(Kenmerk(naam=LAATST, waarde=uow.today.isoformat()))
        solved = {row.controle_id: row.opgelost_op is not None for row in uow.session.exec(select(Quarantaine))}
    assert solved == {known: True, unknown: False}
    assert forget(14) == 0, "without a norm nothing goes"
    with runtime.system_unit("test") as uow:
        for key, value in (("QUARANTAINE_BEWAREN_MAANDEN", 12), ("CONTROLE_BEWAREN_MAANDEN", 60)):
            set_norm(uow, key, value)
    assert forget(0) == 1
    assert len(waiting(runtime)) == 1
    assert forget(50) == 1
    with runtime.system_unit("test", write=False) as uow:
        assert uow.session.exec(select(Quarantaine)).all() == []
        assert {row.soort for row in uow.session.exec(select(Vernietigingsverslag))} == {"wachtende-gebeurtenis"}
        tablets = {row.id for row in uow.session.exec(select(Tabletsleutel))}  # made when the service started
        keys = {row.record_id for row in uow.session.exec(select(Datasleutel))} - tablets
    assert keys <= {known}, "only what is sealed under the control itself"


def test_receipts_and_tablets_go_after_their_term_and_sending_again_is_safe_until_then(
    veld: Field, tablet: Tablet, runtime: Runtime
) -> None:
    ronde = {"gebied": "Teststraat", "van": "2026-11-20T10:00:00Z", "tot": "2026-11-20T11:00:00Z"}
    loose = {**tablet.event("ronde", new_id(), ronde), "controleId": None}
    start = tablet.event("controle-gestart", veld.plan("HOR"))
    tablet.send(loose, start)
    tablet.client.put(f"/apparaten/{tablet.apparaat}", json={"appversie": "1.0.0", "wachtrij": 0})
    tablet.client.put(f"/apparaten/{tablet.apparaat}/sleutelhelft", json={"bewijs": "a" * 43})
    stray = new_id()
    tablet.client.put(f"/apparaten/{stray}/sleutelhelft", json={"bewijs": "a" * 43})

    def move(days: int) -> None:
        moved = timedelta(days=days)
        with runtime.system_unit("test") as uow:
            for event in uow.session.exec(select(Controlegebeurtenis)):
                event.ontvangen_op -= moved
            for row in uow.session.exec(select(Apparaat)):
                row.gezien_op -= moved
            for half in uow.session.exec(select(Sleutelhelft)):
                half.gemaakt_op -= moved

    with runtime.system_unit("test") as uow:
        uow.session.add(Kenmerk(naam=LAATST, waarde=uow.today.isoformat()))
        for key in ("ONTVANGSTBEWIJS_BEWAREN_MAANDEN", "TABLET_BEWAREN_MAANDEN"):
            set_norm(uow, key, 15)
    move(430)
    assert forget_of_tablets(runtime.system_unit) == 0
    assert [row["status"] for row in tablet.send(loose, start)] == ["al-verwerkt"] * 2
    move(40)
    assert forget_of_tablets(runtime.system_unit) == 3
    with runtime.system_unit("test", write=False) as uow:
        assert [str(nr) for nr in uow.session.exec(select(Controlegebeurtenis.id)).all()] == [start["gebeurtenisId"]]
        assert uow.session.exec(select(Apparaat.id)).all() == []
        assert uow.session.exec(select(Sleutelhelft.id)).all() == []
        reports = uow.session.exec(select(Vernietigingsverslag)).all()
        assert {row.soort: row.aantal for row in reports} == {"ontvangstbewijs": 1, "tablet": 2}


def test_what_nobody_can_open_has_a_term_too(runtime: Runtime, municipality: Municipality) -> None:
    assert municipality.accounts
    with runtime.system_unit("test") as uow:
        uow.session.add(Kenmerk(naam=LAATST, waarde=uow.today.isoformat()))
        set_norm(uow, "CONTROLE_BEWAREN_MAANDEN", 60, "")
        row_id = new_id()
        uow.session.add(
            Quarantaine(
                id=row_id,
                gebeurtenis_id=new_id(),
                gemeentecode="",
                account_id=SYSTEM_ID,
                ontvangen_op=uow.now - timedelta(days=62 * 31),
                sha256="0" * 64,
                reden="niet-te-openen",
                inhoud=uow.seal(row_id, "inhoud", "x"),
            )
        )
    assert forget_what_waited(runtime.system_unit) == 1


@pytest.mark.usefixtures("veld")
def test_an_id_that_waits_is_never_taken_for_a_number_of_somebody(tablet: Tablet, runtime: Runtime) -> None:
    """One id in a hundred holds nine digits that pass for a personal number; an event without its ids is never applied."""
    ids = ["01a20520-fe78-7200-839d-e4e904e191ea", *(str(new_id()) for _ in range(500))]
    assert any(check_text(value, frozenset()) for value in ids), "so there is something to get wrong"
    content = {"antwoorden": {"HUI-21": ids, "BEV-02": PHONE}, "redenen": dict.fromkeys(ids, "x")}
    tablet.send(tablet.event("antwoorden", new_id(), content))  # of a control that is not known yet
    (kept,) = waiting(runtime)
    assert kept["inhoud"]["antwoorden"]["HUI-21"] == ids
    assert list(kept["inhoud"]["redenen"]) == ids
    assert "06" not in str(kept["inhoud"]["antwoorden"]["BEV-02"])
