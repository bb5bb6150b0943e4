"""What was done at an object, for files and reports: finished controls and attempts with the answers that may stand in a file (DAT-13)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.checklists.service import get_catalogue
from app.controles.errors import ControleNotFound
from app.controles.repository import historie as repository
from app.controles.status import Controlestatus
from app.controles.tables import Controle
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork

VRIJE_TOESTEMMING = "BEV-04"


@dataclass(frozen=True, slots=True)
class GeweestControle:
    """A control or attempt that took place.

    Its trigger, moments, length and version are left out on purpose: they can tell of a report, an alarm or a visit that took
    longer than the compliance in it explains.

    Attributes:
        poging: nobody came in; `reden` says why (PLN-15).
        verzegeld: no resident consented freely (BEV-04), so that what was seen inside serves no enforcement.
        antwoorden: by item, only what may stand in a file.
        normen: the norm table of its date, by key.
    """

    id: UUID
    gemeentecode: str
    object_id: UUID
    team_id: UUID | None
    datum: date
    poging: bool
    reden: str | None
    bedrijfsplan_versie: str | None
    verzegeld: bool
    checklistversies: Mapping[str, int]
    normen: Mapping[str, float]
    antwoorden: Mapping[str, Any]


def history_of_object(uow: UnitOfWork, object_id: UUID, paging: Paging) -> list[GeweestControle]:
    """What was done at an object as far as the caller may see it, newest first: one page and one more, in one query."""
    return [_shown(*row) for row in repository.history_page(uow.session, uow.caller, object_id, paging)]


def control_that_took_place(uow: UnitOfWork, controle_id: UUID) -> GeweestControle:
    """One control that is finished, or an attempt.

    Raises:
        ControleNotFound: unknown, not visible, or it did not take place yet; these look alike.
    """
    found = repository.one(uow.session, uow.caller, controle_id)
    if found is None:
        raise ControleNotFound
    return _shown(*found)


def finished_at(uow: UnitOfWork, objects: Collection[UUID], since: date) -> list[GeweestControle]:
    """Finished controls at objects since a day, oldest first, in one query: to see what was put right."""
    return (
        [_shown(*row) for row in repository.finished_at(uow.session, uow.caller, set(objects), since)]
        if objects
        else []
    )


def next_visit_of(uow: UnitOfWork, objects: Collection[UUID], day: date) -> dict[UUID, date]:
    """Per object the first visit on the plan from a day on, as far as the caller may see the plan."""
    return dict(repository.next_visits(uow.session, uow.caller, objects, day)) if objects else {}


def who_was_there(uow: UnitOfWork, controle_id: UUID) -> list[UUID]:
    """The accounts that started or finished a control."""
    return list(repository.who_was_there(uow.session, controle_id))


def _shown(row: Controle, naleving: Mapping[str, Any]) -> GeweestControle:
    allowed = get_catalogue(row.checklistversies).in_dossier if row.checklistversies else frozenset[str]()
    answers = {code: value for code, value in sorted(naleving.items()) if code in allowed}
    return GeweestControle(
        id=row.id,
        gemeentecode=row.gemeentecode,
        object_id=row.object_id,
        team_id=row.team_id,
        datum=row.datum,
        poging=row.status is Controlestatus.POGING,
        reden=row.reden if row.status is Controlestatus.POGING else None,
        bedrijfsplan_versie=row.bedrijfsplan_versie,
        verzegeld=answers.get(VRIJE_TOESTEMMING) == "nee",
        checklistversies=row.checklistversies,
        normen=row.normen,
        antwoorden=answers,
    )
