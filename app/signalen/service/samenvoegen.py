"""Joining two signals about one case: the leading one keeps the highest urgency and gets what stood behind the other (table G)."""

from app.gemeenten.service.taken import close_taak_of
from app.gemeenten.status import Taakstatus
from app.signalen.repository import signalen
from app.signalen.rules.sluitcodes import DUBBEL
from app.signalen.rules.urgentie import highest
from app.signalen.service.adresonderzoek import move_to_leading
from app.signalen.service.bewaartermijn import content_ends
from app.signalen.service.gebeurtenissen import add_event
from app.signalen.service.opvoeren import read_reasons, seal_reasons
from app.signalen.service.stap import Stapwerk
from app.signalen.service.verzenden import TAAK_ONTVANGEN, set_deadline
from app.signalen.status import Actie, JaNeeOnbekend, Signaalstatus


def merge(work: Stapwerk) -> str | None:
    """Points this signal to the leading one. Both are locked; a circle cannot arise, since a merged signal leads nothing.

    Raises:
        RuntimeError: the guards let a merge through without a leading signal.
    """
    signaal, leading, uow = work.signaal, work.leidend, work.uow
    if leading is None:
        msg = "a merge has a leading signal"
        raise RuntimeError(msg)
    urgency = highest(leading.urgentie, signaal.urgentie)
    if urgency is not leading.urgentie:
        leading.urgentie = urgency
        if leading.status is Signaalstatus.VERZONDEN:
            set_deadline(uow, leading, urgency)
    leading.afgeschermd_voor = sorted({*leading.afgeschermd_voor, *signaal.afgeschermd_voor})
    leading.vormen = list(dict.fromkeys([*leading.vormen, *signaal.vormen]))
    if signaal.mogelijk_minderjarig is JaNeeOnbekend.JA:
        leading.mogelijk_minderjarig = JaNeeOnbekend.JA
    if signaal.mogelijk_slachtoffer is JaNeeOnbekend.JA:
        leading.mogelijk_slachtoffer = JaNeeOnbekend.JA
    signalen.link_findings(uow.session, leading.id, signalen.finding_ids(uow.session, signaal.id))
    seal_reasons(uow, leading, [*read_reasons(uow, leading), *read_reasons(uow, signaal)])
    add_event(
        uow, leading, Actie.AANVULLEN, leading.status, "Een ander signaal is hiermee samengevoegd.", door=work.door
    )
    move_to_leading(uow, signaal, leading)
    signaal.leidend_id, signaal.sluitcode, signaal.gesloten_op = leading.id, DUBBEL, uow.now
    signaal.inhoud_weg_op = content_ends(uow, signaal.gemeentecode, DUBBEL, uow.today)
    close_taak_of(uow, TAAK_ONTVANGEN, signaal.id, Taakstatus.VERVALLEN)
    return None
