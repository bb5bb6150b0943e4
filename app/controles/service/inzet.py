"""Inspectors at a control, at a desk or online: plan them, check them in and out, see what a start still lacks (PLN-02)."""

from collections.abc import Sequence
from uuid import UUID

from app.controles.errors import ControleNotFound
from app.controles.repository import inzet as repository
from app.controles.rules import levensloop
from app.controles.rules.bevoegdheid import WETTEN
from app.controles.service import aanwezig, verwerking, werkset
from app.controles.service.controles import get_controle
from app.controles.service.gevolgen import START_ONVOLLEDIG
from app.controles.service.startfeiten import STARTEN, facts
from app.controles.service.toegang import Indiener, sender
from app.controles.service.werkset import Geval, Werkset
from app.controles.tables import Inzet
from app.core.errors import Fout, InvalidInput
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.taken import close_taak_of


def list_inzet(uow: UnitOfWork, controle_id: UUID) -> Sequence[Inzet]:
    """The inspectors of a control.

    Raises:
        ControleNotFound: unknown or not visible.
    """
    get_controle(uow, controle_id)
    return repository.of_controls(uow.session, [controle_id])


def add_inzet(uow: UnitOfWork, controle_id: UUID, account_id: UUID, *, was_there: bool) -> tuple[Inzet, bool]:
    """Puts an inspector on a control; twice is once.

    Args:
        uow: the unit of work.
        controle_id: the control.
        account_id: function account of the inspector.
        was_there: he was there when the control began; what the field recorded and waited for him goes on now.

    Returns:
        The row, and whether it is new.

    Raises:
        ControleNotFound: unknown or not visible.
        InvalidInput: the account has no designation for this kind of object on that day (REG-17).
    """
    geval, werk = _open(uow, controle_id)
    controle = geval.controle
    if not werk.toegang.is_power(account_id, controle.gemeentecode, geval.object.type, controle.datum):
        wetten = ", ".join(WETTEN[geval.object.type])
        melding = f"is op die dag in deze gemeente niet aangewezen voor dit soort object (nodig: {wetten})"
        raise InvalidInput("Er is 1 fout gevonden; zie 'fouten'.", [Fout("body.accountId", melding)])
    row = next((row for row in werk.inzet_of(controle_id) if row.account_id == account_id), None)
    new = row is None
    if row is None:
        row = Inzet(controle_id=controle_id, account_id=account_id)
        uow.session.add(row)
        werk.inzet_of(controle_id).append(row)
    if was_there and row.ingecheckt_op is None:
        row.ingecheckt_op = controle.gestart_op or uow.now
    uow.session.flush()
    uow.audit("inzet", row.id, controle.gemeentecode)
    if was_there:
        go_on(uow, controle_id)
    return row, new


def check_in(uow: UnitOfWork, controle_id: UUID, toezichthouders: Sequence[UUID]) -> Sequence[Inzet]:
    """Checks the caller and colleagues in at the place.

    Raises:
        ControleNotFound: unknown or not visible.
    """
    geval, werk = _open(uow, controle_id)
    inside = aanwezig.colleagues(werk, geval, {uow.caller.account_id, *toezichthouders})
    aanwezig.check_in(werk, geval, inside, uow.now)
    return _stored(uow, werk, geval)


def check_out(uow: UnitOfWork, controle_id: UUID, toezichthouders: Sequence[UUID]) -> Sequence[Inzet]:
    """Checks inspectors out, all of them without a list; an alarm that was given ends.

    Raises:
        ControleNotFound: unknown or not visible.
    """
    geval, werk = _open(uow, controle_id)
    aanwezig.check_out(werk, geval, aanwezig.who_leaves(werk, geval, toezichthouders), uow.now)
    return _stored(uow, werk, geval)


def start_faults(uow: UnitOfWork, controle_id: UUID) -> list[str]:
    """What a start still lacks, in Dutch: for a control that waits with a start from the field, or as the caller would start it now.

    Raises:
        ControleNotFound: unknown or not visible.
    """
    geval, werk = _open(uow, controle_id)
    door = _starter(geval)
    if door is None:
        stempel = verwerking.stamp_now(uow, geval)
        geval.stand.note(aanwezig.GESTART, stempel, {aanwezig.DOOR: str(uow.caller.account_id), aanwezig.GENOEMD: []})
    else:
        werk = werkset.load(uow, Indiener(door, geval.controle.gemeentecode, None), [controle_id])
        geval = werk.gevallen[controle_id]
    return levensloop.refusals(STARTEN, facts(werk, geval, None, STARTEN, {}))


def go_on(uow: UnitOfWork, controle_id: UUID) -> None:
    """Applies a start from the field that waited, on behalf of who made it; nothing happens when none waits."""
    werk = werkset.load(uow, sender(uow), [controle_id])
    geval = werk.gevallen.get(controle_id)
    door = None if geval is None else _starter(geval)
    if geval is None or door is None:
        return
    werk = werkset.load(uow, Indiener(door, geval.controle.gemeentecode, None), [controle_id])
    again = werk.gevallen[controle_id]
    verwerking.settle_again(werk, again)
    if again.controle.gestart_op is not None:
        close_taak_of(uow, START_ONVOLLEDIG, controle_id)


def _starter(geval: Geval) -> UUID | None:
    noted = geval.stand.momenten.get(aanwezig.GESTART)
    door = None if noted is None else noted[1].get(aanwezig.DOOR)
    return None if door is None else UUID(door)


def _open(uow: UnitOfWork, controle_id: UUID) -> tuple[Geval, Werkset]:
    get_controle(uow, controle_id)
    werk = werkset.load(uow, sender(uow), [controle_id])
    geval = werk.gevallen.get(controle_id)
    if geval is None:
        raise ControleNotFound
    return geval, werk


def _stored(uow: UnitOfWork, werk: Werkset, geval: Geval) -> Sequence[Inzet]:
    uow.session.flush()
    uow.audit("inzet", geval.controle.id, geval.controle.gemeentecode)
    return werk.inzet_of(geval.controle.id)
