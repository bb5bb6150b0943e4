"""Background work of photos."""

from functools import partial

from app.bevindingen.adapters.fotoproces import remake
from app.bevindingen.service.fotocontrole import check_arrived
from app.core.jobs import UnitFactory, sweep
from app.core.settings import get_settings


@sweep("bevindingen.fotos", every=1)
def check_photos(unit: UnitFactory) -> None:
    """Checks the photos that arrived."""
    check_arrived(unit, partial(remake, settings=get_settings()))
