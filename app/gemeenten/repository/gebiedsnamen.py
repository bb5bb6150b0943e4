"""Names of areas by code and year."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from app.gemeenten.tables import Gebied


def names_of(session: Session, codes: Collection[str]) -> Sequence[tuple[str, int, str]]:
    """Code, year and name of the areas with these codes; areas are public."""
    return session.exec(select(Gebied.code, Gebied.jaar, Gebied.naam).where(col(Gebied.code).in_(sorted(codes)))).all()


def years_of(session: Session, gemeentecode: str) -> Sequence[int]:
    """The years of which areas of a municipality are stored."""
    return session.exec(select(Gebied.jaar).where(Gebied.gemeentecode == gemeentecode).distinct()).all()
