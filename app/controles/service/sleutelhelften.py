"""The server-held half of a tablet's wrapping key: given out for the right PIN, destroyed after wrong ones (design section 7).

Whoever takes a tablet has five tries, however fast; after that what is on its disk is unreadable for good. What was sealed to the
service can still be delivered, so that nothing entered is lost by it.
"""

import base64
import hashlib
import hmac
import json
import secrets
from uuid import UUID

from app.controles.errors import SleutelhelftNotFound
from app.controles.repository import tabletsleutels as repository
from app.controles.schemas.bezorging import SleutelhelftRead
from app.controles.tables import Sleutelhelft
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork

SOORT, VELD = "sleutelhelft", "inhoud"
TRIES = 5
_COST = {"n": 2**14, "r": 8, "p": 1}


def store_half(uow: UnitOfWork, apparaat_id: UUID, bewijs: str) -> SleutelhelftRead:
    """Makes a new half for this tablet and account; an earlier one is gone."""
    old = repository.own_half(uow.session, uow.caller, apparaat_id)
    if old is not None:
        _destroy(uow, old)
    row_id, zout = new_id(), secrets.token_bytes(16)
    helft = base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
    content = json.dumps({"helft": helft, "zout": zout.hex(), "hash": _hash(bewijs, zout)})
    row = Sleutelhelft(
        id=row_id,
        apparaat_id=apparaat_id,
        account_id=uow.caller.account_id,
        gemeentecode=uow.caller.gemeentecode,
        inhoud=uow.seal(row_id, VELD, content),
        gemaakt_op=uow.now,
    )
    uow.session.add(row)
    uow.session.flush()
    uow.audit(SOORT, apparaat_id)
    return SleutelhelftRead(helft=helft)


def fetch_half(uow: UnitOfWork, apparaat_id: UUID, bewijs: str) -> SleutelhelftRead | int:
    """The half for the right proof, or how many tries are left; the caller answers, so that the count is committed.

    Raises:
        SleutelhelftNotFound: none, destroyed, or another account's; these look alike.
    """
    row = repository.own_half(uow.session, uow.caller, apparaat_id)
    if row is None:
        raise SleutelhelftNotFound
    content = json.loads(uow.unseal(row.id, VELD, row.inhoud))
    uow.audit(SOORT, apparaat_id)
    if hmac.compare_digest(content["hash"], _hash(bewijs, bytes.fromhex(content["zout"]))):
        row.pogingen = 0
        return SleutelhelftRead(helft=content["helft"])
    row.pogingen += 1
    left = TRIES - row.pogingen
    if left <= 0:
        _destroy(uow, row)
    return max(left, 0)


def delete_half(uow: UnitOfWork, apparaat_id: UUID) -> None:
    """At sign-out the caller's half goes; without one nothing changes."""
    row = repository.own_half(uow.session, uow.caller, apparaat_id)
    if row is not None:
        _destroy(uow, row)
    uow.audit(SOORT, apparaat_id)


def destroy_all(uow: UnitOfWork, apparaat_id: UUID) -> None:
    """A wipe order or a wiped tablet: nothing on its disk opens any more, whoever used it."""
    for row in repository.halves_of(uow.session, apparaat_id):
        _destroy(uow, row)


def _destroy(uow: UnitOfWork, row: Sleutelhelft) -> None:
    uow.erase_data_key(row.id)
    uow.session.delete(row)
    uow.session.flush()


def _hash(bewijs: str, zout: bytes) -> str:
    return hashlib.scrypt(bewijs.encode(), salt=zout, **_COST).hex()
