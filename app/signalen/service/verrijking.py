"""What the municipality knows of the place of a signal (ROL-01): for its AF, after he noted what for."""

from uuid import UUID

from app.bevindingen.service.bevindingen import list_findings
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.objecten.errors import ObjectNotFound
from app.objecten.service.koppelingen import get_koppelingen
from app.signalen.errors import SignaalstapGeweigerd
from app.signalen.repository import stappen as repository
from app.signalen.schemas.overdrachten import EerderSignaal, GekoppeldObjectRead, VerrijkingRead
from app.signalen.service.postvak import read_finding
from app.signalen.service.vastleggen import read_one
from app.signalen.status import Actie

HOOGSTENS = 100


def enrichment_of(uow: UnitOfWork, signaal_id: UUID) -> VerrijkingRead:
    """History of the place, linked business objects and earlier signals that the AF may read.

    Raises:
        SignaalNotFound: unknown or not readable.
        SignaalstapGeweigerd: no purpose was noted yet.
    """
    signaal = read_one(uow, signaal_id)
    if not repository.has_event(uow.session, signaal_id, Actie.VERRIJKEN):
        raise SignaalstapGeweigerd("Noteer eerst waarvoor u informatie verzamelt.")
    place = signaal.object_id
    history = [] if place is None else list_findings(uow, place, Paging(HOOGSTENS, None))
    earlier = [] if place is None else repository.earlier_at(uow.session, uow.caller, place, signaal_id, HOOGSTENS)
    return VerrijkingRead(
        doel_genoteerd=True,
        historie=[read_finding(row) for row in history[:HOOGSTENS]],
        meer=len(history) > HOOGSTENS,
        gekoppelde_objecten=[] if place is None else _linked(uow, place),
        eerdere_signalen=[EerderSignaal.model_validate(row) for row in earlier],
    )


def _linked(uow: UnitOfWork, object_id: UUID) -> list[GekoppeldObjectRead]:
    try:
        found = get_koppelingen(uow, object_id).gekoppelde_objecten
    except ObjectNotFound:  # the place was taken out of the stock; what was recorded of it stays readable
        return []
    return [GekoppeldObjectRead.model_validate(row) for row in found]
