"""Joining two signals about one case: the leading one keeps the highest urgency and gets what stood behind the other (table G)."""

from app.core.clock import AMSTERDAM
from app.core.unit_of_work import UnitOfWork
from app.signalen.repository import signalen
from app.signalen.rules.sluitcodes import DUBBEL
from app.signalen.service.adresonderzoek import move_to_leading
from app.signalen.service.bewaartermijn import content_ends
from app.signalen.service.bijkomen import follow, judgement_of, take_in, told
from app.signalen.service.gebeurtenissen import add_event
from app.signalen.service.indienen import TEKST
from app.signalen.service.opvoeren import read_reasons, seal_reasons
from app.signalen.service.plaats import where
from app.signalen.service.stap import Stapwerk
from app.signalen.service.verzenden import lapse_tasks
from app.signalen.status import Actie
from app.signalen.tables import Signaal


def merge(work: Stapwerk) -> str | None:
    """Points this signal to the leading one. Both are locked; a circle cannot arise, since a merged signal leads nothing.

    Raises:
        RuntimeError: the guards let a merge through without a leading signal.
    """
    signaal, leading, uow = work.signaal, work.leidend, work.uow
    if leading is None:
        msg = "a merge has a leading signal"
        raise RuntimeError(msg)
    urgency = leading.urgentie
    lines = take_in(leading, judgement_of(signaal))
    leading.afgeschermd_voor = sorted({*leading.afgeschermd_voor, *signaal.afgeschermd_voor})
    signalen.link_findings(uow.session, leading.id, signalen.finding_ids(uow.session, signaal.id))
    seal_reasons(uow, leading, [*read_reasons(uow, leading), *read_reasons(uow, signaal)])
    notes = [*_told(uow, signaal), *told(leading, lines)]
    add_event(uow, leading, Actie.AANVULLEN, leading.status, "\n".join(notes), door=work.door)
    follow(uow, leading, lines, more_urgent=urgency is not leading.urgentie)
    move_to_leading(uow, signaal, leading)
    signaal.leidend_id, signaal.sluitcode, signaal.gesloten_op = leading.id, DUBBEL, uow.now
    signaal.inhoud_weg_op = content_ends(uow, signaal.gemeentecode, DUBBEL, uow.today)
    lapse_tasks(uow, signaal)
    return None


def _told(uow: UnitOfWork, signaal: Signaal) -> list[str]:
    """What was told with the other signal: its own content goes long before that of the leading one (section 12)."""
    text = None if signaal.tekst is None else uow.unseal(signaal.id, TEKST, signaal.tekst)
    place = where(uow, signaal)[0]
    seen = signaal.waargenomen_op
    return [
        f"Signaal {signaal.id} is hiermee samengevoegd.",
        *([] if text is None else [f"Tekst: {text}"]),
        *([] if place is None else [f"Adres: {place}."]),
        *([] if seen is None else [f"Gezien op {seen.astimezone(AMSTERDAM):%d-%m-%Y om %H:%M}."]),
    ]
