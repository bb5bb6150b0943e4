"""Pieces of photos that nobody finished go after a dated term, never while a tablet still says to hold a photo of that time (design section 5)."""

from datetime import timedelta

from app.bevindingen.service.bijlagen import let_go_unfinished, municipalities_with_unfinished
from app.controles.repository.apparaten import oldest_photo_waiting
from app.core.jobs import UnitFactory
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.service.normen import norm_value

ACTIE = "bijlagen_onafgemaakt"
BATCH = 100


def clean_unfinished(unit: UnitFactory) -> int:
    """Erases such pieces in batches; a municipality without the norm keeps them.

    Returns:
        How many photos were let go; each can still be sent from its first byte.
    """
    with unit(ACTIE, write=False) as uow:
        codes = municipalities_with_unfinished(uow)
    gone = 0
    for code in codes:
        batch = BATCH
        while batch == BATCH:
            with unit(ACTIE) as uow:
                days = norm_value(uow, code, Normsleutel.FOTO_ONVOLLEDIG_DAGEN, uow.today)
                if days is None:
                    break
                waiting = oldest_photo_waiting(uow.session) or uow.now
                batch = let_go_unfinished(uow, code, uow.now - timedelta(days=days), waiting, BATCH)
                gone += batch
    return gone
