"""What is kept for a time only: the content of a closed signal goes by its term, the figure stays (DAT-15, M43)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text, update
from sqlmodel import col, select

from app.bevindingen.tables import Bevinding
from app.core.clock import add_months
from app.core.jobs import UnitFactory
from app.core.runtime import Runtime
from app.core.tables import Datasleutel, Kenmerk
from app.gemeenten.service.bewaarklok import LAATST
from app.gemeenten.tables import Norm, Vernietigingsverslag
from app.signalen.service import bewaren
from app.signalen.service.bewaartermijn import content_ends
from app.signalen.tables import Signaal, SignaalBevinding, Vierogenverzoek
from app.signalen.tasks import remove_what_may_not_stay
from tests.support.municipality import STAD
from tests.support.service import Service
from tests.support.signaalstappen import TRIAGE, Walk
from tests.support.signalen import Field, hit

TERMS = {
    "SIGNAAL_BEWAREN_MAANDEN": 60,
    "SIGNAAL_ONJUIST_BEWAREN_MAANDEN": 6,
    "SIGNAAL_ONBEVESTIGD_BEWAREN_MAANDEN": 12,
    "DEELLOG_BEWAREN_MAANDEN": 12,
    "BEWAREN_SPRONG_DAGEN": 7,
}
TEKST = "Matrassen achter de keuken."
MONTHS = {"C6": 12, "C7": 6, "C8": 6, "C10": 6, "C13": 12, "C1": 60, "C11": 60, "C14": 60}


@pytest.fixture
def terms(runtime: Runtime, field: Field) -> None:  # noqa: ARG001 - the municipality must be stored
    with runtime.system_unit("test") as uow:
        for key, value in TERMS.items():
            uow.session.add(Norm(sleutel=key, waarde=value, eenheid="", geldig_vanaf=date(2020, 1, 1), bron="test"))
        uow.session.add(Kenmerk(naam=LAATST, waarde=uow.today.isoformat()))


@pytest.fixture
def walk(service: Service, field: Field, terms: None) -> Walk:  # noqa: ARG001 - the terms must be stored
    walk = Walk(service, field.objects["HOR"], nietPluis=True, tekst=TEKST)
    return walk.triaged().care()


def _pass(runtime: Runtime, signaal_id: str, days: int = 0) -> None:
    """Puts the day on which the content goes that many days from now."""
    with runtime.system_unit("test") as uow:
        day = uow.today + timedelta(days=days)
        uow.session.execute(update(Signaal).where(col(Signaal.id) == UUID(signaal_id)).values(inhoud_weg_op=day))


def _sweep(runtime: Runtime) -> None:
    remove_what_may_not_stay(runtime.system_unit)


def _figures(service: Service) -> Any:  # noqa: ANN401 - an answer
    answer = service.as_("ketenregisseur").get("/rapportages/monitor/signalen", params={"jaar": datetime.now(UTC).year})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("code", MONTHS)
def test_each_reason_of_closing_has_its_dated_term(runtime: Runtime, terms: None, code: str) -> None:  # noqa: ARG001 - stored
    with runtime.system_unit("test") as uow:
        assert content_ends(uow, STAD, code, date(2026, 8, 31)) == add_months(date(2026, 8, 31), MONTHS[code])
        assert content_ends(uow, STAD, "C9", date(2026, 8, 31)) == date(2026, 8, 31)


@pytest.mark.requirement("DAT-15")
def test_the_content_goes_on_its_day_and_the_figure_stays(walk: Walk, service: Service, runtime: Runtime) -> None:
    walk.closed(sluitcode="C13")
    before, figures = walk.read(), _figures(service)
    with runtime.system_unit("test") as uow:
        assert uow.session.get_one(Signaal, UUID(walk.id)).inhoud_weg_op == add_months(uow.today, 12)
    _pass(runtime, walk.id, 1)
    _sweep(runtime)
    assert walk.read()["inhoud"]["tekst"] == TEKST
    _pass(runtime, walk.id)
    _sweep(runtime)
    after = walk.read()
    assert (after["status"], after["urgentie"]) == (before["status"], before["urgentie"])
    assert (after["inhoud"]["tekst"], after["inhoud"]["redenen"], after["inhoud"]["object"]) == (None, [], None)
    events = service.as_("af").get(f"/signalen/{walk.id}/gebeurtenissen").json()["resultaten"]
    assert [row["toelichting"] for row in events] == [None] * len(events)
    assert events[-1]["actie"] == "inhoud-verwijderen"
    assert _figures(service) == figures
    with runtime.system_unit("test") as uow:
        assert uow.session.get(Datasleutel, UUID(walk.id)) is None
        assert all(not row.stap.blob for row in uow.session.exec(select(Vierogenverzoek)).all())
    refused = walk.step("heropenen", {"nieuwFeit": "Een nieuwe melding."})
    assert refused.status_code == 409
    reports = service.as_("beheerder").get("/vernietigingsverslagen").json()["resultaten"]
    assert [(row["soort"], row["aantal"], row["kenmerken"]) for row in reports] == [("signaalinhoud", 1, [walk.id])]
    assert service.as_("af").get("/vernietigingsverslagen").status_code == 403
    _sweep(runtime)
    assert len(service.as_("beheerder").get("/vernietigingsverslagen").json()["resultaten"]) == 1


def test_a_hold_stops_it_and_is_logged_with_who_and_why(walk: Walk, service: Service, runtime: Runtime) -> None:
    walk.closed()
    held = walk.step("vasthouden", {"reden": "Er loopt een rechtszaak."})
    assert held.status_code == 200, held.text
    _pass(runtime, walk.id)
    _sweep(runtime)
    assert walk.read()["inhoud"]["tekst"] == TEKST
    last = service.as_("af").get(f"/signalen/{walk.id}/gebeurtenissen").json()["resultaten"][-1]
    assert (last["actie"], last["toelichting"]) == ("bewaren-vasthouden", "Er loopt een rechtszaak.")
    walk.done("loslaten", {"reden": "De zaak is klaar."})
    _sweep(runtime)
    assert walk.read()["inhoud"]["tekst"] is None


def test_reopened_in_time_nothing_goes_and_early_removal_goes_by_the_same_road(walk: Walk, runtime: Runtime) -> None:
    walk.closed()
    walk.done("heropenen", {"nieuwFeit": "Een tweede melding."})
    with runtime.system_unit("test") as uow:
        assert uow.session.get_one(Signaal, UUID(walk.id)).inhoud_weg_op is None
    _sweep(runtime)
    assert walk.read()["inhoud"]["tekst"] == TEKST
    walk.done("trieren", TRIAGE)
    walk.closed()
    early = walk.step("verwijderen", {"reden": "Verzoek van de functionaris."})
    assert walk.decide(early.json()["verzoek"]).json()["status"] == "akkoord"
    _sweep(runtime)
    assert walk.read()["inhoud"]["tekst"] is None


def test_a_term_that_was_not_known_at_closing_counts_from_closing(walk: Walk, runtime: Runtime) -> None:
    walk.closed()
    with runtime.system_unit("test") as uow:
        uow.session.execute(update(Signaal).values(inhoud_weg_op=None))
    _sweep(runtime)
    with runtime.system_unit("test") as uow:
        assert uow.session.get_one(Signaal, UUID(walk.id)).inhoud_weg_op == add_months(uow.today, 6)


def test_confidential_findings_go_and_those_of_another_signal_stay(field: Field, runtime: Runtime, terms: None) -> None:  # noqa: ARG001 - stored
    one, other = (field.control([hit("IDE-03")]) for _ in range(2))
    with runtime.system_unit("test") as uow:
        shared = uow.session.exec(
            select(SignaalBevinding.bevinding_id).where(SignaalBevinding.signaal_id == one.id)
        ).one()
        uow.session.add(SignaalBevinding(signaal_id=other.id, bevinding_id=shared))
        closed = {"status": "gesloten", "sluitcode": "C7", "inhoud_weg_op": uow.today, "gesloten_op": uow.now}
        for signal in (one, other):
            uow.session.execute(update(Signaal).where(col(Signaal.id) == signal.id).values(**closed))
            uow.session.execute(
                update(Signaal).where(col(Signaal.id) == other.id).values(inhoud_weg_op=uow.today + timedelta(days=9))
            )
    _sweep(runtime)
    with runtime.system_unit("test") as uow:
        assert uow.session.get(Bevinding, shared) is not None
        assert uow.session.get_one(Signaal, one.id).automatisch_voor is None
        uow.session.execute(update(Signaal).where(col(Signaal.id) == other.id).values(inhoud_weg_op=uow.today))
    _sweep(runtime)
    with runtime.system_unit("test") as uow:
        assert uow.session.exec(select(Bevinding.id)).all() == []


def test_a_worker_that_dies_leaves_nothing_half_done(
    walk: Walk, service: Service, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk.closed()
    _pass(runtime, walk.id)

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(bewaren, "report_removal", dies)
        with pytest.raises(KeyboardInterrupt):
            _sweep(runtime)
    assert walk.read()["inhoud"]["tekst"] == TEKST
    assert service.as_("beheerder").get("/vernietigingsverslagen").json()["resultaten"] == []
    _sweep(runtime)
    assert walk.read()["inhoud"]["tekst"] is None


def test_the_log_of_shares_stays_a_year_longer(walk: Walk, service: Service, runtime: Runtime) -> None:
    walk.closed()
    _pass(runtime, walk.id)
    _sweep(runtime)
    shares = f"/overdrachten?signaalId={walk.id}"
    assert len(service.as_("af").get(shares).json()["resultaten"]) == 1
    with runtime.system_unit("test") as uow:
        uow.session.execute(update(Signaal).values(inhoud_verwijderd_op=uow.now - timedelta(days=370)))
    _sweep(runtime)
    assert service.as_("af").get(shares).json()["resultaten"] == []


@pytest.mark.parametrize(("since", "goes"), [(-400, True), (0, True), (7, True), (8, False), (400, False)])
def test_a_clock_that_jumps_ahead_waits_for_a_manager(
    walk: Walk, service: Service, runtime: Runtime, since: int, goes: bool
) -> None:
    """`since`: how many days the clock is past the last day that was seen; negative: it was put back."""
    walk.closed()
    _pass(runtime, walk.id)
    with runtime.system_unit("test") as uow:
        uow.session.get_one(Kenmerk, LAATST).waarde = (uow.today - timedelta(days=since)).isoformat()
    _sweep(runtime)
    assert (walk.read()["inhoud"]["tekst"] is None) is goes
    manager = service.as_("beheerder")
    assert manager.get("/bewaarklok").json()["wacht"] is not goes
    tasks = [row["soort"] for row in manager.get("/taken").json()["resultaten"]]
    assert ("bewaarklok-bevestigen" in tasks) is not goes
    if not goes:
        assert manager.post("/bewaarklok/_bevestigen", json={"dag": "2020-01-01"}).status_code == 400
        with runtime.system_unit("test") as uow:
            today = uow.today.isoformat()
        assert manager.post("/bewaarklok/_bevestigen", json={"dag": today}).json()["wacht"] is False
        _sweep(runtime)
        assert walk.read()["inhoud"]["tekst"] is None


def test_the_first_run_only_notes_the_day(walk: Walk, runtime: Runtime) -> None:
    walk.closed()
    _pass(runtime, walk.id)
    with runtime.system_unit("test") as uow:
        uow.session.delete(uow.session.get_one(Kenmerk, LAATST))
    with runtime.system_unit("test") as uow:
        assert bewaren.remove_content(uow) == 0
    with runtime.system_unit("test") as uow:
        assert bewaren.remove_content(uow) == 1


def test_a_destruction_report_is_never_changed(walk: Walk, runtime: Runtime) -> None:
    walk.closed()
    _pass(runtime, walk.id)
    _sweep(runtime)
    unit: UnitFactory = runtime.system_unit
    with pytest.raises(RuntimeError, match="never changed"), unit("test") as uow:
        uow.session.exec(select(Vernietigingsverslag)).one().aantal = 0
    with pytest.raises(RuntimeError, match="never changed"), unit("test") as uow:
        uow.session.delete(uow.session.exec(select(Vernietigingsverslag)).one())
    with unit("test") as uow:
        assert uow.session.execute(text("select aantal from vernietigingsverslagen")).scalar_one() == 1


def test_two_workers_at_once_remove_each_signal_once(field: Field, runtime: Runtime, terms: None) -> None:  # noqa: ARG001 - stored
    for _ in range(6):
        field.control([hit("IDE-03")])
    with runtime.system_unit("test") as uow:
        closed = {"status": "gesloten", "sluitcode": "C7", "inhoud_weg_op": uow.today, "gesloten_op": uow.now}
        uow.session.execute(update(Signaal).values(**closed))
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(_sweep, runtime) for _ in range(2)]:
            done.result()
    with runtime.system_unit("test") as uow:
        told = [nr for row in uow.session.exec(select(Vernietigingsverslag)).all() for nr in row.kenmerken]
        assert sorted(told) == sorted(str(nr) for nr in uow.session.exec(select(Signaal.id)).all())
