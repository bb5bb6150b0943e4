"""The automatic signal of a control: one each, raised with its findings, only ever more urgent, never taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import func, select

from app.bevindingen.schemas.bevindingen import ControleRef
from app.bevindingen.service.bevindingen import record_hits
from app.core.identifiers import new_id
from app.core.tables import Datasleutel
from app.gemeenten.rules.perioden import BEGIN
from app.gemeenten.tables import Account, Norm, Taak
from app.signalen.schemas.signalen import SignaalAanleiding, SignaalRef
from app.signalen.service.opvoeren import raise_signaal, send_automatic, send_overdue_drafts
from app.signalen.status import Signaalstatus, Urgentie, Vorm
from app.signalen.tables import Signaal, SignaalBevinding, Signaalgebeurtenis
from tests.support.municipality import BUUR, STAD
from tests.support.service import Service
from tests.support.signalen import MOMENT, Field, hit


def _signaal(field: Field, signaal_id: UUID) -> Signaal:
    with field.runtime.system_unit("test", write=False) as uow:
        return uow.session.exec(select(Signaal).where(Signaal.id == signaal_id)).one()


def _count(field: Field, table: type[Signaal | SignaalBevinding | Signaalgebeurtenis | Taak | Datasleutel]) -> int:
    with field.runtime.system_unit("test", write=False) as uow:
        return uow.session.exec(select(func.count()).select_from(table)).one()


@pytest.mark.requirement("PLN-05")
def test_a_red_flag_makes_a_signal_at_once_with_its_finding(field: Field, service: Service) -> None:
    ref = field.control([hit("IDE-03", "bij werkgever")])
    assert (ref.status, ref.urgentie, ref.is_new) == (Signaalstatus.VERZONDEN, Urgentie.SPOED, True)
    found = service.as_("af").get(f"/signalen/{ref.id}").json()
    assert found["inhoud"]["redenen"] == ["IDE-03 = bij werkgever"]
    assert [(row["vraag"], row["item"], row["antwoord"]) for row in found["inhoud"]["bevindingen"]] == [
        ("Waar zijn de identiteitsbewijzen van de mensen die hier werken of wonen?", "IDE-03", "bij werkgever")
    ]
    stored = _signaal(field, ref.id)
    assert stored.verzonden_op is not None
    assert stored.bevestigen_voor == stored.verzonden_op + timedelta(minutes=60)


def test_a_regular_signal_waits_for_the_end_of_the_control(field: Field, service: Service) -> None:
    controle_id = new_id()
    ref = field.control([hit("ENT-21", gewicht="S")], Urgentie.REGULIER, controle_id=controle_id)
    assert ref.status is Signaalstatus.CONCEPT
    assert service.as_("af").get("/signalen").json()["resultaten"] == []
    assert service.as_("af").get(f"/signalen/{ref.id}").status_code == 404
    with field.runtime.system_unit("test") as uow:
        sent = send_automatic(uow, controle_id)
        assert sent is not None
        assert (sent.id, sent.status) == (ref.id, Signaalstatus.VERZONDEN)
        assert send_automatic(uow, new_id()) is None
    assert len(service.as_("af").get("/signalen").json()["resultaten"]) == 1


def test_the_sweep_sends_what_is_unfinished_and_a_higher_urgency_sends_at_once(field: Field) -> None:
    forgotten = field.control([hit("ENT-21")], Urgentie.REGULIER)
    raised = new_id()
    field.control([hit("ENT-21")], Urgentie.REGULIER, controle_id=raised)
    assert field.control([hit("ENT-21"), hit("IDE-03")], controle_id=raised).status is Signaalstatus.VERZONDEN
    with field.runtime.system_unit("test") as uow:
        shift = Norm(sleutel="SIGNAAL_VERZENDEN_NA_UREN", waarde=8, eenheid="uren", geldig_vanaf=BEGIN, bron="proef")
        uow.session.add(shift)
        assert send_overdue_drafts(uow) == 0
        uow.now += timedelta(hours=7, minutes=59)
        assert send_overdue_drafts(uow) == 0
        uow.now += timedelta(minutes=2)
        assert send_overdue_drafts(uow) == 1
        assert send_overdue_drafts(uow) == 0
    assert _signaal(field, forgotten.id).status is Signaalstatus.VERZONDEN


def test_the_same_again_changes_nothing(field: Field) -> None:
    """Vector M25: two devices send the same control after a lost reply."""
    controle_id = new_id()
    first = field.control([hit("IDE-03"), hit("ARB-14")], controle_id=controle_id)
    before = (_signaal(field, first.id).versie, _count(field, Signaalgebeurtenis), _count(field, Taak))
    again = field.control([hit("ARB-14"), hit("IDE-03")], controle_id=controle_id, send=True)
    assert (again.id, again.is_new) == (first.id, False)
    assert (_signaal(field, first.id).versie, _count(field, Signaalgebeurtenis), _count(field, Taak)) == before
    assert (_count(field, Signaal), _count(field, SignaalBevinding)) == (1, 2)


def test_later_hits_are_added_urgency_only_goes_up_and_a_correction_takes_nothing_back(
    field: Field, service: Service
) -> None:
    """Vector M1: the tablet's own acuut and what it sends later are one signal."""
    controle_id = new_id()
    first = field.control([hit("IDE-03")], controle_id=controle_id)
    soon = _signaal(field, first.id).bevestigen_voor
    later = field.control(
        [hit("ENT-12", gewicht="A")], Urgentie.ACUUT, controle_id=controle_id, vormen=[Vorm.ARBEID, Vorm.SEKSUEEL]
    )
    assert (later.id, later.urgentie) == (first.id, Urgentie.ACUUT)
    stored = _signaal(field, first.id)
    assert soon is not None
    assert stored.bevestigen_voor is not None
    assert stored.bevestigen_voor < soon
    last = field.control([], Urgentie.REGULIER, controle_id=controle_id)
    assert (last.id, last.urgentie) == (first.id, Urgentie.ACUUT)
    found = service.as_("af").get(f"/signalen/{first.id}").json()["inhoud"]
    assert found["redenen"] == ["IDE-03 = ja", "ENT-12 = ja"]
    assert found["vormen"] == ["arbeid", "seksueel"]
    assert {(row["item"], row["gecorrigeerdOp"] is None) for row in found["bevindingen"]} == {
        ("IDE-03", False),
        ("ENT-12", False),
    }
    events = service.as_("af").get(f"/signalen/{first.id}/gebeurtenissen").json()["resultaten"]
    assert [event["actie"] for event in events] == ["opvoeren", "verzenden", "aanvullen"]
    assert [event["volgnummer"] for event in events] == [1, 2, 3]
    assert "Urgentie verhoogd van spoed naar acuut." in events[2]["toelichting"]


def test_what_is_added_after_acknowledgement_makes_a_task(field: Field, service: Service) -> None:
    controle_id = new_id()
    ref = field.control([hit("IDE-03")], controle_id=controle_id)
    received = service.as_("af").post(f"/signalen/{ref.id}/_ontvangen", headers={"If-Match": '"2"'})
    assert received.status_code == 200
    assert service.as_("af").get("/taken").json()["resultaten"] == []
    field.control([hit("IDE-03"), hit("IDE-13")], controle_id=controle_id)
    assert _signaal(field, ref.id).status is Signaalstatus.ONTVANGEN
    assert [taak["soort"] for taak in service.as_("af").get("/taken").json()["resultaten"]] == ["signaal-aangevuld"]


def test_twenty_at_once_make_one_signal_with_all_findings(field: Field) -> None:
    controle_id = new_id()
    controle = ControleRef(controle_id, STAD, field.objects["HOR"], MOMENT)
    everything = [hit(f"ARB-{number:02}") for number in range(20)]
    with field.runtime.system_unit("test") as uow:
        record_hits(uow, controle, everything)
    levels = [Urgentie.ACUUT, Urgentie.SPOED, Urgentie.REGULIER]

    def one(number: int) -> bool:
        return field.control(
            everything,
            levels[number % 3],
            controle_id=controle_id,
            redenen=[f"reden {number}"],
            vormen=[list(Vorm)[number % 5]],
        ).is_new

    with ThreadPoolExecutor(20) as pool:
        new = list(pool.map(one, range(20)))
    assert new.count(True) == 1
    assert (_count(field, Signaal), _count(field, SignaalBevinding)) == (1, 20)
    with field.runtime.system_unit("test", write=False) as uow:
        stored = uow.session.exec(select(Signaal)).one()
        events = uow.session.exec(select(Signaalgebeurtenis.volgnummer).order_by(Signaalgebeurtenis.volgnummer)).all()  # type: ignore[arg-type]  # SQLModel types a column as its value
    assert stored.urgentie is Urgentie.ACUUT
    assert set(stored.vormen) == set(Vorm)
    assert events == list(range(1, stored.versie + 1))


def test_a_signal_reaches_the_af_of_the_objects_municipality(field: Field, service: Service) -> None:
    """The signal half: the AF of Buurdorp has it, the one of the inspector's own municipality does not."""
    ref = field.control([hit("IDE-03")], place="BUUR")
    assert _signaal(field, ref.id).gemeentecode == BUUR
    assert [row["id"] for row in service.as_("buur-af").get("/signalen").json()["resultaten"]] == [str(ref.id)]
    assert service.as_("af").get("/signalen").json()["resultaten"] == []
    assert service.as_("af").get(f"/signalen/{ref.id}").status_code == 404
    object_id = str(field.objects["BUUR"])
    answer = service.as_("toezichthouder").post("/signalen", json={"id": str(new_id()), "objectId": object_id})
    assert answer.status_code == 404


@pytest.mark.requirement("RTE-02")
def test_every_signal_has_a_municipality_with_an_af_or_asks_for_one(field: Field, service: Service) -> None:
    ref = field.control([hit("IDE-03")])
    assert [row["id"] for row in service.as_("af-zorg").get("/signalen").json()["resultaten"]] == [str(ref.id)]
    columns = {column.name: column.nullable for column in Signaal.__table__.columns}  # type: ignore[attr-defined]  # set by SQLModel
    assert columns["gemeentecode"] is False
    with field.runtime.system_unit("test") as uow:
        for account in uow.session.exec(select(Account)):
            if account.gemeentecode == STAD and account.domein is not None:
                account.actief_tot = uow.today - timedelta(days=1)
    second = field.control([hit("IDE-03")])
    assert second.status is Signaalstatus.VERZONDEN
    tasks = service.as_("beheerder").get("/taken").json()["resultaten"]
    assert [taak["soort"] for taak in tasks] == ["geen-aandachtsfunctionaris"]
    assert str(second.id) not in str(tasks)


def test_an_erased_key_leaves_no_readable_reason(field: Field) -> None:
    ref = field.control([hit("IDE-03", "PLANT-9c1e")])
    with field.runtime.database.session(write=False) as session:
        rows = session.connection().exec_driver_sql("select redenen, tekst from signalen").all()
        notes = session.connection().exec_driver_sql("select toelichting from signaalgebeurtenissen").all()
    assert b"PLANT" not in b"".join(bytes(value) for row in [*rows, *notes] for value in row if value)
    assert ref.is_new


def _acute_call(field: Field, controle_id: UUID, place: UUID | None, gemeente: str = STAD) -> SignaalRef:
    with field.runtime.unit(field.caller("toezichthouder"), "synchronisaties_toevoegen", "test", write=True) as uow:
        return raise_signaal(
            uow,
            SignaalAanleiding(
                gemeentecode=gemeente,
                object_id=place,
                controle_id=controle_id,
                urgentie=Urgentie.ACUUT,
                vormen=[Vorm.ONBEKEND],
                redenen=["acuut"],
                bevinding_ids=[],
                indiener=uow.caller.account_id,
                send=True,
            ),
        )


def test_the_place_of_an_acute_call_is_filled_in_when_it_is_known(field: Field, service: Service) -> None:
    controle_id = new_id()
    first = _acute_call(field, controle_id, None)
    assert service.as_("af").get(f"/signalen/{first.id}").json()["inhoud"]["object"] is None
    again = _acute_call(field, controle_id, field.objects["HOR"])
    assert (again.id, again.is_new) == (first.id, False)
    assert service.as_("af").get(f"/signalen/{first.id}").json()["inhoud"]["object"]["id"] == str(field.objects["HOR"])
    stored = _signaal(field, first.id)
    _acute_call(field, controle_id, field.objects["HOR"])
    assert _signaal(field, first.id).versie == stored.versie


def test_an_acute_call_whose_object_is_elsewhere_reaches_the_af_there(field: Field, service: Service) -> None:
    controle_id = new_id()
    first = _acute_call(field, controle_id, None)
    second = _acute_call(field, controle_id, field.objects["BUUR"], BUUR)
    assert (second.is_new, second.status) == (True, Signaalstatus.VERZONDEN)
    inbox = {sub: service.as_(sub).get("/signalen").json()["resultaten"] for sub in ("af", "buur-af")}
    assert [row["id"] for row in inbox["af"]] == [str(first.id)]
    assert [row["id"] for row in inbox["buur-af"]] == [str(second.id)]
    events = service.as_("af").get(f"/signalen/{first.id}/gebeurtenissen").json()["resultaten"]
    assert "andere gemeente" in events[-1]["toelichting"]
    assert _acute_call(field, controle_id, None).id == second.id
