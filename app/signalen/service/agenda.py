"""Agendas: they fill themselves, show what table E gives the members, and every reading is logged (RTE-03, CAD-07, OVL-03)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.core.crypto import UnreadableText
from app.core.http.paging import Paging
from app.core.identifiers import new_id
from app.core.jobs import UnitFactory
from app.core.unit_of_work import UnitOfWork
from app.signalen.errors import AgendaGeweigerd, OverlegNotFound
from app.signalen.repository import agenda as punten
from app.signalen.repository import overleggen as repository
from app.signalen.repository import termijnen as termijnen_repository
from app.signalen.rules.overleggen import Agendafeiten, agenda_fault, comes_by_itself
from app.signalen.rules.urgentie import rank
from app.signalen.schemas.overleggen import AgendapuntCreate, AgendapuntRead, AgendaSignaal
from app.signalen.schemas.signalen import SignaalObject
from app.signalen.service.buurman import reading_along
from app.signalen.service.overlegreeksen import missing_days, municipalities_of, plan_dates
from app.signalen.service.plaats import places_by_ids
from app.signalen.service.termijnen import refresh
from app.signalen.service.vastleggen import find_one
from app.signalen.status import Agendareden, Overlegstatus
from app.signalen.tables import Agendapunt, Overleg, Overlegreeks, Signaal

PER_KEER = 200


def note_field(punt_id: UUID) -> str:
    """The name under which the text of a decision is sealed, with the key of its signal."""
    return f"agendapunt.{punt_id}"


def list_agenda(uow: UnitOfWork, overleg_id: UUID, paging: Paging) -> list[tuple[AgendapuntRead, str]]:
    """The agenda of a meeting by urgency, each with its cursor key. Every signal that is shown is logged as read.

    Raises:
        OverlegNotFound: unknown, or the caller is no member; an administrator neither.
    """
    found = repository.find_overleg(uow.session, repository.is_member(uow.caller), overleg_id)
    if found is None:
        raise OverlegNotFound
    uow.audit("overleg", overleg_id)
    rows = punten.agenda_page(uow.session, uow.caller, overleg_id, paging)
    uow.load_data_keys(row.signaal.id for row in rows if row.punt.toelichting is not None)
    shown = [row.signaal for row in rows if row.toont]
    with reading_along(uow, {signaal.gemeentecode for signaal in shown}):
        places = places_by_ids(uow, [signaal.object_id for signaal in shown])
    for row in rows[: paging.limit]:
        uow.audit("signaal", row.signaal.id, row.signaal.gemeentecode)
    return [
        (
            read_point(uow, row.punt, row.signaal, _shown(row.signaal, places) if row.toont else None),
            str(rank(row.signaal.urgentie)),
        )
        for row in rows
    ]


def put_on_agenda(uow: UnitOfWork, overleg_id: UUID, data: AgendapuntCreate) -> AgendapuntRead:
    """The AF puts a signal on the agenda of a coming meeting; once.

    Raises:
        OverlegNotFound: unknown, or the caller is no member.
        SignaalNotFound: unknown, or not the caller's.
        AgendaGeweigerd: it does not belong there, or the meeting was held.
    """
    found = repository.find_overleg(uow.session, repository.is_member(uow.caller), overleg_id)
    if found is None:
        raise OverlegNotFound
    overleg, reeks = found
    signaal = find_one(uow, data.signaal_id, lock=True)
    fault = agenda_fault(reeks.soort, _facts(signaal))
    if fault is None and signaal.gemeentecode not in municipalities_of(uow, reeks):
        fault = "Dit overleg gaat niet over deze gemeente."
    if fault is None and overleg.status is not Overlegstatus.GEPLAND:
        fault = "Dit overleg is al gehouden of vervallen."
    if fault is not None:
        raise AgendaGeweigerd(fault)
    punten.add_points(uow.session, [_point(overleg, signaal.id, Agendareden.AF)])
    refresh(uow, signaal)
    point = punten.point_on(uow.session, overleg_id, signaal.id)
    if point is None:
        raise OverlegNotFound
    uow.audit("signaal", signaal.id, signaal.gemeentecode)
    with reading_along(uow, {signaal.gemeentecode}):
        place = places_by_ids(uow, [signaal.object_id])
    return read_point(uow, point, signaal, _shown(signaal, place))


def read_point(uow: UnitOfWork, punt: Agendapunt, signaal: Signaal, shown: AgendaSignaal | None) -> AgendapuntRead:
    """A point as the members see it; the text of a decision goes with the content of its signal."""
    text = None
    if punt.toelichting is not None:
        try:
            text = uow.unseal(signaal.id, note_field(punt.id), punt.toelichting)
        except UnreadableText:  # the term of the content has passed; the code of the decision stays
            text = None
    return AgendapuntRead.model_validate({**punt.model_dump(), "toelichting": text, "signaal": shown})


def keep_agendas(unit: UnitFactory) -> int:
    """Makes dates, fills the next agenda of each series, and takes off what does not belong there any more. A repeat changes nothing.

    Returns:
        How much changed.
    """
    with unit("overleggen_bekijken", write=False) as uow:
        reeksen = repository.active_reeksen(uow.session)
        busy = [reeks.id for reeks in reeksen if missing_days(uow, reeks) or _waiting(uow, reeks)]
        stale = bool(punten.stale_points(uow.session, uow.today))
    changed = 0
    for reeks_id in busy:
        with unit("overleggen_vullen") as uow:
            reeks = repository.stored_reeks(uow.session, reeks_id)
            if reeks is not None and reeks.actief:
                changed += plan_dates(uow, reeks)
                changed += _fill(uow, reeks)
    if stale:
        with unit("overleggen_opschonen") as uow:
            gone = punten.stale_points(uow.session, uow.today)
            punten.remove_points(uow.session, gone)
            changed += len(gone)
    return changed


def _waiting(uow: UnitOfWork, reeks: Overlegreeks) -> Sequence[UUID]:
    overleg = repository.next_planned(uow.session, reeks.id, uow.today)
    if overleg is None:
        return []
    return punten.waiting_for(uow.session, overleg.id, reeks, municipalities_of(uow, reeks), PER_KEER)


def _fill(uow: UnitOfWork, reeks: Overlegreeks) -> int:
    overleg = repository.next_planned(uow.session, reeks.id, uow.today)
    if overleg is None:
        return 0
    put = 0
    for signaal in termijnen_repository.lock_signals(uow.session, _waiting(uow, reeks)):
        if comes_by_itself(reeks.soort, _facts(signaal)):
            put += punten.add_points(uow.session, [_point(overleg, signaal.id, Agendareden.VANZELF)])
            refresh(uow, signaal)
    return put


def _facts(signaal: Signaal) -> Agendafeiten:
    return Agendafeiten(
        status=signaal.status,
        getrieerd=signaal.getrieerd_op is not None,
        gesloten_route=signaal.gesloten_route,
        minderjarig=signaal.mogelijk_minderjarig,
        ondermijning=signaal.ondermijning,
    )


def _point(overleg: Overleg, signaal_id: UUID, aanleiding: Agendareden) -> dict[str, Any]:
    return {
        "id": new_id(),
        "overleg_id": overleg.id,
        "signaal_id": signaal_id,
        "aanleiding": aanleiding,
        "middel": None,
        "besluitcode": None,
        "toelichting": None,
        "besloten_op": None,
        "besloten_door": None,
        "versie": 1,
    }


def _shown(signaal: Signaal, places: dict[UUID, SignaalObject]) -> AgendaSignaal:
    place = None if signaal.object_id is None else places.get(signaal.object_id)
    return AgendaSignaal.model_validate({**signaal.model_dump(), "adres": None if place is None else place.adres})
