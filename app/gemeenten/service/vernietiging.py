"""Destruction reports: what was removed stands in one, in the transaction of the removal itself (DAT-15)."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from app.core.clock import add_months
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import bewaren as repository
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.rules.verwerkingen import Recordsoort
from app.gemeenten.service.normen import norm_value
from app.gemeenten.tables import Vernietigingsverslag


def report_removal(
    uow: UnitOfWork, gemeentecode: str | None, soort: Recordsoort, termijn: str, ids: Collection[UUID], peildatum: date
) -> None:
    """Notes what this transaction removes; without records nothing is noted.

    Args:
        uow: the transaction of the removal: report and removal exist together or not at all.
        gemeentecode: owner of the records; None for what belongs to no municipality, of which none reads the report.
        soort: kind of record.
        termijn: the norm and its value, or why it went before that.
        ids: the records; never content.
        peildatum: the day up to which terms had passed.
    """
    if not ids:
        return
    uow.session.add(
        Vernietigingsverslag(
            gemeentecode=gemeentecode,
            soort=soort.value,
            termijn=termijn,
            aantal=len(ids),
            kenmerken=sorted(str(nr) for nr in ids),
            peildatum=peildatum,
            verwijderd_op=uow.now,
        )
    )
    uow.audit("vernietigingsverslag", None, gemeentecode, "gegevens_verwijderd", f"{soort.value}: {len(ids)}")


def list_reports(uow: UnitOfWork, paging: Paging) -> Sequence[Vernietigingsverslag]:
    """The destruction reports of the caller's municipality, newest first."""
    return repository.reports_page(uow.session, uow.caller, paging)


def passed_before(uow: UnitOfWork, gemeentecode: str, sleutel: Normsleutel, today: date) -> tuple[date | None, str]:
    """The day before which a term in months has passed, and the term as a report tells it; None where there is no term."""
    months = norm_value(uow, gemeentecode, sleutel, today)
    if months is None:
        return None, sleutel.value
    return add_months(today, -int(months)), f"{sleutel.value}: {months:g} maanden"
