"""Feedback over HTTP: what was told, the step of telling, and the submitter's own view."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.signalen.schemas.signalen import EigenSignaal, SignaalRead
from app.signalen.schemas.stappen import Terugkoppelen
from app.signalen.schemas.terugkoppelingen import TerugkoppelingenRead
from app.signalen.service import terugkoppelen
from app.signalen.service.postvak import read_signaal
from app.signalen.service.stappen import take_step
from app.signalen.status import Actie

router = APIRouter(tags=["signalen"])


@router.get(
    "/signalen/{signaal_id}/terugkoppelingen",
    operation_id="terugkoppelingen_lijst",
    summary="Terugkoppeling over een signaal",
    description="Wat er is teruggekoppeld, of dat is gelezen, en welke standaardteksten en redenen u kunt kiezen.",
)
def terugkoppelingen_lijst(uow: Work, signaal_id: UUID) -> TerugkoppelingenRead:
    """What was told (RTE-20)."""
    given = terugkoppelen.list_feedback(uow, signaal_id)
    texts, reasons = terugkoppelen.list_choices(uow, signaal_id)
    return TerugkoppelingenRead(gegeven=given, teksten=texts, redenen=reasons)


@router.post(
    "/signalen/{signaal_id}/_terugkoppelen",
    operation_id="signalen_terugkoppelen",
    summary="Terugkoppeling geven",
    description="Kies een standaardtekst, of de reden waarom terugkoppeling niet kan. De indiener krijgt 'nieuw bericht' en leest de tekst in de dienst. Aan een andere organisatie geeft u de tekst zelf; hier staat dan dat u dat deed.",
)
def signalen_terugkoppelen(
    uow: Work, signaal_id: UUID, data: Terugkoppelen, response: Response, if_match: IfMatch = None
) -> SignaalRead:
    """Tells the submitter (RTE-20)."""
    signaal, _ = take_step(uow, signaal_id, Actie.TERUGKOPPELEN, data, if_match)
    set_etag(response, signaal.versie)
    return read_signaal(uow, signaal)


@router.post(
    "/eigen-signalen/{signaal_id}/_gelezen",
    operation_id="eigen_signalen_gelezen",
    summary="Terugkoppeling gelezen",
    description="U las wat er over uw eigen signaal is teruggekoppeld.",
)
def eigen_signalen_gelezen(uow: Work, signaal_id: UUID) -> EigenSignaal:
    """Notes that it was read."""
    return terugkoppelen.mark_read(uow, signaal_id)
