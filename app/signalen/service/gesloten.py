"""The closed way of a signal about a colleague or bestuurder (RTE-26, M44; table B, inferred).

It goes to the AFs of another domain of the municipality, else to an AF of a neighbouring one; never to whom it is about, nor to who
submitted it. It makes no task for a role. Where there is no such AF it does not lie still: ketenregisseur and administrator are asked
to appoint one, without a word on the signal, and a sweep tries again.
"""

from typing import Any
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.service.accounts import accounts_with_role
from app.gemeenten.service.berichten import notify
from app.gemeenten.service.gemeenten import region_of
from app.gemeenten.service.piket import current_piket
from app.gemeenten.service.taken import ask_about_municipality, close_taak_of, municipality_reference
from app.gemeenten.service.teams import team_members
from app.signalen.repository import signalen as repository
from app.signalen.rules.overgangen import OPEN
from app.signalen.rules.termijnen import DRINGEND
from app.signalen.service.alarmeren import Bereikbaar, tell_role
from app.signalen.service.vastleggen import note
from app.signalen.status import GaatOver
from app.signalen.tables import Signaal

GEEN_AF = "gesloten-route-geen-af"
WACHT = "gesloten-route-wacht"
TEKST = {
    GEEN_AF: "Niemand kan nu een melding langs de gesloten route behandelen. Stel een aandachtsfunctionaris in.",
    WACHT: "Een melding langs de gesloten route wacht te lang. Kijk of er een aandachtsfunctionaris bereikbaar is.",
}
DOMEIN_VAN_TEAMS = "veiligheid"
OM_HULP = (Rol.KETENREGISSEUR, Rol.BEHEERDER)


def shielded(uow: UnitOfWork, gemeentecode: str, domein: str, team_id: UUID | None) -> list[str]:
    """The accounts that a signal is about as things stand now: the AFs of the domain and the members of the team.

    Who joins them later is kept out by domain and team; who leaves them stays kept out.
    """
    afs = [
        account.id for account in accounts_with_role(uow, gemeentecode, Rol.AF, uow.today) if account.domein == domein
    ]
    members = [] if team_id is None else team_members(uow, [team_id])[team_id]
    return sorted({str(one) for one in [*afs, *members]})


def closed_values(
    uow: UnitOfWork, gemeentecode: str, gaat_over: GaatOver, domein: str | None, team_id: UUID | None
) -> dict[str, Any]:
    """The columns of a signal on the closed route (RTE-26).

    Where nobody says which domain it is about, it is that of the AF who says so, else that of the teams in the field and at the desk.
    """
    at_home = gemeentecode == uow.caller.gemeentecode
    domein = domein or (uow.caller.domein if at_home else None) or DOMEIN_VAN_TEAMS
    return {
        "gaat_over": gaat_over,
        "gesloten_route": True,
        "betrokken_domein": domein,
        "betrokken_team": team_id,
        "afgeschermd_voor": shielded(uow, gemeentecode, domein, team_id),
    }


def tell_closed(uow: UnitOfWork, signaal: Signaal, moment: str, *, other: bool = False) -> bool:
    """Tells who may handle a locked signal of the closed route, and finds somebody first when there is nobody.

    Args:
        uow: the transaction.
        signaal: locked.
        moment: what happened, as a key: told once.
        other: who has it is silent; somebody else is found.

    Returns:
        Whether there was somebody to tell.
    """
    reachable = Bereikbaar(uow, signaal)
    own = reachable.accounts(signaal.gemeentecode)
    told = set(own)
    if signaal.waarnemer is not None and signaal.waarnemer in _of_region(uow, signaal, reachable):
        told.add(signaal.waarnemer)
    if other or not told:
        found = _neighbour(uow, signaal, reachable)
        if found is None:
            ask_for_af(uow, signaal, GEEN_AF)
            return False
        signaal.waarnemer = found
        told = {found}
    domains = {domein for domein in own.values() if domein is not None}
    if len(domains) == 1:
        signaal.domein = domains.pop()
    urgent = signaal.urgentie in DRINGEND
    notify(uow, signaal.gemeentecode, sorted(told, key=str), signaal.id, moment, dringend=urgent, antwoord_nodig=urgent)
    return True


def ask_for_af(uow: UnitOfWork, signaal: Signaal, soort: str) -> None:
    """Asks ketenregisseur and administrator to see to it; of the signal they learn nothing.

    A role of which one account is kept out gets no task; the others of that role get a message alone.
    """
    reference = municipality_reference(signaal.gemeentecode)
    for rol in OM_HULP:
        places = region_of(uow, signaal.gemeentecode) if rol is Rol.KETENREGISSEUR else [signaal.gemeentecode]
        everybody = {account.id for place in places for account in accounts_with_role(uow, place, rol, uow.today)}
        may = {one for one in everybody if str(one) not in signaal.afgeschermd_voor}
        notify(uow, signaal.gemeentecode, sorted(may, key=str), reference, f"{soort}:{uow.today}", dringend=True)
        if may == everybody:
            ask_about_municipality(uow, signaal.gemeentecode, f"{soort}-{rol}", TEKST[soort], rol)


def see_to_closed(uow: UnitOfWork) -> int:
    """Finds an AF for every open signal on the closed route that has none (any more), and takes back what was asked where all have one.

    Returns:
        How many got somebody.
    """
    found, stuck, places = 0, set(), set()
    for signaal in repository.open_on_closed_route(uow.session, OPEN):
        places.add(signaal.gemeentecode)
        if _has_af(uow, signaal):
            continue
        if tell_closed(uow, signaal, f"gesloten-route:{uow.today}"):
            note(uow, signaal, "signalen_gesloten_route")
            found += 1
        else:
            stuck.add(signaal.gemeentecode)
    for code in sorted(places - stuck):
        for rol in OM_HULP:
            close_taak_of(uow, f"{GEEN_AF}-{rol}", municipality_reference(code))
    uow.session.flush()
    return found


def tell_af(uow: UnitOfWork, signaal: Signaal, moment: str) -> None:
    """Tells the AF of a signal on the closed route that something was added to it."""
    tell_role(uow, signaal, Rol.AF, moment, dringend=signaal.urgentie in DRINGEND)
    if signaal.waarnemer is not None:
        notify(uow, signaal.gemeentecode, [signaal.waarnemer], signaal.id, moment)


def _has_af(uow: UnitOfWork, signaal: Signaal) -> bool:
    """Whether somebody works here who may handle it; being away for a while is what the deadlines are for."""
    reachable = Bereikbaar(uow, signaal)
    if reachable.accounts(signaal.gemeentecode, also_away=True):
        return True
    return signaal.waarnemer in _of_region(uow, signaal, reachable, also_away=True)


def _of_region(uow: UnitOfWork, signaal: Signaal, reachable: Bereikbaar, *, also_away: bool = False) -> set[UUID]:
    neighbours = [code for code in region_of(uow, signaal.gemeentecode) if code != signaal.gemeentecode]
    return {one for code in neighbours for one in reachable.accounts(code, also_away=also_away)}


def _neighbour(uow: UnitOfWork, signaal: Signaal, reachable: Bereikbaar) -> UUID | None:
    """An AF of a neighbouring municipality who did not have it yet, rather one who is on call."""
    spare: UUID | None = None
    for code in region_of(uow, signaal.gemeentecode):
        accounts = set() if code == signaal.gemeentecode else {*reachable.accounts(code)} - {signaal.waarnemer}
        shift = current_piket(uow, code, uow.now) if accounts else None
        if shift is not None and shift.account_id in accounts:
            return shift.account_id
        spare = spare or min(accounts, key=str, default=None)
    return spare
