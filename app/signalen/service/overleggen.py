"""Meetings: dates for members and administrator; counted per year with their theme (OVL-01 to OVL-03)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import region_code_of
from app.signalen.errors import AgendaGeweigerd, OverlegIdInGebruik, OverlegNotFound, OverlegreeksNotFound
from app.signalen.repository import overleggen as repository
from app.signalen.schemas.overleggen import OverlegCreate, OverlegRead, OverlegtellingRead, OverlegUpdate
from app.signalen.service.overlegreeksen import readable
from app.signalen.status import Overlegsoort, Overlegstatus
from app.signalen.tables import Overleg, Overlegreeks


def list_overleggen(uow: UnitOfWork, reeks_id: UUID | None, van: date | None, paging: Paging) -> list[OverlegRead]:
    """The meetings of the caller by date: one page and one row more."""
    rows = repository.overleggen_page(uow.session, readable(uow), reeks_id, van, paging)
    return [_read(row, reeks) for row, reeks in rows]


def get_overleg(uow: UnitOfWork, overleg_id: UUID) -> OverlegRead:
    """One meeting.

    Raises:
        OverlegNotFound: unknown, or the caller is no member.
    """
    return _read(*_require(uow, overleg_id))


def add_overleg(uow: UnitOfWork, data: OverlegCreate) -> OverlegRead:
    """Stores a meeting outside the rhythm. The same again answers what is stored.

    Raises:
        OverlegreeksNotFound: unknown, or the caller is no member.
        OverlegIdInGebruik: something else stands under this id, or the series has a meeting on this day.
    """
    reeks = repository.find_reeks(uow.session, readable(uow), data.reeks_id, lock=True)
    if reeks is None:
        raise OverlegreeksNotFound
    stored = repository.stored_overleg(uow.session, data.id)
    if stored is not None:
        if (stored.reeks_id, stored.datum, stored.thema) != (data.reeks_id, data.datum, data.thema):
            raise OverlegIdInGebruik("Onder dit kenmerk staat al een ander overleg. Kies een nieuw kenmerk.")
        return _read(stored, reeks)
    _require_free(uow, reeks.id, data.datum)
    row = Overleg(id=data.id, reeks_id=reeks.id, datum=data.datum, thema=data.thema)
    uow.session.add(row)
    uow.session.flush()
    uow.audit("overleg", row.id, uow.caller.gemeentecode)
    return _read(row, reeks)


def change_overleg(uow: UnitOfWork, overleg_id: UUID, data: OverlegUpdate, if_match: str | None) -> OverlegRead:
    """Moves a planned meeting, or notes that it was held or lapsed.

    Raises:
        OverlegNotFound: unknown, or the caller is no member.
        PreconditionFailed: somebody else changed it.
        AgendaGeweigerd: its state does not allow it.
        OverlegIdInGebruik: the series has a meeting on that day.
    """
    row, reeks = _require(uow, overleg_id, lock=True)
    check_version(if_match, row.versie)
    if data.datum is not None and data.datum != row.datum:
        if row.status is not Overlegstatus.GEPLAND or data.datum < uow.today:
            raise AgendaGeweigerd("Verplaats alleen een gepland overleg, naar vandaag of later.")
        _require_free(uow, reeks.id, data.datum)
        row.datum = data.datum
    if data.thema is not None:
        row.thema = data.thema
    if data.status is not None and data.status is not row.status:
        if data.status is Overlegstatus.GEHOUDEN and row.datum > uow.today:
            raise AgendaGeweigerd("Dit overleg moet nog worden gehouden.")
        if data.status is Overlegstatus.VERVALLEN and row.status is Overlegstatus.GEHOUDEN:
            raise AgendaGeweigerd("Dit overleg is gehouden en kan niet meer vervallen.")
        if data.status is Overlegstatus.GEPLAND:
            raise AgendaGeweigerd("Dit overleg is gehouden of vervallen; maak zo nodig een nieuw overleg.")
        row.status = data.status
    row.versie += 1
    uow.session.flush()
    uow.audit("overleg", row.id, uow.caller.gemeentecode)
    return _read(row, reeks)


def count_year(uow: UnitOfWork, jaar: int) -> list[OverlegtellingRead]:
    """How many meetings of each kind were held and planned in a year, in the caller's municipality and region, with their themes."""
    own = uow.caller.gemeentecode
    rows = repository.of_year(uow.session, repository.within(own, region_code_of(uow, own)), jaar)
    return [_counted(soort, rows) for soort in Overlegsoort if any(row[0] is soort for row in rows)]


def _counted(soort: Overlegsoort, rows: Sequence[tuple[Overlegsoort, Overlegstatus, str | None]]) -> OverlegtellingRead:
    own = [row for row in rows if row[0] is soort]
    return OverlegtellingRead(
        soort=soort,
        gehouden=sum(status is Overlegstatus.GEHOUDEN for _, status, _ in own),
        gepland=sum(status is Overlegstatus.GEPLAND for _, status, _ in own),
        themas=sorted({thema for _, status, thema in own if thema and status is Overlegstatus.GEHOUDEN}),
    )


def _require(uow: UnitOfWork, overleg_id: UUID, *, lock: bool = False) -> tuple[Overleg, Overlegreeks]:
    found = repository.find_overleg(uow.session, readable(uow), overleg_id, lock=lock)
    if found is None:
        raise OverlegNotFound
    return found


def _require_free(uow: UnitOfWork, reeks_id: UUID, day: date) -> None:
    if repository.on_day(uow.session, reeks_id, day) is not None:
        raise OverlegIdInGebruik("Op deze dag is er al een overleg van deze reeks.")


def _read(row: Overleg, reeks: Overlegreeks) -> OverlegRead:
    return OverlegRead.model_validate({**row.model_dump(), "soort": reeks.soort, "naam": reeks.naam})
