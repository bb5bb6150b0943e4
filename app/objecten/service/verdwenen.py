"""Permits that a register no longer names: marked, never deleted; a sudden loss is confirmed by a person first (B13)."""

from collections.abc import Collection

from app.core.errors import Conflict
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.normen import norm_value
from app.objecten.repository import importen as repository
from app.objecten.repository import inlezen as standing
from app.objecten.status import Importstatus, Vergunningsoort
from app.objecten.tables import Import

VERLIES_PROCENT = "IMPORT_VERLIES_PROCENT"


def settle_disappeared(uow: UnitOfWork, record: Import, named: Collection[tuple[Vergunningsoort, str]]) -> str | None:
    """Marks the permits of this source that a whole file did not name.

    Without the norm any loss waits for confirmation. A preview marks nothing and tells what would be.

    Returns:
        What a person should know of it.
    """
    stood = [row for row in standing.numbers_of_source(uow.session, record) if not row[3]]
    gone = [row_id for row_id, soort, nummer, _ in stood if (soort, nummer) not in named]
    if not gone:
        return None
    most = norm_value(uow, record.gemeentecode, VERLIES_PROCENT, uow.today) or 0.0
    too_many = len(gone) * 100 > most * len(stood)
    if record.proef:
        asks = " en moet dat eerst bevestigd worden" if too_many else ""
        return f"Bij doorvoeren worden vergunningen gemarkeerd die niet meer in de bron staan: {len(gone)}{asks}."
    if too_many:
        repository.keep_for_confirmation(uow.session, record.id, gone)
        record.te_bevestigen = len(gone)
        return (
            f"In dit bestand ontbreken {len(gone)} van de {len(stood)} vergunningen van deze bron. Dat is opvallend veel; "
            "ze zijn niet gemarkeerd. Klopt het bestand, bevestig dat dan bij deze import."
        )
    standing.mark_disappeared(uow.session, gone, uow.today)
    return f"Vergunningen die niet meer in de bron staan en zijn gemarkeerd: {len(gone)}."


def mark_confirmed(uow: UnitOfWork, record: Import) -> None:
    """Marks what waited for confirmation; a repeat changes nothing.

    Raises:
        Conflict: nothing waits, or a later file of this source was read.
    """
    if record.bevestigd_op is not None:
        return
    if record.status is not Importstatus.KLAAR or not record.te_bevestigen:
        raise Conflict("Bij deze import valt niets te bevestigen.")
    if repository.is_overtaken(uow.session, record):
        raise Conflict("Er is een nieuwer bestand van deze bron ingelezen. Kijk bij die import.")
    standing.mark_disappeared(uow.session, repository.waiting_for_confirmation(uow.session, record.id), uow.today)
    record.bevestigd_op = uow.now
    record.te_bevestigen = 0
