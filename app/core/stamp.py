"""The stamp of a database: demo or productie, set once; a demo part never works on a production database."""

from app.core.db import Database
from app.core.errors import CannotGoOn
from app.core.settings import Settings, Stempel
from app.core.tables import Kenmerk

NAAM = "stempel"


class WrongStamp(CannotGoOn):
    """The database was made for something else; the message says in Dutch how to mend that."""


def read_stamp(database: Database) -> Stempel | None:
    """What this database was made for; None when nobody has stamped it yet."""
    with database.session(write=False) as session:
        row = session.get(Kenmerk, NAAM)
    return None if row is None else Stempel(row.waarde)


def write_stamp(database: Database, stempel: Stempel) -> None:
    """Stamps a database; the same stamp again changes nothing.

    Raises:
        WrongStamp: it carries the other stamp already; a stamp is never replaced.
    """
    with database.session(write=True) as session:
        row = session.get(Kenmerk, NAAM)
        if row is None:
            session.add(Kenmerk(naam=NAAM, waarde=stempel.value))
            session.commit()
        elif row.waarde != stempel.value:
            raise WrongStamp(_message(Stempel(row.waarde), stempel))


def check_stamp(database: Database, settings: Settings) -> None:
    """Refuses to work on a database that was made for something else.

    Raises:
        WrongStamp: stamped differently than the settings say; a database without stamp passes.
    """
    stamp = read_stamp(database)
    if stamp is not None and stamp != settings.stempel:
        raise WrongStamp(_message(stamp, settings.stempel))


def _message(stored: Stempel, wanted: Stempel) -> str:
    return (
        f"Deze database is gemaakt voor {stored.value}, maar de instelling VELDWACHT_STEMPEL zegt {wanted.value}. "
        "Kies de juiste database of verander de instelling."
    )
