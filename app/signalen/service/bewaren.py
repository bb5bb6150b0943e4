"""Retention of signals: when the term has passed the content goes, the figure stays (DAT-15, meldroute section 12, vector M43).

A batch is one transaction: removal, report and event exist together or not at all, so a worker that is killed leaves nothing half done
and the next run goes on. Rows are locked and skipped when another worker has them. The data key goes with the content: what a backup
still holds cannot be read once the backup of the wraps is gone (design section 7).
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from app.bevindingen.service.bewaren import finding_ids_of, forget_confidential
from app.core import bestanden
from app.core.clock import business_date, start_of_day
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.rules.verwerkingen import Recordsoort
from app.gemeenten.service.bewaarklok import retention_day
from app.gemeenten.service.vernietiging import passed_before, report_removal
from app.signalen.repository import bewaren as repository
from app.signalen.rules.sluitcodes import SLUITCODES
from app.signalen.schemas import stappen as s
from app.signalen.service.bewaartermijn import content_ends
from app.signalen.service.gebeurtenissen import Handelend, add_event
from app.signalen.service.stap import Stapwerk
from app.signalen.status import Actie
from app.signalen.tables import Overdracht, Signaal


def hold(work: Stapwerk) -> str:
    """The term stands still until somebody lets go; who and why stand in the event."""
    work.signaal.bewaren_hold = True
    return _reason(work)


def let_go(work: Stapwerk) -> str:
    """The term counts again."""
    work.signaal.bewaren_hold = False
    return _reason(work)


def remove_content(uow: UnitOfWork) -> int:
    """Removes the content of one batch of signals whose term has passed; answers how many."""
    day = retention_day(uow)
    if day is None:
        return 0
    for signaal in repository.without_term(uow.session):
        closed = business_date(signaal.gesloten_op or uow.now)
        signaal.inhoud_weg_op = content_ends(uow, signaal.gemeentecode, signaal.sluitcode or "", closed)
    uow.session.flush()
    gone: dict[tuple[str, str], list[UUID]] = {}
    rows = repository.due(uow.session, day)
    for signaal in rows:
        _remove(uow, signaal)
        gone.setdefault((signaal.gemeentecode, _term(signaal)), []).append(signaal.id)
    for (gemeentecode, term), ids in gone.items():
        report_removal(uow, gemeentecode, Recordsoort.SIGNAALINHOUD, term, ids, day)
    return len(rows)


def remove_shares(uow: UnitOfWork) -> int:
    """Removes one batch of hand-overs of signals whose content went long enough ago; answers how many."""
    day = retention_day(uow)
    if day is None:
        return 0
    removed = 0
    for gemeentecode in repository.municipalities_with_shares(uow.session):
        limit, term = passed_before(uow, gemeentecode, Normsleutel.DEELLOG_BEWAREN_MAANDEN, day)
        if limit is None:
            continue
        rows = repository.shares_due(uow.session, gemeentecode, start_of_day(limit))
        ids = [row.id for row in rows]
        repository.remove_shares(uow.session, ids)
        report_removal(uow, gemeentecode, Recordsoort.DEELLOG, term, ids, day)
        removed += len(ids)
    return removed


def drop_package(uow: UnitOfWork, overdracht: Overdracht) -> None:
    """Erases the sealed document of a locked hand-over and its key; its hash stays."""
    if overdracht.pakket_id is not None:
        bestanden.delete_file(uow, overdracht.pakket_id)
    overdracht.pakket_id = overdracht.pakket_sleutelhash = None
    overdracht.pakket_ophalen_over = 0


def behind_signal(uow: UnitOfWork, controles: Sequence[UUID]) -> set[UUID]:
    """Those of the controls on which a signal with content rests, merged ones included: their answers follow the term of that signal."""
    if not controles:
        return set()
    of_control = finding_ids_of(uow, controles)
    linked = repository.linked(uow.session, [nr for found in of_control.values() for nr in found])
    merged = {controle_id for controle_id, found in of_control.items() if found & linked}
    return repository.controls_behind(uow.session, controles) | merged


def controls_to_clean(uow: UnitOfWork, after: UUID | None, limit: int) -> list[tuple[UUID, UUID]]:
    """Signals whose content went with their control, whose answers go too; each until `let_go_control`."""
    rows = repository.controls_to_clean(uow.session, after, limit)
    return [(row.id, row.controle_id) for row in rows if row.controle_id is not None]


def let_go_control(uow: UnitOfWork, signaal_ids: Sequence[UUID]) -> None:
    """The confidential answers of these signals' controls are gone; so nothing leads to the place any more."""
    for signaal_id in signaal_ids:
        uow.session.get_one(Signaal, signaal_id).controle_id = None
    uow.session.flush()


def without_content(uow: UnitOfWork, ids: Collection[UUID]) -> set[UUID]:
    """Those of the signals whose content was removed."""
    return repository.removed_among(uow.session, ids) if ids else set()


def _remove(uow: UnitOfWork, signaal: Signaal) -> None:
    session = uow.session
    agenda = repository.clear_texts(session, signaal.id)
    forget_confidential(uow, repository.unlink_findings(session, signaal.id))
    for overdracht in repository.shares_of(session, signaal.id):
        drop_package(uow, overdracht)
    signaal.redenen, signaal.tekst, signaal.zc_reden, signaal.plek = repository.GONE, None, None, None
    # Where it was and what was sent; form, urgency, municipality and closing code stay for the figures.
    signaal.object_id = signaal.melder_object_id = signaal.automatisch_voor = None
    signaal.bronkenmerk = signaal.inhoud_hash = None
    signaal.inhoud_verwijderd_op = uow.now
    session.flush()
    for record_id in (signaal.id, *agenda, *repository.clear_addresses(session, signaal.id)):
        uow.erase_data_key(record_id)
    session.flush()
    add_event(uow, signaal, Actie.INHOUD_VERWIJDEREN, signaal.status, door=Handelend(uow.caller.account_id))


def _term(signaal: Signaal) -> str:
    code = SLUITCODES.get(signaal.sluitcode or "")
    norm = "" if code is None else f", {code.bewaarnorm}"
    return f"gesloten met {signaal.sluitcode}{norm}, weg op {signaal.inhoud_weg_op}"


def _reason(work: Stapwerk) -> str:
    return work.asked(s.Vasthouden).reden
