"""Where a submitted signal comes from: its kind, and the business that reported (REG-08, ROL-19)."""

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.lijsten import characteristics, require_code
from app.objecten.service.objecten import objects_by_ids
from app.objecten.status import Objecttype
from app.signalen.errors import BronOnjuist
from app.signalen.rules.bronnen import kind_of, source_of
from app.signalen.schemas.signalen import SignaalCreate
from app.signalen.service.plaats import Plaats
from app.signalen.status import Bronsoort

BRONNEN = "signaalbronnen"
MELDERS = frozenset({Objecttype.HOT, Objecttype.HOR, Objecttype.BEDR})
"""Businesses that can report as an organisation; a dwelling never does, and a sex establishment has its duty in the permit."""


def source_for(uow: UnitOfWork, data: SignaalCreate) -> Bronsoort:
    """The kind of source: what was said, else that of the listed source or of a business that reports, else the submitter's own work.

    Raises:
        BronOnjuist: what was said contradicts the listed source or the business that reports.
        InvalidInput: the list does not know the source.
    """
    known: Bronsoort | None = None
    own = uow.caller.gemeentecode
    if data.bron_code is not None:
        require_code(uow, BRONNEN, data.bron_code, own, "bronCode")
        known = kind_of(characteristics(uow, BRONNEN, own)[data.bron_code])
    if data.melder_object_id is not None:
        if known is not None:
            raise BronOnjuist("melderObjectId", "past niet bij een bronCode; laat een van beide weg")
        known = Bronsoort.EXPLOITANT
    if known is not None and data.bron not in {None, known}:
        raise BronOnjuist("bron", "past niet bij bronCode of melderObjectId; laat bron weg")
    return known or data.bron or source_of(uow.caller.rollen)


def require_reporter(uow: UnitOfWork, data: SignaalCreate, place: Plaats) -> None:
    """Refuses a reporting place that is no hotel, horeca or other business of the municipality of the signal (REG-08).

    Raises:
        BronOnjuist: unknown, elsewhere, or a place of another type; the three look alike.
    """
    if data.melder_object_id is None:
        return
    found = objects_by_ids(uow, [data.melder_object_id]).get(data.melder_object_id)
    fits = found is not None and found.type in MELDERS and found.gemeentecode == place.gemeentecode
    if not fits:
        raise BronOnjuist("melderObjectId", "is geen hotel, horecabedrijf of ander bedrijf in deze gemeente")
