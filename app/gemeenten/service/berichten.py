"""The outbox: who is told that there is something new. Rows only; a worker brings them (`bezorgen.py`).

A message says "nieuw bericht" and carries an opaque reference, never content. It is stored in the transaction that causes it, once per
thing, moment, channel and recipient; whether it arrives changes nothing about the deadline behind it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.http.paging import Paging
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import berichten as repository
from app.gemeenten.repository import partners, rijen
from app.gemeenten.rules.contactgegevens import mail_address
from app.gemeenten.status import Berichtkanaal, Berichtstatus, Partnersoort
from app.gemeenten.tables import Bericht, Berichtinstelling, Piketdienst

K = Berichtkanaal
STANDAARD = (K.WEBPUSH.value,)
"""How an account is woken that chose nothing."""


class BerichtNotFound(NotFound):
    """Unknown, or of a municipality in which the caller does not work."""

    code = "bericht-niet-gevonden"


class BerichtLoopt(Conflict):
    """Only a message that was given up can be sent again."""

    code = "bericht-loopt"


class Postzak:
    """Messages of one transaction: how accounts want to be woken is asked once, and `store` puts all of them in the outbox together.

    Attributes:
        uow: the transaction that causes them.
    """

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow
        self._rows: list[dict[str, Any]] = []
        self._wishes: dict[UUID, Berichtinstelling | None] = {}

    def notify(
        self,
        gemeentecode: str,
        account_ids: Iterable[UUID],
        verwijzing: UUID,
        moment: str,
        *,
        dringend: bool = False,
        antwoord_nodig: bool = False,
    ) -> None:
        """Tells accounts, each on the channels it wants, and the municipality's own systems (CloudEvents); a repeat changes nothing.

        Args:
            gemeentecode: municipality of the record.
            account_ids: whom to tell.
            verwijzing: the record, an opaque id.
            moment: what happened, as a key: the same moment of the same record is told once.
            dringend: tried again sooner, and sent before others.
            antwoord_nodig: must be answered in the service.
        """
        flags = {"dringend": dringend, "antwoord_nodig": antwoord_nodig}
        self._to_accounts(gemeentecode, account_ids, verwijzing, moment, flags)
        self._rows.append(_row(self.uow, gemeentecode, K.CLOUDEVENT, verwijzing, moment, "gemeente", flags))

    def notify_shift(self, dienst: Piketdienst, verwijzing: UUID, moment: str, *, antwoord_nodig: bool = True) -> UUID:
        """Wakes who is on call: by SMS on the functional number of the shift, and on the channels of the account (ROL-24).

        Returns:
            The id of the message to the number.
        """
        flags = {"dringend": True, "antwoord_nodig": antwoord_nodig}
        self._to_accounts(dienst.gemeentecode, [dienst.account_id], verwijzing, moment, flags)
        alarm = _row(self.uow, dienst.gemeentecode, K.SMS, verwijzing, moment, f"dienst:{dienst.id}", flags)
        self._rows.append({**alarm, "piketdienst_id": dienst.id})
        alarm_id: UUID = alarm["id"]
        return alarm_id

    def notify_partner(self, gemeentecode: str, soort: Partnersoort, verwijzing: UUID, moment: str) -> bool:
        """Tells the functional mailbox of a partner that is valid today; False when the municipality set none.

        Only that there is something: the partner rings the on-call number, the content goes by voice.
        """
        flags = {"dringend": True, "antwoord_nodig": False}
        for partner in partners.valid_on(self.uow.session, gemeentecode, self.uow.today, soort):
            if mail_address(partner.kanaal) is not None:
                row = _row(self.uow, gemeentecode, K.EMAIL, verwijzing, moment, f"partner:{partner.id}", flags)
                self._rows.append({**row, "partner_id": partner.id})
                return True
        return False

    def store(self) -> None:
        """Puts the messages in the outbox; the bag is empty afterwards."""
        rows, self._rows = self._rows, []
        repository.insert_once(self.uow.session, rows)

    def _to_accounts(
        self,
        gemeentecode: str,
        account_ids: Iterable[UUID],
        verwijzing: UUID,
        moment: str,
        flags: Mapping[str, bool],
    ) -> None:
        ids = list(dict.fromkeys(account_ids))
        unknown = [account_id for account_id in ids if account_id not in self._wishes]
        if unknown:
            self._wishes |= dict.fromkeys(unknown) | repository.settings_of(self.uow.session, unknown)
        for account_id in ids:
            wish = self._wishes[account_id]
            for kanaal in STANDAARD if wish is None else wish.kanalen:
                row = _row(self.uow, gemeentecode, K(kanaal), verwijzing, moment, f"account:{account_id}", flags)
                self._rows.append({**row, "account_id": account_id})


def notify(
    uow: UnitOfWork,
    gemeentecode: str,
    account_ids: Iterable[UUID],
    verwijzing: UUID,
    moment: str,
    *,
    dringend: bool = False,
    antwoord_nodig: bool = False,
) -> None:
    """Tells accounts and the municipality's own systems at once (`Postzak.notify`)."""
    post = Postzak(uow)
    post.notify(gemeentecode, account_ids, verwijzing, moment, dringend=dringend, antwoord_nodig=antwoord_nodig)
    post.store()


def notify_shift(
    uow: UnitOfWork, dienst: Piketdienst, verwijzing: UUID, moment: str, *, antwoord_nodig: bool = True
) -> UUID:
    """Wakes who is on call at once (`Postzak.notify_shift`)."""
    post = Postzak(uow)
    alarm_id = post.notify_shift(dienst, verwijzing, moment, antwoord_nodig=antwoord_nodig)
    post.store()
    return alarm_id


def notify_partner(uow: UnitOfWork, gemeentecode: str, soort: Partnersoort, verwijzing: UUID, moment: str) -> bool:
    """Tells the mailbox of a partner at once (`Postzak.notify_partner`)."""
    post = Postzak(uow)
    told = post.notify_partner(gemeentecode, soort, verwijzing, moment)
    post.store()
    return told


def list_berichten(uow: UnitOfWork, paging: Paging, status: Berichtstatus) -> Sequence[Bericht]:
    """Messages of the caller's municipalities in a state, oldest first: one page and one row more.

    Raises:
        InvalidInput: a cursor of another list.
    """
    after = paging.after_key(datetime.fromisoformat)
    if after is not None and after[0].tzinfo is None:
        raise InvalidInput("De cursor klopt niet. Begin zonder cursor.")
    return repository.berichten_page(uow.session, uow.caller, paging, status, None if after is None else after[0])


def send_again(uow: UnitOfWork, bericht_id: UUID) -> Bericht:
    """Puts a message that was given up back in the outbox.

    Raises:
        BerichtNotFound: unknown or not readable.
        BerichtLoopt: it was not given up.
    """
    bericht = rijen.find(uow.session, uow.caller, Bericht, bericht_id, lock=True)
    if bericht is None:
        raise BerichtNotFound("Dit bericht bestaat niet, of u mag het niet zien.")
    if bericht.status is not Berichtstatus.DODE_BRIEF:
        raise BerichtLoopt("Dit bericht is niet opgegeven; het hoeft niet opnieuw.")
    bericht.status, bericht.volgende_op, bericht.pogingen = Berichtstatus.WACHT, uow.now, 0
    uow.session.flush()
    uow.audit("Bericht", bericht.id, bericht.gemeentecode)
    return bericht


def _row(
    uow: UnitOfWork,
    gemeentecode: str,
    kanaal: Berichtkanaal,
    verwijzing: UUID,
    moment: str,
    aan: str,
    flags: Mapping[str, bool],
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "gemeentecode": gemeentecode,
        "sleutel": f"{verwijzing}:{moment}:{kanaal}:{aan}",
        "kanaal": kanaal,
        "account_id": None,
        "partner_id": None,
        "piketdienst_id": None,
        "verwijzing": verwijzing,
        "beantwoord_op": None,
        "status": Berichtstatus.WACHT,
        "gemaakt_op": uow.now,
        "volgende_op": uow.now,
        "pogingen": 0,
        "verzonden_op": None,
        "fout": None,
        **flags,
    }
