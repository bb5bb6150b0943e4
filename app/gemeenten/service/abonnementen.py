"""Push subscriptions and how an account wants to be woken. Address and keys of a browser are encrypted: they lead into a device."""

import hashlib
import json
from collections.abc import Collection
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from app.core.errors import Fout, InvalidInput, NotFound
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.adapters.bezorging import Adres
from app.gemeenten.repository import berichten as repository
from app.gemeenten.schemas.berichten import BerichtinstellingUpdate, PushabonnementCreate
from app.gemeenten.service.berichten import STANDAARD
from app.gemeenten.tables import Berichtinstelling, Pushabonnement

LOOPBACK = frozenset({"127.0.0.1", "localhost"})


class AbonnementNotFound(NotFound):
    """Unknown, or of another account."""

    code = "pushabonnement-niet-gevonden"


def add_subscription(uow: UnitOfWork, data: PushabonnementCreate, hosts: Collection[str]) -> Pushabonnement:
    """Stores the browser of the caller; the same browser again changes nothing, and with another account it changes hands.

    Args:
        uow: the transaction.
        data: what the browser gave.
        hosts: push services that may be called; anything else would let an account make the service call any address.

    Raises:
        InvalidInput: not the address of a known push service.
    """
    if not _is_known(data.endpoint, hosts):
        raise InvalidInput(
            "Er is 1 fout gevonden; zie 'fouten'.", [Fout("body.endpoint", "is geen adres van een bekende pushdienst")]
        )
    fingerprint = hashlib.sha256(data.endpoint.encode()).hexdigest()
    keys = json.dumps({"p256dh": data.p256dh, "auth": data.auth})
    found = repository.subscription_with(uow.session, fingerprint)
    if found is None:
        row_id = new_id()
        found = Pushabonnement(
            id=row_id,
            account_id=uow.caller.account_id,
            vingerafdruk=fingerprint,
            adres=uow.seal(row_id, "adres", data.endpoint),
            sleutels=uow.seal(row_id, "sleutels", keys),
            gemaakt_op=uow.now,
        )
        uow.session.add(found)
    else:
        found.account_id, found.sleutels = uow.caller.account_id, uow.seal(found.id, "sleutels", keys)
    uow.session.flush()
    uow.audit("Pushabonnement", found.id)
    return found


def end_subscription(uow: UnitOfWork, abonnement_id: UUID) -> None:
    """Forgets a browser of the caller, its keys included.

    Raises:
        AbonnementNotFound: unknown, or of another account.
    """
    found = repository.own_subscription(uow.session, uow.caller, abonnement_id)
    if found is None:
        raise AbonnementNotFound("Dit pushabonnement bestaat niet, of is niet van u.")
    uow.audit("Pushabonnement", found.id)
    drop_subscription(uow, found.id)


def drop_subscription(uow: UnitOfWork, abonnement_id: UUID) -> None:
    """Removes a subscription that its owner ended or that the push service does not know any more."""
    row = uow.session.get(Pushabonnement, abonnement_id)
    if row is not None:
        uow.erase_data_key(abonnement_id)
        uow.session.delete(row)
        uow.session.flush()


def read_subscription(uow: UnitOfWork, row: Pushabonnement) -> Adres:
    """Where a push goes.

    Raises:
        UnreadableText: its key was erased.
    """
    keys = json.loads(uow.unseal(row.id, "sleutels", row.sleutels))
    return Adres(uow.unseal(row.id, "adres", row.adres), keys["p256dh"], keys["auth"], row.id)


def own_settings(uow: UnitOfWork) -> Berichtinstelling:
    """How the caller is woken; the standard when he chose nothing."""
    account_id = uow.caller.account_id
    found = repository.settings_of(uow.session, [account_id]).get(account_id)
    return found or Berichtinstelling(account_id=account_id, kanalen=list(STANDAARD))


def change_own_settings(uow: UnitOfWork, data: BerichtinstellingUpdate) -> Berichtinstelling:
    """Stores how the caller wants to be woken and when he is away; an AF who is away is passed by at once (ROL-02)."""
    account_id = uow.caller.account_id
    values = data.model_dump() | {"kanalen": [kanaal.value for kanaal in dict.fromkeys(data.kanalen)]}
    found = repository.settings_of(uow.session, [account_id]).get(account_id)
    if found is None:
        found = Berichtinstelling(account_id=account_id, **values)
        uow.session.add(found)
    else:
        for name, value in values.items():
            setattr(found, name, value)
    uow.session.flush()
    uow.audit("Berichtinstelling", account_id)
    return found


def away_at(uow: UnitOfWork, account_ids: Collection[UUID], moment: datetime) -> set[UUID]:
    """Which of these accounts are away at a moment."""
    return {
        account_id
        for account_id, row in repository.settings_of(uow.session, account_ids).items()
        if row.afwezig_van is not None and row.afwezig_tot is not None and row.afwezig_van <= moment < row.afwezig_tot
    }


def _is_known(endpoint: str, hosts: Collection[str]) -> bool:
    try:
        parts = urlsplit(endpoint)
        host = (parts.hostname or "").casefold()
        plain = parts.username is None and parts.password is None and parts.port in {None, 443}
    except ValueError:
        return False
    if host in LOOPBACK:
        return host in hosts
    return parts.scheme == "https" and plain and any(host == known or host.endswith(f".{known}") for known in hosts)
