"""Tasks: what a role or team must do before a date. A task refers to a record and tells nothing of what stands in it."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import taken as repository
from app.gemeenten.schemas.accounts import TaakCreate, TaakRead
from app.gemeenten.status import Taakstatus
from app.gemeenten.tables import Taak


class TaakNotFound(NotFound):
    """Unknown, or for another role, team or municipality."""

    code = "taak-niet-gevonden"


class TaakVervallen(Conflict):
    """The task has lapsed."""

    code = "taak-vervallen"


def add_taak(uow: UnitOfWork, data: TaakCreate) -> Taak:
    """Makes the task of this kind on this record, once: what stands already is given back as it is, done or not.

    The same call by two processes at one moment makes one task. To ask for the work again use `reopen_taak`.
    """
    repository.insert_once(uow.session, Taak(**data.model_dump(), gemaakt_op=uow.now))
    return _taak_of(uow, data.soort, data.onderwerp_id)


def reopen_taak(uow: UnitOfWork, data: TaakCreate) -> Taak:
    """Makes the task or opens it again with a new date, for example when a risk address comes into view once more (CAD-06)."""
    taak = add_taak(uow, data)
    if taak.status is not Taakstatus.OPEN:
        taak.status, taak.gedaan_op, taak.gedaan_door = Taakstatus.OPEN, None, None
    taak.voor_datum, taak.voor_rol, taak.team_id = data.voor_datum, data.voor_rol, data.team_id
    taak.versie += 1
    uow.session.flush()
    return taak


def finish_taak(uow: UnitOfWork, taak_id: UUID) -> Taak:
    """Marks a task of the caller as done; a repeat changes nothing.

    Raises:
        TaakNotFound: unknown, or for another role, team or municipality.
        TaakVervallen: the task has lapsed.
    """
    taak = repository.find_taak(uow.session, uow.caller, taak_id)
    if taak is None:
        raise TaakNotFound("Deze taak bestaat niet, of is niet voor u.")
    if taak.status is Taakstatus.VERVALLEN:
        raise TaakVervallen("Deze taak is vervallen; er is niets meer te doen.")
    _close(uow, taak, Taakstatus.GEDAAN)
    return taak


def close_taak_of(
    uow: UnitOfWork, soort: str, onderwerp_id: UUID, status: Taakstatus = Taakstatus.GEDAAN
) -> Taak | None:
    """Closes the task of this kind on a record, whoever it is for: the work itself was done, or is no longer needed.

    Returns:
        The task, or None where there is none.
    """
    taak = repository.taak_of(uow.session, soort, onderwerp_id)
    if taak is not None:
        _close(uow, taak, status)
    return taak


def lapse_tasks_about(uow: UnitOfWork, onderwerpen: Collection[UUID]) -> None:
    """Closes every open task about these records: nobody may see any more that there was something to do."""
    for taak in repository.open_about(uow.session, onderwerpen):
        _close(uow, taak, Taakstatus.VERVALLEN)


def list_taken(
    uow: UnitOfWork,
    paging: Paging,
    status: Taakstatus = Taakstatus.OPEN,
    rol: str | None = None,
    team_id: UUID | None = None,
    gemeentecode: str | None = None,
) -> Sequence[Taak]:
    """Tasks for the caller's roles and teams by date, those without a date last: one page and one row more.

    Raises:
        InvalidInput: a cursor of another list.
    """
    after = None
    if paging.after is not None:
        try:
            after = date.fromisoformat(paging.after[0])
        except ValueError:
            raise InvalidInput("De cursor klopt niet. Begin zonder cursor.") from None
    return repository.taken_page(uow.session, uow.caller, paging, status, rol, team_id, gemeentecode, after)


def open_tasks_of(uow: UnitOfWork, gemeentecode: str, soorten: Collection[str]) -> Sequence[Taak]:
    """The open tasks of some kinds in a municipality, whoever they are for, in one query; the caller answers for who hears of them."""
    return repository.open_of_kinds(uow.session, gemeentecode, soorten)


def sort_key(taak: Taak | TaakRead) -> tuple[str, UUID]:
    """The cursor of a task in the list."""
    return (taak.voor_datum or repository.NO_DATE).isoformat(), taak.id


def read_taak(taak: Taak, today: date) -> TaakRead:
    """A task as the API shows it."""
    late = taak.status is Taakstatus.OPEN and taak.voor_datum is not None and taak.voor_datum < today
    return TaakRead(**taak.model_dump(exclude={"gedaan_door", "versie"}), te_laat=late)


def ask_about_municipality(uow: UnitOfWork, gemeentecode: str, soort: str, omschrijving: str, rol: str) -> None:
    """Asks a role to see to something of the municipality itself, today: what it is about stays unsaid."""
    reopen_taak(
        uow,
        TaakCreate(
            gemeentecode=gemeentecode,
            soort=soort,
            omschrijving=omschrijving,
            voor_rol=rol,
            onderwerp_soort="gemeente",
            onderwerp_id=municipality_reference(gemeentecode),
            voor_datum=uow.today,
        ),
    )


def municipality_reference(gemeentecode: str) -> UUID:
    """A stable id for a municipality, which has a code and no id."""
    return uuid5(NAMESPACE_URL, f"urn:veldwacht:gemeente:{gemeentecode}")


def _taak_of(uow: UnitOfWork, soort: str, onderwerp_id: UUID) -> Taak:
    taak = repository.taak_of(uow.session, soort, onderwerp_id)
    if taak is None:
        raise TaakNotFound("Deze taak bestaat niet.")
    return taak


def _close(uow: UnitOfWork, taak: Taak, status: Taakstatus) -> None:
    if taak.status is not Taakstatus.OPEN:
        return
    taak.status, taak.gedaan_op, taak.gedaan_door = status, uow.now, uow.caller.account_id
    taak.versie += 1
    uow.session.flush()
    uow.audit("Taak", taak.id, taak.gemeentecode)
