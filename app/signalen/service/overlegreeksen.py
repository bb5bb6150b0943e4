"""Series of meetings: the rhythm makes the dates, the members are the only ones who open the agenda (CAD-07 to CAD-10, OVL-03)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement

from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.service.accounts import roles_among
from app.gemeenten.service.gemeenten import codes_in_region, region_code_of
from app.signalen.errors import OverlegIdInGebruik, OverlegOnjuist, OverlegreeksNotFound
from app.signalen.repository import overleggen as repository
from app.signalen.rules.overleggen import RITME_DAGEN, VOORUIT_DAGEN, meeting_day, quarters, rhythm
from app.signalen.schemas.overleggen import KwartaalRead, OverlegreeksCreate, OverlegreeksRead, OverlegreeksUpdate
from app.signalen.status import Overlegsoort, Overlegstatus
from app.signalen.tables import Overleglid, Overlegreeks

LIDROLLEN = frozenset({Rol.AF, Rol.KETENREGISSEUR})


def readable(uow: UnitOfWork) -> ColumnElement[bool]:
    """The series that the caller may see."""
    return repository.readable_by(uow.caller, region_code_of(uow, uow.caller.gemeentecode))


def municipalities_of(uow: UnitOfWork, reeks: Overlegreeks) -> list[str]:
    """The municipalities whose signals a series is about."""
    if reeks.regio_code is not None:
        return codes_in_region(uow, reeks.regio_code)
    return [] if reeks.gemeentecode is None else [reeks.gemeentecode]


def list_reeksen(uow: UnitOfWork, paging: Paging) -> list[OverlegreeksRead]:
    """The series of the caller by name: one page and one row more; two queries."""
    return _read(uow, repository.reeksen_page(uow.session, readable(uow), paging))


def get_reeks(uow: UnitOfWork, reeks_id: UUID) -> OverlegreeksRead:
    """One series.

    Raises:
        OverlegreeksNotFound: unknown, or the caller is no member.
    """
    return _read(uow, [_require(uow, reeks_id)])[0]


def add_reeks(uow: UnitOfWork, data: OverlegreeksCreate) -> OverlegreeksRead:
    """Stores a series of the caller's municipality or region, with its first dates. The same again answers what is stored.

    Raises:
        OverlegOnjuist: no region, or a member who cannot be one.
        OverlegIdInGebruik: another series stands under this id.
    """
    own = uow.caller.gemeentecode
    region = region_code_of(uow, own) if data.regionaal else None
    if data.regionaal and region is None:
        raise OverlegOnjuist("regionaal", "kan niet; uw gemeente hoort niet bij een regio")
    reeks = Overlegreeks(
        id=data.id,
        gemeentecode=None if data.regionaal else own,
        regio_code=region,
        soort=data.soort,
        naam=data.naam,
        om_de_dagen=data.om_de_dagen or RITME_DAGEN.get(data.soort),
        eerste_datum=data.eerste_datum,
    )
    stored = repository.stored_reeks(uow.session, data.id)
    if stored is not None:
        same = {"naam", "versie", "actief"}
        if stored.model_dump(exclude=same) != reeks.model_dump(exclude=same):
            raise OverlegIdInGebruik("Onder dit kenmerk staat al een ander overleg. Kies een nieuw kenmerk.")
        return get_reeks(uow, data.id)
    uow.session.add(reeks)
    uow.session.flush()
    _set_members(uow, reeks, data.leden)
    plan_dates(uow, reeks)
    uow.audit("overlegreeks", reeks.id, own)
    return _read(uow, [reeks])[0]


def change_reeks(uow: UnitOfWork, reeks_id: UUID, data: OverlegreeksUpdate, if_match: str | None) -> OverlegreeksRead:
    """Changes the name or the members, or ends a series: what was planned lapses.

    Raises:
        OverlegreeksNotFound: unknown, or of another municipality.
        PreconditionFailed: somebody else changed it.
        OverlegOnjuist: a member who cannot be one.
    """
    reeks = _require(uow, reeks_id, lock=True)
    check_version(if_match, reeks.versie)
    if data.naam is not None:
        reeks.naam = data.naam
    if data.leden is not None:
        _set_members(uow, reeks, data.leden)
    if data.actief is not None:
        reeks.actief = data.actief
        if not data.actief:
            repository.drop_planned(uow.session, reeks.id, uow.today)
    reeks.versie += 1
    uow.session.flush()
    uow.audit("overlegreeks", reeks.id, uow.caller.gemeentecode)
    return _read(uow, [reeks])[0]


def list_quarters(uow: UnitOfWork, reeks_id: UUID) -> list[KwartaalRead]:
    """Each quarter since the first meeting: held, missed, or still to be held (CAD-10).

    Raises:
        OverlegreeksNotFound: unknown, or the caller is no member.
    """
    reeks = _require(uow, reeks_id)
    if reeks.soort is not Overlegsoort.KWARTAAL_AF_ZC:
        return []
    held = repository.held_days(uow.session, reeks.id)
    rows = quarters(reeks.eerste_datum, uow.today, held)
    return [KwartaalRead(jaar=year, kwartaal=quarter, stand=state) for year, quarter, state in rows]


def missing_days(uow: UnitOfWork, reeks: Overlegreeks) -> list[date]:
    """Days of the rhythm in the coming months for which there is no meeting yet."""
    since = max(uow.today, reeks.eerste_datum)
    until = uow.today + timedelta(days=VOORUIT_DAGEN)
    known = repository.rhythm_days(uow.session, reeks.id, uow.today - timedelta(days=10))
    days = rhythm(reeks.soort, reeks.eerste_datum, reeks.om_de_dagen, since, until)
    return [day for day in days if day not in known and meeting_day(day) >= uow.today]


def plan_dates(uow: UnitOfWork, reeks: Overlegreeks) -> int:
    """Makes the meetings of the coming months, each once; one that was moved or dropped by hand stays as it is."""
    rows: list[dict[str, Any]] = [
        {
            "id": new_id(),
            "reeks_id": reeks.id,
            "datum": meeting_day(day),
            "ritmedatum": day,
            "thema": None,
            "status": Overlegstatus.GEPLAND,
            "versie": 1,
        }
        for day in missing_days(uow, reeks)
    ]
    return repository.add_meetings(uow.session, rows)


def _require(uow: UnitOfWork, reeks_id: UUID, *, lock: bool = False) -> Overlegreeks:
    reeks = repository.find_reeks(uow.session, readable(uow), reeks_id, lock=lock)
    if reeks is None:
        raise OverlegreeksNotFound
    return reeks


def _set_members(uow: UnitOfWork, reeks: Overlegreeks, leden: Sequence[UUID]) -> None:
    wanted = set(leden)
    roles = roles_among(uow, wanted, municipalities_of(uow, reeks))
    fitting = {one for one, own in roles.items() if not LIDROLLEN.isdisjoint(own) and Rol.BEHEERDER not in own}
    if wanted - fitting:
        raise OverlegOnjuist(
            "leden", "bevat een account dat geen aandachtsfunctionaris of ketenregisseur van deze gemeente of regio is"
        )
    standing = {member.account_id: member for member in repository.members_of(uow.session, [reeks.id])}
    for gone in standing.keys() - wanted:
        uow.session.delete(standing[gone])
    uow.session.add_all(Overleglid(reeks_id=reeks.id, account_id=one) for one in wanted - standing.keys())
    uow.session.flush()


def _read(uow: UnitOfWork, rows: Sequence[Overlegreeks]) -> list[OverlegreeksRead]:
    members: dict[UUID, list[UUID]] = {row.id: [] for row in rows}
    for member in repository.members_of(uow.session, list(members)):
        members[member.reeks_id].append(member.account_id)
    return [
        OverlegreeksRead.model_validate({**row.model_dump(), "leden": sorted(members[row.id], key=str)}) for row in rows
    ]
