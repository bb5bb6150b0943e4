"""What signing in asks; comes before there is a caller, so nothing here starts from `readable_by`."""

from datetime import date

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from app.gemeenten.tables import Aanwijzing, Account, Gemeente, Teamlid


def account_with_sub(session: Session, sub: str) -> Account | None:
    """The account with this subject, ended or not. Comes before there is a caller."""
    return session.exec(select(Account).where(Account.sub == sub)).one_or_none()


def team_ids(session: Session, account: Account) -> list[Teamlid]:
    """The team memberships of an account."""
    return list(session.exec(select(Teamlid).where(Teamlid.account_id == account.id)).all())


def designated_municipalities(session: Session, account: Account, day: date) -> list[str]:
    """Municipalities in which the account has a designation that is valid on `day` (ROL-23)."""
    valid: list[ColumnElement[bool]] = [
        col(Aanwijzing.account_id) == account.id,
        col(Aanwijzing.geldig_vanaf) <= day,
        or_(col(Aanwijzing.geldig_tot).is_(None), col(Aanwijzing.geldig_tot) >= day),
    ]
    return list(session.exec(select(Aanwijzing.gemeentecode).where(*valid).distinct()).all())


def municipalities_of_region(session: Session, gemeentecode: str) -> list[str]:
    """The municipalities of the region of `gemeentecode`."""
    home = session.get(Gemeente, gemeentecode)
    if home is None or home.regio_code is None:
        return [gemeentecode]
    return list(session.exec(select(Gemeente.code).where(Gemeente.regio_code == home.regio_code)).all())
