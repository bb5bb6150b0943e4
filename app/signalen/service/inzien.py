"""Break-glass: an AF outside his role sees one signal for a short time, after a second person agreed; reviewed afterwards (ROL-02)."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.service.gemeenten import region_of
from app.gemeenten.service.normen import norm_value
from app.signalen.errors import SignaalNotFound, VerzoekNotFound
from app.signalen.repository import signalen
from app.signalen.repository import vierogen as repository
from app.signalen.rules.vier_ogen import Vierogen
from app.signalen.schemas.signalen import SignaalRead
from app.signalen.schemas.vierogen import InzageBuitenRolRegel, Inzien, VierogenverzoekRegel
from app.signalen.service.buurman import working_for
from app.signalen.service.postvak import read_signaal
from app.signalen.service.vastleggen import note
from app.signalen.service.vierogen import ask_second
from app.signalen.status import Actie
from app.signalen.tables import Signaal, Vierogenverzoek

STANDAARD_MINUTEN = 60.0
"""Where a municipality has no norm: one hour."""


def ask_view(uow: UnitOfWork, signaal_id: UUID, data: Inzien) -> VierogenverzoekRegel:
    """Asks to see a signal of the region outside one's role; the answer tells nothing of it.

    Raises:
        SignaalNotFound: unknown, elsewhere, or the caller is kept out of it.
        VerzoekLoopt: asked already.
    """
    region = region_of(uow, uow.caller.gemeentecode)
    signaal = repository.signaal_in_region(uow.session, uow.caller, region, signaal_id)
    if signaal is None:
        raise SignaalNotFound
    return ask_second(uow, signaal, Actie.INZIEN_BUITEN_ROL, data, Vierogen.INZIEN_BUITEN_ROL)


def read_view(uow: UnitOfWork, verzoek_id: UUID) -> SignaalRead:
    """The signal, inside the window after the agreement; every read is logged.

    Raises:
        VerzoekNotFound: not asked by the caller, not agreed to, or the window has passed.
    """
    minutes = norm_value(uow, uow.caller.gemeentecode, Normsleutel.INZIEN_BUITEN_ROL_MIN, uow.today)
    since = uow.now - timedelta(minutes=STANDAARD_MINUTEN if minutes is None else minutes)
    row = repository.view_granted(uow.session, uow.caller.account_id, verzoek_id, since)
    signaal = None if row is None else uow.session.get(Signaal, row.signaal_id)
    if signaal is None or not signalen.may_know(uow.session, uow.caller, signaal.id):
        raise VerzoekNotFound
    note(uow, signaal, "signalen_inzien_buiten_rol")
    with working_for(uow, signaal.gemeentecode):
        return read_signaal(uow, signaal)


def list_views(uow: UnitOfWork, paging: Paging) -> list[InzageBuitenRolRegel]:
    """Views outside a role in the caller's municipality, newest first, for review; nothing of the signals."""
    rows: Sequence[Vierogenverzoek] = repository.views_page(uow.session, uow.caller.gemeentecode, paging)
    return [InzageBuitenRolRegel.model_validate(row) for row in rows]
