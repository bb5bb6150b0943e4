"""Shared lists: sectors, triggers, old names of partners; extendable per municipality (REG-07, DEF-10)."""

from collections.abc import Collection, Sequence
from typing import Any

from app.core.errors import Fout, InvalidInput, NotFound
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import lijsten as repository
from app.gemeenten.schemas.profiel import LijstRegel
from app.gemeenten.tables import Lijstwaarde

OTHER = "overig"


class LijstNotFound(NotFound):
    """No list has this code."""

    code = "lijst-niet-gevonden"


def read_list(uow: UnitOfWork, lijst: str) -> list[Lijstwaarde]:
    """The values of a list for the caller's municipalities, by name, 'overig' last.

    Raises:
        LijstNotFound: no list has this code.
    """
    values = repository.values_for(uow.session, uow.caller, lijst)
    if not values:
        raise LijstNotFound("Deze lijst bestaat niet.")
    return sorted(values, key=lambda value: value.code == OTHER)


def characteristics(uow: UnitOfWork, lijst: str, gemeentecode: str) -> dict[str, dict[str, Any]]:
    """The characteristics per code of a list: national values and those of one municipality."""
    return {value.code: value.kenmerken for value in repository.values_of(uow.session, gemeentecode, lijst)}


def own_characteristics(uow: UnitOfWork, lijst: str, gemeenten: Collection[str]) -> list[tuple[str, dict[str, Any]]]:
    """Municipality (empty: national) and characteristics per value of a list, of several municipalities in one query."""
    return [(row.gemeentecode, row.kenmerken) for row in repository.values_in(uow.session, gemeenten, lijst)]


def names_in(uow: UnitOfWork, lijst: str, gemeentecode: str) -> dict[str, str]:
    """Code and name of the values of a list for one municipality; its own name of a code goes before the national one."""
    values = sorted(repository.values_of(uow.session, gemeentecode, lijst), key=lambda value: value.gemeentecode)
    return {value.code: value.naam for value in values}


def require_code(uow: UnitOfWork, lijst: str, code: str, gemeentecode: str, veld: str) -> None:
    """Refuses a code that the list does not know, for example a sector of an object (REG-07).

    Raises:
        InvalidInput: the list has no such code in this municipality.
    """
    if code not in characteristics(uow, lijst, gemeentecode):
        raise InvalidInput(
            "Er is 1 fout gevonden; zie 'fouten'.",
            [Fout(veld, f"staat niet in de lijst '{lijst}'; kies een bestaande code")],
        )


def seed_list_values(uow: UnitOfWork, gemeentecode: str, rows: Sequence[LijstRegel]) -> int:
    """Stores values of lists; an empty `gemeentecode` means for all. What stands is left alone, so a repeat changes nothing.

    Returns:
        How many values were stored.
    """
    standing = {
        (value.lijst, value.code)
        for value in repository.values_of(uow.session, gemeentecode)
        if value.gemeentecode == gemeentecode
    }
    missing = {(row.lijst, row.code): row for row in rows if (row.lijst, row.code) not in standing}
    uow.session.add_all(Lijstwaarde(gemeentecode=gemeentecode, **row.model_dump()) for row in missing.values())
    uow.session.flush()
    return len(missing)
