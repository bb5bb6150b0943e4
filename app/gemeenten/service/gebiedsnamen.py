"""Names of areas for what lies above, and whether a code is an area of a municipality (REG-12, REG-20)."""

from collections.abc import Collection

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import gebiedsnamen as repository
from app.gemeenten.rules.gebiedscodes import belongs_to, kind_of

Gebiedsnamen = dict[tuple[str, int], str]


def area_names(uow: UnitOfWork, codes: Collection[str]) -> Gebiedsnamen:
    """The names by code and year of the division, in one query."""
    if not codes:
        return {}
    return {(code, jaar): naam for code, jaar, naam in repository.names_of(uow.session, codes)}


def unknown_areas(uow: UnitOfWork, gemeentecode: str, areas: Collection[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of the codes and years that are no area of the municipality.

    Where the division of a year was not loaded, the form of the code decides.
    """
    names = area_names(uow, {code for code, _ in areas})
    loaded = set(repository.years_of(uow.session, gemeentecode))
    return {
        (code, jaar)
        for code, jaar in areas
        if kind_of(code) is None or not belongs_to(code, gemeentecode) or (jaar in loaded and (code, jaar) not in names)
    }
