"""Who is at the place, as tablets tell it: taken in by the time of the device, in whatever order it comes (PLN-02)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from app.controles.service.werkset import Geval, Werkset
from app.controles.status import Controlestatus
from app.controles.tables import Inzet
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.service.taken import close_taak_of

GESTART, AFGEROND = "gestart", "afgerond"
DOOR, GENOEMD = "door", "toezichthouders"
NIET_UITGECHECKT = "niet-uitgecheckt"
KLAAR = frozenset({Controlestatus.AFGEROND, Controlestatus.POGING})


def norms_of(werk: Werkset, geval: Geval) -> Mapping[str, float]:
    """The norm table of the control: the one that it keeps, or that of its date."""
    controle = geval.controle
    return controle.normen or werk.norms(controle.gemeentecode, controle.datum)


def check_in(werk: Werkset, geval: Geval, accounts: Collection[UUID], moment: datetime) -> None:
    """Notes that inspectors are inside, and by when they must have checked out."""
    minuten = norms_of(werk, geval).get(Normsleutel.UITCHECKEN_MIN)
    rows = werk.inzet_of(geval.controle.id)
    for account in sorted(accounts):
        row = next((row for row in rows if row.account_id == account), None)
        if row is None:
            row = Inzet(controle_id=geval.controle.id, account_id=account)
            werk.uow.session.add(row)
            rows.append(row)
        if row.ingecheckt_op is None or row.ingecheckt_op < moment:
            row.ingecheckt_op = moment
            if row.uitgecheckt_op is not None and row.uitgecheckt_op < moment:  # went in again
                row.uitgecheckt_op = row.alarm_op = None
            row.uitchecken_voor = None if minuten is None else moment + timedelta(minutes=minuten)


def check_out(werk: Werkset, geval: Geval, accounts: Collection[UUID], moment: datetime) -> None:
    """Notes that inspectors are out, also when the check-in has yet to arrive; a check-in from after this moment stands."""
    rows = werk.inzet_of(geval.controle.id)
    for account in sorted(set(accounts) - {row.account_id for row in rows}):
        row = Inzet(controle_id=geval.controle.id, account_id=account)
        werk.uow.session.add(row)
        rows.append(row)
    for row in rows:
        before = row.ingecheckt_op is None or row.ingecheckt_op <= moment
        if row.account_id in accounts and row.uitgecheckt_op is None and before:
            row.uitgecheckt_op = moment
    if any(row.alarm_op for row in rows) and not inside(rows):
        close_taak_of(werk.uow, NIET_UITGECHECKT, geval.controle.id)


def check_out_of_closed(werk: Werkset, geval: Geval) -> None:
    """A control that is over has nobody inside: 'wij zijn vertrokken' and a closed door are check-outs.

    So is a tap 'wij zijn vertrokken' that cannot close the control yet (CAD-03, an incomplete start): who left is out, and no
    alarm may say otherwise (PLN-02). Who checked in after it is inside.
    """
    controle = geval.controle
    left = controle.afgerond_op or controle.poging_op
    if controle.status not in KLAAR or left is None:
        if AFGEROND in geval.stand.momenten:
            tapped = min(datetime.fromisoformat(geval.stand.momenten[AFGEROND][0].tijd), werk.uow.now)
            check_out(werk, geval, [row.account_id for row in inside(werk.inzet_of(controle.id))], tapped)
        return
    still = inside(werk.inzet_of(controle.id))
    if still:
        last = max(row.ingecheckt_op or left for row in still)
        check_out(werk, geval, [row.account_id for row in still], max(left, last))


def who_leaves(werk: Werkset, geval: Geval, named: Collection[UUID]) -> set[UUID]:
    """Whom a check-out is about: those named, or else all who are inside and who sent it."""
    if named:
        return colleagues(werk, geval, named)
    there = {row.account_id for row in inside(werk.inzet_of(geval.controle.id))}
    return there | colleagues(werk, geval, {werk.toegang.indiener.account_id})


def inside(rows: Iterable[Inzet]) -> list[Inzet]:
    """Who went in and did not come out."""
    return [row for row in rows if row.ingecheckt_op is not None and row.uitgecheckt_op is None]


def colleagues(werk: Werkset, geval: Geval, accounts: Collection[UUID]) -> set[UUID]:
    """Those of the accounts that have a designation in this municipality; others are no inspectors there."""
    controle = geval.controle
    return set(accounts) & werk.toegang.inspectors(controle.gemeentecode, controle.datum).keys()


def at_the_start(werk: Werkset, geval: Geval) -> set[UUID]:
    """The inspectors who are there: who started, whom he named, who checked in; each with a designation for this type (REG-17)."""
    _, inhoud = geval.stand.momenten[GESTART]
    named = {UUID(account) for account in (inhoud.get(DOOR), *inhoud.get(GENOEMD, ())) if account}
    named |= {row.account_id for row in werk.inzet_of(geval.controle.id) if row.ingecheckt_op is not None}
    return {
        nr
        for nr in named
        if werk.toegang.is_power(nr, geval.controle.gemeentecode, geval.object.type, geval.controle.datum)
    }
