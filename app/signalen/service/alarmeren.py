"""Whom an alarm goes to: the AF on call, the stand-in, an AF of the region, the police (ROL-02, ROL-24).

An account that ended, that is away, that submitted the signal or from which it is shielded (RTE-26) is passed by at once.
"""

from collections.abc import Iterable
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.service.abonnementen import away_at
from app.gemeenten.service.accounts import accounts_with_role
from app.gemeenten.service.berichten import notify, notify_partner, notify_shift
from app.gemeenten.service.gemeenten import region_of
from app.gemeenten.service.piket import current_piket
from app.gemeenten.service.teams import team_members
from app.gemeenten.status import Partnersoort
from app.signalen.tables import Signaal


class Bereikbaar:
    """The AFs that an alarm about one signal may go to."""

    def __init__(self, uow: UnitOfWork, signaal: Signaal) -> None:
        self._uow = uow
        self._signaal = signaal
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
        found = accounts_with_role(self._uow, gemeentecode, rol, self._uow.today)
        if home and self._signaal.betrokken_domein is not None:
            found = [account for account in found if account.domein != self._signaal.betrokken_domein]
        away = set() if also_away else away_at(self._uow, [account.id for account in found], self._uow.now)
        return {
            account.id: account.domein
            for account in found
            if account.id not in away and str(account.id) not in self._shut_out
        }


def alarm_on_call(uow: UnitOfWork, signaal: Signaal, moment: str) -> bool:
    """Wakes the AF on call; False when nobody is, or only somebody who may not or cannot answer."""
    shift = current_piket(uow, signaal.gemeentecode, uow.now)
    if shift is None or shift.account_id not in Bereikbaar(uow, signaal).accounts(signaal.gemeentecode):
        return False
    notify_shift(uow, shift, signaal.id, moment)
    return True


def alarm_stand_in(uow: UnitOfWork, signaal: Signaal, moment: str) -> str | None:
    """Wakes the stand-in: of the roster, else an AF of another domain, else one of a neighbouring municipality.

    The inbox of the stand-in shows it: the signal gets his domain, or a neighbour may read it from then on.

    Returns:
        Who was told, in Dutch for the events of the signal; None when there is nobody at all.
    """
    reachable = Bereikbaar(uow, signaal)
    own = reachable.accounts(signaal.gemeentecode)
    shift = current_piket(uow, signaal.gemeentecode, uow.now, 2)
    if shift is not None and shift.account_id in own:
        signaal.domein = own[shift.account_id]
        notify_shift(uow, shift, signaal.id, moment)
        return "De vervanger van het piket is gewaarschuwd."
    first = current_piket(uow, signaal.gemeentecode, uow.now)
    silent = {signaal.behandelaar, None if first is None else first.account_id}
    busy = signaal.domein or next((own[one] for one in silent if one in own), None)
    others = {one: domein for one, domein in own.items() if one not in silent and (busy is None or domein != busy)}
    if others:
        domains = {domein for domein in others.values() if domein is not None}
        signaal.domein = domains.pop() if len(domains) == 1 else None
        notify(uow, signaal.gemeentecode, others, signaal.id, moment, dringend=True, antwoord_nodig=True)
        return "Een aandachtsfunctionaris van een ander domein is gewaarschuwd."
    return _alarm_neighbour(uow, signaal, reachable, moment)


def _alarm_neighbour(uow: UnitOfWork, signaal: Signaal, reachable: Bereikbaar, moment: str) -> str | None:
    for gemeentecode in region_of(uow, signaal.gemeentecode):
        accounts = {} if gemeentecode == signaal.gemeentecode else reachable.accounts(gemeentecode)
        if not accounts:
            continue
        shift = current_piket(uow, gemeentecode, uow.now)
        if shift is not None and shift.account_id in accounts:
            signaal.waarnemer = shift.account_id
            notify_shift(uow, shift, signaal.id, moment)
        else:
            signaal.waarnemer = min(accounts, key=str)
            notify(
                uow, signaal.gemeentecode, [signaal.waarnemer], signaal.id, moment, dringend=True, antwoord_nodig=True
            )
        return "Een aandachtsfunctionaris van een buurgemeente is gewaarschuwd."
    return None


def alarm_police(uow: UnitOfWork, signaal: Signaal, moment: str) -> bool:
    """Tells the functional mailbox of the police team that there is something; False when the municipality set none."""
    return notify_partner(uow, signaal.gemeentecode, Partnersoort.POLITIE, signaal.id, moment)


def tell_role(uow: UnitOfWork, signaal: Signaal, rol: Rol, moment: str, *, dringend: bool) -> bool:
    """Tells everybody of a role who may know; False when there is nobody. A ketenregisseur works for the whole region."""
    places: Iterable[str] = [signaal.gemeentecode]
    if rol is Rol.KETENREGISSEUR:
        places = region_of(uow, signaal.gemeentecode)
    reachable = Bereikbaar(uow, signaal)
    accounts = [account for place in places for account in reachable.accounts(place, rol)]
    if rol is Rol.AF and signaal.behandelaar in accounts:
        accounts = [signaal.behandelaar]
    notify(uow, signaal.gemeentecode, accounts, signaal.id, moment, dringend=dringend)
    return bool(accounts)
