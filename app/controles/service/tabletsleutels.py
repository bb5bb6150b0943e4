"""The keys to which tablets seal: made at the first start, renewed in time, kept while something may arrive (design section 7)."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from app.controles.errors import SleutelNietKlaar
from app.controles.repository import tabletsleutels as repository
from app.controles.rules.verzegeling import Bewijs, Geheim, new_key, sign_proof
from app.controles.schemas.bezorging import BezorgbewijsRead, JwkRead, TabletsleutelRead
from app.controles.tables import Tabletsleutel
from app.core.crypto import UnreadableText
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork

GEHEIM = "geheim"
OVERLAP = 4
"""A key is renewed when a quarter of its time is left, so that whoever was away for days still holds one that is told as good."""


def renew(uow: UnitOfWork, *, days: int, keep_days: int) -> bool:
    """Makes a key when there is none, or when that of now is near its end; erases what nothing can arrive for any more.

    Two processes that start at one moment may make two: both open, and tablets are told the newest.

    Args:
        uow: the transaction.
        days: how long tablets seal to one key.
        keep_days: how long it opens after that.

    Returns:
        Whether a key was made.
    """
    for old in repository.made_before(uow.session, uow.now - timedelta(days=days + keep_days)):
        uow.erase_data_key(old.id)
        uow.session.delete(old)
        uow.audit("tabletsleutel", old.id, actie="tabletsleutels_verwijderen")
    last = repository.newest(uow.session)
    if last is not None and last.geldig_tot - uow.now > timedelta(days=days) / OVERLAP:
        return False
    row_id = new_id()
    publiek, geheim = new_key(row_id)
    row = Tabletsleutel(
        id=row_id,
        gemaakt_op=uow.now,
        geldig_tot=uow.now + timedelta(days=days),
        publiek=publiek,
        geheim=uow.seal(row_id, GEHEIM, geheim.dump()),
    )
    uow.session.add(row)
    uow.session.flush()
    uow.audit("tabletsleutel", row_id, actie="tabletsleutels_maken")
    return True


def present_key(uow: UnitOfWork) -> TabletsleutelRead:
    """The public key to seal to now.

    Raises:
        SleutelNietKlaar: none was made yet.
    """
    row = _newest(uow)
    return TabletsleutelRead(sleutel_id=row.id, jwk=JwkRead(**row.publiek), geldig_tot=row.geldig_tot)


def give_proof(uow: UnitOfWork, apparaat_id: UUID, days: int) -> BezorgbewijsRead:
    """A proof that the caller entered something on this tablet, to travel inside sealed events.

    Raises:
        SleutelNietKlaar: no key was made yet.
    """
    row = _newest(uow)
    caller = uow.caller
    tot = uow.now + timedelta(days=days)
    bewijs = Bewijs(caller.sub, caller.account_id, caller.gemeentecode, apparaat_id, tot)
    uow.audit("apparaat", apparaat_id)
    return BezorgbewijsRead(
        bezorgbewijs=sign_proof(row.id, _secret(uow, row), bewijs, uow.now), geldig_tot=tot.replace(microsecond=0)
    )


def secrets_of(uow: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, Geheim]:
    """The secrets of the keys that are known here; one that cannot be read any more is left out."""
    rows = repository.with_ids(uow.session, set(ids))
    uow.load_data_keys(row.id for row in rows)
    found = {}
    for row in rows:
        try:
            found[row.id] = _secret(uow, row)
        except UnreadableText:
            continue
    return found


def _newest(uow: UnitOfWork) -> Tabletsleutel:
    row = repository.newest(uow.session)
    if row is None:
        raise SleutelNietKlaar
    return row


def _secret(uow: UnitOfWork, row: Tabletsleutel) -> Geheim:
    return Geheim.load(uow.unseal(row.id, GEHEIM, row.geheim))
