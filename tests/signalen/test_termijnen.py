"""Deadlines at work: who is woken when, exactly once, and never after the AF acknowledged."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from threading import Thread
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import select

from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.status import Berichtkanaal, Partnersoort
from app.gemeenten.tables import Account, Bericht, Berichtinstelling, Partner, Piketdienst, Taak
from app.signalen.rules.uurwerk import Uurwerk
from app.signalen.service.aanvullen import add_missing_terms
from app.signalen.service.escaleren import Escalatie, escalate_due
from app.signalen.service.gebeurtenissen import add_event
from app.signalen.status import Actie, Signaalstatus, Termijnsoort, Termijnstatus, Urgentie
from app.signalen.tables import Signaal, Signaalgebeurtenis, Signaaltermijn
from tests.gemeenten.queries import counted
from tests.signalen.test_termijnen_rules import NORMS
from tests.support.municipality import BUUR, STAD
from tests.support.service import Service
from tests.support.signalen import Field, hit, store_terms

NOW = datetime.now(UTC)
T = Termijnsoort


@pytest.fixture
def night(field: Field) -> Field:
    """A municipality with all norms, an AF on call, a stand-in and a mailbox of the police."""
    store_terms(field.runtime, NORMS)
    with field.runtime.system_unit("test") as uow:
        for rang, sub in ((1, "af"), (2, "af-zorg")):
            _shift(uow.session, field, sub, rang)
        uow.session.add(
            Partner(
                gemeentecode=STAD,
                soort=Partnersoort.POLITIE,
                naam="Team mensenhandel",
                aliassen=[],
                vormen=[],
                kanaal="postbus team@politie.example",
                geldig_vanaf=date(2020, 1, 1),
            )
        )
    return field


def _shift(session: object, field: Field, sub: str, rang: int, gemeentecode: str = STAD) -> None:
    session.add(  # type: ignore[attr-defined]  # a session
        Piketdienst(
            gemeentecode=gemeentecode,
            account_id=field.accounts[sub],
            rang=rang,
            nummer=f"0800 000{rang}",
            van=NOW - timedelta(hours=1),
            tot=NOW + timedelta(hours=11),
        )
    )


def _sweep(field: Field) -> int:
    return escalate_due(field.runtime.system_unit, Uurwerk())


def _later(runtime: Runtime, signaal_id: UUID, **passed: float) -> None:
    """Lets time pass for a signal: all its deadlines come nearer."""
    with runtime.system_unit("test") as uow:
        for row in uow.session.exec(select(Signaaltermijn).where(Signaaltermijn.signaal_id == signaal_id)):
            row.vanaf, row.voor = row.vanaf - timedelta(**passed), row.voor - timedelta(**passed)
            if row.volgende_op is not None:
                row.volgende_op -= timedelta(**passed)


def _told(runtime: Runtime, kanaal: Berichtkanaal = Berichtkanaal.SMS) -> list[Bericht]:
    with runtime.system_unit("test", write=False) as uow:
        rows = uow.session.exec(select(Bericht).where(Bericht.kanaal == kanaal)).all()
        return sorted(rows, key=lambda row: row.gemaakt_op)


def _missed(service_rows: Sequence[dict[str, object]]) -> list[object]:
    return [row["toelichting"] for row in service_rows if row["actie"] == "termijn-verstreken"]


def _terms(runtime: Runtime, signaal_id: UUID) -> dict[Termijnsoort, Signaaltermijn]:
    with runtime.system_unit("test", write=False) as uow:
        rows = uow.session.exec(select(Signaaltermijn).where(Signaaltermijn.signaal_id == signaal_id)).all()
        return {row.soort: row for row in rows}


def _tasks(runtime: Runtime, rol: str, status: str = "open") -> set[str]:
    with runtime.system_unit("test", write=False) as uow:
        return {row.soort for row in uow.session.exec(select(Taak)) if row.voor_rol == rol and row.status == status}


@pytest.mark.requirement("ROL-24")
def test_m20_silence_wakes_the_stand_in_and_then_the_police(night: Field, service: Service) -> None:
    ref = night.control([hit("IDE-03")])
    assert _sweep(night) > 0
    assert [row.piketdienst_id is not None for row in _told(night.runtime)] == [True]
    assert "termijn-zorgcoordinator-inlichten-aandachtsfunctionaris" in _tasks(night.runtime, "aandachtsfunctionaris")
    assert _sweep(night) == 0, "each step once"
    _later(night.runtime, ref.id, minutes=15)
    assert _sweep(night) == 1
    assert len(_told(night.runtime)) == 2
    mails = _told(night.runtime, Berichtkanaal.EMAIL)
    assert mails == []
    _later(night.runtime, ref.id, minutes=15)
    assert _sweep(night) == 1
    assert [row.partner_id is not None for row in _told(night.runtime, Berichtkanaal.EMAIL)] == [True]
    events = service.as_("af").get(f"/signalen/{ref.id}/gebeurtenissen").json()["resultaten"]
    assert _missed(events) == [
        "Niemand nam het piket op. De vervanger van het piket is gewaarschuwd.",
        "Niemand nam het piket op. Politie gewaarschuwd. Bel de politie; piket en teamleider zijn daarom gevraagd.",
    ]
    assert len(_told(night.runtime)) == 4, "everybody on call is woken again, to ring the police"
    asked = [
        row for row in service.as_("teamleider").get("/taken").json()["resultaten"] if "politie" in row["omschrijving"]
    ]
    assert [row["soort"] for row in asked] == ["termijn-piket-antwoord-teamleider"]
    assert "112" in asked[0]["omschrijving"]
    line = service.as_("af-zorg").get("/signalen").json()["resultaten"][0]
    assert line["domein"] == "zorg", "the inbox of the stand-in shows it"
    _later(night.runtime, ref.id, minutes=31)
    _sweep(night)
    line = service.as_("teamleider").get("/signalen").json()["resultaten"][0]
    assert (line["termijnVerstreken"], line["inhoud"]) == (True, None)
    assert line["resterendeSeconden"] < 0
    assert "termijn-bevestigen-teamleider" in _tasks(night.runtime, "teamleider")


@pytest.mark.requirement("ROL-04")
def test_m35_the_same_night_for_care_and_an_hour_for_the_af(night: Field, service: Service) -> None:
    ref = night.control([hit("IDE-08")])
    rows = {row["soort"]: row for row in service.as_("af").get(f"/signalen/{ref.id}/termijnen").json()}
    assert rows["bevestigen"]["resterendeSeconden"] in range(3500, 3601)
    care = datetime.fromisoformat(rows["zorgcoordinator-inlichten"]["voor"])
    assert timedelta(hours=3) < care - datetime.now(UTC) <= timedelta(hours=28)
    assert service.as_("buur-af").get(f"/signalen/{ref.id}/termijnen").status_code == 404
    assert service.as_("toezichthouder").get(f"/signalen/{ref.id}/termijnen").status_code == 403


def test_an_acute_submit_lists_the_on_call_numbers(night: Field, service: Service) -> None:  # M1
    body = {"id": str(new_id()), "objectId": str(night.objects["HOR"]), "urgentie": "acuut"}
    done = service.as_("toezichthouder").post("/signalen", json=body).json()
    assert [(row["rang"], row["nummer"]) for row in done["piket"]] == [(1, "0800 0001"), (2, "0800 0002")]
    calm = {**body, "id": str(new_id()), "urgentie": "regulier"}
    assert service.as_("toezichthouder").post("/signalen", json=calm).json()["piket"] == []


@pytest.mark.requirement("ROL-02")
@pytest.mark.requirement("RTE-02")
def test_an_acknowledged_signal_is_never_escalated(night: Field, service: Service) -> None:
    ref = night.control([hit("IDE-03")])
    _sweep(night)
    version = service.as_("af").get(f"/signalen/{ref.id}").headers["etag"]
    _later(night.runtime, ref.id, minutes=15)
    sweeps = [Thread(target=_sweep, args=(night,)) for _ in range(3)]
    for thread in sweeps:
        thread.start()
    answer = service.as_("af").post(f"/signalen/{ref.id}/_ontvangen", headers={"If-Match": version})
    for thread in sweeps:
        thread.join()
    events = service.as_("af").get(f"/signalen/{ref.id}/gebeurtenissen").json()["resultaten"]
    actions = [row["actie"] for row in events]
    assert actions.count("termijn-verstreken") == (0 if answer.status_code == 200 else 1)
    if answer.status_code == 412:  # the stand-in was woken a moment before
        again = service.as_("af").get(f"/signalen/{ref.id}").headers["etag"]
        service.as_("af").post(f"/signalen/{ref.id}/_ontvangen", headers={"If-Match": again})
    _later(night.runtime, ref.id, hours=2)
    before = len(_told(night.runtime))
    _sweep(night)
    assert len(_told(night.runtime)) == before
    found = _terms(night.runtime, ref.id)
    assert found[T.PIKET].status in {Termijnstatus.GEHAALD, Termijnstatus.TE_LAAT_GEDAAN}
    assert found[T.PIKET].volgende_op is None


@pytest.mark.parametrize("reason", ["ended", "away", "shielded", "no roster"])
def test_who_cannot_or_may_not_answer_is_passed_by_at_once(night: Field, reason: str) -> None:
    ref = night.control([hit("IDE-03")])
    with night.runtime.system_unit("test") as uow:
        af = uow.session.get(Account, night.accounts["af"])
        signaal = uow.session.get(Signaal, ref.id)
        assert af is not None
        assert signaal is not None
        if reason == "ended":
            af.actief_tot = date(2026, 1, 1)
        elif reason == "away":
            uow.session.add(
                Berichtinstelling(
                    account_id=af.id,
                    kanalen=[],
                    afwezig_van=NOW - timedelta(days=1),
                    afwezig_tot=NOW + timedelta(days=1),
                )
            )
        elif reason == "shielded":
            signaal.gesloten_route, signaal.afgeschermd_voor = True, [str(af.id)]
        else:
            for shift in uow.session.exec(select(Piketdienst)):
                uow.session.delete(shift)
    _sweep(night)
    with night.runtime.system_unit("test", write=False) as uow:
        rows = uow.session.exec(select(Bericht).where(Bericht.kanaal == Berichtkanaal.WEBPUSH)).all()
        told = {row.account_id for row in rows if row.antwoord_nodig}
    assert night.accounts["af-zorg"] in told
    if reason != "no roster":
        assert night.accounts["af"] not in told
    assert ("geen-piketdienst" in _tasks(night.runtime, "beheerder")) == (reason != "shielded"), (
        "the roster is in order then"
    )
    if reason == "shielded":
        roles = {"aandachtsfunctionaris", "teamleider"}
        assert not any(task.startswith("termijn-") for rol in roles for task in _tasks(night.runtime, rol))


@pytest.mark.requirement("ROL-02")
def test_without_an_own_af_one_of_the_neighbours_is_woken_and_may_read_it(night: Field, service: Service) -> None:
    ref = night.control([hit("IDE-03")])
    assert service.as_("buur-af").get(f"/signalen/{ref.id}").status_code == 404
    with night.runtime.system_unit("test") as uow:
        for sub in ("af", "af-zorg"):
            account = uow.session.get(Account, night.accounts[sub])
            assert account is not None
            account.actief_tot = date(2026, 1, 1)
        _shift(uow.session, night, "buur-af", 1, BUUR)
    _sweep(night)
    read = service.as_("buur-af").get(f"/signalen/{ref.id}")
    assert read.status_code == 200
    done = service.as_("buur-af").post(f"/signalen/{ref.id}/_ontvangen", headers={"If-Match": read.headers["etag"]})
    assert done.status_code == 200


@pytest.mark.requirement("ROL-02")
def test_a_regular_signal_goes_to_the_stand_in_halfway_and_to_the_team_leader_at_the_end(night: Field) -> None:
    ref = night.control([hit("IDE-03")], Urgentie.REGULIER, send=True)
    _sweep(night)
    assert _told(night.runtime) == []
    terms = _terms(night.runtime, ref.id)
    assert T.PIKET not in terms
    half = terms[T.BEVESTIGEN].volgende_op
    assert half is not None
    assert terms[T.BEVESTIGEN].vanaf < half < terms[T.BEVESTIGEN].voor
    with night.runtime.system_unit("test") as uow:
        row = uow.session.get(Signaaltermijn, terms[T.BEVESTIGEN].id)
        assert row is not None
        row.volgende_op = NOW
    assert _sweep(night) == 1
    assert [row.dringend for row in _told(night.runtime)] == [True], "the stand-in of the roster"
    after = _terms(night.runtime, ref.id)[T.BEVESTIGEN]
    assert (after.trap, after.volgende_op) == (1, after.voor)
    assert "termijn-bevestigen-teamleider" not in _tasks(night.runtime, "teamleider")
    _later(night.runtime, ref.id, days=12)
    _sweep(night)
    assert "termijn-bevestigen-teamleider" in _tasks(night.runtime, "teamleider")


@pytest.mark.requirement("RTE-20")
def test_work_that_is_done_closes_its_task_and_a_missed_deadline_stays_missed(night: Field) -> None:
    ref = night.control([hit("IDE-03")])
    _sweep(night)
    _later(night.runtime, ref.id, days=20)
    _sweep(night)
    assert "termijn-eerste-terugkoppeling-aandachtsfunctionaris" in _tasks(night.runtime, "aandachtsfunctionaris")
    with night.runtime.unit(night.caller("af"), "test", "test", write=True) as uow:
        signaal = uow.session.exec(select(Signaal).where(Signaal.id == ref.id)).one()
        signaal.ontvangen_op = signaal.zc_geinformeerd_op = uow.now
        add_event(uow, signaal, Actie.ONTVANGEN, Signaalstatus.ONTVANGEN)
        add_event(uow, signaal, Actie.TRIEREN, Signaalstatus.GETRIEERD)
    terms = _terms(night.runtime, ref.id)
    late = Termijnstatus.TE_LAAT_GEDAAN
    assert {terms[soort].status for soort in (T.PIKET, T.BEVESTIGEN, T.BEOORDELEN, T.ZORGCOORDINATOR)} == {late}
    assert terms[T.OVERDRAGEN].status is Termijnstatus.LOOPT
    done = _tasks(night.runtime, "aandachtsfunctionaris", "gedaan")
    assert "termijn-zorgcoordinator-inlichten-aandachtsfunctionaris" in done


def test_higher_urgency_brings_deadlines_nearer_and_wakes_the_on_call(night: Field) -> None:
    control = new_id()
    ref = night.control([hit("IDE-03")], Urgentie.REGULIER, controle_id=control, send=True)
    before = _terms(night.runtime, ref.id)
    assert T.PIKET not in before
    night.control([hit("IDE-06")], Urgentie.ACUUT, controle_id=control)
    after = _terms(night.runtime, ref.id)
    nearer = (T.BEVESTIGEN, T.BEOORDELEN, T.OVERDRAGEN, T.EERSTE_TERUGKOPPELING)
    assert all(after[soort].voor < before[soort].voor for soort in nearer)
    _sweep(night)
    assert len(_told(night.runtime)) == 1
    with night.runtime.system_unit("test", write=False) as uow:
        numbers = uow.session.exec(
            select(Signaalgebeurtenis.volgnummer).where(Signaalgebeurtenis.signaal_id == ref.id)
        ).all()
        assert len(numbers) == len(set(numbers))


def test_a_signal_from_before_deadlines_gets_them_once_and_what_was_promised_stands(night: Field) -> None:
    fresh = night.control([hit("IDE-03")])
    known = night.control([hit("IDE-08")])
    with night.runtime.unit(night.caller("af"), "test", "test", write=True) as uow:
        signaal = uow.session.exec(select(Signaal).where(Signaal.id == known.id)).one()
        signaal.ontvangen_op = uow.now
        add_event(uow, signaal, Actie.ONTVANGEN, Signaalstatus.ONTVANGEN)
    with night.runtime.system_unit("test") as uow:
        for row in uow.session.exec(select(Signaaltermijn)):
            uow.session.delete(row)
        promised = {row.id: row.bevestigen_voor for row in uow.session.exec(select(Signaal))}
    counts = []
    for _ in range(2):
        with night.runtime.system_unit("test") as uow:
            counts.append(add_missing_terms(uow))
    assert counts == [2, 0]
    terms = _terms(night.runtime, fresh.id)
    assert set(terms) >= {T.BEVESTIGEN, T.PIKET, T.ZORGCOORDINATOR, T.BEOORDELEN, T.OVERDRAGEN, T.EERSTE_TERUGKOPPELING}
    assert terms[T.BEVESTIGEN].voor == promised[fresh.id]
    terms = _terms(night.runtime, known.id)
    assert (terms[T.BEVESTIGEN].status, terms[T.BEVESTIGEN].volgende_op) == (Termijnstatus.GEHAALD, None)
    assert T.PIKET not in terms
    assert terms[T.BEOORDELEN].status is Termijnstatus.LOOPT
    with night.runtime.system_unit("test", write=False) as uow:
        assert None not in uow.session.exec(select(Signaal.eerstvolgende_termijn)).all()
    assert _sweep(night) > 0
    assert len(_told(night.runtime)) == 1, "the AF on call is woken for the one that nobody saw"


@pytest.mark.requirement("DAT-09")
def test_a_police_agreement_that_ended_yesterday_gets_no_mail_and_people_are_asked_to_call(night: Field) -> None:
    with night.runtime.system_unit("test") as uow:
        uow.session.exec(select(Partner)).one().geldig_tot = uow.today - timedelta(days=1)
    ref = night.control([hit("IDE-03")], Urgentie.ACUUT)
    _sweep(night)
    for _ in range(2):
        _later(night.runtime, ref.id, minutes=15)
        _sweep(night)
    assert _told(night.runtime, Berichtkanaal.EMAIL) == []
    assert "geen-politiekanaal" in _tasks(night.runtime, "beheerder")
    assert "termijn-piket-antwoord-teamleider" in _tasks(night.runtime, "teamleider")
    assert len(_told(night.runtime)) == 4
    with night.runtime.unit(night.caller("af"), "test", "test", write=True) as uow:
        signaal = uow.session.exec(select(Signaal).where(Signaal.id == ref.id)).one()
        signaal.ontvangen_op = uow.now
        add_event(uow, signaal, Actie.ONTVANGEN, Signaalstatus.ONTVANGEN)
    assert "termijn-piket-antwoord-teamleider" in _tasks(night.runtime, "teamleider", "gedaan"), "called off"


@pytest.mark.requirement("RTE-04")
def test_without_a_zorgcoordinator_the_duty_stands_and_is_met_by_telling_somebody(
    night: Field, service: Service
) -> None:
    ref = night.control([hit("IDE-03")])
    af = service.as_("af")
    missing = [
        row
        for row in af.get(f"/signalen/{ref.id}/voorstel").json()["ontvangers"]
        if row["partnersoort"] == "zorgcoordinator"
    ]
    assert [row["blokkade"] for row in missing] == ["geen partner ingesteld"]
    assert _terms(night.runtime, ref.id)[T.ZORGCOORDINATOR].status is Termijnstatus.LOOPT
    walked = af.post(
        f"/signalen/{ref.id}/_ontvangen", headers={"If-Match": af.get(f"/signalen/{ref.id}").headers["etag"]}
    )
    body = {"geinformeerdOp": datetime.now(UTC).isoformat(), "kanaal": "mondeling"}
    told = af.post(f"/signalen/{ref.id}/_zorginlichten", json=body, headers={"If-Match": walked.headers["etag"]})
    assert told.status_code == 200, told.text
    assert _terms(night.runtime, ref.id)[T.ZORGCOORDINATOR].status is Termijnstatus.GEHAALD
    (share,) = af.get(f"/overdrachten?signaalId={ref.id}").json()["resultaten"]
    assert (share["partnerId"], share["partnersoort"]) == (None, "zorgcoordinator")


def test_one_signal_that_cannot_be_escalated_keeps_no_other_waiting(
    night: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = [night.control([hit("IDE-03")]) for _ in range(3)]
    broken, take = refs[1].id, Escalatie.take_due

    def fail_for_one(self: Escalatie, terms: Sequence[Signaaltermijn], seen: Mapping[UUID, int]) -> int:
        if terms[0].signaal_id == broken:
            raise RuntimeError
        return take(self, terms, seen)

    monkeypatch.setattr(Escalatie, "take_due", fail_for_one)
    _sweep(night)
    assert {row.verwijzing for row in _told(night.runtime)} == {refs[0].id, refs[2].id}
    monkeypatch.undo()
    _later(night.runtime, broken, seconds=6)
    _sweep(night)
    assert {row.verwijzing for row in _told(night.runtime)} == {ref.id for ref in refs}


def test_a_batch_asks_the_database_no_more_for_ten_signals_than_for_one(night: Field) -> None:
    counts = []
    for number in (1, 10):
        for _ in range(number):
            night.control([hit("IDE-03")], Urgentie.REGULIER, send=True)
        with night.runtime.system_unit("test") as uow:
            for row in uow.session.exec(select(Signaaltermijn)):
                row.volgende_op = NOW if row.soort is T.BEVESTIGEN and row.trap == 0 else None
        with counted(night.runtime) as statements:
            assert _sweep(night) == number
        counts.append(len([one for one in statements if one.startswith("SELECT")]))
    assert counts[0] == counts[1]


def test_who_stands_in_for_himself_is_no_stand_in(night: Field) -> None:
    with night.runtime.system_unit("test") as uow:
        uow.session.exec(update(Piketdienst).values(account_id=night.accounts["af"]))
    ref = night.control([hit("IDE-03")])
    _sweep(night)
    _later(night.runtime, ref.id, minutes=15)
    _sweep(night)
    told = {row.account_id for row in _told(night.runtime, Berichtkanaal.WEBPUSH) if row.antwoord_nodig}
    assert night.accounts["af-zorg"] in told
