"""Whom an alarm goes to: the AF on call, the stand-in, an AF of the region, the police (ROL-02, ROL-24).

An account that ended, that is away, that submitted the signal or from which it is shielded (RTE-26) is passed by at once.
"""

from collections.abc import Iterable
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.service.berichten import Postzak
from app.gemeenten.service.bezetting import Bezetting
from app.gemeenten.service.teams import team_members
from app.gemeenten.status import Partnersoort
from app.signalen.rules.termijnen import DRINGEND
from app.signalen.rules.vier_ogen import Persoon, second_person_fault
from app.signalen.tables import Signaal


class Bereikbaar:
    """The AFs that an alarm about one signal may go to."""

    def __init__(self, uow: UnitOfWork, signaal: Signaal, bezetting: Bezetting | None = None) -> None:
        self._signaal = signaal
        self._bezetting = bezetting or Bezetting(uow)
        self._shut_out = {*signaal.afgeschermd_voor, str(signaal.indiener)}
        if signaal.betrokken_team is not None:
            self._shut_out |= {str(one) for one in team_members(uow, [signaal.betrokken_team])[signaal.betrokken_team]}

    def accounts(self, gemeentecode: str, rol: Rol = Rol.AF, *, also_away: bool = False) -> dict[UUID, str | None]:
        """Accounts of a role that work today and are not away, with their domain.

        Of a signal on the closed route the team leaders of its municipality hear nothing, nor the AFs of the domain that it is about.
        """
        home = gemeentecode == self._signaal.gemeentecode
        if home and rol is Rol.TEAMLEIDER and self._signaal.gesloten_route:
            return {}
        about = self._signaal.betrokken_domein if home else None
        found = self._bezetting.accounts(gemeentecode, rol, also_away=also_away)
        return {
            account: domein
            for account, domein in found.items()
            if str(account) not in self._shut_out and (about is None or domein != about)
        }


class Alarm:
    """The alarms of one transaction: who can be reached is asked once, and the messages are stored together by `post.store`.

    Attributes:
        post: the messages.
    """

    def __init__(self, uow: UnitOfWork) -> None:
        self.post = Postzak(uow)
        self._uow = uow
        self._bezetting = Bezetting(uow)

    def on_call(self, signaal: Signaal, moment: str) -> bool:
        """Wakes the AF on call; False when nobody is, or only somebody who may not or cannot answer."""
        return self._wake(signaal, moment, 1)

    def stand_in(self, signaal: Signaal, moment: str) -> str | None:
        """Wakes the stand-in: of the roster, else an AF of another domain, else one of a neighbouring municipality.

        The inbox of the stand-in shows it: the signal gets his domain, or a neighbour may read it from then on.

        Returns:
            Who was told, in Dutch for the events of the signal; None when there is nobody at all.
        """
        own = self._reachable(signaal, signaal.gemeentecode)
        first, shift = (self._bezetting.shift(signaal.gemeentecode, rang) for rang in (1, 2))
        same = first is not None and shift is not None and first.account_id == shift.account_id
        if shift is not None and shift.account_id in own and not same:  # who stands in for himself is no stand-in
            signaal.domein = own[shift.account_id]
            self.post.notify_shift(shift, signaal.id, moment)
            return "De vervanger van het piket is gewaarschuwd."
        silent = {signaal.behandelaar, None if first is None else first.account_id}
        busy = signaal.domein or next((own[one] for one in silent if one in own), None)
        others = {one: domein for one, domein in own.items() if one not in silent and (busy is None or domein != busy)}
        if others:
            domains = {domein for domein in others.values() if domein is not None}
            signaal.domein = domains.pop() if len(domains) == 1 else None
            self._ring(signaal, others, moment)
            return "Een aandachtsfunctionaris van een ander domein is gewaarschuwd."
        return self.neighbour(signaal, moment)

    def police(self, signaal: Signaal, moment: str) -> bool:
        """Tells the functional mailbox of the police team that there is something; False when the municipality set none."""
        return self.post.notify_partner(signaal.gemeentecode, Partnersoort.POLITIE, signaal.id, moment)

    def call_list(self, signaal: Signaal, moment: str) -> bool:
        """Wakes everybody on call once more, to ring the police: a service cannot speak for somebody; False when nobody is."""
        woken = [self._wake(signaal, moment, rang) for rang in (1, 2)]
        return any(woken)

    def second_person(self, signaal: Signaal, eerste: Persoon, moment: str, places: Iterable[str]) -> bool:
        """Tells who may be the second pair of eyes that there is something; False when there is nobody.

        The AFs of another domain of the municipality; those of the region when it has none.

        Args:
            signaal: what it is about; the message does not say so.
            eerste: who asked.
            moment: what happened, as a key.
            places: municipalities of which an AF may decide, that of the signal first.
        """
        for place in dict.fromkeys(places):
            found = [
                account
                for account, domein in self._reachable(signaal, place).items()
                if second_person_fault(eerste, Persoon(account, place, domein, is_af=True), signaal.indiener) is None
            ]
            if found:
                urgent = signaal.urgentie in DRINGEND
                self.post.notify(signaal.gemeentecode, found, signaal.id, moment, dringend=urgent)
                return True
        return False

    def role(self, signaal: Signaal, rol: Rol, moment: str, *, dringend: bool) -> bool:
        """Tells everybody of a role who may know; False when there is nobody. A ketenregisseur works for the whole region."""
        places: Iterable[str] = [signaal.gemeentecode]
        if rol is Rol.KETENREGISSEUR:
            places = self._bezetting.region(signaal.gemeentecode)
        accounts = [account for place in places for account in self._reachable(signaal, place, rol)]
        if rol is Rol.AF and signaal.behandelaar in accounts:
            accounts = [signaal.behandelaar]
        self.post.notify(signaal.gemeentecode, accounts, signaal.id, moment, dringend=dringend)
        return bool(accounts)

    def _wake(self, signaal: Signaal, moment: str, rang: int) -> bool:
        shift = self._bezetting.shift(signaal.gemeentecode, rang)
        if shift is None or shift.account_id not in self._reachable(signaal, signaal.gemeentecode):
            return False
        self.post.notify_shift(shift, signaal.id, moment)
        return True

    def neighbour(self, signaal: Signaal, moment: str) -> str | None:
        """Wakes an AF of a neighbouring municipality, who may read the signal from then on; None when there is nobody."""
        for gemeentecode in self._bezetting.region(signaal.gemeentecode):
            accounts = {} if gemeentecode == signaal.gemeentecode else self._reachable(signaal, gemeentecode)
            if not accounts:
                continue
            shift = self._bezetting.shift(gemeentecode, 1)
            if shift is not None and shift.account_id in accounts:
                signaal.waarnemer = shift.account_id
                self.post.notify_shift(shift, signaal.id, moment)
            else:
                signaal.waarnemer = min(accounts, key=str)
                self._ring(signaal, [signaal.waarnemer], moment)
            return "Een aandachtsfunctionaris van een buurgemeente is gewaarschuwd."
        return None

    def _ring(self, signaal: Signaal, accounts: Iterable[UUID], moment: str) -> None:
        self.post.notify(signaal.gemeentecode, accounts, signaal.id, moment, dringend=True, antwoord_nodig=True)

    def _reachable(self, signaal: Signaal, gemeentecode: str, rol: Rol = Rol.AF) -> dict[UUID, str | None]:
        return Bereikbaar(self._uow, signaal, self._bezetting).accounts(gemeentecode, rol)


def tell_role(uow: UnitOfWork, signaal: Signaal, rol: Rol, moment: str, *, dringend: bool) -> bool:
    """Tells everybody of a role who may know, at once (`Alarm.role`)."""
    alarm = Alarm(uow)
    told = alarm.role(signaal, rol, moment, dringend=dringend)
    alarm.post.store()
    return told
