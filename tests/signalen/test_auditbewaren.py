"""How long is kept who read and did what: a dated norm; about a signal as long as the log of its shares (DAT-15)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from app.core.runtime import Runtime
from app.core.tables import Auditregel, Kenmerk
from app.core.unit_of_work import audit_row
from app.gemeenten.service.bewaarklok import LAATST
from app.gemeenten.tables import Norm, Vernietigingsverslag
from app.signalen.service import auditbewaren
from app.signalen.service.auditbewaren import remove_old_audit
from app.signalen.service.vastleggen import BESLOTEN
from app.signalen.tables import Signaal
from tests.support.municipality import STAD
from tests.support.service import Service
from tests.support.signalen import Field, hit


def _read_by(runtime: Runtime) -> list[tuple[str | None, str]]:
    with runtime.system_unit("test", write=False) as uow:
        rows = uow.session.exec(select(Auditregel).where(Auditregel.gemeentecode == STAD)).all()
        return [(row.object_id, row.actie) for row in rows]


def test_rows_of_no_municipality_go_by_the_national_norm_and_are_told_to_none(
    runtime: Runtime, service: Service
) -> None:
    """The closed route and the service itself: a municipality with a norm of its own changes nothing about them (RTE-26)."""
    with runtime.system_unit("test") as uow:
        uow.session.add(Kenmerk(naam=LAATST, waarde=uow.today.isoformat()))
        for place, years in ((None, 6), ("", 6), (BESLOTEN, 6), (BESLOTEN, 4), (STAD, 6)):
            row = audit_row(
                uow.caller, uow.now - timedelta(days=years * 366), "r", "x", "toegestaan", None, None, place
            )
            row.gemeentecode = place
            uow.session.add(row)
        for place, months in (("", 60), (STAD, 120)):
            uow.session.add(
                Norm(
                    gemeentecode=place,
                    sleutel="AUDITREGEL_BEWAREN_MAANDEN",
                    waarde=months,
                    eenheid="",
                    geldig_vanaf=date(2020, 1, 1),
                    bron="test",
                )
            )
    assert remove_old_audit(runtime.system_unit) == 3
    assert service.as_("beheerder").get("/vernietigingsverslagen").json()["resultaten"] == []
    with runtime.system_unit("test", write=False) as uow:
        left = uow.session.exec(select(Auditregel).where(Auditregel.actie == "x")).all()
        assert sorted(row.gemeentecode or "" for row in left) == [STAD, BESLOTEN]
        (report,) = uow.session.exec(select(Vernietigingsverslag)).all()
        assert (report.gemeentecode, report.aantal) == (None, 3)


def test_old_rows_go_and_those_about_a_signal_stay_as_long_as_it_is_accounted_for(
    field: Field, runtime: Runtime, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auditbewaren, "BATCH", 2)  # so that what stays does not keep what goes waiting
    signaal = str(field.control([hit("IDE-03")]).id)
    for path in (f"/signalen/{signaal}", f"/bevindingen?objectId={field.objects['HOR']}", "/taken", "/signalen"):
        assert service.as_("af").get(path).status_code == 200
    service.as_("planner").get(f"/signalen/{signaal}")
    before = _read_by(runtime)
    assert any(nr == signaal for nr, _ in before)
    assert any(nr != signaal for nr, _ in before)
    with runtime.system_unit("test") as uow:
        uow.session.add(Kenmerk(naam=LAATST, waarde=uow.today.isoformat()))
        uow.session.exec(update(Auditregel).values(tijdstip=uow.now - timedelta(days=70 * 31)))
    assert remove_old_audit(runtime.system_unit) == 0, "without a norm nothing goes"
    with runtime.system_unit("test") as uow:
        for key, value in (("AUDITREGEL_BEWAREN_MAANDEN", 60), ("DEELLOG_BEWAREN_MAANDEN", 12)):
            uow.session.add(Norm(sleutel=key, waarde=value, eenheid="", geldig_vanaf=date(2020, 1, 1), bron="test"))
    assert remove_old_audit(runtime.system_unit) > 0
    left = [row for row in _read_by(runtime) if row[1] != "gegevens_verwijderd"]
    assert left == [row for row in before if row[0] == signaal]
    reports = service.as_("beheerder").get("/vernietigingsverslagen").json()["resultaten"]
    assert sum(row["aantal"] for row in reports if row["soort"] == "auditregel") == len(before) - len(left)
    with runtime.system_unit("test") as uow:
        gone = uow.now - timedelta(days=13 * 31)
        uow.session.exec(update(Signaal).where(col(Signaal.id) == UUID(signaal)).values(inhoud_verwijderd_op=gone))
    assert remove_old_audit(runtime.system_unit) == len(left)
    assert signaal not in {nr for nr, _ in _read_by(runtime)}
